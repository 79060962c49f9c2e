"""Charts of the what-to-open report: what they say in words, and where words stand."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.present.charts.frontier_map import frontier_map
from openstrat.present.charts.layer_canvas import layer_canvas
from openstrat.present.charts.layer_moves import layer_moves
from openstrat.present.planning.words import amount

LAYERS = pd.DataFrame(
    {
        "layer": ["sdk", "docs", "database"],
        "advice": ["open", "decide", "hold"],
        "family": ["permissive", "permissive", "permissive"],
        "is_in_case": [True, True, False],
        "adoption": [0.6, 0.4, None],
        "revenue": [0.0, 0.1, None],
        "sample": ["projects", None, "products"],
        "n": [5, None, 20],
        "share_open": [1.0, None, 0.3],
        "low": [0.57, None, 0.15],
        "high": [1.0, None, 0.52],
    }
)
CLOUD = pd.DataFrame({"across": [0.0, 0.5], "up": [100.0, 300.0], "n": [1, 9]})
FRONT = pd.DataFrame({"across": [0.0, 0.5], "up": [100.0, 300.0]})
MARKS = pd.DataFrame(
    {
        "name": ["closed", "core", "best unlisted"],
        "across": [0.0, 0.5, 0.48],
        "up": [100.0, 300.0, 290.0],
        "kind": ["option of the case", "option taken", "best unlisted"],
    }
)


def texts(spec: object) -> list[str]:
    """Return every text in the data sets of a specification."""
    assert isinstance(spec, dict)
    return [str(value) for rows in spec["datasets"].values() for row in rows for key, value in row.items() if key == "text"]


def test_the_canvas_says_stance_and_license_and_where_nothing_is_known() -> None:
    figure = layer_canvas(LAYERS, title="Open the SDK and hold the rest", source="the case")
    shown = texts(figure.spec())
    assert {"SDK: open, permissive", "Docs: decide (permissive)", "Database: hold in general"} <= set(shown)
    assert "60% draws people in" in shown
    assert "100% open elsewhere, 5 projects" in shown
    assert shown.count("open elsewhere: not known") == 1
    assert "circle open (1), diamond decide (1), square hold (1)" in figure.description


def test_the_map_counts_the_frontier_and_names_what_is_marked() -> None:
    figure = frontier_map(CLOUD, FRONT, MARKS, across="Share at risk", is_share=True, title="Two of three", source="the case", n=10)
    assert "The blue line joins the 2 that no other beats" in figure.description
    assert "green circle: option taken" in figure.description
    assert figure.table["adopters"].tolist() == [100.0, 300.0, 290.0]


def test_words_of_close_marks_keep_a_line_between_them() -> None:
    spec = frontier_map(CLOUD, FRONT, MARKS, across="Share", is_share=True, title="Two of three", source="the case", n=10).spec()
    heights = {row["name"]: row["words_at"] for rows in spec["datasets"].values() for row in rows if "words_at" in row}
    # the axis runs from 76 to 316 over 420 pixels: a line of 14 pixels is 8 organizations
    assert heights["core"] - heights["best unlisted"] >= 8 - 1e-6
    assert heights["best unlisted"] < 290


def test_moves_are_a_row_a_layer_with_the_range() -> None:
    gains = pd.DataFrame({"layer": ["SDK"], "advice": ["open"], "gain": [1.0], "low": [-0.5], "high": [2.0], "words": ["SDK: 1.00"]})
    figure = layer_moves(gains, title="Most hangs on the SDK", source="the model", n=100)
    assert figure.table.iloc[0].tolist() == ["SDK", "open", 1.0, -0.5, 2.0]
    assert figure.n == "100 draws"


@pytest.mark.parametrize(("value", "shown"), [(2109.4, "2,109"), (14.93, "14.9"), (-1.166, "−1.17"), (-0.001, "0.00"), (0.0, "0.00")])
def test_amounts_have_the_digits_that_their_size_deserves(value: float, shown: str) -> None:
    assert amount(value) == shown
