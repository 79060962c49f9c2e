"""Conditions with a threshold: what is needed, what the case gives, and how far the one is from the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openstrat.analysis.strategy.finding import Answer

NOT_GIVEN = "not given"
YES_OR_NO = ("yes", "no")
PLACES = 9
"""Decimals kept when a figure is held against its threshold, so that .1 + .2 meets .3."""


@dataclass(frozen=True)
class Criterion:
    """One condition: met, not met, or not known (None).

    `ratio` is how far the figure reaches toward its threshold: 1 meets it, above 1 is better; None for yes-or-no conditions and
    where the figure is missing. `ask` is the fact that would decide it.
    """

    name: str
    is_met: bool | None
    given: str
    needed: str
    ask: str
    ratio: float | None = None

    @property
    def answer(self) -> Answer:
        """The condition as an answer."""
        return Answer.UNKNOWN if self.is_met is None else Answer.YES if self.is_met else Answer.NO

    @property
    def sentence(self) -> str:
        """The condition in words: what is given against what is needed."""
        return f"{self.name}: {self.given}." if self.needed in YES_OR_NO else f"{self.name}: {self.given}, needed {self.needed}."


def as_percent(value: float) -> str:
    """Return a share as text: '38%', '0.4%'."""
    return f"{value:.0%}" if value >= 0.01 or value == 0 else f"{value:.1%}"


def in_unit(value: float, unit: str) -> str:
    """Return a figure with its unit: '38%' for the unit 'share', '12 months'."""
    if unit == "share":
        return as_percent(value)
    return f"{value:g} {unit[:-1] if value == 1 and unit.endswith('s') else unit}".strip()


def at_least(name: str, value: float | None, threshold: float, unit: str, ask: str, *, more_than: bool = False) -> Criterion:
    """Return the condition that a figure reaches a threshold, or exceeds it with `more_than`."""
    needed = f"{'more than' if more_than else 'at least'} {in_unit(threshold, unit)}"
    if value is None:
        return Criterion(name, None, NOT_GIVEN, needed, ask)
    kept = round(value, PLACES)
    met = kept > threshold if more_than else kept >= threshold
    return Criterion(name, met, in_unit(value, unit), needed, ask, value / threshold if threshold else None)


def at_most(name: str, value: float | None, threshold: float, unit: str, ask: str) -> Criterion:
    """Return the condition that a figure does not exceed a threshold; its ratio grows as the figure falls."""
    needed = f"at most {in_unit(threshold, unit)}"
    if value is None:
        return Criterion(name, None, NOT_GIVEN, needed, ask)
    ratio = threshold / value if value else None
    return Criterion(name, round(value, PLACES) <= threshold, in_unit(value, unit), needed, ask, ratio)


def holds(name: str, value: bool | None, ask: str, *, wanted: bool = True, given: str = "") -> Criterion:
    """Return a yes-or-no condition; `given` overrides the words 'yes' and 'no'."""
    words = NOT_GIVEN if value is None else given or ("yes" if value else "no")
    return Criterion(name, None if value is None else value == wanted, words, "yes" if wanted else "no", ask)


def any_met(criteria: Sequence[Criterion]) -> bool | None:
    """Return whether at least one condition is met; unknown while one that is not known could still meet it."""
    states = [criterion.is_met for criterion in criteria]
    return True if True in states else None if None in states else False


def asks_of(criteria: Sequence[Criterion]) -> tuple[str, ...]:
    """Return what would decide the conditions that are not known, once each."""
    return tuple(dict.fromkeys(criterion.ask for criterion in criteria if criterion.is_met is None))


def evidence_of(criteria: Sequence[Criterion]) -> tuple[str, ...]:
    """Return a sentence for each condition that is known."""
    return tuple(criterion.sentence for criterion in criteria if criterion.is_met is not None)
