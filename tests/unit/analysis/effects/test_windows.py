"""Means before and after an event, and the same change in the donors."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.activity import activity_around, activity_window, donor_changes
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.store import read_table

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


def test_donors_that_are_young_small_cut_or_unwanted_are_left_out_with_the_reason() -> None:
    def donor(name: str, before: int, after: int, n_before: int = 30, n_after: int = 12) -> pd.DataFrame:
        start = str(pd.Period(EVENT, "M") - n_before)
        return months(name, [before] * n_before + [0] + [after] * n_after, start=start, role="donor")

    pool = pd.concat([
        donor("good/up", 10, 11),
        donor("good/down", 10, 8),
        donor("good/half", 10, 5),
        donor("no/young", 10, 90, n_before=23),
        donor("no/small", 2, 90),
        donor("no/cut", 10, 90, n_after=11),
        donor("chef/chef", 10, 90),
    ])  # fmt: skip
    found = donor_changes(pool, EVENT)
    assert dict(found.changes) == pytest.approx({"good/up": 0.1, "good/down": -0.2, "good/half": -0.5})
    assert (found.median, found.quartile_low, found.quartile_high) == pytest.approx((-0.2, -0.35, -0.05))
    assert found.n_at_or_below(-0.2) == 2
    assert dict(found.left_out) == {
        "chef/chef": "left out by choice",
        "no/cut": "12 of 12 months before and 11 of 12 after are complete",
        "no/small": "mean before is 2.0",
        "no/young": "only 23 months of history before",
    }


def test_no_usable_donor_gives_no_median() -> None:
    found = donor_changes(months("a/b", STEADY, role="donor"), EVENT)
    assert (found.n, found.median, found.source_ids) == (0, None, ())


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'a/b'"):
        activity_window(months("a/b", STEADY), "a/bb", EVENT)
    with pytest.raises(UnknownNameError, match="measure 'authors'"):
        activity_window(months("a/b", STEADY), "a/b", EVENT, measure="authors")
    with pytest.raises(InputError, match="not a month"):
        activity_window(months("a/b", STEADY), "a/b", "soon")
    with pytest.raises(InputError, match="at least 1 month"):
        activity_around(months("a/b", STEADY), ["a/b"], EVENT, months_after=0)


# The event study that came with the histories; before, after: mean active authors a month.
PUBLISHED = [
    # repository            event      before  after  change  donors  median
    ("redis/redis",          "2024-03", 16.9, 10.5, -0.38, 13,  0.00),
    ("hashicorp/terraform",  "2023-08", 20.3, 17.8, -0.12, 16, -0.01),
    ("hashicorp/vault",      "2023-08", 55.8, 51.8, -0.07, 16, -0.01),
    ("akka/akka",            "2022-09", 13.0,  6.2, -0.53, 16,  0.11),
    ("cortexproject/cortex", "2021-07", 22.1,  8.5, -0.62, 13, -0.12),
    ("minio/minio",          "2021-05", 17.6, 14.8, -0.16, 13, -0.11),
    ("confluentinc/ksql",    "2018-12", 13.6, 15.5,  0.14, 13,  0.03),
]  # fmt: skip


@pytest.mark.parametrize(("repository", "event", "before", "after", "change", "n_donors", "median"), PUBLISHED)
def test_the_published_event_study_comes_out_again(
    repository: str, event: str, before: float, after: float, change: float, n_donors: int, median: float
) -> None:
    activity = read_table("activity_monthly")
    found = activity_window(activity, repository, event)
    assert (found.before_mean, found.after_mean) == pytest.approx((before, after), abs=0.051)
    assert found.change == pytest.approx(change, abs=0.0051)
    donors = donor_changes(activity, event)
    assert donors.n == n_donors
    assert donors.median == pytest.approx(median, abs=0.0051)
