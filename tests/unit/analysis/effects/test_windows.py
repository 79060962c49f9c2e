"""Activity before and after an event: means over months, and distinct authors in twelve months."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.effects.windows import activity_around, activity_window, authors_window
from openstrat.errors import InputError, UnknownNameError

EVENT = "2020-07"


def months(repository: str, values: list[int | None], *, start: str = "2020-01", role: str = "upstream", cut: bool = False) -> pd.DataFrame:
    """One row a month; `cut` marks the last month as partial."""
    when = pd.period_range(start, periods=len(values), freq="M").to_timestamp()
    partial = [cut and index == len(values) - 1 for index in range(len(values))]
    frame = pd.DataFrame({"repository": repository, "role": role, "date_basis": "committer", "month": when, "source_ids": "git"})
    return frame.assign(n_active_authors=pd.array(values, dtype="Int64"), is_partial_month=partial)


#         Jan ...         Jun  Jul  Aug ...  Jan 2021
STEADY = [8, 12, 10, 10, 10, 10, 99, 5, 5, 5, 5, 5, 5]


def test_the_events_month_belongs_to_neither_side() -> None:
    found = activity_window(months("a/b", STEADY), "a/b", EVENT, months_before=6, months_after=6)
    assert (found.before_mean, found.after_mean, found.change) == (10.0, 5.0, -0.5)
    assert found.window == "2020-01 to 2020-06 against 2020-08 to 2021-01"


def test_a_month_that_the_history_cuts_is_left_out() -> None:
    found = activity_window(months("a/b", [*STEADY, 1], cut=True), "a/b", EVENT, months_before=6, months_after=7)
    assert (found.after_mean, found.n_months_after) == (5.0, 6)
    assert "Only 6 of 7 months after are complete." in found.caveats
    assert "The history that was read ends in 2021-02." in found.caveats


def test_fewer_than_six_complete_months_give_no_mean() -> None:
    found = activity_window(months("a/b", STEADY[:-1]), "a/b", EVENT)
    assert (found.before_mean, found.after_mean, found.change, found.n_months_after) == (10.0, None, None, 5)


def test_nothing_before_gives_means_but_no_relative_change() -> None:
    found = activity_window(months("a/b", [0] * 6 + [1] + [4] * 6), "a/b", EVENT)
    assert (found.before_mean, found.after_mean, found.change) == (0.0, 4.0, None)


def test_author_dates_are_not_mixed_in() -> None:
    authored = months("a/b", [500] * 13).assign(date_basis="author")
    found = activity_window(pd.concat([months("a/b", STEADY), authored]), "a/b", EVENT, months_before=6, months_after=6)
    assert found.change == -0.5


def test_months_for_drawing_are_counted_from_the_event() -> None:
    drawn = activity_around(months("a/b", STEADY), ["a/b"], EVENT, months_before=1, months_after=2)
    assert drawn[["months_since_event", "value", "is_partial"]].to_numpy().tolist() == [
        [-1, 10.0, False],
        [0, 99.0, False],
        [1, 5.0, False],
        [2, 5.0, False],
    ]


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'a/b'"):
        activity_window(months("a/b", STEADY), "a/bb", EVENT)
    with pytest.raises(UnknownNameError, match="measure 'authors'"):
        activity_window(months("a/b", STEADY), "a/b", EVENT, measure="authors")
    with pytest.raises(InputError, match="not a month"):
        activity_window(months("a/b", STEADY), "a/b", "soon")
    with pytest.raises(InputError, match="at least 1 month"):
        activity_around(months("a/b", STEADY), ["a/b"], EVENT, months_after=0)


def test_distinct_authors_are_counted_in_the_twelve_months_on_each_side_of_the_event() -> None:
    counted = months("a/b", STEADY).assign(n_authors_12m=range(30, 43), is_full_12m=True)
    found = authors_window(counted, "a/b", EVENT, months_after=6)
    assert (found.before_mean, found.after_mean) == (35.0, 42.0)
    assert found.change == pytest.approx(0.2)
    assert found.window == "2019-07 to 2020-06 against 2020-02 to 2021-01"


def test_distinct_authors_are_unknown_where_the_history_is_shorter_than_twelve_months() -> None:
    counted = months("a/b", STEADY).assign(n_authors_12m=30, is_full_12m=[False] * 6 + [True] * 7)
    found = authors_window(counted, "a/b", EVENT, months_after=6)
    assert (found.before_mean, found.after_mean, found.change) == (None, 30.0, None)
    assert "Twelve complete months before are not known." in found.caveats
