"""Rules PB0 to PB3 on hand-made facts."""

import pytest
from own_cases import small_case

from openstrat.analysis.strategy import playbooks
from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.playbooks import Kind, fit_playbooks, playbook_finding, select_playbook
from openstrat.cases.load import load_case, shipped_cases

CLEAN = AnswerState.CLEAN
OWNER = {"owns_capacity": True, "infrastructure_revenue_share": 0.6, "pull_through": 0.05, "capital_musd": 40.0}
SELLER = {"has_sales_and_support": True, "has_upgrade_paths": True, "has_paid_tier": True, "core_as_good_as_paid": False}
TRADE = {"has_exclusive_domain_data": True, "work_runs_through_it": True, "evaluations_are_renewed": True}
NOBODY = {"owns_capacity": False, "infrastructure_revenue_share": 0.0, "has_sales_and_support": False, "has_paid_tier": False}
NOBODY |= {"has_exclusive_domain_data": False, "work_runs_through_it": False}


def fits(option="core", **blocks):
    case = small_case(**blocks)
    return case, {item.playbook: item for item in fit_playbooks(case, option, CLEAN)}


def find(playbook, option="core", **blocks):
    return playbook_finding(fits(option, **blocks)[1][playbook])


def test_an_owner_of_capacity_with_pull_fits_infrastructure():
    found = find("infra_led", facts={"train_cost": 30.0}, measures={"playbooks": OWNER, "best_hosting": {"price_premiums": [-0.1]}})
    assert (found.answer, found.value, found.n) == ("yes", 1.0, 6)


@pytest.mark.parametrize(
    ("option", "changed", "said"),
    [
        ("everything", {}, "the management layer is opened too"),
        ("core", {"pull_through": 0.049}, "less than 5% of adopters' spend lands here"),
    ],
)
def test_infrastructure_breaks_when_pull_is_low_or_the_management_layer_is_opened(option, changed, said):
    measures = {"playbooks": OWNER | changed, "best_hosting": {"price_premiums": [-0.1]}}
    found = find("infra_led", option, measures=measures)
    assert found.answer == "partly"
    assert said in found.sentence


@pytest.mark.parametrize(
    ("premiums", "share", "breaks"), [([0.2], 0.2, True), ([0.2], 0.35, False), ([-0.2], 0.1, False), ([0.2], None, None)]
)
def test_being_hosted_cheaper_counts_once_demand_has_gone_there(premiums, share, breaks):
    _, found = fits(measures={"best_hosting": {"price_premiums": premiums, "hosted_share": share}})
    condition = next(item for item in found["infra_led"].of_kind(Kind.FAILS_IF) if "cheaper" in item.criterion.name)
    assert condition.criterion.is_met is breaks


def test_capital_has_to_cover_training():
    blocks = {"facts": {"train_cost": 30.0}}
    for capital, met in ((30.0, True), (29.9, False)):
        _, found = fits(**blocks, measures={"playbooks": {"capital_musd": capital}})
        assert found["infra_led"].of_kind(Kind.NEEDS)[0].criterion.is_met is met


def test_open_core_needs_people_who_sell_and_breaks_when_the_free_core_is_enough():
    hosted = {"best_hosting": {"hosted_share": 0.5}}
    forked = {"drop_in": 1.0, "host_revenue": 0.4, "external_share": 0.1, "neutral_home": 0.1, "switch_cost": 0.5}
    assert find("open_core", measures={"playbooks": SELLER, **hosted}, fork_inputs=forked).value == 1.0
    worse = find("open_core", measures={"playbooks": SELLER | {"core_as_good_as_paid": True}, **hosted}, fork_inputs=forked)
    assert (worse.answer, worse.value) == ("partly", pytest.approx(5 / 6))
    assert "the free core is as good as the paid product" in worse.sentence
    hosts = find("open_core", measures={"playbooks": SELLER, **hosted}, fork_inputs=forked | {"host_revenue": 0.95})
    assert "a large host sells the core" in hosts.sentence


def test_a_vertical_breaks_when_what_it_opens_learned_from_clients():
    blocks = {
        "layers": {"small_weights": {"adoption_weight": 0.2}},
        "options": {"weights": {"licenses": {"small_weights": "permissive"}}},
        "measures": {"playbooks": TRADE | {"opened_parts_carry_client_knowledge": True}, "hard_to_rebuild": {"rights_exclusive": True}},
    }
    assert find("vertical", "weights", **blocks).answer == "partly"
    assert find("vertical", "core", **blocks).answer == "yes"  # nothing that learned from clients is opened


def test_without_facts_the_fit_is_unknown_and_asks_for_them():
    found = find("open_core")
    assert (found.answer, found.value, found.low, found.high) == ("unknown", None, 0.0, 1.0)
    assert "whether a sales and a support team exist" in found.asks


def test_the_facts_select_one_playbook_whatever_is_missing():
    case, found = fits(measures={"playbooks": NOBODY | SELLER}, facts={"N0": 40.0, "infra_share": 0.0})
    selected = select_playbook(case, list(found.values()))
    assert (selected.answer, selected.value) == ("yes", 1.0)
    assert selected.sentence.startswith("Open core leads")


def test_a_tie_shows_both():
    case, found = fits(measures={"playbooks": NOBODY | {"has_paid_tier": True, "work_runs_through_it": True}})
    selected = select_playbook(case, list(found.values()))
    assert selected.answer == "partly"
    assert selected.sentence.startswith("Open core and vertical with open parts tie")
    assert {item.playbook for item in playbooks.leading(list(found.values()))} == {"open_core", "vertical"}


def test_no_playbook_is_selected_where_no_fact_speaks_for_one():
    case, found = fits()
    selected = select_playbook(case, list(found.values()))
    assert (selected.answer, selected.basis) == ("unknown", "nothing")
    assert playbooks.leading(list(found.values())) == ()


def test_a_case_that_follows_another_playbook_is_told_so():
    case, found = fits(playbook="vertical", measures={"playbooks": NOBODY | SELLER}, facts={"N0": 40.0})
    assert "follows another: vertical" in select_playbook(case, list(found.values())).caveats[0]


@pytest.mark.parametrize("name", shipped_cases())
def test_the_facts_of_a_shipped_case_never_select_another_playbook_than_its_own(name):
    case = load_case(name)
    leaders = {item.playbook for item in playbooks.leading(fit_playbooks(case, next(iter(case.options)), CLEAN))}
    assert case.playbook in leaders or not leaders
