"""One fork and its upstream: what is known of both, months side by side, and who of the upstream's people is where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from openstrat.analysis.effects.windows import month_of, months_since
from openstrat.analysis.forks.measures import column_of
from openstrat.tables.cells import split_list
from openstrat.tables.fork_terms import AuthorGroup, DateBasis

UPSTREAM, FORK = "upstream", "fork"
SIDES = (UPSTREAM, FORK)
YEAR = 12
FEWEST_MONTHS = 6
"""Complete months that a mean needs."""


@dataclass(frozen=True)
class ForkPair:
    """An upstream and its fork, from the shipped tables or from a folder of the user's.

    `activity`, `migration` and `transitions` have the columns of the tables activity_monthly, migration_monthly and
    core_transitions. `upstream` is None where its past is known from the fork's own history only. `scopes` has one row a side:
    side, repository, and commits as n_all, n_merges, n_own, n_inherited, n_ported, n_ported_from_fork, n_imported, n_duplicate,
    n_bot, n_bot_credited, n_authors_own, notes. `event` is the row of the table fork_events; None where there is none. `rules` is
    a counting-rule panel with the columns of `counting.COLUMNS`, `findings` what others published beside ours.
    """

    fork: str
    upstream: str | None
    started_on: date
    activity: pd.DataFrame
    migration: pd.DataFrame
    transitions: pd.DataFrame
    scopes: pd.DataFrame
    event: Mapping[str, Any] | None
    confounders: pd.DataFrame
    rules: pd.DataFrame
    findings: pd.DataFrame
    is_own_folder: bool

    @property
    def sides(self) -> dict[str, str]:
        """Repository of each side whose months are known."""
        named = {UPSTREAM: self.upstream, FORK: self.fork}
        return {side: name for side, name in named.items() if name is not None}

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source that the pair rests on, once each."""
        frames = (self.activity, self.migration, self.transitions, self.scopes, self.confounders, self.findings)
        cells = [cell for frame in frames for cell in frame.get("source_ids", pd.Series(dtype=str)).unique()]
        cells += [self.event["source_ids"]] if self.event else []
        return tuple(dict.fromkeys(part for cell in cells for part in split_list(cell)))


def side_months(pair: ForkPair, *, measure: str = "people", rule: str = "credited", basis: str = DateBasis.COMMITTER) -> pd.DataFrame:
    """Return a measure of both sides month by month: side, repository, month, months_since_start, value, is_partial.

    Months that are not known stay in as blanks, so that a line breaks there; figures over twelve months are blank where the
    twelve months are not all in the history.

    Raises
    ------
    UnknownNameError
        If the measure, or the rule for it, is not known (see `measures.MEASURES`), or `basis` is no date basis.
    """
    start = month_of(pd.Timestamp(pair.started_on))
    parts = [_one_side(pair, side, measure, rule, basis) for side in pair.sides]
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(months_since_start=months_since(frame["month"], start))


def _one_side(pair: ForkPair, side: str, measure: str, rule: str, basis: str) -> pd.DataFrame:
    repository = pair.sides[side]
    own = pair.activity[(pair.activity["repository"] == repository) & (pair.activity["date_basis"] == basis)]
    values = column_of(own, measure, rule)
    tidy = pd.DataFrame({"month": own["month"], "value": values, "is_partial": own["is_partial_month"].astype(bool)}).set_index("month")
    every = pd.date_range(tidy.index.min(), tidy.index.max(), freq="MS", name="month")
    filled = tidy.reindex(every).reset_index()
    return filled.assign(side=side, repository=repository, is_partial=filled["is_partial"].eq(True))


def complete_mean(months: pd.DataFrame, side: str, first: int, last: int) -> tuple[float | None, int]:
    """Return the mean of a side's complete, known months from `first` to `last` after the start, and how many they are.

    None where there are fewer than six.
    """
    own = months[(months["side"] == side) & months["months_since_start"].between(first, last) & ~months["is_partial"]]
    known = own["value"].dropna()
    return (float(known.mean()) if len(known) >= FEWEST_MONTHS else None), len(known)


@dataclass(frozen=True)
class Standing:
    """Where both sides stand in the last complete months that both know: means a month, first and last month as YYYY-MM.

    Blank where a side is not known, or fewer than six common months are.
    """

    upstream: float | None
    fork: float | None
    first: str
    last: str
    n_months: int


def standing(months: pd.DataFrame, n: int = FEWEST_MONTHS) -> Standing:
    """Return the means of the last `n` complete months that both sides know; `months` as `side_months` gives them."""
    whole = months[~months["is_partial"] & (months["months_since_start"] >= 1)]
    wide = whole.pivot(index="month", columns="side", values="value").reindex(columns=list(SIDES)).dropna().tail(n)
    if len(wide) < n:
        return Standing(None, None, "", "", len(wide))
    upstream, fork = (float(wide[side].mean()) for side in SIDES)
    return Standing(upstream, fork, f"{wide.index[0]:%Y-%m}", f"{wide.index[-1]:%Y-%m}", len(wide))


def movement(pair: ForkPair) -> pd.DataFrame:
    """Return who is where by month: month, months_since_start, and people as n_new, n_older, n_migrants, n_upstream_only, n_both.

    n_new, n_older and n_migrants add up to the people active in the fork: never seen upstream, last seen there more than two years
    before the start, and seen there within these two years. n_both are those of them who are also active upstream.
    """
    rows = pair.migration.sort_values("month")
    counts = {
        "n_new": rows["n_no_upstream_history"],
        "n_older": rows["n_veterans"] - rows["n_migrants"],
        "n_migrants": rows["n_migrants"],
        "n_upstream_only": rows["n_upstream_only"],
        "n_both": rows["n_both_active"],
    }
    tidy = pd.DataFrame({name: column.astype("float64") for name, column in counts.items()})
    return tidy.assign(month=rows["month"], months_since_start=rows["months_since_fork"].astype(int)).reset_index(drop=True)


def core_rows(pair: ForkPair, group: str = AuthorGroup.CORE_12M) -> pd.DataFrame:
    """Return one row a horizon for a group of upstream people, shortest first; columns of the table core_transitions."""
    rows = pair.transitions[pair.transitions["author_group"] == group]
    return rows.sort_values("horizon_months").reset_index(drop=True)


def event_days(pair: ForkPair) -> dict[str, str]:
    """Return what happened when, as precisely as known: what the fork answered, the announcement, the start that is counted from."""
    days: dict[str, str] = {}
    if pair.event:
        named = {
            "trigger": "triggered_on",
            "announced": "announced_on",
            "first own commit": "first_own_commit_on",
            "first release": "first_release_on",
        }
        found = {label: pair.event[column] for label, column in named.items()}
        days = {label: _written(day) for label, day in found.items() if not pd.isna(day)}
    return days | {"start of the count": pair.started_on.isoformat()}


def _written(day: object) -> str:
    return f"{day:%Y-%m-%d}" if isinstance(day, pd.Timestamp) else str(day)
