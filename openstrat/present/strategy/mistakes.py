"""Mistakes that stewards make: what four rules say of named examples, with evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from openstrat.analysis.audit.findings import MI3_SHARE
from openstrat.analysis.strategy.finding import Answer, Finding
from openstrat.analysis.strategy.mistakes.maintenance import ONE_AUTHOR
from openstrat.present import page
from openstrat.present.charts.upkeep import upkeep_bars
from openstrat.present.figure import Figure
from openstrat.present.findings import concept_names
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.tables.cells import SEPARATOR

WORDS = {
    Answer.YES: "flagged",
    Answer.PARTLY: "lower grade",
    Answer.NO: "clear",
    Answer.UNKNOWN: "not known",
    Answer.NOT_ASKED: "not asked",
}
CSS = {Answer.YES: "contradicts", Answer.PARTLY: "decide", Answer.NO: "open", Answer.UNKNOWN: "missing", Answer.NOT_ASKED: "hold"}
SOURCE = "openstrat tables releases, release_claims, license_changes, license_change_conduct, activity_monthly, maintenance, license_terms"


def upkeep_figure(findings: Mapping[str, Finding]) -> Figure:
    """Return rule MI3 drawn for several repositories: repository to its finding."""
    states = {name: _state(finding) for name, finding in findings.items()}
    rows = pd.DataFrame(
        {"repository": list(findings), "ratio": [finding.value for finding in findings.values()], "state": list(states.values())}
    ).astype({"ratio": "float64"})
    flagged = sum(state == "flagged" for state in states.values())
    title = (
        f"{flagged} of {len(rows)} repositories are flagged: below {MI3_SHARE:.0%} of their best year, without releases, or by their word"
    )
    source = "openstrat tables maintenance and activity_monthly; merges left out, bots included"
    return upkeep_bars(rows, line=MI3_SHARE, title=title, source=source)


def _state(finding: Finding) -> str:
    if finding.answer is Answer.YES:
        return "flagged"
    if finding.answer is Answer.UNKNOWN:
        return "not known"
    return "warned" if ONE_AUTHOR in finding.caveats else "clear"


def mistakes_table(findings: Mapping[str, Finding], *, name: str = "mistakes") -> Markup:
    """Return findings as a table, one row a named example: mistake, answer, what was found, what would decide it."""
    names = concept_names()
    shown = pd.DataFrame(
        {
            "example": list(findings),
            "mistake": [f"{names[finding.concept_id]} ({finding.concept_id})" for finding in findings.values()],
            "answer": [WORDS[finding.answer] for finding in findings.values()],
            "found": [finding.sentence for finding in findings.values()],
            "would decide it": [SEPARATOR.join(finding.asks) or "nothing more is asked" for finding in findings.values()],
        }
    )
    flagged = sum(finding.answer is Answer.YES for finding in findings.values())
    title = f"{flagged} of {len(shown)} examples are flagged"
    return page.data_table(shown, name=name, title=title, source=SOURCE, stub="example")


def mistake_cards(findings: Sequence[Finding]) -> Markup:
    """Return one card a finding: answer, sentence, evidence rows, what limits it, sources."""
    names = concept_names()
    return page.join(_card(finding, names[finding.concept_id]) for finding in findings)


def _card(finding: Finding, name: str) -> Markup:
    heading = page.tag("h3", page.pill(WORDS[finding.answer], css=CSS[finding.answer]) + page.plain(f" {name} ({finding.concept_id})"))
    parts = [heading, page.paragraph(finding.sentence)]
    parts += [page.bullets(finding.evidence)] if finding.evidence else []
    limits = [*finding.caveats, *(f"To find out: {ask}." for ask in finding.asks)]
    parts += [page.paragraph(" ".join(limits), css="caveat")] if limits else []
    size = f"n = {finding.n:,}; " if finding.n is not None else ""
    note = page.plain(f"{size}rests on: {finding.basis.label}. ") + source_refs(SEPARATOR.join(finding.source_ids))
    return page.tag("section", page.join(parts) + page.tag("p", note, css="source-note"), css="card")
