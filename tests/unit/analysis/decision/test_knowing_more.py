"""Value of information, turning points, break-evens and the losing box, on problems whose answers are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.decision.break_even import break_even
from openstrat.analysis.decision.discovery import losing_box
from openstrat.analysis.decision.information import (
    turning_point,
    value_of_partial_information,
    value_of_perfect_information,
)

U = (np.arange(8000) + 0.5) / 8000
NOISE = np.random.default_rng(4).random(8000)
SAFE_OR_RISKY = {"safe": np.full(8000, 0.6), "risky": U * 1.0}
"""A sure .6 against a uniform payoff of 0 to 1: knowing the draw is worth (1 - .6)^2 / 2 = .08 more than the safe choice."""


def test_perfect_information_on_a_safe_and_a_risky_option():
    assert value_of_perfect_information(SAFE_OR_RISKY) == pytest.approx(0.08, abs=1e-4)


def test_it_is_worth_nothing_when_one_option_is_always_best():
    assert value_of_perfect_information({"a": U, "b": U - 1}) == pytest.approx(0.0)


def test_knowing_the_input_that_decides_is_worth_all_of_it_and_noise_nothing():
    table, floor = value_of_partial_information(SAFE_OR_RISKY, {"u": U, "noise": NOISE}, seed=1)
    found = table.set_index("input")
    assert found.loc["u", "evppi"] == pytest.approx(0.08, abs=1e-3)
    assert bool(found.loc["u", "is_above_noise"])
    assert not bool(found.loc["noise", "is_above_noise"])
    assert 0 <= floor < 0.01


def test_the_turning_point_is_where_the_rival_overtakes():
    turn = turning_point(SAFE_OR_RISKY, "safe", "u", U)
    assert (turn.rival, turn.side) == ("risky", "above")
    assert turn.quantile == pytest.approx(0.6, abs=0.03)
    assert turning_point(SAFE_OR_RISKY, "risky", "u", U).side == "below"


def test_there_is_no_turning_point_where_the_input_does_not_matter():
    assert turning_point({"a": np.full(8000, 1.0), "b": np.full(8000, 0.0)}, "a", "noise", NOISE) is None


def test_a_break_even_is_where_the_value_crosses_zero():
    found = break_even(lambda x: x * x - 2, 0.1, 10)
    assert found.needed == pytest.approx(2**0.5)
    assert found.rises is True
    assert break_even(lambda x: 3 - x, 0, 10).needed == pytest.approx(3)
    assert break_even(lambda x: 3 - x, 0, 10).rises is False


def test_no_crossing_is_said_and_not_guessed():
    found = break_even(lambda x: x + 1, 0.5, 4)
    assert (found.needed, found.rises, found.value_at_low, found.value_at_high) == (None, None, 1.5, 5.0)


@given(st.floats(0.02, 90))
def test_every_root_inside_the_range_is_found(root):
    assert break_even(lambda x: x - root, 0.01, 100).needed == pytest.approx(root, rel=1e-9)


def test_the_box_of_losses_is_found_and_noise_is_left_out():
    rng = np.random.default_rng(2)
    quantiles = {name: rng.random(6000) for name in ("a", "b", "c")}
    loses = (quantiles["a"] < 0.3) & (quantiles["b"] > 0.5)
    box = losing_box(quantiles, loses)
    assert set(box.limits) == {"a", "b"}
    assert box.limits["a"][1] == pytest.approx(0.3, abs=0.03)
    assert box.limits["b"][0] == pytest.approx(0.5, abs=0.03)
    assert box.density > 0.9
    assert box.coverage > 0.85
    assert box.base_rate == pytest.approx(0.15, abs=0.02)


def test_losses_that_hang_on_nothing_give_no_box():
    rng = np.random.default_rng(3)
    quantiles = {name: rng.random(4000) for name in ("a", "b")}
    box = losing_box(quantiles, rng.random(4000) < 0.5)
    assert box.density - box.base_rate < 0.1


@pytest.mark.parametrize("always", [True, False])
def test_an_option_that_always_or_never_loses_has_no_box(always):
    box = losing_box({"a": U}, np.full(8000, always))
    assert (box.limits, box.base_rate) == ({}, float(always))
