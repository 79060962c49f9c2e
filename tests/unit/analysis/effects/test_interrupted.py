"""Interrupted series: level and slope at an event, with errors that allow for months that repeat each other."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

import openstrat
from openstrat.analysis.effects.interrupted import InterruptedSeries, autocorrelation, interrupted_activity, interrupted_series, newey_west
from openstrat.analysis.effects.refusal import Refusal
from openstrat.errors import InputError

MONTHS = np.array([*range(-36, 0), *range(1, 13)], dtype=float)


def test_an_exact_jump_and_bend_are_found_again() -> None:
    # log(1 + y) grows by 0.01 a month, halves at the event, and grows by 0.03 afterwards
    logs = 3 + 0.01 * MONTHS + np.where(MONTHS > 0, np.log(0.5) + 0.02 * (MONTHS - 1), 0)
    found = interrupted_series(MONTHS, np.expm1(logs))
    assert found.level_change == pytest.approx(-0.5)
    assert found.slope_change == pytest.approx(np.expm1(0.02))
    assert (found.level_low, found.level_high) == pytest.approx((-0.5, -0.5))
    assert (found.n_before, found.n_after) == (36, 12)


def test_estimates_and_errors_are_those_of_statsmodels() -> None:
    rng = np.random.default_rng(4)
    noise = rng.normal(0, 0.2, len(MONTHS))
    values = np.expm1(np.abs(2 + 0.01 * MONTHS - 0.4 * (MONTHS > 0) + noise + 0.5 * np.roll(noise, 1)))
    design = np.column_stack([np.ones(48), MONTHS, MONTHS > 0, (MONTHS > 0) * (MONTHS - 1)]).astype(float)
    theirs = sm.OLS(np.log1p(values), design).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": False})
    found = interrupted_series(MONTHS, values)
    assert found.lags == 3
    assert found.level_change == pytest.approx(np.expm1(theirs.params[2]))
    low, high = theirs.conf_int(0.05)[2]
    assert (found.level_low, found.level_high) == pytest.approx((np.expm1(low), np.expm1(high)))
    assert newey_west(design, theirs.resid, 3) == pytest.approx(theirs.cov_params(), abs=1e-10)


def test_without_lags_the_errors_only_allow_for_unequal_spread() -> None:
    # one constant: the variance of a mean is the sum of squared residuals over n squared
    residuals = np.array([1.0, -1.0, 2.0, -2.0])
    assert newey_west(np.ones((4, 1)), residuals, 0) == pytest.approx(np.array([[10 / 16]]))


def test_autocorrelation_is_that_of_neighbors() -> None:
    assert autocorrelation(np.array([1.0, -1.0, 1.0, -1.0])) == pytest.approx(-3 / 4)
    assert autocorrelation(np.zeros(4)) == 0


def test_redis_lies_below_its_own_trend_after_the_change() -> None:
    found = interrupted_activity(openstrat.load_activity_monthly(), "redis/redis", "2024-03")
    assert isinstance(found, InterruptedSeries)
    assert found.n_after == 11
    assert found.level_low < found.level_change < found.level_high < 0


def test_a_short_history_is_refused_with_the_numbers() -> None:
    refused = interrupted_activity(openstrat.load_activity_monthly(), "confluentinc/ksql", "2018-12")
    assert refused == Refusal("16 complete months before the event and 12 after; 24 and 6 are needed.")


def test_too_few_months_or_negative_counts_are_named() -> None:
    with pytest.raises(InputError, match="three months on each side"):
        interrupted_series(np.array([-1.0, 1, 2, 3]), np.ones(4))
    with pytest.raises(InputError, match="counts of 0 or more"):
        interrupted_series(MONTHS, -np.ones(48))
    with pytest.raises(InputError, match="Confidence"):
        interrupted_series(MONTHS, np.ones(48), confidence=2)
