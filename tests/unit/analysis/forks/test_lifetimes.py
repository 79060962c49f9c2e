"""How long forks live: where a life begins and ends, and what half-known dates do to it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from openstrat.analysis.forks.dates import first_days, last_days
from openstrat.analysis.forks.lifetimes import (
    compare_forks,
    fork_lifetimes,
    fork_survival,
    risk_table,
    survival_by_year,
    survival_variants,
)
from openstrat.errors import InputError
from openstrat.tables.store import read_table

AS_OF = "2026-08-26"
PLAIN = {
    "upstream": "a/up",
    "fork": "a/fork",
    "fork_repository": "a/fork",
    "trigger_category": "feature",
    "steward_type": "company",
    "outcome": "active",
    "announced_on": None,
    "first_own_commit_on": None,
    "first_release_on": None,
    "ended_on": None,
    "observed_until_on": None,
    "source_ids": "made-up",
}


def events(**fork: Any) -> pd.DataFrame:
    """One fork as the table has it; dates of own commits and observation are days."""
    frame = pd.DataFrame([{"event_id": "up-fork", **PLAIN, **fork}])
    for name in ("first_own_commit_on", "observed_until_on"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def activity(months: list[str], commits: list[int]) -> pd.DataFrame:
    when = pd.to_datetime([f"{month}-01" for month in months])
    return pd.DataFrame({"repository": "a/fork", "date_basis": "committer", "month": when, "n_commits": commits})


def life(frame: pd.DataFrame, months: list[str] | None = None, commits: list[int] | None = None) -> pd.Series:
    rows = fork_lifetimes(frame, activity(months or [], commits or []), as_of=AS_OF).rows
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_date_by_month_or_year_has_a_first_and_a_last_day() -> None:
    written = pd.Series(["2024-02", "2023", "2024-03-20", None])
    assert first_days(written).dt.strftime("%Y-%m-%d").tolist()[:3] == ["2024-02-01", "2023-01-01", "2024-03-20"]
    assert last_days(written).dt.strftime("%Y-%m-%d").tolist()[:3] == ["2024-02-29", "2023-12-31", "2024-03-20"]
    assert first_days(written).isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize("written", ["20240320", "2024-13", "March 2024"])
def test_a_date_in_another_form_is_refused(written: str) -> None:
    with pytest.raises(InputError, match="is not a date"):
        first_days(pd.Series([written]))


def test_a_life_begins_with_the_first_own_commit_even_before_the_announcement() -> None:
    found = life(events(first_own_commit_on="2024-01-01", announced_on="2024-02-01", observed_until_on="2024-01-31"))
    assert (found["origin_basis"], found["shortest_days"], found["longest_days"], found["end"]) == ("first_own_commit", 30, 30, "")


def test_an_announcement_by_month_gives_a_shortest_and_a_longest_life() -> None:
    found = life(events(announced_on="2014-12", outcome="merged_back", ended_on="2015-01-10"))
    assert (found["origin_basis"], found["end"]) == ("announcement", "merged_back")
    assert (found["shortest_days"], found["longest_days"]) == (10, 40)


def test_a_fork_nobody_watched_lasted_at_least_to_its_release_and_at_most_to_the_day_of_the_table() -> None:
    found = life(events(announced_on="2026-08-01", first_release_on="2026-08-11"))
    assert (found["until_basis"], found["shortest_days"], found["longest_days"]) == ("not_observed", 10, 25)


def test_a_fork_stalls_in_the_month_of_its_last_commit() -> None:
    stalled = events(first_own_commit_on="2024-01-01", outcome="stalled", observed_until_on="2024-06-30")
    found = life(stalled, ["2024-01", "2024-03", "2024-04"], [5, 1, 0])
    assert (found["end"], found["until_basis"], found["shortest_days"], found["longest_days"]) == ("stalled", "last_commit", 60, 90)


def test_forks_without_a_beginning_or_an_outcome_are_left_out_with_the_reason() -> None:
    frame = pd.concat(
        [events(), events(announced_on="2024-03-22", outcome="unknown"), events(announced_on="2024-03-22", outcome="stalled")]
    )
    left_out = fork_lifetimes(frame, activity([], []), as_of=AS_OF).left_out
    assert left_out["reason"].tolist() == [
        "neither an announcement nor a first own commit is dated",
        "nobody looked at its outcome",
        "no day of its end is known",
    ]


def test_a_fork_that_outlived_its_upstream_goes_on() -> None:
    assert life(events(first_own_commit_on="2024-01-01", outcome="became_main_line", observed_until_on="2024-02-01"))["end"] == ""


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    return fork_lifetimes(read_table("fork_events"), read_table("activity_monthly"), as_of=AS_OF).rows


def test_of_36_shipped_forks_34_have_a_life_and_six_have_ended(shipped: pd.DataFrame) -> None:
    assert len(shipped) == 34
    assert fork_survival(shipped).n_by_end == {"merged_back": 2, "ended": 2, "stalled": 2}
    assert set(shipped.loc[shipped["end"].ne(""), "event_id"]) == {
        "gcc-egcs",
        "node-iojs",
        "ffmpeg-libav",
        "cline-roo",
        "redis-keydb",
        "a1111-forge",
    }


def test_every_shipped_life_is_at_least_as_long_when_read_long(shipped: pd.DataFrame) -> None:
    assert (shipped["longest_days"] >= shipped["shortest_days"]).all()
    exact = shipped["until_basis"].eq("observed_until") & shipped["origin_basis"].eq("first_own_commit")
    assert (shipped["longest_days"] == shipped["shortest_days"])[exact].all()


def test_four_of_34_forks_end_within_two_years_under_both_readings(shipped: pd.DataFrame) -> None:
    two = survival_by_year(shipped, years=[2]).set_index("reading")
    assert two["n_ended"].to_dict() == {"shortest": 4, "longest": 4}
    assert two.loc["shortest", "share"] < two.loc["longest", "share"]
    assert (two["low"] < two["share"]).all()


def test_fewer_ends_are_seen_when_stalled_forks_count_as_going_on(shipped: pd.DataFrame) -> None:
    ten = survival_variants(shipped, years=[10]).set_index(["variant", "reading"])["n_ended"]
    assert ten["stalled counted as going on", "longest"] == ten["all forks", "longest"] - 2
    assert ten["only forks whose history was read", "longest"] == 4


def test_two_questions_are_asked_and_neither_is_answered_by_six_ends(shipped: pd.DataFrame) -> None:
    found = compare_forks(shipped)
    assert {question for question, _ in found} == {"steward_type", "is_relicense"}
    assert all(result.p_shuffled > 0.1 for result in found.values())
    relicensed = found["is_relicense", "longest"].groups.set_index("group")
    assert relicensed.loc["after a license change", ["n", "n_ended"]].tolist() == [8, 0]


def test_the_risk_table_starts_with_all_forks_and_thins_out(shipped: pd.DataFrame) -> None:
    table = risk_table(shipped, years=[0, 5, 10]).set_index(["reading", "years"])["n_at_risk"]
    assert table["longest", 0] == table["shortest", 0] == 34
    assert table["longest", 0] > table["longest", 5] > table["longest", 10]
