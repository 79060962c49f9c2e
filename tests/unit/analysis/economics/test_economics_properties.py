"""What must hold for every case and every draw, whatever the figures: the trust rules of the model."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import default_ranges, model, option

from openstrat.analysis.decision.regret import regrets
from openstrat.analysis.economics.draws import draw
from openstrat.analysis.economics.model import npv_of, outcomes_of
from openstrat.analysis.economics.position import families_from
from openstrat.analysis.evaluating import evaluate
from openstrat.cases.load import load_case, parse_case
from openstrat.tables.store import read_table
from openstrat.terms import Layer

N = 40
RANGES = default_ranges()
FAMILIES = sorted(families_from(read_table("family_coefficients")))
LAYERS = [Layer.SDK, Layer.COMMERCIAL_TOOLING, Layer.ORCHESTRATION]
licenses = st.dictionaries(st.sampled_from(LAYERS), st.sampled_from(FAMILIES))
seeds = st.integers(0, 10_000)
many = settings(max_examples=60)


def values(seed, what, change=None, **facts):
    draws = draw(RANGES, n=N, seed=seed)
    return npv_of(model(what, **facts), "it", change(draws) if change else draws)


def scaled(name, factor):
    return lambda draws: draws.scaled(name, factor)


@many
@given(licenses, seeds, st.sampled_from(["conv", "acv"]))
def test_value_rises_with_conversion_and_contract_value(opened, seed, name):
    what = option(opened)
    assert (values(seed, what, scaled(name, 1.5)) >= values(seed, what)).all()


@many
@given(licenses, seeds, st.floats(0, 1), st.floats(0, 1))
def test_value_rises_with_the_moat(opened, seed, one, other):
    low, high = sorted([one, other])
    what = option(opened)
    assert (values(seed, what, moat=high) >= values(seed, what, moat=low) - 1e-9).all()


@many
@given(licenses, seeds)
def test_value_falls_with_substitutability(opened, seed):
    what = option(opened)
    assert (values(seed, what, scaled("subst", 1.3)) <= values(seed, what) + 1e-9).all()


@many
@given(licenses, seeds, st.floats(1, 5))
def test_value_falls_with_the_cost_of_a_maintainer(opened, seed, factor):
    what = option(opened)
    assert (values(seed, what, scaled("fte_cost", factor)) <= values(seed, what)).all()


@given(seeds, st.floats(10, 50))
def test_maintainers_beyond_the_need_only_cost(seed, more):
    assert (values(seed, option(fte=more)) < values(seed, option(fte=9.0))).all()


@given(seeds, st.floats(0, 1))
def test_the_closed_option_does_not_feel_how_much_a_license_gives_away(seed, grade):
    # closed: reach, friction and imitation have nothing to work on
    closed = values(seed, option())
    moved = values(seed, option(), lambda draws: draws.with_value("reach", 5 * grade).with_value("kp", grade).with_value("subst", grade))
    assert moved == pytest.approx(closed)


@many
@given(licenses, seeds)
def test_options_that_are_the_same_have_no_regret(opened, seed):
    first, second = option(opened), option(opened)
    case = dataclasses.replace(model(first), options={"first": first, "second": second})
    found = regrets({name: outcome.npv for name, outcome in outcomes_of(case, draw(RANGES, n=N, seed=seed)).items()})
    assert found["first"] == pytest.approx(np.zeros(N))
    assert found["second"] == pytest.approx(np.zeros(N))


@many
@given(licenses, seeds)
def test_every_outcome_is_a_number_and_adopters_stay_within_the_market(opened, seed):
    found = outcomes_of(model(option(opened)), draw(RANGES, n=N, seed=seed))["it"]
    assert np.isfinite(found.npv).all()
    assert ((found.adopters >= 0) & (found.adopters <= 1000)).all()
    assert (found.payback_years >= 0.25).all()


def test_what_others_may_host_falls_from_permissive_to_closed():
    families = families_from(read_table("family_coefficients"))
    order = ["permissive", "weak_copyleft", "custom_ai", "network_copyleft", "source_available", "non_commercial", "closed"]
    hosts = [families[name].host for name in order]
    assert hosts == sorted(hosts, reverse=True)


def test_what_is_given_away_falls_from_permissive_to_closed():
    families = families_from(read_table("family_coefficients"))
    order = ["permissive", "strong_copyleft", "network_copyleft", "custom_ai", "source_available", "non_commercial", "closed"]
    grades = [families[name].grade for name in order]
    assert grades == sorted(grades, reverse=True)


def test_a_license_id_is_priced_as_its_family():
    document = load_case("case-opencore-tooling").model_dump(mode="json")
    document["options"] = {
        "by_family": {"licenses": {"sdk": "permissive", "orchestration": "network_copyleft"}, "fte": 10.0},
        "by_id": {"licenses": {"sdk": "MIT", "orchestration": "AGPL-3.0-only"}, "fte": 10.0},
    }
    document["conclusion"] = None
    found = evaluate(parse_case(document, name="test"), n=500, seed=1)
    assert found.outcomes["by_family"].npv == pytest.approx(found.outcomes["by_id"].npv)
    assert found.recommendation.is_tie
