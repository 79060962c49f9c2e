"""Plans of the worked cases: what is taken, what is beaten, and that they agree with the economics."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from openstrat.analysis.evaluating import evaluate
from openstrat.analysis.opening import opening_plan_of
from openstrat.analysis.planning.plan import OpeningPlan
from openstrat.analysis.planning.pricing import Standing
from openstrat.analysis.planning.record import record_of
from openstrat.cases.load import load_case, shipped_cases
from openstrat.terms import Layer, Stance

N = 1_000


@functools.cache
def plan_for(name: str) -> OpeningPlan:
    return opening_plan_of(load_case(name), n=N)


@pytest.fixture(params=shipped_cases())
def plan(request: pytest.FixtureRequest) -> OpeningPlan:
    return plan_for(request.param)


def test_the_best_option_of_the_case_is_the_one_that_the_evaluation_takes(plan: OpeningPlan) -> None:
    evaluation = evaluate(plan.case, n=N)
    assert plan.choice.listed.option == evaluation.recommendation.option
    for name, outcome in evaluation.outcomes.items():
        assert plan.member(name)["mean"] == pytest.approx(outcome.npv.mean())


def test_all_thirteen_layers_have_advice_and_a_license_family(plan: OpeningPlan) -> None:
    assert [item.layer for item in plan.layers] == list(Layer)
    assert {item.layer for item in plan.layers if item.is_in_case} == set(plan.case.layers)
    assert plan.licenses["family"].notna().all()


def test_what_is_taken_is_the_best_of_the_case_or_better_by_more_than_a_tie(plan: OpeningPlan) -> None:
    taken, listed = plan.member(plan.choice.taken), plan.member(plan.choice.listed.option)
    assert taken["mean"] >= listed["mean"] - plan.choice.tolerance
    if plan.choice.standing is Standing.BETTER:
        assert taken["mean"] - listed["mean"] > plan.choice.tolerance
    if plan.choice.standing in (Standing.TIED, Standing.BEHIND):
        assert plan.choice.taken == plan.choice.listed.option


def test_a_beaten_option_has_fewer_adopters_or_more_at_risk_than_what_beats_it(plan: OpeningPlan) -> None:
    for row in plan.options[~plan.options["is_on_front"]].to_dict("records"):
        by = plan.member(row["dominated_by"])
        assert by["adopters"] >= row["adopters"] - 1e-6
        assert by["risk"] <= row["risk"] + 1e-9
        assert by["is_on_front"]


def test_no_priced_combination_beats_one_on_the_frontier(plan: OpeningPlan) -> None:
    for row in plan.members[plan.members["is_on_front"]].to_dict("records"):
        better = (plan.members["adopters"] > row["adopters"] * (1 + 1e-6)) & (plan.members["risk"] < row["risk"] - 1e-6)
        assert not better.any()


@pytest.mark.parametrize("name", ["case-infra-provider", "case-public-lab", "case-vertical-legal"])
def test_no_single_layer_raises_the_best_mean(name: str) -> None:
    plan = plan_for(name)
    assert plan.member(plan.choice.taken)["mean"] == plan.members["mean"].max()
    assert plan.moves["mean"].max() <= 0


def test_an_open_core_company_holds_what_pays_and_opens_what_draws_people_in() -> None:
    advice = {item.layer: item.advice for item in plan_for("case-opencore-tooling").layers}
    assert advice[Layer.COMMERCIAL_TOOLING] is Stance.HOLD
    assert {advice[layer] for layer in (Layer.SDK, Layer.DOCS, Layer.INTEGRATION)} == {Stance.OPEN}


def test_a_public_lab_puts_nothing_at_risk_and_takes_its_fully_open_option() -> None:
    plan = plan_for("case-public-lab")
    assert not plan.has_risk
    assert plan.choice.taken == "fully_open"
    assert len(plan.front) == 1


def test_the_gpu_cloud_has_a_better_combination_that_it_does_not_list() -> None:
    plan = plan_for("case-infra-provider")
    assert plan.choice.standing is Standing.BETTER
    assert plan.taken.families[Layer.COMMERCIAL_TOOLING] == "closed"
    assert plan.choice.gain is not None
    assert float(np.mean(plan.choice.gain > 0)) > 0.9


def test_license_changes_that_nobody_priced_are_not_tried() -> None:
    plan = plan_for("case-database-relicense")
    # client libraries, documents and connectors stay permissive; the engine takes three families, the paid layer four
    assert plan.searched.n == 3 * 4
    assert plan.choice.taken == "relicense_agpl"


def test_fewer_families_mean_fewer_combinations() -> None:
    case = load_case("case-public-lab")
    few = opening_plan_of(case, families=["permissive"], n=200)
    # documents, connectors, evals, tuning, training code and data: 2 each; weights: 4 each, as the options use them
    assert few.searched.n == 2**6 * 4**2


def test_the_same_seed_gives_the_same_record() -> None:
    case = load_case("case-vertical-legal")
    assert record_of(opening_plan_of(case, n=200, seed=3)) == record_of(opening_plan_of(case, n=200, seed=3))
