"""Whether a funded fork followed a license change within a year, read from the fork tables by a written rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from openstrat.analysis.forks.dates import first_days, last_days
from openstrat.tables.fork_terms import StewardType
from openstrat.terms import Direction

WINDOW_DAYS = 365
"""A fork counts when it began at most so many days after the license change (rule RK3)."""
FUNDED_STEWARDS = (StewardType.COMPANY, StewardType.FOUNDATION)
COMPANIES = r"\bcompanies\b"
RESTRICTING = (Direction.RESTRICT, Direction.CLOSURE, Direction.COPYLEFT_SHIFT)
"""Directions of a license change that take freedoms away or ask for more in return."""
RULE = (
    "A fork is funded when a company or a foundation led it at its start, or when the table says that its first steward was made up "
    f"of companies. It counts within {WINDOW_DAYS} days of the license change, by its announcement or its first own commit, "
    "whichever is earlier; a date known by month or year is read as late as it can be. No fork in the table reads as none recorded: "
    "the table holds well-known forks and is no census."
)
COLUMNS = [
    "change_id",
    "project",
    "changed_on",
    "direction",
    "has_funded_fork",
    "fork",
    "steward",
    "days_low",
    "days_high",
    "why",
    "source_ids",
]


@dataclass(frozen=True)
class BaseRate:
    """How many license changes of a table met a funded fork within the window, over how many decision days."""

    n_forked: int
    n: int
    n_days: int


def fork_outcomes(license_changes: pd.DataFrame, fork_events: pd.DataFrame) -> pd.DataFrame:
    """Return whether a funded fork followed each license change within a year; one row a change, in the table's order.

    Columns: change_id, project, changed_on, direction, has_funded_fork, fork (the funded one that began first, or the first other
    one; blank: none recorded), steward, days_low and days_high (fewest and most days from the change to its start), why, source_ids.
    `RULE` is the rule. A fork whose dates could lie on both sides of the window leaves has_funded_fork unknown.
    """
    forks = _dated(fork_events)
    rows = [_outcome(row, forks[forks["license_change_id"].eq(row["change_id"])]) for row in license_changes.to_dict("records")]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"has_funded_fork": "boolean", "days_low": "Int64", "days_high": "Int64"})


def restriction_base_rate(outcomes: pd.DataFrame) -> BaseRate:
    """Return how many of the restricting license changes met a funded fork; those whose outcome is unknown are left out.

    `outcomes` as `fork_outcomes` gives them. Changes of one day by one company are not independent; `n_days` counts days.
    """
    rows = outcomes[outcomes["direction"].isin([str(item) for item in RESTRICTING]) & outcomes["has_funded_fork"].notna()]
    return BaseRate(int(rows["has_funded_fork"].sum()), len(rows), int(rows["changed_on"].nunique()))


def is_funded(steward_type: pd.Series[str], steward: pd.Series[str]) -> pd.Series[bool]:
    """Return whether each fork was funded at its start: by a company, by a foundation, or by several companies together."""
    return steward_type.isin([str(item) for item in FUNDED_STEWARDS]) | steward.str.contains(COMPANIES, case=False, regex=True)


def _dated(events: pd.DataFrame) -> pd.DataFrame:
    own = events["first_own_commit_on"]
    first = pd.concat([own, first_days(events["announced_on"])], axis=1).min(axis=1)
    last = pd.concat([own, last_days(events["announced_on"])], axis=1).min(axis=1)
    return events.assign(first=first, last=last, is_funded=is_funded(events["steward_type"], events["steward"]))


def _outcome(change: dict[Any, Any], forks: pd.DataFrame) -> dict[str, Any]:
    changed = pd.Series([change["changed_on"]])
    timed = forks.assign(
        days_low=(forks["first"] - last_days(changed).iloc[0]).dt.days, days_high=(forks["last"] - first_days(changed).iloc[0]).dt.days
    )
    timed = timed.sort_values(["is_funded", "days_high", "event_id"], ascending=[False, True, True])
    row = {name: change[name] for name in ("change_id", "project", "changed_on", "direction", "source_ids")}
    if timed.empty:
        return row | {"has_funded_fork": False, "why": "no fork recorded"}
    lead = timed.iloc[0]
    row |= {name: lead[name] for name in ("fork", "steward", "days_low", "days_high")}
    row["source_ids"] = "; ".join(dict.fromkeys(part for cell in (change["source_ids"], lead["source_ids"]) for part in cell.split("; ")))
    return row | dict(zip(("has_funded_fork", "why"), _judged(lead), strict=True))


def _judged(lead: pd.Series[Any]) -> tuple[bool | None, str]:
    if not lead["is_funded"]:
        return False, f"forked, but led by {lead['steward_type']} without a company or foundation behind it"
    if pd.isna(lead["days_high"]):
        return None, "a funded fork without a dated start"
    if lead["days_high"] <= WINDOW_DAYS:
        return True, f"led by {lead['steward']}"
    if lead["days_low"] > WINDOW_DAYS:
        return False, f"a funded fork began later than {WINDOW_DAYS} days after the change"
    return None, "the dates of the fork lie on both sides of the window"
