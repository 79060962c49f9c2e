"""How the project says that it is run."""

from __future__ import annotations

from openstrat.analysis.audit.activity import SignOffs
from openstrat.analysis.audit.governance import ENFORCED_FROM, MIN_COMMITS, Presence, is_sign_off_enforced
from openstrat.analysis.audit.report import AuditReport
from openstrat.analysis.audit.words import counted
from openstrat.present import page
from openstrat.present.charts.governance import governance_strip
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.repository_audit.shared import source_of, topic_label
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


def _year(signed: SignOffs) -> str:
    """Return the share of the last 12 months with what it means, or that it is not known."""
    if signed.share_12m is None:
        return "What share of the commits of the last 12 months carries a sign-off line is not known: the copy holds none, or not all."
    share = f"{percent(signed.share_12m)} of {counted(signed.n_commits_12m, 'commit')} of the last 12 months carry a sign-off line"
    rule = f"from {ENFORCED_FROM:.0%} of {MIN_COMMITS} or more on, {SIGNED[True]}; here {SIGNED[is_sign_off_enforced(signed)]}"
    return f"{share} (merges and bots left out); {rule}."


def governance_notes(report: AuditReport) -> Markup:
    """Return the sign-off share with its rule, and what to keep in mind about each topic."""
    signed = report.sign_offs
    whole = f"Of {counted(signed.n_commits_all, 'commit')} ({report.windows['window'].iloc[-1]}) {percent(signed.share_all)} do."
    notes = [f"{_year(signed)} {whole}"]
    said = report.governance[report.governance["note"].ne("")]
    for note, rows in said.groupby("note", sort=False):
        notes.append(f"{', '.join(map(topic_label, rows['topic']))}: {note}")
    return page.bullets(notes)
