"""Risks and moats with their evidence."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import readable

STANCE_WORDS = {"contradicts": "against", "supports": "for", "context": "context"}


def concept_cards(rows: pd.DataFrame) -> Markup:
    """Return one card a concept: what it is, how to test or spot it, and the evidence for and against with its sample size."""
    if rows.empty:
        return page.paragraph("The case names none.", css="caveat")
    return page.join(_card(group) for _, group in rows.groupby("concept_id", sort=False))


def _card(rows: pd.DataFrame) -> Markup:
    first = rows.iloc[0]
    facts = page.join(page.tag("dt", label) + page.tag("dd", text) for label, text in first["about"].items())
    items = page.join(_evidence_item(row) for row in rows.to_dict("records") if isinstance(row["statement"], str))
    evidence = (
        page.tag("ul", items, css="evidence") if items.html else page.paragraph("No evidence on it stands in the tables.", css="caveat")
    )
    heading = page.tag("h3", f"{first['name']} ({first['concept_id']})")
    counts = first["counts"]
    shown = (
        f"The table holds {counts['supports']} for, {counts['contradicts']} against and {counts['context']} for context; {len(rows)} shown."
    )
    return page.tag(
        "section", heading + page.tag("dl", facts, css="facts") + evidence + page.paragraph(shown, css="source-note"), css="card"
    )


def _evidence_item(row: dict[Any, Any]) -> Markup:
    size = [f"n = {row['n']:,.0f}"] if pd.notna(row["n"]) else []
    details = [readable(row["mark"]), *size, *(row[name] for name in ("period", "caveat") if isinstance(row[name], str))]
    stance = page.pill(STANCE_WORDS[row["stance"]], css=row["stance"])
    note = page.tag("small", f" ({'; '.join(details)}) ") + page.tag("small", source_refs(row["source_ids"]))
    return page.tag("li", stance + page.plain(f" {row['statement']}") + note)
