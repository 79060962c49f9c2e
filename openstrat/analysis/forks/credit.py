"""Who is credited with a commit, and in which month it counts."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from openstrat.errors import UnknownNameError

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

NOBODY = -1
"""Stands for the person or address of a commit that a bot wrote without naming a human co-author."""
DAY_SECONDS = 86_400
CREDIT_RULE = "A commit is credited to its author; a bot's commit to its first human co-author, and to nobody without one."
Basis: TypeAlias = Literal["committer", "author"]
Integers: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]


def credited(log: CommitLog) -> tuple[Integers, Integers]:
    """Return the credited person and address of each commit, `NOBODY` where a bot wrote it and named no human co-author."""
    person, address = log.author.astype(np.int64), log.address.astype(np.int64)
    person[log.is_bot] = address[log.is_bot] = NOBODY
    human = np.flatnonzero(~_bots(log)[log.coauthor])
    commits, first = np.unique(log.coauthor_commit[human], return_index=True)
    first_human = human[first]
    by_bot = log.is_bot[commits]
    person[commits[by_bot]] = log.coauthor[first_human[by_bot]]
    address[commits[by_bot]] = log.coauthor_address[first_human[by_bot]]
    return person, address


def participants(log: CommitLog) -> tuple[Integers, Integers]:
    """Return the people behind each commit as pairs: row of the commit, person; author and human co-authors, each once."""
    authored = np.flatnonzero(~log.is_bot)
    human = ~_bots(log)[log.coauthor]
    rows = np.concatenate([authored, log.coauthor_commit[human]]).astype(np.int64)
    people = np.concatenate([log.author[authored], log.coauthor[human]]).astype(np.int64)
    return _split(np.unique(_join(rows, people, len(log.people))), len(log.people))


def commit_times(log: CommitLog, basis: str) -> Integers:
    """Return the second in UTC that decides about a commit: when it entered the history, or when it was written.

    Raises
    ------
    UnknownNameError
        If `basis` is neither committer nor author.
    """
    times = {"committer": log.commit_time, "author": log.author_time}
    if basis not in times:
        raise UnknownNameError("date basis", basis, times)
    return times[basis].astype(np.int64)


def day_second(day: date) -> int:
    """Return the first second of a day in UTC, since 1970."""
    return int(np.datetime64(day).astype("datetime64[s]").astype(np.int64))


def day_of(second: int) -> date:
    """Return the day in UTC of a second since 1970."""
    day: date = np.datetime64(second, "s").astype("datetime64[D]").item()
    return day


def month_numbers(seconds: npt.ArrayLike) -> Integers:
    """Return the calendar month in UTC of each second since 1970, counted from January 1970."""
    months: Integers = np.asarray(seconds, dtype=np.int64).astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return months


def month_starts(numbers: npt.ArrayLike) -> pd.DatetimeIndex:
    """Return the first day of each month that is counted from January 1970."""
    return pd.DatetimeIndex(np.asarray(numbers, dtype=np.int64).astype("datetime64[M]").astype("datetime64[ns]"))


def distinct_by_group(groups: Integers, items: Integers, n_groups: int) -> Integers:
    """Return how many different items each group 0 to `n_groups` - 1 has."""
    width = int(items.max(initial=0)) + 1
    found, _ = _split(np.unique(_join(groups, items, width)), width)
    counted: Integers = np.bincount(found, minlength=n_groups)
    return counted


def until(log: CommitLog, last_day: date) -> CommitLog:
    """Return the log without commits that entered the history after a day in UTC; people and addresses stay as they are."""
    return only(log, log.commit_time < day_second(last_day + timedelta(days=1)))


def only(log: CommitLog, kept: Flags) -> CommitLog:
    """Return the log with the flagged commits; people and addresses stay as they are."""
    kept_coauthors = kept[log.coauthor_commit]
    new_rows = np.cumsum(kept) - 1
    changes: dict[str, Any] = {}
    for field in fields(log):
        values = getattr(log, field.name)
        if isinstance(values, np.ndarray):
            changes[field.name] = values[kept_coauthors if field.name.startswith("coauthor") else kept]
    changes["coauthor_commit"] = new_rows[changes["coauthor_commit"]].astype(np.int32)
    return replace(log, **changes)


def _bots(log: CommitLog) -> Flags:
    flags: Flags = log.people["is_bot"].to_numpy(dtype=bool)
    return flags


def _join(first: Integers, second: Integers, width: int) -> Integers:
    return first.astype(np.int64) * max(width, 1) + second


def _split(joined: Integers, width: int) -> tuple[Integers, Integers]:
    return joined // max(width, 1), joined % max(width, 1)
