"""What the case would have to be true to survive: the value of each lever at which the option is worth nothing under the clone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from openstrat.analysis.decision.break_even import break_even
from openstrat.analysis.stress.losses import Lever
from openstrat.errors import InputError
from openstrat.terms import Term

N_POINTS = 21
"""Points over the range at which the value is first looked at, so that several crossings are seen."""


class ConditionState(Term):
    """How the case stands to what it would need."""

    HOLDS = "holds", "The case's own value is already on the side that survives."
    SHORT = "short", "The case's own value is on the other side."
    NOT_GIVEN = "not_given", "The case states no value."
    NEVER = "never", "No value in the range makes it survive."
    ALWAYS = "always", "It survives at every value in the range."
    SEVERAL = "several", "The value crosses zero more than once; there is no single threshold."


@dataclass(frozen=True)
class Condition:
    """One break-even: what is needed of a lever, at least or at most, beside what the case has; needed is None without one threshold."""

    lever: Lever
    state: ConditionState
    needed: float | None
    is_at_least: bool
    sentence: str


def survival_conditions(value_given: Callable[..., float], levers: Iterable[Lever]) -> tuple[Condition, ...]:
    """Return for each lever the value at which the option breaks even under the clone, all else as the case has it.

    `value_given` is called with one lever by keyword and returns the option's value, USD million. The range is first looked at in
    21 points, then the crossing is found by halving.

    Raises
    ------
    InputError
        If a range is empty, or a value is not finite.
    """
    return tuple(_condition(value_given, lever) for lever in levers)


def _condition(value_given: Callable[..., float], lever: Lever) -> Condition:
    if not lever.low < lever.high:
        raise InputError(f"{lever.name}: the range {lever.low} to {lever.high} is empty. Give a low end below the high end.")
    points = [float(point) for point in np.linspace(lever.low, lever.high, N_POINTS)]
    worth = [_value(value_given, lever, point) for point in points]
    crossings = [
        (left, right) for (left, first), (right, second) in pairwise(zip(points, worth, strict=True)) if (first >= 0) != (second >= 0)
    ]
    if not crossings:
        state = ConditionState.ALWAYS if worth[0] >= 0 else ConditionState.NEVER
        where = f"value from {_shown(lever, lever.low)} to {_shown(lever, lever.high)}"
        said = f"it survives at every {where}" if state == ConditionState.ALWAYS else f"no {where} makes it survive on its own"
        return Condition(lever, state, None, True, f"{_capital(lever.label)}: {said}.")
    if len(crossings) > 1:
        between = f"{_shown(lever, lever.low)} and {_shown(lever, lever.high)}"
        sentence = f"{_capital(lever.label)}: the value crosses zero {len(crossings)} times between {between}."
        return Condition(lever, ConditionState.SEVERAL, None, True, sentence)
    rises = worth[-1] >= 0
    return _judged(lever, _crossing(value_given, lever, crossings[0]), rises)


def _crossing(value_given: Callable[..., float], lever: Lever, between: tuple[float, float]) -> float:
    for end in between:
        if _value(value_given, lever, end) == 0:
            return end
    found = break_even(lambda point: _value(value_given, lever, point), *between)
    return between[1] if found.needed is None else found.needed


def _judged(lever: Lever, needed: float, rises: bool) -> Condition:
    bound = f"{'at least' if rises else 'at most'} {_shown(lever, needed)}"
    if lever.given is None:
        return Condition(
            lever, ConditionState.NOT_GIVEN, needed, rises, f"{_capital(lever.label)}: {bound} is needed; the case gives none."
        )
    holds = lever.given >= needed if rises else lever.given <= needed
    has = f"the case has {_shown(lever, lever.given)}"
    if holds:
        return Condition(lever, ConditionState.HOLDS, needed, rises, f"{_capital(lever.label)}: {bound} is needed, and {has}.")
    return Condition(lever, ConditionState.SHORT, needed, rises, f"{_capital(lever.label)}: {bound} is needed, but {has}.")


def _shown(lever: Lever, value: float) -> str:
    """Return a value of a lever with its unit, in two or three digits."""
    return f"{100 * value:.3g}%" if lever.unit == "share" else f"{value:.2g}"


def _value(value_given: Callable[..., float], lever: Lever, point: float) -> float:
    value = float(value_given(**{lever.name: point}))
    if not np.isfinite(value):
        raise InputError(f"{lever.name} = {point:g}: the value is {value}, not a number. Narrow the range.")
    return value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
