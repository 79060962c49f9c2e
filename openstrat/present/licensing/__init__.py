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
from openstrat.present.sources import sources_used

__all__ = [
    "answers_figure",
    "answers_table",
    "bottom_lines",
    "comparison_facts",
    "complexity_table",
    "conflicts_box",
    "duties_table",
    "excluded_table",
    "ladder_figure",
    "position_figure",
    "sources_used",
    "verdicts_table",
]
