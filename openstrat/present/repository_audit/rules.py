"""What rules say, with value, threshold, window and reason; and the block for a case file."""

from __future__ import annotations

import pandas as pd
import yaml

from openstrat.analysis.audit.case_facts import measured_lines
from openstrat.analysis.audit.findings import Flag
from openstrat.analysis.audit.report import AuditReport
from openstrat.analysis.repository_auditing import case_facts_of
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.repository_audit.shared import plain_label, source_of

WORDS = {Flag.FLAG: "speaks against it", Flag.NO_FLAG: "checked, does not", Flag.UNKNOWN: "not known"}
TITLES = {
    "MI3": "Under-maintenance",
    "MI1": "Open-washing",
}
UNREAD = "Each rule needs every part to be known before it says no. What is not known is listed with what would settle it."


def rules_box(report: AuditReport) -> Markup:
    """Return the two rules in a sentence each, with the reason."""
    heads = [next(item for item in report.findings if item.rule == rule) for rule in TITLES]
    lines = [f"{TITLES[item.rule]} ({item.rule}): {WORDS[item.state]}. {item.value[:1].upper()}{item.value[1:]}." for item in heads]
    css = "caveat" if any(item.state is Flag.FLAG for item in heads) else "finding"
    return page.callout("What the rules say", page.bullets([*lines, UNREAD]), css=css)


def rules_table(report: AuditReport) -> Markup:
    """Return one row a rule or part: what it says, the value, the threshold, the window, why."""
    shown = pd.DataFrame(
        {
            "rule": [f"part: {item.name}" if item.is_part else f"{item.rule}: {item.name}" for item in report.findings],
            "says": [WORDS[item.state] for item in report.findings],
            "value": [plain_label(item.value) or "not known" for item in report.findings],
            "flags if": [item.threshold for item in report.findings],
            "window": [item.window for item in report.findings],
            "why": [item.why for item in report.findings],
        }
    )
    rules = [item for item in report.findings if not item.is_part]
    n = {state: sum(item.state is state for item in rules) for state in Flag}
    title = f"Of {len(rules)} rules {n[Flag.FLAG]} speak against it, {n[Flag.NO_FLAG]} do not and {n[Flag.UNKNOWN]} cannot be answered"
    return page.data_table(shown, name="rules-table", title=title, source=source_of(report), stub="rule")


def case_block(report: AuditReport) -> Markup:
    """Return what a case file can take over, and what was measured and has to be weighed first."""
    block = case_facts_of(report)
    text = yaml.safe_dump(block, sort_keys=False, allow_unicode=True) if block else "# The audit settles no field of a case."
    code = page.tag("pre", page.tag("code", text))
    return (
        code
        + page.paragraph("Measured, to be weighed by a person before it becomes part of a case:")
        + page.bullets(measured_lines(report))
    )
