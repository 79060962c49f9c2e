"""The pieces of reports about licenses: results in, figures and boxes out."""

from openstrat.present.licensing.combination import complexity_table, conflicts_box, duties_table
from openstrat.present.licensing.comparison import (
    answers_figure,
    answers_table,
    bottom_lines,
    comparison_facts,
    excluded_table,
    ladder_figure,
    position_figure,
    verdicts_table,
)
from openstrat.present.licensing.landscape import (
    COMPANIES,
    agreement_figure,
    companies_table,
    complicated_table,
    disagreements_table,
    landscape_facts,
    landscape_glance,
    limits_figure,
    map_figure,
    openings_figure,
    periods_figure,
    reach_figure,
)
from openstrat.present.sources import sources_used

__all__ = [
    "COMPANIES",
    "agreement_figure",
    "answers_figure",
    "answers_table",
    "bottom_lines",
    "companies_table",
    "comparison_facts",
    "complexity_table",
    "complicated_table",
    "conflicts_box",
    "disagreements_table",
    "duties_table",
    "excluded_table",
    "ladder_figure",
    "landscape_facts",
    "landscape_glance",
    "limits_figure",
    "map_figure",
    "openings_figure",
    "periods_figure",
    "position_figure",
    "reach_figure",
    "sources_used",
    "verdicts_table",
]
