"""Which uncertain inputs the answer hangs on: one at a time (tornado) and over the whole range (Sobol indices)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.stats import qmc

from openstrat.analysis.decision.regret import Floats

Quantiles = Mapping[str, Floats]
Function = Callable[[Quantiles], Floats]
"""A value for each row of quantiles: arrays between 0 and 1, one for every input."""

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
"""Quantiles of the tornado."""
N_BOOTSTRAP = 200
EDGE = 1e-6


def tornado(function: Function, names: Sequence[str]) -> pd.DataFrame:
    """Return the value with every input at its median but one, which stands at its 10 % and its 90 % quantile.

    Columns: input, at_low, at_middle, at_high, swing (size of the difference); the widest swing first.
    """
    n_rows = 1 + 2 * len(names)
    quantiles = {name: np.full(n_rows, MIDDLE) for name in names}
    for place, name in enumerate(names):
        quantiles[name][1 + 2 * place : 3 + 2 * place] = LOW, HIGH
    value = function(quantiles)
    rows = pd.DataFrame({"input": list(names), "at_low": value[1::2], "at_middle": value[0], "at_high": value[2::2]})
    rows["swing"] = (rows["at_high"] - rows["at_low"]).abs()
    return rows.sort_values(["swing", "input"], ascending=[False, True], ignore_index=True)


def sobol_indices(function: Function, names: Sequence[str], *, n: int = 2_048, seed: int = 7) -> pd.DataFrame:
    """Return first-order and total Sobol indices of every input with bootstrap intervals.

    Parameters
    ----------
    n : rows of the two base samples, a power of two; the function is evaluated `n * (inputs + 2)` times.

    Returns
    -------
    Columns: input, first, first_low, first_high, total, total_low, total_high (90 % percentile bootstrap over rows); the largest
    total first. Indices are shares of the variance; small ones may come out below zero. All NaN when the value does not vary.

    Notes
    -----
    First order after Saltelli et al. (2010), total order after Jansen (1999), on scrambled Sobol points.
    """
    base = np.clip(qmc.Sobol(2 * len(names), seed=np.random.default_rng(seed)).random(n), EDGE, 1 - EDGE)
    first_sample = {name: base[:, place] for place, name in enumerate(names)}
    second_sample = {name: base[:, len(names) + place] for place, name in enumerate(names)}
    at_first, at_second = function(first_sample), function(second_sample)
    rows = [{"input": name, **_indices(at_first, at_second, function({**first_sample, name: second_sample[name]}), seed)} for name in names]
    return pd.DataFrame(rows).sort_values(["total", "input"], ascending=[False, True], ignore_index=True)


def _indices(at_first: Floats, at_second: Floats, swapped: Floats, seed: int) -> dict[str, float]:
    first, total = _estimates(at_first, at_second, swapped)
    picks = np.random.default_rng(seed).integers(0, len(at_first), (N_BOOTSTRAP, len(at_first)))
    again = np.array([_estimates(at_first[pick], at_second[pick], swapped[pick]) for pick in picks])
    low, high = np.percentile(again, [5, 95], axis=0)
    return {
        "first": first,
        "first_low": float(low[0]),
        "first_high": float(high[0]),
        "total": total,
        "total_low": float(low[1]),
        "total_high": float(high[1]),
    }


def _estimates(at_first: Floats, at_second: Floats, swapped: Floats) -> tuple[float, float]:
    both = np.concatenate([at_first, at_second])
    variance = both.var()
    if variance == 0:
        return float("nan"), float("nan")
    centered = at_second - both.mean()
    return float(np.mean(centered * (swapped - at_first)) / variance), float(np.mean((at_first - swapped) ** 2) / (2 * variance))
