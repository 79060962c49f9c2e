"""How good forecasts of yes-or-no events were: Brier score, side of one half, plain base rates, intervals over decision days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import beta

from openstrat.errors import InputError

N_RESAMPLES = 4_000
BOOTSTRAP_SEED = 20230810
FEWEST_CLUSTERS = 6
"""With fewer clusters a bootstrap only repeats them, so no interval is given."""


@dataclass(frozen=True)
class Score:
    """How one forecast did: mean squared error with its interval (None below six clusters), events on the right side of one half.

    `right_low` and `right_high` are the exact 95 % interval of the share on the right side; a forecast of exactly one half counts
    as wrong.
    """

    brier: float
    low: float | None
    high: float | None
    n: int
    n_clusters: int
    n_right: int
    right_low: float
    right_high: float


def brier_score(forecasts: ArrayLike, outcomes: ArrayLike) -> float:
    """Return the mean squared difference of forecasts (0 to 1) and outcomes (0 or 1): 0 is perfect, .25 is saying one half (Brier 1950).

    Raises
    ------
    InputError
        If nothing is given, lengths differ, or a forecast is not between 0 and 1.
    """
    said, seen = _checked(forecasts, outcomes)
    return float(np.mean((said - seen) ** 2))


def leave_one_out_rates(outcomes: ArrayLike) -> NDArray[np.float64]:
    """Return for each event the share of the other events that happened: the forecast of somebody who knows only how often.

    Raises
    ------
    InputError
        If fewer than two events are given.
    """
    seen = np.asarray(outcomes, dtype=float)
    if seen.size < 2:
        raise InputError(f"A rate that leaves one event out needs at least 2 events; got {seen.size}. Add events.")
    return np.asarray((seen.sum() - seen) / (seen.size - 1))


def exact_interval(k: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact interval (low, high) of a share of `k` in `n` (Clopper and Pearson 1934); wider than others, never too narrow.

    Raises
    ------
    InputError
        If `n` is below 1 or `k` is not between 0 and `n`.
    """
    if n < 1 or not 0 <= k <= n:
        raise InputError(f"A share needs 0 <= k <= n and n >= 1; got k={k}, n={n}.")
    tail = (1 - confidence) / 2
    low = 0.0 if k == 0 else float(beta.ppf(tail, k, n - k + 1))
    high = 1.0 if k == n else float(beta.ppf(1 - tail, k + 1, n - k))
    return low, high


def score(forecasts: ArrayLike, outcomes: ArrayLike, clusters: Sequence[str], *, seed: int = BOOTSTRAP_SEED) -> Score:
    """Return how a forecast did, with an interval from resampling whole clusters; the same seed gives the same interval.

    Events of one cluster, such as licenses that one company changed on one day, are not independent and are drawn together.

    Raises
    ------
    InputError
        If nothing is given, lengths differ, or a forecast is not between 0 and 1.
    """
    said, seen = _checked(forecasts, outcomes)
    drawn = resampled_means((said - seen) ** 2, clusters, seed=seed)
    low, high = (None, None) if drawn is None else tuple(float(end) for end in np.quantile(drawn, [0.025, 0.975]))
    right = int((((said > 0.5) & (seen == 1)) | ((said < 0.5) & (seen == 0))).sum())
    ends = exact_interval(right, len(seen))
    return Score(brier_score(said, seen), low, high, len(seen), len(set(clusters)), right, *ends)


def resampled_means(values: ArrayLike, clusters: Sequence[str], *, seed: int = BOOTSTRAP_SEED) -> NDArray[np.float64] | None:
    """Return bootstrap draws of the mean of values, whole clusters at a time; None below six clusters.

    Raises
    ------
    InputError
        If values and clusters differ in length.
    """
    numbers = np.asarray(values, dtype=float)
    names, member = np.unique(np.asarray(clusters, dtype=object).astype(str), return_inverse=True)
    if len(member) != len(numbers):
        raise InputError(f"Each value needs a cluster; got {len(numbers)} values and {len(member)} clusters.")
    if len(names) < FEWEST_CLUSTERS:
        return None
    sums, sizes = np.bincount(member, weights=numbers), np.bincount(member)
    picked = np.random.default_rng(seed).integers(len(names), size=(N_RESAMPLES, len(names)))
    return np.asarray(sums[picked].sum(axis=1) / sizes[picked].sum(axis=1))


def _checked(forecasts: ArrayLike, outcomes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    said, seen = np.asarray(forecasts, dtype=float), np.asarray(outcomes, dtype=float)
    if said.size == 0 or said.shape != seen.shape:
        raise InputError(f"A score needs one forecast an event; got {said.size} forecasts for {seen.size} events.")
    if not ((said >= 0) & (said <= 1)).all():
        raise InputError(f"A forecast must lie between 0 and 1; got {said[~((said >= 0) & (said <= 1))][0]}.")
    return said, seen
