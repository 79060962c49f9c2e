"""The economics' inputs: default ranges, what each license family gives away, the model's constants, and named futures."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Number, Table, Text, table
from openstrat.terms import LicenseFamily, values

AS_OF = "2026-08-26"
MARKS = ["sourced", "assumed", "assumed_direction_sourced"]
PARTS = ["adoption", "value", "events", "cost"]
SHAPES = ["triangular", "log_uniform", "uniform"]
NAME = r"[a-z][a-z_]*"
ASSUMED = ("Most behavioral coefficients are assumed: only their order or plausibility is supported.",)


@table("economics/assumptions.csv", key=("name",), title="Default ranges of uncertain inputs", as_of=AS_OF, gaps=ASSUMED)
class Assumptions(Table):
    """Uncertain inputs of the economics with their default range, unit, and whether a source or an assumption stands behind it.

    A case may override any of them by name and has to say who set the new range and why.
    """

    name: Text = fields.text("Short name, as used in case files.", pattern=NAME)
    part: Text = fields.choice("Part of the model that uses it.", PARTS)
    meaning: Text = fields.text("What it is, in a sentence.")
    unit: Text = fields.text("Unit of the three values.")
    shape: Text = fields.choice("How draws fill the range.", SHAPES)
    low: Number = fields.number("Low end.", "see unit")
    mode: Number = fields.number("Most likely value; blank where the range is not triangular.", "see unit", nullable=True)
    high: Number = fields.number("High end.", "see unit")
    mark: Text = fields.choice("What stands behind the range.", MARKS)
    basis: Text = fields.text("Source or reason, in a sentence.")
    source_ids: Text = fields.sources()


@table(
    "economics/family_coefficients.csv",
    key=("family",),
    title="What each license family gives away",
    as_of=AS_OF,
    gaps=("The order of the families is argued for; the figures are assumed.",),
)
class FamilyCoefficients(Table):
    """How much of a layer's value leaves under a license family, who may host it, and what users make of the terms."""

    family: Text = fields.choice("License family, or closed.", ["closed", *values(LicenseFamily)])
    grade: Number = fields.share("Share of the layer's value that is given away.")
    host: Number = fields.share("Share of hosted demand that others may serve.")
    friction_low: Number = fields.share("Adopters deterred by the terms, low end.")
    friction_high: Number = fields.share("Adopters deterred by the terms, high end.")
    backlash: Number = fields.share("Weight on the chance of a backlash.")
    mark: Text = fields.choice("What stands behind the figures.", MARKS)
    basis: Text = fields.text("Reason, in a sentence.")
    source_ids: Text = fields.sources()


@table("economics/model_constants.csv", key=("name",), title="Constants of the economics", as_of=AS_OF, gaps=ASSUMED)
class ModelConstants(Table):
    """Every fixed number in the equations and in the rules of decision, with the place where it is used."""

    name: Text = fields.text("Short name.", pattern=NAME)
    value: Number = fields.number("The number.", "see unit")
    unit: Text = fields.text("Unit of the number.")
    meaning: Text = fields.text("What it says, in a sentence.")
    used_in: Text = fields.text("Equation or rule that uses it.")
    mark: Text = fields.choice("What stands behind the number.", MARKS)
    basis: Text = fields.text("Reason, in a sentence.")
    source_ids: Text = fields.sources()


@table(
    "economics/futures.csv",
    key=("future_id",),
    title="Named futures",
    as_of=AS_OF,
    gaps=("Futures are stories to test a choice with; they carry no probability.",),
)
class Futures(Table):
    """Named futures: which inputs are pinned near which quantile of their range; the others are drawn as usual."""

    future_id: Text = fields.text("Short name.", pattern=NAME)
    name: Text = fields.text("Name in words.")
    story: Text = fields.text("What happens, in a sentence.")
    pins: Text = fields.many("Pinned inputs as name=quantile.", nullable=True)
    mark: Text = fields.choice("What stands behind the future.", MARKS)
    source_ids: Text = fields.sources()
