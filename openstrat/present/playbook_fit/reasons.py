"""Why the company opens, when that helps, and what comes back."""

from __future__ import annotations

from dataclasses import replace

from openstrat.analysis.strategy.finding import Finding
from openstrat.analysis.strategy.scenarios import STATIC
from openstrat.present import page
from openstrat.present.findings import finding_cards, findings_table
from openstrat.present.page import Markup
from openstrat.present.playbook_fit.fit import CASE_SOURCE


def motives_table(motives: tuple[Finding, ...]) -> Markup:
    """Return the money sentence in a box, then the motives and business reasons as a table."""
    money, rest = motives[0], motives[1:]
    box = page.callout("The money sentence decides what a motive is worth", page.paragraph(money.sentence), css="finding")
    title = "Five motives, and the four business reasons that restate them under one more condition"
    return box + findings_table(rest, name="motives-table", title=title, source=f"{CASE_SOURCE}; ranges: openstrat table assumptions")


def scenario_cards(scenarios: tuple[Finding, ...]) -> Markup:
    """Return one card a scenario: whether it helps, the figures held against each other, what is missing."""
    cards = [replace(finding, caveats=tuple(item for item in finding.caveats if item != STATIC)) for finding in scenarios]
    return page.paragraph(STATIC, css="caveat") + finding_cards(cards)


def trade_box(trade: tuple[Finding, ...]) -> Markup:
    """Return trade or giveaway, and slogan or plan, with what comes back."""
    return finding_cards(trade)
