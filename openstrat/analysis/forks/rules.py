"""Ways of counting commits: the same window under each rule, as weights of people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from openstrat.analysis.forks.credit import NOBODY, Flags, credited, day_second, participants
from openstrat.analysis.forks.scopes import Codes, is_own
from openstrat.errors import InputError
from openstrat.terms import Term

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

Weights = npt.NDArray[np.float64]
K_LARGEST = 10
"""Largest commits, by lines added and removed, that the last rule leaves out."""


class CountingRule(Term):
    """How a commit of several people counts."""

    UNIQUE_COMMITS = "unique_commits", "Each commit once, for the credited person."
    AUTHOR_COMMITS = "author_commits", "A co-authored commit once for each of its people."
    FRACTIONAL = "fractional", "A co-authored commit in equal parts to its people."
    WITHOUT_LARGEST = "without_largest", f"Each commit once, without the {K_LARGEST} that change most lines."


@dataclass(frozen=True)
class Window:
    """Days that count, by the date a commit entered the history in UTC; `end` is the first day that does not.

    Raises
    ------
    InputError
        If the window is empty.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise InputError(f"A window from {self.start} to before {self.end} holds no day. Give an end after the start.")

    def __str__(self) -> str:
        """Return the window in words."""
        return f"{self.start} to before {self.end}"

    @classmethod
    def around(cls, day: date, months: int) -> Window:
        """Return the window of that many calendar months after a day, or before it where negative."""
        other = (pd.Timestamp(day) + pd.DateOffset(months=months)).date()
        return cls(min(day, other), max(day, other))

    def months(self) -> float:
        """Return the length in months of 30.4375 days."""
        return (self.end - self.start).days / 30.4375


@dataclass(frozen=True)
class Counted:
    """The weighted pairs of commit and person that one rule counts in one window.

    `row` is the row of the commit in the log, `weight` what the pair counts. `n` commits stand behind them.
    """

    row: npt.NDArray[np.int64]
    person: npt.NDArray[np.int64]
    weight: Weights
    n: int

    def by_person(self, n_people: int) -> Weights:
        """Return the weight of each person of the united index."""
        return np.bincount(self.person, weights=self.weight, minlength=n_people).astype(np.float64)


def count_window(log: CommitLog, scopes: Codes | None, window: Window, rule: CountingRule) -> Counted | None:
    """Return what a rule counts in a window; None where it needs line counts and the log has none.

    Only own commits count, and of a bot's commits only those that name a person. The weights of the rules unique and fractional
    add up to the number of commits.
    """
    person, _ = credited(log)
    kept = is_own(log, scopes) & (person != NOBODY) & _in_window(log, window)
    if rule is CountingRule.WITHOUT_LARGEST:
        if log.insertions is None or log.deletions is None:
            return None
        kept &= ~_largest(np.where(kept, log.insertions.astype(np.int64) + log.deletions, -1))
    if rule in {CountingRule.UNIQUE_COMMITS, CountingRule.WITHOUT_LARGEST}:
        rows = np.flatnonzero(kept)
        return Counted(rows, person[rows], np.ones(len(rows)), len(rows))
    rows, people = participants(log)
    pairs = kept[rows]
    rows, people = rows[pairs], people[pairs]
    shares = 1.0 / np.bincount(rows, minlength=len(log))[rows] if rule is CountingRule.FRACTIONAL else np.ones(len(rows))
    return Counted(rows, people, shares, int(np.count_nonzero(kept)))


def in_lines(log: CommitLog, counted: Counted) -> Counted | None:
    """Return the same pairs, each weighing the lines that its commit adds times what it counts; None where the log has no lines."""
    if log.insertions is None:
        return None
    return replace(counted, weight=counted.weight * log.insertions[counted.row])


def _in_window(log: CommitLog, window: Window) -> Flags:
    flags: Flags = (log.commit_time >= day_second(window.start)) & (log.commit_time < day_second(window.end))
    return flags


def _largest(lines: npt.NDArray[np.int64]) -> Flags:
    flags = np.zeros(len(lines), dtype=bool)
    flags[np.argsort(-lines, kind="stable")[:K_LARGEST]] = True
    return flags
