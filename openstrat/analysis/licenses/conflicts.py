"""Where licenses that are used together in one work contradict each other: both clauses, why, and what would resolve it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.compatibility import (
    WHOLE_WORK,
    Compatibility,
    Side,
    included_under,
    side_of,
)
from openstrat.analysis.licenses.duties import name_prefix
from openstrat.analysis.licenses.findings import TermClause, Verdict, clause_of, values_of
from openstrat.analysis.licenses.relicensing import train_on_outputs
from openstrat.tables.license_vocabulary import ChangedVersions, NamingDuty
from openstrat.terms import AssetType, Restriction, Term

if TYPE_CHECKING:
    import pandas as pd


class ConflictKind(Term):
    """What kind of contradiction it is."""

    NAME_PREFIXES = "name_prefixes", "Each asks that names of derived models start with its own word."
    TWO_COPYLEFTS = "two_copylefts", "Each asks that the whole goes out under its own terms."
    COPYLEFT_AGAINST_LIMITS = "copyleft_against_limits", "One asks that the whole is free to use under its terms, the other limits use."
    COPYLEFT_AGAINST_TERMS = "copyleft_against_terms", "One lets nobody add terms, the other brings some."
    NO_DERIVATIVES = "no_derivatives", "One bars changed versions or passing them on, and one work made of several is a changed version."
    OUTPUT_USE = "output_use", "Outputs that the work was trained on may not train it, or not under that license."


@dataclass(frozen=True)
class Conflict:
    """One contradiction between licenses.

    `verdict` is no for a contradiction, depends where it is one in some situations only, and unknown where a blank cell or
    a clause that was not looked up would decide.
    """

    kind: ConflictKind
    verdict: Verdict
    clauses: tuple[TermClause, ...]
    why: str
    resolves: str

    @property
    def license_ids(self) -> tuple[str, ...]:
        """The licenses that contradict each other."""
        return tuple(dict.fromkeys(clause.license_id for clause in self.clauses))


SEPARATE = "Keep the parts apart, each under its own license, replace one of them, or ask its licensor for other terms."


def conflicts_between(
    license_ids: Sequence[str],
    terms: pd.DataFrame,
    *,
    asset: AssetType,
    output_license_ids: Sequence[str] = (),
    compatibility_clauses: pd.DataFrame | None = None,
) -> tuple[Conflict, ...]:
    """Return the contradictions of licenses whose works become one work of the kind `asset`.

    `output_license_ids` are licenses of models whose outputs it was trained on. See `obligations.combine`.

    Raises
    ------
    UnknownNameError
        If the terms of one of the licenses were not read.
    """
    sides = [side_of(item, terms) for item in dict.fromkeys(license_ids)]
    found: list[Conflict] = []
    for first, second in combinations(sides, 2):
        found += _no_derivatives(first, second)
        if asset is AssetType.WEIGHTS:
            found += _prefixes(first, second)
        forth = included_under(first.license_id, second.license_id, terms, compatibility_clauses)
        back = included_under(second.license_id, first.license_id, terms, compatibility_clauses)
        found += _whole(first, second, forth, back)
    for source in output_license_ids:
        for side in sides:
            found += _outputs(source, side, terms)
    return tuple(found)


def _no_derivatives(first: Side, second: Side) -> Iterator[Conflict]:
    for side, other in ((first, second), (second, first)):
        clauses = clause_of(side.row, "derivatives"), clause_of(other.row, "derivatives")
        if side.has("derivatives", ChangedVersions.PRIVATE):
            why = f"{side.license_id} keeps changed versions private; one work made of it and of {other.license_id} parts is one."
            yield Conflict(
                ConflictKind.NO_DERIVATIVES, Verdict.DEPENDS, clauses, why, f"Keep the result to yourself. Otherwise: {SEPARATE}"
            )
        elif side.has("derivatives", ChangedVersions.NO):
            why = f"{side.license_id} bars changed versions; one work made of it and of {other.license_id} parts is one."
            yield Conflict(ConflictKind.NO_DERIVATIVES, Verdict.NO, clauses, why, SEPARATE)
        elif not values_of(side.row, "derivatives"):
            why = f"Not known: whether {side.license_id} allows changed versions."
            yield Conflict(ConflictKind.NO_DERIVATIVES, Verdict.UNKNOWN, clauses, why, "Read the text on changed versions.")


def _prefixes(first: Side, second: Side) -> Iterator[Conflict]:
    asks = [side.has("naming", NamingDuty.MODEL_NAME_PREFIX) for side in (first, second)]
    silent = [side for side in (first, second) if not values_of(side.row, "naming")]
    clauses = clause_of(first.row, "naming"), clause_of(second.row, "naming")
    if all(asks):
        one, two = name_prefix(first.row), name_prefix(second.row)
        if one is None or two is None:
            why = "Both ask for a word at the start of the name; which word is not recorded for both."
            yield Conflict(ConflictKind.NAME_PREFIXES, Verdict.UNKNOWN, clauses, why, "Read both texts on names of derived models.")
        elif not (one.startswith(two) or two.startswith(one)):
            why = f'{first.license_id} asks that the name starts with "{one}", {second.license_id} with "{two}"; no name starts with both.'
            yield Conflict(
                ConflictKind.NAME_PREFIXES, Verdict.NO, clauses, why, "Leave one of the models out, or ask one licensor to waive the name."
            )
    elif any(asks) and silent:
        why = f"One license asks for a word at the start of the name; not known whether {silent[0].license_id} asks for another."
        yield Conflict(ConflictKind.NAME_PREFIXES, Verdict.UNKNOWN, clauses, why, "Read the text on names of derived models.")


def _whole(first: Side, second: Side, forth: Compatibility, back: Compatibility) -> Iterator[Conflict]:
    """Whether the whole can go out under one of the two; only copyleft of the whole work makes that necessary."""
    verdicts = {forth.verdict, back.verdict}
    if Verdict.YES in verdicts or Verdict.DEPENDS in verdicts:
        return
    copyleft = [side for side in (first, second) if side.trigger in WHOLE_WORK]
    unread = [side for side in (first, second) if side.trigger is None]
    if not copyleft and not unread:
        return
    kind = _kind(first, second, copyleft)
    why = " ".join(dict.fromkeys([forth.reason, back.reason]))
    verdict = Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.NO
    yield Conflict(kind, verdict, _two_clauses(kind, first, second, copyleft), why, SEPARATE)


def _kind(first: Side, second: Side, copyleft: Sequence[Side]) -> ConflictKind:
    limits = [bool(set(side.reading.restriction_set) - {Restriction.SERVICE_COPYLEFT}) for side in (first, second)]
    if len(copyleft) == 2 and limits[0] == limits[1]:
        return ConflictKind.TWO_COPYLEFTS
    return ConflictKind.COPYLEFT_AGAINST_LIMITS if any(limits) else ConflictKind.COPYLEFT_AGAINST_TERMS


def _two_clauses(kind: ConflictKind, first: Side, second: Side, copyleft: Sequence[Side]) -> tuple[TermClause, ...]:
    clauses = []
    for side in (first, second):
        grounds = [column for ground in side.reading.restrictions for column, _ in ground.cells]
        column = "copyleft_trigger"
        if kind is ConflictKind.COPYLEFT_AGAINST_LIMITS and grounds:
            column = grounds[0]
        elif side not in copyleft and kind is ConflictKind.COPYLEFT_AGAINST_TERMS:
            column = "patent_retaliation"
        clauses.append(clause_of(side.row, column))
    return tuple(clauses)


def _outputs(source: str, side: Side, terms: pd.DataFrame) -> Iterator[Conflict]:
    finding = train_on_outputs(source, side.license_id, terms)
    if finding.verdict in (Verdict.NO, Verdict.DEPENDS, Verdict.UNKNOWN):
        clauses = (*finding.clauses[:1], clause_of(side.row, "redistribution"))
        yield Conflict(ConflictKind.OUTPUT_USE, finding.verdict, clauses, finding.reason, finding.resolves)
