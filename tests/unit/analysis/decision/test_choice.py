"""Regret, futures, ties and the rule of choice, worked out by hand."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.decision.recommendation import recommend
from openstrat.analysis.decision.regret import chance_best, payoff_table, regret_table, regrets, satisficing

VALUES = {"a": np.array([1.0, 5.0, 3.0]), "b": np.array([2.0, 4.0, 3.0])}


def test_regret_is_what_the_best_option_of_the_draw_would_have_brought_more():
    found = regrets(VALUES)
    assert found["a"].tolist() == [1.0, 0.0, 0.0]
    assert found["b"].tolist() == [0.0, 1.0, 0.0]


def test_options_that_are_equal_in_a_draw_share_it():
    assert chance_best(VALUES) == {"a": 0.5, "b": 0.5}


def test_futures_give_a_payoff_and_a_regret_table():
    payoffs = payoff_table({"calm": VALUES, "storm": {"a": np.array([-4.0]), "b": np.array([0.0])}})
    assert payoffs.loc["calm"].to_dict() == {"a": 3.0, "b": 3.0}
    assert regret_table(payoffs).loc["storm"].to_dict() == {"a": 4.0, "b": 0.0}
    assert satisficing(payoffs, 0.0).to_dict() == {"a": 0.5, "b": 1.0}


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=4), min_size=2, max_size=5))
def test_some_option_has_no_regret_in_every_draw_and_none_has_less(rows):
    found = np.vstack(list(regrets({str(place): np.array(row) for place, row in enumerate(rows)}).values()))
    assert (found >= 0).all()
    assert (found.min(axis=0) == 0).all()


def constant(value, n=100):
    return np.full(n, float(value))


def choice(values, futures=None, openness=None):
    futures = futures or {"baseline": values}
    openness = openness or dict.fromkeys(values, 0.5)
    return recommend(values, futures, openness, near_share=0.1, tie_share=0.02)


def test_a_clear_winner_is_taken_alone():
    found = choice({"a": constant(100), "b": constant(50)})
    assert (found.option, found.tie, found.near) == ("a", ("a",), ("a",))
    assert not found.is_tie
    assert found.reason == "a has the best mean, and no other option comes near it."


def test_among_options_near_the_best_the_one_with_the_smaller_worst_regret_is_taken():
    values = {"a": constant(100), "b": constant(95), "c": constant(0)}
    found = choice(values, {"baseline": values, "storm": {"a": constant(0), "b": constant(60), "c": constant(70)}})
    # worst regret: a 70 in the storm, b 10 in the storm, c is not near
    assert (found.option, found.near, found.tie, found.decided_by) == ("b", ("a", "b"), ("a",), "worst regret")


def test_means_closer_than_a_fiftieth_of_the_scale_are_a_tie():
    found = choice({"a": constant(100), "b": constant(98.1), "c": constant(97.9)})
    assert found.tie == ("a", "b")
    assert found.is_tie


def test_near_zero_the_scale_is_the_spread_of_the_means():
    found = choice({"a": constant(0.1), "b": constant(0.0), "c": constant(-9.9)})
    # a spread of 10: a tie reaches .2 down, near reaches 1 down
    assert found.tie == ("a", "b")


def test_noise_makes_a_tie_of_means_that_the_draws_cannot_tell_apart():
    noisy = np.tile([30.0, -30.0], 200)
    # paired differences have a standard error of 30 / 20 = 1.5, so that a gap of 2.5 lies inside two of them
    found = choice({"a": constant(102.5, 400) + noisy, "b": constant(100, 400)})
    assert found.tie == ("a", "b")


def test_what_is_equal_in_every_respect_is_decided_by_reversibility():
    values = {"open": constant(100), "closed": constant(100)}
    found = choice(values, openness={"open": 0.9, "closed": 0.1})
    assert (found.option, found.decided_by, found.tie) == ("closed", "reversibility", ("open", "closed"))
    assert "easier to reverse" in found.reason


def test_a_payoff_table_keeps_futures_as_rows():
    table = payoff_table({"calm": {"a": np.array([1.0])}})
    assert isinstance(table, pd.DataFrame)
    assert (table.index.name, list(table.columns)) == ("future", ["a"])


def test_one_option_alone_has_no_rival_to_tie_with():
    assert choice({"a": constant(1)}).tie == ("a",)
