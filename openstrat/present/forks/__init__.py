"""The pieces of reports on forks: results in, figures and boxes out."""

from openstrat.present.forks.landscape import (
    comparisons_box,
    ends_figure,
    findings_table,
    lags_figure,
    lags_table,
    landscape_facts,
    landscape_glance,
    left_out_note,
    outcomes_table,
    survival_figure,
    survival_table,
    timeline_figure,
)
from openstrat.present.sources import sources_used

__all__ = [
    "comparisons_box",
    "ends_figure",
    "findings_table",
    "lags_figure",
    "lags_table",
    "landscape_facts",
    "landscape_glance",
    "left_out_note",
    "outcomes_table",
    "sources_used",
    "survival_figure",
    "survival_table",
    "timeline_figure",
]
