"""The pieces of a repository audit: an audit in, figures and boxes out."""

from openstrat.present.repository_audit.activity import authors_figure, busiest_figure, windows_table
from openstrat.present.repository_audit.glance import at_a_glance, audit_facts
from openstrat.present.repository_audit.governance import governance_figure, governance_notes
from openstrat.present.repository_audit.licenses import changes_table, declared_table, doubts_box, files_table, periods_figure
from openstrat.present.repository_audit.rules import case_block, rules_box, rules_table
from openstrat.present.sources import sources_used

__all__ = [
    "at_a_glance",
    "audit_facts",
    "authors_figure",
    "busiest_figure",
    "case_block",
    "changes_table",
    "declared_table",
    "doubts_box",
    "files_table",
    "governance_figure",
    "governance_notes",
    "periods_figure",
    "rules_box",
    "rules_table",
    "sources_used",
    "windows_table",
]
