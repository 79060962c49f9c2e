"""Claims about license changes: do authors leave, does a fork follow, is hosting by others the reason."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.claims.readings import HALF, ClaimTest, median, share
from openstrat.tables.cells import split_list

KILLED = -0.5
"""Change of active authors against other projects from which a project counts as halved (assumption)."""
STRICTER = ("restrict", "closure", "copyleft_shift", "open_core_merge")
"""Directions of change that left some users with stricter terms."""
CLOUD = "cloud_competition"
STUDIED = (
    "Changes to stricter terms whose repository was read and for which at least five comparison projects exist; they are the well-known "
    "ones, and companies whose project was in decline may change terms more readily. What is counted is people who write code, not "
    "users and not revenue: revenue is in none of these tables."
)
SHOCK = "Projects of one company that changed on one day share one cause, so the reading by day, which counts them once, decides."
YEAR = "12 months before and after each change"
LISTED = "Changes that the curators or a public list noticed; a quiet change of a small project is missing."


def relicensing_halves(changes: pd.DataFrame) -> ClaimTest:
    """Return whether a project lost half of its active authors against others in the year after stricter terms, in most cases.

    `changes` has one row a studied change: event_id, happened_on, did (change against the comparison projects; blank where the study
    refused), verdict, source_ids.
    """
    prediction = f"More than {HALF:.0%} of the changes with active authors down by half or more against other projects."
    return _authors(changes, "relicensing_halves", "Did active authors fall by half or more after stricter terms?", prediction, KILLED)


def relicensing_fewer(changes: pd.DataFrame) -> ClaimTest:
    """Return whether a project had fewer active authors, against others, in the year after stricter terms, in most cases.

    Columns of `changes` as in `relicensing_halves`.
    """
    prediction = f"More than {HALF:.0%} of the changes with fewer active authors than other projects had."
    return _authors(changes, "relicensing_fewer", "Were there fewer active authors after stricter terms?", prediction, 0.0)


def _authors(changes: pd.DataFrame, test_id: str, question: str, prediction: str, at_most: float) -> ClaimTest:
    known = changes.dropna(subset=["did"])
    by_day = known.groupby("happened_on")["did"].mean()
    words = "authors down by half or more" if at_most < 0 else "fewer authors"
    sample = f"license changes to stricter terms, {len(changes)} studied and {len(changes) - len(known)} refused"
    options: dict[str, Any] = {"window": YEAR, "sample": sample, "needs_above": True}
    hit, hit_days = int((known["did"] <= at_most).sum()), int((by_day <= at_most).sum())
    counts = ", ".join(f"{count} {name}" for name, count in sorted(changes["verdict"].value_counts().items()))
    change = median(
        "median change of active authors against other projects",
        by_day,
        unit="change of active authors",
        window=YEAR,
        sample=sample,
        line=at_most,
        needs_above=False,
        seed=7,
    )
    return ClaimTest(
        test_id=test_id,
        question=question,
        prediction=prediction,
        readings=(
            share(f"days of change with {words}", hit_days, len(by_day), unit="days of change", **options),
            share(f"single changes with {words}", hit, len(known), unit="changes", **options).beside(),
            change.beside(),
        ),
        rule="Mean of active authors a month, 12 months after against 12 months before, minus the median change of comparison projects.",
        selection=STUDIED,
        caveats=(SHOCK, f"Verdicts of the study on single changes: {counts}. None is a proof of what the change did."),
        source_ids=_sources(changes),
    )


def tightening_forked(changes: pd.DataFrame, forks: pd.DataFrame, *, as_of: str) -> ClaimTest:
    """Return the share of changes from approved to unapproved terms that a fork answered, against one half.

    `changes` and `forks` are the tables license_changes and fork_events.
    """
    rows = changes[changes["changed_on"].le(as_of) & changes["osi_status_before"].eq("approved")]
    left = rows[rows["osi_status_after"].isin(["not_approved", "partly"])]
    known = forks[forks["announced_on"].fillna(forks["triggered_on"]).le(as_of)]
    answered = left["change_id"].isin(set(known["license_change_id"].dropna()))
    by_day = answered.groupby(left["changed_on"]).any()
    options: dict[str, Any] = {"window": _window(left), "sample": "changes from open source to other terms", "needs_above": True}
    return ClaimTest(
        test_id="tightening_forked",
        question="Did a fork answer when a project left open source terms?",
        prediction=f"A fork after more than {HALF:.0%} of the changes.",
        readings=(
            share("days of change that a fork answered", int(by_day.sum()), len(by_day), unit="days of change", **options),
            share("single changes that a fork answered", int(answered.sum()), len(left), unit="changes", **options).beside(),
        ),
        rule="Changes of the whole tree or a part of it from approved to unapproved terms, with a fork in the table that names the change.",
        selection=f"{LISTED} Forks are the known ones, so the share is a lower bound for forks of any size.",
        caveats=("A re-implementation by others is not a fork and not counted.",),
        source_ids=_sources(left),
        leans="Forks that stayed small are not in the table, so more changes may have been answered.",
    )


def cloud_is_the_reason(changes: pd.DataFrame, *, as_of: str) -> ClaimTest:
    """Return the share of changes to stricter terms whose reason was competition by hosts, against one half.

    `changes` is the table license_changes.
    """
    rows = changes[changes["changed_on"].le(as_of) & changes["direction"].isin(STRICTER)]
    hosted = rows["reason_type"].eq(CLOUD)
    by_day = hosted.groupby(rows["changed_on"]).any()
    options: dict[str, Any] = {"window": _window(rows), "sample": "changes to stricter terms", "needs_above": True}
    return ClaimTest(
        test_id="cloud_reason",
        question="Is hosting by others the reason that stewards give for stricter terms?",
        prediction=f"The reason for more than {HALF:.0%} of the changes.",
        readings=(
            share("days of change put down to hosts", int(by_day.sum()), len(by_day), unit="days of change", **options),
            share("single changes put down to hosts", int(hosted.sum()), len(rows), unit="changes", **options).beside(),
        ),
        rule="One reason a change, as the steward said or as the circumstances show, coded by the curators.",
        selection=LISTED,
        caveats=("A reason given is not a loss shown: no table here holds what stewards lost to hosts.",),
        source_ids=_sources(rows),
        not_enough="It is the reason most often given; what stewards lost to hosts is in none of these tables.",
    )


def _window(rows: pd.DataFrame) -> str:
    return f"{rows['changed_on'].min()} to {rows['changed_on'].max()}" if len(rows) else "no change"


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for cell in rows["source_ids"] for part in split_list(cell)))
