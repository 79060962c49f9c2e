"""Escaped HTML for reports: the one place where values from data become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
from great_tables import GT

from openstrat.tables.store import tables_read

LINKABLE = re.compile(r"https?://[^\s<>\"']+\Z")
STYLE_BLOCK = re.compile(r"<style>.*?</style>\s*", re.DOTALL)
ALIGNMENT = "<style>.gt_table .gt_left{text-align:left;vertical-align:top}.gt_table .gt_right{text-align:right;vertical-align:top}</style>"
"""All that is kept of the table's style: JupyterLab aligns every cell to the right otherwise."""
INLINE_STYLE = re.compile(r' style="[^"]*"')


def safe() -> dict[str, Any]:
    """Return output metadata that tells the report that this HTML was escaped here, and which tables had been read by then."""
    return {"text/html": {"openstrat": "safe", "tables_read": tables_read()}}


@dataclass(frozen=True)
class Markup:
    """HTML whose values were escaped when it was built, and the same content as text."""

    html: str
    text: str

    def __add__(self, other: Markup) -> Markup:
        """Return both, one after the other."""
        return Markup(self.html + other.html, f"{self.text}\n{other.text}")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"text/html": self.html, "text/plain": self.text}, safe()


FACTS_MIME = "application/vnd.openstrat.facts+json"


@dataclass(frozen=True)
class Facts:
    """What a report says about itself, for its title, the index page and programs: plain values by name."""

    values: Mapping[str, Any]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {FACTS_MIME: dict(self.values), "text/plain": ""}


def tag(name: str, content: str | Markup, *, css: str = "") -> Markup:
    """Return one element around text (escaped) or markup (kept)."""
    inner = content.html if isinstance(content, Markup) else escape(str(content))
    text = content.text if isinstance(content, Markup) else str(content)
    attribute = f' class="{escape(css)}"' if css else ""
    return Markup(f"<{name}{attribute}>{inner}</{name}>", text)


def join(parts: Iterable[Markup], separator: str = "") -> Markup:
    """Return several pieces as one."""
    items = list(parts)
    return Markup(separator.join(item.html for item in items), "\n".join(item.text for item in items))


def plain(text: str) -> Markup:
    """Return text as markup, escaped."""
    return Markup(escape(text), text)


def paragraph(text: str, *, css: str = "") -> Markup:
    """Return one paragraph of text."""
    return tag("p", text, css=css)


def bullets(items: Iterable[str]) -> Markup:
    """Return a list of sentences."""
    return tag("ul", join(tag("li", item) for item in items))


def pill(word: str, *, css: str = "") -> Markup:
    """Return a word in a colored pill; the word, not the color, carries the meaning."""
    return tag("span", word.replace("_", " "), css=f"pill {css or word}")


def callout(title: str, body: Markup, *, css: str = "finding") -> Markup:
    """Return a box with a heading."""
    return tag("div", tag("strong", title, css="callout-title") + body, css=css)


def kpis(values: Mapping[str, tuple[str, str]]) -> Markup:
    """Return a row of key figures: label to (figure, what it is and where it comes from)."""
    cells = [
        tag("div", tag("strong", figure) + tag("span", label, css="label") + tag("small", note), css="kpi")
        for label, (figure, note) in values.items()
    ]
    return tag("div", join(cells), css="kpis")


def link(text: str, address: object) -> Markup:
    """Return a link when the address is a plain web address, otherwise the text."""
    if isinstance(address, str) and LINKABLE.match(address):
        return Markup(f'<a href="{escape(address)}" rel="noreferrer">{escape(text)}</a>', f"{text} ({address})")
    return plain(text)


def anchored(name: str, content: Markup, anchor: str) -> Markup:
    """Return one element that links on the page can lead to."""
    return Markup(f'<{name} id="{escape(anchor)}">{content.html}</{name}>', content.text)


def anchor_link(text: str, anchor: str) -> Markup:
    """Return a link to an element of the same page."""
    return Markup(f'<a href="#{escape(anchor)}">{escape(text)}</a>', text)


def data_table(
    frame: pd.DataFrame,
    *,
    name: str,
    title: str,
    source: str,
    stub: str | None = None,
    labels: Mapping[str, str] | None = None,
    percents: Sequence[str] = (),
    whole: Sequence[str] = (),
    markup: Sequence[str] = (),
) -> Markup:
    """Return a frame as an accessible table with title and source; unknown cells say so.

    Built by great_tables, which escapes cells and marks up headers; its style block is dropped, the page's own applies.
    `name` becomes the element's id, so it has to be unique on a page. The cells of `markup` columns are `Markup`.
    """
    shown = frame.copy()
    for column in markup:
        shown[column] = [cell.html for cell in frame[column]]
    for column in shown.columns:
        if column not in (*percents, *whole, *markup):
            shown[column] = [_cell(value) for value in shown[column]]
    table = (
        GT(shown, rowname_col=stub, id=name)
        .tab_header(title)
        .tab_stubhead(stub.replace("_", " ") if stub else "")
        .cols_label(dict(labels or {}))
    )
    if percents:
        table = table.fmt_percent(columns=list(percents), decimals=0).sub_missing(columns=list(percents), missing_text="unknown")
    if whole:
        table = table.fmt_integer(columns=list(whole)).sub_missing(columns=list(whole), missing_text="unknown")
    if markup:
        table = table.fmt(str, columns=list(markup))
        shown = shown.assign(**{column: [cell.text for cell in frame[column]] for column in markup})
    html = ALIGNMENT + INLINE_STYLE.sub("", STYLE_BLOCK.sub("", table.as_raw_html()))
    known = shown.astype(object).where(shown.notna(), "unknown")
    body = Markup(html, f"{title}\n{known.to_string(index=False)}")
    note = paragraph(f"Source: {source}", css="source-note")
    return tag("div", body, css="table-block scroll") + note


def _cell(value: Any) -> str:
    return "unknown" if pd.isna(value) else str(value)
