"""The fit of each playbook: scores, conditions, and what the playbook is."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.judging import PlaybookCheck
from openstrat.analysis.strategy.playbooks import NAMES, Kind, leading
from openstrat.present import page
from openstrat.present.charts.playbook_fit import playbook_conditions, playbook_scores
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.tables.store import read_table

CASE_SOURCE = "the case file: the asker's own statements, not checked by anybody"
KIND_WORDS = {Kind.NEEDS: "needs", Kind.FAILS_IF: "breaks if"}
STATE_WORDS = {True: "yes", False: "no", None: "not known"}
COLUMNS = {
    "How it earns": "logic",
    "Gives away": "gives_away",
    "Sells": "sells",
    "Fails when": "fails_when",
    "Who does it": "precedent",
    "Check first": "first_check",
}
STATES = {True: "good", False: "bad", None: "unknown"}


def scores_figure(checked: PlaybookCheck) -> Figure:
    """Return shown and possible shares of each playbook under a title that states the leader."""
    rows = []
    for fit in checked.fits:
        for measure, (low, high) in (("facts that select it", fit.selection), ("conditions to work", fit.fit)):
            rows.append({"playbook": NAMES[fit.playbook], "measure": measure, "low": low, "high": high})
    return playbook_scores(pd.DataFrame(rows), title=checked.selection.sentence.rstrip("."), source=CASE_SOURCE)


def conditions_figure(checked: PlaybookCheck) -> Figure:
    """Return every condition of every playbook, the leaders first, under a title that counts what is known."""
    leaders = leading(checked.fits)
    order = [*leaders, *(fit for fit in checked.fits if fit not in leaders)]
    rows = [
        {
            "heading": NAMES[fit.playbook],
            "kind": KIND_WORDS[condition.kind],
            "condition": condition.criterion.name,
            "state": STATES[condition.is_good],
            "given": condition.criterion.given,
        }
        for fit in order
        for condition in fit.of_kind(*KIND_WORDS)
    ]
    frame = pd.DataFrame(rows)
    counts = frame["state"].value_counts()
    said = {"good": "speak for a playbook", "bad": "against", "unknown": "are not known"}
    parts = [f"{counts[state]} {words}" for state, words in said.items() if state in counts.index]
    return playbook_conditions(frame, title=f"Of {len(frame)} conditions, {', '.join(parts)}", source=CASE_SOURCE)


def playbooks_box(checked: PlaybookCheck) -> Markup:
    """Return a card a playbook: verdict, logic, what it gives and sells, how it fails, who does it, what to check first."""
    table = read_table("playbooks").set_index("playbook_id")
    cards = []
    for fit, finding in zip(checked.fits, checked.findings, strict=True):
        row = table.loc[fit.playbook.value]
        selects = [f"{item.criterion.name.lower()}: {STATE_WORDS[item.is_good]}" for item in fit.of_kind(Kind.SELECTS)]
        facts = {"Selected by": "; ".join(selects)} | {name: str(row[column]) for name, column in COLUMNS.items()}
        items = page.join(page.tag("dt", label) + page.tag("dd", text) for label, text in facts.items())
        heading = page.tag("h3", f"{row['name']} ({row['concept_id']})")
        refs = page.tag("p", source_refs(row["source_ids"]), css="source-note")
        cards.append(
            page.tag("section", heading + page.paragraph(finding.sentence) + page.tag("dl", items, css="facts") + refs, css="card")
        )
    return page.join(cards)
