"""One fork beside its upstream: who moved, which kind of fork it is, concentration, newcomers, counting rules."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import openstrat
from openstrat.analysis.forking import ForkPair
from openstrat.analysis.forks.measures import MEASURES
from openstrat.analysis.forks.pair import complete_mean, core_rows, movement, side_months, standing
from openstrat.analysis.forks.pair_counting import naive_ratio, pair_panel, panel_verdicts
from openstrat.analysis.forks.pair_kind import ForkKind, fork_kind
from openstrat.analysis.forks.pair_people import concentration, retention
from openstrat.errors import UnknownNameError

FORKS = openstrat.fork_pairs_of()["fork"].tolist()
FIRST_YEAR = {
    "valkey-io/valkey": (6, 10),
    "grafana/mimir": (8, 11),
    "prestosql/presto": (21, 26),
    "libav/libav": (38, 51),
    "apache/pekko": (3, 9),
    "lxc/incus": (3, 15),
    "opentofu/opentofu": (0, 16),
    "openbao/openbao": (1, 49),
    "opensearch-project/OpenSearch": (0, 68),
}
"""Core people seen in the fork a year later, and all core people, as counted when the histories were read."""


@pytest.fixture(scope="module")
def valkey() -> ForkPair:
    return openstrat.fork_pair_of("valkey-io/valkey")


def changed(pair: ForkPair, **columns: object) -> ForkPair:
    """The same pair with some columns of its activity replaced."""
    return replace(pair, activity=pair.activity.assign(**columns))


@pytest.mark.parametrize("fork", FIRST_YEAR)
def test_the_core_is_found_where_it_went(fork: str) -> None:
    found = fork_kind(openstrat.fork_pair_of(fork))
    assert (found.n_core_in_fork, found.n_core) == FIRST_YEAR[fork]


@pytest.mark.parametrize(
    ("fork", "kind"),
    [
        ("valkey-io/valkey", ForkKind.CORE_MOVED),
        ("libav/libav", ForkKind.CORE_MOVED),
        ("opentofu/opentofu", ForkKind.NEW_TEAM),
        ("opensearch-project/OpenSearch", ForkKind.NEW_TEAM),
        ("lxc/incus", ForkKind.BOTH),
        ("RooCodeInc/Roo-Code", ForkKind.UNDECIDED),
    ],
)
def test_two_questions_decide_the_kind(fork: str, kind: ForkKind) -> None:
    assert fork_kind(openstrat.fork_pair_of(fork)).kind is kind


def test_a_fork_of_less_than_a_year_has_no_kind(valkey: ForkPair) -> None:
    young = replace(valkey, migration=valkey.migration.head(11))
    assert fork_kind(young).kind is ForkKind.UNDECIDED
    assert fork_kind(young).n_commits is None


def test_redis_fell_by_38_percent_in_complete_months(valkey: ForkPair) -> None:
    months = side_months(valkey)
    before, after = complete_mean(months, "upstream", -12, -1), complete_mean(months, "upstream", 1, 12)
    assert (round(before[0], 1), round(after[0], 1)) == (16.9, 10.5)
    assert (before[1], after[1]) == (12, 11), "the twelfth month after is cut by the end of the history"


def test_five_months_give_no_mean(valkey: ForkPair) -> None:
    assert complete_mean(side_months(valkey), "fork", 1, 5) == (None, 5)


def test_where_both_sides_stand_leaves_out_the_month_that_is_cut(valkey: ForkPair) -> None:
    now = standing(side_months(valkey))
    assert (now.first, now.last, now.n_months) == ("2024-09", "2025-02", 6)


def test_months_that_are_not_known_break_the_line() -> None:
    months = side_months(openstrat.fork_pair_of("opensearch-project/OpenSearch"))
    gap = months[(months["side"] == "upstream") & (months["month"] == "2022-01-01")]
    assert gap["value"].isna().tolist() == [True]


def test_a_side_inside_the_fork_has_no_months_of_its_own() -> None:
    pair = openstrat.fork_pair_of("libav/libav")
    assert pair.sides == {"fork": "libav/libav"}
    assert set(side_months(pair)["side"]) == {"fork"}
    assert pair_panel(pair).empty


def test_people_of_the_fork_fall_into_three_groups(valkey: ForkPair) -> None:
    months = movement(valkey)
    total = months[["n_new", "n_older", "n_migrants"]].sum(axis=1)
    assert total.tolist() == valkey.migration["n_fork_active"].astype(float).tolist()
    april = months[months["month"] == "2024-04-01"].iloc[0]
    assert (april["n_new"], april["n_older"], april["n_migrants"], april["n_both"]) == (21, 2, 13, 0)


@pytest.mark.parametrize("fork", FORKS)
def test_every_fork_of_the_tables_can_be_read_under_every_rule(fork: str) -> None:
    pair = openstrat.fork_pair_of(fork)
    for measure in MEASURES.values():
        for rule in measure.rules:
            months = side_months(pair, measure=measure.name, rule=rule)
            assert not months.duplicated(["side", "month"]).any()
            assert (months["value"].dropna() >= 0).all()
    assert core_rows(pair)["horizon_months"].tolist() == [6, 12, 24]


def test_commits_of_bots_count_as_the_rule_says(valkey: ForkPair) -> None:
    """30 commits of bots, of which 20 name a person; the column n_commits holds those that have a person."""
    pair = changed(valkey, n_commits=100, n_commits_bot=30, n_commits_bot_uncredited=10)
    for rule, left in (("credited", 100), ("strict", 80), ("with_bots", 110)):
        assert set(side_months(pair, measure="commits", rule=rule)["value"]) == {left}


@pytest.mark.parametrize(
    ("measure", "rule", "said"), [("stars", "credited", "measure 'stars'"), ("people_12m", "strict", "rule for people_12m")]
)
def test_unknown_measures_and_rules_are_refused(valkey: ForkPair, measure: str, rule: str, said: str) -> None:
    with pytest.raises(UnknownNameError, match=said):
        side_months(valkey, measure=measure, rule=rule)


def test_organizations_are_bounded_when_most_commits_name_one(valkey: ForkPair) -> None:
    pair = changed(valkey, org_unknown_share_12m=0.4, org_top_share_of_known_12m=0.5, elephant_factor_12m=2)
    found = concentration(pair)
    assert found["organization_low"].round(6).eq(0.3).all()
    assert found["organization_high"].round(6).eq(0.7).all()


def test_organizations_are_not_shown_when_most_commits_name_none(valkey: ForkPair) -> None:
    found = concentration(changed(valkey, org_unknown_share_12m=0.51))
    assert len(found) == 3
    assert found[["elephant_factor_12m", "organization_low", "org_top_12m"]].isna().all(axis=None)


def test_newcomers_are_watched_for_a_year_before_they_count(valkey: ForkPair) -> None:
    found = retention(valkey)
    assert found[["side", "window", "n_months", "n_new", "n_back"]].to_numpy().tolist() == [["upstream", "12 months before", 12, 57, 6]]
    watched = retention(changed(valkey, n_new_authors=2, n_new_retained_6m=1))
    assert watched["share"].eq(0.5).all()
    assert watched.set_index(["side", "window"])["n_new"].to_dict() == {
        ("upstream", "12 months before"): 24,
        ("upstream", "12 months after"): 22,
        ("fork", "first 12 months"): 24,
    }


def test_headlines_stand_under_every_rule_with_their_verdict(valkey: ForkPair) -> None:
    panel = pair_panel(valkey)
    people = panel[panel["headline"] == "change of people active a month"].set_index("rule")["value"]
    assert people.round(2).to_dict() == {
        "credited": -0.38,
        "strict": -0.38,
        "with_coauthors": -0.27,
        "addresses": -0.38,
        "nonsteward": -0.60,
        "author_date": -0.38,
    }
    words = {item.headline: item.sturdiness.label for item in panel_verdicts(panel)}
    assert words["change of people active a month"] == "fragile"
    assert words["fork's share of people active a month"] == "robust"
    assert words["people carried over from the year before"] == "robust"


@settings(max_examples=10)
@given(st.lists(st.integers(1, 200), min_size=12, max_size=12))
def test_a_share_of_equal_sides_is_one_half(counts: list[int]) -> None:
    months = pd.date_range("2024-01-01", periods=13, freq="MS")
    pair = openstrat.fork_pair_of("valkey-io/valkey")
    row = pair.activity.iloc[0].to_dict() | {"is_partial_month": False, "date_basis": "committer"}
    sides = {"upstream": "redis/redis", "fork": "valkey-io/valkey"}
    rows = [
        row | {"repository": name, "month": month, "n_active_authors": count}
        for name in sides.values()
        for month, count in zip(months, [1, *counts], strict=True)
    ]
    activity = pd.concat([pd.DataFrame(rows), pd.DataFrame(rows).assign(date_basis="author")])
    same = replace(pair, activity=activity, started_on=months[0].date(), rules=pair.rules.head(0))
    panel = pair_panel(same)
    shares = panel[(panel["headline"] == "fork's share of people active a month") & (panel["rule"] == "credited")]["value"]
    assert shares.round(9).tolist() == [0.5]


def test_a_naive_count_is_1_2_to_13_times_too_high(valkey: ForkPair) -> None:
    assert naive_ratio(valkey.scopes) == pytest.approx(11559 / 880)
    assert naive_ratio(openstrat.fork_pair_of("RooCodeInc/Roo-Code").scopes) == pytest.approx(6185 / 5205)
    assert naive_ratio(valkey.scopes.assign(n_own=0)) is None
