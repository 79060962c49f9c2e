"""Rehearsals of the shipped cases: stress tests, release precedents, rubric values."""

from __future__ import annotations

import numpy as np
import pytest

from openstrat.analysis.economics.model import npv_of
from openstrat.analysis.modeling import draws_of, model_of
from openstrat.analysis.rehearsing import fork_risks_of, release_precedents_of, stress_money_of, stress_of
from openstrat.analysis.strategy.finding import Answer
from openstrat.analysis.stress.losses import Figures, Lever, StressMoney, mean_of
from openstrat.cases.load import load_case
from openstrat.errors import UnknownNameError

DAY = "2026-08-26"


def test_the_rubric_speaks_of_the_two_options_that_change_a_license_only() -> None:
    risks = fork_risks_of(load_case("case-database-relicense"))
    assert {name: round(found.value, 2) for name, found in risks.items() if found.value} == {
        "relicense_source_available": 0.89,
        "relicense_agpl": 0.54,
    }
    assert risks["stay_permissive"].answer == Answer.NOT_ASKED


def test_labs_and_clouds_find_model_families_and_a_database_finds_none() -> None:
    near = release_precedents_of(load_case("case-infra-provider"), as_of=DAY)
    assert near["family"].tolist()[:2] == ["Gemma", "InternLM"]
    assert near["distance"].tolist()[0] == 0.0
    public = release_precedents_of(load_case("case-public-lab"), as_of=DAY)
    assert set(public["family"].head(2)) == {"Mistral"}
    assert release_precedents_of(load_case("case-database-relicense"), as_of=DAY).empty


def test_an_option_that_changes_nothing_is_not_immune_to_a_fork() -> None:
    case = load_case("case-database-relicense")
    money = stress_money_of(case, "stay_permissive", n=500)
    before, after = mean_of(money.baseline.npv), mean_of(money.tomorrow.npv)
    assert before is not None
    assert after is not None
    assert after < 0.75 * before


def test_without_a_fork_the_figures_are_those_of_the_economics() -> None:
    case = load_case("case-database-relicense")
    money = stress_money_of(case, "stay_permissive", n=500, seed=3)
    assert np.allclose(money.baseline.npv, npv_of(model_of(case), "stay_permissive", draws_of(case, n=500, seed=3)))


@pytest.mark.parametrize("name", ["case-opencore-tooling", "case-vertical-legal"])
def test_a_fork_never_brings_value(name: str) -> None:
    case = load_case(name)
    for option in case.options:
        money = stress_money_of(case, option, n=200)
        assert (np.asarray(money.tomorrow.npv) <= np.asarray(money.clone.npv) + 1e-9).all()
        assert (np.asarray(money.clone.npv) <= np.asarray(money.baseline.npv) + 1e-9).all()


def test_moats_and_money_can_come_from_elsewhere() -> None:
    case = load_case("case-infra-provider")
    money = StressMoney(
        baseline=Figures(npv=5.0), clone=Figures(npv=1.0), tomorrow=Figures(npv=-1.0),
        value_given=lambda moat: 4 * moat - 3, levers=(Lever("moat", "moat", 0.6, 0, 1),), basis="By hand.",
    )  # fmt: skip
    test = stress_of(case, as_of=DAY, moats={"MO1": 0.5, "MO2": 1.0, "MO3": 0.0, "MO4": 1.0, "MO5": 0.0}, money=money)
    assert test.option == "small_permissive"
    assert {item.moat: item.state.value for item in test.moats} == {
        "MO1": "left", "MO2": "left", "MO3": "absent", "MO4": "gone", "MO5": "absent",
    }  # fmt: skip
    assert test.verdict.answer == Answer.NO  # two moats are left, and the fork there tomorrow still makes it a loss
    assert test.verdict.sentence.endswith("as it stands: a mean value of USD −1.0 million with the fork there tomorrow.")
    assert [item.loss for item in test.losses] == [6.0]
    assert test.conditions[0].needed == pytest.approx(0.75)
    assert test.trigger == "feature"


def test_opening_the_layer_that_carries_the_moat_shrinks_the_stated_figure() -> None:
    test = stress_of(load_case("case-infra-provider"), "all_permissive", as_of=DAY, money=StressMoney())
    assert (test.moat_stated, test.moat_left) == (0.6, pytest.approx(0.3))
    assert {item.moat: item.state.value for item in test.moats}["MO3"] == "gone"
    assert test.losses == ()
    assert test.conditions == ()


def test_a_license_change_is_compared_with_forks_after_license_changes() -> None:
    test = stress_of(load_case("case-database-relicense"), "relicense_agpl", as_of=DAY, money=StressMoney())
    assert test.trigger == "relicense"
    assert test.precedents["change_id"].iloc[0] == "redis-2024"


def test_an_unknown_option_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(UnknownNameError, match="stay_permisive"):
        stress_of(load_case("case-database-relicense"), "stay_permisive", as_of=DAY)
