"""The go-open checklist of a case on a terminal, and as a record for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from openstrat.analysis.checking import ChecklistReview, checklist_review_of
from openstrat.analysis.evaluating import evaluate
from openstrat.analysis.strategy.checklist import AnswerCheck
from openstrat.cases.checklist_block import place_of
from openstrat.cases.checklist_fields import FIELDS
from openstrat.cases.load import warnings_of
from openstrat.cases.save import read_case_file
from openstrat.cli.text import listed, wrapped
from openstrat.present.words import readable
from openstrat.tables.store import read_table

DRAWS, SEED = 8_000, 7
"""As many draws as `openstrat case evaluate` takes, so that both print the same figures."""


@dataclass(frozen=True)
class CheckedCase:
    """A case file read against the checklist, and where in the file the field to answer next stands or belongs."""

    review: ChecklistReview
    file: str
    next_place: str
    next_line: int
    warnings: tuple[str, ...]


def check_case(name: str, option: str | None, *, has_evaluation: bool) -> CheckedCase:
    """Return a case file read against the checklist; with an evaluation, its figures stand beside the answers and count in CK4."""
    loaded = read_case_file(name)
    evaluation = evaluate(loaded.case, n=DRAWS, seed=SEED) if has_evaluation else None
    review = checklist_review_of(loaded.case, option, evaluation)
    text = loaded.path.read_text(encoding="utf-8-sig")
    place, line = place_of(text, review.next.path) if review.next else ("", 0)
    return CheckedCase(review, loaded.path.name, place, line, tuple(warnings_of(loaded.case)))


def record_of(checked: CheckedCase) -> dict[str, Any]:
    """Return everything for programs."""
    review = checked.review
    verdict, following = review.verdict, review.next
    asked = None
    if following is not None:
        asked = {
            "field": following.path,
            "asks": following.help,
            "file": checked.file,
            "below": checked.next_place,
            "line": checked.next_line,
        }
    moats = [
        {
            "concept_id": item.test.concept_id,
            "name": item.test.name,
            "low": item.test.low,
            "high": item.test.high,
            "opened": list(item.loss.opened),
        }
        for item in review.moats
    ]
    return {
        "case": review.case.id,
        "option": review.option,
        "label": verdict.label,
        "score": verdict.score,
        **asdict(verdict),
        "n_filled": len(review.filled),
        "n_fields": len(FIELDS),
        "next": asked,
        "moats": moats,
        "is_evaluated": review.priced is not None,
        "value_warning": review.value_warning,
    }


def page(checked: CheckedCase) -> str:
    """Return the checklist as a page: verdict, the five questions, what would flip it, what to answer next."""
    review = checked.review
    verdict = review.verdict
    score = f"{verdict.n_clean} of {len(verdict.checks)} clean, {verdict.label}"
    filled = f"{len(review.filled)} of {len(FIELDS)} fields filled"
    questions = read_table("checklist").set_index("concept_id")
    lines = [
        wrapped(f"{review.case.id}: the file is sound. Checklist for option {readable(review.option)}: {score}. {filled}."),
        *([wrapped(review.value_warning)] if review.value_warning else []),
        "",
        *(line for check in verdict.checks for line in _question(check, str(questions.loc[check.concept_id, "name"]))),
        "",
        *listed("What would change the verdict", (flip.sentence for flip in verdict.flips)),
        "",
        wrapped(_next_sentence(checked), "", "  "),
    ]
    if review.priced is None:
        lines.append("Not evaluated: the value under a clone did not count in CK4.")
    return "\n".join(lines)


def _question(check: AnswerCheck, name: str) -> Iterator[str]:
    yield f"{check.concept_id} {name}: {check.state.label}"
    for label, texts in (
        ("", check.reasons),
        ("To make it clean: ", (check.what_would_make_it_clean,) if check.what_would_make_it_clean else ()),
        ("", check.figures),
        ("Weak spot: ", check.notes),
        ("", check.not_applied),
    ):
        for text in texts:
            yield wrapped(label + text, "  ", "    ")
    if check.base_rate:
        n = "" if check.base_rate_n is None else f"n = {check.base_rate_n:,}; "
        yield wrapped(f"Base rate: {check.base_rate} ({n}{', '.join(check.source_ids)})", "  ", "    ")


def _next_sentence(checked: CheckedCase) -> str:
    following = checked.review.next
    if following is None:
        return f"Next: nothing; all {len(FIELDS)} fields are filled and all answers are clean."
    where = f"line {checked.next_line} of {checked.file}"
    if checked.next_place != following.path:
        above = f"below '{checked.next_place}', {where}" if checked.next_place else f"after {where}"
        return f"Next: add {following.path} ({above}). {following.help}"
    return f"Next: mend {following.path} ({where}). {following.help}"
