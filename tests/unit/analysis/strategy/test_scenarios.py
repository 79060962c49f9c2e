"""Rules WH0 to WH4, and the figures they hold against each other, on hand-made numbers."""

from dataclasses import replace

import pytest
from own_cases import small_case

from openstrat.analysis.economics.position import Family, position_of
from openstrat.analysis.strategy import scenarios
from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.signatures import Range, Signature, exceeds, signature_of

CLEAN, UNCLEAN, MISSING = AnswerState.CLEAN, AnswerState.UNCLEAN, AnswerState.MISSING


def points(value):
    return Range(value, value, value)


@pytest.mark.parametrize(
    ("gain", "loss", "answer"),
    [
        (Range(2, 3, 4), Range(0, 1, 1.9), "yes"),
        (Range(1, 2, 3), Range(2, 4, 6), "partly"),
        (Range(0, 1, 2), Range(2, 3, 4), "no"),
        (None, Range(0, 0, 0), "unknown"),
    ],
)
def test_a_gain_exceeds_a_loss_only_when_the_ranges_lie_apart(gain, loss, answer):
    assert exceeds(gain, loss) == answer


@pytest.mark.parametrize(
    ("option", "money", "answer"),
    [("core", CLEAN, "yes"), ("core", UNCLEAN, "partly"), ("core", MISSING, "unknown"), ("everything", CLEAN, "no")],
)
def test_the_place_of_income_has_to_be_named_and_kept(option, money, answer):
    found = scenarios.place_of_income(small_case(), option, money)
    assert found.answer == answer
    assert found.value == (pytest.approx(0.8) if option == "core" else 0.0)


def test_infrastructure_helps_when_pull_exceeds_erosion_on_own_machines():
    owner = small_case(measures={"playbooks": {"owns_capacity": True}})
    figures = Signature(pull_through=points(0.01), eroded_income=points(0.001))
    assert scenarios.infrastructure_pull(owner, figures).answer == "yes"
    assert scenarios.infrastructure_pull(small_case(), figures).answer == "unknown"
    assert scenarios.infrastructure_pull(small_case(measures={"playbooks": {"owns_capacity": False}}), figures).answer == "no"
    assert scenarios.infrastructure_pull(owner, Signature(pull_through=points(0.001), eroded_income=points(0.01))).answer == "no"


@pytest.mark.parametrize(
    ("paying", "answer"),
    [(Range(0.03, 0.04, 0.05), "yes"), (Range(0.003, 0.01, 0.05), "partly"), (Range(0.003, 0.01, 0.02), "no")],
)
def test_default_tooling_needs_reach_over_friction_and_pay_over_break_even(paying, answer):
    case = small_case(measures={"playbooks": {"has_paid_tier": True}})
    reach = {"reach_gain": Range(0.2, 1, 3), "friction": points(0.02)}
    assert scenarios.default_tooling(case, Signature(**reach, paying_share=paying, break_even_share=points(0.025))).answer == answer
    without = scenarios.default_tooling(case, Signature(**reach, paying_share=paying))
    assert (without.answer, without.asks) == ("unknown", ("the paying share at which the option breaks even (from the economics)",))


def test_trust_helps_where_tenders_ask_and_little_is_eroded():
    case = small_case(measures={"motives": {"inspection_tender_share": 0.4}})
    good = Signature(trust_gain=Range(0, 0.2, 0.6), eroded_share=Range(0.01, 0.02, 0.04))
    assert scenarios.trade_needing_trust(case, "core", good).answer == "yes"
    assert scenarios.trade_needing_trust(case, "everything", good).answer == "no"  # the product does not stay closed
    assert scenarios.trade_needing_trust(case, "core", Signature(trust_gain=points(0.2), eroded_share=points(0.05))).answer == "no"
    assert scenarios.trade_needing_trust(case, "core", Signature(eroded_share=points(0.01))).answer == "unknown"


def test_attacking_an_incumbent_needs_a_neighbor_that_is_sold():
    named = small_case(measures={"motives": {"complement_sold": "advertising"}})
    worth = Signature(rival_value=Range(50, 60, 70), release_cost=points(40))
    assert scenarios.attack_on_incumbent(named, worth).answer == "yes"
    assert scenarios.attack_on_incumbent(small_case(), worth).answer == "unknown"
    assert scenarios.attack_on_incumbent(small_case(), Signature(release_cost=points(40))).answer == "not_asked"


RANGES = {
    "conv": Range(0.01, 0.02, 0.04),
    "acv": points(1.0),
    "subst": Range(0.2, 0.5, 0.8),
    "reach": Range(1, 2, 4),
    "stick": Range(0.2, 0.5, 0.8),
    "trust": Range(0, 0.25, 0.8),
    "strat": Range(0, 0.5, 1),
    "fte_cost": points(0.2),
}
CONSTANTS = {"audit_eval": 0.4, "audit_docs": 0.25, "audit_weights": 0.15, "audit_data": 0.15, "audit_tuning": 0.05}
FAMILIES = {"closed": Family(0, 0, 0, 0, 0.15), "permissive": Family(1, 1, 0, 0.04, 0.1), "custom_ai": Family(0.5, 0.7, 0, 0.3, 0.7)}


def figures_of(case, option):
    """Gains and losses of an option under hand-made ranges and families."""
    position = position_of(case.layers, case.licenses_of(option), FAMILIES, CONSTANTS)
    return signature_of(case, option, RANGES, position, erosion_cap=0.95)


def test_the_figures_of_an_option_follow_the_equations():
    case = small_case(facts={"infra_spend": 0.1, "infra_share": 0.2, "rival_value": 4.0, "train_cost": 3.0})
    core = figures_of(case, "core")
    assert core.reach_gain == Range(1, 2, 4)  # all of the adoption weight is opened
    assert core.friction == Range(0.0, 0.02, 0.04)
    assert core.eroded_share.high == pytest.approx(0.2 * 0.8 * 0.5)  # .2 opened, subst .8, moat .5 untouched
    assert core.eroded_income.high == pytest.approx(0.04 * 0.05 * 0.08)
    assert core.pull_through == points(pytest.approx(0.02))
    assert core.rival_value == Range(0, 10, 20)  # 4 a year, five years
    assert core.release_cost.low == pytest.approx(3 + 5 * 10 * 0.2)
    everything = figures_of(case, "everything")
    assert everything.pull_through == Range(pytest.approx(0.004), pytest.approx(0.01), pytest.approx(0.016))
    assert everything.eroded_share.high == pytest.approx(0.8 * (1 - 0.5 * 0.4))  # the moat falls by the .6 that tooling carries


def test_nothing_is_lost_or_gained_where_nothing_is_opened():
    closed = figures_of(small_case(), "closed")
    assert (closed.reach_gain, closed.friction, closed.eroded_share) == (points(0), points(0), points(0))
    assert (closed.pull_through, closed.trust_gain, closed.rival_value) == (None, None, None)


def test_weights_of_two_sizes_count_once_in_what_buyers_audit():
    layers = {"small_weights": {"adoption_weight": 0.5}, "frontier_weights": {"adoption_weight": 0.5}}
    licenses = {"small_weights": "permissive", "frontier_weights": "permissive"}
    case = small_case(layers=layers, options={"both": {"licenses": licenses}, "closed": {"licenses": {}}}, facts={"trust_scale": 1.0})
    assert figures_of(case, "both").trust_gain.high == pytest.approx(0.8 * 0.15)  # as equation 9 has it, not twice .15


@pytest.mark.parametrize(
    ("needed", "answer", "said"),
    [
        (0.0, "yes", "its median value is above zero whatever it is"),
        (float("inf"), "no", "no share lifts its median value above zero"),
    ],
)
def test_a_paying_share_is_enough_always_or_never_where_the_value_does_not_cross_zero(needed, answer, said):
    case = small_case(measures={"playbooks": {"has_paid_tier": True}})
    figures = Signature(points(0), points(0), reach_gain=points(1), friction=points(0), paying_share=points(0.02))
    found = scenarios.default_tooling(case, replace(figures, break_even_share=points(needed)))
    assert (found.answer, said in found.sentence) == (answer, True)


def test_a_value_that_existing_revenue_carries_shows_no_help_from_tooling():
    case = small_case(measures={"playbooks": {"has_paid_tier": True}}, facts={"R0": 400.0})
    figures = Signature(reach_gain=points(1), friction=points(0), paying_share=points(0.02), break_even_share=points(0))
    found = scenarios.default_tooling(case, figures)
    assert (found.answer, "Revenue that exists already carries it." in found.sentence) == ("partly", True)
