"""Rules M0 to M5 and BR1 to BR4 on hand-made measurements."""

import pytest
from own_cases import small_case

from openstrat.analysis.strategy import motives
from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.signatures import Range

CLEAN, UNCLEAN, MISSING = AnswerState.CLEAN, AnswerState.UNCLEAN, AnswerState.MISSING
PAYING, CONTRACT = Range(0.003, 0.012, 0.05), Range(0.03, 0.05, 0.075)
#  worth of an adopter a year: .003 * .03m = USD 90 to .05 * .075m = USD 3,750


@pytest.mark.parametrize(("money", "answer"), [(CLEAN, "yes"), (UNCLEAN, "no"), (MISSING, "unknown")])
def test_a_motive_counts_only_with_a_money_sentence(money, answer):
    assert motives.money_sentence(money).answer == answer


@pytest.mark.parametrize(("cost", "answer"), [(89.0, "yes"), (90.0, "partly"), (3_750.0, "partly"), (3_751.0, "no"), (None, "unknown")])
def test_distribution_holds_the_cost_of_an_adopter_against_what_it_brings(cost, answer):
    case = small_case(measures={"motives": {"cost_per_adopter": cost}})
    found = motives.distribution(case, PAYING, CONTRACT, CLEAN)
    assert found.answer == answer
    assert (found.low, found.high) == (pytest.approx(90), pytest.approx(3_750))


@pytest.mark.parametrize("money", [UNCLEAN, MISSING])
def test_reach_is_not_turned_into_money_without_a_clean_money_answer(money):
    found = motives.distribution(small_case(measures={"motives": {"cost_per_adopter": 10.0}}), PAYING, CONTRACT, money)
    assert (found.answer, found.value, found.low, found.high) == ("unknown", None, None, None)


@pytest.mark.parametrize(
    ("money", "adopters", "answer"),
    [(UNCLEAN, Range(0.1, 0.1, 0.1), "no"), (MISSING, Range(0.1, 0.1, 0.1), "no"), (CLEAN, None, "unknown")],
)
def test_downloads_are_refused_as_money(money, adopters, answer):
    found = motives.downloads_in_money(1e6, PAYING, CONTRACT, money, adopters_per_download=adopters)
    assert (found.answer, found.value) == (answer, None)
    assert "not turned into money" in found.sentence


def test_downloads_count_once_adopters_behind_them_are_measured():
    found = motives.downloads_in_money(10_000, PAYING, CONTRACT, CLEAN, adopters_per_download=Range(0.001, 0.001, 0.001))
    #  10 adopters * .003 * .03 = .0009 to 10 * .05 * .075 = .0375 million
    assert (found.low, found.high) == (pytest.approx(0.0009), pytest.approx(0.0375))


@pytest.mark.parametrize(
    ("integrations", "share", "answer"),
    [(10, 0.4, "yes"), (9, 0.4, "partly"), (9, 0.39, "no"), (10, None, "unknown"), (None, None, "unknown")],
)
def test_a_default_format_is_built_on_by_others_and_started_with(integrations, share, answer):
    case = small_case(measures={"motives": {"n_outside_integrations": integrations}, "default_choice": {"new_project_share": share}})
    assert motives.default_format(case).answer == answer


def test_cheapening_a_neighbor_needs_a_named_one_with_a_margin_and_a_fallen_price():
    given = {"complement_sold": "advertising", "complement_margin": 0.8, "rival_price_change": -0.4}
    found = motives.cheaper_neighbor(small_case(measures={"motives": given}))
    assert found.answer == "yes"
    assert any("no cause" in caveat for caveat in found.caveats)
    assert motives.cheaper_neighbor(small_case(measures={"motives": given | {"rival_price_change": 0.1}})).answer == "partly"
    assert motives.cheaper_neighbor(small_case(facts={"rival_value": 5.0})).answer == "unknown"
    assert motives.cheaper_neighbor(small_case()).answer == "not_asked"


@pytest.mark.parametrize(("share", "answer"), [(0.2, "yes"), (0.19, "no"), (None, "unknown")])
def test_trust_counts_where_tenders_ask_for_it(share, answer):
    assert motives.trust(small_case(measures={"motives": {"inspection_tender_share": share}})).answer == answer


def test_talent_takes_the_measured_share_of_outsiders_from_governance_too():
    case = small_case(measures={"motives": {"offers_naming_project": 1}, "governance": {"outsider_share": 0.25}})
    assert motives.talent(case).answer == "yes"


def reasons(**given):
    case = small_case(measures={"motives": given})
    found = {item.concept_id: item for item in (motives.cheaper_neighbor(case), motives.trust(case), motives.talent(case))}
    found["M1"] = motives.distribution(case, PAYING, CONTRACT, CLEAN)
    return {item.concept_id: item for item in motives.business_reasons(case, found, source_ids={})}


def test_a_business_reason_is_its_motive_under_one_more_condition():
    good = {"cost_per_adopter": 50.0, "inspection_tender_share": 0.3, "deals_lost_to_lock_in": 2}
    assert reasons(**good, paid_product_needs_scale=True)["BR1"].answer == "yes"
    assert reasons(**good, paid_product_needs_scale=False)["BR1"].answer == "no"
    assert reasons(**good)["BR1"].answer == "unknown"
    assert reasons(**good)["BR2"].answer == "not_asked"
    assert reasons(**good)["BR4"].answer == "yes"


def test_without_a_money_sentence_every_motive_says_that_it_adds_nothing():
    found = motives.trust(small_case(measures={"motives": {"inspection_tender_share": 0.3}}))
    assert motives.with_money_condition(found, UNCLEAN).caveats[0] == motives.NO_MONEY
    assert motives.with_money_condition(found, CLEAN) is found
