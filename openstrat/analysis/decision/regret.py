"""Regret: what choosing an option costs in a draw or a future, beside the option that would have been best there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Values = Mapping[str, Floats]
"""Value of each option in each draw, by option; all arrays have the same length."""


def regrets(values: Values) -> dict[str, Floats]:
    """Return the regret of each option in each draw, never negative and zero for the best."""
    best = np.max(np.vstack(list(values.values())), axis=0)
    return {name: best - given for name, given in values.items()}


def chance_best(values: Values) -> dict[str, float]:
    """Return how often each option is the best, 0 to 1; options that are equal in a draw share it."""
    stacked = np.vstack(list(values.values()))
    is_best = stacked == stacked.max(axis=0)
    shares = (is_best / is_best.sum(axis=0)).mean(axis=1)
    return {name: float(share) for name, share in zip(values, shares, strict=True)}


def payoff_table(futures: Mapping[str, Values]) -> pd.DataFrame:
    """Return the mean value of each option in each named future: one row a future, one column an option."""
    return pd.DataFrame(
        {future: {name: float(given.mean()) for name, given in values.items()} for future, values in futures.items()}
    ).T.rename_axis("future")


def regret_table(payoffs: pd.DataFrame) -> pd.DataFrame:
    """Return the regret of each option in each named future: the best mean of the row minus the option's own."""
    return payoffs.rsub(payoffs.max(axis=1), axis=0)


def satisficing(payoffs: pd.DataFrame, floor: float) -> pd.Series:
    """Return the share of named futures in which each option's mean reaches a floor, by option."""
    return (payoffs >= floor).mean(axis=0)


def standard_error(first: Floats, second: Floats) -> float:
    """Return the standard error of the mean difference of two options over the same draws."""
    difference = first - second
    return float(difference.std(ddof=1) / np.sqrt(len(difference))) if len(difference) > 1 else float("inf")
