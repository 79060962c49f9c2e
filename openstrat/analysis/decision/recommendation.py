"""Which option to take, by a rule that calls a tie a tie (economics, section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from openstrat.analysis.decision.regret import Values, payoff_table, regret_table, standard_error

NOISE = 2.0
"""Differences below this many standard errors of the paired draws are noise."""


@dataclass(frozen=True)
class Recommendation:
    """The option taken and the reason.

    Attributes
    ----------
    option : the recommended option.
    tie : options whose mean cannot be told from the best one, in rising order of mean regret; one name when there is no tie.
    near : options that stayed in the choice because their mean is close to the best.
    scale : what shares of a difference are taken of: the larger of the best mean's size and the spread of the means.
    decided_by : 'worst regret' over the named futures, or 'reversibility' when that is equal too.
    reason : the choice in a sentence.
    """

    option: str
    tie: tuple[str, ...]
    near: tuple[str, ...]
    scale: float
    decided_by: str
    reason: str

    @property
    def is_tie(self) -> bool:
        """Whether several options have the best mean as far as the draws can tell."""
        return len(self.tie) > 1


def recommend(
    values: Values, futures: Mapping[str, Values], openness: Mapping[str, float], *, near_share: float, tie_share: float
) -> Recommendation:
    """Return the option with the least worst regret over the futures, among those whose mean is near the best.

    Parameters
    ----------
    values, futures : value of each option in each draw, as drawn and in each named future.
    openness : how much each option opens; the smaller one is easier to reverse, since what is closed can be opened later.
    near_share : options whose mean lies within this share of the scale from the best stay in the choice.
    tie_share : means closer than this share of the scale, or than the noise, are a tie.

    Notes
    -----
    The scale is the larger of the best mean's size and the spread of the means: a share of the best mean alone says nothing when
    that mean is near zero.
    """
    means = {name: float(given.mean()) for name, given in values.items()}
    best = max(means, key=lambda name: means[name])
    scale = max(abs(means[best]), means[best] - min(means.values()))
    gaps = {name: means[best] - mean for name, mean in means.items()}
    tolerance = {name: max(tie_share * scale, NOISE * _error(values, best, name)) for name in values}
    tie = tuple(name for name in sorted(gaps, key=lambda name: gaps[name]) if gaps[name] <= tolerance[name])
    near = tuple(name for name in sorted(gaps, key=lambda name: gaps[name]) if gaps[name] <= max(near_share * scale, tolerance[name]))
    worst = regret_table(payoff_table(futures)).max(axis=0)
    least = min(near, key=lambda name: worst[name])
    noise = {name: NOISE * max(_error(drawn, least, name) for drawn in futures.values()) for name in near}
    equal = [name for name in near if worst[name] - worst[least] <= noise[name]]
    option = min(equal, key=lambda name: (openness[name], worst[name]))
    decides = len(equal) > 1 and len({openness[name] for name in equal}) > 1
    decided_by = "reversibility" if decides else "worst regret"
    return Recommendation(option, tie, near, scale, decided_by, _reason(option, tie, near, decided_by))


def _error(values: Values, first: str, second: str) -> float:
    return 0.0 if first == second else standard_error(values[first], values[second])


def _reason(option: str, tie: tuple[str, ...], near: tuple[str, ...], decided_by: str) -> str:
    """Say in a sentence why the option was taken."""
    if len(near) == 1:
        return f"{_shown(option)} has the best mean, and no other option comes near it."
    worst = "the least regret in its worst named future"
    if decided_by == "reversibility":
        rest = f"the worst regrets are equal within noise, and {_shown(option)} is easier to reverse, since it opens less"
    else:
        rest = f"among the {len(near)} options near the best, {_shown(option)} has {worst}"
    if len(tie) > 1:
        return f"The means of {_listed(tie)} are a tie; {rest}."
    if option == tie[0] and decided_by == "worst regret":
        return f"{_shown(option)} has the best mean, and {worst} of the {len(near)} options near it."
    return f"{_shown(tie[0])} has the best mean; {rest}."


def _shown(option: str) -> str:
    return option.replace("_", " ")


def _listed(options: tuple[str, ...]) -> str:
    shown = [_shown(option) for option in options]
    return ", ".join(shown[:-1]) + " and " + shown[-1]


def summary_statistics(given: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> dict[str, float]:
    """Return mean, 5th, 50th and 95th percentile of a distribution."""
    low, middle, high = np.percentile(given, [5, 50, 95])
    return {"p5": float(low), "p50": float(middle), "p95": float(high), "mean": float(given.mean())}
