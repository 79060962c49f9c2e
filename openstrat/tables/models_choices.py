"""Two tables of the curators' choices: which license stands for a family, and the default ranges of assumptions."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Number, Table, Text, table
from openstrat.terms import AssetType, LicenseFamily


@table(
    "guidance/family_licenses.csv",
    key=("family", "asset"),
    title="The license that stands for a family",
    as_of="2026-08-26",
    gaps=("One license cannot show the spread inside a family; name a license id in the case to be exact.",),
)
class FamilyLicenses(Table):
    """Which concrete license stands for a family when a case names only the family, for each kind of asset.

    The choice is the curators' judgment: the most used, or the best known, license of the family for that asset.
    """

    family: Text = fields.choice("License family.", LicenseFamily)
    asset: Text = fields.choice("Kind of thing that is licensed.", AssetType)
    license_id: Text = fields.text("The license that stands for the family.", references="licenses.license_id")
    reason: Text = fields.text("Why this one.")
    source_ids: Text = fields.sources()


@table(
    "guidance/assumptions.csv",
    key=("name",),
    title="Default ranges of uncertain inputs",
    as_of="2026-08-26",
    gaps=("Most behavioral coefficients are assumed: only their order or plausibility is supported.",),
)
class Assumptions(Table):
    """Uncertain inputs of the economics with their default range, unit, and whether a source or an assumption stands behind it.

    A case may override any of them by name and has to say who set the new range and why.
    """

    name: Text = fields.text("Short name, as used in case files.", pattern=r"[a-z][a-z_]*")
    meaning: Text = fields.text("What it is, in a sentence.")
    unit: Text = fields.text("Unit of the three values.")
    low: Number = fields.number("Low end.", "see unit")
    mode: Number = fields.number("Most likely value; blank where the range is log-uniform.", "see unit", nullable=True)
    high: Number = fields.number("High end.", "see unit")
    mark: Text = fields.choice("What stands behind the range.", ["sourced", "assumed", "assumed_direction_sourced"])
    basis: Text = fields.text("Source or reason, in a sentence.")
    source_ids: Text = fields.sources()
