"""Licenses over time, doubts about today's, declarations beside texts, and every license file."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from openstrat.analysis.audit.report import AuditReport
from openstrat.analysis.audit.timeline import ROOT_PLACE, is_change
from openstrat.analysis.audit.words import counted
from openstrat.present import page
from openstrat.present.charts.periods import license_periods
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.repository_audit.shared import license_source, plain_label, source_of
from openstrat.terms import OpennessLevel

SHORTEST_DAYS = 30
"""A history shorter than this gives no chart over time."""
MOST_FILES = 60
STATE_WORDS = {"read": "known text", "more": "known text and more", "named": "names it only"}


def periods_figure(report: AuditReport) -> Figure | Markup:
    """Return the licenses of each place over time; a sentence where there is nothing to draw over time."""
    periods = report.periods.dropna(subset=["from_on"])
    if periods.empty:
        return page.paragraph("No license file is in the history.", css="caveat")
    if (pd.Timestamp(report.dates.as_of) - periods["from_on"].min()).days < SHORTEST_DAYS:
        what = "This shallow copy" if report.dates.begins_on else "The first license file"
        return page.paragraph(f"{what} goes back less than {SHORTEST_DAYS} days; the table below lists every change.")
    shown = periods.assign(license_id=periods["license_id"].map(plain_label))
    figure = license_periods(shown, as_of=report.dates.as_of.isoformat(), title=_title(report), source=license_source(report))
    described = (
        f"{counted(len(shown), 'period')} of {counted(shown['family'].nunique(), 'place')} as bars over time: the whole repository, then "
        "folders with a license file of their own. A bar lasts from the commit that brought a license to the one that replaced it; its "
        "color is the level. The dashed line is the as-of day."
    )
    return replace(figure, description=described, n=f"{counted(len(shown), 'period')} of {counted(shown['family'].nunique(), 'place')}")


def _title(report: AuditReport) -> str:
    own = report.periods[report.periods["family"].eq(ROOT_PLACE)].dropna(subset=["from_on"])
    if own.empty:
        return f"{report.label}: no license file at the root in the whole history"
    n_open = int(own["level"].eq(OpennessLevel.FULLY_OPEN).sum())
    first = own["from_on"].min()
    if len(own) == 1:
        earlier = " or earlier" if report.dates.begins_on and first.date() <= report.dates.begins_on else ""
        return f"{report.label}: {plain_label(own['license_id'].iloc[0])} since {first:%Y-%m-%d}{earlier}"
    return f"{report.label}: {len(own)} license periods since {first:%Y}, {n_open or 'none'} of them fully open"


def changes_table(report: AuditReport) -> Markup:
    """Return every change of a license with its day, and the other clocks where they differ; folders are folded away."""
    if report.changes.empty:
        return page.paragraph("No license file was ever added.")
    is_root = report.changes["place"].eq(ROOT_PLACE)
    own, other = report.changes[is_root], report.changes[~is_root]
    n = int(is_change(own["direction"]).sum())
    title = f"The license at the root: {counted(n, 'change')} since the first file that the history shows"
    table = _changes(report, own, "changes-table", title) if len(own) else page.paragraph("There never was a license file at the root.")
    if other.empty:
        return table
    title = f"{counted(len(other), 'change')} in folders with a license file of their own"
    return table + page.tag("details", page.tag("summary", title) + _changes(report, other, "folder-changes-table", title))


def _changes(report: AuditReport, rows: pd.DataFrame, name: str, title: str) -> Markup:
    clocks = {"committed": ("committed_on", "committed_local_on"), "authored": ("authored_on", "authored_local_on")}
    shown = pd.DataFrame(
        {
            "place": rows["place"],
            "before": rows["license_before"].map(plain_label),
            "after": rows["license_after"].map(plain_label),
            "direction": rows["direction"],
            **{clock: [_days(utc, local) for utc, local in zip(rows[one], rows[two], strict=True)] for clock, (one, two) in clocks.items()},
            "commit": rows["commit"],
        }
    )
    return page.data_table(shown, name=name, title=title, source=license_source(report))


def _days(utc: object, local: object) -> str:
    if not isinstance(utc, str):
        return "no date"
    return utc if utc == local else f"{utc} in UTC, {local} where it was written"


def doubts_box(report: AuditReport) -> Markup:
    """Return what keeps today's license from being settled; a sentence when nothing does."""
    doubts = [f"{folder + '/: ' if folder else ''}{doubt}" for folder, item in report.standings.items() for doubt in item.doubts]
    if not doubts:
        return page.paragraph(
            "Every license file of the repository's own is word for word a known text, or has the shape of one with blanks."
        )
    return page.callout("Read these files yourself", page.bullets(doubts[:12]), css="caveat")


def declared_table(report: AuditReport) -> Markup:
    """Return what package files and SPDX lines declare, beside the license text of the same place."""
    if report.declared.empty:
        return page.paragraph("No package file that is read states a license, and no sampled source file has an SPDX line.")
    labels = {"where": "Where", "declared": "Declared", "detected": "Text that is there", "agreement": "Agreement", "note": "Note"}
    shown = report.declared[list(labels)].assign(
        agreement=report.declared["agreement"].str.replace("_", " "), detected=report.declared["detected"].map(plain_label)
    )
    n = int(report.declared["agreement"].isin(["agrees", "fits"]).sum())
    title = f"Declarations that fit the license texts: {n} of {len(shown)}"
    return page.data_table(shown, name="declared-table", title=title, source=license_source(report), labels=labels)


def files_table(report: AuditReport) -> Markup:
    """Return every license file: what it holds, whether word for word, and how many words stand beside it."""
    if report.files.empty:
        return page.paragraph("There is no license file in the current tree.")
    files = report.files.sort_values("is_bundled", kind="stable").head(MOST_FILES)
    verbatim = {True: "word for word", False: "changed in places", None: "has blanks, or no known text"}
    shown = pd.DataFrame(
        {
            "file": files["path"],
            "holds": [plain_label(text) or "no known license" for text in files["licenses"]],
            "read as": [STATE_WORDS.get(state, state.replace("_", " ")) for state in files["state"]],
            "wording": [verbatim[None if value is None else bool(value)] for value in files["is_verbatim"].astype(object)],
            "other words": files["n_other_words"],
            "kind": [f"{kind}, bundled" if bundled else kind for kind, bundled in zip(files["kind"], files["is_bundled"], strict=True)],
        }
    )
    more = f", the first {MOST_FILES} shown" if len(report.files) > MOST_FILES else ""
    title = f"{counted(len(report.files), 'license file')} in the current tree{more}"
    table = page.data_table(shown, name="files-table", title=title, source=source_of(report), whole=["other words"])
    heading = page.tag("summary", "Every license file")
    return page.tag("details", heading + table)
