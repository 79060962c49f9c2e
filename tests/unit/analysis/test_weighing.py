"""A case weighed: what the value is made of, what is needed, who beats whom."""

from functools import cache

import numpy as np
import pytest

from openstrat.analysis.economics.model import npv_of
from openstrat.analysis.weighing import Weighing, weighing_of
from openstrat.cases.load import load_case
from openstrat.errors import InputError, UnknownNameError


@cache
def weighed(case: str, option: str = "", rival: str = "") -> Weighing:
    return weighing_of(load_case(case), option=option, rival=rival, n=2_000, seed=7)


def test_the_parts_of_a_value_add_up_to_it():
    found = weighed("case-infra-provider")
    sums = found.parts.groupby("option")["mean"].sum()
    for name, outcome in found.evaluation.outcomes.items():
        assert sums[name] == pytest.approx(outcome.npv.mean())


def test_training_is_a_part_of_its_own_without_spread():
    training = weighed("case-infra-provider").parts.query("part == 'train_cost'")
    assert set(training["mean"].round(9)) == {-30.0}
    assert (training["p5"].round(9) == training["p95"].round(9)).all()


def test_a_part_that_the_case_does_not_state_is_not_listed():
    assert set(weighed("case-opencore-tooling").parts["part"]) == {"acv", "upkeep"}


def test_the_recommended_option_and_its_strongest_rival_are_compared_unless_others_are_named():
    plain, named = weighed("case-opencore-tooling"), weighed("case-opencore-tooling", "closed_saas", "open_core_agpl")
    assert (plain.option, plain.rival, plain.is_recommended) == ("open_core_permissive", "sdk_only", True)
    assert (named.option, named.rival, named.is_recommended) == ("closed_saas", "open_core_agpl", False)
    assert set(named.conversion) >= {"closed_saas", "open_core_agpl"}


def test_an_option_cannot_be_its_own_rival():
    with pytest.raises(InputError, match="cannot be its own rival"):
        weighed("case-opencore-tooling", "sdk_only", "sdk_only")


def test_an_unknown_option_is_named_with_what_is_allowed():
    with pytest.raises(UnknownNameError, match="sdk_only"):
        weighed("case-opencore-tooling", "sdk_onyl")


def test_at_the_needed_figure_the_median_is_zero_and_shares_stay_shares():
    found = weighed("case-opencore-tooling")
    needs = {need.fact: need for need in found.facts}
    changed = found.evaluation.model.with_facts(acv=needs["acv"].even.needed)
    assert np.median(npv_of(changed, found.option, found.evaluation.draws)) == pytest.approx(0.0, abs=1e-6)
    assert needs["moat"].even.needed is None
    assert needs["moat"].even.high == 1.0


def test_facts_that_are_zero_are_not_asked_about():
    assert {need.fact for need in weighed("case-opencore-tooling").facts} == {"acv", "M_closed", "moat"}
    assert "infra_share" in {need.fact for need in weighed("case-infra-provider").facts}


def test_who_beats_the_option_is_counted_draw_by_draw():
    found = weighed("case-opencore-tooling")
    values, tie = found.evaluation.values, found.evaluation.tie_tolerance
    row = found.beaten.set_index("option").loc["sdk_only"]
    gap = values["sdk_only"] - values[found.option]
    assert row["share"] == pytest.approx((gap > tie).mean())
    assert row["mean_loss"] > tie
    assert found.beaten["share"].is_monotonic_decreasing


def test_where_all_losses_fill_no_box_the_strongest_rival_is_looked_at():
    region = weighed("case-database-relicense").region
    assert region.rival == "stay_permissive"
    assert "fork_draw" in region.box.limits
    assert region.box.density > region.box.base_rate


def test_the_same_seed_gives_the_same_figures():
    first, second = (weighing_of(load_case("case-public-lab"), n=500, seed=11) for _ in range(2))
    assert first.sobol.equals(second.sobol)
    assert first.paths.equals(second.paths)
