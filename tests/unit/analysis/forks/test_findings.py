"""Published figures beside ours: when one holds, when it does not, and when the data cannot say."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.fork_landscape import published_findings, recomputed_checks
from openstrat.analysis.forks.findings import Tables, agreement_band, check_findings, finding_verdicts, findings_table, in_words
from openstrat.tables.finding_terms import FindingMeasure
from openstrat.tables.store import read_table

NO_ROWS = {name: read_table(name).head(0) for name in ("activity_monthly", "core_transitions", "fork_events", "counting_panel")}


def published(measure: str = "people", figure: float = 10, **finding: Any) -> pd.DataFrame:
    """One made-up finding about the year 2023."""
    row = {
        "finding_id": "made-up",
        "event_id": "a-b",
        "repository": "a/b",
        "claim": "Made up.",
        "measure": measure,
        "published_low": float(figure),
        "published_high": float(figure),
        "window_from_on": pd.Timestamp("2023-01-01"),
        "window_to_on": pd.Timestamp("2024-01-01"),
        "checked_by": "counting_panel",
        "notes": None,
        "source_ids": "made-up",
    }
    return pd.DataFrame([row | finding])


def counted(*figures: tuple[str, float, float, float]) -> Tables:
    """Tables with nothing but a recount: rule, value, low, high."""
    rows = [
        {
            "finding_id": "made-up",
            "rule": rule,
            "window_from_on": pd.Timestamp("2023-01-01"),
            "window_to_on": pd.Timestamp("2024-01-01"),
            "value": value,
            "low": low,
            "high": high,
            "n_commits": 100,
            "source_ids": "made-up",
        }
        for rule, value, low, high in figures
    ]
    frames = NO_ROWS | {"counting_panel": pd.DataFrame(rows, columns=["finding_id"]) if not rows else pd.DataFrame(rows)}
    return Tables(frames["activity_monthly"], frames["core_transitions"], frames["fork_events"], frames["counting_panel"])


@pytest.mark.parametrize(
    ("measure", "figure", "low", "high", "verdict"),
    [
        ("people", 10, 9, 11, "holds"),  # a tenth to each side
        ("people", 10, 12, 12, "does_not_hold"),
        ("people", 10, 8, 10, "cannot_be_checked"),  # the bounds reach over the edge
        ("people", 0, 1, 1, "does_not_hold"),  # a tenth of nothing is nothing
        ("share", 0.55, 0.51, 0.59, "holds"),  # five points to each side
        ("share", 0.55, 0.08, 0.47, "does_not_hold"),
        ("ratio", 2, 1.6, 2.4, "holds"),  # a quarter to each side
        ("days", 26, 15, 15, "does_not_hold"),
        ("organizations", 11, 4, float("nan"), "cannot_be_checked"),  # no upper bound
        ("organizations", 11, 20, float("nan"), "does_not_hold"),
    ],
)
def test_a_finding_is_judged_by_all_that_unknowns_leave_open(measure: str, figure: float, low: float, high: float, verdict: str) -> None:
    checks = check_findings(published(measure, figure), counted(("unique_commits", low, low, high)))
    assert checks["verdict"].tolist() == [verdict]


def test_a_finding_that_depends_on_the_rule_says_so() -> None:
    checks = check_findings(published(), counted(("author_commits", 10, 10, 10), ("unique_commits", 20, 20, 20)))
    assert finding_verdicts(checks)["made-up"] == "holds_only_under_some_rules"


def test_a_rule_that_cannot_decide_does_not_count_against_a_finding() -> None:
    checks = check_findings(published(), counted(("author_commits", 10, 10, 10), ("unique_commits", 5, 5, 50)))
    assert finding_verdicts(checks)["made-up"] == "holds"


def test_a_finding_on_which_nothing_bears_cannot_be_checked() -> None:
    checks = check_findings(published(checked_by="nothing"), counted())
    assert checks[["rule", "verdict"]].to_numpy().tolist() == [["not_counted", "cannot_be_checked"]]
    assert findings_table(published(), checks)["ours"].tolist() == ["nothing counted"]


def test_the_table_says_how_far_the_rules_alone_move_a_share() -> None:
    checks = check_findings(published("share", 0.9), counted(("author_commits", 0.8, 0.8, 1), ("unique_commits", 0.4, 0.4, 1)))
    why = findings_table(published("share", 0.9), checks)["why"].iloc[0]
    assert why.startswith("With unknown employers taken as outsiders, the rules alone give 40% (unique commits) to 80% (author commits).")


@pytest.mark.parametrize(
    ("low", "high", "measure", "words"),
    [
        (18, 18, FindingMeasure.PEOPLE, "18 people"),
        (0.91, 0.95, FindingMeasure.SHARE, "91% to 95%"),
        (1.95, 1.95, FindingMeasure.RATIO, "1.95 times"),
        (1, 1, FindingMeasure.PEOPLE, "1 person"),
        (0, 1, FindingMeasure.PEOPLE, "0 to 1 people"),
        (4, float("nan"), FindingMeasure.ORGANIZATIONS, "4 to open organizations"),
    ],
)
def test_figures_read_as_words(low: float, high: float, measure: FindingMeasure, words: str) -> None:
    assert in_words(low, high, measure) == words


@given(st.floats(0, 1000), st.sampled_from(list(FindingMeasure)))
def test_a_published_figure_always_agrees_with_itself(figure: float, measure: FindingMeasure) -> None:
    low, high = agreement_band(figure, figure, measure)
    assert low <= figure <= high


def test_the_shipped_checks_are_what_the_tables_give() -> None:
    pd.testing.assert_frame_equal(recomputed_checks(), read_table("finding_checks"), check_dtype=False)


@pytest.fixture(scope="module")
def checks() -> pd.DataFrame:
    return read_table("finding_checks").set_index(["finding_id", "rule", "window"])


def test_18_people_went_from_redis_to_valkey_only_in_one_group_and_half_a_year(checks: pd.DataFrame) -> None:
    valkey = checks.loc["carried-over-valkey"]["value"]
    assert valkey["any_12m", "6 months from 2024-03-20"] == 18
    assert valkey["any_12m", "12 months from 2024-03-20"] == 21
    assert valkey["core_12m", "12 months from 2024-03-20"] == 6


def test_other_groups_and_longer_times_than_published_stand_beside_and_do_not_decide(checks: pd.DataFrame) -> None:
    valkey = checks.loc["carried-over-valkey"]
    assert valkey["verdict"]["any_12m", "6 months from 2024-03-20"] == "holds"
    assert valkey["why"]["any_12m", "12 months from 2024-03-20"] == "Counts 12 months; the finding is on 6."
    assert valkey["why"]["core_12m", "6 months from 2024-03-20"].startswith("Counts only people with ten or more commits")
    assert valkey["verdict"]["any_24m", "6 months from 2024-03-20"] == "cannot_be_checked"
    assert checks.loc["lag-openbao"]["verdict"].to_dict() == {
        ("announced", "2023-08-10 to 2023-12-08"): "holds",
        ("first_own_commit", "2023-08-10 to 2023-12-08"): "holds",
        ("first_release", "2023-08-10 to 2024-07-17"): "cannot_be_checked",
    }


def test_a_count_that_ends_before_the_published_window_decides_nothing(checks: pd.DataFrame) -> None:
    opensearch = checks.loc["carried-over-opensearch"]
    assert set(opensearch["verdict"]) == {"cannot_be_checked"}
    assert opensearch["why"].str.contains("24 of 41 months").all()


def test_twelve_months_are_the_whole_months_nearest_to_the_published_year(checks: pd.DataFrame) -> None:
    assert checks.loc[("opentofu-people", "credited_people", "2023-09 to 2024-08"), "value"] == 122
    assert checks.loc[("redis-people-before", "credited_people", "2023-04 to 2024-03"), "value"] == 87


def test_few_known_addresses_do_not_speak_for_all(checks: pd.DataFrame) -> None:
    known = checks.xs("known_addresses", level="rule")
    assert known.loc["terraform-vendor-commits-before"]["verdict"].tolist() == ["cannot_be_checked"]
    assert known.loc["elasticsearch-vendor-commits-2024"]["verdict"].tolist() == ["holds"]


def test_the_recount_finds_the_published_numbers_of_people_under_the_publishers_rule(checks: pd.DataFrame) -> None:
    recount = checks.xs("author_commits_with_merges", level="rule")["value"].droplevel("window")
    assert (recount["carried-over-valkey"], recount["opentofu-people"], recount["carried-over-opentofu"]) == (18, 126, 0)


def test_merge_commits_bring_most_of_the_lines_that_were_published_for_terraform() -> None:
    panel = read_table("counting_panel").set_index(["finding_id", "rule"])["n_lines"]
    after = panel["terraform-vendor-additions-after"]
    assert after["author_commits"] < 0.4 * after["author_commits_with_merges"]


def test_every_published_finding_has_a_verdict_and_a_reason() -> None:
    table = published_findings()
    assert len(table) == len(read_table("published_findings")) == 30
    assert (table["why"].str.len() > 10).all()
    assert table["verdict"].value_counts().to_dict() == {
        "cannot_be_checked": 13,
        "holds": 13,
        "holds_only_under_some_rules": 2,
        "does_not_hold": 2,
    }
