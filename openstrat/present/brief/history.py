"""What happened to others."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.brief import NO_CLOSE_PRECEDENT, PrecedentActivity
from openstrat.present import charts, page
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.theme import signed_percent
from openstrat.present.words import readable

HISTORY_SOURCE = "openstrat tables license_changes and fork_events (46 changes, 36 forks), from git histories, CHAOSS and pages"


def precedents_table(precedents: pd.DataFrame) -> Markup:
    """Return the nearest license changes: what happened, how near, which fork followed; ties are called ties."""
    if precedents.empty:
        reason = "No license change up to the as-of day shares a feature with this case, or the case has no 'precedent' block."
        return page.paragraph(reason, css="caveat")
    is_contrast = precedents["distance"].min() >= NO_CLOSE_PRECEDENT
    rows = precedents.head(MOST_CONTRASTS if is_contrast else len(precedents)).to_dict("records")
    shown = pd.DataFrame(
        {
            "change": [f"{row['project']}, {row['changed_on']}" for row in rows],
            "license": [f"{row['license_before']} → {row['license_after']}" for row in rows],
            "differs": [_differs(row) for row in rows],
            "in": [row["differed"] or "nothing that was compared" for row in rows],
            "fork": [_fork_words(row) for row in rows],
            "row": [row["change_id"] for row in rows],
        }
    )
    title = f"The {len(shown)} license changes nearest to this case"
    if is_contrast:
        title = f"No close precedent: {len(shown)} license changes for contrast"
    table = page.data_table(shown, name="precedents-table", title=title, source=HISTORY_SOURCE, stub="change")
    note = "Compared are features that the case states and the tables know. Ties: newest first. Lags count to the first own commit."
    return table + page.paragraph(note, css="caveat")


MOST_CONTRASTS = 3
"""How many far precedents are shown where none is near."""


def _differs(row: dict[Any, Any]) -> str:
    n_differing = round(row["distance"] * row["n_features"])
    return f"{n_differing} of {row['n_features']} features{' (tie)' if row['is_tie'] else ''}"


def _fork_words(row: dict[Any, Any]) -> str:
    if not isinstance(row["fork"], str):
        return "none recorded"
    lag = f"after {row['fork_lag_days']} days" if pd.notna(row["fork_lag_days"]) else "lag unknown"
    outcome = row["fork_outcome"] if isinstance(row["fork_outcome"], str) else "outcome unknown"
    return f"{row['fork']}, {lag}, {readable(outcome)}"


def histories_figure(history: pd.DataFrame, *, as_of: str) -> Figure | Markup:
    """Return the license timeline of model families, or a sentence when the case opens no weights."""
    if history.empty:
        reason = "The license history of model families is left out: no option opens weights, or nothing had changed by the as-of day."
        return page.paragraph(reason, css="caveat")
    recent = history[history["day"] > pd.Timestamp(as_of) - pd.DateOffset(months=12)]
    counts = [history["direction"].eq("opened").sum(), history["direction"].eq("tightened").sum()]
    latest = [recent["direction"].eq("opened").sum(), recent["direction"].eq("tightened").sum()]
    title = f"Model families opened {counts[0]} times and tightened {counts[1]} times; {latest[0]} and {latest[1]} in the last 12 months"
    read = history["confidence"].eq("verified").sum()
    source = f"openstrat table license_history: picked for what they teach, not a census; {read} of {len(history)} read in the license text"
    return charts.license_timeline(history, title=title, source=source)


def activity_figure(activity: PrecedentActivity) -> Figure | Markup:
    """Return monthly activity around the nearest measured changes, under a title that states the change and the donors'."""
    if activity.months.empty:
        return page.paragraph("None of the near precedents has a measured history.", css="caveat")
    known = activity.changes.dropna(subset="change")
    fell = (known["change"] < 0).sum()
    title = f"Active authors fell in {fell} of {len(known)} precedents in the year after the license change"
    if is_far(activity):
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
            "middle half": [_middle_half(row) for row in rows],
            "moved": [_of(row["n_donors_moved_as_far"], row["n_donors"]) for row in rows],
            "window": [row["window"] for row in rows],
        }
    )
    labels = {
        "donors": "projects without an event, median",
        "middle half": "their middle half",
        "moved": "of them moved at least as far the same way",
    }
    title = "Mean active authors a month, 12 months before against 12 months after"
    table = page.data_table(shown, name="changes-table", title=title, source="git histories and CHAOSS", stub="precedent", labels=labels)
    words = "" if is_far(activity) else f"{median_words(activity, seed)} "
    return table + page.paragraph(f"{words}{activity.changes['rule'].iloc[0]}", css="caveat")


MIN_FOR_INTERVAL = 6
"""Fewer values than this give a range, not an interval: a bootstrap over three or four only returns their ends."""


def is_far(activity: PrecedentActivity) -> bool:
    """Whether even the nearest precedent is too far to give a key figure."""
    return activity.nearest_distance is None or activity.nearest_distance >= NO_CLOSE_PRECEDENT


def spread(changes: pd.Series[float]) -> str:
    """Return the range of known changes in words: 'from −53% to +225%, n = 4'."""
    known = changes.dropna()
    if known.empty:
        return "no precedent has enough complete months for a change"
    return f"from {signed_percent(known.min())} to {signed_percent(known.max())}, n = {len(known)}"


def median_words(activity: PrecedentActivity, seed: int) -> str:
    """Return the median change over precedents in a sentence, with its interval, or its range where n is small."""
    overall = activity.overall
    if overall.median is None or overall.low is None or overall.high is None or overall.n < MIN_FOR_INTERVAL:
        return f"Changes {spread(activity.changes['change'])}: too few for an interval; a description, not proof."
    interval = f"{signed_percent(overall.low)} to {signed_percent(overall.high)}"
    figures = f"95% bootstrap interval {interval}, n = {overall.n}, seed {seed}"
    return f"Median change {signed_percent(overall.median)} ({figures}): a description, not proof."


def _middle_half(row: dict[Any, Any]) -> str:
    if row["n_donors"] < MIN_FOR_INTERVAL:
        return "too few"
    return f"{signed_percent(row['donor_low'])} to {signed_percent(row['donor_high'])}"


def _mean(value: float) -> str:
    return "unknown" if pd.isna(value) else f"{value:.1f}"


def _of(count: float, total: int) -> str:
    return "unknown" if pd.isna(count) else f"{count:.0f} of {total}"
