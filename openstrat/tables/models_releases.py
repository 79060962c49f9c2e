"""AI releases and what each of their components was delivered under."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Boolean, Table, Text, table
from openstrat.tables.models_projects import CONFIDENCE_GRADES, SLUG
from openstrat.terms import AssetType, Component, ComponentStatus

LICENSE_BASES = ["component", "inherited_from_distribution", "none_recorded"]


@table(
    "releases/releases.csv",
    key=("release_id",),
    title="AI model releases",
    as_of="2026-08-26",
    gaps=(
        "Dates are as precise as their source; several rest on one secondary source.",
        "Releases were chosen for variety of terms; shares counted here describe the sample.",
    ),
)
class Releases(Table):
    """Model releases from 2021 to 2026, one row each: who, when, which family."""

    release_id: Text = fields.text("Short name of the release.", pattern=SLUG)
    name: Text = fields.text("Name of the release.")
    organization: Text = fields.text("Who released it.")
    released_on: Text = fields.partial_date("When it was released.")
    is_date_verified: Boolean = fields.boolean("True when a source states the date for this very release, as precisely as given here.")
    family: Text = fields.text("Model family.", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "releases/release_components.csv",
    key=("release_id", "component"),
    title="Components of AI releases",
    as_of="2026-08-26",
    gaps=(
        "not_released often rests on silence: the part is missing from a curated record; the note says so.",
        "A license inherited from the distribution was not stated for the part itself; for documents that is weak evidence, and data "
        "collected from others is not counted as licensed by it.",
        "Training data is called open in 9 releases; 6 of them name a license, 3 of those only through the distribution.",
        "Grades of fine-tuning data belong to the instruction-tuned sibling of the release.",
    ),
)
class ReleaseComponents(Table):
    """What each part of a release was delivered under, one row a release and component.

    Status and license come from curated openness records, corrected where the license text or a better source was read.
    A blank `license_id` means that no source names one; `LicenseRef-No-License` means that the part came without any.
    """

    release_id: Text = fields.text("The release.", references="releases.release_id")
    component: Text = fields.choice("Part of the release.", Component)
    asset: Text = fields.choice("Kind of thing the part is.", AssetType)
    status: Text = fields.choice("How the part was delivered.", ComponentStatus)
    license_id: Text = fields.text("License of the part.", nullable=True, references="licenses.license_id")
    license_basis: Text = fields.choice("Whether the license was stated for the part or for the whole distribution.", LICENSE_BASES)
    note: Text = fields.text("What else a reader should know.", nullable=True)
    confidence_grade: Text = fields.choice("How sure the curators are.", CONFIDENCE_GRADES)
    source_ids: Text = fields.sources()
