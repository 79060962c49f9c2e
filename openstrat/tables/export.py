"""Tables for use elsewhere: CSV that is safe to open in a spreadsheet, or JSON."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from openstrat.errors import InputError
from openstrat.tables.store import read_table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_table(name: str, target: Path, *, raw: bool = False) -> Path:
    """Write a shipped table to a new `.csv` or `.json` file and return its path.

    Text cells that a spreadsheet would run as a formula get a leading apostrophe, unless `raw`.

    Raises
    ------
    InputError
        If the ending is another one, the file exists, or cannot be written.
    """
    if target.suffix not in {".csv", ".json"}:
        raise InputError(f"--to {target}: the ending {target.suffix!r} is not known. Allowed: .csv, .json.")
    if target.exists():
        raise InputError(f"--to {target}: the file exists. Choose another name, or remove it first.")
    frame = read_table(name)
    try:
        if target.suffix == ".json":
            frame.to_json(target, orient="records", date_format="iso", indent=1)
        else:
            (frame if raw else defused(frame)).to_csv(target, index=False, encoding="utf-8")
    except OSError as error:
        raise InputError(f"--to {target}: cannot be written ({error.strerror or error}). Choose another folder.") from error
    return target


def defused(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with an apostrophe before text that a spreadsheet would run as a formula."""
    shown = frame.copy()
    for column in shown.select_dtypes(include=["string", "object"]).columns:
        risky = shown[column].str.startswith(FORMULA_STARTS).fillna(False).astype(bool)
        shown.loc[risky, column] = "'" + shown.loc[risky, column]
    return shown
