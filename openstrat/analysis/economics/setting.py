"""What every equation of one option reads: the case's facts, the option's position, the draws and the constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.position import Position
from openstrat.cases.schema import Facts, Relicense


@dataclass(frozen=True)
class Setting:
    """One option over a block of draws; `fte` is the maintainers planned, `fork_probability` the chance that a change is forked."""

    facts: Facts
    position: Position
    draws: Draws
    constants: Mapping[str, float]
    fte: float = 0.0
    relicense: Relicense | None = None
    fork_probability: float = 0.0

    @property
    def moat(self) -> float:
        """What the option leaves of the moat, 0 to 1 (equation 5)."""
        return self.facts.moat * self.position.moat_left
