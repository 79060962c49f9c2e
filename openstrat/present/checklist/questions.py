"""The five questions as cards: the answer in the asker's words, what it is worth and why, and a base rate to hold it against."""

from __future__ import annotations

from typing import Any

from openstrat.analysis.checking import ChecklistReview
from openstrat.analysis.strategy.checklist import AnswerCheck
from openstrat.cases.checklist_fields import FIELDS, Field, Kind, value_of
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.tables.store import read_table

BLANK = "not answered"


def question_cards(review: ChecklistReview) -> Markup:
    """Return one card a question."""
    questions = read_table("checklist").set_index("concept_id")
    return page.join(_card(review, check, questions.loc[check.concept_id].to_dict()) for check in review.checks)


def _card(review: ChecklistReview, check: AnswerCheck, row: dict[Any, Any]) -> Markup:
    heading = page.tag("h3", page.pill(check.state.value) + page.plain(f" {row['name']} ({check.concept_id})"))
    parts = [heading, page.tag("p", page.tag("em", str(row["question"]))), _answer(review, check.concept_id)]
    parts += _labelled("Speaks against it", check.reasons)
    parts += [page.tag("p", page.tag("strong", "To make it clean: ") + page.plain(check.what_would_make_it_clean))] if check.reasons else []
    parts += _labelled("Weak spots that do not count", check.notes)
    parts += _labelled("Beside it", (*check.figures, *check.not_applied))
    return page.tag("section", page.join(parts) + base_rate_line(check), css="card")


def _answer(review: ChecklistReview, concept_id: str) -> Markup:
    rows = [
        page.tag("dt", field.label) + page.tag("dd", shown(value_of(review.answers, field), field))
        for field in FIELDS
        if field.concept_id == concept_id
    ]
    return page.tag("dl", page.join(rows), css="facts")


def shown(value: Any, field: Field) -> Markup:
    """Return an answer as it was given; a blank one says so."""
    if value in (None, []):
        return page.tag("em", BLANK)
    if isinstance(value, list):
        return page.join((page.plain(entry) for entry in value), "<br>")
    return page.plain(f"{100 * value:g} %" if field.kind == Kind.SHARE else f"{value:g}" if isinstance(value, float) else str(value))


def _labelled(label: str, texts: tuple[str, ...]) -> list[Markup]:
    return [page.tag("p", page.tag("strong", label)), page.bullets(texts)] if texts else []


def base_rate_line(check: AnswerCheck) -> Markup:
    """Return the published base rate with its sample size and sources."""
    if not check.base_rate:
        return page.plain("")
    n = "n not published" if check.base_rate_n is None else f"n = {check.base_rate_n:,}"
    text = page.plain(f"Base rate: {check.base_rate} ({n}) ")
    return page.tag("p", text + source_refs("; ".join(check.source_ids)), css="source-note")
