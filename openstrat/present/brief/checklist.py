"""The go-open checklist as a scorecard."""

from __future__ import annotations

from openstrat.analysis.strategy.checklist import AnswerCheck, ChecklistVerdict
from openstrat.present import page
from openstrat.present.brief.shared import named_questions
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import readable
from openstrat.tables.store import read_table


def checklist_box(verdict: ChecklistVerdict, option: str) -> Markup:
    """Return the verdict on one option, the two answers that would flip it, and each question with what speaks against the answer."""
    words = f"{verdict.n_clean} of {len(verdict.checks)} answers are clean for the option {readable(option)}: {verdict.label}."
    flips = page.bullets(named_questions(flip.sentence) for flip in verdict.flips)
    head = page.callout(words, page.paragraph("What would change it:") + flips, css="verdict")
    questions = read_table("checklist").set_index("concept_id")["question"]
    cards = page.join(_card(check, questions[check.concept_id]) for check in verdict.checks)
    return head + cards


def _card(check: AnswerCheck, question: str) -> Markup:
    remarks = [*check.reasons, *check.notes, *check.not_applied, *check.figures]
    heading = page.tag("h3", page.pill(check.state.value) + page.plain(f" {check.concept_id} {question}"))
    parts = [heading, page.bullets(remarks) if remarks else page.plain("")]
    if check.what_would_make_it_clean:
        parts.append(page.paragraph(f"To make it clean: {check.what_would_make_it_clean}"))
    if check.base_rate:
        parts.append(
            page.tag("p", page.plain(f"Base rate: {check.base_rate} ") + source_refs("; ".join(check.source_ids)), css="source-note")
        )
    return page.tag("section", page.join(parts), css="card")
