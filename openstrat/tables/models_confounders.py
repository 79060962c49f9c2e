"""What else happened to a project around an event that is studied."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.fork_terms import ConfounderKind
from openstrat.tables.model import Table, Text, table
from openstrat.tables.models_forks import REPOSITORIES, SLUG


@table(
    "forks/confounders.csv",
    key=("confounder_id",),
    title="What else happened around license changes and forks",
    as_of="2026-08-26",
    gaps=(
        "Only what a source names; a project without a row had other events too.",
        "Other license changes and forks of the same project stand in their own tables.",
    ),
)
class Confounders(Table):
    """Events that a comparison of before and after cannot tell apart from the license change or fork that is studied.

    Owners that changed, stewards that left, work that moved in or out of sight, bots, breaks in the records.
    """

    confounder_id: Text = fields.text("Short name: project and event.", pattern=SLUG)
    repositories: Text = fields.many("Repositories whose figures it touches.", references=REPOSITORIES)
    confounder_kind: Text = fields.choice("What kind of event.", ConfounderKind)
    started_on: Text = fields.partial_date("When it began.")
    ended_on: Text = fields.partial_date("When it ended; blank where it goes on.", nullable=True)
    what_happened: Text = fields.text("What happened.")
    effect_on_figures: Text = fields.text("What it does to figures before and after.")
    source_ids: Text = fields.sources()
