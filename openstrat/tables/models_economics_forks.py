"""The fork rubric: features of a license change and their weights on the chance of a funded fork."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Number, Table, Text, table

ROLES = ["constant", "weight", "factor"]
MARKS = ["assumed"]


@table(
    "economics/fork_rubric.csv",
    key=("feature",),
    title="Weights of the fork rubric",
    as_of="2026-08-26",
    gaps=(
        "All weights are assumed. They were set by somebody who knew how the core events ended.",
        "What comes out orders license changes by how much speaks for a fork; it is no measured probability.",
    ),
)
class ForkRubric(Table):
    """What speaks for a funded fork within a year of a restrictive license change, as weights of a logistic sum.

    The chance is the logistic function of the constant plus weight times feature, summed, times a factor when the new license is
    an approved network copyleft.
    """

    feature: Text = fields.text("Name of the feature, as in case files.", pattern=r"[a-z][a-z_]*")
    role: Text = fields.choice("Whether the number is the constant, a weight, or a factor on the result.", ROLES)
    weight: Number = fields.number("The number.", "log odds, or a factor")
    mark: Text = fields.choice("What stands behind the number.", MARKS)
    meaning: Text = fields.text("What the feature says, in a sentence.")
    scale: Text = fields.text("How it is coded between 0 and 1.")
    source_ids: Text = fields.sources()
