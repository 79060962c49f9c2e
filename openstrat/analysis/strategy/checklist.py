"""The go-open checklist: five answers read against rules and facts of the case (concepts CK1 to CK5, ST1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from openstrat.analysis.strategy.checklist_fork import read_funded_fork
from openstrat.analysis.strategy.checklist_reading import Problem, Reading
from openstrat.analysis.strategy.checklist_records import (
    AnswerCheck,
    AnswerState,
    BaseRate,
    ChecklistFacts,
    ChecklistOutcome,
    ChecklistVerdict,
    Flip,
    Priced,
)
from openstrat.analysis.strategy.checklist_rules import read_first_adopters, read_held_back, read_maintenance, read_money
from openstrat.cases.checklist_fields import FIELDS, Field, field_at, filled_fields
from openstrat.cases.schema import Checklist

__all__ = [
    "AnswerCheck",
    "AnswerState",
    "BaseRate",
    "ChecklistFacts",
    "ChecklistOutcome",
    "ChecklistVerdict",
    "Flip",
    "Priced",
    "base_rates_from",
    "next_field",
    "outcome_of",
    "score_checklist",
]

GO_FROM, FIX_FROM = 5, 3
"""Clean answers needed for 'go' and for 'fix first' (rule ST1)."""


def base_rates_from(questions: pd.DataFrame) -> dict[str, BaseRate]:
    """Return the base rate of each question by `concept_id`, from the checklist table; questions without one are left out."""
    given = questions.dropna(subset=["base_rate"])
    columns = ("concept_id", "base_rate", "source_ids", "base_rate_n")
    cells = zip(*(given[name] for name in columns), strict=True)
    return {
        concept_id: BaseRate(text, tuple(sources.split("; ")), None if pd.isna(n) else int(n)) for concept_id, text, sources, n in cells
    }


def score_checklist(
    answers: Checklist, facts: ChecklistFacts, *, base_rates: Mapping[str, BaseRate] = MappingProxyType({})
) -> ChecklistVerdict:
    """Return the checklist's verdict on one option: a check for each of CK1 to CK5, the outcome, and what would flip it.

    Whether a statement is true is not judged here; without `facts.priced` neither is the value of the plan. `base_rates` (see
    `base_rates_from`) are shown beside the answers and do not count.
    """
    readings = {
        "CK1": read_money(answers.money, facts),
        "CK2": read_held_back(answers.held_back, facts),
        "CK3": read_first_adopters(answers.first_adopters),
        "CK4": read_funded_fork(answers.funded_fork, facts),
        "CK5": read_maintenance(answers.maintenance, facts),
    }
    checks = tuple(_check(concept_id, reading, base_rates.get(concept_id, BaseRate())) for concept_id, reading in readings.items())
    n_clean = sum(check.state == AnswerState.CLEAN for check in checks)
    return ChecklistVerdict(checks, n_clean, outcome_of(n_clean), _flips(checks, n_clean))


def outcome_of(n_clean: int) -> ChecklistOutcome:
    """Return what a number of clean answers (0 to 5) amounts to (rule ST1)."""
    if n_clean >= GO_FROM:
        return ChecklistOutcome.GO
    return ChecklistOutcome.FIX_FIRST if n_clean >= FIX_FROM else ChecklistOutcome.NOT_YET


def next_field(answers: Checklist, verdict: ChecklistVerdict) -> Field | None:
    """Return the field to answer next: what the first answer that is not clean lacks, else the first blank field, else none."""
    for check in verdict.checks:
        if check.fields:
            return field_at(check.fields[0])
    filled = filled_fields(answers)
    return next((field for field in FIELDS if field not in filled), None)


def _check(concept_id: str, reading: Reading, base_rate: BaseRate) -> AnswerCheck:
    missing = Problem("Not answered.", reading.ask, reading.first_field)
    problems = [missing] if reading.is_missing else reading.problems
    block = next(field.block for field in FIELDS if field.concept_id == concept_id)
    return AnswerCheck(
        concept_id=concept_id,
        state=AnswerState.MISSING if reading.is_missing else AnswerState.UNCLEAN if problems else AnswerState.CLEAN,
        reasons=tuple(problem.reason for problem in problems),
        what_would_make_it_clean=" ".join(dict.fromkeys(problem.fix for problem in problems)),
        notes=() if reading.is_missing else tuple(reading.notes),
        not_applied=() if reading.is_missing else tuple(reading.not_applied),
        base_rate=base_rate.text,
        source_ids=base_rate.source_ids,
        figures=tuple(reading.figures),
        fields=tuple(f"checklist.{block}.{problem.field}" for problem in problems),
        base_rate_n=base_rate.n,
    )


def _flips(checks: Sequence[AnswerCheck], n_clean: int) -> tuple[Flip, ...]:
    """Return the two answers that would lift the outcome soonest; at the top, the two whose loss would end it."""
    ups = GO_FROM - n_clean if n_clean >= FIX_FROM else FIX_FROM - n_clean
    if ups > 0:
        open_checks = [check for check in checks if check.state != AnswerState.CLEAN]
        nearest = sorted(open_checks, key=lambda check: (check.state == AnswerState.MISSING, len(check.reasons), check.concept_id))[:2]
        return tuple(_flip(check, nearest, ups, n_clean, AnswerState.CLEAN) for check in nearest)
    clean = [check for check in checks if check.state == AnswerState.CLEAN]
    weakest = sorted(clean, key=lambda check: (-len(check.notes), check.concept_id))[:2]
    return tuple(_flip(check, weakest, n_clean - GO_FROM + 1, n_clean, AnswerState.UNCLEAN) for check in weakest)


def _flip(check: AnswerCheck, chosen: Sequence[AnswerCheck], n_changes: int, n_clean: int, becomes: AnswerState) -> Flip:
    up = becomes == AnswerState.CLEAN
    before, after = outcome_of(n_clean), outcome_of(n_clean + n_changes if up else n_clean - n_changes)
    others = tuple(other.concept_id for other in chosen if other is not check) if n_changes > 1 else ()
    partners = f" together with {' and '.join(others)}" if others else ""
    partners += " and a third answer" if n_changes > len(chosen) else ""
    change = "were clean" if up else "were no longer clean"
    weak_spot = f"; its weak spot: {_as_clause(check.notes[0])}" if check.notes else ""
    how = f": {_as_clause(check.what_would_make_it_clean)}" if up else weak_spot
    sentence = f"If {check.concept_id} {change}{partners}, the verdict would move from {before.label} to {after.label}{how}."
    return Flip(check.concept_id, becomes, others, after, sentence)


def _as_clause(moves: str) -> str:
    """Turn 'Name who pays. Give a price.' into 'name who pays, give a price'."""
    return ", ".join(move[:1].lower() + move[1:] for move in moves.rstrip(".").split(". "))
