"""The equations, each against a figure worked out by hand in a world where nothing else happens."""

import numpy as np
import pytest
from plain import LAYERS, facts, model, option, world

from openstrat.analysis.economics.draws import draw, pinned
from openstrat.analysis.economics.model import npv_of, outcomes_of
from openstrat.analysis.economics.position import families_from, maintainers_needed, position_of
from openstrat.analysis.economics.ranges import InputRange, ranges_from
from openstrat.analysis.modeling import constants_of
from openstrat.cases.schema import Assumption, Correlation, Relicense
from openstrat.errors import CaseError
from openstrat.tables.store import read_table
from openstrat.terms import Layer

FAMILIES = families_from(read_table("family_coefficients"))
SDK, TOOLING, CORE = Layer.SDK, Layer.COMMERCIAL_TOOLING, Layer.ORCHESTRATION
ADOPTERS = 999.0
"""1,000 organizations, of which the model lets 99.9 % start as adopters."""


def value(what=None, *, draws=None, **changes):
    return npv_of(model(what, **changes), "it", draws or world())[0]


def test_nothing_earned_costs_the_maintainers_for_five_years():
    assert value(N0=0.0) == pytest.approx(-2 * 0.2 * 5)


def test_training_is_paid_at_once_and_not_discounted():
    assert value(N0=0.0, train_cost=3.0) == pytest.approx(-2 - 3)


def test_adopters_of_today_pay_from_the_first_quarter():
    # 999 adopters, a tenth pays USD 10,000 a year, for five years, minus the maintainers
    assert value() == pytest.approx(ADOPTERS * 0.1 * 0.01 * 5 - 2)


def test_a_discount_rate_of_ten_percent_is_applied_at_the_end_of_each_quarter():
    factors = sum(1.1 ** (-quarter / 4) for quarter in range(1, 21)) / 4
    assert value(N0=0.0, draws=world(disc=0.1)) == pytest.approx(-0.4 * factors)


def test_retention_compounds_for_three_years_and_prices_fall_every_year():
    growth = sum(1.2 ** min(quarter / 4, 3) * 0.9 ** (quarter / 4) for quarter in range(1, 21)) / 4
    assert value(draws=world(nrr=1.2, pdec=0.1)) == pytest.approx(ADOPTERS * 0.001 * growth - 2)


def test_the_price_decline_is_scaled_by_the_case():
    assert value(draws=world(pdec=0.1), price_scale=0.0) == pytest.approx(ADOPTERS * 0.001 * 5 - 2)


def test_the_gross_margin_applies_to_revenue_and_not_to_staff():
    assert value(draws=world(gm=0.5)) == pytest.approx(ADOPTERS * 0.001 * 5 * 0.5 - 2)


def test_openness_widens_reach_and_the_market_caps_it():
    opened = option({SDK: "permissive"})
    one = outcomes_of(model(opened, M_max=10_000.0, N0=0.0), world(reach=2.0, p=1.0, kp=0.0))["it"]
    # half of adoption is open: 1,000 * (1 + 2 * .5), nearly all of whom adopt within five years
    assert one.adopters[0] == pytest.approx(2000 * (1 - 0.75**20), rel=1e-9)
    capped = outcomes_of(model(opened, M_max=1500.0, N0=0.0), world(reach=2.0, p=1.0))["it"]
    assert capped.adopters[0] == pytest.approx(1500 * (1 - 0.75**20), rel=1e-9)


def test_friction_is_weighted_over_the_opened_layers_only():
    position = position_of(LAYERS, {SDK: "network_copyleft"}, FAMILIES, constants_of())
    assert (position.friction_low, position.friction_high) == pytest.approx((0.08, 0.35))
    both = position_of(LAYERS, {SDK: "network_copyleft", TOOLING: "permissive"}, FAMILIES, constants_of())
    assert (both.friction_low, both.friction_high) == pytest.approx((0.04, 0.19))


def test_a_position_adds_up_what_each_layer_gives_away():
    position = position_of(LAYERS, {SDK: "permissive", CORE: "source_available"}, FAMILIES, constants_of())
    assert position.openness == pytest.approx(0.5)
    assert position.given_away == pytest.approx(0.2 * 0.4)
    assert position.host_exposure == pytest.approx(0.2 * 0.08)
    assert position.moat_left == 1.0
    assert position.backlash == pytest.approx(0.5 * 0.10 + 0.5 * 0.15)
    assert position.control_plane_host == 0.0


def test_a_moat_goes_with_the_layer_that_carries_it():
    assert position_of(LAYERS, {TOOLING: "permissive"}, FAMILIES, constants_of()).moat_left == pytest.approx(0.2)
    assert position_of(LAYERS, {TOOLING: "source_available"}, FAMILIES, constants_of()).moat_left == pytest.approx(1 - 0.8 * 0.4)


def test_the_audited_index_takes_the_more_open_of_the_weights():
    opened = {Layer.EVAL: "permissive", Layer.SMALL_WEIGHTS: "custom_ai", Layer.FRONTIER_WEIGHTS: "non_commercial"}
    assert position_of(LAYERS, opened, FAMILIES, constants_of()).audited == pytest.approx(0.4 + 0.15 * 0.55)


def test_erosion_and_hosting_take_revenue_of_an_opened_core():
    # given away .2, host .2: erosion .2 * .5 * (1 - .5) = .05; first party 1 - .2 * (1 - (.25 + .4 * .5)) = .89
    assert value(option({CORE: "permissive"})) == pytest.approx(ADOPTERS * 0.001 * 5 * 0.95 * 0.89 - 2)


def test_erosion_stops_short_of_everything():
    wide = option({TOOLING: "permissive", CORE: "permissive"})
    found = value(wide, draws=world(subst=2.0, fps=1.0), moat=0.0)
    assert found == pytest.approx(ADOPTERS * 0.001 * 5 * 0.05 - 2)


def test_trust_counts_only_where_the_case_says_so():
    opened = option({Layer.EVAL: "permissive"})
    plain = value(opened, draws=world(trust=0.5))
    trusted = value(opened, draws=world(trust=0.5), trust_scale=1.0)
    assert plain == pytest.approx(ADOPTERS * 0.001 * 5 - 2)
    assert trusted == pytest.approx(ADOPTERS * 0.001 * 5 * (1 + 0.5 * 0.4) - 2)


def test_missing_maintainers_drive_adopters_away():
    # everything of adoption is open, half of the staff is missing: each quarter loses .12 * .5 / 4 of adopters
    opened = option({SDK: "permissive", TOOLING: "permissive"}, fte=1.0)
    left = outcomes_of(model(opened), world())["it"].adopters[0]
    assert left == pytest.approx(ADOPTERS * (1 - 0.12 * 0.5 / 4) ** 20)


def test_the_staff_needed_rises_from_a_fifth_to_everything():
    assert maintainers_needed(facts(fte_req=10.0), 0.0, constants_of()) == pytest.approx(2.0)
    assert maintainers_needed(facts(fte_req=10.0), 0.5, constants_of()) == pytest.approx(6.0)


def test_a_backlash_takes_adopters_by_its_chance():
    change = Relicense(backlash=0.5, host_before=0.0, host_revenue_ratio=0.0)
    left = outcomes_of(model(option(relicense=change)), world(bloss=0.4, pback=0.0))["it"].adopters[0]
    assert left == pytest.approx(ADOPTERS * (1 - 0.5 * 0.4))


@pytest.mark.parametrize(("drawn", "is_forked"), [(0.5, True), (0.7, False)])
def test_a_restriction_pays_only_if_nobody_forks(drawn, is_forked):
    change = Relicense(backlash=0.0, host_before=0.4, host_revenue_ratio=2.0)
    found = value(option(relicense=change, fork_probability=0.6), draws=world(fork_draw=drawn, floss=0.2))
    # a fork: adopters lose half of .2 * (1 - .5 * .5), revenue all of it, and .4 of demand is hosted by others again
    forked = ADOPTERS * (1 - 0.075) * 0.001 * 5 * (1 - 0.15) * (1 - 0.4 * (1 - (0.25 + 0.4 * 0.5)))
    # no fork: hosts' demand comes back, .4 * 2 * .5
    kept = ADOPTERS * 0.001 * 5 * (1 + 0.4 * 2 * 0.5)
    assert found == pytest.approx((forked if is_forked else kept) - 2)


def test_existing_customers_feel_a_fork_less_than_adopters():
    change = Relicense(backlash=0.0, host_before=0.0, host_revenue_ratio=0.0)
    found = value(option(relicense=change, fork_probability=1.0), draws=world(floss=0.2), R0=10.0, N0=0.0)
    assert found == pytest.approx(10 * 5 * (1 - 0.6 * 0.15) - 2)


def test_existing_revenue_grows_as_the_case_says_when_nothing_changes():
    growth = sum(1.5 ** (quarter / 4) for quarter in range(1, 21)) / 4
    assert value(N0=0.0, R0=10.0, g0=0.5) == pytest.approx(10 * growth - 2)


def test_infrastructure_pays_by_what_sticks_when_the_control_plane_is_open():
    closed = value(infra_spend=0.1, infra_share=0.5, infra_gm=0.4, acv=0.0)
    opened = value(option({TOOLING: "permissive"}), infra_spend=0.1, infra_share=0.5, infra_gm=0.4, acv=0.0)
    assert closed == pytest.approx(ADOPTERS * 0.1 * 0.5 * 0.4 * 5 - 2)
    assert opened == pytest.approx(ADOPTERS * 0.1 * 0.5 * 0.5 * 0.4 * 5 - 2)


def test_strategic_value_ramps_over_two_years():
    ramp = sum(min(1, quarter / 8) for quarter in range(1, 21)) / 4
    found = value(option({SDK: "permissive"}), draws=world(strat=0.5), N0=0.0, rival_value=8.0)
    assert found == pytest.approx(0.5 * 8 * 0.5 * ramp - 2)


def test_misuse_costs_a_tenth_with_closed_weights():
    closed = value(N0=0.0, misuse=2.0, draws=world(hmis=0.1, cmis=5.0))
    opened = value(option({Layer.SMALL_WEIGHTS: "permissive"}), N0=0.0, misuse=2.0, draws=world(hmis=0.1, cmis=5.0))
    assert closed == pytest.approx(-2 - 0.1 * 5 * 2 * 0.1 * 5)
    assert opened == pytest.approx(-2 - 0.1 * 5 * 2 * 5)


def test_serving_for_free_costs_by_adopter():
    assert value(acv=0.0, free_serving=0.002) == pytest.approx(-ADOPTERS * 0.002 * 5 - 2)


def test_adopters_pay_after_the_lag():
    # all adopt in the first quarter (p is 4 a year); 20 quarters less a lag of 8 are paid
    paid = value(N0=0.0, draws=world(p=4.0, lag=8.0))
    assert paid == pytest.approx(1000 * 0.001 * 12 / 4 - 2)


def test_payback_counts_quarters_and_never_means_never():
    # training 1, yearly cash .999 - .4: back after 1 / .599 years, that is in the seventh quarter
    quick = outcomes_of(model(train_cost=1.0), world())["it"]
    assert quick.payback_years[0] == pytest.approx(1.75)
    assert np.isinf(outcomes_of(model(N0=0.0), world())["it"].payback_years[0])


def test_revenue_of_the_fifth_year_is_a_yearly_figure():
    assert outcomes_of(model(), world())["it"].revenue_year_5[0] == pytest.approx(ADOPTERS * 0.001)


def test_a_triangular_range_has_its_median_where_half_of_the_area_lies():
    item = InputRange("x", "value", "x", "unit", "triangular", 0.0, 0.0, 1.0, "assumed", "", "test")
    assert item.middle == pytest.approx(1 - 0.5**0.5)


def test_a_log_uniform_range_has_its_median_at_the_geometric_mean():
    assert ranges_from(read_table("assumptions"), {})["conv"].middle == pytest.approx((0.003 * 0.05) ** 0.5)


def test_a_case_overrides_a_range_and_is_named_as_who_set_it():
    ranges = ranges_from(
        read_table("assumptions"), {"conv": Assumption(low=0.01, mode=0.02, high=0.03, set_by="head of sales", reason="two years of data")}
    )
    assert (ranges["conv"].set_by, ranges["conv"].shape, ranges["conv"].middle) == ("head of sales", "triangular", pytest.approx(0.02))
    assert ranges["acv"].set_by == "openstrat"


def test_a_pinned_input_stays_close_to_its_quantile_and_the_others_do_not_move():
    draws = draw(ranges_from(read_table("assumptions"), {}), n=1000, seed=3)
    moved = pinned(draws, {"p": 0.9}, jitter=0.05)
    assert moved.quantiles["p"].min() >= 0.85
    assert moved.quantiles["p"].max() <= 0.95
    assert (moved["q"] == draws["q"]).all()


def test_draws_of_an_input_do_not_hang_on_the_other_inputs():
    ranges = ranges_from(read_table("assumptions"), {})
    few = {name: ranges[name] for name in ("p", "conv")}
    assert (draw(few, n=50, seed=1)["conv"] == draw(ranges, n=50, seed=1)["conv"]).all()


def test_a_correlation_is_found_again_in_the_draws():
    ranges = ranges_from(read_table("assumptions"), {})
    tied = draw(ranges, n=20_000, seed=5, correlations=[Correlation(first="conv", second="acv", value=0.6, set_by="analyst")])
    # rank correlation of a Gaussian copula: 6 / pi * asin(rho / 2)
    expected = 6 / np.pi * np.arcsin(0.3)
    ranks = [np.argsort(np.argsort(tied.quantiles[name])) for name in ("conv", "acv")]
    assert np.corrcoef(*ranks)[0, 1] == pytest.approx(expected, abs=0.02)


def test_correlations_that_cannot_hold_together_are_refused():
    given = [
        Correlation(first=a, second=b, value=v, set_by="analyst") for a, b, v in (("p", "q", 0.9), ("q", "acv", 0.9), ("p", "acv", -0.9))
    ]
    with pytest.raises(CaseError, match="p, q, acv cannot all be correlated"):
        draw(ranges_from(read_table("assumptions"), {}), n=10, seed=1, correlations=given)
