"""What a rule answers: a value with its range, how sure one may be, what it rests on, and what to keep in mind."""

from __future__ import annotations

from dataclasses import dataclass

from openstrat.terms import Term


class Answer(Term):
    """What a rule came out as; unknown is an answer, and never counts as no."""

    YES = "yes", "The rule's condition holds."
    PARTLY = "partly", "Some of the conditions hold, or the figure lies between the two thresholds."
    NO = "no", "The rule's condition does not hold."
    UNKNOWN = "unknown", "A fact that would decide it is not given, too old, or not in the tables."
    NOT_ASKED = "not_asked", "The rule does not apply to this case."


class Basis(Term):
    """What a finding rests on, strongest first."""

    MEASURED = "measured", "Counted in the tables or in a git history."
    PUBLISHED = "published", "A published figure with its source."
    STATED = "stated", "The asker's own statement; nobody checked it."
    ASSUMED = "assumed", "A range or threshold that the curators chose."
    NOTHING = "nothing", "No fact was given."


@dataclass(frozen=True)
class Finding:
    """One concept applied to facts.

    `value`, `low` and `high` are in `unit`; they are None when the rule gives no figure or the facts are missing. `n` is the number
    of observations behind the value. `evidence` holds a sentence a fact that was used, with its own figure and date; `caveats` what
    limits the answer; `asks` the facts that would decide an unknown.
    """

    concept_id: str
    answer: Answer
    sentence: str
    basis: Basis
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    n: int | None = None
    evidence: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()


def unknown(concept_id: str, asks: tuple[str, ...], *, caveats: tuple[str, ...] = (), source_ids: tuple[str, ...] = ()) -> Finding:
    """Return the finding that nothing can be said, with the facts that would decide it."""
    sentence = f"Not known: {'; '.join(asks)}."
    return Finding(concept_id, Answer.UNKNOWN, sentence, Basis.NOTHING, asks=asks, caveats=caveats, source_ids=source_ids)
