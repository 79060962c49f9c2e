"""Risks of one option on plain numbers."""

import pytest

from openstrat.analysis.strategy import risks
from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.families import layer_changes
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.risks import RiskNumbers
from openstrat.analysis.strategy.signatures import Range
from openstrat.cases.load import load_case

DATABASE, LAB = load_case("case-database-relicense"), load_case("case-frontier-lab")
TIGHTER, STAY = "relicense_source_available", "stay_permissive"


@pytest.mark.parametrize(
    ("money", "chance", "answer"),
    [
        (AnswerState.UNCLEAN, 0.9, "yes"),
        (AnswerState.MISSING, 0.9, "unknown"),
        (AnswerState.CLEAN, None, "unknown"),
        (AnswerState.CLEAN, 0.5, "no"),
        (AnswerState.CLEAN, 0.49, "partly"),
    ],
)
def test_cost_is_a_risk_without_a_money_answer(money, chance, answer):
    numbers = RiskNumbers(release_cost=Range(10, 20, 30), p_npv_positive=chance)
    reading = risks.cost_without_plan(DATABASE, STAY, numbers, money)
    assert reading.finding.answer == answer
    assert (reading.finding.low, reading.finding.high) == (10, 30)


def test_an_option_that_opens_nothing_is_not_asked():
    assert risks.cost_without_plan(LAB, "closed_all", RiskNumbers(), AnswerState.MISSING).finding.answer == "not_asked"


@pytest.mark.parametrize(("option", "answer"), [(TIGHTER, "yes"), ("relicense_agpl", "partly"), (STAY, "no")])
def test_backlash_follows_tighter_terms_and_the_strength_of_the_reaction(option, answer):
    reading = risks.backlash(DATABASE, option, RiskNumbers(), layer_changes(DATABASE, {}))
    assert reading.finding.answer == answer


def test_terms_that_deter_many_are_a_risk_without_any_change():
    tight = RiskNumbers(friction=Range(0.2, 0.3, 0.4))
    assert risks.backlash(DATABASE, STAY, tight, ()).finding.answer == "partly"


def test_fork_risk_keeps_the_rubric_and_names_its_drivers():
    rubric = Finding("RK3", Answer.YES, "The rubric expects a fork.", Basis.ASSUMED, value=0.9)
    reading = risks.fork_and_split(DATABASE, TIGHTER, RiskNumbers(npv_under_clone=-3.0), rubric)
    assert reading.finding is rubric
    assert ("Drop in", "1 of 1") in reading.drivers
    assert ("Value when a larger host clones it", "USD -3.0m") in reading.drivers


@pytest.mark.parametrize(("option", "answer"), [("frontier_permissive", "yes"), ("edge_small_permissive", "partly"), ("closed_all", "no")])
def test_misuse_follows_the_weights(option, answer):
    assert risks.misuse(LAB, option, RiskNumbers()).finding.answer == answer


@pytest.mark.parametrize(("middle", "answer"), [(0.04, "no"), (0.05, "partly"), (0.149, "partly"), (0.15, "yes")])
def test_self_commoditization_by_the_share_of_income_replaced(middle, answer):
    numbers = RiskNumbers(eroded_share=Range(0.0, middle, 0.5))
    assert risks.self_commoditization(DATABASE, STAY, numbers).finding.answer == answer


def test_without_the_economics_nothing_is_said_of_erosion():
    assert risks.self_commoditization(DATABASE, STAY, RiskNumbers()).finding.answer == "unknown"
