"""Activity of a repository by month, computed from its commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from openstrat.analysis.forks.columns import ACTIVITY
from openstrat.analysis.forks.concentration import Tally, concentration_frame, tally
from openstrat.analysis.forks.credit import (
    DAY_SECONDS,
    NOBODY,
    Basis,
    Flags,
    Integers,
    commit_times,
    credited,
    day_second,
    distinct_by_group,
    month_numbers,
    month_starts,
    participants,
)
from openstrat.analysis.forks.scopes import Codes, is_own

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

RETURN_DAYS = (181, 365)
"""A newcomer is retained who commits again on one of these days; the first commit opens day 1."""
WINDOW_MONTHS = 12
DIGITS = 4
BUYERS = {"hashicorp": ("ibm", date(2025, 2, 27))}
"""Organization that bought a steward, and the day from which its people count as the steward's."""
COUNTS = tuple(name for name in ACTIVITY if name.startswith(("n_", "absence_", "elephant_")))


@dataclass(frozen=True)
class _Counted:
    """The credited commits of a history: month as a number from 0, second, person, organization; and the months themselves."""

    months: Integers
    month: Integers
    second: Integers
    person: Integers
    organization: Integers
    organization_names: tuple[str, ...]

    @property
    def n(self) -> int:
        return len(self.months)


def activity_monthly(
    log: CommitLog,
    *,
    scopes: Codes | None = None,
    basis: Basis = "committer",
    steward_organizations: Sequence[str] = (),
    started_on: date | None = None,
    role: str = "",
    source_ids: str = "",
) -> pd.DataFrame:
    """Return one row a month from the first own commit to the head's month, with the columns of the shipped activity table.

    Only commits of scope own count; without scopes all that are no merges. `n_commits` leaves out commits of a bot that name no
    person. Shares are rounded to four digits. Steward columns are blank without `steward_organizations`, which are names as in
    `log.addresses`. Own commits of months before `started_on` are left out: a fork's changes can be older than the fork by
    author date. People count by the united index of the log, so unite a family first.

    Raises
    ------
    UnknownNameError
        If `basis` is neither committer nor author.
    """
    own = is_own(log, scopes)
    times = commit_times(log, basis)
    if started_on is not None:
        own &= month_numbers(times) >= month_numbers(day_second(started_on))
    if not own.any():
        return pd.DataFrame(columns=list(ACTIVITY))
    head_month = int(month_numbers(log.commit_time.max()))
    months = np.arange(int(month_numbers(times[own].min())), head_month + 1)
    own &= month_numbers(times) <= head_month
    counted = _counted(log, own, times, months)
    parts = [
        _commits_and_people(log, own, times, months),
        _newcomers(counted, int(log.commit_time.max())),
        _concentration(counted),
        _stewards(log, counted, steward_organizations),
    ]
    frame = pd.concat(parts, axis=1).assign(
        repository=log.repository,
        role=role,
        date_basis=basis,
        month=month_starts(months),
        is_full_12m=months - months[0] >= WINDOW_MONTHS - 1,
        steward_orgs="; ".join(steward_organizations) or None,
        is_partial_month=months == head_month,
        source_ids=source_ids,
    )
    shares = [name for name in ACTIVITY if name not in COUNTS and frame[name].dtype.kind == "f"]
    return frame.round(dict.fromkeys(shares, DIGITS)).astype(dict.fromkeys(COUNTS, "Int64"))[list(ACTIVITY)]


def _counted(log: CommitLog, own: Flags, times: Integers, months: Integers) -> _Counted:
    person, address = credited(log)
    kept = own & (person != NOBODY)
    named = log.addresses["organization"].fillna("")
    names = tuple(sorted(set(named) - {""}))
    codes = named.map({name: code for code, name in enumerate(names)}).fillna(NOBODY).to_numpy(dtype=np.int64)
    return _Counted(months, month_numbers(times[kept]) - months[0], times[kept], person[kept], codes[address[kept]], names)


def _commits_and_people(log: CommitLog, own: Flags, times: Integers, months: Integers) -> pd.DataFrame:
    month = month_numbers(times) - months[0]
    person, _ = credited(log)
    n = len(months)
    by_bot, nobody, by_human = own & log.is_bot, own & (person == NOBODY), own & ~log.is_bot
    row, participant = participants(log)
    taking_part = own[row]

    def count(rows: Flags) -> Integers:
        return np.bincount(month[rows], minlength=n)

    return pd.DataFrame(
        {
            "n_commits": count(own & ~nobody),
            "n_commits_bot": count(by_bot),
            "n_commits_bot_uncredited": count(nobody),
            "n_active_authors": distinct_by_group(month[own & ~nobody], person[own & ~nobody], n),
            "n_active_authors_strict": distinct_by_group(month[by_human], log.author[by_human], n),
            "n_active_addresses": distinct_by_group(month[by_human], log.address[by_human], n),
            "n_active_with_coauthors": distinct_by_group(month[row[taking_part]], participant[taking_part], n),
        }
    )


def _newcomers(counted: _Counted, head_second: int) -> pd.DataFrame:
    """Return newcomers by month, and how many came back; blank where not all had the time to."""
    first = first_seconds(counted.person, counted.second)
    day = (counted.second - first[counted.person]) // DAY_SECONDS + 1
    back = np.unique(counted.person[(day >= RETURN_DAYS[0]) & (day <= RETURN_DAYS[1])])
    month_of = month_numbers(first) - counted.months[0]
    is_seen = first < np.iinfo(np.int64).max
    month_end = (counted.months + 1).astype("datetime64[M]").astype("datetime64[s]").astype(np.int64) - DAY_SECONDS
    is_over = month_end + RETURN_DAYS[1] * DAY_SECONDS <= head_second
    retained = pd.array(np.bincount(month_of[back], minlength=counted.n), dtype="Int64")
    retained[~is_over] = pd.NA
    return pd.DataFrame({"n_new_authors": np.bincount(month_of[is_seen], minlength=counted.n), "n_new_retained_6m": retained})


def first_seconds(person: Integers, second: Integers) -> Integers:
    """Return each person's first second; the largest integer for numbers that do not occur."""
    first = np.full(int(person.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, person, second)
    return first


def _concentration(counted: _Counted) -> pd.DataFrame:
    people = tally(counted.month, counted.person)
    has_organization = counted.organization != NOBODY
    organizations = tally(counted.month[has_organization], counted.organization[has_organization])
    frame = pd.DataFrame(index=range(counted.n))
    for width, suffix in ((1, ""), (WINDOW_MONTHS, "_12m")):
        by_person = _windows(people, counted.n, width)
        by_organization = _windows(organizations, counted.n, width)
        known_share = by_organization["total"] / by_person["total"].where(by_person["total"] > 0)
        frame = frame.assign(
            **{
                f"n_authors{suffix}": by_person["n"],
                f"n_commits_in{suffix}": by_person["total"],
                f"top1_share{suffix}": by_person["top1_share"],
                f"top3_share{suffix}": by_person["top3_share"],
                f"absence_factor{suffix}": by_person["fewest_with_half"],
                f"org_known_share{suffix}": known_share,
                f"org_unknown_share{suffix}": 1 - known_share,
                f"org_top_share_of_known{suffix}": by_organization["top1_share"],
                f"org_hhi_of_known{suffix}": by_organization["hhi"],
                f"elephant_factor{suffix}": by_organization["fewest_with_half"],
            }
        )
    frame["n_commits_12m"] = frame.pop("n_commits_in_12m")
    frame["org_top_12m"] = _largest(organizations, counted)
    return frame


def _windows(counts: Tally, n: int, width: int) -> pd.DataFrame:
    frame = concentration_frame(counts.windows(np.arange(n), width))
    whole = ["n", "total"]
    return frame.astype({name: "int64" if name in whole else "float64" for name in frame})


def _largest(organizations: Tally, counted: _Counted) -> list[str | None]:
    """Return the name of the largest organization of twelve months; the first in the alphabet in a tie."""
    windows = organizations.windows(np.arange(counted.n), WINDOW_MONTHS)
    return [counted.organization_names[int(np.argmax(n))] if n.any() else None for n in windows]


def steward_people(log: CommitLog, steward_organizations: Sequence[str]) -> Flags:
    """Return which people of the united index wrote a commit of the log under an address of the steward, or later of its buyer."""
    organization = log.addresses["organization"]
    is_written = organization.isin(list(steward_organizations)).to_numpy(dtype=bool)[log.address]
    for buyer, bought_on in (BUYERS[name] for name in steward_organizations if name in BUYERS):
        of_buyer = organization.eq(buyer).fillna(False).to_numpy(dtype=bool)[log.address]
        is_written = is_written | (of_buyer & (log.commit_time >= day_second(bought_on)))
    flags = np.zeros(len(log.people), dtype=bool)
    flags[log.author[is_written]] = True
    return flags


def _stewards(log: CommitLog, counted: _Counted, organizations: Sequence[str]) -> pd.DataFrame:
    if not organizations:
        blank = pd.array([pd.NA] * counted.n, dtype="Int64")
        return pd.DataFrame({"n_active_nonsteward": blank, "n_commits_nonsteward": blank, "n_new_nonsteward": blank})
    outside = ~steward_people(log, organizations)
    is_outside = outside[counted.person]
    first = first_seconds(counted.person, counted.second)
    new = np.flatnonzero((first < np.iinfo(np.int64).max) & outside[: len(first)])
    return pd.DataFrame(
        {
            "n_active_nonsteward": distinct_by_group(counted.month[is_outside], counted.person[is_outside], counted.n),
            "n_commits_nonsteward": np.bincount(counted.month[is_outside], minlength=counted.n),
            "n_new_nonsteward": np.bincount(month_numbers(first[new]) - counted.months[0], minlength=counted.n),
        }
    )
