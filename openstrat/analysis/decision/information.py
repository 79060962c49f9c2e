"""What knowing more would be worth: of everything, of one input at a time, and where that input turns the choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from openstrat.analysis.decision.regret import Floats, Values

N_BINS = 40
N_NOISE = 20
"""Columns of pure noise that give the floor below which a value of information is no more than chance."""
SMOOTHED_BINS = 5
ROUNDING = 1e-9
"""Gains below this share of the values are the rounding of a sum."""


def value_of_perfect_information(values: Values) -> float:
    """Return the mean of the best value in each draw minus the best mean (EVPI), in the unit of the values."""
    stacked = np.vstack(list(values.values()))
    return float(stacked.max(axis=0).mean() - stacked.mean(axis=1).max())


def value_of_partial_information(values: Values, quantiles: Mapping[str, Floats], *, seed: int) -> tuple[pd.DataFrame, float]:
    """Return what knowing each input alone would be worth (EVPPI), and the noise floor.

    The draws are cut into 40 bins by each input; in each bin the option with the best mean is taken. The floor is the 95 % quantile
    of the same figure for columns of pure noise.

    Returns
    -------
    Columns: input, evppi, is_above_noise; the largest first. And the noise floor, in the unit of the values.
    """
    n = len(next(iter(values.values())))
    noise = np.random.default_rng([seed, N_NOISE]).random((N_NOISE, n))
    floor = float(np.quantile([_binned_gain(values, column) for column in noise], 0.95))
    rows = [{"input": name, "evppi": _binned_gain(values, column)} for name, column in quantiles.items()]
    table = pd.DataFrame(rows).sort_values(["evppi", "input"], ascending=[False, True], ignore_index=True)
    size = max(1.0, *(float(np.abs(given).mean()) for given in values.values()))
    return table.assign(is_above_noise=table["evppi"] > floor + ROUNDING * size), floor


def _binned_gain(values: Values, column: Floats) -> float:
    means, counts = binned_means(values, column)
    best_overall = max(float(given.mean()) for given in values.values())
    return max(0.0, float((means.max(axis=0) * counts).sum() / counts.sum() - best_overall))


def binned_means(values: Values, column: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Return the mean of each option in each of 40 equally filled bins of a column, shape (options, bins), and the bins' sizes."""
    n_bins = min(N_BINS, len(column))
    bins = np.empty(len(column), dtype=np.intp)
    bins[np.argsort(column)] = np.arange(len(column)) * n_bins // len(column)
    counts = np.bincount(bins, minlength=n_bins)
    sums = np.vstack([np.bincount(bins, weights=given, minlength=n_bins) for given in values.values()])
    return sums / counts, counts


@dataclass(frozen=True)
class Turn:
    """Where one input turns the choice: beyond `quantile` on that `side`, `rival` has the better mean; `share` of draws lie there."""

    input: str
    rival: str
    side: str
    quantile: float
    share: float


def turning_point(values: Values, chosen: str, name: str, column: Floats) -> Turn | None:
    """Return where a rival overtakes the chosen option at one end of an input, None where none does.

    Means by bin are smoothed over five bins; of several rivals the one that takes over on the larger share of draws is named.
    """
    means, counts = binned_means(values, column)
    if len(counts) < SMOOTHED_BINS:
        return None
    options = list(values)
    kernel = np.ones(SMOOTHED_BINS) / SMOOTHED_BINS
    padded = np.pad(means, ((0, 0), (SMOOTHED_BINS // 2, SMOOTHED_BINS // 2)), mode="edge")
    smooth = np.vstack([np.convolve(row, kernel, mode="valid") for row in padded])
    ahead = smooth > smooth[options.index(chosen)]
    n_bins = len(counts)
    found = []
    for place, rival in enumerate(options):
        below = _run(ahead[place])
        above = _run(ahead[place][::-1])
        if rival != chosen and 0 < max(below, above) < n_bins:
            side, length = ("below", below) if below >= above else ("above", above)
            quantile = length / n_bins if side == "below" else 1 - length / n_bins
            found.append(Turn(name, rival, side, quantile, length / n_bins))
    return max(found, key=lambda turn: (turn.share, turn.rival), default=None)


def _run(flags: NDArray[np.bool_]) -> int:
    """Length of the run of true flags at the start."""
    return len(flags) if flags.all() else int(np.argmin(flags))
