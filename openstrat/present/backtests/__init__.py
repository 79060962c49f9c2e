"""The pieces of the back-test report: results in, figures and boxes out."""

from openstrat.present.backtests.case import case_box
from openstrat.present.backtests.glance import backtest_facts, backtest_glance
from openstrat.present.backtests.inputs import blind_table, hindsight_table, inputs_note
from openstrat.present.backtests.record import events_table, left_out_note, scores_table, strip_figure, weights_table
from openstrat.present.precedents import license_precedents_table, release_precedents_table
from openstrat.present.sources import sources_used

__all__ = [
    "backtest_facts",
    "backtest_glance",
    "blind_table",
    "case_box",
    "events_table",
    "hindsight_table",
    "inputs_note",
    "left_out_note",
    "license_precedents_table",
    "release_precedents_table",
    "scores_table",
    "sources_used",
    "strip_figure",
    "weights_table",
]
