"""How long forks last: from the first own commit, or the announcement, to the end or the last day that was looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from openstrat.analysis.forks.dates import first_days, last_days
from openstrat.analysis.forks.survival import (
    CENSORED,
    LogRank,
    SurvivalCurve,
    compare_survival,
    cumulative_incidence,
    number_at_risk,
    survival_curve,
)
from openstrat.tables.fork_terms import ForkOutcome, ForkTrigger

READINGS = ("shortest", "longest")
"""Which days are taken where a date is known by month or year only, or a last day is missing."""
ENDS = (ForkOutcome.MERGED_BACK, ForkOutcome.ENDED, ForkOutcome.STALLED)
"""Outcomes that end a fork as a project of its own. One that outlived its upstream goes on and counts as not ended."""
DAYS_A_YEAR = 365.25
YEARS = (1, 2, 5, 10)
SHUFFLE_SEED = 20240320
RULE = (
    "A fork's life runs from its first own commit, or its announcement where none was read, to its end: merged back, declared over, "
    "or stalled in the month of its last commit. A fork that was still active counts up to the last day that was looked at. Where "
    "that day is missing, the shortest reading stops at the last dated sign of life and the longest at the day of the table; a "
    "date known by month or year is read as early and as late as it can be."
)
CAVEATS = (
    "Well-known forks only: forks that died unnoticed are missing, so the shares are too high for forks in general.",
    "Whether a fork stalled is judgment: the histories of both stalled forks end within two months of their last commit.",
    "The two readings are not bounds, and forks of one upstream are not independent.",
)
GROUPINGS = {"steward_type": "who led the fork at its start", "is_relicense": "whether a license change set it off"}
"""The comparisons that are made, and no others."""
COLUMNS = [
    "event_id",
    "upstream",
    "fork",
    "trigger_category",
    "is_relicense",
    "steward_type",
    "outcome",
    "end",
    "origin_basis",
    "origin_first_on",
    "origin_last_on",
    "until_basis",
    "until_first_on",
    "until_last_on",
    "shortest_days",
    "longest_days",
    "source_ids",
]


@dataclass(frozen=True)
class Lifetimes:
    """Forks with a length of life, and those left out with the reason.

    `rows`: one row a fork; event_id, upstream, fork, trigger_category, is_relicense, steward_type, outcome, end (merged_back, ended,
    stalled; empty: not ended), origin_basis (first_own_commit, announcement), origin_first_on, origin_last_on (earliest and latest
    day of the start), until_basis (ended_on, last_commit, observed_until, not_observed), until_first_on, until_last_on,
    shortest_days, longest_days, source_ids. `left_out`: event_id and reason.
    """

    rows: pd.DataFrame
    left_out: pd.DataFrame
    as_of: str


@dataclass(frozen=True)
class ForkSurvival:
    """Survival of forks under one reading of their dates; `incidence` holds the competing ends, `n_by_end` how many of each."""

    reading: str
    curve: SurvivalCurve
    incidence: pd.DataFrame
    n_by_end: dict[str, int]


def fork_lifetimes(events: pd.DataFrame, activity: pd.DataFrame, *, as_of: str) -> Lifetimes:
    """Return how long each fork lived at least and at most, in days, and whether and how it ended.

    Parameters
    ----------
    events, activity
        The tables fork_events and activity_monthly; the second gives the month of a stalled fork's last commit.
    as_of
        Day for which the outcomes without a day of their own hold, `YYYY-MM-DD`.
    """
    latest = pd.Timestamp(as_of)
    frame = events.assign(**_origins(events), **_untils(events, activity, latest))
    frame["end"] = frame["outcome"].where(frame["outcome"].isin([str(end) for end in ENDS]), CENSORED)
    frame["is_relicense"] = frame["trigger_category"].eq(ForkTrigger.RELICENSE)
    frame["shortest_days"] = (frame["until_first_on"] - frame["origin_last_on"]).dt.days.clip(lower=0).astype("Int64")
    frame["longest_days"] = (frame["until_last_on"] - frame["origin_first_on"]).dt.days.clip(lower=0).astype("Int64")
    reasons = pd.Series("", index=frame.index)
    reasons = reasons.mask(frame["until_last_on"].isna(), "no day of its end is known")
    reasons = reasons.mask(frame["outcome"].eq(ForkOutcome.UNKNOWN), "nobody looked at its outcome")
    reasons = reasons.mask(frame["origin_first_on"].isna(), "neither an announcement nor a first own commit is dated")
    left_out = frame.assign(reason=reasons).loc[reasons.ne(""), ["event_id", "reason"]]
    rows = frame.loc[reasons.eq(""), COLUMNS].reset_index(drop=True)
    return Lifetimes(rows, left_out.reset_index(drop=True), as_of)


def fork_survival(rows: pd.DataFrame, *, reading: str = "longest", confidence: float = 0.95) -> ForkSurvival:
    """Return survival curve and competing ends of the given forks; `rows` as in `Lifetimes`, or a part of them.

    Raises
    ------
    InputError
        If no fork is given.
    """
    days, ends = rows[f"{reading}_days"], rows["end"]
    curve = survival_curve(days, ends.ne(CENSORED), confidence=confidence)
    counts = {str(end): int(ends.eq(str(end)).sum()) for end in ENDS}
    return ForkSurvival(reading, curve, cumulative_incidence(days, ends), counts)


def survival_by_year(rows: pd.DataFrame, *, years: Iterable[float] = YEARS) -> pd.DataFrame:
    """Return the share of forks that last longer than some years, under both readings of their dates.

    One row a year and reading; columns: years, reading, share, low, high (interval; blank before the first end), n_at_risk, n
    (forks), n_ended (by then). A share is blank after the last day that was observed.
    """
    found = []
    for reading in READINGS:
        survival = fork_survival(rows, reading=reading)
        steps = survival.curve.steps
        for year in years:
            point = survival.curve.at(year * DAYS_A_YEAR)
            ended = int(steps.loc[steps["time_days"] <= point.at_days, "n_ended"].sum())
            found.append((year, reading, point.share, point.low, point.high, point.n_at_risk, len(rows), ended))
    columns = ["years", "reading", "share", "low", "high", "n_at_risk", "n", "n_ended"]
    return pd.DataFrame(found, columns=columns).astype({"share": float, "low": float, "high": float})


def survival_variants(rows: pd.DataFrame, *, years: Iterable[float] = YEARS) -> pd.DataFrame:
    """Return `survival_by_year` under other decisions about what counts; columns as there, with `variant` in front.

    Variants: all forks; stalled counted as going on; only forks whose own history was read.
    """
    read = rows["origin_basis"].eq("first_own_commit") & rows["until_basis"].ne("not_observed")
    going_on = rows.assign(end=rows["end"].where(rows["end"].ne(str(ForkOutcome.STALLED)), CENSORED))
    variants = {"all forks": rows, "stalled counted as going on": going_on, "only forks whose history was read": rows[read]}
    at = list(years)
    parts = [survival_by_year(part, years=at).assign(variant=name) for name, part in variants.items()]
    frame = pd.concat(parts, ignore_index=True)
    return frame[["variant", *frame.columns.drop("variant")]]


def compare_forks(rows: pd.DataFrame, *, seed: int = SHUFFLE_SEED) -> dict[tuple[str, str], LogRank]:
    """Return the log-rank comparison for each grouping and reading: by steward, and forks after a license change against others.

    Keys are (column of `rows`, reading). Two questions are asked, each under two readings; nothing else was compared.

    Raises
    ------
    InputError
        If a grouping has fewer than two groups, or no fork has ended.
    """
    found = {}
    for column in GROUPINGS:
        groups = rows[column].map({True: "after a license change", False: "other"}) if column == "is_relicense" else rows[column]
        for reading in READINGS:
            ended = rows["end"].ne(CENSORED)
            found[column, reading] = compare_survival(rows[f"{reading}_days"], ended, groups.tolist(), seed=seed)
    return found


def risk_table(rows: pd.DataFrame, *, years: Iterable[float]) -> pd.DataFrame:
    """Return how many forks are still observed after some years, by reading: columns years, reading, n_at_risk."""
    parts = []
    for reading in READINGS:
        at = list(years)
        numbers = number_at_risk(rows[f"{reading}_days"], [year * DAYS_A_YEAR for year in at])
        parts.append(pd.DataFrame({"years": at, "reading": reading, "n_at_risk": numbers}))
    return pd.concat(parts, ignore_index=True)


def curve_by_reading(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the survival curves of both readings side by side, for drawing; one row a day on which either changes.

    Columns: years, shortest, longest (shares; blank after the last day that the reading observes), low, high (the outer ends of
    both intervals; blank where either reading has none).
    """
    steps = {reading: fork_survival(rows, reading=reading).curve.steps.set_index("time_days") for reading in READINGS}
    days = sorted(set().union(*(curve.index for curve in steps.values())))
    parts = [curve.reindex(days, method="ffill").where(pd.Series(days, index=days) <= curve.index[-1]) for curve in steps.values()]
    frame = pd.DataFrame({reading: part["share"] for reading, part in zip(READINGS, parts, strict=True)})
    frame["low"] = pd.concat([part["low"] for part in parts], axis=1).min(axis=1, skipna=False)
    frame["high"] = pd.concat([part["high"] for part in parts], axis=1).max(axis=1, skipna=False)
    frame.insert(0, "years", [day / DAYS_A_YEAR for day in days])
    return frame.reset_index(drop=True)


def _origins(events: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    own = events["first_own_commit_on"]
    has_own = own.notna()
    basis = pd.Series("announcement", index=events.index).mask(has_own, "first_own_commit")
    return {
        "origin_basis": basis.where(has_own | events["announced_on"].notna()),
        "origin_first_on": own.where(has_own, first_days(events["announced_on"])),
        "origin_last_on": own.where(has_own, last_days(events["announced_on"])),
    }


def _untils(events: pd.DataFrame, activity: pd.DataFrame, latest: pd.Timestamp) -> dict[str, pd.Series[Any]]:
    """Return the earliest and latest day up to which each fork is known to have lasted, and what that rests on."""
    worked = activity[activity["date_basis"].eq("committer") & activity["n_commits"].gt(0)]
    last_commits = worked.groupby("repository")["month"].max().to_dict()
    last_month = pd.to_datetime(events["fork_repository"].map(last_commits))
    stalled, over = events["outcome"].eq(ForkOutcome.STALLED), events["outcome"].isin([str(end) for end in ENDS])
    seen = events["observed_until_on"].notna()
    life = pd.concat([first_days(events[name]) for name in ("announced_on", "first_release_on")], axis=1)
    signs = pd.concat([life, events["first_own_commit_on"]], axis=1).max(axis=1)
    first = events["observed_until_on"].where(seen, signs).mask(over, first_days(events["ended_on"]))
    last = events["observed_until_on"].where(seen, latest).mask(over, last_days(events["ended_on"]))
    basis = pd.Series("not_observed", index=events.index).mask(seen, "observed_until").mask(over, "ended_on")
    month_ends = pd.concat([last_month + pd.offsets.MonthEnd(0), events["observed_until_on"]], axis=1).min(axis=1)
    last = last.mask(stalled, month_ends.where(last_month.notna()))
    return {
        "until_basis": basis.mask(stalled, "last_commit"),
        "until_first_on": first.mask(stalled, last_month),
        "until_last_on": last.where(last.isna() | last.le(latest), latest),
    }
