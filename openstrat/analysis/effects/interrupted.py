"""Interrupted time series: level and slope of one series before and after an event, without any donor.

Segmented regression as in Wagner and others (2002) on log(1 + y), errors after Newey and West (1987).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from openstrat.analysis.effects.panels import MONTHS_AFTER, MONTHS_BEFORE
from openstrat.analysis.effects.refusal import Refusal
from openstrat.analysis.effects.windows import month_of, monthly, months_since, sides
from openstrat.errors import InputError

Array = NDArray[np.float64]
FEWEST_BEFORE = 24
"""Months before that a trend needs (assumption: two of each calendar month)."""
FEWEST_AFTER = 6
RULE = (
    "Straight lines through log(1 + y) before and after; the level change is read in the first month after the event. Newey-West errors "
    "with a normal quantile, which is too narrow for short series."
)


@dataclass(frozen=True)
class InterruptedSeries:
    """Change of level and of slope at an event, against the series' own trend before.

    `level_change` is relative, of 1 + y in the first month after; `slope_change` is the change of the monthly growth of 1 + y, both
    with intervals at `confidence`. `autocorrelation` is that of neighboring residuals: above about 0.3, months repeat each other and
    the plain errors would be too small. `lags` is how many months apart the errors may still be alike.
    """

    level_change: float
    level_low: float
    level_high: float
    slope_change: float
    slope_low: float
    slope_high: float
    confidence: float
    autocorrelation: float
    lags: int
    n_before: int
    n_after: int
    rule: str = RULE


def interrupted_activity(
    activity: pd.DataFrame,
    repository: str,
    event_month: str | pd.Timestamp,
    *,
    measure: str = "n_active_authors",
    months_before: int = MONTHS_BEFORE,
    months_after: int = MONTHS_AFTER,
    confidence: float = 0.95,
) -> InterruptedSeries | Refusal:
    """Return the change of level and slope of a repository's monthly measure, or why there is none.

    Raises
    ------
    UnknownNameError
        If the repository or the measure is not in the table.
    InputError
        If `event_month` is not a month or a window is shorter than 1 month.
    """
    event = month_of(event_month)
    before, after = sides(monthly(activity, repository, measure), event, months_before, months_after)
    if len(before) < FEWEST_BEFORE or len(after) < FEWEST_AFTER:
        needed = f"{FEWEST_BEFORE} and {FEWEST_AFTER} are needed"
        return Refusal(f"{len(before)} complete months before the event and {len(after)} after; {needed}.")
    rows = pd.concat([before, after])
    months = np.asarray(months_since(rows["month"], event), dtype=np.float64)
    return interrupted_series(months, np.asarray(rows["value"], dtype=np.float64), confidence=confidence)


def interrupted_series(months: Array, values: Array, *, confidence: float = 0.95) -> InterruptedSeries:
    """Return the change of level and slope where `months` turn positive; `values` are counts, 0 or more, in time order.

    Raises
    ------
    InputError
        If a side has fewer than three months, a value is negative, or `confidence` is not between 0 and 1.
    """
    after = (months > 0).astype(float)
    n_after = int(after.sum())
    if min(n_after, len(months) - n_after) < 3 or (values < 0).any():
        raise InputError("An interrupted series needs three months on each side and counts of 0 or more.")
    if not 0 < confidence < 1:
        raise InputError(f"Confidence must lie between 0 and 1, for example 0.95; got {confidence}.")
    design = np.column_stack([np.ones(len(months)), months, after, after * (months - 1)])
    logs = np.log1p(values)
    estimate = np.linalg.lstsq(design, logs, rcond=None)[0]
    residuals = logs - design @ estimate
    lags = int(4 * (len(months) / 100) ** (2 / 9))
    errors = np.sqrt(np.diag(newey_west(design, residuals, lags)))
    half = NormalDist().inv_cdf((1 + confidence) / 2) * errors
    (level, level_low, level_high), (slope, slope_low, slope_high) = (
        tuple(math.expm1(estimate[place] + sign * half[place]) for sign in (0, -1, 1)) for place in (2, 3)
    )
    return InterruptedSeries(
        level_change=level,
        level_low=level_low,
        level_high=level_high,
        slope_change=slope,
        slope_low=slope_low,
        slope_high=slope_high,
        confidence=confidence,
        autocorrelation=autocorrelation(residuals),
        lags=lags,
        n_before=len(months) - n_after,
        n_after=n_after,
    )


def newey_west(design: Array, residuals: Array, lags: int) -> Array:
    """Return the covariance of least-squares coefficients that allows for unequal and serially correlated errors.

    Bartlett weights up to `lags` periods apart, no small-sample correction (Newey and West 1987).
    """
    scores = design * residuals[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        shifted = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (shifted + shifted.T)
    bread = np.linalg.inv(design.T @ design)
    return np.asarray(bread @ middle @ bread)


def autocorrelation(residuals: Array) -> float:
    """Return the correlation of neighboring residuals; 0 where there is nothing to explain."""
    total = float((residuals**2).sum())
    return float((residuals[1:] * residuals[:-1]).sum()) / total if total > 1e-20 else 0.0
