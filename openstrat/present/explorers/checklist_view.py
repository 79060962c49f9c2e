"""What stands beside the checklist form: progress, verdict, the state of each question, what would flip it."""

from __future__ import annotations

from collections.abc import Mapping

from openstrat.analysis.checking import ChecklistReview
from openstrat.analysis.strategy.checklist import AnswerCheck, AnswerState
from openstrat.cases.checklist_fields import FIELDS, field_at
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.tables.store import read_table

MARKS = {AnswerState.CLEAN: "✓", AnswerState.UNCLEAN: "✗", AnswerState.MISSING: "○"}
"""A shape beside the word, so that neither color nor reading decides alone."""


def live_view(review: ChecklistReview, problems: Mapping[str, str]) -> Markup:
    """Return the verdict for the answers as typed; `problems` are values that are not allowed, by place in the case file."""
    verdict = review.verdict
    progress = page.tag("p", f"{len(review.filled)} of {len(FIELDS)} fields filled", css="checklist-progress")
    words = f"{verdict.n_clean} of {len(verdict.checks)} answers clean: {verdict.label}"
    head = page.tag("p", page.tag("strong", words), css="checklist-verdict")
    refused = [f"{field_at(path).label}: {problem}" for path, problem in problems.items()]
    errors = page.tag("p", page.tag("strong", "Not taken over")) + page.bullets(refused) if refused else page.plain("")
    names = read_table("checklist").set_index("concept_id")["name"]
    checks = page.join(_check(check, str(names[check.concept_id])) for check in verdict.checks)
    flips = page.tag("p", page.tag("strong", "What would change the verdict")) + page.bullets(flip.sentence for flip in verdict.flips)
    return page.tag("div", progress + head + _next(review) + errors + checks + flips, css="checklist-view")


def _next(review: ChecklistReview) -> Markup:
    if review.next is None:
        return page.paragraph("Nothing is left to answer.")
    return page.tag("p", page.tag("strong", f"Next: {review.next.label}. ") + page.plain(review.next.help))


def _check(check: AnswerCheck, name: str) -> Markup:
    chip = page.tag("strong", f"{MARKS[check.state]} {check.state.label}", css=f"checklist-{check.state.value}")
    lines = [*check.reasons, *(f"To do: {move}" for move in [check.what_would_make_it_clean] if move), *check.figures]
    lines += [f"Weak spot: {note}" for note in check.notes] + list(check.not_applied)
    n = "" if check.base_rate_n is None else f" (n = {check.base_rate_n:,})"
    sources = f" [{', '.join(check.source_ids)}]" if check.source_ids else ""
    rate = page.tag("small", f"Base rate: {check.base_rate}{n}{sources}") if check.base_rate else page.plain("")
    heading = page.tag("div", chip + page.plain(f" {check.concept_id} {name}"))
    return page.tag("div", heading + (page.bullets(lines) if lines else page.plain("")) + rate)
