"""The pieces of a moat-check report: results in, figures and boxes out."""

from openstrat.present.brief.evidence import concept_cards
from openstrat.present.moat_check.glance import at_a_glance, report_facts
from openstrat.present.moat_check.moats import fates_figure, mean_box, tests_figure, tests_table
from openstrat.present.moat_check.myths import myth_records, myths_table
from openstrat.present.sources import sources_used

__all__ = [
    "at_a_glance",
    "concept_cards",
    "fates_figure",
    "mean_box",
    "myth_records",
    "myths_table",
    "report_facts",
    "sources_used",
    "tests_figure",
    "tests_table",
]
