"""The curators' choice of which license stands for a family."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Table, Text, table
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
