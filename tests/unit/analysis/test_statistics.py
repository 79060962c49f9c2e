"""Shares with intervals and medians with a bootstrap."""

from __future__ import annotations

import math

import pytest

from openstrat.analysis.statistics import MedianEstimate, median_with_bootstrap, wilson_interval
from openstrat.errors import InputError


def test_wilson_interval_of_8_in_10() -> None:
    # z = 1.96: middle (0.8 + 0.192) / 1.384 = 0.717, half 1.96 * sqrt(0.016 + 0.0096) / 1.384 = 0.227
    assert wilson_interval(8, 10) == pytest.approx((0.490, 0.943), abs=5e-4)


def test_wilson_interval_at_the_ends_stays_inside_0_and_1() -> None:
    # z2 / (n + z2) with z2 = 3.8415 and n = 5: 3.8415 / 8.8415 = 0.434
    assert wilson_interval(0, 5) == pytest.approx((0.0, 0.434), abs=5e-4)
    assert wilson_interval(5, 5) == pytest.approx((0.566, 1.0), abs=5e-4)


def test_more_confidence_gives_a_wider_interval() -> None:
    narrow, wide = wilson_interval(3, 12, confidence=0.8), wilson_interval(3, 12, confidence=0.99)
    assert wide[0] < narrow[0] < 3 / 12 < narrow[1] < wide[1]


@pytest.mark.parametrize(("k", "n"), [(0, 0), (3, 2), (-1, 4)])
def test_a_share_that_cannot_be_is_refused(k: int, n: int) -> None:
    with pytest.raises(InputError, match=f"k={k}, n={n}"):
        wilson_interval(k, n)


def test_confidence_outside_0_and_1_is_refused() -> None:
    with pytest.raises(InputError, match="got 95"):
        wilson_interval(1, 2, confidence=95)


def test_median_of_equal_values_is_certain() -> None:
    assert median_with_bootstrap([4, 4, 4, 4], seed=1) == MedianEstimate(median=4.0, low=4.0, high=4.0, n=4)


def test_bootstrap_of_three_values_spans_them() -> None:
    # A resample of {1, 2, 9} has median 1 with probability 7/27 and 9 with 7/27: both lie beyond 2.5 % of the draws
    assert median_with_bootstrap([9, 1, 2], seed=7) == MedianEstimate(median=2.0, low=1.0, high=9.0, n=3)


def test_two_values_give_a_median_but_no_interval() -> None:
    assert median_with_bootstrap([1, 4], seed=1) == MedianEstimate(median=2.5, low=None, high=None, n=2)


def test_unknown_values_are_left_out_and_not_counted() -> None:
    assert median_with_bootstrap([math.nan, 5, math.nan], seed=1).n == 1
    assert median_with_bootstrap([math.nan], seed=1) == MedianEstimate(median=None, low=None, high=None, n=0)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [3, 1, 4, 1, 5, 9, 2, 6]
    assert median_with_bootstrap(values, seed=5) == median_with_bootstrap(values, seed=5)


def test_infinite_values_and_empty_bootstraps_are_refused() -> None:
    with pytest.raises(InputError, match="infinite"):
        median_with_bootstrap([1, math.inf, 2], seed=1)
    with pytest.raises(InputError, match="n_resamples=0"):
        median_with_bootstrap([1, 2, 3], seed=1, n_resamples=0)
