"""Published figures counted anew from single commits: every rule on histories written by hand, and the shipped panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
from commit_logs import Commit, by_day, commits, log_of
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.forks.affiliation import organizations_with
from openstrat.analysis.forks.recount import RECOUNTS, WAYS, counting_panel_of, recount_of, recounted
from openstrat.analysis.forks.rules import Counted
from openstrat.collect.git.log import CommitLog
from openstrat.collect.git.people import unite
from openstrat.tables.finding_terms import FindingRule
from openstrat.tables.store import read_table

VI, VO = "Vi Vogt <vi@redis.com>", "Vo Vance <vo@redis.com>"
OLA, UMA = "Ola Orr <ola@alibaba-inc.com>", "Uma Ude <uma@gmail.com>"
FILLERS = [Commit(VI, "2023-06-01"), Commit(VI, "2025-01-01")]  # outside the window: the history covers it
EVENTS = pd.DataFrame([{"event_id": "tool-spoon", "upstream_repository": "acme/tool", "triggered_on": "2024-01-01"}])


def panel_of(logs: Mapping[str, CommitLog], finding_id: str, repository: str = "acme/tool") -> pd.DataFrame:
    """Return the panel of one made-up finding on the year 2024, by rule."""
    days = {"window_from_on": pd.Timestamp("2024-01-01"), "window_to_on": pd.Timestamp("2025-01-01")}
    findings = pd.DataFrame([{"finding_id": finding_id, "event_id": "tool-spoon", "repository": repository, **days}])
    histories = recounted(logs, {"acme/spoon": "acme/tool"}, {"acme/tool": ("redis",)}, dict.fromkeys(logs, "git-recount"))
    return counting_panel_of(findings, EVENTS, histories).set_index("rule")


def tool(*groups: Sequence[Commit]) -> dict[str, CommitLog]:
    """Return the history of an upstream with these commits and one before and after the window."""
    return {"acme/tool": log_of(by_day(FILLERS, *groups))}


def figures(panel: pd.DataFrame) -> dict[str, tuple[float, float, float]]:
    """Return value, low and high of each rule."""
    return {str(rule): (row["value"], row["low"], row["high"]) for rule, row in panel.iterrows()}


#  lines: 100 by the vendor together with somebody unknown, 50 by another company, 50 by the unknown person alone
SHARED = [Commit(VI, "2024-02-01", lines=100, co=(UMA,)), Commit(OLA, "2024-03-01", lines=50), Commit(UMA, "2024-04-01", lines=50)]


def test_the_vendors_share_of_lines_under_each_rule_with_what_unknown_employers_leave_open() -> None:
    found = panel_of(tool(SHARED), "tool-vendor-additions")
    assert figures(found) == {
        "unique_commits": (0.5, 0.5, 0.75),  # 100 of 200, at most 150
        "author_commits": (0.3333, 0.3333, 0.8333),  # 100 of 300: the shared commit counts for both
        "author_commits_with_merges": (0.3333, 0.3333, 0.8333),
        "fractional": (0.25, 0.25, 0.75),  # 50 of 200
        "address_on_commit": (0.5, 0.5, 0.75),
    }
    assert found["n_lines"].to_dict() == {
        "unique_commits": 200,
        "author_commits": 300,
        "author_commits_with_merges": 300,
        "fractional": 200,
        "address_on_commit": 200,
    }


def test_the_ten_commits_that_change_most_lines_are_left_out_of_one_rule() -> None:
    large = [Commit(VI, f"2024-02-{day:02}", lines=1000) for day in range(1, 11)]
    small = [Commit(VI, "2024-03-01", lines=10), Commit(OLA, "2024-03-02", lines=30)]
    found = panel_of(tool(large, small), "tool-vendor-additions")
    assert found.loc["without_largest", ["value", "n_commits", "n_lines"]].tolist() == [0.25, 2, 40]
    assert found.loc["unique_commits", "value"] == pytest.approx(0.997, abs=1e-4)  # 10,010 of 10,040


def test_merge_commits_count_only_under_the_publishers_rule() -> None:
    found = panel_of(tool([Commit(VI, "2024-02-01", lines=10), Commit(OLA, "2024-02-02", lines=30, parents=2)]), "tool-vendor-additions")
    assert found.loc["author_commits", "value"] == 1
    assert found.loc["author_commits_with_merges", "value"] == 0.25


def test_a_merge_that_the_upstream_holds_is_not_the_forks() -> None:
    held = Commit(OLA, "2024-02-01", "merge", sha="same", parents=2)
    own = [Commit(UMA, "2024-03-01", "a"), Commit(OLA, "2024-03-02", "b", parents=2), Commit(UMA, "2025-01-01", "c")]
    logs = [log_of(by_day(FILLERS, [held])), log_of([held, *own], "acme/spoon")]
    found = panel_of(dict(zip(("acme/tool", "acme/spoon"), unite(logs), strict=True)), "spoon-people", "acme/spoon")
    assert found["n_commits"].to_dict() == {"author_commits": 1, "author_commits_with_merges": 2, "unique_commits": 1}
    assert found["value"].to_dict() == {"author_commits": 1, "author_commits_with_merges": 2, "unique_commits": 1}


def test_outsiders_reach_the_threshold_and_may_all_be_the_vendors_unless_they_name_another_employer() -> None:
    days = [f"2024-02-{day:02}" for day in range(1, 11)]
    found = panel_of(tool(commits(OLA, *days), commits(UMA, *days[:5]), commits(VO, *days)), "tool-outsiders-before")
    assert figures(found)["author_commits"] == (2, 1, 2)
    assert figures(found)["ten_or_more"] == (1, 1, 1)


def test_outsiders_to_vendor_counts_people_with_five_commits() -> None:
    days = [f"2024-02-{day:02}" for day in range(1, 11)]
    log = tool(commits(OLA, *days), commits(UMA, *days[:6]), commits(VO, *days[:8]), commits(VI, *days[:4]))
    assert figures(panel_of(log, "tool-outsiders-ratio"))["unique_commits"] == (2, 0.7143, 2)  # 16 to 8; 10 to 14


def test_a_ratio_to_nothing_is_no_figure() -> None:
    assert panel_of(tool(commits(OLA, *(f"2024-02-{day:02}" for day in range(1, 9)))), "tool-outsiders-ratio").empty


def test_people_carried_over_wrote_for_the_upstream_in_the_year_before_the_trigger() -> None:
    upstream = by_day(FILLERS, commits(OLA, "2023-03-01"), commits(UMA, "2022-12-31"), [Commit(VI, "2023-05-01", co=(VO,))])
    fork = [Commit(person, f"2024-02-0{day}") for day, person in enumerate((OLA, UMA, VO), 1)] + [Commit(OLA, "2025-01-01")]
    logs = dict(zip(("acme/tool", "acme/spoon"), unite([log_of(upstream), log_of(fork, "acme/spoon")]), strict=True))
    found = panel_of(logs, "carried-over-spoon", "acme/spoon")
    assert found["value"].to_dict() == {"author_commits": 2, "author_commits_with_merges": 2, "unique_commits": 1}
    assert found["source_ids"].unique().tolist() == ["git-recount"]


def test_a_window_that_the_history_does_not_cover_has_no_row() -> None:
    assert panel_of({"acme/tool": log_of(commits(VI, "2024-02-01", "2024-12-30"))}, "tool-people").empty
    assert len(panel_of({"acme/tool": log_of(commits(VI, "2024-02-01", "2024-12-31"))}, "tool-people")) == 3


def test_without_line_counts_only_rules_that_need_none_are_left() -> None:
    log = tool(commits(VI, "2024-02-01"))
    assert panel_of(log, "tool-vendor-additions").empty
    assert set(panel_of(log, "tool-vendor-commits").index) == {rule.value for rule in WAYS} - {"without_largest", "ten_or_more"}


def test_the_company_with_most_lines_is_found_in_the_history() -> None:
    found = panel_of(tool(SHARED, [Commit(OLA, "2024-05-01", lines=200)]), "tool-top-company-additions")
    assert figures(found)["unique_commits"] == (0.625, 0.625, 0.75)  # 250 of 400, at most 300


def test_people_of_large_organizations_are_counted_with_all_their_commits() -> None:
    days = [f"2024-02-{day:02}" for day in range(1, 6)]
    found = panel_of(
        tool(commits(VI, *days[:4]), commits(VO, days[0]), commits(OLA, *days[:4]), commits(UMA, days[0])), "tool-people-of-organizations"
    )
    assert figures(found)["unique_commits"] == (2, 2, 3)


def counted(*weights: float) -> Counted:
    """Return commits of that many people, one row a person, each weighing so much."""
    rows = np.arange(len(weights))
    return Counted(rows, rows, np.array(weights), len(rows))


def people_log(*names: str) -> CommitLog:
    """Return a log with one commit of each person, in the order of the index."""
    return log_of(list(reversed([Commit(name, "2024-02-01") for name in names])))


def test_people_of_unknown_employers_may_join_into_organizations_that_just_have_enough() -> None:
    log = people_log(OLA, UMA, "Una <una@gmail.com>", "Ulf <ulf@gmail.com>")
    #  5 by one unknown person; the known 3, 3 and 2 left over may make one more organization of five
    assert organizations_with(log, counted(3, 5, 3, 2), 5) == (0, 2)
    assert organizations_with(log, counted(5, 1, 1, 1), 5) == (1, 1)


@given(st.lists(st.integers(1, 9), min_size=4, max_size=4), st.integers(1, 6))
def test_no_way_of_employing_the_unknown_people_gives_more_organizations_than_the_bound(sizes: list[int], least: int) -> None:
    log = people_log(OLA, UMA, "Una <una@gmail.com>", "Ulf <ulf@gmail.com>")
    _, most = organizations_with(log, counted(*sizes), least)
    for employers in np.ndindex(4, 4, 4):
        totals = np.bincount([0, *employers], weights=sizes)
        assert np.count_nonzero(totals >= least) <= most


def test_each_finding_of_the_shipped_panel_is_counted_by_the_rules_that_are_printed_for_it() -> None:
    panel = read_table("counting_panel")
    for finding_id, rows in panel.groupby("finding_id"):
        recount = recount_of(str(finding_id))
        assert recount is not None
        assert set(rows["rule"]) == set(recount.rules), finding_id
    assert {recount.headline for recount in RECOUNTS.values()} == {recount_of(name).headline for name in panel["finding_id"]}  # type: ignore[union-attr]


def test_the_shipped_panel_shows_that_one_commit_can_carry_a_share_of_lines() -> None:
    shares = read_table("counting_panel").set_index(["finding_id", "rule"])["value"]["terraform-vendor-additions-before"]
    assert shares[FindingRule.UNIQUE_COMMITS] - shares[FindingRule.WITHOUT_LARGEST] > 0.1
