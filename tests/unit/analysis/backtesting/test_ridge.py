"""The penalized logistic regression: against statsmodels, in closed form, and blind to what it forecasts."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import minimize

from openstrat.analysis.backtesting.ridge import fit_ridge, left_out_forecasts
from openstrat.errors import InputError

FEATURES = np.random.default_rng(3).random((13, 5))
SEEN = np.array([1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0])


@pytest.mark.parametrize("penalty", [0.3, 1.0, 3.0])
def test_weights_are_those_of_statsmodels(penalty: float) -> None:
    ours = fit_ridge(FEATURES, SEEN, penalty=penalty)
    model = sm.GLM(SEEN, sm.add_constant(FEATURES), family=sm.families.Binomial())
    theirs = model.fit_regularized(alpha=[0.0] + [penalty / len(SEEN)] * 5, L1_wt=0.0).params
    assert np.allclose([ours.constant, *ours.weights], theirs, atol=2e-4)  # their optimizer stops there


@pytest.mark.parametrize("penalty", [0.3, 3.0])
def test_no_other_weights_fit_better(penalty: float) -> None:
    ours = fit_ridge(FEATURES, SEEN, penalty=penalty)

    def loss(weights: np.ndarray) -> float:
        scores = weights[0] + FEATURES @ weights[1:]
        return float(np.logaddexp(0, scores).sum() - SEEN @ scores + penalty / 2 * weights[1:] @ weights[1:])

    best = minimize(loss, np.zeros(6), method="BFGS", options={"gtol": 1e-9})
    assert loss(np.array([ours.constant, *ours.weights])) <= best.fun + 1e-10
    assert np.allclose([ours.constant, *ours.weights], best.x, atol=1e-5)


def test_with_a_feature_that_never_varies_only_the_rate_is_left() -> None:
    fit = fit_ridge(np.zeros((4, 1)), [1, 1, 1, 0])
    assert fit.constant == pytest.approx(math.log(3))
    assert fit.weights.tolist() == [0.0]
    assert fit.forecast([[0.0]]).tolist() == pytest.approx([0.75])


def test_a_feature_that_parts_the_events_gets_a_finite_weight_that_the_penalty_shrinks() -> None:
    parting = np.array([[0.0], [0.0], [1.0], [1.0]])
    weights = [fit_ridge(parting, [0, 0, 1, 1], penalty=penalty).weights[0] for penalty in (0.1, 1.0, 10.0)]
    assert weights[0] > weights[1] > weights[2] > 0


def test_a_left_out_event_does_not_move_its_own_forecast() -> None:
    names = [str(number) for number in range(13)]
    said = left_out_forecasts(FEATURES, SEEN, names)
    flipped = SEEN.copy()
    flipped[4] = 1 - flipped[4]
    assert left_out_forecasts(FEATURES, flipped, names)[4] == pytest.approx(said[4])
    assert left_out_forecasts(FEATURES, flipped, names)[5] != pytest.approx(said[5])


def test_events_of_one_group_are_left_out_together() -> None:
    groups = ["day", "day", *[str(number) for number in range(11)]]
    said = left_out_forecasts(FEATURES, SEEN, groups)
    rest = fit_ridge(FEATURES[2:], SEEN[2:])
    assert said[:2].tolist() == pytest.approx(rest.forecast(FEATURES[:2]).tolist())


def test_where_the_rest_ended_alike_the_forecast_is_their_laplace_rate() -> None:
    said = left_out_forecasts(np.array([[0.2], [0.4], [0.9]]), [0, 0, 1], ["a", "b", "c"])
    assert said[2] == pytest.approx(1 / 4)


def test_what_cannot_be_fitted_is_refused() -> None:
    with pytest.raises(InputError, match="events of both kinds"):
        fit_ridge([[0.1], [0.2]], [1, 1])
    with pytest.raises(InputError, match="positive penalty"):
        fit_ridge([[0.1], [0.2]], [1, 0], penalty=0)
    with pytest.raises(InputError, match="one row of features an event"):
        fit_ridge([[0.1]], [1, 0])
    with pytest.raises(InputError, match="at least 2 groups"):
        left_out_forecasts([[0.1], [0.2]], [1, 0], ["a", "a"])
