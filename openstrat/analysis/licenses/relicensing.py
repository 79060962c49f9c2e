"""Publishing a changed version of a model, or a model trained on its outputs, under another license: allowed or not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.compatibility import Objection, ObjectionKind, Side, included_under, side_of
from openstrat.analysis.licenses.duties import Duty, When, obligations_of
from openstrat.analysis.licenses.findings import Finding, TermClause, Verdict, clause_of, values_of
from openstrat.tables.license_vocabulary import OUTPUT_BANS, OutputUse, Permission

if TYPE_CHECKING:
    import pandas as pd

FREER_BASE = "Train from a model with freer terms, or ask the licensor."
KEEP_BASE = f"Publish the changed version under the base license. {FREER_BASE}"
FLOW_DOWN, TRAVEL = "has_use_restrictions_flow_down", "redistribution"


@dataclass(frozen=True)
class Relicensing(Finding):
    """Whether a new license may be put on a derived work, and the duties of the base that stay with the part taken over."""

    base_license_id: str
    new_license_id: str
    carried: tuple[Duty, ...]


def relicense_as(
    base_license_id: str, new_license_id: str, terms: pd.DataFrame, compatibility_clauses: pd.DataFrame | None = None
) -> Relicensing:
    """Return whether a changed version (a fine-tune) of a work under `base_license_id` may be published under `new_license_id`.

    Yes: the new license asks at least what the base asks. Partly: it covers one's own changes, and the duties in `carried`
    stay with the part taken over. No: the base bars changed versions or passing on, is copyleft, or limits use in a way that
    the new license does not. Depends: the text that names the new license allows it on a condition, such as that the work
    joins the code with other code. Unknown: a deciding cell is blank, or both limit use and the texts have to be compared.

    Raises
    ------
    UnknownNameError
        If the terms of one of the licenses were not read.
    """
    base, new = side_of(base_license_id, terms), side_of(new_license_id, terms)
    fit = included_under(base_license_id, new_license_id, terms, compatibility_clauses)
    names, duties = (base_license_id, new_license_id), obligations_of(base_license_id, terms)
    if fit.is_combined_only and fit.verdict in (Verdict.YES, Verdict.DEPENDS):
        reason = f"Only as part of a work that joins it with other code: {fit.reason}"
        return Relicensing(Verdict.DEPENDS, reason, fit.clauses, KEEP_BASE, (), *names, duties)
    if fit.verdict is Verdict.YES and (fit.is_named or base_license_id == new_license_id):
        return Relicensing(Verdict.YES, fit.reason, fit.clauses, "", (), *names, duties)
    if fit.verdict is Verdict.NO or fit.verdict is Verdict.DEPENDS:
        reason, clauses = _with_travel(base, fit.reason, fit.clauses, fit.objections)
        is_barred = any(item.kind is ObjectionKind.NO_GRANT for item in fit.objections)
        return Relicensing(fit.verdict, reason, clauses, FREER_BASE if is_barred else KEEP_BASE, fit.unknown, *names, duties)
    blank = tuple(dict.fromkeys([*fit.unknown, *(column for duty in duties if not duty.is_known for column in duty.columns)]))
    if fit.verdict is Verdict.UNKNOWN or blank:
        reason = fit.reason if fit.verdict is Verdict.UNKNOWN else f"Not known for {base_license_id}: {', '.join(blank)}."
        clauses = fit.clauses + tuple(clause_of(base.row, column) for column in blank)
        return Relicensing(
            Verdict.UNKNOWN, reason, clauses, "Read the text on the open points, or ask the licensor.", blank, *names, duties
        )
    return _kept(base, new, duties, terms)


def train_on_outputs(source_license_id: str, new_license_id: str, terms: pd.DataFrame) -> Finding:
    """Return whether a model trained on outputs of a model under one license may be published under another.

    No: the outputs may not train other models. Depends: only some kinds of model are barred. Partly: allowed with a prescribed
    name or phrase. Where such a model counts as derived, the answer is that of `relicense_as`.

    Raises
    ------
    UnknownNameError
        If the terms of one of the licenses were not read.
    """
    source = side_of(source_license_id, terms)
    side_of(new_license_id, terms)
    uses, clause = values_of(source.row, "output_use"), (clause_of(source.row, "output_use"),)
    said = str(source.row["output_use_note"] or "; ".join(OutputUse(use).definition for use in uses)).rstrip(".")
    if not uses:
        question = f"Not known: what {source_license_id} allows with outputs."
        return Finding(Verdict.UNKNOWN, question, clause, "Read the text on outputs, or ask the licensor.", ("output_use",))
    barred = [use for use in OUTPUT_BANS if use in uses]
    if barred:
        verdict = Verdict.DEPENDS if set(barred) <= DEPENDS_ON_MODEL else Verdict.NO
        return Finding(verdict, f"{source_license_id}: {said}.", clause, "Outputs of a model whose terms leave them free.", ())
    if OutputUse.COUNTS_AS_DERIVATIVE in uses:
        derived = relicense_as(source_license_id, new_license_id, terms)
        reason = f"{source_license_id}: {said}. {derived.reason}"
        return Finding(derived.verdict, reason, clause + derived.clauses, derived.resolves, derived.unknown)
    if uses == (OutputUse.UNRESTRICTED,):
        return Finding(Verdict.YES, f"{source_license_id} leaves outputs free.", clause, "", ())
    return Finding(Verdict.PARTLY, f"{source_license_id}: {said}.", clause, "Carry the name or the words, or use freer outputs.", ())


DEPENDS_ON_MODEL = {OutputUse.NO_OTHER_LLMS, OutputUse.NO_COMPETING_MODELS, OutputUse.NO_FOUNDATION_MODELS}
"""Bans that reach only some kinds of new model."""


def _with_travel(
    base: Side, reason: str, clauses: tuple[TermClause, ...], objections: tuple[Objection, ...]
) -> tuple[str, tuple[TermClause, ...]]:
    """Add why limits on use reach a changed version: they must be passed on, or the terms travel with every copy."""
    if not any(item.kind is ObjectionKind.LIMITS and item.verdict is Verdict.NO for item in objections):
        return reason, clauses
    if base.has(FLOW_DOWN, "true"):
        why, column = f"{base.license_id} asks that limits on use are passed on to everybody who receives a changed version.", FLOW_DOWN
    elif base.has(TRAVEL, Permission.CONDITIONAL):
        why, column = f"The terms of {base.license_id} travel with copies and with what is made from them.", TRAVEL
    else:
        why, column = "Nobody can hand on rights in the base part that they did not receive.", TRAVEL
    return f"{why} {reason}", (clause_of(base.row, column), *clauses)


def _kept(base: Side, new: Side, duties: tuple[Duty, ...], terms: pd.DataFrame) -> Relicensing:
    """Compare what the base asks with what the new license asks anyway."""
    names = base.license_id, new.license_id
    lasting = tuple(duty for duty in duties if When.ON_OUTPUT_TRAINING not in duty.when)
    asked = {duty.what for duty in obligations_of(new.license_id, terms)}
    extra = [duty for duty in lasting if duty.what not in asked]
    clauses = tuple(clause for duty in lasting for clause in duty.clauses) or (clause_of(base.row, "naming"),)
    if extra:
        listed = " ".join(duty.what for duty in extra)
        reason = (
            f"{new.license_id} may cover your own changes; the part taken over stays under {base.license_id}, which still asks: {listed}"
        )
        return Relicensing(
            Verdict.PARTLY, reason, clauses, f"Name both licenses, or publish the whole under {base.license_id}.", (), *names, lasting
        )
    kept = " ".join(duty.what for duty in lasting) or "Nothing has to be kept."
    reason = f"{new.license_id} asks everything that {base.license_id} asks. Still to be kept for the part taken over: {kept}"
    return Relicensing(Verdict.YES, reason, clauses, "", (), *names, lasting)
