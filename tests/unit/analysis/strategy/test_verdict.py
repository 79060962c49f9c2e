"""Rules ST0 and ST1 on hand-made readings."""

import pytest

from openstrat.analysis.strategy.checklist import AnswerCheck, AnswerState, ChecklistVerdict, outcome_of
from openstrat.analysis.strategy.tradeoff import OptionReading, trade_verdict
from openstrat.analysis.strategy.verdict import slogan_or_plan, trade_or_giveaway
from openstrat.cases.measures import Receipt

COUNTED = Receipt(what="hosting contracts", where_in_stack="tooling", metric="contracts a quarter", owner="head of revenue")
UNOWNED = Receipt(what="good will", where_in_stack="community", metric="mentions")


def reading(revenue, n_layers=2):
    return OptionReading("core", trade_verdict(n_layers, revenue), 0.5, revenue, 0.0, n_layers, 3, ())


@pytest.mark.parametrize(
    ("revenue", "receipts", "answer"),
    [
        (0.2499, [COUNTED], "yes"),
        (0.2499, [UNOWNED, COUNTED], "yes"),
        (0.0, [UNOWNED], "partly"),  # nobody answers for it
        (0.0, [], "partly"),
        (0.25, [COUNTED], "partly"),
        (0.5, [COUNTED], "no"),  # a giveaway stays one
    ],
)
def test_a_trade_needs_little_given_and_a_receipt_that_counts(revenue, receipts, answer):
    assert trade_or_giveaway(reading(revenue), receipts).answer == answer


def test_the_sentence_says_what_comes_back_or_what_is_missing():
    assert "What comes back: hosting contracts." in trade_or_giveaway(reading(0.1), [COUNTED]).sentence
    unowned = trade_or_giveaway(reading(0.1), [UNOWNED])
    assert "no receipt has both a metric and an owner" in unowned.sentence
    assert "without owner" in unowned.evidence[0]
    assert trade_or_giveaway(reading(0.1), []).asks


def test_nothing_opened_is_neither():
    assert trade_or_giveaway(reading(0.0, n_layers=0), [COUNTED]).answer == "not_asked"


def checklist(*states):
    checks = tuple(AnswerCheck(f"CK{place}", AnswerState(state), (), "", (), (), "", ()) for place, state in enumerate(states, start=1))
    clean = states.count("clean")
    return ChecklistVerdict(checks, clean, outcome_of(clean), ())


@pytest.mark.parametrize(
    ("states", "answer", "said"),
    [
        (("clean",) * 5, "yes", "A plan: 5 of 5"),
        (("clean", "clean", "clean", "unclean", "missing"), "partly", "fix first: 3 of 5 answers are clean, 1 unclean, 1 missing"),
        (("clean", "clean", "unclean", "unclean", "unclean"), "no", "Not a strategy yet: 2 of 5"),
        (("clean", "missing", "missing", "missing", "missing"), "no", "With the missing ones clean it would be 5"),
    ],
)
def test_fewer_than_three_clean_answers_are_not_a_strategy_yet(states, answer, said):
    found = slogan_or_plan(checklist(*states))
    assert found.answer == answer
    assert said in found.sentence
