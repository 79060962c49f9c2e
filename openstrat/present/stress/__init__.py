"""The pieces of the stress-test report: results in, figures and boxes out."""

from openstrat.present.precedents import license_precedents_table, release_precedents_table
from openstrat.present.sources import sources_used
from openstrat.present.stress.cost import conditions_box, losses_table
from openstrat.present.stress.glance import stress_facts, stress_glance
from openstrat.present.stress.others import lags_figure, outcomes_table, people_figure, spreads_table
from openstrat.present.stress.remains import remains_table, risk_box

__all__ = [
    "conditions_box",
    "lags_figure",
    "license_precedents_table",
    "losses_table",
    "outcomes_table",
    "people_figure",
    "release_precedents_table",
    "remains_table",
    "risk_box",
    "sources_used",
    "spreads_table",
    "stress_facts",
    "stress_glance",
]
