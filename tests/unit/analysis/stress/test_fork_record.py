"""What forks did to others: days, people and outcomes by cause, never mixed."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.stress.fork_record import fork_record, lag_spreads, outcome_counts, people_spreads, spread_of
from openstrat.tables.store import read_table

#           event       cause          triggered     announced     own commit    release       steward       outcome   seen until
EVENTS = [("up-one",   "relicense",   "2020-01-01", "2020-01-21", "2020-01-11", "2020-03-01", "company",    "active",  "2024-01-01"),
          ("up-two",   "relicense",   "2020-01-01", "2020-02-10", None,         None,         "community",  "active",  "2024-01-01"),
          ("up-three", "relicense",   "2020",       "2020-06",    None,         None,         "foundation", "ended",   "2024-01-01"),
          ("up-four",  "acquisition", "2021-01-01", "2021-01-31", None,         "2021-02-10", "community",  "active",  "2022-01-01"),
          ("up-five",  "feature",     "2021-01-01", None,         "2021-01-01", "2021-01-08", "company",    "stalled", "2022-01-01"),
]  # fmt: skip
#          fork    months group      people in fork complete
PEOPLE = [("one",   12, "core_12m", 10, 4, True),
          ("two",   12, "core_12m", 20, 2, True),
          ("three", 12, "core_12m", 4,  4, True),
          ("four",  12, "core_12m", 10, 5, True),
          ("five",  12, "core_12m", 10, 9, False),
          ("one",   24, "core_12m", 10, 8, True)]  # fmt: skip
NAMES = [
    "event_id",
    "trigger_category",
    "triggered_on",
    "announced_on",
    "first_own_commit_on",
    "first_release_on",
    "steward_type",
    "outcome",
]


def events() -> pd.DataFrame:
    frame = pd.DataFrame(EVENTS, columns=[*NAMES, "observed_until_on"])
    for name in ("first_own_commit_on", "observed_until_on"):
        frame[name] = pd.to_datetime(frame[name])
    forks = frame["event_id"].str.removeprefix("up-")
    return frame.assign(upstream="up", fork=forks, fork_repository=forks, steward="body", ended_on=None, source_ids="git")


def people() -> pd.DataFrame:
    frame = pd.DataFrame(PEOPLE, columns=["fork", "horizon_months", "author_group", "n_group", "n_in_fork", "is_complete_fork"])
    return frame.assign(fork_started_on=pd.Timestamp("2020-01-11"), n_fork_authors=10, n_fork_authors_new=6, source_ids="git")


def test_a_fork_begins_with_its_announcement_or_first_commit_whichever_is_earlier() -> None:
    lags = fork_record(events(), people(), as_of="2026-08-26").lags.set_index(["event_id", "step"])
    assert lags.loc[("up-one", "began"), ["days_low", "days_high"]].tolist() == [10, 10]
    assert lags.loc[("up-one", "first_release"), "days_low"] == 60
    assert lags.loc[("up-one", "to_release"), "days_low"] == 50
    assert lags.loc[("up-three", "began"), ["days_low", "days_high"]].tolist() == [-213, 181]


def test_a_fork_with_other_goals_has_no_day_that_it_answers() -> None:
    lags = fork_record(events(), people(), as_of="2026-08-26").lags
    assert lags.loc[lags["event_id"].eq("up-five"), "step"].tolist() == ["to_release"]


def test_spreads_keep_causes_apart_and_name_the_forks_behind_them() -> None:
    spreads = lag_spreads(fork_record(events(), people(), as_of="2026-08-26").lags)
    began = spread_of(spreads, "relicense", "began")
    assert began is not None
    assert (began.n, began.median_low, began.median_high) == (3, 10, 40)
    assert (began.lowest, began.highest) == (-213, 181)
    assert began.events == ("up-one", "up-two", "up-three")
    sold = spread_of(spreads, "acquisition", "began")
    assert sold is not None
    assert (sold.n, sold.median_low) == (1, 30)
    assert spread_of(spreads, "governance", "began") is None


def test_funded_forks_can_be_looked_at_alone() -> None:
    spreads = lag_spreads(fork_record(events(), people(), as_of="2026-08-26").lags, only_funded=True)
    began = spread_of(spreads, "relicense", "began")
    assert began is not None
    assert began.events == ("up-one", "up-three")
    assert spread_of(spreads, "acquisition", "began").n == 0


def test_people_of_small_groups_and_cut_histories_are_left_out() -> None:
    found = fork_record(events(), people(), as_of="2026-08-26").people
    assert found[["event_id", "share"]].to_numpy().tolist() == [["up-one", 0.4], ["up-two", 0.1], ["up-four", 0.5]]
    near = spread_of(people_spreads(found), "relicense", "core_12m")
    assert near is not None
    assert (near.n, near.median_low, near.quartile_low, near.quartile_high) == (2, 0.25, pytest.approx(0.175), pytest.approx(0.325))


def test_outcomes_are_counted_by_cause_and_unknown_when_seen_later() -> None:
    counts = outcome_counts(fork_record(events(), people(), as_of="2026-08-26").outcomes).set_index("trigger")
    assert counts.loc["relicense", ["n", "n_funded", "active", "ended", "unknown"]].tolist() == [3, 2, 2, 1, 0]
    then = outcome_counts(fork_record(events(), people(), as_of="2023-01-01").outcomes).set_index("trigger")
    assert then.loc["relicense", ["active", "unknown"]].tolist() == [0, 3]
    assert then.loc["feature", "stalled"] == 1


def test_only_forks_that_had_begun_count() -> None:
    record = fork_record(events(), people(), as_of="2020-01-31")
    assert record.outcomes["event_id"].tolist() == ["up-one"]
    assert record.people.empty
    assert record.lags["step"].tolist() == ["began"]


def test_the_shipped_forks_after_a_license_change_began_within_a_week() -> None:
    record = fork_record(read_table("fork_events"), read_table("core_transitions"), as_of="2026-08-26")
    began = spread_of(lag_spreads(record.lags), "relicense", "began")
    assert began is not None
    assert (began.n, began.median_low, began.lowest, began.highest) == (9, 6, -47, 120)
    funded = spread_of(lag_spreads(record.lags, only_funded=True), "relicense", "began")
    assert funded is not None
    assert (funded.n, funded.median_low) == (6, 55)
    assert "mysql-mariadb" not in began.events
    core = spread_of(people_spreads(record.people), "relicense", "core_12m")
    assert core is not None
    assert (core.n, core.lowest, core.highest) == (6, 0.0, 0.6)
