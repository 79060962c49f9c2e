"""Scores of forecasts: worked out by hand, and against published intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.backtesting.scores import brier_score, exact_interval, leave_one_out_rates, resampled_means, score
from openstrat.errors import InputError


def test_the_brier_score_is_the_mean_squared_error() -> None:
    assert brier_score([1.0, 0.5, 0.2], [1, 0, 0]) == pytest.approx((0 + 0.25 + 0.04) / 3)


def test_a_base_rate_that_leaves_the_event_out_counts_the_others_only() -> None:
    assert leave_one_out_rates([1, 0, 0, 0]).tolist() == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])
    seen = [1] * 5 + [0] * 8
    assert brier_score(leave_one_out_rates(seen), seen) == pytest.approx(0.27778, abs=1e-5)  # (5 (2/3)^2 + 8 (5/12)^2) / 13


@given(st.lists(st.integers(0, 1), min_size=2, max_size=30))
def test_a_base_rate_that_leaves_the_event_out_never_beats_the_one_that_does_not(seen: list[int]) -> None:
    plain = [sum(seen) / len(seen)] * len(seen)
    assert brier_score(leave_one_out_rates(seen), seen) >= brier_score(plain, seen) - 1e-12


@pytest.mark.parametrize(("k", "n", "low", "high"), [(5, 13, 0.1386, 0.6842), (0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0)])
def test_exact_intervals_are_those_of_clopper_and_pearson(k: int, n: int, low: float, high: float) -> None:
    assert exact_interval(k, n) == pytest.approx((low, high), abs=1e-4)


def test_one_half_counts_as_wrong_and_few_clusters_give_no_interval() -> None:
    found = score([0.9, 0.5, 0.1, 0.6], [1, 1, 0, 0], ["a", "b", "c", "c"])
    assert (found.n, found.n_clusters, found.n_right) == (4, 3, 2)
    assert (found.low, found.high) == (None, None)


def test_events_of_one_day_are_drawn_together() -> None:
    alone = resampled_means([1.0] * 5 + [0.0] * 5, [str(number) for number in range(10)])
    tied = resampled_means([1.0] * 5 + [0.0] * 5, ["day"] * 5 + [str(number) for number in range(5)])
    assert alone is not None
    assert tied is not None
    assert np.std(tied) > 1.3 * np.std(alone)
    again = resampled_means([1.0] * 5 + [0.0] * 5, [str(number) for number in range(10)])
    assert np.array_equal(alone, again)


def test_wrong_forecasts_and_counts_are_refused() -> None:
    with pytest.raises(InputError, match=r"between 0 and 1; got 1\.5"):
        brier_score([1.5], [1])
    with pytest.raises(InputError, match="got 2 forecasts for 1 events"):
        brier_score([0.5, 0.5], [1])
    with pytest.raises(InputError, match="at least 2 events"):
        leave_one_out_rates([1])
    with pytest.raises(InputError, match="got k=3, n=2"):
        exact_interval(3, 2)
    with pytest.raises(InputError, match="2 values and 1 clusters"):
        resampled_means([0.0, 1.0], ["a"])
