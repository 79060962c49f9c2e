"""MI4, creative licensing: so many conditions of its own that nobody can comply with confidence."""

from __future__ import annotations

from openstrat.analysis.licenses.complexity import FLAGGED_FROM, Complexity, ConditionKind
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.terms import Confidence

CONCEPT = "MI4"


def over_complicated(found: Complexity) -> Finding:
    """Return whether a license is over-complicated: yes, no, or unknown where blank cells decide.

    Yes from three conditions of the nine on, or without an SPDX identifier, or for an edited standard text. `value` is the number
    of conditions, `high` adds those that blank cells may hide.
    """
    answer = {True: Answer.YES, False: Answer.NO}.get(found.is_flagged, Answer.UNKNOWN)  # type: ignore[arg-type]
    clauses = [clause for condition in found.conditions for clause in condition.clauses]
    is_secondary = any(clause.confidence is not Confidence.VERIFIED for clause in clauses)
    return Finding(
        concept_id=CONCEPT,
        answer=answer,
        sentence=_sentence(found, answer),
        basis=Basis.PUBLISHED,
        value=float(found.score),
        low=float(found.score),
        high=float(found.high),
        unit="conditions",
        n=len(ConditionKind),
        evidence=(*(f"{item.kind.label.capitalize()}: {_clauses(item.clauses)}" for item in found.conditions), *_other(found)),
        caveats=("Some terms were read in a description, not in the text.",) if is_secondary else (),
        asks=tuple(f"the terms on {kind.label}" for kind in found.unknown) if answer is Answer.UNKNOWN else (),
        source_ids=tuple(dict.fromkeys(source for clause in clauses for source in clause.source_ids)),
    )


def _sentence(found: Complexity, answer: Answer) -> str:
    why = []
    if found.score >= FLAGGED_FROM:
        why.append(f"{found.score} of nine kinds of conditions")
    if not found.is_standard:
        why.append("no SPDX identifier")
    why += [f"an edited text of {base}" for base in found.edited_from]
    if answer is Answer.YES:
        return f"{found.expression} is over-complicated: {', '.join(why)}."
    counted = f"{found.score} of nine kinds of conditions, below {FLAGGED_FROM}, in a standard text"
    return f"{found.expression} has {counted}." if answer is Answer.NO else f"{found.expression}: blank terms decide."


def _clauses(clauses: tuple[object, ...]) -> str:
    return " ".join(dict.fromkeys(str(getattr(clause, "says", "")) for clause in clauses))


def _other(found: Complexity) -> tuple[str, ...]:
    standard = () if found.is_standard else ("No SPDX identifier.",)
    return (*standard, *(f"Edited from {base}." for base in found.edited_from))
