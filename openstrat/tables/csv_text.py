"""Frames as the CSV text of shipped tables: blank for unknown, `true` and `false`, days and months as written there."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

DIGITS = 4


def csv_text(frame: pd.DataFrame, *, months: Collection[str] = ()) -> str:
    """Return a frame as CSV: UTF-8, LF, minimal quotes, shares with up to four digits; columns in `months` as YYYY-MM."""
    written = {name: [_cell(cell, is_month=name in months) for cell in frame[name].astype(object)] for name in frame.columns}
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(zip(*written.values(), strict=True))
    return target.getvalue()


def with_rows(shipped: str, new: str, key: Sequence[str]) -> str:
    """Return the CSV text of a table with the cells of new rows in place of those with the same key, sorted by key.

    Rows and columns that `new` lacks stay as they are; columns that the table lacks are left out.
    """
    rows = list(csv.DictReader(io.StringIO(shipped)))
    columns = next(csv.reader(io.StringIO(shipped)))
    by_key = {tuple(row[name] for name in key): row for row in rows}
    for row in csv.DictReader(io.StringIO(new)):
        known = {name: cell for name, cell in row.items() if name in columns}
        by_key.setdefault(tuple(row[name] for name in key), dict.fromkeys(columns, "")).update(known)
    target = io.StringIO()
    writer = csv.DictWriter(target, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(by_key[name] for name in sorted(by_key))
    return target.getvalue()


def _cell(cell: Any, *, is_month: bool) -> str:
    if cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and cell != cell):  # noqa: PLR0124 - NaN
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m}" if is_month else f"{cell:%Y-%m-%d}"
    return str(round(cell, DIGITS)) if isinstance(cell, float) else str(cell)
