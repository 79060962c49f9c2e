"""The pieces of an openness audit: results in, figures and boxes out."""

from openstrat.present.audit.completeness import classes_figure, next_class
from openstrat.present.audit.components import components_figure, components_table
from openstrat.present.audit.deciding import deciding_box, held_back, questions_box, restrictions_table
from openstrat.present.audit.glance import at_a_glance, audit_facts, claim_box
from openstrat.present.audit.history import history_figure, place_in_history
from openstrat.present.audit.indices import differences_box, indices_table
from openstrat.present.sources import sources_used

__all__ = [
    "at_a_glance",
    "audit_facts",
    "claim_box",
    "classes_figure",
    "components_figure",
    "components_table",
    "deciding_box",
    "differences_box",
    "held_back",
    "history_figure",
    "indices_table",
    "next_class",
    "place_in_history",
    "questions_box",
    "restrictions_table",
    "sources_used",
]
