"""What opening does to moats: a moat that a layer carries dies when the layer is opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from openstrat.analysis.strategy.moats import MoatTest
from openstrat.cases.schema import Case
from openstrat.terms import Layer


@dataclass(frozen=True)
class MoatLoss:
    """What one option does to one moat: the layers that carry it and are opened, and those that the case does not describe."""

    option: str
    concept_id: str
    opened: tuple[Layer, ...]
    carriers: tuple[Layer, ...]
    is_absent: bool = False

    @property
    def dies(self) -> bool:
        """Whether the option opens a layer that carries the moat."""
        return bool(self.opened)


def moats_lost(case: Case, carriers: Mapping[str, Collection[Layer]], tests: Sequence[MoatTest]) -> tuple[MoatLoss, ...]:
    """Return what each option does to each moat; `carriers` are the layers whose opening ends a moat, by concept id.

    A moat whose test gives 0 is absent: it cannot be lost.
    """
    losses = []
    for option in case.options:
        opened = case.opened_layers(option)
        for test in tests:
            layers = tuple(layer for layer in carriers.get(test.concept_id, ()) if layer in case.layers)
            lost = tuple(layer for layer in layers if layer in opened)
            losses.append(MoatLoss(option, test.concept_id, lost, layers, is_absent=test.score == 0))
    return tuple(losses)


def untested_carriers(case: Case, carriers: Mapping[str, Collection[Layer]]) -> tuple[Layer, ...]:
    """Return layers that carry a moat by the case's own shares but are carriers of none of the moats that the case names."""
    tested = {layer for concept_id in case.moats for layer in carriers.get(concept_id, ())}
    return tuple(layer for layer, facts in case.layers.items() if facts.moat_share > 0 and layer not in tested)
