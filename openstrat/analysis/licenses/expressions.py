"""License expressions, and where they put a work on the openness spectrum."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.expression_grammar import Combination, Expression, LicenseUse, Operator, parse_expression
from openstrat.analysis.licenses.placement import DECIDING_COLUMNS, Ground, Placement, place_license
from openstrat.errors import InputError
from openstrat.terms import AssetType, Confidence, OpennessLevel, Restriction

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Combination",
    "Expression",
    "ExpressionPlacement",
    "LicenseUse",
    "Operator",
    "license_ids",
    "parse_expression",
    "place_expression",
]

MAX_ALTERNATIVES = 1000

OPENNESS = [
    OpennessLevel.FULLY_OPEN,
    OpennessLevel.UNDETERMINED,
    OpennessLevel.OPEN_WEIGHTS,
    OpennessLevel.SOURCE_AVAILABLE,
    OpennessLevel.CLOSED,
]
"""From what may be most open to closed: the first counts among alternatives, the last among terms that all bind."""


@dataclass(frozen=True)
class ExpressionPlacement:
    """Position of one kind of asset under an expression.

    `chosen` are the licenses of the alternative that counts; restrictions, unknown cells, confidence (the weakest) and sources are
    theirs. `placements` holds every license of the expression by itself. `notes` say how names were read that are no identifiers.
    """

    level: OpennessLevel
    asset: AssetType
    expression: str
    chosen: tuple[str, ...]
    placements: tuple[Placement, ...]
    restrictions: tuple[Ground, ...]
    unknown: tuple[str, ...]
    reason: str
    confidence: Confidence | None
    source_ids: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Alternative:
    """Licenses that bind together, and what they come to."""

    uses: tuple[LicenseUse, ...]
    placements: tuple[Placement, ...]

    @property
    def level(self) -> OpennessLevel:
        return max((placement.level for placement in self.placements), key=OPENNESS.index)

    @property
    def name(self) -> str:
        return " AND ".join(map(str, self.uses))


def license_ids(expression: Expression) -> tuple[str, ...]:
    """Return the licenses of an expression, each once, in order; exceptions are left out."""
    return tuple(dict.fromkeys(use.license_id for use in _uses(expression.tree)))


def place_expression(
    expression: str, asset: AssetType, terms: pd.DataFrame, licenses: pd.DataFrame, aliases: pd.DataFrame
) -> ExpressionPlacement:
    """Return the spectrum position of an asset that is delivered under a license expression.

    OR: the taker chooses, so the most open alternative counts; where one alternative could be more open than any known one, the
    position is undetermined. AND: all terms bind, so the restrictions add up and the most restrictive level counts, undetermined
    if nothing restricts and something is unknown. WITH: SPDX's exceptions only add permissions, so the license alone bounds the
    answer from above: it may ask for less than stated here, never for more. `+`: the version named can always be taken.

    Raises
    ------
    InputError
        As `parse_expression`; also above 1,000 alternatives.
    """
    parsed = parse_expression(expression, licenses, aliases)
    if _count(parsed.tree) > MAX_ALTERNATIVES:
        raise InputError(f"License expression with {_count(parsed.tree):,} alternatives; at most {MAX_ALTERNATIVES:,}. Place its parts.")
    placed = {item: place_license(item, asset, terms, licenses) for item in license_ids(parsed)}
    sets = dict.fromkeys(tuple(dict.fromkeys(uses)) for uses in _alternatives(parsed.tree))
    alternatives = [_Alternative(uses, tuple(placed[use.license_id] for use in uses)) for uses in sets]
    best = min(alternatives, key=_rank)
    bound = tuple(dict.fromkeys(best.placements))
    unknown = {column for placement in bound for column in placement.unknown}
    return ExpressionPlacement(
        level=best.level,
        asset=asset,
        expression=parsed.normalized,
        chosen=tuple(dict.fromkeys(use.license_id for use in best.uses)),
        placements=tuple(placed.values()),
        restrictions=_union(bound),
        unknown=() if best.level == OpennessLevel.CLOSED else tuple(column for column in DECIDING_COLUMNS if column in unknown),
        reason=_reason(best, alternatives, asset),
        confidence=max((item.confidence for item in bound if item.confidence), key=list(Confidence).index, default=None),
        source_ids=tuple(dict.fromkeys(source for placement in bound for source in placement.source_ids)),
        notes=parsed.notes,
    )


def _uses(tree: LicenseUse | Combination) -> Iterator[LicenseUse]:
    if isinstance(tree, LicenseUse):
        yield tree
        return
    for part in tree.parts:
        yield from _uses(part)


def _count(tree: LicenseUse | Combination) -> int:
    if isinstance(tree, LicenseUse):
        return 1
    counts = [_count(part) for part in tree.parts]
    return sum(counts) if tree.operator is Operator.OR else math.prod(counts)


def _alternatives(tree: LicenseUse | Combination) -> list[tuple[LicenseUse, ...]]:
    """Return every set of licenses that the taker can settle on."""
    if isinstance(tree, LicenseUse):
        return [(tree,)]
    parts = [_alternatives(part) for part in tree.parts]
    if tree.operator is Operator.OR:
        return [uses for part in parts for uses in part]
    return [tuple(itertools.chain.from_iterable(choice)) for choice in itertools.product(*parts)]


def _rank(alternative: _Alternative) -> tuple[int, int, int]:
    """Most open first; then fewest restrictions, then fewest unknown cells, then as written."""
    restrictions = {ground.restriction for placement in alternative.placements for ground in placement.restrictions}
    unknown = {column for placement in alternative.placements for column in placement.unknown}
    return OPENNESS.index(alternative.level), len(restrictions), len(unknown)


def _union(placements: Sequence[Placement]) -> tuple[Ground, ...]:
    """Return the restrictions of terms that bind together; where several licenses bind, each clause names its license."""
    if len(placements) == 1:
        return placements[0].restrictions
    grounds = [(placement.license_id, ground) for placement in placements for ground in placement.restrictions]
    merged = []
    for restriction in Restriction:
        found = [(license_id, ground) for license_id, ground in grounds if ground.restriction is restriction]
        cells = tuple(dict.fromkeys(cell for _, ground in found for cell in ground.cells))
        evidence = " ".join(f"{license_id}: {ground.clause}" for license_id, ground in found)
        merged += [Ground(restriction, cells, "", evidence)] if found else []
    return tuple(merged)


def _reason(best: _Alternative, alternatives: Sequence[_Alternative], asset: AssetType) -> str:
    """Say which alternative counts and why, then what it comes to."""
    said = []
    others = [item for item in alternatives if item is not best]
    if others:
        listed = ", ".join(f"{item.name}: {item.level.label}" for item in others)
        said.append(f"The taker chooses, and {best.name} is {_standing(best, others)} ({listed}).")
    if len(best.placements) == 1:
        said.append(best.placements[0].reason)
    else:
        each = "; ".join(f"{item.license_id}: {_says(item)}" for item in dict.fromkeys(best.placements))
        said.append(f"All of {best.name} bind the {asset.label}. {each}.")
    if any(use.exception for use in best.uses):
        said.append("The exception only adds permissions: the license alone says the most that is asked.")
    if any(use.is_or_later for use in best.uses):
        said.append("A later version may be taken instead; the version named is what counts here.")
    return " ".join(said)


def _standing(best: _Alternative, others: Sequence[_Alternative]) -> str:
    if best.level == OpennessLevel.UNDETERMINED:
        return "not known well enough to rule out that it is the most open"
    is_shared = best.level != OpennessLevel.FULLY_OPEN and any(item.level == best.level for item in others)
    return "as open as any, with the fewest restrictions" if is_shared else "the most open"


def _says(placement: Placement) -> str:
    """What one license contributes to a combination, in a few words."""
    found = ", ".join(ground.restriction.label for ground in placement.restrictions)
    if placement.level == OpennessLevel.UNDETERMINED:
        return f"no restriction is known, {len(placement.unknown)} cells are not"
    return f"{placement.level.label}{f' ({found})' if found else ''}"
