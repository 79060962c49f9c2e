"""All known forks at a glance: how long they last, how soon they come, what was published on them; from the shipped tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.forks.findings import Tables, check_findings, findings_table
from openstrat.analysis.forks.lags import fork_lags, lag_summary
from openstrat.analysis.forks.lifetimes import (
    READINGS,
    ForkSurvival,
    Lifetimes,
    compare_forks,
    fork_lifetimes,
    fork_survival,
    survival_by_year,
    survival_variants,
)
from openstrat.analysis.forks.survival import LogRank
from openstrat.tables.store import read_table, resource

__all__ = ["Landscape", "fork_landscape", "published_findings", "recomputed_checks"]


@dataclass(frozen=True)
class Landscape:
    """What the shipped tables say on all forks.

    `survival` holds the two readings of the dates, `by_year` and `variants` their shares after some years, `comparisons` the log-rank
    tests by (grouping, reading), `lags` one row a fork and step, `lag_summary` one row a step, `outcomes` the number of forks by
    trigger, steward and outcome (columns trigger_category, steward_type, outcome, n_forks).
    """

    n_forks: int
    n_license_changes: int
    lifetimes: Lifetimes
    survival: dict[str, ForkSurvival]
    by_year: pd.DataFrame
    variants: pd.DataFrame
    comparisons: dict[tuple[str, str], LogRank]
    lags: pd.DataFrame
    lag_summary: pd.DataFrame
    outcomes: pd.DataFrame
    source_ids: tuple[str, ...]


def fork_landscape() -> Landscape:
    """Return survival, comparisons, lags and outcomes of the shipped forks, as of the day of the table fork_events."""
    events = read_table("fork_events")
    lives = fork_lifetimes(events, read_table("activity_monthly"), as_of=str(resource("fork_events")["as_of"]))
    lags = fork_lags(events)
    kinds = ["trigger_category", "steward_type", "outcome"]
    return Landscape(
        n_forks=len(events),
        n_license_changes=len(read_table("license_changes")),
        lifetimes=lives,
        survival={reading: fork_survival(lives.rows, reading=reading) for reading in READINGS},
        by_year=survival_by_year(lives.rows),
        variants=survival_variants(lives.rows),
        comparisons=compare_forks(lives.rows),
        lags=lags,
        lag_summary=lag_summary(lags),
        outcomes=events.groupby(kinds).size().rename("n_forks").reset_index(),
        source_ids=tuple(sorted({part for cell in events["source_ids"] for part in cell.split("; ")})),
    )


def published_findings() -> pd.DataFrame:
    """Return one row a published finding: finding_id, claim, window, published, ours, verdict, why, source_ids; all but ids in words."""
    return findings_table(read_table("published_findings"), read_table("finding_checks"))


def recomputed_checks() -> pd.DataFrame:
    """Return the table finding_checks, computed anew from the tables that it rests on."""
    names = ("activity_monthly", "core_transitions", "fork_events", "counting_panel")
    return check_findings(read_table("published_findings"), Tables(*map(read_table, names)))
