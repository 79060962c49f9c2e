"""Every source that a report rests on, and links to them."""

from __future__ import annotations

import pandas as pd

from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.words import readable
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table


def terms_source() -> str:
    """Return the source line of everything that rests on typed terms, with how many rows were read in their text."""
    grades = read_table("license_terms")["confidence"]
    return f"openstrat table license_terms ({len(grades)} licenses, {(grades == 'verified').sum()} read in their text, the rest secondary)"


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
