"""Which uncertain inputs the answer hangs on: one at a time (tornado) and over the whole range (Sobol indices)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from scipy.stats import qmc

from openstrat.analysis.decision.regret import Floats

Inputs = Mapping[str, Callable[[Floats], Floats]]
"""Every uncertain input by name with its quantile function: values at given quantiles between 0 and 1."""
Function = Callable[[Mapping[str, Floats]], Floats]
"""The value that is explained, for arrays of values of every input."""

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
"""Quantiles of the tornado."""
N_BOOTSTRAP = 200
EDGE = 1e-6


def tornado(function: Function, inputs: Inputs) -> pd.DataFrame:
    """Return the value with every input at its median but one, which stands at its 10 % and its 90 % quantile.

    Columns: input, at_low, at_middle, at_high, swing (size of the difference); the widest swing first.
    """
    n_rows = 1 + 2 * len(inputs)
    quantiles = np.full((len(inputs), n_rows), MIDDLE)
    for place, row in enumerate(quantiles):
        row[1 + 2 * place : 3 + 2 * place] = LOW, HIGH
    value = function({name: at(row) for (name, at), row in zip(inputs.items(), quantiles, strict=True)})
    rows = pd.DataFrame({"input": list(inputs), "at_low": value[1::2], "at_middle": value[0], "at_high": value[2::2]})
    rows["swing"] = (rows["at_high"] - rows["at_low"]).abs()
    return rows.sort_values(["swing", "input"], ascending=[False, True], ignore_index=True)


def sobol_indices(function: Function, inputs: Inputs, *, n: int = 2_048, seed: int = 7) -> pd.DataFrame:
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
    base = np.clip(qmc.Sobol(2 * len(inputs), seed=np.random.default_rng(seed)).random(n), EDGE, 1 - EDGE).T
    first_sample = {name: at(row) for (name, at), row in zip(inputs.items(), base[: len(inputs)], strict=True)}
    second_sample = {name: at(row) for (name, at), row in zip(inputs.items(), base[len(inputs) :], strict=True)}
    at_first, at_second = function(first_sample), function(second_sample)
    swapped = np.column_stack([function({**first_sample, name: second_sample[name]}) for name in inputs])
    once = np.full((1, n), 1 / n)
    again = np.random.default_rng(seed).multinomial(n, once[0], N_BOOTSTRAP) / n
    firsts, totals = _indices(at_first, at_second, swapped, once)
    bounds = [np.percentile(drawn, [5, 95], axis=0) for drawn in _indices(at_first, at_second, swapped, again)]
    rows = pd.DataFrame({"input": list(inputs)})
    for name, estimate, (low, high) in zip(("first", "total"), (firsts, totals), bounds, strict=True):
        rows[name], rows[f"{name}_low"], rows[f"{name}_high"] = estimate[0], low, high
    return rows.sort_values(["total", "input"], ascending=[False, True], ignore_index=True)


def _indices(at_first: Floats, at_second: Floats, swapped: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return first and total indices, shape (samples, inputs), under weights of the rows, shape (samples, rows), that sum to 1."""
    both = np.column_stack([at_first, at_second])
    mean = (weights @ both).mean(axis=1, keepdims=True)
    variance = (weights @ both**2).mean(axis=1, keepdims=True) - mean**2
    moved = swapped - at_first[:, np.newaxis]
    covariance = weights @ (at_second[:, np.newaxis] * moved) - mean * (weights @ moved)
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = np.where(variance > 0, variance, np.nan)
        return covariance / variance, (weights @ moved**2) / (2 * variance)
