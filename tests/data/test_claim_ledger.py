"""The claim ledger over the shipped tables: every claim rests on something, every figure says of whom and when."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from openstrat.analysis.claiming import TESTS, claim_of, claims_of
from openstrat.analysis.claims.entries import LedgerEntry, ledger_table
from openstrat.analysis.claims.standing import Standing
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.cells import split_list
from openstrat.tables.models_claims import TESTS as NAMED_TESTS
from openstrat.tables.store import read_table

CAUSAL = re.compile(r"\b(because of|causes?|caused|effect of|leads? to|due to|results? in)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def ledger() -> tuple[LedgerEntry, ...]:
    return claims_of()


def named(ledger: tuple[LedgerEntry, ...], claim_id: str) -> LedgerEntry:
    return next(item for item in ledger if item.claim_id == claim_id)


def test_every_claim_has_evidence_on_a_side_or_a_test(ledger: tuple[LedgerEntry, ...]) -> None:
    assert len(ledger) == 33
    assert [item.claim_id for item in ledger if not (item.count("for") or item.count("against") or item.test)] == []


def test_a_claim_has_a_test_or_says_what_the_tables_lack() -> None:
    table = read_table("claims")
    assert (table["test_id"].isna() == table["why_no_test"].notna()).all()
    assert set(table["test_id"].dropna()) == set(TESTS) == set(NAMED_TESTS)
    assert table["test_id"].dropna().is_unique


def test_every_linked_fact_resolves_with_its_period_and_source(ledger: tuple[LedgerEntry, ...]) -> None:
    links, facts = read_table("claim_evidence"), read_table("evidence").set_index("evidence_id")
    assert set(links["evidence_id"]) <= set(facts.index)
    assert set(links["claim_id"]) == set(read_table("claims")["claim_id"])
    shown = pd.concat([item.evidence for item in ledger])
    assert len(shown) == len(links)
    for row in shown.to_dict("records"):
        source = facts.loc[row["evidence_id"]]
        assert (row["statement"], row["source_ids"]) == (source["statement"], source["source_ids"])
        assert [pd.isna(row[name]) or row[name] == source[name] for name in ("n", "period")] == [True, True]
        assert [pd.isna(row[name]) for name in ("n", "period")] == [pd.isna(source[name]) for name in ("n", "period")]


def test_sources_of_every_entry_stand_in_the_table(ledger: tuple[LedgerEntry, ...]) -> None:
    known = set(read_table("sources")["source_id"])
    assert {source for item in ledger for source in item.source_ids} <= known
    assert all(item.test.source_ids for item in ledger if item.test)


def test_every_reading_says_window_sample_and_number(ledger: tuple[LedgerEntry, ...]) -> None:
    tests = [item.test for item in ledger if item.test]
    assert len(tests) == len(TESTS)
    for test in tests:
        assert test.selection
        assert test.rule
        assert all(reading.window and reading.sample and reading.n > 0 for reading in test.readings)
        assert all(reading.low is not None or reading.n < 3 for reading in test.readings if reading.is_main)


def test_no_sentence_of_the_ledger_speaks_of_causes(ledger: tuple[LedgerEntry, ...]) -> None:
    texts = [text for item in ledger if item.test for text in (item.test.question, item.test.prediction, item.reason)]
    texts += [*read_table("claim_evidence")["why"], *read_table("claims")["what_would_settle_it"]]
    assert [text for text in texts if CAUSAL.search(text)] == []


@pytest.mark.parametrize(
    ("claim_id", "standing", "value", "n"),
    [
        ("open-models-can-be-made-again", Standing.CONTRADICTED, 9 / 55, 55),  # nine releases with open data, two of 57 without weights
        ("open-models-have-open-licenses", Standing.UNDECIDED, 28 / 55, 55),
        ("open-ai-is-open-washed", Standing.UNDECIDED, 9 / 14, 14),
        ("open-weights-are-transparent", Standing.UNDECIDED, 24 / 40, 13),  # 5 x 8 pairs of the edition of 2025-12
        ("community-follows-the-fork", Standing.UNDECIDED, 5 / 17, 17),
        ("forks-win", Standing.UNDECIDED, 6 / 14, 14),
    ],
)
def test_verdicts_counted_by_hand(ledger: tuple[LedgerEntry, ...], claim_id: str, standing: Standing, value: float, n: int) -> None:
    item = named(ledger, claim_id)
    assert item.test is not None
    assert (item.standing, item.test.main.n) == (standing, n)
    assert item.test.main.value == pytest.approx(value)


def test_stars_do_not_show_use_but_their_growth_goes_with_growth(ledger: tuple[LedgerEntry, ...]) -> None:
    level, growth = named(ledger, "stars-show-use"), named(ledger, "star-growth-shows-growth")
    assert (level.standing, growth.standing) == (Standing.CONTRADICTED, Standing.SUPPORTED)
    assert "picked by its stars" in level.test.selection  # type: ignore[union-attr]
    assert "not ruled out" in level.reason


def test_an_exempting_law_is_contradicted_by_its_own_text(ledger: tuple[LedgerEntry, ...]) -> None:
    item = named(ledger, "eu-exempts-open-models")
    assert (item.standing, item.test) == (Standing.CONTRADICTED, None)


def test_an_earlier_day_knows_fewer_facts_and_makes_no_test_over_a_later_snapshot() -> None:
    early = claim_of("forks-fail", "2022-01-01")
    assert early.test is None
    assert "state of 2026-08-26" in early.why_no_test
    assert (early.n_later, len(early.evidence)) == (6, 0)
    assert early.standing == Standing.NOT_TESTABLE


def test_the_table_of_the_ledger_has_one_row_a_claim(ledger: tuple[LedgerEntry, ...]) -> None:
    table = ledger_table(ledger)
    assert table["claim_id"].is_unique
    assert (table["tested"].notna() == table["value"].notna()).all()
    inside = table.dropna(subset=["low"])
    assert (inside["low"].le(inside["value"]) & inside["value"].le(inside["high"])).all()


def test_unknown_claims_and_days_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="stars-show-use"):
        claim_of("stars-show-usage")
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        claims_of(as_of="yesterday")


def test_groups_cover_what_their_tests_compare() -> None:
    groups = read_table("claim_groups")
    scores, indicators = read_table("transparency_scores"), read_table("project_indicators")
    weights = groups[groups["test_id"].eq("open_weights_transparency")]
    assert set(zip(weights["item"], weights["edition"], strict=True)) == set(zip(scores["organization"], scores["edition"], strict=True))
    governed = groups[groups["test_id"].eq("foundation_spread")].set_index("item")["group"]
    assert set(governed.index) == set(indicators["repository"])
    known = indicators.merge(read_table("projects")[["project_id", "governance"]], on="project_id")
    assert (known["repository"].map(governed) == known["governance"]).all()


def test_published_medians_of_the_index_follow_from_the_coding() -> None:
    groups, scores = read_table("claim_groups"), read_table("transparency_scores")
    both = scores.merge(groups, left_on=["organization", "edition"], right_on=["item", "edition"])
    medians = both[both["edition"].eq("2024-05")].groupby("group")["score"].median()
    assert medians.to_dict() == {"weights_published": 59.0, "weights_held": 53.5}  # 33 55 58 60 62 85; 41 47 49 51 56 64 75 75


def test_every_fact_named_for_a_claim_is_a_list_without_doubles() -> None:
    links = read_table("claim_evidence")
    assert not links.duplicated(["claim_id", "evidence_id"]).any()
    assert all(split_list(cell) for cell in read_table("claims")["concept_ids"])
