"""Scenario discovery: the part of the space of inputs in which the chosen option loses, as a box that can be said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from openstrat.analysis.decision.regret import Floats

PEEL = 0.05
"""Share of the box that one step peels off."""
SMALLEST = 0.05
"""Share of all draws that a box must hold."""
SIGNIFICANT = 0.05
"""A limit stays in the box only when leaving it out would thin the losses more than chance."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Box:
    """Limits on some inputs, as quantiles, between which the chosen option loses more often.

    Attributes
    ----------
    limits : input to its lowest and highest quantile inside the box; empty when no box does better than all draws.
    density : share of the box's draws in which the option loses.
    coverage : share of all losing draws that lie in the box.
    support : share of all draws that lie in the box.
    base_rate : share of all draws in which the option loses.
    """

    limits: Mapping[str, tuple[float, float]]
    density: float
    coverage: float
    support: float
    base_rate: float


def losing_box(quantiles: Mapping[str, Floats], loses: Flags) -> Box:
    """Return a box in which an option loses, found by peeling (Friedman and Fisher, 1999).

    Each step cuts off the twentieth of the box that holds fewest losses. Of all boxes on the way the one with the best product of
    density and coverage is taken; limits that chance explains are dropped.
    """
    base_rate = float(loses.mean())
    if not 0 < base_rate < 1:
        return Box({}, base_rate, 1.0, 1.0, base_rate)
    trail = _peeled(quantiles, loses)
    limits = max(trail, key=lambda box: _merit(_inside(quantiles, box), loses))
    limits = _without_chance(quantiles, loses, limits)
    inside = _inside(quantiles, limits)
    return Box(
        limits=limits,
        density=float(loses[inside].mean()),
        coverage=float((loses & inside).sum() / loses.sum()),
        support=float(inside.mean()),
        base_rate=base_rate,
    )


Limits = dict[str, tuple[float, float]]


def _peeled(quantiles: Mapping[str, Floats], loses: Flags) -> list[Limits]:
    """All boxes on the way from everything to the smallest one."""
    trail: list[Limits] = [{}]
    inside = np.ones(len(loses), dtype=bool)
    while inside.mean() * (1 - PEEL) >= SMALLEST:
        cuts = [cut for name in quantiles for cut in _cuts(quantiles[name][inside], name, trail[-1])]
        scored = [(float(loses[inside & _between(quantiles[name], low, high)].mean()), name, low, high) for name, low, high in cuts]
        if not scored:
            break
        _, name, low, high = max(scored, key=lambda item: item[0])
        smaller = inside & _between(quantiles[name], low, high)
        if smaller.sum() in {0, inside.sum()}:
            break
        inside = smaller
        trail.append({**trail[-1], name: (low, high)})
    return trail


def _cuts(column: Floats, name: str, limits: Limits) -> list[tuple[str, float, float]]:
    low, high = limits.get(name, (0.0, 1.0))
    bottom, top = np.quantile(column, [PEEL, 1 - PEEL])
    return [(name, float(bottom), high), (name, low, float(top))]


def _between(column: Floats, low: float, high: float) -> Flags:
    return np.asarray((column >= low) & (column <= high))


def _inside(quantiles: Mapping[str, Floats], limits: Limits) -> Flags:
    inside = np.ones(len(next(iter(quantiles.values()))), dtype=bool)
    for name, (low, high) in limits.items():
        inside &= _between(quantiles[name], low, high)
    return inside


def _merit(inside: Flags, loses: Flags) -> float:
    return float(loses[inside].mean() * (loses & inside).sum() / loses.sum()) if inside.any() else 0.0


def _without_chance(quantiles: Mapping[str, Floats], loses: Flags, limits: Limits) -> Limits:
    """Drop limits, weakest first, as long as leaving one out does not thin the losses more than chance would."""
    while limits:
        chances = {name: _chance(quantiles, loses, limits, name) for name in limits}
        weakest = max(chances, key=lambda name: chances[name])
        if chances[weakest] <= SIGNIFICANT:
            break
        limits = {name: limit for name, limit in limits.items() if name != weakest}
    return limits


def _chance(quantiles: Mapping[str, Floats], loses: Flags, limits: Limits, name: str) -> float:
    """Chance that the box without one limit would show as many losses as with it (one-sided binomial test)."""
    wider = _inside(quantiles, {other: limit for other, limit in limits.items() if other != name})
    inside = _inside(quantiles, limits)
    return float(binomtest(int(loses[inside].sum()), int(inside.sum()), float(loses[wider].mean()), alternative="greater").pvalue)
