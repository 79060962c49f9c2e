"""What happened to others."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.brief import NO_CLOSE_PRECEDENT, PrecedentActivity
from openstrat.analysis.statistics import MedianEstimate
from openstrat.present import charts, page
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.theme import signed_percent
from openstrat.present.words import readable

HISTORY_SOURCE = "openstrat tables license_changes and fork_events (46 changes, 36 forks), from git histories, CHAOSS and pages"


def precedents_table(precedents: pd.DataFrame) -> Markup:
    """Return the nearest license changes: what happened, how near, which fork followed; ties are called ties."""
    if precedents.empty:
        return page.paragraph("The case states no feature to search precedents by: add a 'precedent' block.", css="caveat")
    rows = precedents.to_dict("records")
    shown = pd.DataFrame(
        {
            "change": [f"{row['project']}, {row['changed_on']}" for row in rows],
            "license": [f"{row['license_before']} → {row['license_after']}" for row in rows],
            "distance": [f"{row['distance']:.2f} of {row['n_features']}{' (tie)' if row['is_tie'] else ''}" for row in rows],
            "differs in": [row["differed"] or "nothing that was compared" for row in rows],
            "fork": [_fork_words(row) for row in rows],
            "row": [row["change_id"] for row in rows],
        }
    )
    title = f"The {len(shown)} license changes nearest to this case"
    table = page.data_table(shown, name="precedents-table", title=title, source=HISTORY_SOURCE, stub="change")
    note = "Distance is the share of compared features that differ, 0 to 1. Ties are ordered newest first."
    if precedents["distance"].min() >= NO_CLOSE_PRECEDENT:
        note = "No close precedent: even the nearest differ in half of the compared features or more, so read them as contrast. " + note
    return table + page.paragraph(note, css="caveat")


def _fork_words(row: dict[Any, Any]) -> str:
    if not isinstance(row["fork"], str):
        return "none recorded"
    lag = f"after {row['fork_lag_days']} days" if pd.notna(row["fork_lag_days"]) else "lag unknown"
    outcome = row["fork_outcome"] if isinstance(row["fork_outcome"], str) else "outcome unknown"
    return f"{row['fork']}, {lag}, {readable(outcome)}"


def histories_figure(history: pd.DataFrame, *, as_of: str) -> Figure | Markup:
    """Return the license timeline of model families, or a sentence when the case opens no weights."""
    if history.empty:
        return page.paragraph("No option of this case opens weights, so the license history of model families is left out.", css="caveat")
    recent = history[history["day"] > pd.Timestamp(as_of) - pd.DateOffset(months=12)]
    counts = [history["direction"].eq("opened").sum(), history["direction"].eq("tightened").sum()]
    latest = [recent["direction"].eq("opened").sum(), recent["direction"].eq("tightened").sum()]
    title = f"Model families opened {counts[0]} times and tightened {counts[1]} times; {latest[0]} and {latest[1]} in the last 12 months"
    source = "openstrat table license_history: picked for what they teach, not a census; 12 of 29 read in the license text"
    return charts.license_timeline(history, title=title, source=source)


def activity_figure(activity: PrecedentActivity) -> Figure | Markup:
    """Return monthly activity around the nearest measured changes, under a title that states the change and the donors'."""
    if activity.months.empty:
        return page.paragraph("None of the near precedents has a measured history.", css="caveat")
    known = activity.changes.dropna(subset="change")
    fell = (known["change"] < 0).sum()
    title = f"Active authors fell in {fell} of {len(known)} precedents in the year after the license change"
    if activity.nearest_distance is None or activity.nearest_distance >= NO_CLOSE_PRECEDENT:
        title = f"No close precedent; in the nearest, active authors fell in {fell} of {len(known)} after the license change"
    return charts.precedent_activity(activity.months, title=title, source="git histories and CHAOSS, monthly aggregates, default branch")


def changes_table(activity: PrecedentActivity, *, seed: int) -> Markup:
    """Return the change of each precedent beside the same change in projects without an event."""
    if activity.changes.empty:
        return page.plain("")
    rows = activity.changes.to_dict("records")
    shown = pd.DataFrame(
        {
            "precedent": [row["precedent"] for row in rows],
            "before": [_mean(row["before_mean"]) for row in rows],
            "after": [_mean(row["after_mean"]) for row in rows],
            "change": [signed_percent(row["change"]) for row in rows],
            "donors": [f"{signed_percent(row['donor_median'])} (n = {row['n_donors']})" for row in rows],
            "middle half": [f"{signed_percent(row['donor_low'])} to {signed_percent(row['donor_high'])}" for row in rows],
            "fell as much": [_of(row["n_donors_fell_as_much"], row["n_donors"]) for row in rows],
            "window": [row["window"] for row in rows],
        }
    )
    labels = {"donors": "projects without an event, median", "middle half": "their middle half", "fell as much": "of them fell as much"}
    title = "Mean active authors a month, 12 months before against 12 months after"
    table = page.data_table(shown, name="changes-table", title=title, source="git histories and CHAOSS", stub="precedent", labels=labels)
    return table + page.paragraph(f"{median_words(activity.overall, seed)} {activity.changes['rule'].iloc[0]}", css="caveat")


def median_words(estimate: MedianEstimate, seed: int) -> str:
    """Return the median change over precedents in a sentence, with its interval and sample size."""
    if estimate.median is None:
        return "No precedent has enough complete months for a change."
    if estimate.low is None or estimate.high is None:
        return f"Median change {signed_percent(estimate.median)} over n = {estimate.n}: too few for an interval."
    interval = f"{signed_percent(estimate.low)} to {signed_percent(estimate.high)}"
    figures = f"95 % bootstrap interval {interval}, n = {estimate.n}, seed {seed}"
    return f"Median change {signed_percent(estimate.median)} ({figures}): a description, not proof."


def _mean(value: float) -> str:
    return "unknown" if pd.isna(value) else f"{value:.1f}"


def _of(count: float, total: int) -> str:
    return "unknown" if pd.isna(count) else f"{count:.0f} of {total}"
