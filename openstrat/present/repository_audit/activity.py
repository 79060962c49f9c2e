"""Activity over months, concentration in stated windows."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.audit.activity import RULE
from openstrat.analysis.audit.report import AuditReport
from openstrat.analysis.audit.words import counted
from openstrat.present import page
from openstrat.present.charts.repository_activity import authors_by_month, busiest_share
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.repository_audit.shared import source_of
from openstrat.present.theme import percent

FEWEST_MONTHS = 3


def authors_figure(report: AuditReport) -> Figure | Markup:
    """Return people by month with the absence factor; a sentence for a history of fewer than three whole months."""
    whole = report.months[~report.months["is_partial_month"].astype(bool)]
    if len(whole) < FEWEST_MONTHS:
        return page.paragraph(f"The history holds {counted(len(whole), 'whole month')}: too few for a line.")
    first, last = whole["n_active_authors"].head(12).mean(), whole["n_active_authors"].tail(12).mean()
    title = f"{report.label}: {last:.1f} people a month in the last 12 whole months, {first:.1f} in the first 12"
    return authors_by_month(whole, title=title, source=f"{source_of(report)}. {RULE}")


def busiest_figure(report: AuditReport) -> Figure | Markup:
    """Return the busiest person's share by window; a sentence when no window has a commit of a person."""
    known = report.windows.dropna(subset=["top_author_share"])
    if known.empty:
        return page.paragraph("No window holds a commit of a person.")
    row = known.iloc[0]
    half = (
        "one person makes half of the commits" if row["absence_factor"] == 1 else f"{row['absence_factor']} people make half of the commits"
    )
    title = f"{report.label}, {row['window']}: {half}, {percent(row['top_author_share'])} are by the busiest"
    return busiest_share(report.windows, title=title, source=f"{source_of(report)}. {RULE}")


def windows_table(report: AuditReport) -> Markup:
    """Return commits, people and concentration by window, with from when to when and whether the history covers it."""
    frame = report.windows
    shown = pd.DataFrame(
        {
            "window": frame["window"],
            "from": frame["from_on"],
            "to": frame["to_on"],
            "commits": frame["n_commits"],
            "people": frame["n_authors"],
            "by bots": frame["n_bot_commits"],
            "busiest person": frame["top_author_share"],
            "absence factor": frame["absence_factor"],
            "history covers it": frame["is_complete"].map({True: "yes", False: "no"}),
        }
    )
    whole = ["commits", "people", "by bots", "absence factor"]
    title = f"{report.label} in stated windows"
    return page.data_table(
        shown,
        name="windows-table",
        title=title,
        source=f"{source_of(report)}. {RULE}",
        stub="window",
        percents=["busiest person"],
        whole=whole,
    )
