"""What contributors grant when they send something in, and what a steward may make of it."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Table, Text, table
from openstrat.tables.models_projects import CONTRIBUTION_AGREEMENTS, SLUG
from openstrat.tables.rights_vocabulary import HolderOfCopyright, OutboundRight, PatentPromise
from openstrat.terms import Confidence


@table(
    "guidance/contribution_terms.csv",
    key=("contribution_terms_id",),
    title="Terms on which contributions come in",
    as_of="2026-08-27",
    gaps=(
        "Well-known forms, not every project's own: a project's agreement has to be read to know which of them it resembles.",
        "In projects.csv, cla does not tell which kind of agreement is meant.",
    ),
)
class ContributionTerms(Table):
    """Forms on which projects take in outside contributions: sign-off, license agreements, assignment, or nothing but the license.

    `outbound_right` says whether the steward may put outside contributions under other terms without asking anybody.
    """

    contribution_terms_id: Text = fields.text("Short name of the form.", pattern=SLUG)
    name: Text = fields.text("Name of the form.")
    agreement_kind: Text = fields.choice("What the projects table calls it.", CONTRIBUTION_AGREEMENTS)
    grants: Text = fields.text("What the contributor hands over, in our words.")
    copyright_holder: Text = fields.choice("Who owns a contribution afterwards.", HolderOfCopyright)
    outbound_right: Text = fields.choice("Whether the steward may change the terms alone.", OutboundRight)
    outbound_note: Text = fields.text("Which terms, or why not.")
    patent_promise: Text = fields.choice("Patents, beyond the project's license.", PatentPromise)
    confidence: Text = fields.choice("How the row was established.", Confidence)
    source_ids: Text = fields.sources()
