"""What differs between the inputs of two reports, in words: data, parameters, method, code, versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openstrat.reporting.stored_tables import RowChange, find_table, key_columns, row_changes

DATA, INPUT, PARAMETER, METHOD, CODE, VERSION, FORM = "data", "input", "parameter", "method", "code", "version", "form"
KINDS = (DATA, INPUT, PARAMETER, METHOD, CODE, VERSION, FORM)
"""Data are shipped tables and cases, an input is the user's own file, the method is the notebook, the code is openstrat."""
MOST_ROWS = 5
CASES = "cases/"


@dataclass(frozen=True)
class Cause:
    """One input that differs. `rows` are the changed rows of a table, None when a copy of the old or new table is not at hand."""

    kind: str
    name: str
    words: str
    rows: tuple[RowChange, ...] | None = None

    def record(self) -> dict[str, Any]:
        """Return the cause as plain JSON."""
        record: dict[str, Any] = {"kind": self.kind, "name": self.name, "words": self.words}
        if self.rows is not None:
            record["rows"] = [{"key": list(row.key), "what": row.what, "cells": [list(cell) for cell in row.cells]} for row in self.rows]
        return record


def causes_between(old: Mapping[str, Any], new: Mapping[str, Any], roots: Iterable[Path] = ()) -> list[Cause]:
    """Return every input that differs between two manifests; empty when they would give the same report.

    Parameters
    ----------
    old, new
        Manifests, or the inputs of plans.
    roots
        Output roots whose stored tables may be read.
    """
    places = list(roots)
    return [
        *_tables(old, new, places),
        *_documents(old, new),
        *_own_inputs(old, new),
        *_parameters(old, new),
        *_method(old, new),
        *_code(old, new),
        *_versions(old, new),
        *_form(old, new),
    ]


def _differing(old: Mapping[str, Any], new: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any, Any]]:
    before, after = old.get(key) or {}, new.get(key) or {}
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def _tables(old: Mapping[str, Any], new: Mapping[str, Any], roots: list[Path]) -> Iterator[Cause]:
    for name, before, after in _differing(old, new, "tables"):
        if before is None or after is None:
            yield Cause(DATA, name, f"table {name} was {'added' if before is None else 'removed'}")
            continue
        was, now = find_table(name, before, roots), find_table(name, after, roots)
        if was is None or now is None:
            yield Cause(DATA, name, f"table {name} changed (its {'earlier' if was is None else 'later'} rows are not at hand)")
            continue
        rows = tuple(row_changes(was, now, key_columns(name)))
        yield Cause(DATA, name, f"table {name}: {row_words(rows)}", rows)


def row_words(rows: tuple[RowChange, ...]) -> str:
    """Return changed rows in words: up to five named, the rest counted."""
    if not rows:
        return "same rows, written in another way"
    named = "; ".join(row.words() for row in rows[:MOST_ROWS])
    return named if len(rows) <= MOST_ROWS else f"{named}; and {len(rows) - MOST_ROWS:,} more rows"


def _documents(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    for name, before, after in _differing(old, new, "documents"):
        what = "was added" if before is None else "was removed" if after is None else "changed"
        yield Cause(DATA, name, f"shipped file {name} {what}")


def _own_inputs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    for name, before, after in _differing(old, new, "input_files"):
        file = (after or before)["file"]
        yield Cause(INPUT, name, f"file {file} (parameter {name}) {'changed' if before and after else 'is given on one side only'}")
    for key, what in (("repositories", "repository"), ("fork_folders", "folder of fork tables")):
        for name, before, after in _differing(old, new, key):
            heads = f": {before[:12]} -> {after[:12]}" if isinstance(before, str) and isinstance(after, str) else ""
            yield Cause(INPUT, name, f"{what} (parameter {name}) changed{heads}")


def _parameters(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    for name, before, after in _differing(old, new, "parameters"):
        yield Cause(PARAMETER, name, f"parameter {name}: {before!r} -> {after!r}")


def _method(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    before, after = old["notebook"], new["notebook"]
    if before["file"] != after["file"]:
        yield Cause(METHOD, after["file"], f"notebook {before['file']} -> {after['file']}")
    elif before["sha256"] != after["sha256"]:
        yield Cause(METHOD, after["file"], f"notebook {after['file']} changed")


def _code(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    before, after = old["openstrat"], new["openstrat"]
    if before["version"] != after["version"]:
        yield Cause(CODE, "openstrat", f"openstrat {before['version']} -> {after['version']}")
    elif before["source_sha256"] != after["source_sha256"]:
        yield Cause(CODE, "openstrat", f"openstrat's code changed within version {after['version']}")


def _versions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    before, after = old["environment"], new["environment"]
    for name in ("python", "implementation", "platform"):
        if before.get(name) != after.get(name):
            yield Cause(VERSION, name, f"{name} {before.get(name)} -> {after.get(name)}")
    for name, was, now in _differing(before, after, "packages"):
        yield Cause(VERSION, name, f"{name} {was or 'absent'} -> {now or 'absent'}")


def _form(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    for name, what in (("report", "report"), ("title", "title"), ("page_title", "title of the page"), ("formats", "formats")):
        if old.get(name) != new.get(name):
            yield Cause(FORM, name, f"{what}: {old.get(name)!r} -> {new.get(name)!r}")


def possible_causes(fact: Mapping[str, Any], causes: Iterable[Cause], tables_read: Iterable[str] = ()) -> list[Cause]:
    """Return the causes that a fact can have moved by.

    A changed table counts for facts whose source line names it; for facts without a source line, if it was among the tables read by
    then. Parameters, method, code and versions can move anything. If nothing is left, all are returned: a source line may leave a
    table out.
    """
    every = [cause for cause in causes if cause.kind != FORM]
    tables, source = set(fact.get("tables") or ()), fact.get("source") or ""
    tables = tables or (set() if source else set(tables_read))
    found = [cause for cause in every if cause.kind not in (DATA, INPUT) or _reaches(cause, tables, source)]
    return found or every


def _reaches(cause: Cause, tables: set[str], source: str) -> bool:
    if not tables and not source:
        return True
    if cause.kind == INPUT or cause.name.startswith(CASES):
        return "case" in source or not tables
    return cause.name in tables
