"""Charts of forks: what a reader of the drawing, of its table and of its description can rely on."""

from __future__ import annotations

import json

import pandas as pd
import pytest
import vl_convert

from openstrat.analysis.fork_landscape import Landscape, fork_landscape
from openstrat.analysis.forks.lifetimes import curve_by_reading, risk_table
from openstrat.errors import InputError
from openstrat.present.charts.survival import RISK_YEARS, competing_ends, fork_timeline, lag_dots, survival_curve
from openstrat.present.figure import Figure

TEXTS = {"title": "A finding.", "source": "A source"}


@pytest.fixture(scope="module")
def found() -> Landscape:
    return fork_landscape()


@pytest.fixture(scope="module")
def figures(found: Landscape) -> dict[str, Figure]:
    rows = found.lifetimes.rows
    n = "34 forks, 6 ended"
    return {
        "survival": survival_curve(curve_by_reading(rows), risk_table(rows, years=RISK_YEARS), n=n, **TEXTS),
        "ends": competing_ends(found.survival["longest"].incidence, n=n, **TEXTS),
        "lags": lag_dots(found.lags, **TEXTS),
        "timeline": fork_timeline(rows, as_of=found.lifetimes.as_of, **TEXTS),
    }


def drawn(figure: Figure) -> str:
    """Return the figure as SVG text."""
    return vl_convert.vegalite_to_svg(json.dumps(figure.spec(), default=str))


@pytest.mark.parametrize("name", ["survival", "ends", "lags", "timeline"])
def test_every_chart_can_be_drawn_and_sets_no_width(figures: dict[str, Figure], name: str) -> None:
    assert "width" not in figures[name].spec()
    assert drawn(figures[name]).startswith("<svg")


def test_the_survival_chart_prints_how_many_are_still_observed(figures: dict[str, Figure]) -> None:
    text = drawn(figures["survival"])
    assert "still observed, shortest / longest reading" in text
    assert all(words in text for words in ("34 / 34", "7 / 12", "longest reading", "shortest reading"))


def test_the_table_of_the_survival_chart_holds_both_curves_between_the_ends_of_the_band(figures: dict[str, Figure]) -> None:
    table = figures["survival"].table.dropna()
    assert (table["low"] < table["shortest"]).all()
    assert (table["longest"] < table["high"]).all()


def test_states_of_forks_add_up_to_one_on_every_day(figures: dict[str, Figure]) -> None:
    sums = figures["ends"].table.groupby("years")["share"].sum()
    assert sums.tolist() == pytest.approx([1] * len(sums), abs=3e-4)
    assert "2 forks" in figures["ends"].description


def test_lags_are_written_beside_the_dots(figures: dict[str, Figure]) -> None:
    text = drawn(figures["lags"])
    assert "valkey: announced 8, commit 2, release 26" in text
    assert "opentofu: announced about 15, commit 6, release 55" in text
    assert "jellyfin: announced −7 to 23, commit −47, release 22" in text


def test_the_timeline_says_each_outcome_in_a_word(figures: dict[str, Figure]) -> None:
    text = drawn(figures["timeline"])
    assert "mysql → mariadb: active, not measured" in text
    assert "cline → roo: ended 2026-05" in text
    assert "34 forks as bars" in figures["timeline"].description


def test_a_chart_of_no_lags_is_refused(found: Landscape) -> None:
    with pytest.raises(InputError, match="Choose forks after a license change"):
        lag_dots(found.lags.head(0), **TEXTS)


def test_drawing_changes_nothing_in_the_frames(found: Landscape) -> None:
    before = found.lifetimes.rows.copy()
    fork_timeline(found.lifetimes.rows, as_of=found.lifetimes.as_of, **TEXTS)
    pd.testing.assert_frame_equal(found.lifetimes.rows, before)
