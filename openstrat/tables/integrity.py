"""Does the data hold? Files against the descriptor, cells against the models, keys, references, license ids."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors

from openstrat.errors import DataError, OpenstratError
from openstrat.tables.catalog import definitions, kinds
from openstrat.tables.cells import PATTERNS, license_ids_in, split_list
from openstrat.tables.model import Definition
from openstrat.tables.store import integrity_problem, read_csv, read_header


@dataclass(frozen=True)
class Violation:
    """One thing that is wrong: where (table, line of the file, column), what, and which rule."""

    table: str
    line: int | None
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        """Return the violation as one line of text."""
        place = f"{self.table}{'' if self.line is None else f', line {self.line}'}{f', {self.column}' if self.column else ''}"
        return f"{place}: {self.rule}{f' (value {self.value!r})' if self.value else ''}"


@dataclass(frozen=True)
class TableCheck:
    """Result of checking one table: rows read and violations found."""

    table: str
    path: str
    n_rows: int
    violations: tuple[Violation, ...]


def validate(data: Path) -> list[TableCheck]:
    """Check every table below a data folder; one result a table, in catalog order.

    Raises
    ------
    DataError
        If the folder has no readable `datapackage.json`.
    """
    try:
        entries = {entry["name"]: entry for entry in json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]}
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{data / 'datapackage.json'} cannot be read ({error}). Run: openstrat data package") from error
    found: dict[str, list[Violation]] = {}
    frames: dict[str, pd.DataFrame] = {}
    for name, definition in definitions().items():
        found[name] = [*_file_violations(definition, data, entries.get(name)), *_cell_violations(definition, data)]
        try:
            frames[name] = read_csv(data / definition.path, kinds(name))
        except OpenstratError as error:
            found[name].append(Violation(name, None, "", "", str(error)))
    for name, frame in frames.items():
        definition = definitions()[name]
        found[name] += [*_model_violations(definition, frame), *_key_violations(definition, frame)]
        found[name] += _reference_violations(definition, frame, frames)
    return [
        TableCheck(name, definition.path, len(frames[name]) if name in frames else 0, tuple(found[name]))
        for name, definition in definitions().items()
    ]


def _file_violations(definition: Definition, data: Path, entry: Mapping[str, Any] | None) -> Iterator[Violation]:
    if entry is None:
        yield Violation(definition.name, None, "", "", "not in datapackage.json; run: openstrat data package")
        return
    problem = integrity_problem(data / definition.path, entry)
    if problem:
        yield Violation(definition.name, None, "", "", f"{definition.path}: {problem}")


def _cell_violations(definition: Definition, data: Path) -> Iterator[Violation]:
    """Check how cells are written, before anything converts them."""
    path = data / definition.path
    patterns = {column: re.compile(PATTERNS[kind]) for column, kind in kinds(definition.name).items() if kind in PATTERNS}
    try:
        header = read_header(path)
    except DataError as error:
        yield Violation(definition.name, None, "", "", str(error))
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        next(reader)
        for row in reader:
            if len(row) != len(header):
                yield Violation(definition.name, reader.line_num, "", "", f"{len(row)} cells instead of {len(header)}")
                continue
            for column, cell in zip(header, row, strict=True):
                if cell and column in patterns and not patterns[column].fullmatch(cell):
                    yield Violation(definition.name, reader.line_num, column, cell, f"not written as {patterns[column].pattern}")
                elif cell != cell.strip():
                    yield Violation(definition.name, reader.line_num, column, cell, "spaces at the edge of a cell")


def _model_violations(definition: Definition, frame: pd.DataFrame) -> Iterator[Violation]:
    try:
        definition.model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        for case in error.failure_cases.itertuples():
            line = None if case.index is None or pd.isna(case.index) else int(case.index) + 2
            yield Violation(definition.name, line, str(case.column), str(case.failure_case), f"breaks {case.check}")


def _key_violations(definition: Definition, frame: pd.DataFrame) -> Iterator[Violation]:
    columns = list(definition.key)
    for index in frame.index[frame.duplicated(columns)]:
        value = " / ".join(str(frame.at[index, column]) for column in columns)
        yield Violation(definition.name, int(index) + 2, ", ".join(columns), value, "key stands twice")


def _reference_violations(definition: Definition, frame: pd.DataFrame, frames: Mapping[str, pd.DataFrame]) -> Iterator[Violation]:
    for name, column in definition.model.to_schema().columns.items():
        metadata = column.metadata or {}
        kind, vocabulary, target = metadata["kind"], metadata.get("vocabulary"), metadata.get("references", "")
        target = "licenses.license_id" if kind == "license_expression" else target
        split = {"list": split_list, "license_expression": license_ids_in}.get(kind, lambda cell: [cell])
        if vocabulary:
            yield from _outside(definition.name, frame[name], split, set(vocabulary), f"not one of: {', '.join(vocabulary)}")
        if target:
            table, field = target.split(".")
            known = set(frames[table][field]) if table in frames else set()
            yield from _outside(definition.name, frame[name], split, known, f"no such {target}")
    for own, (table, other) in definition.references.items():
        known = set(frames[table][list(other)].itertuples(index=False, name=None)) if table in frames else set()
        for index, key in zip(frame.index, frame[list(own)].itertuples(index=False, name=None), strict=True):
            if key not in known:
                yield Violation(definition.name, int(index) + 2, ", ".join(own), str(key), f"no such row in {table}")


def _outside(table: str, cells: pd.Series[Any], split: Callable[[Any], list[str]], allowed: set[str], rule: str) -> Iterator[Violation]:
    unique = {cell: [part for part in split(cell) if part not in allowed] for cell in cells.dropna().unique()}
    wrong = {cell: parts for cell, parts in unique.items() if parts}
    for index, cell in cells[cells.isin(list(wrong))].items():
        for part in wrong[cell]:
            yield Violation(table, int(str(index)) + 2, str(cells.name), part, rule)
