"""A shipped table beside a rebuilt one: equal cells, differing cells and the largest difference, by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from openstrat.errors import InputError

TOLERANCE = 1e-4
"""Shares are shipped with four digits: one in the last is rounding."""
COLUMNS = ("column", "n_equal", "n_differ", "n_blank_shipped_only", "n_blank_rebuilt_only", "largest_difference", "largest_at")


@dataclass(frozen=True)
class RowMatch:
    """Which rows two tables share by their key, and how many only one has."""

    n_both: int
    n_shipped_only: int
    n_rebuilt_only: int


def match_rows(shipped: pd.DataFrame, rebuilt: pd.DataFrame, key: Sequence[str]) -> RowMatch:
    """Return how many rows both tables have, by key.

    Raises
    ------
    InputError
        If a key column is missing, or a key repeats.
    """
    ours, theirs = _indexed(shipped, key).index, _indexed(rebuilt, key).index
    both = len(ours.intersection(theirs))
    return RowMatch(both, len(ours) - both, len(theirs) - both)


def compare_tables(shipped: pd.DataFrame, rebuilt: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return one row a column that both tables have, over the rows that both have.

    Blank beside blank is equal. `n_differ` counts all cells that are not equal, blank on one side included. `largest_difference`
    and `largest_at` (the key in words) are blank for text, and where only blanks differ.

    Raises
    ------
    InputError
        If a key column is missing, or a key repeats.
    """
    ours, theirs = _indexed(shipped, key), _indexed(rebuilt, key)
    rows = ours.index.intersection(theirs.index)
    columns = [name for name in ours.columns if name in theirs.columns]
    found = [_column(name, ours.loc[rows, name], theirs.loc[rows, name]) for name in columns]
    return pd.DataFrame(found, columns=list(COLUMNS)).astype({"largest_difference": "float64"})


def differing_cells(shipped: pd.DataFrame, rebuilt: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return which cells differ, one flag a cell: rows that both tables have, by key, and columns that both have.

    Raises
    ------
    InputError
        If a key column is missing, or a key repeats.
    """
    ours, theirs = _indexed(shipped, key), _indexed(rebuilt, key)
    rows = ours.index.intersection(theirs.index)
    columns = [name for name in ours.columns if name in theirs.columns]
    return pd.DataFrame({name: _differs(ours.loc[rows, name], theirs.loc[rows, name]) for name in columns}, index=rows)


def _differs(ours: pd.Series, theirs: pd.Series) -> npt.NDArray[np.bool_]:
    """Return which cells of two columns differ; blank beside blank is equal."""
    blank, other = ours.isna().to_numpy(), theirs.isna().to_numpy()
    known = ~blank & ~other
    differs: npt.NDArray[np.bool_] = blank != other
    differs[known] = _distance(ours[known], theirs[known])[0]
    return differs


def _indexed(table: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    missing = [name for name in key if name not in table.columns]
    if missing:
        raise InputError(f"The key needs column {missing[0]!r}. Columns: {', '.join(table.columns)}.")
    indexed = table.set_index(list(key))
    if not indexed.index.is_unique:
        raise InputError(f"The key {', '.join(key)} repeats for {indexed.index[indexed.index.duplicated()][0]}. Rows need a key each.")
    return indexed


def _column(name: str, ours: pd.Series, theirs: pd.Series) -> dict[str, object]:
    blank_ours, blank_theirs = ours.isna().to_numpy(), theirs.isna().to_numpy()
    known = ~blank_ours & ~blank_theirs
    far, distance = _distance(ours[known], theirs[known])
    n_differ = int(far.sum() + (blank_ours != blank_theirs).sum())
    largest = int(np.argmax(distance)) if distance is not None and far.any() else None
    return {
        "column": name,
        "n_equal": len(ours) - n_differ,
        "n_differ": n_differ,
        "n_blank_shipped_only": int((blank_ours & ~blank_theirs).sum()),
        "n_blank_rebuilt_only": int((~blank_ours & blank_theirs).sum()),
        "largest_difference": None if largest is None or distance is None else float(distance[largest]),
        "largest_at": "" if largest is None else _words(ours[known].index[largest]),
    }


def _distance(ours: pd.Series, theirs: pd.Series) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64] | None]:
    """Return which known cells differ, and for numbers by how much."""
    if all(pd.api.types.is_numeric_dtype(values.dtype) and not pd.api.types.is_bool_dtype(values.dtype) for values in (ours, theirs)):
        distance = np.abs(ours.to_numpy(dtype=float) - theirs.to_numpy(dtype=float))
        return distance > TOLERANCE * 1.01, distance
    return ours.astype(str).to_numpy() != theirs.astype(str).to_numpy(), None


def _words(key: object) -> str:
    parts = key if isinstance(key, tuple) else (key,)
    return " ".join(f"{part:%Y-%m}" if isinstance(part, pd.Timestamp) else str(part) for part in parts)
