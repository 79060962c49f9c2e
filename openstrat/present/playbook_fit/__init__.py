"""The pieces of a playbook-fit report: results in, figures and boxes out."""

from openstrat.present.playbook_fit.fit import conditions_figure, playbooks_box, scores_figure
from openstrat.present.playbook_fit.glance import at_a_glance, report_facts
from openstrat.present.playbook_fit.reasons import motives_table, scenario_cards, trade_box
from openstrat.present.sources import sources_used

__all__ = [
    "at_a_glance",
    "conditions_figure",
    "motives_table",
    "playbooks_box",
    "report_facts",
    "scenario_cards",
    "scores_figure",
    "sources_used",
    "trade_box",
]
