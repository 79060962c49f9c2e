"""The pieces of a checklist report: a review in, boxes and cards out."""

from openstrat.present.checklist.fork import moats_table, stress_box
from openstrat.present.checklist.glance import flips_box, next_box, report_facts, verdict_box
from openstrat.present.checklist.questions import question_cards
from openstrat.present.sources import sources_used

__all__ = ["flips_box", "moats_table", "next_box", "question_cards", "report_facts", "sources_used", "stress_box", "verdict_box"]
