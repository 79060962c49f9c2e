"""Estimates that carry their uncertainty: shares with an interval, medians with a bootstrap."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from openstrat.errors import InputError

FEWEST_FOR_INTERVAL = 3
"""With fewer values a bootstrap only repeats them, so no interval is given."""


@dataclass(frozen=True)
class MedianEstimate:
    """A median with a percentile bootstrap interval, in the unit of the values; blank where too few values stand behind it."""

    median: float | None
    low: float | None
    high: float | None
    n: int


def wilson_interval(k: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval (low, high) of a share of `k` in `n`, both between 0 and 1.

    It stays inside 0 and 1 and keeps its coverage for small samples and for shares near the ends (Wilson 1927).

    Raises
    ------
    InputError
        If `n` is below 1, `k` is not between 0 and `n`, or `confidence` is not between 0 and 1.
    """
    if n < 1 or not 0 <= k <= n:
        raise InputError(f"A share needs 0 <= k <= n and n >= 1; got k={k}, n={n}. Report no share when nothing was counted.")
    z = _two_sided_z(confidence)
    share, scale = k / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale
    return (0.0 if k == 0 else middle - half), (1.0 if k == n else middle + half)


def median_with_bootstrap(values: Iterable[float], *, seed: int, n_resamples: int = 2000, confidence: float = 0.95) -> MedianEstimate:
    """Return the median of the known values with its percentile bootstrap interval; the same seed gives the same interval.

    Missing values (NaN) are left out and not counted in `n`. Below three values `low` and `high` are None, without values
    `median` is too (Efron 1979).

    Raises
    ------
    InputError
        If a value is infinite, `n_resamples` is below 1, or `confidence` is not between 0 and 1.
    """
    _two_sided_z(confidence)
    if n_resamples < 1:
        raise InputError(f"A bootstrap needs at least 1 resample; got n_resamples={n_resamples}.")
    known = np.asarray([value for value in map(float, values) if not math.isnan(value)])
    if np.isinf(known).any():
        raise InputError("A median needs finite values; at least one is infinite. Correct it, or pass NaN for unknown.")
    if known.size == 0:
        return MedianEstimate(median=None, low=None, high=None, n=0)
    middle = float(np.median(known))
    if known.size < FEWEST_FOR_INTERVAL:
        return MedianEstimate(median=middle, low=None, high=None, n=int(known.size))
    draws = np.random.default_rng(seed).choice(known, size=(n_resamples, known.size), replace=True)
    tail = (1 - confidence) / 2
    low, high = np.quantile(np.median(draws, axis=1), [tail, 1 - tail])
    return MedianEstimate(median=middle, low=float(low), high=float(high), n=int(known.size))


def _two_sided_z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise InputError(f"Confidence must lie between 0 and 1, for example 0.95; got {confidence}.")
    return NormalDist().inv_cdf((1 + confidence) / 2)
