"""Headlines under every counting rule, and the verdict on how far they hang on the rule."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from commit_logs import ANA, BO, BOT, CY, Commit, by_day, commits, log_of
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.forks.counting import (
    Sturdiness,
    Subject,
    author_change,
    carried_over,
    organizations_at_least,
    people_at_least,
    steward_share,
    top_author_share,
    verdict,
    verdicts,
)
from openstrat.analysis.forks.rules import K_LARGEST, CountingRule, Window, count_window
from openstrat.collect.git.people import unite
from openstrat.errors import InputError

YEAR = Window(date(2024, 1, 1), date(2025, 1, 1))
END = Commit(BO, "2024-12-31")
#  Ana writes 4 commits, one of them with Cy; Cy writes 2; Bo ends the year with 1
HISTORY = by_day(
    commits(ANA, "2024-01-01", "2024-01-02", "2024-01-03"),
    [Commit(ANA, "2024-01-04", co=(CY,))],
    commits(CY, "2024-02-01", "2024-02-02"),
    [END],
)


def values(panel: pd.DataFrame, **where: str) -> dict[str, float]:
    """Return the value of each rule in the rows that have these cells."""
    for column, cell in where.items():
        panel = panel[panel[column] == cell]
    return dict(zip(panel["rule"], panel["value"], strict=True))


def test_a_co_authored_commit_counts_once_twice_or_in_halves() -> None:
    found = values(top_author_share(Subject(log_of(HISTORY)), YEAR))
    assert found["unique_commits"] == pytest.approx(4 / 7)
    assert found["author_commits"] == pytest.approx(4 / 8)
    assert found["fractional"] == pytest.approx(3.5 / 7)


def test_without_line_counts_the_largest_commits_are_not_known() -> None:
    row = top_author_share(Subject(log_of(HISTORY)), YEAR).set_index("rule").loc["without_largest"]
    assert pd.isna(row["value"])
    assert "without line counts" in row["note"]


def test_the_largest_commits_are_left_out_where_lines_are_known() -> None:
    big = [Commit(ANA, f"2024-03-{day:02}", lines=1000) for day in range(1, K_LARGEST + 1)]
    small = [Commit(CY, "2024-04-01", lines=1), Commit(CY, "2024-12-31", lines=1)]
    found = values(people_at_least(Subject(log_of([*big, *small])), YEAR, thresholds=(1,)))
    assert (found["unique_commits"], found["without_largest"]) == (2, 1)


def test_the_threshold_decides_how_many_people_there_are() -> None:
    history = by_day(
        commits(ANA, *(f"2024-01-{day:02}" for day in range(1, 11))), commits(CY, *(f"2024-02-0{day}" for day in range(1, 6))), [END]
    )
    panel = people_at_least(Subject(log_of(history)), YEAR)
    assert values(panel, headline="people with 5 or more commits")["unique_commits"] == 2
    assert values(panel, headline="people with 10 or more commits")["unique_commits"] == 1


def test_equal_parts_of_many_commits_reach_a_whole_number() -> None:
    three = [Commit(ANA, f"2024-01-{day:02}", co=(BO, CY)) for day in range(1, 16)]  # 15 thirds are 5 commits
    panel = people_at_least(Subject(log_of([*three, Commit(BOT, "2024-12-31", co=(ANA,))])), YEAR, thresholds=(5,))
    assert values(panel)["fractional"] == 3


def test_a_stewards_share_by_person_counts_unknown_people_as_outsiders_and_says_how_far_it_may_rise() -> None:
    panel = steward_share(Subject(log_of(HISTORY), steward=("acme.io",)), YEAR)
    row = panel[(panel["rule"] == "unique_commits") & (panel["counted_by"] == "authors")].iloc[0]
    assert (row["value"], row["low"], row["high"], row["n"]) == (pytest.approx(5 / 7), pytest.approx(5 / 7), 1.0, 7)


def test_a_stewards_share_by_organization_is_one_among_the_known_with_bounds_over_all() -> None:
    panel = steward_share(Subject(log_of(HISTORY), steward=("acme.io",)), YEAR, outsiders=True)
    row = panel[(panel["rule"] == "unique_commits") & (panel["counted_by"] == "organizations")].iloc[0]
    assert (row["value"], row["low"], row["high"]) == (0.0, 0.0, pytest.approx(2 / 7))


def test_outsiders_need_a_steward() -> None:
    with pytest.raises(InputError, match="steward"):
        steward_share(Subject(log_of(HISTORY)), YEAR)


def test_people_of_unknown_affiliation_may_each_be_an_organization() -> None:
    panel = organizations_at_least(Subject(log_of(HISTORY)), YEAR, thresholds=(1,))
    row = panel.set_index("rule").loc["unique_commits"]
    assert (row["value"], row["low"], row["high"]) == (1, 1, 2)


def test_people_carried_over_had_commits_before_and_are_seen_in_the_fork_after() -> None:
    upstream = log_of(
        by_day(commits(ANA, *(f"2023-05-{day:02}" for day in range(1, 11))), commits(CY, "2023-06-01"), commits(BO, "2024-12-31"))
    )
    fork = log_of(by_day(commits(ANA, "2024-02-01"), commits(CY, "2024-03-01"), [END]), "acme/fork")
    upstream, fork = unite([upstream, fork])
    panel = carried_over(Subject(upstream), Subject(fork), Window(date(2023, 1, 1), date(2024, 1, 1)), YEAR)
    assert values(panel, headline="people carried over with 1 or more commits before")["unique_commits"] == 2
    assert values(panel, headline="people carried over with 10 or more commits before")["unique_commits"] == 1


def test_the_change_of_people_active_a_month() -> None:
    before = [Commit(who, f"2023-{month:02}-10") for month in range(1, 13) for who in (ANA, CY)]
    after = [Commit(ANA, f"2024-{month:02}-10") for month in range(1, 13)]
    subject = Subject(log_of([*by_day(before, after), Commit(ANA, "2024-12-31")]))
    panel = author_change(subject, Window(date(2023, 1, 1), date(2024, 1, 1)), YEAR)
    assert values(panel, headline="change of people active a month")["unique_commits"] == pytest.approx(-0.5, abs=0.01)


def test_a_window_that_the_history_does_not_cover_gives_no_figure() -> None:
    panel = top_author_share(Subject(log_of(HISTORY[:-1])), YEAR)
    assert panel["value"].isna().all()
    assert panel["note"].iloc[0] == "Not computed: the history ends on 2024-02-02, within the window."


def test_every_row_names_its_window_and_rule() -> None:
    panel = people_at_least(Subject(log_of(HISTORY)), YEAR)
    assert (panel["window"] == "2024-01-01 to before 2025-01-01").all()
    assert set(panel["rule"]) == {rule.value for rule in CountingRule}


def test_an_empty_window_is_refused() -> None:
    with pytest.raises(InputError, match="holds no day"):
        Window(date(2024, 1, 1), date(2024, 1, 1))


def panel_of(headline: str, *rows: tuple[float, float, float]) -> pd.DataFrame:
    """Return a panel of one headline: value, low and high under made-up rules."""
    cells = [{"rule": f"rule_{number}", "value": value, "low": low, "high": high} for number, (value, low, high) in enumerate(rows)]
    return pd.DataFrame(cells).assign(repository="acme/tool", headline=headline, window="2024", counted_by="authors")


@pytest.mark.parametrize(
    ("headline", "rows", "expected"),
    [
        ("steward's share", [(0.60, 0.60, 0.62), (0.65, 0.65, 0.66)], Sturdiness.ROBUST),
        ("steward's share", [(0.60, 0.60, 0.60), (0.85, 0.85, 0.85)], Sturdiness.FRAGILE),
        ("steward's share", [(0.60, 0.40, 0.90), (0.62, 0.45, 0.90)], Sturdiness.FRAGILE),
        ("steward's share", [(0.45, 0.45, 0.45), (0.52, 0.52, 0.52)], Sturdiness.TIE),
        ("steward's share", [(0.45, 0.45, 0.45), (0.55, 0.55, 0.55)], Sturdiness.TIE),
        ("steward's share", [(0.45, 0.10, 0.90), (0.55, 0.20, 0.95)], Sturdiness.TIE),
        ("steward's share", [(0.44, 0.44, 0.44), (0.55, 0.55, 0.55)], Sturdiness.FRAGILE),
        ("steward's share", [(0.44, 0.44, 0.44), (0.56, 0.56, 0.56)], Sturdiness.REVERSED),
        ("steward's share", [(0.09, 0.09, 0.09), (0.51, 0.51, 0.51)], Sturdiness.FRAGILE),
        ("steward's share", [(0.50, 0.50, 0.50), (0.55, 0.55, 0.55)], Sturdiness.ROBUST),
        ("steward's share", [(0.20, 0.20, 0.20), (0.45, 0.45, 0.45), (0.56, 0.56, 0.56)], Sturdiness.REVERSED),
        ("change of people", [(-0.05, -0.05, -0.05), (0.02, 0.02, 0.02)], Sturdiness.TIE),
        ("change of people", [(-0.30, -0.30, -0.30), (0.02, 0.02, 0.02)], Sturdiness.FRAGILE),
        ("change of people", [(-0.30, -0.30, -0.30), (0.08, 0.08, 0.08)], Sturdiness.REVERSED),
        ("people with 5 or more commits", [(8, 8, 8), (9, 9, 9)], Sturdiness.ROBUST),
        ("people with 5 or more commits", [(12, 12, 12), (18, 18, 18)], Sturdiness.FRAGILE),
        ("people with 5 or more commits", [(np.nan, np.nan, np.nan), (18, 18, 18)], Sturdiness.NOT_COMPUTED),
    ],
)
def test_a_verdict_on_values_and_bounds(headline: str, rows: list[tuple[float, float, float]], expected: Sturdiness) -> None:
    assert verdicts(panel_of(headline, *rows))[0].sturdiness is expected


def test_the_reason_names_both_ends_and_their_rules() -> None:
    reason = verdict(panel_of("steward's share", (0.4, 0.4, 0.4), (0.7, 0.7, 0.7)), divide=0.5).reason
    assert reason == "The values lie on both sides of 0.5: 0.4 (rule 0 by authors) to 0.7 (rule 1 by authors), 2 ways of counting."


def test_shares_of_added_lines_weigh_each_commit_by_its_lines() -> None:
    log = log_of(by_day([Commit(ANA, "2024-01-01", lines=30), Commit(CY, "2024-01-02", lines=10, co=(ANA,)), END]))
    steward = steward_share(Subject(log, steward=("acme.io",)), YEAR, lines=True)
    assert set(steward["headline"]) == {"steward's share of lines added"}
    assert values(steward, counted_by="authors") == {
        "unique_commits": 0.75,  # 30 of 40
        "author_commits": 0.8,  # 40 of 50: the shared commit counts for both
        "fractional": 0.875,  # 35 of 40
        "without_largest": pytest.approx(np.nan, nan_ok=True),  # nothing is left of three commits
    }
    assert values(top_author_share(Subject(log), YEAR, lines=True))["unique_commits"] == 0.75


def test_somebody_with_an_address_of_the_steward_among_co_authors_only_is_no_outsider() -> None:
    log = log_of(by_day([Commit(CY, "2024-01-01", co=(ANA,)), END]))
    outsiders = people_at_least(Subject(log, steward=("acme.io",)), YEAR, (1,), outsiders=True)
    assert values(outsiders)["author_commits"] == 1


def test_a_tie_says_so_in_words() -> None:
    found = verdict(panel_of("change of people", (-0.05, -0.05, -0.05), (0.02, 0.02, 0.02)), divide=0)
    assert found.sturdiness.label == "a tie"
    assert found.reason.startswith("The values lie on both sides of 0, but within 0.1: -0.05 (rule 0 by authors) to 0.02")


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_two_changes_are_reversed_only_when_both_are_clear_of_zero_on_different_sides(one: float, other: float) -> None:
    found = verdict(panel_of("change of people", (one, one, one), (other, other, other)), divide=0).sturdiness
    assert (found is Sturdiness.REVERSED) == (min(one, other) < -0.05 - 1e-9 and max(one, other) > 0.05 + 1e-9)


def test_a_verdict_over_two_windows_is_refused() -> None:
    two = pd.concat([panel_of("share", (0.1, 0.1, 0.1)), panel_of("share", (0.1, 0.1, 0.1)).assign(window="2025")])
    with pytest.raises(InputError, match="one headline in one window"):
        verdict(two)


AUTHORS = st.sampled_from([ANA, BO, CY, BOT])


@given(st.lists(st.tuples(AUTHORS, st.lists(AUTHORS, max_size=3), st.dates(YEAR.start, date(2024, 12, 31))), min_size=1, max_size=30))
def test_equal_parts_add_up_to_the_unique_commits(rows: list[tuple[str, list[str], date]]) -> None:
    log = log_of(by_day([Commit(who, day.isoformat(), co=tuple(co)) for who, co, day in rows]))
    unique, fractional = (count_window(log, None, YEAR, rule) for rule in (CountingRule.UNIQUE_COMMITS, CountingRule.FRACTIONAL))
    assert unique is not None
    assert fractional is not None
    assert fractional.weight.sum() == pytest.approx(unique.weight.sum())
    assert fractional.n == unique.n == unique.weight.sum()
