"""Charts of the report on adoption: what a reader of the drawing, of its table and of its description can rely on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pandas as pd
import pytest
import vl_convert

from openstrat.present.charts.adoption import correlations_over_time, stars_against_downloads
from openstrat.present.charts.attention import fork_attention, half_life_dots
from openstrat.present.figure import Figure
from openstrat.reporting.figures import responsive

TEXTS = {"title": "A finding.", "source": "A source"}
PAIRS = pd.DataFrame(
    [
        ("alpha", "o/alpha", "package_is_project", 20_000, 3_000_000),
        ("beta", "o/beta", "part_of_project", 90_000, 200_000),
        ("gamma-client", "o/gamma", "client_of_server", 150_000, 900_000_000),
    ],
    columns=["package", "repository", "relation", "n_stars", "n_downloads_30d"],
)
BY_MONTH = pd.DataFrame(
    [
        ("level", "2024-01-01", 0.1, -0.2, 0.4, 30),
        ("level", "2024-02-01", None, None, None, 8),
        ("level", "2024-06-01", -0.1, -0.4, 0.2, 31),
        ("change_12m", "2024-06-01", 0.6, 0.3, 0.8, 20),
    ],
    columns=["measure", "month", "rho", "low", "high", "n"],
).astype({"month": "datetime64[ns]"})
CURVES = pd.DataFrame(
    [
        ("a-b", "upstream", "o/a", "stars", "2024-02-01", -1, 100.0),
        ("a-b", "upstream", "o/a", "stars", "2024-03-01", 0, 250.0),
        ("a-b", "upstream", "o/a", "stars", "2024-06-01", 3, -20.0),
        ("a-b", "fork", "o/b", "authors", "2024-04-01", 1, 12.0),
    ],
    columns=["event_id", "side", "repository", "measure", "month", "months_since_event", "value"],
).astype({"month": "datetime64[ns]"})
WAVES = pd.DataFrame(
    [("o/a", "2024-01-01", 900.0, 3, 20), ("o/b", "2023-01-01", 100.0, None, 30), ("o/c", "2020-01-01", 300.0, 40, 60)],
    columns=["repository", "peak_month", "peak_gained_30d", "months_to_half", "months_watched"],
).astype({"peak_month": "datetime64[ns]", "months_to_half": "Int64", "months_watched": "Int64"})
DRAWN: dict[str, Callable[[], Figure]] = {
    "scatter": lambda: stars_against_downloads(PAIRS, known={"o/alpha": "Alpha", "o/gamma": "Gamma"}, **TEXTS),
    "correlations": lambda: correlations_over_time(BY_MONTH, **TEXTS),
    "attention": lambda: fork_attention(CURVES, labels={"a-b": "a / b, 2024-03"}, **TEXTS),
    "half-lives": lambda: half_life_dots(WAVES, known={"o/a": "Alpha", "o/b": "Beta"}, **TEXTS),
}


def svg(figure: Figure, width: int) -> str:
    """The chart as a report of this width draws it."""
    return str(vl_convert.vegalite_to_svg(responsive(figure.spec()) | {"width": width}, vl_version="5.20"))


def shown(figure: Figure, width: int = 760) -> set[str]:
    """Every text in the drawing."""
    return {text.strip() for text in re.findall(r">([^<>]+)<", svg(figure, width)) if text.strip()}


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("width", [358, 760])
def test_it_is_one_view_that_the_page_makes_as_wide_as_it_needs(name: str, width: int) -> None:
    figure = DRAWN[name]()
    assert "width" not in figure.spec()
    assert svg(figure, width).startswith("<svg")


@pytest.mark.parametrize("name", DRAWN)
def test_the_description_says_how_many_and_the_table_is_plain_json(name: str) -> None:
    figure = DRAWN[name]()
    number = re.search(r"\d+", figure.n)
    assert number is not None
    assert re.search(rf"\b{number.group()}\b", figure.description)
    assert json.loads(json.dumps(figure.spec(), allow_nan=False))["usermeta"]["openstrat"]["table"]["rows"]


def test_clients_have_words_and_a_shape_of_their_own() -> None:
    figure = DRAWN["scatter"]()
    assert {"the project itself", "one part of it", "a client of it"} <= shown(figure)
    shapes = figure.spec()["layer"][0]["encoding"]["shape"]["scale"]
    assert dict(zip(shapes["domain"], shapes["range"], strict=True))["a client of it"] == "triangle-up"


def test_known_projects_have_their_name_and_billions_are_called_so() -> None:
    many = pd.concat([PAIRS, PAIRS.head(1).assign(package="x", repository="o/x", n_downloads_30d=5_000_000_000)])
    texts = shown(stars_against_downloads(many, known={"o/alpha": "Alpha", "o/gamma": "Gamma"}, **TEXTS))
    assert {"Alpha", "Gamma", "1B"} <= texts
    assert "beta" not in texts


def test_a_name_without_room_on_either_side_is_left_out() -> None:
    crowd = pd.concat([PAIRS.head(1).assign(package=name, repository=f"o/{name}") for name in "abc"] + [PAIRS.tail(2)])
    texts = shown(stars_against_downloads(crowd, known={"o/a": "one", "o/b": "two", "o/c": "six"}, **TEXTS))
    assert {"one", "two"} <= texts
    assert "six" not in texts


def test_months_with_too_few_projects_are_not_drawn_and_lines_have_their_names() -> None:
    figure = DRAWN["correlations"]()
    assert figure.table["month"].tolist() == ["2024-01", "2024-06", "2024-06"]
    assert {"stars against downloads", "their changes over 12 months"} <= shown(figure)


def test_a_line_breaks_where_months_are_missing() -> None:
    rows = next(rows for rows in DRAWN["correlations"]().spec()["datasets"].values() if "stretch" in rows[0])
    stretches = [row["stretch"] for row in rows if row["measure"] == "level" and "at" not in row]
    assert len(stretches) == len(set(stretches)) == 2


def test_each_strip_says_its_scale_and_a_strip_without_readings_says_so() -> None:
    texts = shown(DRAWN["attention"]())
    assert {"a / b, 2024-03", "stars gained in 30 days, 0 to 250", "active authors a month, 0 to 12", "upstream", "fork"} <= texts
    lonely = fork_attention(CURVES[CURVES["measure"] == "stars"], labels={"a-b": "a"}, **TEXTS)
    assert "active authors a month: no reading" in shown(lonely)


def test_months_apart_are_not_joined_and_the_table_keeps_what_was_read() -> None:
    figure = DRAWN["attention"]()
    rows = next(rows for rows in figure.spec()["datasets"].values() if "stretch" in rows[0])
    by_month = {row["months_since_event"]: row["stretch"] for row in rows if row["measure"] == "stars"}
    assert by_month[-1] == by_month[0] != by_month[3]
    assert figure.table["value"].tolist() == [12.0, 100.0, 250.0, -20.0]


def test_open_waves_have_another_shape_and_known_ones_their_peak() -> None:
    texts = shown(DRAWN["half-lives"]())
    assert {"all 3", "Alpha", "Beta", "halved after", "not yet halved after", "900 a month in 2024-01"} <= texts
    assert "2 had halved, 1 were still above half" in DRAWN["half-lives"]().description
