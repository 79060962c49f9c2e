"""What the rules of one question find, and the phrases they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from openstrat.analysis.strategy import checklist_words as words
from openstrat.analysis.strategy.checklist_records import ChecklistFacts
from openstrat.terms import Layer


@dataclass(frozen=True)
class Problem:
    """What speaks against an answer, the move that mends it, and the field it speaks of."""

    reason: str
    fix: str
    field: str


@dataclass
class Reading:
    """What one question's rules found."""

    is_missing: bool
    ask: str
    first_field: str
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_applied: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    def need(self, holds: bool, reason: str, fix: str, place: str) -> None:
        """Take down a problem unless the rule holds."""
        if not holds:
            self.problems.append(Problem(reason, fix, place))

    def note(self, applies: bool, text: str) -> None:
        """Take down a weak spot that does not count."""
        if applies:
            self.notes.append(text)


def opened_in(text: str, facts: ChecklistFacts) -> list[Layer]:
    """Return the opened layers that a phrase reads like."""
    return [layer for layer in words.layers_in(text) if layer in facts.opened_layers]


def quoted(texts: Iterable[str]) -> str:
    """Return phrases in quotes."""
    return ", ".join(f"'{text}'" for text in texts)


def listed_layers(layers: Iterable[Layer]) -> str:
    """Return layers by name."""
    return " and ".join(f"the layer {layer.label}" for layer in layers)


def percent(share: float) -> str:
    """Return a share in percent with at most three digits: '2.45%'."""
    return f"{100 * share:.3g}%"


def money(value: float) -> str:
    """Return USD million with a sign that cannot be overlooked."""
    return f"{'minus ' if value < 0 else ''}USD {abs(value):,.1f}m"
