"""Why rebuilt fork tables differ from the shipped ones: each differing cell gets the first reason that can be computed for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from openstrat.analysis.forks.compare import differing_cells
from openstrat.terms import Term

WINDOW_MONTHS = 12
SCOPE_COUNTS = tuple(f"n_commits_{scope}" for scope in ("own", "inherited", "ported", "ported_from_fork", "imported", "duplicate"))
NAME = {"repositories": "repository", "activity_monthly": "repository", "migration_monthly": "fork", "core_transitions": "fork"}
COLUMNS = ("repository", "table", "reason", "n_cells", "n_rows")


class Reason(Term):
    """Why a cell differs; the first that holds, in this order."""

    CLONE_ENDS = "clone_ends", "the clone ends before the shipped history"
    COMMITS = "commits", "other commits are own, inherited or carried over"
    BOTS = "bots", "other commits are those of bots"
    ORGANIZATIONS = "organizations", "other addresses name an organization"
    STEWARD = "steward", "other people have an address of the steward"
    COAUTHORS = "coauthors", "other people are named as co-authors"
    PEOPLE = "people", "names and addresses are joined to other people"


@dataclass(frozen=True)
class Tables:
    """The shipped and the rebuilt rows of one family, by table, and the day on which a clone that is too short ends."""

    shipped: Mapping[str, pd.DataFrame]
    rebuilt: Mapping[str, pd.DataFrame]
    keys: Mapping[str, Sequence[str]]
    ends: Mapping[str, date]

    def differing(self, table: str) -> pd.DataFrame:
        """Return which cells of a table differ."""
        return differing_cells(self.shipped[table], self.rebuilt[table], self.keys[table])


def reasons(tables: Tables) -> pd.DataFrame:
    """Return how many cells differ in how many rows, by repository, table and reason.

    A cell of a month differs because of commits or bots when those of its month do, a cell over twelve months when those of any
    of them do. Else its column says what it hangs on. Reasons name what differs, not who is right.
    """
    found = [_of_table(tables, table) for table, frame in tables.rebuilt.items() if len(frame)]
    cells = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["repository", "table", "reason", "row"])
    grouped = cells.groupby(["repository", "table", "reason"], sort=True)["row"]
    counted = grouped.agg(n_cells="size", n_rows="nunique").reset_index()
    return counted.sort_values(["repository", "table", "n_cells"], ascending=[True, True, False], ignore_index=True)[list(COLUMNS)]


def _of_table(tables: Tables, table: str) -> pd.DataFrame:
    differing = tables.differing(table)
    rows, columns = np.nonzero(differing.to_numpy())
    keys = differing.index.to_frame(index=False).iloc[rows].reset_index(drop=True)
    cells = keys.assign(row=rows, column=differing.columns[columns], table=table, repository=keys[NAME[table]])
    if table == "activity_monthly":
        cells["reason"] = _monthly_reasons(tables, differing, cells)
    else:
        cells["reason"] = [_reason_of(tables, {str(name): cell for name, cell in row.items()}) for row in cells.to_dict("records")]
    return cells[["repository", "table", "reason", "row"]]


def _monthly_reasons(tables: Tables, differing: pd.DataFrame, cells: pd.DataFrame) -> list[str]:
    commits = _windows(_own_commits_differ(tables, differing))
    bots = _windows(differing["n_commits_bot"] | differing["n_commits_bot_uncredited"])
    found = []
    for row, column, name, month in zip(cells["row"], cells["column"], cells["repository"], cells["month"], strict=True):
        width = int(column.endswith("_12m"))
        if _is_after_end(tables.ends.get(name), month, column):
            found.append(Reason.CLONE_ENDS.value)
        elif commits[row, width]:
            found.append(Reason.COMMITS.value)
        elif bots[row, width]:
            found.append(Reason.BOTS.value)
        else:
            found.append(_by_column(column, bool(differing["n_active_authors"].iloc[row])))
    return found


def _own_commits_differ(tables: Tables, differing: pd.DataFrame) -> pd.Series:
    """Return for each month whether the number of own commits differs, those of bots included."""
    key = list(tables.keys["activity_monthly"])
    sums = [
        frame["activity_monthly"].set_index(key).loc[differing.index, ["n_commits", "n_commits_bot_uncredited"]].sum(axis=1)
        for frame in (tables.shipped, tables.rebuilt)
    ]
    return sums[0] != sums[1]


def _windows(flags: pd.Series) -> npt.NDArray[np.bool_]:
    """Return each row's flag, and whether one of the twelve months up to it has one, for months in order within a history."""
    levels = [name for name in flags.index.names if name != "month"]
    own = flags.astype(int)
    year = own.sort_index().groupby(level=levels).transform(lambda values: values.rolling(WINDOW_MONTHS, min_periods=1).max())
    return np.column_stack([flags.to_numpy(dtype=bool), year.reindex(flags.index).to_numpy() > 0])


def _is_after_end(end: date | None, month: pd.Timestamp, column: str) -> bool:
    """Return whether a cell needs days after a clone's end.

    Newcomers who come back are looked for in the next year, and people's addresses of a steward in the whole history.
    """
    if end is not None and column.endswith("_nonsteward"):
        return True
    months_needed = WINDOW_MONTHS + 1 if column == "n_new_retained_6m" else 1
    return end is not None and month + pd.DateOffset(months=months_needed) > pd.Timestamp(end)


def _by_column(column: str, is_activity_other: bool) -> str:
    if column.startswith(("org_", "elephant_")):
        return Reason.ORGANIZATIONS.value
    if column.endswith("_nonsteward"):
        return Reason.STEWARD.value
    if column == "n_active_with_coauthors" and not is_activity_other:
        return Reason.COAUTHORS.value
    return Reason.PEOPLE.value


def _reason_of(tables: Tables, cell: Mapping[str, object]) -> str:
    """Return the reason of a cell about a whole history, or about a fork and its upstream."""
    name, column = str(cell["repository"]), str(cell["column"])
    shipped, rebuilt = (frames["repositories"].set_index("repository") for frames in (tables.shipped, tables.rebuilt))
    differing = [other for other in rebuilt.columns if not _same(shipped.loc[name, other], rebuilt.loc[name, other])]
    if _needs_more(tables, cell, name):
        return Reason.CLONE_ENDS.value
    if column in SCOPE_COUNTS or ("bot" not in column and set(differing) & set(SCOPE_COUNTS)):
        return Reason.COMMITS.value
    if any("bot" in other for other in differing):
        return Reason.BOTS.value
    return Reason.PEOPLE.value


def _needs_more(tables: Tables, cell: Mapping[str, object], name: str) -> bool:
    upstreams = {str(row["fork"]): str(row["upstream"]) for row in tables.shipped["core_transitions"].to_dict("records")}
    ends = [tables.ends[side] for side in (name, upstreams.get(name, "")) if side in tables.ends]
    month = cell.get("month")
    return bool(ends) and (not isinstance(month, pd.Timestamp) or _is_after_end(min(ends), month, str(cell["column"])))


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) or bool(pd.isna(one) and pd.isna(other))
