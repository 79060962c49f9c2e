"""How long things last when some have not ended yet: survival with its interval, competing ends, comparison of groups."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2

from openstrat.errors import InputError

CENSORED = ""
"""The end of something that had not ended when it was last seen."""


@dataclass(frozen=True)
class SurvivalEstimate:
    """Share that lasts longer than `at_days`, with its interval; blank ends where nothing had ended or nothing was left.

    `n_at_risk` were still observed on that day. `share` is None after the last day that was observed.
    """

    at_days: float
    share: float | None
    low: float | None
    high: float | None
    n_at_risk: int


@dataclass(frozen=True)
class SurvivalCurve:
    """A survival curve: one row of `steps` a day on which something ended or was last seen, day 0 first.

    Columns of `steps`: time_days, n_at_risk (just before that day ends), n_ended, n_censored, share, low, high (shares; low and
    high are blank before the first end and once nothing is left). `median_days` is None where the curve stays above one half.
    """

    steps: pd.DataFrame
    n: int
    n_ended: int
    median_days: float | None
    confidence: float

    def at(self, at_days: float) -> SurvivalEstimate:
        """Return the share that lasts longer than `at_days`, with interval and number at risk."""
        past = self.steps[self.steps["time_days"] <= at_days]
        row = past.iloc[-1]
        left = int(self.n - past["n_ended"].sum() - past["n_censored"].sum()) if at_days > row["time_days"] else int(row["n_at_risk"])
        if at_days > self.steps["time_days"].iloc[-1]:
            return SurvivalEstimate(at_days, None, None, None, 0)
        return SurvivalEstimate(at_days, float(row["share"]), _known(row["low"]), _known(row["high"]), left)


@dataclass(frozen=True)
class LogRank:
    """Comparison of groups by the log-rank test.

    `groups` has one row a group: group, n, n_ended, n_expected (ends if all groups shared one curve). `p_value` comes from the
    chi-square distribution; `p_shuffled` from shuffling the group names, the better one when few ended.
    """

    groups: pd.DataFrame
    statistic: float
    degrees: int
    p_value: float
    p_shuffled: float
    n_shuffles: int


def survival_curve(durations: Iterable[float], ended: Iterable[bool], *, confidence: float = 0.95) -> SurvivalCurve:
    """Return the Kaplan-Meier curve of durations in days, of which some have not ended, with log-log intervals.

    Variance by Greenwood's formula; the interval is symmetric on the log(-log) scale and so stays between 0 and 1 (Kaplan and
    Meier 1958; Kalbfleisch and Prentice 1980). Something last seen on the day of an end counts as at risk on that day.

    Raises
    ------
    InputError
        If nothing is given, a duration is negative or unknown, or `confidence` is not between 0 and 1.
    """
    days, events = _checked(durations, ended)
    if not 0 < confidence < 1:
        raise InputError(f"Confidence must lie between 0 and 1, for example 0.95; got {confidence}.")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, variance, rows = 1.0, 0.0, []
    for time in _times(days):
        at_risk, n_ended = int((days >= time).sum()), int(((days == time) & events).sum())
        share *= 1 - n_ended / at_risk
        variance += n_ended / (at_risk * (at_risk - n_ended)) if at_risk > n_ended else math.inf if n_ended else 0.0
        low, high = _log_log(share, variance, z)
        rows.append((time, at_risk, n_ended, int(((days == time) & ~events).sum()), share, low, high))
    steps = pd.DataFrame(rows, columns=["time_days", "n_at_risk", "n_ended", "n_censored", "share", "low", "high"])
    below = steps.loc[steps["share"] <= 0.5 + 1e-12, "time_days"]
    median = float(below.iloc[0]) if len(below) else None
    return SurvivalCurve(steps, len(days), int(events.sum()), median, confidence)


def number_at_risk(durations: Iterable[float], at_days: Iterable[float]) -> list[int]:
    """Return how many were still observed on each of the given days."""
    days = np.asarray(list(durations), dtype=float)
    return [int((days >= time).sum()) for time in at_days]


def cumulative_incidence(durations: Iterable[float], ends: Iterable[str]) -> pd.DataFrame:
    """Return the share that had ended in each way by each day, when one end keeps the others from happening.

    `ends` names how each ended; an empty text means that it had not ended when last seen. One row a day and end, day 0 first;
    columns: time_days, end, n_ended (on that day), share (by that day). On every day the shares and the survival curve add up
    to 1 (Aalen and Johansen 1978).

    Raises
    ------
    InputError
        If nothing is given, the lengths differ, or a duration is negative or unknown.
    """
    named = list(ends)
    days, events = _checked(durations, [end != CENSORED for end in named])
    kinds = sorted({end for end in named if end != CENSORED})
    names = np.asarray(named, dtype=object)
    left, shares, rows = 1.0, dict.fromkeys(kinds, 0.0), []
    for time in _times(days):
        at_risk = int((days >= time).sum())
        for kind in kinds:
            n_ended = int(((days == time) & (names == kind)).sum())
            shares[kind] += left * n_ended / at_risk
            rows.append((time, kind, n_ended, shares[kind]))
        left *= 1 - int(((days == time) & events).sum()) / at_risk
    return pd.DataFrame(rows, columns=["time_days", "end", "n_ended", "share"])


def compare_survival(
    durations: Iterable[float], ended: Iterable[bool], groups: Sequence[str], *, seed: int, n_shuffles: int = 2000
) -> LogRank:
    """Return the log-rank comparison of two or more groups: ends seen and expected, statistic, and two p-values.

    The statistic is the quadratic form of observed minus expected ends with its hypergeometric variance (Mantel 1966; Peto and
    Peto 1972). The shuffled p-value is the share of shuffles at least as far apart, counting the data themselves; the same seed
    gives the same value.

    Raises
    ------
    InputError
        If fewer than two groups are given, nothing has ended, the lengths differ, or a duration is negative or unknown.
    """
    days, events = _checked(durations, ended)
    labels = np.asarray(list(groups), dtype=object)
    names = sorted(set(labels))
    if len(names) < 2 or len(labels) != len(days) or not events.any():
        raise InputError(
            f"A comparison needs at least two groups, one name a duration, and an end; got {len(names)} group(s), {len(labels)} "
            f"names for {len(days)} durations, {int(events.sum())} ends. Show one curve instead."
        )
    member = np.stack([labels == name for name in names])
    observed, expected, statistic = _log_rank(days, events, member)
    random = np.random.default_rng(seed)
    further = sum(_log_rank(days, events, random.permutation(member, axis=1))[2] >= statistic - 1e-9 for _ in range(n_shuffles))
    frame = pd.DataFrame({"group": names, "n": member.sum(axis=1), "n_ended": observed.astype(int), "n_expected": expected})
    degrees = len(names) - 1
    return LogRank(frame, statistic, degrees, float(chi2.sf(statistic, degrees)), (further + 1) / (n_shuffles + 1), n_shuffles)


def _log_rank(days: NDArray[Any], events: NDArray[Any], member: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], float]:
    """Return observed and expected ends by group, and the statistic."""
    times = np.unique(days[events])
    at_risk = member.astype(float) @ (days[:, None] >= times)
    total, n_ended = at_risk.sum(axis=0), ((days[:, None] == times) & events[:, None]).sum(axis=0)
    observed, shares = (member & events).sum(axis=1), at_risk / total
    expected = (shares * n_ended).sum(axis=1)
    weight = n_ended * (total - n_ended) / np.maximum(total - 1, 1)
    variance = np.diag((shares * weight).sum(axis=1)) - (shares * weight) @ shares.T
    gap = (observed - expected)[:-1]
    return observed, expected, float(gap @ np.linalg.pinv(variance[:-1, :-1]) @ gap)


def _checked(durations: Iterable[float], ended: Iterable[bool]) -> tuple[NDArray[Any], NDArray[Any]]:
    days, events = np.asarray(list(durations), dtype=float), np.asarray(list(ended), dtype=bool)
    if len(days) == 0 or len(days) != len(events):
        raise InputError(f"Survival needs one duration and one end each; got {len(days)} durations and {len(events)} ends.")
    if not (np.isfinite(days).all() and (days >= 0).all()):
        wrong = days[~(np.isfinite(days) & (days >= 0))][0]
        raise InputError(f"A duration of {wrong} days is not a length of time. Leave out what has no start or no last day.")
    return days, events


def _times(days: NDArray[Any]) -> list[float]:
    return sorted({0.0, *days.tolist()})


def _log_log(share: float, variance: float, z: float) -> tuple[float, float]:
    if share >= 1 or share <= 0:
        return math.nan, math.nan
    spread = math.exp(z * math.sqrt(variance) / abs(math.log(share)))
    return share**spread, share ** (1 / spread)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
