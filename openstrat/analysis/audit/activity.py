"""How much a repository is worked on and on how few people it hangs, in stated windows; people are counted, bots set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from openstrat.analysis.audit.dates import Dates
from openstrat.analysis.forks.concentration import concentration
from openstrat.analysis.forks.credit import DAY_SECONDS, NOBODY, Flags, credited
from openstrat.analysis.forks.monthly import activity_monthly
from openstrat.analysis.forks.organizations import DOMAINS, with_organizations

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

WINDOW_COLUMNS = [
    "window",
    "from_on",
    "to_on",
    "n_commits",
    "n_authors",
    "n_bot_commits",
    "top_author_share",
    "absence_factor",
    "is_complete",
]
FIGURES = ("n_commits", "n_authors", "n_bot_commits", "top_author_share", "absence_factor")
MONTH_COLUMNS = ["month", "n_commits", "n_active_authors", "n_authors_12m", "absence_factor_12m", "top1_share_12m", "is_partial_month"]
RULE = (
    "Commits that are no merges, on the default branch, by committer date in UTC. A bot's commit counts for its first human co-author, "
    "else it is set apart. People are merged by address, full name and .mailmap."
)
YEAR_DAYS = 365
MONTHS = (12, 24)


@dataclass(frozen=True)
class SignOffs:
    """Share of commits with a sign-off line, 0 to 1, merges and bots left out; None where there is no commit."""

    share_12m: float | None
    n_commits_12m: int
    share_all: float | None
    n_commits_all: int
    by_author_share_12m: float | None


@dataclass(frozen=True)
class OutsideChanges:
    """How many commits of a window came from outside the steward, at least and at most; unknown affiliations make the difference."""

    low: int
    high: int
    is_steward_named: bool = False

    @property
    def n(self) -> int | None:
        """The count where it settles the question: the lower bound when it is above 0, 0 when both are; else None."""
        return self.low if self.low else 0 if not self.high else None


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier; the last day of that month where it has no such day."""
    month = pd.Timestamp(day) - pd.DateOffset(months=months)
    found: date = month.date()
    return found


def year_before(day: date, months: int = 12) -> date:
    """Return the first day of the year, or of so many months, that ends with a day."""
    return months_before(day, months) + timedelta(days=1)


def day_number(day: date) -> int:
    """Return a day as days since 1970."""
    return (day - date(1970, 1, 1)).days


def commit_days(log: CommitLog) -> np.ndarray:
    """Return the day of each commit by committer date in UTC, as days since 1970."""
    days: np.ndarray = log.commit_time // DAY_SECONDS
    return days


def window_table(log: CommitLog, dates: Dates) -> pd.DataFrame:
    """Return one row a window (12 months, 24 months, all): commits, authors, concentration.

    The two windows end with the as-of day; a window that starts before the fork starts with it. Their figures are blank where the
    copy does not hold all of their commits: a stale one, or a shallow one that begins later. The last row is what the copy holds, up
    to the day up to which it is known. `is_complete` says whether the project is as old as the window.
    """
    days, since = commit_days(log), dates.since
    first = date(1970, 1, 1) + timedelta(days=int(days.min())) if len(days) else dates.as_of
    start_of_all = max(first, since) if since else first
    rows = []
    for months in MONTHS:
        start = year_before(dates.as_of, months)
        row = _window(log, f"{months} months", max(start, since) if since else start, dates.as_of, start_of_all)
        rows.append(row if dates.is_known_from(start) else row | dict.fromkeys(FIGURES) | {"is_complete": False})
    name = "the whole copy" if dates.begins_on else "since the fork" if since else "whole history"
    rows.append(_window(log, name, start_of_all, max(dates.known_until, start_of_all), start_of_all))
    if dates.begins_on:
        rows[-1]["is_complete"] = False
    whole = [name for name in FIGURES if name != "top_author_share"]
    return pd.DataFrame(rows, columns=WINDOW_COLUMNS).astype({**dict.fromkeys(whole, "Int64"), "top_author_share": "float64"})


def _window(log: CommitLog, name: str, start: date, end: date, reaches_to: date) -> dict[str, object]:
    inside = in_window(log, start, end)
    person, _ = credited(log)
    is_credited = inside & (person != NOBODY)
    found = concentration(np.bincount(person[is_credited]) if is_credited.any() else np.zeros(0, dtype=np.int64))
    return {
        "window": name,
        "from_on": start.isoformat(),
        "to_on": end.isoformat(),
        "n_commits": found.total,
        "n_authors": found.n,
        "n_bot_commits": int((inside & (person == NOBODY)).sum()),
        "top_author_share": found.top1_share,
        "absence_factor": found.fewest_with_half,
        "is_complete": reaches_to <= start,
    }


def in_window(log: CommitLog, start: date, end: date) -> Flags:
    """Return which commits are no merges and fall on a day from `start` to `end`, both included."""
    days = commit_days(log)
    flags: Flags = (log.n_parents < 2) & (days >= day_number(start)) & (days <= day_number(end))
    return flags


def sign_offs(log: CommitLog, dates: Dates) -> SignOffs:
    """Return how many commits of the last 12 months and of the whole history carry a sign-off line.

    Of the months blank where the copy does not hold all of their commits.
    """
    start = dates.since or date(1970, 1, 1)
    year_start = max(start, year_before(dates.as_of))
    by_people = ~log.is_bot
    year, whole = in_window(log, year_start, dates.as_of) & by_people, in_window(log, start, dates.as_of) & by_people
    signed = log.signoffs > 0
    if not dates.is_known_from(year_start):
        return SignOffs(None, 0, _share(signed, whole), int(whole.sum()), None)
    n_year, n_whole = int(year.sum()), int(whole.sum())
    return SignOffs(_share(signed, year), n_year, _share(signed, whole), n_whole, _share(log.is_signed_off_by_author, year))


def _share(flags: Flags, among: Flags) -> float | None:
    return float(flags[among].mean()) if among.any() else None


def months_table(log: CommitLog, *, since: date | None = None) -> pd.DataFrame:
    """Return one row a month: commits, people, and over twelve months people, absence factor and top author's share.

    With `since`, the start of a fork or of a shallow clone, only whole months after it are kept, and twelve months that reach back
    before it are blank: they hold another project's commits, or not all.
    """
    frame = activity_monthly(log).reindex(columns=MONTH_COLUMNS)
    if since is None or frame.empty:
        return frame
    start = pd.Timestamp(since)
    first = start if start.day == 1 else start + pd.offsets.MonthBegin()
    kept = frame[frame["month"] >= first].reset_index(drop=True)
    over_year = [name for name in MONTH_COLUMNS if name.endswith("_12m")]
    return kept.assign(**{name: kept[name].mask(kept["month"] < first + pd.DateOffset(months=11)) for name in over_year})


def best_year(log: CommitLog, *, as_of: date, since: date | None = None) -> int:
    """Return the most commits (no merges, bots included) that any 365 days in a row up to the as-of day hold."""
    days = np.sort(commit_days(log)[in_window(log, since or date(1970, 1, 1), as_of)])
    if not len(days):
        return 0
    ends = np.searchsorted(days, days + YEAR_DAYS, side="left")
    return int((ends - np.arange(len(days))).max())


def longest_gap(log: CommitLog, *, as_of: date, since: date | None = None) -> tuple[int, int]:
    """Return the most days between two commit days in a row, and on how many days there are commits."""
    days = np.unique(commit_days(log)[in_window(log, since or date(1970, 1, 1), as_of)])
    return (int(np.diff(days).max()) if len(days) > 1 else 0), len(days)


def outside_changes(log: CommitLog, *, start: date, end: date, stewards: Sequence[str] = ()) -> OutsideChanges:
    """Return how many commits by people from outside the steward a window holds, at least and at most.

    With the steward's organizations (mail domains, or names of known employers), commits of other known organizations are outside.
    Without them the steward is taken for one organization: then all known commits but those of the largest organization are outside
    at least, whichever it is. A steward with several mail domains has to be named. Commits of unknown affiliation may be either.
    """
    named = with_organizations(log)
    person, address = credited(named)
    inside = in_window(named, start, end) & (person != NOBODY)
    organizations = named.addresses["organization"].fillna("").to_numpy(dtype=object)[address[inside]]
    total = int(inside.sum())
    if stewards:
        wanted = {DOMAINS.get(item.lower(), item.lower()) for item in stewards}
        known = int(sum(bool(item) and item not in wanted for item in organizations))
        return OutsideChanges(known, known + int(sum(not item for item in organizations)), is_steward_named=True)
    counts = pd.Series([item for item in organizations if item], dtype=object).value_counts()
    low = int(counts.iloc[1:].sum()) if len(counts) else 0
    return OutsideChanges(low, total)
