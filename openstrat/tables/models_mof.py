"""The Model Openness Framework as its published tool holds it: seventeen components, and the licenses it counts as open."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Boolean, Integer, Table, Text, table
from openstrat.terms import Component

AS_OF = "2026-05-11"
CONTENT_TYPES = ["code", "data", "document"]
GROUNDS = ["osi", "fsf", "open_data", "named"]


@table(
    "releases/mof_components.csv",
    key=("position",),
    title="Components of the Model Openness Framework",
    as_of=AS_OF,
    gaps=(
        "As the published tool is set up; descriptions of the framework ask for supporting libraries in class II, the tool does not.",
        "Datasets stands for training, validation and test data alike; its counterpart here is training data.",
    ),
)
class MofComponents(Table):
    """Seventeen parts of a model release in the order of the published tool, with the class that first asks for each.

    Classes build on each other: III is the least, II asks for its own parts and those of III, I for all of them.
    """

    position: Integer = fields.integer("Place in the tool's list.", "number", low=1)
    name: Text = fields.text("Name as release files write it.")
    tool_number: Integer = fields.integer("The tool's own number of the component.", "number", low=1)
    content_type: Text = fields.choice("Kind of content, which decides the license that fits.", CONTENT_TYPES)
    mof_class: Integer = fields.integer("Class that first looks at it: 3, 2 or 1.", "class", low=1, high=3)
    is_required: Boolean = fields.boolean("The class cannot be reached without it.")
    component: Text = fields.choice("The same part in our vocabulary.", Component, nullable=True)
    source_ids: Text = fields.sources()


@table(
    "licenses/mof_licenses.csv",
    key=("name",),
    title="Licenses that the Model Openness Tool counts as open",
    as_of=AS_OF,
    gaps=(
        "Most rows name no content type: the tool then calls the license open and warns that it does not fit.",
        "CC0-1.0 stands twice in the tool's list; the later entry wins, so it fits documents and not data.",
        "The tool writes ODC-PDDL-1.0 for what SPDX lists as PDDL-1.0; under the SPDX identifier it is not counted as open.",
    ),
)
class MofLicenses(Table):
    """Names that the published tool compares letter by letter, why it counts each as open, and what it fits.

    The tool reads one license list and lets a second one overwrite entries of the same name. Open is what either the Open
    Source Initiative or the Free Software Foundation lists there, or what the tool itself names.
    """

    name: Text = fields.text("Name as the tool writes it; anything spelled differently does not count.")
    license_id: Text = fields.text("The license that is meant.", references="licenses.license_id")
    grounds: Text = fields.many("Why it counts: the two authorities, the tool's list for data, or by name.", GROUNDS)
    content_types: Text = fields.many("Content it counts as made for; blank: none.", CONTENT_TYPES, nullable=True)
    source_ids: Text = fields.sources()
