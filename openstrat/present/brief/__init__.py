"""The pieces of a strategy brief: results in, figures and boxes out."""

from openstrat.present.brief.checklist import checklist_box
from openstrat.present.brief.concepts import concepts_summary, concepts_tables
from openstrat.present.brief.evidence import concept_cards
from openstrat.present.brief.glance import at_a_glance
from openstrat.present.brief.history import activity_figure, changes_table, histories_figure, median_words, precedents_table
from openstrat.present.brief.licenses import shortlist_figure, shortlist_table
from openstrat.present.brief.opening import conclusion_box, question_asked, report_facts, stamp
from openstrat.present.brief.options import options_table, tradeoff_figure
from openstrat.present.brief.positions import layer_figure, layer_precedents, layer_table, movers_table, spectrum_figure
from openstrat.present.sources import source_refs, sources_used

__all__ = [
    "activity_figure",
    "at_a_glance",
    "changes_table",
    "checklist_box",
    "concept_cards",
    "concepts_summary",
    "concepts_tables",
    "conclusion_box",
    "histories_figure",
    "layer_figure",
    "layer_precedents",
    "layer_table",
    "median_words",
    "movers_table",
    "options_table",
    "precedents_table",
    "question_asked",
    "report_facts",
    "shortlist_figure",
    "shortlist_table",
    "source_refs",
    "sources_used",
    "spectrum_figure",
    "stamp",
    "tradeoff_figure",
]
