"""How large or small one figure would have to be for a value to reach zero."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

STEPS = 60
"""Bisections: enough for the precision of a double."""


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
    """Return where a continuous value crosses zero between two figures, by bisection.

    On a ratio scale (both ends above zero) the interval is halved in logarithms.
    """
    at_low, at_high = value(low), value(high)
    if (at_low > 0) == (at_high > 0):
        return BreakEven(None, low, high, at_low, at_high)
    left, right = low, high
    for _ in range(STEPS):
        middle = (left * right) ** 0.5 if low > 0 else (left + right) / 2
        if middle in {left, right}:
            break
        if (value(middle) > 0) == (at_low > 0):
            left = middle
        else:
            right = middle
    return BreakEven((left * right) ** 0.5 if low > 0 else (left + right) / 2, low, high, at_low, at_high)
