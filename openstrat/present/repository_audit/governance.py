"""How the project says that it is run."""

from __future__ import annotations

from openstrat.analysis.audit.governance import ENFORCED_FROM, Presence, is_sign_off_enforced
from openstrat.analysis.audit.report import AuditReport
from openstrat.present import page
from openstrat.present.charts.governance import governance_strip
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.repository_audit.shared import counted, source_of, topic_label
from openstrat.present.theme import percent

SIGNED = {
    True: "sign-off counts as enforced",
    False: "sign-off does not count as enforced",
    None: "too few commits to say whether it is enforced",
}


def governance_figure(report: AuditReport) -> Figure:
    """Return one tile a topic: found, mentioned, practiced, not found here, not known."""
    spoken = ~report.governance["state"].isin([Presence.NOT_FOUND.value, Presence.UNKNOWN.value])
    title = f"{report.label} speaks of {int(spoken.sum())} of {len(report.governance)} topics of how it is run"
    return governance_strip(report.governance, title=title, source=source_of(report))


def governance_notes(report: AuditReport) -> Markup:
    """Return the sign-off share with its rule, and what to keep in mind about each topic."""
    signed = report.sign_offs
    share = f"{percent(signed.share_12m)} of {counted(signed.n_commits_12m, 'commit')} of the last 12 months carry a sign-off line"
    rule = f"from {ENFORCED_FROM:.0%} on, {SIGNED[True]}; here {SIGNED[is_sign_off_enforced(signed)]}"
    whole = f"In the whole history {percent(signed.share_all)} of {counted(signed.n_commits_all, 'commit')} do."
    notes = [f"{share} (merges and bots left out); {rule}. {whole}"]
    said = report.governance[report.governance["note"].ne("")]
    for note, rows in said.groupby("note", sort=False):
        notes.append(f"{', '.join(map(topic_label, rows['topic']))}: {note}")
    return page.bullets(notes)
