"""The six worked cases against reference figures that were computed with another implementation of the same equations."""

import json

import pytest

from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.model import npv_of
from openstrat.analysis.evaluating import break_even_of, evaluate, information_of, summaries_of
from openstrat.analysis.evaluation_record import record_of
from openstrat.cases.load import load_case

WITHIN = 0.1
CHOICES = {
    "case-infra-provider": ("small_permissive", ()),
    "case-opencore-tooling": ("open_core_permissive", ("sdk_only", "open_core_permissive")),
    "case-vertical-legal": ("evals_ft_open", ()),
    "case-frontier-lab": ("edge_open", ("edge_evals", "edge_open", "closed_all")),
    "case-database-relicense": ("relicense_agpl", ()),
    "case-public-lab": ("fully_open", ()),
}
REGRETS = {
    ("case-infra-provider", "all_permissive"): 23,
    ("case-opencore-tooling", "sdk_only"): 0.6,
    ("case-opencore-tooling", "open_core_permissive"): 0.7,
    ("case-opencore-tooling", "core_source_available"): 1.8,
    ("case-opencore-tooling", "everything_permissive"): 8.1,
    ("case-vertical-legal", "evals_open"): 1.3,
    ("case-vertical-legal", "weights_and_data"): 8.5,
    ("case-vertical-legal", "closed"): 9.7,
    ("case-frontier-lab", "edge_open"): 7.9,
    ("case-frontier-lab", "edge_evals"): 8.0,
    ("case-frontier-lab", "closed_all"): 9.3,
    ("case-database-relicense", "relicense_agpl"): 65,
    ("case-database-relicense", "relicense_source_available"): 156,
    ("case-database-relicense", "stay_permissive"): 185,
}


@pytest.fixture(scope="module")
def evaluations():
    return {name: evaluate(load_case(name)) for name in CHOICES}


@pytest.mark.parametrize("name", CHOICES)
def test_the_recommended_option_is_the_reference_one(evaluations, name):
    option, tie = CHOICES[name]
    found = evaluations[name].recommendation
    assert found.option == option
    assert set(found.tie if found.is_tie else ()) == set(tie)


@pytest.mark.parametrize(("name", "option"), REGRETS)
def test_mean_regrets_are_within_a_tenth(evaluations, name, option):
    found = summaries_of(evaluations[name]).set_index("option").loc[option, "mean_regret"]
    assert found == pytest.approx(REGRETS[name, option], rel=WITHIN)


@pytest.mark.parametrize(("option", "conversion"), [("open_core_permissive", 0.025), ("closed_saas", 0.032)])
def test_conversion_needed_to_break_even_is_within_a_tenth(evaluations, option, conversion):
    assert break_even_of(evaluations["case-opencore-tooling"], "conv", option).needed == pytest.approx(conversion, rel=WITHIN)


def test_chances_to_be_best_are_the_reference_ones(evaluations):
    infra = summaries_of(evaluations["case-infra-provider"]).set_index("option")["p_best"]
    database = summaries_of(evaluations["case-database-relicense"]).set_index("option")["p_best"]
    assert infra["small_permissive"] == pytest.approx(0.97, abs=0.01)
    assert database["stay_permissive"] == pytest.approx(0.48, abs=0.01)


def test_the_infrastructure_case_does_not_pay_by_its_median(evaluations):
    # reference -1.4; over ten seeds of this implementation the median lies between -0.9 and -1.8
    found = summaries_of(evaluations["case-infra-provider"]).set_index("option").loc["small_permissive", "p50"]
    assert -2.0 < found < -0.8


def test_opening_the_frontier_costs_over_a_billion(evaluations):
    table = summaries_of(evaluations["case-frontier-lab"]).set_index("option")
    lost = table["mean"].max() - table.loc[["frontier_custom", "frontier_permissive"], "mean"]
    assert ((lost > 1000 * 0.9) & (lost < 1500 * 1.1)).all()
    assert table["mean"].max() == pytest.approx(2100, rel=WITHIN)


def test_in_the_database_case_knowing_about_the_fork_is_nearly_everything(evaluations):
    found = information_of(evaluations["case-database-relicense"])
    assert found.evpi == pytest.approx(65, rel=WITHIN)
    first = found.by_input.iloc[0]
    assert first["input"] == "fork_draw"
    assert first["evppi"] == pytest.approx(62, rel=WITHIN)


@pytest.mark.parametrize("name", ["case-infra-provider", "case-public-lab"])
def test_where_one_option_leads_more_study_would_not_change_the_choice(evaluations, name):
    assert information_of(evaluations[name]).evpi < evaluations[name].tie_tolerance


@pytest.mark.parametrize("name", CHOICES)
def test_the_choice_by_worst_regret_holds_over_ten_seeds(name):
    case = load_case(name)
    chosen = {evaluate(case, n=2000, seed=seed).regrets.max(axis=0).idxmin() for seed in range(10)}
    assert chosen == {CHOICES[name][0]}


def test_the_same_seed_gives_the_same_text_and_another_does_not(evaluations):
    case = load_case("case-opencore-tooling")
    first, again, other = (json.dumps(record_of(evaluate(case, n=1000, seed=seed))) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_values_do_not_hang_on_how_draws_are_cut_into_blocks():
    evaluation = evaluate(load_case("case-database-relicense"), n=4100, seed=1)
    draws = evaluation.draws
    last = Draws(
        draws.ranges,
        {name: column[-50:] for name, column in draws.quantiles.items()},
        {name: column[-50:] for name, column in draws.values.items()},
    )
    for name, outcome in evaluation.outcomes.items():
        assert npv_of(evaluation.model, name, last) == pytest.approx(outcome.npv[-50:], rel=1e-12)
