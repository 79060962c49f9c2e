"""Risks and moats with their evidence, and every source that a report rests on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.words import readable
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table

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


def source_refs(cell: object) -> Markup:
    """Return the source ids of a cell as links into the source list of the page."""
    return page.join((page.anchor_link(f"[{item}]", f"source-{item}") for item in split_list(cell)), " ")


def sources_used(*frames: object) -> Markup:
    """Return every source that the shown results rest on, once each: title, kind of evidence, date, caveat, address."""
    ids = sorted({item for frame in frames for item in _source_ids(frame)})
    table = read_table("sources").set_index("source_id").reindex(ids)
    items = []
    for source_id, row in zip(ids, table.to_dict("records"), strict=True):
        parts = [
            readable(row["kind"]),
            *(row[name] for name in ("published_on", "license", "caveat") if isinstance(row[name], str)),
        ]
        body = (
            page.tag("code", source_id)
            + page.plain(" ")
            + page.link(row["title"], row["address"])
            + page.tag("small", f" ({'; '.join(parts)})")
        )
        items.append(page.anchored("li", body, f"source-{source_id}"))
    heading = page.tag("summary", f"{len(ids)} sources stand behind this report")
    return page.tag("details", heading + page.tag("ul", page.join(items), css="sources"), css="source-list")


def _source_ids(result: object) -> list[str]:
    if isinstance(result, pd.DataFrame):
        return [item for cell in result.get("source_ids", []) for item in split_list(cell)]
    if isinstance(result, (list, tuple)):
        return [item for part in result for item in _source_ids(part)]
    if isinstance(result, str):
        return []
    found = getattr(result, "source_ids", ())
    nested = [item for part in getattr(result, "checks", ()) for item in _source_ids(part)]
    return [*split_list(found), *nested] if isinstance(found, str) else [*found, *nested]
