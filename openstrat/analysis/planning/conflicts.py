"""Where openness and money pull against each other: layers that pay, layers that carry the moat, plans that say the opposite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openstrat.analysis.planning.candidates import Families
from openstrat.analysis.strategy.layer_map import LITTLE_REVENUE, MUCH_MOAT, MUCH_REVENUE, LayerReading
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.cases.schema import CLOSED
from openstrat.terms import Layer, Stance, Term


class ConflictKind(Term):
    """What pulls against opening, or against holding."""

    PAYS = "pays", "This layer pays for you: what is opened here is what customers pay for."
    GUARDS = "guards", "This layer guards you: it carries the moat."
    PLAN = "plan", "The plan says the opposite of the case's own figures."
    UNUSED = "unused", "This layer draws people in, nobody pays for it, and it is held."


@dataclass(frozen=True)
class Conflict:
    """One conflict: the layer, what it is, in a sentence, and the options of the case that run into it."""

    layer: Layer
    kind: ConflictKind
    sentence: str
    options: tuple[str, ...]


def conflicts_of(readings: Sequence[LayerReading], options: Mapping[str, Families], taken: Families) -> tuple[Conflict, ...]:
    """Return the conflicts of a case, those of the best paid layer first.

    Parameters
    ----------
    readings
        What the case's figures say of each layer.
    options
        Family of each layer under each option.
    taken
        Family of each layer in the combination that is recommended.

    Notes
    -----
    A layer pays from `MUCH_REVENUE` of willingness to pay and guards from `MUCH_MOAT` of the moat; up to `LITTLE_REVENUE` counts as
    unpaid. All three are assumptions of rules LY0 and LY3.
    """
    found = [conflict for reading in readings for conflict in _of_layer(reading, options, taken)]
    paid = {reading.layer: reading.revenue_share for reading in readings}
    return tuple(sorted(found, key=lambda item: (list(ConflictKind).index(item.kind), -paid[item.layer])))


def _of_layer(reading: LayerReading, options: Mapping[str, Families], taken: Families) -> list[Conflict]:
    layer, name = reading.layer, layer_name(reading.layer, starts=True)
    opened = tuple(option for option, families in options.items() if families.get(layer, CLOSED) != CLOSED)
    held = tuple(option for option in options if option not in opened)
    is_taken = taken.get(layer, CLOSED) != CLOSED
    found = []
    if reading.revenue_share >= MUCH_REVENUE and (opened or is_taken):
        moat = f" and {reading.moat_share:.0%} of the moat" if reading.moat_share else ""
        what = f"In {layer_name(layer)} lies {reading.revenue_share:.0%} of what customers pay for{moat}"
        found.append(Conflict(layer, ConflictKind.PAYS, f"{what}, against {reading.adoption_share:.0%} of adoption.", opened))
    elif reading.moat_share >= MUCH_MOAT and (opened or is_taken):
        sentence = f"In {layer_name(layer)} lies {reading.moat_share:.0%} of the moat; what an opened layer carries is gone."
        found.append(Conflict(layer, ConflictKind.GUARDS, sentence, opened))
    if reading.contradicts_plan:
        found.append(Conflict(layer, ConflictKind.PLAN, f"{name}: the plan is to {reading.plan} it. {reading.reason}", ()))
    if reading.stance is Stance.OPEN and reading.revenue_share <= LITTLE_REVENUE and not opened:
        sentence = f"{name}: {reading.adoption_share:.0%} of adoption, hardly paid for, and no option of the case opens it."
        found.append(Conflict(layer, ConflictKind.UNUSED, sentence, held))
    return found
