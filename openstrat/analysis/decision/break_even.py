"""How large or small one figure would have to be for a value to reach zero."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy.optimize import brentq

PRECISION = 1e-10
"""Of the figure sought, absolute on its logarithm where both ends are above zero."""


@dataclass(frozen=True)
class BreakEven:
    """The figure at which a value crosses zero between `low` and `high`; `needed` is None when it does not cross there.

    `rises` says whether the value rises with the figure, None when both ends lie on the same side.
    """

    needed: float | None
    low: float
    high: float
    value_at_low: float
    value_at_high: float

    @property
    def rises(self) -> bool | None:
        """Whether the value rises with the figure."""
        return None if self.needed is None else self.value_at_high > self.value_at_low


def break_even(value: Callable[[float], float], low: float, high: float) -> BreakEven:
    """Return where a continuous value crosses zero between two figures, by Brent's method.

    On a ratio scale (both ends above zero) the search runs over logarithms.
    """
    at_low, at_high = value(low), value(high)
    if (at_low > 0) == (at_high > 0):
        return BreakEven(None, low, high, at_low, at_high)
    scale, back = (math.log, math.exp) if low > 0 else (float, float)
    ends = {scale(low): at_low, scale(high): at_high}
    found = brentq(lambda place: ends[place] if place in ends else value(back(place)), *ends, xtol=PRECISION)
    return BreakEven(float(back(found)), low, high, at_low, at_high)
