"""The four myths: tested on the case, and in recorded histories."""

from __future__ import annotations

from openstrat.analysis.strategy.finding import Finding
from openstrat.present import page
from openstrat.present.findings import finding_cards, findings_table
from openstrat.present.moat_check.moats import CASE_SOURCE
from openstrat.present.page import Markup


def myths_table(myths: tuple[Finding, ...]) -> Markup:
    """Return the myths tested on the case; yes means that the belief fails."""
    title = "Four beliefs about protection: 'yes' means that the test fails the belief"
    return findings_table(myths, name="myths-table", title=title, source=f"{CASE_SOURCE}; openstrat table family_coefficients")


def myth_records(records: tuple[Finding, ...]) -> Markup:
    """Return what recorded histories say about the same beliefs, a card each; all of it describes."""
    note = "Yes speaks against the belief, partly leaves it open. None of it shows a cause."
    return page.paragraph(note, css="caveat") + finding_cards(records)
