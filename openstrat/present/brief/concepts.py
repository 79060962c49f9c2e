"""Every concept applied to the case, group by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from openstrat.analysis.strategy.finding import Answer, Finding
from openstrat.present import page
from openstrat.present.findings import findings_table
from openstrat.present.page import Markup
from openstrat.present.words import counted
from openstrat.tables.store import read_table

GROUPS = {
    "test": "Trade or giveaway, plan or slogan",
    "motive": "Motives for opening",
    "playbook": "Playbooks",
    "moat": "Moats",
    "myth": "Moat myths",
    "risk": "Risks",
    "scenario": "When opening helps",
    "spectrum": "The openness spectrum",
    "layer": "Layers",
    "license_family": "License families",
    "governance": "Governance",
    "mistake": "Mistakes",
    "checklist": "The go-open checklist",
    "example": "What the essays tell, checked",
}
"""Order and headings of the groups of concepts."""


def concepts_summary(findings: Sequence[Finding]) -> Markup:
    """Return how many concepts were applied and how they came out."""
    counts = Counter(finding.answer for finding in findings)
    n_concepts = len({finding.concept_id for finding in findings})
    parts = ", ".join(f"{counts[answer]} {answer.label}" for answer in Answer if counts[answer])
    text = f"{counted(n_concepts, 'concept')} applied, {counted(len(findings), 'answer')}: {parts}."
    note = "Unknown means that the case does not give the fact; it never counts as no. For a myth, yes means that the belief fails here."
    return page.paragraph(text) + page.paragraph(note, css="caveat")


def concepts_tables(findings: Sequence[Finding]) -> Markup:
    """Return one table a group of concepts, each concept with its answer, what was found, and what would decide an unknown."""
    concepts = read_table("concepts")
    group_of = dict(zip(concepts["concept_id"], concepts["group"], strict=True))
    tables = []
    for group, title in GROUPS.items():
        own = [finding for finding in findings if group_of[finding.concept_id] == group]
        if own:
            source = "openstrat table concepts; answers from this case and the tables named there."
            tables.append(findings_table(own, name=f"concepts-{group.replace('_', '-')}", title=title, source=source))
    return page.join(tables)
