"""May code under one license go into a work that is published under another? Answered from typed terms, never from a pair table.

The question is asked in the direction of the OSADL matrix: the work as a whole goes out under the outbound license, with the
notices of what it contains. The only pairs that are looked up are those that a text names itself (`compatibility_clauses`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.findings import Finding, Row, TermClause, Verdict, clause_of, known_cells, terms_of, values_of
from openstrat.analysis.licenses.placement import Ground, TermReading, cell_values, restrictions_of
from openstrat.tables.license_vocabulary import DISPLAY_DUTIES, ChangedVersions, CopyleftTrigger, Grant, PatentRetaliation, Permission
from openstrat.tables.rights_vocabulary import ClauseEffect
from openstrat.terms import Confidence, Restriction, Term, read_term

if TYPE_CHECKING:
    import pandas as pd

WHOLE_WORK = (CopyleftTrigger.LIBRARY, CopyleftTrigger.DISTRIBUTION, CopyleftTrigger.NETWORK, CopyleftTrigger.SERVICE)
"""Triggers under which code that is taken into the work falls under the same terms, so that nobody may add terms of their own."""

NOT_COMPARED = (Restriction.NO_REDISTRIBUTION, Restriction.NO_DERIVATIVES, Restriction.SERVICE_COPYLEFT)
"""Restrictions with an objection of their own: they are not matched as limits on use."""

STAYS = {
    CopyleftTrigger.FILE: "its files stay under it, so the whole cannot go out under {outbound} alone",
    CopyleftTrigger.LIBRARY: "the code of the library stays under it, so the whole cannot go out under {outbound} alone",
    CopyleftTrigger.DISTRIBUTION: "a work that contains it goes out under {inbound} as a whole",
    CopyleftTrigger.NETWORK: "a work that contains it goes out under {inbound} as a whole, over a network too",
    CopyleftTrigger.SERVICE: "a work that contains it goes out under {inbound} as a whole, and so does what runs it as a service",
}
APART: dict[CopyleftTrigger, tuple[Verdict, str]] = {
    CopyleftTrigger.FILE: (Verdict.YES, "In files of its own: these stay under {inbound} with their source offered, the rest is free."),
    CopyleftTrigger.LIBRARY: (
        Verdict.DEPENDS,
        "As a library that is linked so that users can replace it; its own code stays under {inbound}.",
    ),
    CopyleftTrigger.DISTRIBUTION: (Verdict.DEPENDS, "Only as a separate program that is not one work with the rest."),
    CopyleftTrigger.NETWORK: (Verdict.DEPENDS, "Only as a separate program; if it was changed, its network users are offered its source."),
    CopyleftTrigger.SERVICE: (Verdict.DEPENDS, "Only as a separate program, and a service built on it publishes everything that runs it."),
}


class ObjectionKind(Term):
    """Why a typed rule objects to taking code in."""

    NO_GRANT = "no_grant", "Nothing allows passing the code on, or changing it."
    COPYLEFT = "copyleft", "The code keeps its own terms, and asks the same of what it becomes part of."
    LIMITS = "limits", "The code comes with a limit on use that the outbound license does not carry."
    ADDED_DUTY = "added_duty", "The code asks a display that a copyleft work may not ask in addition."
    PATENT_TERMS = "patent_terms", "The code's patent terms may be an added restriction for a copyleft work without any."


@dataclass(frozen=True)
class Objection:
    """One ground against taking code in: for certain (no), or for all that is recorded (unknown)."""

    kind: ObjectionKind
    verdict: Verdict
    reason: str
    clauses: tuple[TermClause, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compatibility(Finding):
    """Whether code under one license may go into a work under another, and whether both may at least stand side by side.

    `separately` answers for one product whose parts keep their own licenses; `separately_how` says under which condition.
    `is_named` is true where a text that names the other license decided, `is_combined_only` where that clause reaches only a
    work that joins the code with other code.
    """

    inbound_id: str
    outbound_id: str
    objections: tuple[Objection, ...]
    separately: Verdict
    separately_how: str
    is_named: bool = False
    is_combined_only: bool = False


@dataclass(frozen=True)
class Side:
    """One license of the pair: its row and what its restrictions were read as."""

    license_id: str
    row: Row
    reading: TermReading

    def has(self, column: str, value: str) -> bool:
        """Whether a cell contains a value."""
        return value in values_of(self.row, column)

    @property
    def trigger(self) -> CopyleftTrigger | None:
        """What makes own work fall under these terms; None when not known."""
        found = values_of(self.row, "copyleft_trigger")
        return read_term(CopyleftTrigger, found[0]) if found else None


Routes = Mapping[str, list[Row]]


def included_under(
    inbound_id: str, outbound_id: str, terms: pd.DataFrame, compatibility_clauses: pd.DataFrame | None = None
) -> Compatibility:
    """Return whether code under `inbound_id` may be part of a work that is published as a whole under `outbound_id`.

    Same license: yes. A clause that names the outbound license decides: a choice of it yes, a permission to combine or a
    license that has to be named first depends, a bar no, a disputed pair unknown. Otherwise the typed terms decide:
    copyleft, limits on use that the outbound license lacks, a display duty or patent terms brought into a copyleft work.
    Without the table `compatibility_clauses`, an answer that such a clause could turn is unknown.

    Raises
    ------
    UnknownNameError
        If the terms of one of the licenses were not read; an expression has to be taken apart first.
    """
    sides = side_of(inbound_id, terms), side_of(outbound_id, terms)
    return _decide(*sides, None if compatibility_clauses is None else routes_of(compatibility_clauses))


def compatibility_matrix(license_ids: Iterable[str], terms: pd.DataFrame, compatibility_clauses: pd.DataFrame) -> pd.DataFrame:
    """Return the verdict of every pair: one row an outbound license (the index), one column an inbound one.

    Raises
    ------
    UnknownNameError
        If the terms of one of the licenses were not read.
    """
    import pandas as pd

    sides, routes = [side_of(item, terms) for item in license_ids], routes_of(compatibility_clauses)
    names = [side.license_id for side in sides]
    cells = [[_decide(inbound, outbound, routes).verdict.value for inbound in sides] for outbound in sides]
    return pd.DataFrame(cells, index=pd.Index(names, name="outbound"), columns=pd.Index(names, name="inbound"))


def side_of(license_id: str, terms: pd.DataFrame) -> Side:
    """Return one license ready for comparison.

    Raises
    ------
    UnknownNameError
        If its terms were not read.
    """
    row = terms_of(license_id, terms)
    return Side(license_id, row, restrictions_of(row))


def routes_of(compatibility_clauses: pd.DataFrame) -> dict[str, list[Row]]:
    """Return the rows of `compatibility_clauses` by inbound license."""
    found: dict[str, list[Row]] = {}
    for cells in compatibility_clauses.to_dict("records"):
        row = known_cells({str(column): value for column, value in cells.items()})
        found.setdefault(str(row["inbound_license_id"]), []).append(row)
    return found


def _decide(inbound: Side, outbound: Side, routes: Routes | None) -> Compatibility:
    apart, how = _separately(inbound)
    names = inbound.license_id, outbound.license_id
    barred = tuple(_grant(inbound))
    if inbound.license_id == outbound.license_id and not barred:
        return Compatibility(Verdict.YES, "Both are the same license.", (), "", (), *names, (), Verdict.YES, "Same license.")
    named = _named(inbound.license_id, outbound.license_id, routes or {})
    if named and not barred:
        clauses = tuple(_named_clause(step) for step in named)
        verdict, reason = _verdict_of(named), " ".join(clause.says for clause in clauses)
        found = Compatibility(verdict, reason, clauses, RESOLVES_NAMED[verdict], (), *names, (), apart, how, is_named=True)
        return replace(found, is_combined_only=_is_combined(named))
    objections = (*barred, *_objections(inbound, outbound, is_named_checked=routes is not None))
    verdict = next((level for level in (Verdict.NO, Verdict.UNKNOWN) if any(item.verdict is level for item in objections)), Verdict.YES)
    deciding = [item for item in objections if item.verdict is verdict]
    clauses = tuple(clause for item in deciding for clause in item.clauses) or (clause_of(inbound.row, "copyleft_trigger"),)
    reason = " ".join(item.reason for item in deciding) or f"{inbound.license_id} asks for no more than what may be kept in such a work."
    unknown = tuple(dict.fromkeys(column for item in objections for column in item.unknown))
    resolves = "" if verdict is Verdict.YES else f"{RESOLVES} {how}"
    return Compatibility(verdict, reason, clauses, resolves, unknown, *names, objections, apart, how)


RESOLVES = "Another outbound license, other code, a license from its holders, or side by side:"
RESOLVES_NAMED = {
    Verdict.YES: "",
    Verdict.UNKNOWN: "Side by side in separate programs, other code, or a word from the holders of both.",
    Verdict.DEPENDS: "Read the clause: it says when, and under which terms each part goes out.",
    Verdict.NO: "Another version of the outbound license, other code, or a license from its holders.",
}
EFFECTS = {
    ClauseEffect.CHOICE: Verdict.YES,
    ClauseEffect.INCLUDE: Verdict.YES,
    ClauseEffect.IF_NAMED: Verdict.DEPENDS,
    ClauseEffect.COMBINE: Verdict.DEPENDS,
    ClauseEffect.BAR: Verdict.NO,
    ClauseEffect.DISPUTED: Verdict.UNKNOWN,
}
MOST_FIRST = (Verdict.YES, Verdict.DEPENDS, Verdict.UNKNOWN, Verdict.NO)
STATED_FOR_ONE = (ClauseEffect.BAR, ClauseEffect.DISPUTED)
CARRIED_ON = (ClauseEffect.CHOICE, ClauseEffect.IF_NAMED)
"""Effects after which the code stands under the other license, so that this license's own clauses count next."""


def _named(inbound_id: str, outbound_id: str, routes: Routes) -> tuple[Row, ...] | None:
    """Follow clauses that name another license from inbound to outbound.

    The way that allows most counts, then one that needs no other code beside it, then the shortest.
    """
    ways: list[tuple[str, tuple[Row, ...]]] = [(inbound_id, ())]
    seen, arrived = {inbound_id}, []
    for place, way in ways:
        for row in routes.get(place, []):
            target, effect = str(row["outbound_license_id"]), read_term(ClauseEffect, row["effect"])
            if target == outbound_id and not (effect in STATED_FOR_ONE and way):
                arrived.append((*way, row))
            if effect in CARRIED_ON and target not in seen:
                seen.add(target)
                ways.append((target, (*way, row)))
    return min(arrived, key=lambda way: (MOST_FIRST.index(_verdict_of(way)), _is_combined(way), len(way)), default=None)


def _is_combined(way: Iterable[Row]) -> bool:
    return any(step["is_combined_only"] is True for step in way)


def _verdict_of(way: Iterable[Row]) -> Verdict:
    return max((EFFECTS[read_term(ClauseEffect, step["effect"])] for step in way), key=MOST_FIRST.index)


def _named_clause(row: Row) -> TermClause:
    return TermClause(
        license_id=str(row["inbound_license_id"]),
        column="compatibility_clauses",
        value=f"{row['effect']}: {row['outbound_license_id']}",
        says=str(row["clause"]),
        confidence=read_term(Confidence, row["confidence"]),
        source_ids=cell_values(row["source_ids"]),
    )


def _objections(inbound: Side, outbound: Side, *, is_named_checked: bool) -> Iterator[Objection]:
    yield from _copyleft(inbound, outbound, is_named_checked=is_named_checked)
    yield from _limits(inbound, outbound)
    if outbound.trigger in WHOLE_WORK:
        yield from _display(inbound, outbound)
        yield from _patents(inbound, outbound)


def _grant(inbound: Side) -> Iterator[Objection]:
    barred = [column for column in ("redistribution", "derivatives") if inbound.has(column, Permission.NO)]
    is_private = inbound.has("derivatives", ChangedVersions.PRIVATE)
    barred += ["derivatives"] if is_private else []
    if inbound.reading.grant != Grant.LICENSE:
        barred.insert(0, "grant")
    if barred:
        clauses = tuple(clause_of(inbound.row, column) for column in barred)
        said = f"{inbound.license_id} does not hand over the right to pass on a work that contains it ({', '.join(barred)})."
        said += " Changed versions may be made, but not passed on." if is_private else ""
        yield Objection(ObjectionKind.NO_GRANT, Verdict.NO, said, clauses)


def _copyleft(inbound: Side, outbound: Side, *, is_named_checked: bool) -> Iterator[Objection]:
    clauses, trigger = (clause_of(inbound.row, "copyleft_trigger"),), inbound.trigger
    if trigger is None:
        said = f"Not known: whether {inbound.license_id} asks that a work containing it stays under the same terms."
        yield Objection(ObjectionKind.COPYLEFT, Verdict.UNKNOWN, said, clauses, ("copyleft_trigger",))
    elif trigger is not CopyleftTrigger.NONE:
        names = {"inbound": inbound.license_id, "outbound": outbound.license_id}
        said = f"{inbound.license_id} is copyleft: {STAYS[trigger].format(**names)}."
        if not is_named_checked:
            said += " Whether its text names the outbound license as compatible was not looked up."
        yield Objection(ObjectionKind.COPYLEFT, Verdict.NO if is_named_checked else Verdict.UNKNOWN, said, clauses)


def _limits(inbound: Side, outbound: Side) -> Iterator[Objection]:
    carried, open_columns = set(outbound.reading.restriction_set), set(outbound.reading.unknown)
    limits = [ground for ground in inbound.reading.restrictions if ground.restriction not in NOT_COMPARED]
    shared = [ground for ground in limits if ground.restriction in carried]
    maybe = [ground for ground in limits if ground not in shared and open_columns & set(_columns([ground]))]
    missing = [ground for ground in limits if ground not in shared and ground not in maybe]
    names = inbound.license_id, outbound.license_id
    if missing:
        said = f"{names[0]} limits use ({_kinds(missing)}); {names[1]} promises use without that."
        yield Objection(ObjectionKind.LIMITS, Verdict.NO, said, _both(inbound, outbound, missing))
    if maybe:
        said = f"{names[0]} limits use ({_kinds(maybe)}); not known whether {names[1]} does so too."
        yield Objection(ObjectionKind.LIMITS, Verdict.UNKNOWN, said, _both(inbound, outbound, maybe), _columns(maybe))
    if shared:
        said = f"Both limit use ({_kinds(shared)}); whether one covers the other takes reading both texts."
        yield Objection(ObjectionKind.LIMITS, Verdict.UNKNOWN, said, _both(inbound, outbound, shared))
    blank = tuple(column for column in inbound.reading.unknown if column != "copyleft_trigger")
    if blank:
        said = f"Not known for {names[0]}: {', '.join(blank)}."
        clauses = tuple(clause_of(inbound.row, column) for column in blank)
        yield Objection(ObjectionKind.LIMITS, Verdict.UNKNOWN, said, clauses, blank)


def _kinds(grounds: Iterable[Ground]) -> str:
    return ", ".join(ground.restriction.label for ground in grounds)


def _columns(grounds: Iterable[Ground]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(column for ground in grounds for column, _ in ground.cells))


def _both(inbound: Side, outbound: Side, grounds: Iterable[Ground]) -> tuple[TermClause, ...]:
    return tuple(clause_of(side.row, column) for column in _columns(grounds) for side in (inbound, outbound))


def _display(inbound: Side, outbound: Side) -> Iterator[Objection]:
    clauses = clause_of(inbound.row, "naming"), clause_of(outbound.row, "copyleft_trigger")
    asked = values_of(inbound.row, "naming")
    added = [duty for duty in DISPLAY_DUTIES if duty in asked and not outbound.has("naming", duty)]
    if not asked:
        said = f"Not known: what {inbound.license_id} asks to be named or shown; {outbound.license_id} lets nobody add such a duty."
        yield Objection(ObjectionKind.ADDED_DUTY, Verdict.UNKNOWN, said, clauses, ("naming",))
    elif added:
        duties = ", ".join(duty.label for duty in added)
        said = f"{inbound.license_id} asks for {duties}; {outbound.license_id} is copyleft and lets nobody add a duty."
        yield Objection(ObjectionKind.ADDED_DUTY, Verdict.NO, said, clauses)


def _patents(inbound: Side, outbound: Side) -> Iterator[Objection]:
    column = "patent_retaliation"
    clauses = clause_of(inbound.row, column), clause_of(outbound.row, column)
    asked, carried = values_of(inbound.row, column), values_of(outbound.row, column)
    if asked == (PatentRetaliation.NONE,) or (carried and carried != (PatentRetaliation.NONE,)):
        return
    blank = () if asked and carried else (column,)
    said = (
        f"{inbound.license_id} ends rights of those who sue over patents, {outbound.license_id} has no such term and lets nobody"
        " add terms; whether this one counts as added, no typed cell says."
    )
    if blank:
        said = f"Not known: the patent terms of {inbound.license_id if not asked else outbound.license_id}."
    yield Objection(ObjectionKind.PATENT_TERMS, Verdict.UNKNOWN, said, clauses, blank)


def _separately(inbound: Side) -> tuple[Verdict, str]:
    """Say whether code may be shipped beside other parts that keep their own licenses."""
    if inbound.reading.grant != Grant.LICENSE or inbound.has("redistribution", Permission.NO):
        return Verdict.NO, "Nothing allows passing copies on."
    trigger = inbound.trigger
    if trigger is None or not values_of(inbound.row, "redistribution"):
        return Verdict.UNKNOWN, "Not known: copyleft or the right to pass copies on."
    if trigger is not CopyleftTrigger.NONE:
        verdict, how = APART[trigger]
        return verdict, how.format(inbound=inbound.license_id)
    limits = [item.label for item in inbound.reading.restriction_set if item not in NOT_COMPARED]
    if limits:
        return Verdict.YES, f"The part stays under {inbound.license_id}, and its limits bind who uses the product: {', '.join(limits)}."
    return Verdict.YES, "With its notices."
