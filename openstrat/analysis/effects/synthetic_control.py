"""Synthetic control: a weighted mix of donors that moved like the treated unit before the event, and placebo tests of the gap.

Method: Abadie and Gardeazabal (2003), Abadie, Diamond and Hainmueller (2010), matched on the outcome before the event only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import nnls

from openstrat.analysis.effects.refusal import Refusal
from openstrat.errors import InputError

Array = NDArray[np.float64]
FEWEST_DONORS = 10
"""With fewer donors no estimate is given: p could not get below .1 (assumption)."""
WORST_FIT = 0.25
"""Largest error before the event, as a share of the treated unit's mean, that still gives an estimate (assumption)."""
FEWEST_IN_TIME = 12
"""Periods that a placebo in time needs to be fitted on."""
SUM_PENALTY = 1e3
"""How much more a weight sum that is not 1 costs than an error of the fit; the rest is scaled away."""
SMALLEST_WEIGHT = 1e-6


@dataclass(frozen=True)
class ControlFit:
    """One fit: weights that sum to 1, and errors before and after the event in the unit of the outcome.

    `gap` is treated minus synthetic, a value a period; `relative_gap` the mean gap after the event over the synthetic unit's mean.
    `ratio` is the error after over the error before.
    """

    weights: pd.Series[float]
    synthetic: Array
    gap: Array
    relative_gap: float
    pre_rmspe: float
    post_rmspe: float
    ratio: float


@dataclass(frozen=True)
class SyntheticControl:
    """A synthetic control with its placebo tests.

    `fit` is the treated unit's; `gaps` holds gaps by period (rows), the treated unit in the first column, then each donor as if it
    had been treated. `p` is the rank of the treated unit's ratio among all units, never below `smallest_p`. `low` and `high` bound
    the relative gap: constant gaps whose ratio would not stand out; were the treated unit exchangeable with its donors, they would
    hold the true one in about `confidence` of cases (None: no constant gap fits). `without_one_*` is the range of the relative gap
    when one weighted donor is left out; `in_time_gap` that of an event as many periods earlier as there are after it.
    """

    treated: str
    fit: ControlFit
    gaps: pd.DataFrame
    n_before: int
    n_donors: int
    p: float
    smallest_p: float
    low: float | None
    high: float | None
    confidence: float
    without_one_low: float
    without_one_high: float
    in_time_gap: float | None
    in_time_ratio: float | None


def simplex_weights(treated: Array, donors: Array) -> Array:
    """Return weights, none negative and summing to 1, whose mix of donors is nearest to the treated unit.

    `treated` has a value a period, `donors` a row a period and a column a donor. Least squares by the active-set method of Lawson
    and Hanson (1974), the sum kept by a heavily weighted extra row.
    """
    heavy = SUM_PENALTY * float(np.abs(np.vstack([donors.T, treated])).max())
    weights, _ = nnls(np.vstack([donors, np.full(donors.shape[1], heavy)]), np.append(treated, heavy))
    return np.asarray(weights / weights.sum())


def fit_control(panel: pd.DataFrame, treated: str, n_before: int) -> ControlFit:
    """Return the synthetic control of one column of a panel from all other columns, fitted on the first `n_before` rows."""
    own, others = panel[treated].to_numpy(), panel.drop(columns=treated)
    weights = simplex_weights(own[:n_before], others.to_numpy()[:n_before])
    synthetic = others.to_numpy() @ weights
    gap = own - synthetic
    before, after = (math.sqrt(float((part**2).mean())) for part in (gap[:n_before], gap[n_before:]))
    return ControlFit(
        weights=pd.Series(weights, index=others.columns),
        synthetic=synthetic,
        gap=gap,
        relative_gap=float(gap[n_before:].mean() / synthetic[n_before:].mean()),
        pre_rmspe=before,
        post_rmspe=after,
        ratio=after / before if before else math.inf,
    )


def synthetic_control(
    panel: pd.DataFrame,
    treated: str,
    n_before: int,
    *,
    confidence: float = 0.9,
    fewest_donors: int = FEWEST_DONORS,
    worst_fit: float = WORST_FIT,
) -> SyntheticControl | Refusal:
    """Return the synthetic control of a column with placebos in space and time, or a refusal with its reason.

    `panel` has one row a period, the first `n_before` before the event, and one column a unit, all known. Refused are fewer than
    `fewest_donors` donors, and an error before the event above `worst_fit` of the treated unit's mean. The interval's `confidence`
    is the smallest that the number of donors allows at or above the one asked for, or the largest possible.

    Raises
    ------
    InputError
        If the panel has unknown values, no such column, too few rows, or `confidence` is not between 0 and 1.
    """
    _check(panel, treated, n_before, confidence)
    n_donors = panel.shape[1] - 1
    if n_donors < fewest_donors:
        return Refusal(f"Only {n_donors} donors, {fewest_donors} are needed: p could not get below {1 / (n_donors + 1):.2f}.", n_donors)
    fit = fit_control(panel, treated, n_before)
    error = fit.pre_rmspe / abs(float(panel[treated].iloc[:n_before].mean()))
    if error > worst_fit:
        reason = f"No mix of donors moved like it before: the error is {error:.0%} of its mean, more than {worst_fit:.0%}."
        return Refusal(reason, n_donors, error)
    placebos = {str(name): fit_control(panel.drop(columns=treated), name, n_before) for name in panel.columns if name != treated}
    ratios = sorted(item.ratio for item in placebos.values())
    low, high, reached = _interval(fit, n_before, ratios, confidence)
    without = [_without(panel, treated, n_before, name) for name in fit.weights.index[fit.weights > SMALLEST_WEIGHT]]
    earlier = _in_time(panel, treated, n_before)
    return SyntheticControl(
        treated=treated,
        fit=fit,
        gaps=pd.DataFrame({treated: fit.gap} | {name: item.gap for name, item in placebos.items()}, index=panel.index),
        n_before=n_before,
        n_donors=n_donors,
        p=(1 + sum(ratio >= fit.ratio for ratio in ratios)) / (n_donors + 1),
        smallest_p=1 / (n_donors + 1),
        low=low,
        high=high,
        confidence=reached,
        without_one_low=min(without),
        without_one_high=max(without),
        in_time_gap=None if earlier is None else earlier.relative_gap,
        in_time_ratio=None if earlier is None else earlier.ratio,
    )


def _interval(fit: ControlFit, n_before: int, ratios: list[float], confidence: float) -> tuple[float | None, float | None, float]:
    """Return the constant relative gaps that the placebos do not reject, and the confidence reached.

    A constant gap g is kept when the error of (gap - g) after the event, over the error before, does not exceed the m-th largest
    placebo ratio; m / (donors + 1) is the share of misses.
    """
    n_units = len(ratios) + 1
    misses = max(1, int((1 - confidence) * n_units + 1e-9))
    after = fit.gap[n_before:]
    room = (ratios[-misses] * fit.pre_rmspe) ** 2 - float(after.var())
    if room < 0:
        return None, None, 1 - misses / n_units
    level, half = float(fit.synthetic[n_before:].mean()), math.sqrt(room)
    low, high = sorted(((float(after.mean()) - half) / level, (float(after.mean()) + half) / level))
    return low, high, 1 - misses / n_units


def _without(panel: pd.DataFrame, treated: str, n_before: int, donor: object) -> float:
    return fit_control(panel.drop(columns=donor), treated, n_before).relative_gap


def _in_time(panel: pd.DataFrame, treated: str, n_before: int) -> ControlFit | None:
    """Return the fit to an event that did not happen, as long before the real one as the panel goes on after it."""
    earlier = n_before - (len(panel) - n_before)
    return None if earlier < FEWEST_IN_TIME else fit_control(panel.iloc[:n_before], treated, earlier)


def _check(panel: pd.DataFrame, treated: str, n_before: int, confidence: float) -> None:
    if treated not in panel.columns:
        raise InputError(f"The panel has no column {treated!r}. Columns: {', '.join(map(str, panel.columns))}.")
    if panel.isna().to_numpy().any():
        raise InputError("The panel has unknown values. Leave out units or periods until all are known.")
    if not 0 < n_before < len(panel):
        raise InputError(f"n_before is {n_before}; it has to leave rows on both sides of the event, 1 to {len(panel) - 1}.")
    if not 0 < confidence < 1:
        raise InputError(f"Confidence must lie between 0 and 1, for example 0.9; got {confidence}.")
