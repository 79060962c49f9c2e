"""Open, decide or hold: each layer of a case by what it does for adoption and for revenue (concepts LY0 to LY3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openstrat.cases.schema import Case, LayerFacts
from openstrat.terms import Layer, Stance

LITTLE_REVENUE = 0.05
"""A layer with at most this share of willingness to pay can be opened without a price (assumption)."""
MUCH_REVENUE = 0.15
"""A layer with at least this share that earns more than it attracts pays for the rest (assumption)."""

MUCH_MOAT = 0.25
"""A paid layer with at least this share of the moat is held (assumption)."""


@dataclass(frozen=True)
class LayerReading:
    """One layer of a case: the general default, what this case's facts say, and why."""

    layer: Layer
    default: Stance
    stance: Stance
    adoption_share: float
    revenue_share: float
    moat_share: float
    reason: str
    plan: str | None

    @property
    def moved(self) -> bool:
        """Whether the case's facts move the layer away from the general default."""
        return self.stance != self.default

    @property
    def contradicts_plan(self) -> bool:
        """Whether the organization plans the opposite of what its own facts say."""
        return (self.plan, self.stance) in {("open", Stance.HOLD), ("hold", Stance.OPEN)}


def read_layers(case: Case, defaults: Mapping[str, str]) -> list[LayerReading]:
    """Return one reading for each layer of a case, in stack order.

    Parameters
    ----------
    case
        The checked case; adoption weights are scaled to add up to 1.
    defaults
        Layer to general stance (`open`, `decide`, `hold`), from the layers table.
    """
    total = sum(facts.adoption_weight for facts in case.layers.values()) or 1.0
    return [_read(layer, case.layers[layer], total, Stance(defaults[layer])) for layer in Layer if layer in case.layers]


def _read(layer: Layer, facts: LayerFacts, total: float, default: Stance) -> LayerReading:
    adoption = facts.adoption_weight / total
    stance, reason = stance_from_facts(adoption, facts.revenue_share, facts.moat_share)
    return LayerReading(layer, default, stance, adoption, facts.revenue_share, facts.moat_share, reason, facts.plan)


def stance_from_facts(adoption_share: float, revenue_share: float, moat_share: float = 0.0) -> tuple[Stance, str]:
    """Return the stance that the shares of one layer lead to, and the reason in a sentence.

    Open what drives adoption, hold what drives revenue; in between the two effects must be weighed (LY0, LY3).
    The three cut-offs are assumptions: `LITTLE_REVENUE`, `MUCH_REVENUE` and `MUCH_MOAT`.
    """
    if moat_share >= MUCH_MOAT and revenue_share > LITTLE_REVENUE:
        return Stance.HOLD, f"It carries {moat_share:.0%} of the moat and {revenue_share:.0%} of what customers pay for."
    if revenue_share >= MUCH_REVENUE and revenue_share >= adoption_share:
        return (
            Stance.HOLD,
            f"It earns more ({revenue_share:.0%} of willingness to pay) than it attracts ({adoption_share:.0%} of adoption).",
        )
    if revenue_share > 0 and adoption_share == 0:
        return Stance.HOLD, f"It carries {revenue_share:.0%} of what customers pay for and draws nobody in."
    if adoption_share == 0:
        return Stance.DECIDE, "The case gives it neither adoption nor revenue: state what opening it is for."
    if revenue_share <= LITTLE_REVENUE:
        return (
            Stance.OPEN,
            f"It draws people in ({adoption_share:.0%} of adoption) and carries {revenue_share:.0%} of what customers pay for.",
        )
    return Stance.DECIDE, (
        f"It draws people in ({adoption_share:.0%} of adoption) and is paid for ({revenue_share:.0%}): "
        "open it only if the paid layers gain more than this one loses."
    )
