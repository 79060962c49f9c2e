"""Whether a funded fork followed within a year, by the written rule."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.backtesting.outcomes import BaseRate, fork_outcomes, restriction_base_rate
from openstrat.tables.store import read_table

CHANGES = [("apple",  "2020-05-01", "restrict"),
           ("banana", "2020-05-01", "restrict"),
           ("cherry", "2021",       "closure"),
           ("damson", "2021-03-01", "copyleft_shift"),
           ("elder",  "2021-03-02", "reversal"),
           ("fig",    "2021-03-03", "restrict")]  # fmt: skip
#         event      answers   own commit    announced     steward_type  steward
FORKS = [("by-firm",  "apple",  "2020-05-11", "2020-06-01", "company",    "Cloud"),
         ("by-group", "apple",  "2020-05-02", None,         "community",  "Friends"),
         ("friends",  "banana", "2020-05-02", None,         "community",  "Friends"),
         ("firms",    "cherry", None,         "2021-07",    "community",  "Initiative, several companies"),
         ("late",     "damson", "2022-03-02", None,         "foundation", "Trust"),
         ("undated",  "fig",    None,         None,         "company",    "Cloud")]  # fmt: skip


def outcomes() -> pd.DataFrame:
    changes = pd.DataFrame(CHANGES, columns=["change_id", "changed_on", "direction"])
    columns = ["event_id", "license_change_id", "first_own_commit_on", "announced_on", "steward_type", "steward"]
    forks = pd.DataFrame(FORKS, columns=columns)
    forks["first_own_commit_on"] = pd.to_datetime(forks["first_own_commit_on"])
    forks = forks.assign(fork=forks["event_id"], source_ids="git")
    return fork_outcomes(changes.assign(project=changes["change_id"], source_ids="list"), forks).set_index("change_id")


def test_a_company_or_foundation_within_a_year_counts_and_developers_alone_do_not() -> None:
    found = outcomes()
    assert found.loc["apple", ["has_funded_fork", "fork", "days_low"]].tolist() == [True, "by-firm", 10]
    assert found.loc["banana", "has_funded_fork"] is False or not found.loc["banana", "has_funded_fork"]
    assert "community without a company or foundation" in found.loc["banana", "why"]
    assert found.loc["apple", "source_ids"] == "list; git"


def test_a_steward_made_of_companies_is_funded_and_half_known_dates_can_leave_it_open() -> None:
    found = outcomes()
    assert bool(found.loc["cherry", "has_funded_fork"])  # 2021-07 is at most 211 days after any day of 2021
    assert found.loc["cherry", ["days_low", "days_high"]].tolist() == [-183, 211]
    assert pd.isna(found.loc["fig", "has_funded_fork"])


def test_a_day_more_than_a_year_is_too_late_and_no_fork_reads_as_none_recorded() -> None:
    found = outcomes()
    assert not found.loc["damson", "has_funded_fork"]
    assert found.loc["damson", "days_high"] == 366
    assert found.loc["elder", "why"] == "no fork recorded"


def test_the_base_rate_counts_restricting_changes_with_a_known_outcome() -> None:
    assert restriction_base_rate(outcomes().reset_index()) == BaseRate(n_forked=2, n=4, n_days=3)


def test_the_shipped_tables_give_six_of_the_restricting_changes_a_funded_fork() -> None:
    found = fork_outcomes(read_table("license_changes"), read_table("fork_events"))
    forked = found.loc[found["has_funded_fork"].fillna(False), "change_id"].tolist()
    assert forked == ["elasticsearch-2021", "kibana-2021", "akka-2022", "terraform-2023", "vault-2023", "redis-2024"]
    days = found.set_index("change_id")["days_high"]
    assert days[["terraform-2023", "vault-2023", "redis-2024", "akka-2022"]].tolist() == [6, 120, 2, 42]
    assert restriction_base_rate(found).n_forked == 6
    assert found.set_index("change_id").loc["mongodb-2018", "why"] == "no fork recorded"


@pytest.mark.parametrize("change_id", ["emby-2018", "fluent-assertions-2025"])
def test_forks_by_developers_alone_are_named_but_not_counted(change_id: str) -> None:
    found = fork_outcomes(read_table("license_changes"), read_table("fork_events")).set_index("change_id")
    assert isinstance(found.loc[change_id, "fork"], str)
    assert not found.loc[change_id, "has_funded_fork"]
