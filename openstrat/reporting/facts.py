"""`facts.json`: every number that a report's text uses, with value, unit, sources, tables and place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from openstrat.reporting.numbers import numbers_in, skeleton
from openstrat.reporting.resting import rests_on
from openstrat.reporting.statements import Block, Table, read
from openstrat.reporting.words import slugify

FORMAT = 1
LONGEST_WORD = 80
"""A statement without numbers is kept up to this length, if it is a key figure, a table cell, a heading of a box or a figure's title."""
NAME_WORDS = 8
MAX_PRINTED = 200


@dataclass
class Ledger:
    """Facts of one report in the order of the page, filled while the page is rendered."""

    tables: Collection[str] = ()
    section: str = ""
    facts: list[dict[str, Any]] = field(default_factory=list)
    tables_read: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def html(self, html: str, cell: str, tables_read: Iterable[str] = ()) -> None:
        """Note what a piece of safe HTML says; a source line counts for everything in the same output above it.

        `tables_read` are the tables that had been read when it was shown: nothing in it can rest on others.
        """
        if known := sorted(set(tables_read).intersection(self.tables)):
            self.tables_read[cell] = known
        waiting: list[dict[str, Any]] = []
        for item in read(html):
            if isinstance(item, Table):
                waiting += self._table(item, cell)
            elif "source-note" in item.css:
                _rest(waiting, rests_on(item.text(), self.tables), item.sources)
                waiting = []
            elif item.anchor.startswith("source-"):
                continue  # the list of sources: its numbers belong to titles and dates of others
            elif "kpi" in item.css:
                waiting += self._key_figure(item, cell)
            else:
                waiting += self._sentence(item, cell)

    def printed(self, text: str, cell: str) -> None:
        """Note the numbers of printed lines."""
        for line in text.splitlines()[:MAX_PRINTED]:
            if numbers_in(line):
                self._add("printed", f"{cell}/{_start(line)}", line.strip(), cell)

    def figure(self, spec: Mapping[str, Any], number: int, cell: str) -> None:
        """Note a chart: its title, what it rests on, and a hash of what it draws."""
        words = (spec.get("usermeta") or {}).get("openstrat") or {}
        table = words.get("table") or {}
        drawn = json.dumps(table or {key: value for key, value in spec.items() if key != "usermeta"}, sort_keys=True, ensure_ascii=True)
        fact = self._add("figure", f"{cell}/figure", str(words.get("title") or f"Figure {number}"), cell)
        fact["place"]["figure"] = number
        fact["drawn"] = {"n_rows": len(table.get("rows", ())), "sha256": hashlib.sha256(drawn.encode()).hexdigest()}
        fact["n"] = words.get("n")
        _rest([fact], rests_on(str(words.get("source", "")), self.tables), ())

    def _table(self, table: Table, cell: str) -> list[dict[str, Any]]:
        made = []
        keys = _row_keys(table)
        for key, row in zip(keys, table.rows, strict=True):
            subject = row[0].text()
            sources = [source for block in row for source in block.sources]
            for index, block in enumerate(row[1:], start=1):
                label = table.columns[index] if index < len(table.columns) else str(index)
                name = "/".join((table.name or cell, key, slugify(label)))
                if text := block.text():
                    made += self._statement("cell", name, text, cell, block, label=label, sources=sources, row=subject, column=label)
        return made

    def _key_figure(self, block: Block, cell: str) -> list[dict[str, Any]]:
        label = block.text("label")
        made = self._statement("key_figure", f"{cell}/{slugify(label)}", block.text("strong", "fact"), cell, block, row=label)
        note, tables = rests_on(block.text("small"), self.tables)
        for fact in made:
            fact.update({"note": note, "tables": fact["tables"] or tables})
        return made

    def _sentence(self, block: Block, cell: str) -> list[dict[str, Any]]:
        text, title = block.text(), block.text("callout-title")
        made = self._statement("heading", f"{cell}/{_start(title)}", title, cell, Block(block.tag)) if title else []
        text = text.removeprefix(title).strip()
        is_fact = bool(numbers_in(text)) or bool(block.named)
        return made + (self._statement("sentence", f"{cell}/{_start(text)}", text, cell, block) if is_fact else [])

    def _statement(
        self, kind: str, name: str, text: str, cell: str, block: Block, *, label: str = "", sources: Iterable[str] = (), **place: str
    ) -> list[dict[str, Any]]:
        """Return the fact of a text and the facts that are named in it; nothing for a long text without a number."""
        named = [self._named(item, text, cell) for item in block.named]
        rest = block.rest if block.named else text
        if not numbers_in(rest) and (named or len(text) > LONGEST_WORD):
            return named
        fact = self._add(kind, name, text, cell, label=label, rest=rest)
        fact["place"] |= {key: value for key, value in place.items() if value}
        fact["sources"] = sorted({*sources, *block.sources})
        return [*named, fact]

    def _named(self, item: Mapping[str, Any], text: str, cell: str) -> dict[str, Any]:
        fact = self._add("fact", str(item["name"]), text, cell)
        shown = {"value": item["value"], "unit": item["unit"]}
        fact.update(numbers=[shown], sources=list(item["sources"]), tables=list(item["tables"]))
        return fact

    def _add(self, kind: str, name: str, text: str, cell: str, *, label: str = "", rest: str | None = None) -> dict[str, Any]:
        fact: dict[str, Any] = {
            "name": self._unique(name),
            "kind": kind,
            "text": text,
            "numbers": [number.record() for number in numbers_in(text if rest is None else rest, label)],
            "place": {"section": self.section or None, "cell": cell},
            "sources": [],
            "tables": [],
            "source": None,
        }
        self.facts.append(fact)
        return fact

    def _unique(self, name: str) -> str:
        unique, number = name, 1
        while unique in self.names:
            number += 1
            unique = f"{name}-{number}"
        self.names.add(unique)
        return unique


def _row_keys(table: Table) -> list[str]:
    """Return a name for every row: its first cell, with the second where several rows start alike, or its number."""
    first = [slugify(row[0].text())[:LONGEST_WORD] for row in table.rows]
    second = [slugify(row[1].text())[:LONGEST_WORD] if len(row) > 1 else "" for row in table.rows]
    return [
        (f"{key}--{second[index]}" if first.count(key) > 1 else key) or str(index + 1)  # counting from 1, as readers do
        for index, key in enumerate(first)
    ]


def _start(text: str) -> str:
    """Return the first words of a text without its numbers, as a name that stays when only numbers move."""
    return "-".join(slugify(skeleton(text).replace("#", " ")).split("-")[:NAME_WORDS]) or "number"


def _rest(facts: Iterable[dict[str, Any]], found: tuple[str, list[str]], sources: Iterable[str]) -> None:
    """Say of facts what they rest on, unless they say so themselves."""
    for fact in facts:
        fact["source"] = fact["source"] or found[0] or None
        fact["tables"] = fact["tables"] or found[1]
        fact["sources"] = sorted({*fact["sources"], *sources})


def document(ledger: Ledger, *, report: str, title: str, about: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of `facts.json`.

    Parameters
    ----------
    ledger
        Filled by rendering.
    report, title, about
        The report's name and title, and what the notebook says about itself (verdict, as-of date, status).
    inputs
        The inputs of the manifest; hashes of the tables that facts rest on are copied from it. A fact without tables of its own can
        rest only on those under `tables_read` for its cell.
    """
    stated = {name for fact in ledger.facts for name in fact["tables"]}
    used = sorted(stated.union(*ledger.tables_read.values()))
    hashes = {name: inputs["tables"][name] for name in used if name in inputs["tables"]}
    return {
        "format": FORMAT,
        "report": report,
        "title": title,
        "about": dict(about),
        "parameters": dict(inputs["parameters"]),
        "tables": hashes,
        "tables_read": ledger.tables_read,
        "n_facts": len(ledger.facts),
        "n_numbers": sum(len(fact["numbers"]) for fact in ledger.facts),
        "facts": ledger.facts,
    }


def _said(fact: Mapping[str, Any]) -> dict[str, Any]:
    """Return a fact without what is unknown or empty."""
    return {key: _said(value) if isinstance(value, dict) else value for key, value in fact.items() if value not in (None, "", [])}


def dump(facts: Mapping[str, Any]) -> bytes:
    """Return the document as the bytes of `facts.json`, one fact a line."""
    head = {key: value for key, value in facts.items() if key != "facts"}
    lines = ",\n".join("  " + json.dumps(_said(fact), ensure_ascii=False) for fact in facts["facts"])
    text = json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}")
    return f'{text},\n "facts": [\n{lines}\n ]\n}}\n'.encode()
