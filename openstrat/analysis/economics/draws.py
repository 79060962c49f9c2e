"""Draws of the uncertain inputs, the same for every option, so that differences between options are not noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from scipy.special import ndtr, ndtri

from openstrat.analysis.economics.ranges import Floats, InputRange
from openstrat.cases.schema import Correlation
from openstrat.errors import CaseError

EDGE = 1e-6
"""Quantiles keep this distance from 0 and 1 when a future pins them."""


@dataclass(frozen=True)
class Draws:
    """Values and quantiles of every input by name; each array holds one entry a draw. Pricing needs the values only."""

    ranges: Mapping[str, InputRange]
    quantiles: Mapping[str, Floats]
    values: Mapping[str, Floats]

    @property
    def n(self) -> int:
        """Number of draws."""
        return len(next(iter(self.values.values())))

    def __getitem__(self, name: str) -> Floats:
        """Return the values of one input."""
        return self.values[name]

    def with_value(self, name: str, value: float) -> Draws:
        """Return the draws with one input fixed at a value, inside its range or not."""
        return Draws(self.ranges, self.quantiles, {**self.values, name: np.full(self.n, value)})

    def scaled(self, name: str, factor: float) -> Draws:
        """Return the draws with one input multiplied by a factor."""
        return Draws(self.ranges, self.quantiles, {**self.values, name: self.values[name] * factor})


def from_quantiles(ranges: Mapping[str, InputRange], quantiles: Mapping[str, Floats]) -> Draws:
    """Return the draws at given quantiles (arrays of equal length, 0 to 1, one for every input)."""
    return Draws(ranges, quantiles, {name: item.at(quantiles[name]) for name, item in ranges.items()})


def draw(ranges: Mapping[str, InputRange], *, n: int, seed: int, correlations: Sequence[Correlation] = ()) -> Draws:
    """Return `n` draws of every input.

    Each input has a stream of its own, made from the seed and its name: a new input leaves the draws of the others as they were.
    Correlated inputs are tied by a Gaussian copula; all others are independent.

    Raises
    ------
    CaseError
        If no set of draws can have the given correlations at once.
    """
    quantiles = {name: np.random.default_rng([seed, crc32(name.encode())]).random(n) for name in ranges}
    return from_quantiles(ranges, _correlated(quantiles, correlations))


def pinned(draws: Draws, pins: Mapping[str, float], *, jitter: float) -> Draws:
    """Return the draws of a named future: pinned inputs lie within `jitter` of a quantile, the others stay as drawn."""
    quantiles = dict(draws.quantiles)
    for name, center in pins.items():
        quantiles[name] = np.clip(center + (draws.quantiles[name] - 0.5) * 2 * jitter, EDGE, 1 - EDGE)
    moved = {name: draws.ranges[name].at(quantiles[name]) for name in pins}
    return Draws(draws.ranges, quantiles, {**draws.values, **moved})


def _correlated(quantiles: dict[str, Floats], correlations: Sequence[Correlation]) -> dict[str, Floats]:
    if not correlations:
        return quantiles
    names = list(dict.fromkeys(name for item in correlations for name in (item.first, item.second)))
    matrix = np.eye(len(names))
    for item in correlations:
        first, second = names.index(item.first), names.index(item.second)
        matrix[first, second] = matrix[second, first] = item.value
    try:
        factor = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        raise CaseError(
            f"correlations: {', '.join(names)} cannot all be correlated as given. Lower the values, or leave a pair out."
        ) from None
    normal = factor @ ndtri(np.vstack([quantiles[name] for name in names]))
    return {**quantiles, **dict(zip(names, ndtr(normal), strict=True))}
