"""What a piece of safe HTML says, statement by statement: sentences, key figures, table cells, headings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

BLOCKS = frozenset(["p", "li", "h2", "h3", "h4", "td", "th", "dt", "dd", "summary", "caption", "pre", "figcaption", "div", "section"])
VOID = frozenset(["br", "img", "hr", "input", "col", "wbr"])
SILENT = frozenset(("script", "style"))
_SOURCE = "#source-"


@dataclass
class Block:
    """One element and the text that stands in it directly: `pieces` are (inline element or its class, text)."""

    tag: str
    css: tuple[str, ...] = ()
    anchor: str = ""
    pieces: list[tuple[str, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    named: list[dict[str, Any]] = field(default_factory=list)

    def text(self, *inline: str) -> str:
        """Return the text on one line; only that of the given inline elements or classes, if any are given."""
        return " ".join("".join(text for name, text in self.pieces if not inline or name in inline).split())

    @property
    def rest(self) -> str:
        """The text without the facts that are named in it."""
        return " ".join("".join(text for name, text in self.pieces if name != "fact").split())


@dataclass
class Table:
    """A table while it is read: its name, the last header row, the rows of cells."""

    name: str
    title: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[list[Block]] = field(default_factory=list)


class StatementReader(HTMLParser):
    """Collects blocks in the order in which they end, tables whole. Use `read`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block | Table] = []
        self.blocks: list[Block] = [Block("")]
        self.inline: list[tuple[str, str]] = []
        self.tables: list[Table] = []
        self.row: list[Block] = []
        self.silent = ""
        self.last_anchor = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a table, a row or an inline element."""
        values = {name: value or "" for name, value in attrs}
        css = tuple(values.get("class", "").split())
        self.last_anchor = values.get("id", "") or self.last_anchor
        if tag in SILENT:
            self.silent = tag
        elif tag == "table":
            self.tables.append(Table(values.get("aria-labelledby", "").removesuffix("-title") or values.get("id", "") or self.last_anchor))
        elif tag == "tr":
            self.row = []
        elif tag in BLOCKS:
            self.blocks.append(Block(tag, css, values.get("id", "")))
        elif tag not in VOID:
            self._open_inline(tag, css, values)

    def _open_inline(self, tag: str, css: tuple[str, ...], values: dict[str, str]) -> None:
        block = self.blocks[-1]
        self.inline.append((tag, css[0] if css else tag))
        if values.get("href", "").startswith(_SOURCE):
            block.sources.append(values["href"].removeprefix(_SOURCE))
        if tag == "data" and "fact" in css:
            block.named.append(_named(values))

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag == self.silent:
            self.silent = ""
        elif tag == "table" and self.tables:
            self.found.append(self.tables.pop())
        elif tag == "tr" and self.tables:
            self._end_row(self.tables[-1])
        elif tag in BLOCKS and len(self.blocks) > 1:
            self._end_block(self.blocks.pop())
        elif self.inline and tag not in VOID and tag in [name for name, _ in self.inline]:
            while self.inline.pop()[0] != tag:
                pass

    def _end_block(self, block: Block) -> None:
        if block.tag in ("td", "th") and self.tables:
            if "gt_title" in block.css:
                self.tables[-1].title = block.text()
            else:
                self.row.append(block)
        elif block.tag not in ("td", "th") and any(outer.tag in ("td", "th") for outer in self.blocks):
            self._outer_cell().pieces += [*block.pieces, ("", " ")]
        elif block.text():
            self.found.append(block)

    def _outer_cell(self) -> Block:
        return next(outer for outer in reversed(self.blocks) if outer.tag in ("td", "th"))

    def _end_row(self, table: Table) -> None:
        if self.row and all(cell.tag == "th" or "gt_col_heading" in cell.css for cell in self.row):
            table.columns = [cell.text() for cell in self.row]
        elif self.row:
            table.rows.append(self.row)
        self.row = []

    def handle_data(self, data: str) -> None:
        """Keep text with the inline element that it stands in."""
        if not self.silent:
            self.blocks[-1].pieces.append((self.inline[-1][1] if self.inline else "", data))


def _named(values: dict[str, str]) -> dict[str, Any]:
    split = {key: [item for item in re.split(r";\s*", values.get(f"data-{key}", "")) if item] for key in ("sources", "tables")}
    return {"name": values.get("data-name", ""), "value": json.loads(values["value"]), "unit": values.get("data-unit") or None, **split}


def read(html: str) -> Iterator[Block | Table]:
    """Return the blocks and tables of a piece of HTML in order; blocks without text of their own are left out."""
    reader = StatementReader()
    reader.feed(html)
    reader.close()
    top = reader.blocks[0]
    yield from [*reader.found, *([top] if top.text() else [])]
