"""Findings of rules as tables and boxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from openstrat.analysis.strategy.finding import Answer, Finding
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.tables.cells import SEPARATOR
from openstrat.tables.store import read_table

PILLS = {Answer.YES: "open", Answer.PARTLY: "decide", Answer.NO: "hold", Answer.UNKNOWN: "missing", Answer.NOT_ASKED: "context"}
"""The page's pill colors; the word carries the meaning."""


def concept_names() -> dict[str, str]:
    """Return the name of every concept by its id."""
    concepts = read_table("concepts")
    return {str(key): str(name) for key, name in zip(concepts["concept_id"], concepts["name"], strict=True)}


def findings_table(findings: Sequence[Finding], *, name: str, title: str, source: str) -> Markup:
    """Return findings as a table: concept, answer, what was found, what it rests on, what would decide it."""
    names = concept_names()
    shown = pd.DataFrame(
        {
            "concept": [f"{names[finding.concept_id]} ({finding.concept_id})" for finding in findings],
            "answer": [finding.answer.label for finding in findings],
            "found": [_without_name(finding, names[finding.concept_id]) for finding in findings],
            "rests on": [finding.basis.label for finding in findings],
            "would decide it": [SEPARATOR.join(finding.asks) or "–" for finding in findings],
        }
    )
    return page.data_table(shown, name=name, title=title, source=source, stub="concept")


def finding_cards(findings: Iterable[Finding]) -> Markup:
    """Return one card a finding: answer and name, the sentence, evidence, what limits it, sources."""
    names = concept_names()
    return page.join(_card(finding, names[finding.concept_id]) for finding in findings)


def _card(finding: Finding, name: str) -> Markup:
    pill = page.pill(finding.answer.label, css=PILLS[finding.answer])
    heading = page.tag("h3", pill + page.plain(f" {name} ({finding.concept_id})"))
    parts = [heading, page.paragraph(_without_name(finding, name))]
    more = [item for item in finding.evidence if item not in finding.sentence]
    parts += [page.bullets(more)] if more else []
    parts += [page.paragraph(" ".join(finding.caveats), css="caveat")] if finding.caveats else []
    size = f"n = {finding.n}; " if finding.n is not None else ""
    note = page.plain(f"{size}rests on: {finding.basis.label}. ") + source_refs(SEPARATOR.join(finding.source_ids))
    return page.tag("section", page.join(parts) + page.tag("p", note, css="source-note"), css="card")


def _without_name(finding: Finding, name: str) -> str:
    """Return the sentence without the concept's name before it and the missing facts after it: both stand beside it already."""
    sentence = finding.sentence.partition(" Missing: ")[0] if finding.asks else finding.sentence
    for start in (f"{name}: ", f"{name} "):
        if sentence.startswith(start):
            rest = sentence.removeprefix(start)
            return rest[:1].upper() + rest[1:]
    return sentence


def next_questions(findings: Iterable[Finding], most: int = 3) -> Markup:
    """Return the facts to find out next, in the order of the findings, once each."""
    asks = list(dict.fromkeys(ask for finding in findings for ask in finding.asks))
    if not asks:
        return page.paragraph("Nothing that these rules ask for is missing.", css="caveat")
    rest = f"{len(asks) - most} more stand in the tables below." if len(asks) > most else ""
    body = page.bullets(ask[:1].upper() + ask[1:] + "." for ask in asks[:most])
    return page.callout("What to find out next", body + page.paragraph(rest, css="meta") if rest else body, css="finding")
