"""Claims about forks: do they fail, do they win, do people follow."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.claims.readings import HALF, ClaimTest, Reading, share
from openstrat.analysis.forks.lifetimes import CAVEATS, RULE
from openstrat.tables.cells import split_list

YEARS = 5
"""Years after which a fork that still goes on did not fail (assumption)."""
FEWEST_CORE = 3
"""A core of fewer people cannot be followed by a share (assumption)."""
FIRST_YEAR = range(1, 13)
"""Whole months after the start of a fork in which it is set beside its upstream."""
KNOWN_FORKS = CAVEATS[0]
UNKNOWN = "unknown"


def forks_fail(by_year: pd.DataFrame, *, as_of: str, source_ids: tuple[str, ...]) -> ClaimTest:
    """Return whether most forks are over within five years: survival under both readings of half-known dates, against one half.

    `by_year` is what `survival_by_year` returns.
    """
    rows = by_year[by_year["years"].isin([YEARS, 2 * YEARS])].to_dict("records")
    readings = [_survival(row, as_of) for row in rows]
    return ClaimTest(
        test_id="fork_survival",
        question=f"Does a fork still go on after {YEARS} years?",
        prediction=f"Fewer than {HALF:.0%} of the forks go on after {YEARS} years.",
        readings=tuple(sorted(readings, key=lambda item: not item.is_main)),
        rule=RULE,
        selection=KNOWN_FORKS,
        caveats=(*CAVEATS[1:], "Going on is not winning: a fork with one author a month goes on too."),
        source_ids=source_ids,
        leans="It holds for well-known forks: those that died unnoticed are missing, so forks at large may fail more often.",
    )


def _survival(row: dict[Any, Any], as_of: str) -> Reading:
    value, low, high = (None if pd.isna(row[name]) else float(row[name]) for name in ("share", "low", "high"))
    years, n = int(row["years"]), int(row["n"])
    label = f"forks that go on after {years} years, {row['reading']} reading of dates"
    sample = f"known forks, {row['n_ended']} over and {row['n_at_risk']} still observed by then"
    return Reading(label, value, low, high, "share of forks", n, f"up to {as_of}", sample, HALF, needs_above=False, is_main=years == YEARS)


def forks_win(events: pd.DataFrame, migration: pd.DataFrame, *, as_of: str) -> ClaimTest:
    """Return whether a fork has more active authors than its upstream in its first year, in most cases.

    `events` and `migration` are the tables fork_events and migration_monthly; forks of which both sides are known in all twelve
    months count.
    """
    first = migration[migration["months_since_fork"].isin(FIRST_YEAR) & migration["n_upstream_active"].notna()]
    sums = first.groupby("fork").agg(
        months=("months_since_fork", "size"), fork=("n_fork_active", "sum"), upstream=("n_upstream_active", "sum")
    )
    both = sums[sums["months"] == len(FIRST_YEAR)]
    busier = int((both["fork"] > both["upstream"]).sum())
    known = events[events["outcome"].ne(UNKNOWN)]
    main_line = int(known["outcome"].eq("became_main_line").sum())
    followed = first[first["fork"].isin(both.index)]
    return ClaimTest(
        test_id="forks_overtake",
        question="Does a fork have more active authors than its upstream in its first year?",
        prediction=f"In more than {HALF:.0%} of the pairs.",
        readings=(
            share(
                "forks with more active authors than their upstream",
                busier,
                len(both),
                unit="pairs",
                window="first 12 months of each fork",
                sample="known forks with both histories read, each month known",
                needs_above=True,
            ),
            share(
                "forks that outlived their upstream",
                main_line,
                len(known),
                unit="forks",
                window=f"up to {as_of}",
                sample="known forks with a known outcome",
                needs_above=True,
            ).beside(),
        ),
        rule="Active authors of each month added up over twelve months, the fork's own against the upstream's own.",
        selection=KNOWN_FORKS,
        caveats=("Authors are not users: who installs which side is in none of these tables.",),
        source_ids=_sources(followed, known),
    )


def community_follows(transitions: pd.DataFrame, events: pd.DataFrame, *, horizon_months: int = 12) -> ClaimTest:
    """Return whether at least half of the upstream's core had worked in the fork a year later, in most cases.

    `transitions` and `events` are the tables core_transitions and fork_events. The core are people with ten or more commits in the
    year before; forks with a core of three or more and a complete year count.
    """
    core = transitions[transitions["author_group"].eq("core_12m") & transitions["horizon_months"].eq(horizon_months)]
    whole = core[core["is_complete_fork"] & core["n_group"].ge(FEWEST_CORE)]
    moved = whole.assign(share=whole["n_in_fork"].astype(float) / whole["n_group"].astype(float))
    relicensed = set(events.loc[events["trigger_category"].eq("relicense"), "fork_repository"].dropna())
    groups = {"forks": moved, "forks after a license change": moved[moved["fork"].isin(relicensed)]}
    readings = [
        share(
            f"{name} joined by half of the upstream's core or more",
            int((rows["share"] >= HALF).sum()),
            len(rows),
            unit="forks",
            window=f"{horizon_months} months from the start of each fork",
            sample=f"known forks whose upstream had a core of {FEWEST_CORE} or more",
            needs_above=True,
        )
        for name, rows in groups.items()
    ]
    return ClaimTest(
        test_id="core_follows",
        question="Do the people who wrote most of the upstream work in the fork a year later?",
        prediction=f"Half of the core or more, in more than {HALF:.0%} of the forks.",
        readings=(readings[0], *(item.beside() for item in readings[1:])),
        rule="Core: ten or more commits in the 12 months before the fork. In the fork: at least one commit there; some work in both.",
        selection=KNOWN_FORKS,
        caveats=("People are matched by name and address; who changed both is missed.", "Forks of one upstream share their people."),
        source_ids=_sources(whole),
    )


def _sources(*frames: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for rows in frames for cell in rows["source_ids"] for part in split_list(cell)))
