"""Who moved from an upstream to its fork: by month, and what became of the upstream's people after 6, 12 and 24 months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from openstrat.analysis.forks.columns import MIGRATION
from openstrat.analysis.forks.credit import NOBODY, Flags, Integers, credited, day_second, month_numbers, month_starts
from openstrat.analysis.forks.scopes import CODES, Codes, CommitScope, is_own

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

MIGRANT_MONTHS = 24
CORE_MONTHS = 12
CORE_COMMITS = 10
COUNTS = tuple(name for name in MIGRATION if name.startswith("n_"))


@dataclass(frozen=True)
class Side:
    """Credited own commits of one side as pairs of person and second, and the second its history ends."""

    repository: str | None
    person: Integers
    second: Integers
    ends_at: int

    def counts(self, start: int, end: int, n_people: int) -> Integers:
        """Return how many commits each person has from `start` to before `end`, in seconds since 1970."""
        rows = (self.second >= start) & (self.second < end)
        counted: Integers = np.bincount(self.person[rows], minlength=n_people)
        return counted


@dataclass(frozen=True)
class Sides:
    """A fork and its upstream, whose past may be known from the fork's inherited commits only."""

    fork: Side
    upstream: Side
    is_inside: bool
    started_on: date
    n_people: int

    @property
    def starts_at(self) -> int:
        """The first second of the fork's first day, in UTC."""
        return day_second(self.started_on)

    def seen_before(self, months: int, commits: int = 1) -> Flags:
        """Return who had that many upstream commits in the months before the start; `months` 0 means ever."""
        start = second_after(self.started_on, -months) if months else 0
        seen: Flags = self.upstream.counts(start, self.starts_at, self.n_people) >= commits
        return seen


def fork_sides(
    fork: CommitLog,
    fork_scopes: Codes,
    upstream: CommitLog | None,
    fork_started_on: date,
    upstream_scopes: Codes | None = None,
) -> Sides:
    """Return both sides of a fork, ready to be counted; without an upstream, the fork's inherited commits stand for its past.

    The logs must be united, so that a person has one number on both sides.
    """
    own = _side(fork, is_own(fork, fork_scopes))
    if upstream is not None:
        past = _side(upstream, is_own(upstream, upstream_scopes))
    else:
        past = _side(fork, fork_scopes == CODES[CommitScope.INHERITED], repository=False)
    return Sides(own, past, upstream is None, fork_started_on, len(fork.people))


def migration_monthly(sides: Sides, *, source_ids: str = "") -> pd.DataFrame:
    """Return one row a month from the fork's start to the end of the longer history, with the columns of the shipped table.

    Migrants had an upstream commit in the 24 months before the start, veterans at any time before, core people ten or more in
    the year before. In the month of the start only days from the start on count upstream. Blank where a side's history has
    ended; columns about both are blank where either has.
    """
    first = int(month_numbers(sides.starts_at))
    ends = [int(month_numbers(side.ends_at)) for side in (sides.fork, sides.upstream)]
    last = ends[0] if sides.is_inside else max(ends)
    groups = _Groups(sides.seen_before(MIGRANT_MONTHS), sides.seen_before(0), sides.seen_before(CORE_MONTHS, CORE_COMMITS))
    rows = [_month_row(sides, month, ends, groups) for month in range(first, last + 1)]
    frame = pd.DataFrame(rows, columns=list(COUNTS)).astype("Int64")
    months = np.arange(first, last + 1)
    return frame.assign(
        fork=sides.fork.repository,
        month=month_starts(months),
        upstream=sides.upstream.repository,
        is_upstream_inside_fork=sides.is_inside,
        months_since_fork=months - first,
        source_ids=source_ids,
    )[list(MIGRATION)]


def second_after(day: date, months: int) -> int:
    """Return the first second of the day that lies some calendar months after a day (before, where negative)."""
    return day_second((pd.Timestamp(day) + pd.DateOffset(months=months)).date())


def _side(log: CommitLog, counted: Flags, *, repository: bool = True) -> Side:
    person, _ = credited(log)
    kept = counted & (person != NOBODY)
    return Side(
        log.repository if repository else None, person[kept], log.commit_time[kept].astype(np.int64), int(log.commit_time.max(initial=0))
    )


@dataclass(frozen=True)
class _Groups:
    """Upstream people that are looked for in the fork."""

    migrant: Flags
    veteran: Flags
    core: Flags


def _month_row(sides: Sides, month: int, ends: list[int], groups: _Groups) -> dict[str, int | None]:
    start, end = (int(np.datetime64(value, "M").astype("datetime64[s]").astype(np.int64)) for value in (month, month + 1))
    row: dict[str, int | None] = dict.fromkeys(COUNTS)
    here = sides.fork.counts(start, end, sides.n_people) if month <= ends[0] else None
    there = sides.upstream.counts(max(start, sides.starts_at), end, sides.n_people) if month <= ends[1] and not sides.is_inside else None
    if here is not None:
        active = here > 0
        row |= {
            "n_fork_active": _n(active),
            "n_fork_commits": int(here.sum()),
            "n_migrants": _n(active & groups.migrant),
            "n_migrant_commits": int(here[groups.migrant].sum()),
            "n_veterans": _n(active & groups.veteran),
            "n_no_upstream_history": _n(active & ~groups.veteran),
            "n_core_active_fork": _n(active & groups.core),
        }
    if there is not None:
        row |= {"n_upstream_active": _n(there > 0), "n_core_active_upstream": _n((there > 0) & groups.core)}
        row["n_upstream_only"] = _n(there > 0) if here is None else _n((there > 0) & (here == 0))
    if here is not None and there is not None:
        row["n_both_active"] = _n((here > 0) & (there > 0))
    return row


def _n(flags: npt.NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(flags))
