"""The pieces of the what-to-open report: a plan in, figures and boxes out."""

from openstrat.present.planning.conflicts import conflicts_box, rules_table
from openstrat.present.planning.glance import plan_facts, plan_glance
from openstrat.present.planning.layers import canvas_figure, layers_table, moves_figure, rates_table
from openstrat.present.planning.map import frontier_table, map_figure, options_table, unlisted_box
from openstrat.present.sources import sources_used

__all__ = [
    "canvas_figure",
    "conflicts_box",
    "frontier_table",
    "layers_table",
    "map_figure",
    "moves_figure",
    "options_table",
    "plan_facts",
    "plan_glance",
    "rates_table",
    "rules_table",
    "sources_used",
    "unlisted_box",
]
