"""Reading shipped tables: the checksum first, then every column by its declared type. Nothing is guessed."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openstrat import resources
from openstrat.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

DTYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
DATE_FORMATS = {"date": "%Y-%m-%d", "month": "%Y-%m"}
_READ: set[str] = set()


@cache
def descriptor() -> dict[str, Any]:
    """Return `data/datapackage.json`: what each shipped table is, its bytes, rows and sha256.

    Raises
    ------
    DataError
        If the file is missing or is not JSON.
    """
    path = resources.data_path("datapackage.json")
    try:
        loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{path.name} cannot be read ({error}). Reinstall openstrat, or run: openstrat data package") from error
    return loaded


def table_names() -> list[str]:
    """Return the names of all shipped tables, in the order of the descriptor."""
    return [resource["name"] for resource in descriptor()["resources"]]


def resource(name: str) -> dict[str, Any]:
    """Return the descriptor entry of one table.

    Raises
    ------
    UnknownNameError
        If no table has that name.
    """
    entries = {entry["name"]: entry for entry in descriptor()["resources"]}
    if name not in entries:
        raise UnknownNameError("table", name, entries, "See: openstrat data list")
    found: dict[str, Any] = entries[name]
    return found


def table_hash(name: str) -> str:
    """Return the sha256 of a shipped table as the descriptor states it."""
    return str(resource(name)["hash"]).removeprefix("sha256:")


def read_table(name: str) -> pd.DataFrame:
    """Return one shipped table as a typed frame, one row a CSV line.

    The file is compared with its sha256 once; later calls answer from memory. Frames are copy-on-write: change yours freely.

    Raises
    ------
    UnknownNameError
        If no table has that name.
    DataError
        If the file is missing, cut or changed.
    """
    frame = _read_checked(name).copy(deep=False)
    _READ.add(name)
    return frame


def tables_read() -> list[str]:
    """Return the names of the shipped tables that this process has read so far, in alphabetical order.

    A report notes them beside each output: a number shown there can rest on no other table.
    """
    return sorted(_READ)


@cache
def _read_checked(name: str) -> pd.DataFrame:
    entry = resource(name)
    path = resources.data_path(entry["path"])
    problem = integrity_problem(path, entry)
    if problem:
        raise DataError(f"{entry['path']}: {problem} Reinstall openstrat; if you edited the file on purpose, run: openstrat data package")
    kinds = {item["name"]: item["kind"] for item in entry["schema"]["fields"]}
    return read_csv(path, kinds)


def integrity_problem(path: Path, entry: Mapping[str, Any]) -> str:
    """Say how a file differs from its descriptor entry; an empty string when it does not."""
    try:
        content = path.read_bytes()
    except OSError:
        return "the file is missing."
    if len(content) != entry["bytes"]:
        return f"{len(content):,} bytes instead of {entry['bytes']:,}: the file was cut or changed."
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != entry["hash"]:
        return "same length but another sha256: at least one byte was changed."
    return ""


def read_csv(path: Path, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return a CSV file as a typed frame; `kinds` gives each column's kind (see `tables.fields`).

    Only an empty cell is unknown: `NA`, `no` and `1.10` come back as they stand.

    Raises
    ------
    DataError
        If the text is not UTF-8, columns differ, or a cell does not parse; the message names the file and the cell.
    """
    import pandas as pd

    header = read_header(path)
    if header != list(kinds):
        raise DataError(f"{path.name}: {_header_difference(header, list(kinds))}")
    dtypes = {column: DTYPES.get(kind, "str") for column, kind in kinds.items()}
    options: dict[str, Any] = {"keep_default_na": False, "na_values": [""], "encoding": "utf-8-sig"}
    options |= {"true_values": ["true"], "false_values": ["false"]}
    try:
        frame: pd.DataFrame = pd.read_csv(path, dtype=dtypes, **options)
        for column, kind in kinds.items():
            if kind in DATE_FORMATS:
                frame[column] = pd.to_datetime(frame[column], format=DATE_FORMATS[kind]).astype("datetime64[ns]")
    except (ValueError, TypeError) as error:
        raise DataError(f"{path.name}: a cell does not fit its type ({error}). Run: openstrat data validate") from error
    return frame


def read_column(name: str, column: str) -> list[str]:
    """Return one column of a shipped table as text, in file order; answers without pandas."""
    with resources.data_path(resource(name)["path"]).open(encoding="utf-8", newline="") as lines:
        _READ.add(name)
        return [row[column] for row in csv.DictReader(lines)]


def read_header(path: Path) -> list[str]:
    """Return the column names of a CSV file.

    Raises
    ------
    DataError
        If the file is missing, empty, or not UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return next(csv.reader(lines))
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not UTF-8 (byte {error.start}). Save it as UTF-8 and try again.") from error
    except StopIteration:
        raise DataError(f"{path.name} is empty; a header line is required.") from None
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror}.") from error


def _header_difference(found: list[str], expected: list[str]) -> str:
    missing = [column for column in expected if column not in found]
    extra = [column for column in found if column not in expected]
    if missing or extra:
        return f"missing columns: {', '.join(missing) or 'none'}; unexpected columns: {', '.join(extra) or 'none'}."
    return f"columns are in another order. Expected: {', '.join(expected)}."
