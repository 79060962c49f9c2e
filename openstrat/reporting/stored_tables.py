"""Copies of the tables that reports were made from, one for each hash, so that a later comparison can name the row that changed."""

from __future__ import annotations

import contextlib
import csv
import gzip
import hashlib
import io
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openstrat import resources
from openstrat.errors import OpenstratError
from openstrat.tables.store import resource

STORE = ".tables"
Rows = dict[tuple[str, ...], dict[str, str]]


def _digest(table_hash: str) -> str:
    return table_hash.removeprefix("sha256:")


def keep_tables(root: Path, hashes: Mapping[str, str]) -> None:
    """Copy the shipped tables into the store below an output root, unless a copy of the same hash is there.

    A copy that cannot be written is left out: it is a convenience, the report is already published.
    """
    store = root / STORE
    for name, table_hash in hashes.items():
        target = store / f"{_digest(table_hash)}.csv.gz"
        if target.exists():
            continue
        with contextlib.suppress(OSError, OpenstratError):
            content = resources.data_path(resource(name)["path"]).read_bytes()
            if hashlib.sha256(content).hexdigest() == _digest(table_hash):
                store.mkdir(parents=True, exist_ok=True)
                _write(target, gzip.compress(content, 1, mtime=0))


def _write(target: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as file:
        file.write(data)
    os.replace(file.name, target)  # noqa: PTH105 - atomic: readers never see half a file


def find_table(name: str, table_hash: str, roots: Iterable[Path]) -> bytes | None:
    """Return the bytes of a table with this hash from the stores below `roots` or the shipped data; None when no copy is left."""
    candidates = [root / STORE / f"{_digest(table_hash)}.csv.gz" for root in roots]
    for path in candidates:
        with contextlib.suppress(OSError, EOFError, gzip.BadGzipFile):
            content = gzip.decompress(path.read_bytes())
            if hashlib.sha256(content).hexdigest() == _digest(table_hash):
                return content
    with contextlib.suppress(OSError, OpenstratError):
        content = resources.data_path(resource(name)["path"]).read_bytes()
        if hashlib.sha256(content).hexdigest() == _digest(table_hash):
            return content
    return None


@dataclass(frozen=True)
class RowChange:
    """One row of a table that differs: its key, and for a row on both sides each column with the old and the new cell."""

    key: tuple[str, ...]
    what: str
    cells: tuple[tuple[str, str, str], ...] = ()

    def words(self) -> str:
        """Return the change in words."""
        name = " / ".join(self.key)
        if self.what != "changed":
            return f"row {name} {self.what}"
        cells = ", ".join(f"{column}: {old or 'blank'} -> {new or 'blank'}" for column, old, new in self.cells)
        return f"row {name} changed ({cells})"


def row_changes(old: bytes, new: bytes, key: Iterable[str]) -> list[RowChange]:
    """Return the rows that differ between two versions of a table, by primary key, in the order of the newer one.

    Parameters
    ----------
    old, new
        CSV files.
    key
        Columns of the primary key; a table that lacks one is compared by its first column.
    """
    before, after = _rows(old, list(key)), _rows(new, list(key))
    found = []
    for name, row in after.items():
        if name not in before:
            found.append(RowChange(name, "added"))
        elif row != before[name]:
            found.append(RowChange(name, "changed", _cells(before[name], row)))
    return found + [RowChange(name, "removed") for name in before if name not in after]


def _cells(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    columns = dict.fromkeys([*new, *old])
    return tuple((name, old.get(name, ""), new.get(name, "")) for name in columns if old.get(name, "") != new.get(name, ""))


def _rows(data: bytes, key: list[str]) -> Rows:
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    columns = list(reader.fieldnames or ())
    named = key if key and set(key) <= set(columns) else columns[:1]
    return {tuple(row[column] for column in named): {name: row[name] or "" for name in columns} for row in reader}


def key_columns(name: str) -> list[str]:
    """Return the primary key of a shipped table; empty when it is not known."""
    with contextlib.suppress(OpenstratError, KeyError):
        key = resource(name)["schema"]["primaryKey"]
        return [key] if isinstance(key, str) else list(key)
    return []
