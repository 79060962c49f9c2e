"""The pieces of the claim ledger: results in, figures and boxes out."""

from openstrat.present.claims.cards import topic_cards
from openstrat.present.claims.glance import claims_facts, contents, ledger_figure, ledger_glance, rule_box, verdict_table
from openstrat.present.sources import sources_used

__all__ = [
    "claims_facts",
    "contents",
    "ledger_figure",
    "ledger_glance",
    "rule_box",
    "sources_used",
    "topic_cards",
    "verdict_table",
]
