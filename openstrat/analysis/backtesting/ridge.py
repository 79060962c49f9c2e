"""A logistic regression with a ridge penalty, fitted by Newton's method, and its forecasts for events it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from openstrat.errors import InputError

PENALTY = 1.0
"""Weight of the penalty: a standard normal prior on each weight (assumption, set before any fit)."""
PENALTIES = (0.3, 1.0, 3.0)
"""Penalties that a report shows beside each other, so that none is picked for its result."""
MOST_STEPS = 100
TOLERANCE = 1e-10


@dataclass(frozen=True)
class RidgeFit:
    """Constant and weights (log odds a unit) of a penalized logistic regression; `n` events stand behind them."""

    constant: float
    weights: NDArray[np.float64]
    penalty: float
    n: int

    def forecast(self, features: ArrayLike) -> NDArray[np.float64]:
        """Return the value for each row of features, 0 to 1."""
        return _logistic(self.constant + np.atleast_2d(np.asarray(features, dtype=float)) @ self.weights)


def fit_ridge(features: ArrayLike, outcomes: ArrayLike, *, penalty: float = PENALTY) -> RidgeFit:
    """Return the weights that maximize the log-likelihood minus half the penalty times the squared weights.

    The constant is not penalized (Hoerl and Kennard 1970; le Cessie and van Houwelingen 1992). Features are taken as they are,
    so they should share a scale, here 0 to 1. With a positive penalty the solution exists even where features separate the events.

    Raises
    ------
    InputError
        If shapes do not fit, only one kind of outcome is given, the penalty is not positive, or the fit does not settle.
    """
    rows, seen = np.asarray(features, dtype=float), np.asarray(outcomes, dtype=float)
    if rows.ndim != 2 or len(rows) != len(seen):
        raise InputError(f"A fit needs one row of features an event; got shape {rows.shape} for {len(seen)} events.")
    if not penalty > 0 or len(np.unique(seen)) < 2:
        raise InputError(f"A fit needs a positive penalty and events of both kinds; got penalty {penalty}, outcomes {np.unique(seen)}.")
    design = np.column_stack([np.ones(len(rows)), rows])
    damping = np.diag([0.0, *[penalty] * rows.shape[1]])
    found = np.zeros(design.shape[1])
    for _ in range(MOST_STEPS):
        chance = _logistic(design @ found)
        slope = design.T @ (seen - chance) - damping @ found
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + damping
        step = np.linalg.solve(curvature, slope)
        found = found + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < TOLERANCE:
            return RidgeFit(float(found[0]), found[1:], penalty, len(seen))
    raise InputError(f"The fit did not settle in {MOST_STEPS} steps; raise the penalty above {penalty}.")


def left_out_forecasts(features: ArrayLike, outcomes: ArrayLike, groups: Sequence[str], *, penalty: float = PENALTY) -> NDArray[np.float64]:
    """Return for each event the forecast of a fit that saw no event of its group.

    With one group an event this is leave-one-out; with decision days as groups, nothing of the same day is seen. Where the events
    left all ended alike, their Laplace rate (k + 1) / (n + 2) is the forecast.

    Raises
    ------
    InputError
        If shapes do not fit, or only one group is given.
    """
    rows, seen, names = np.asarray(features, dtype=float), np.asarray(outcomes, dtype=float), np.asarray(groups, dtype=object)
    if len(names) != len(seen) or len(set(groups)) < 2:
        raise InputError(f"Leaving out needs one group name an event and at least 2 groups; got {len(names)} names for {len(seen)} events.")
    forecasts = np.empty(len(seen))
    for name in set(groups):
        out = names == name
        rest = seen[~out]
        if len(np.unique(rest)) < 2:
            forecasts[out] = (rest.sum() + 1) / (len(rest) + 2)
        else:
            forecasts[out] = fit_ridge(rows[~out], rest, penalty=penalty).forecast(rows[out])
    return forecasts


def _logistic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(0.5 * (1 + np.tanh(values / 2)))
