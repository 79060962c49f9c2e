"""What a fork costs, and at which value of a lever an option breaks even under it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.stress.conditions import ConditionState, survival_conditions
from openstrat.analysis.stress.losses import Figures, Lever, loss_spread, losses_of, mean_of
from openstrat.errors import InputError

MOAT = Lever("moat", "moat, mean of the tests", 0.5, 0.0, 1.0)


def test_losses_are_taken_draw_by_draw() -> None:
    found = loss_spread("revenue", [100, 200, 300], [90, 150, 310], unit="USD million")
    assert (found.before, found.after, found.loss, found.share) == (200, 150, 10, 0.05)
    assert found.loss_low == pytest.approx(-8)  # the 5th percentile of -10, 10, 50
    assert found.loss_high == pytest.approx(46)
    assert (found.p_loss, found.n) == (pytest.approx(2 / 3), 3)


def test_plain_numbers_count_as_one_draw_and_a_value_below_zero_gives_no_share() -> None:
    found = loss_spread("value", -2.0, -3.5, unit="USD million")
    assert (found.loss_low, found.loss, found.loss_high, found.n) == (1.5, 1.5, 1.5, 1)
    assert found.share is None


def test_only_what_is_given_on_both_sides_is_compared() -> None:
    found = losses_of(Figures(npv=5.0, adopters=100.0), Figures(npv=4.0, revenue=3.0))
    assert [item.what for item in found] == ["net present value"]
    assert mean_of([1.0, 3.0]) == 2.0
    assert mean_of(None) is None


def test_uneven_or_unknown_draws_are_refused() -> None:
    with pytest.raises(InputError, match="2 draws before and 1 after"):
        loss_spread("value", [1.0, 2.0], [1.0], unit="USD million")
    with pytest.raises(InputError, match="is not finite"):
        loss_spread("value", float("nan"), 1.0, unit="USD million")


def test_what_is_needed_stands_beside_what_the_case_has() -> None:
    (found,) = survival_conditions(lambda moat: 10 * moat - 6.2, [MOAT])
    assert found.state == ConditionState.SHORT
    assert found.needed == pytest.approx(0.62)
    assert found.sentence == "Moat, mean of the tests: at least 0.62 is needed, but the case has 0.5."


def test_a_lever_may_have_to_be_small_and_may_not_be_given() -> None:
    (most,) = survival_conditions(lambda price: 3 - price, [Lever("price", "price cut", 2.0, 0.0, 10.0)])
    assert (most.state, most.is_at_least) == (ConditionState.HOLDS, False)
    assert most.needed == pytest.approx(3.0)
    (open_,) = survival_conditions(lambda moat: moat - 0.3, [Lever("moat", "moat", None, 0.0, 1.0)])
    assert open_.state == ConditionState.NOT_GIVEN


def test_without_a_crossing_it_always_or_never_survives_and_several_crossings_are_said() -> None:
    assert survival_conditions(lambda moat: moat + 1, [MOAT])[0].state == ConditionState.ALWAYS
    never = survival_conditions(lambda moat: moat - 2, [MOAT])[0]
    assert (never.state, never.needed) == (ConditionState.NEVER, None)
    assert never.sentence.endswith("no value from 0 to 1 makes it survive on its own.")
    several = survival_conditions(lambda moat: (moat - 0.22) * (moat - 0.68), [MOAT])[0]
    assert (several.state, several.needed) == (ConditionState.SEVERAL, None)


@given(st.floats(0.05, 0.95))
def test_the_value_is_zero_at_what_is_needed(root: float) -> None:
    (found,) = survival_conditions(lambda moat: (moat - root) * 7, [MOAT])
    assert found.needed == pytest.approx(root, abs=1e-9)
    assert (found.state == ConditionState.HOLDS) == (found.needed <= 0.5)


def test_an_empty_range_or_a_value_without_meaning_is_refused() -> None:
    with pytest.raises(InputError, match="the range 1 to 1 is empty"):
        survival_conditions(lambda moat: moat, [Lever("moat", "moat", 0.5, 1, 1)])
    with pytest.raises(InputError, match="not a number"):
        survival_conditions(lambda moat: float("nan"), [MOAT])
