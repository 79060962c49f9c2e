"""The one table that every row of every other table points to."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Date, Table, Text, table

KINDS = ["primary", "secondary", "vendor_survey", "measured", "study", "curated_list", "judgment"]


@table(
    "sources.csv",
    key=("source_id",),
    title="Sources",
    as_of="2026-08-26",
    gaps=("Some texts were read in a public copy whose address was not recorded; they say so.",),
)
class Sources(Table):
    """Every source that a row, a figure or a sentence rests on.

    What it is, where it is, what kind of evidence it gives, and under which terms its facts were taken over.
    """

    source_id: Text = fields.text("Short name of the source.", pattern=r"[a-z0-9][a-z0-9.-]*")
    title: Text = fields.text("What the source is, in words.")
    address: Text = fields.text("Web address, or repository and path; blank when it was not recorded.", nullable=True)
    kind: Text = fields.choice("Kind of evidence.", KINDS)
    collection: Text = fields.text("The larger body that the source is part of.", nullable=True)
    license: Text = fields.text("Terms of the source itself, as far as known.", nullable=True)
    published_on: Text = fields.partial_date("When it was published.", nullable=True)
    seen_on: Date = fields.date("When it was read.", nullable=True)
    caveat: Text = fields.text("What to keep in mind when leaning on it.", nullable=True)
