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
from openstrat.present.forks.pair import activity_figure, activity_note, pair_facts, pair_glance
from openstrat.present.forks.pair_counting import pair_caveats, published_table, rules_figure, rules_table, scopes_table
from openstrat.present.forks.pair_people import (
    concentration_figure,
    concentration_table,
    core_figure,
    core_table,
    moved_figure,
    newcomers_figure,
    newcomers_note,
)
from openstrat.present.sources import sources_used

__all__ = [
    "activity_figure",
    "activity_note",
    "comparisons_box",
    "concentration_figure",
    "concentration_table",
    "core_figure",
    "core_table",
    "ends_figure",
    "findings_table",
    "lags_figure",
    "lags_table",
    "landscape_facts",
    "landscape_glance",
    "left_out_note",
    "moved_figure",
    "newcomers_figure",
    "newcomers_note",
    "outcomes_table",
    "pair_caveats",
    "pair_facts",
    "pair_glance",
    "published_table",
    "rules_figure",
    "rules_table",
    "scopes_table",
    "sources_used",
    "survival_figure",
    "survival_table",
    "timeline_figure",
]
