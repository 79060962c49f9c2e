"""What openstrat teaches: the concepts, the evidence for and against them, and the layers, playbooks and motives in detail."""

from __future__ import annotations

from typing import Any

from openstrat.tables import fields
from openstrat.tables.model import Integer, Number, Table, Text, table
from openstrat.terms import AssetType, Layer, Playbook, Stance, values

AS_OF = "2026-08-26"
GROUPS = ["test", "spectrum", "motive", "playbook", "moat", "myth", "risk", "scenario", "checklist", "layer"]
GROUPS += ["license_family", "governance", "mistake", "example"]
MARKS = ["published", "measured", "assumption", "unverified"]
EVIDENCE_MARKS = ["published", "measured", "vendor_survey", "unverified"]
EVIDENCE_STANCES = ["supports", "contradicts", "context"]
LAYER_MARKS = ["essay", "judgment"]
CONCEPT = "concepts.concept_id"
KEBAB = r"[a-z0-9]+(-[a-z0-9]+)*"


def concept() -> Any:
    """Which concept the row works out: a reference to the concepts table."""
    return fields.text("The concept that the row works out.", references=CONCEPT)


@table(
    "guidance/concepts.csv",
    key=("concept_id",),
    title="Concepts of open-source AI strategy",
    as_of=AS_OF,
    gaps=(
        "Thresholds are assumptions unless marked otherwise; argue with them.",
        "A mark speaks of the best figure behind the effect, not of every word of the row.",
    ),
)
class Concepts(Table):
    """Every concept that reports, lessons and rules refer to, each with a definition in one sentence.

    The ideas come from two essays on opening AI; wording, measures and checks are openstrat's own.
    """

    concept_id: Text = fields.text("Short id, used by reports, rules and tests.", pattern=r"[A-Z]{1,2}(\d+|-[A-Z]{2,3})")
    name: Text = fields.text("Name in words.")
    group: Text = fields.choice("What kind of concept it is.", GROUPS)
    definition: Text = fields.text("What it means, in one sentence.")
    measure: Text = fields.text("What a user answers or software observes.")
    effect: Text = fields.text("What it does to the outcome, in words.")
    precedent: Text = fields.text("A dated fact that shows it.", nullable=True)
    mark: Text = fields.choice("What stands behind the effect: a published figure, our measurement, an assumption, or nothing yet.", MARKS)
    source_ids: Text = fields.sources()


@table(
    "guidance/evidence.csv",
    key=("evidence_id",),
    title="Evidence for and against the concepts",
    as_of=AS_OF,
    gaps=(
        "Collected around the essays' claims: neither a systematic review nor a random sample.",
        "No published figure was found for the share of hosted demand that stays with the maker of open weights, "
        "for hostile forks per project and year, or for the effect of contributor agreements.",
    ),
)
class Evidence(Table):
    """One checkable fact or figure a row, with its source, period, sample and caveat.

    `stance` is toward what the concept says: for a myth, that it is a myth; for a risk or a mistake, that it happens and costs.
    `low` and `high` hold a range, or the two figures that the statement compares.
    """

    evidence_id: Text = fields.text("Short name of the fact.", pattern=KEBAB)
    concept_ids: Text = fields.many("Concepts that it bears on.", references=CONCEPT)
    stance: Text = fields.choice("Whether it speaks for or against what these concepts say.", EVIDENCE_STANCES)
    statement: Text = fields.text("The fact in one sentence.")
    value: Number = fields.number("The figure.", "see unit", nullable=True)
    low: Number = fields.number("Low end, or the lower of two figures compared.", "see unit", nullable=True)
    high: Number = fields.number("High end, or the higher of two figures compared.", "see unit", nullable=True)
    unit: Text = fields.text("Unit of value, low and high.", nullable=True)
    n: Integer = fields.integer("Size of the sample.", "items of the sample", nullable=True)
    period: Text = fields.text("When it was so.", nullable=True)
    mark: Text = fields.choice("Kind of figure.", EVIDENCE_MARKS)
    caveat: Text = fields.text("What to keep in mind when leaning on it.", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "guidance/layers.csv",
    key=("layer_id",),
    title="Layers of the stack: open, decide or hold",
    as_of=AS_OF,
    gaps=("Serving engines, frameworks and databases are not in the essays' list; their stance is the curators' judgment.",),
)
class Layers(Table):
    """The general default for each of thirteen layers, why, and what moves a company away from it."""

    layer_id: Text = fields.choice("The layer.", Layer)
    name: Text = fields.text("Name in words.")
    concept_id: Text = concept()
    asset: Text = fields.choice("Kind of thing that is licensed.", AssetType)
    stance: Text = fields.choice("General default.", Stance)
    why: Text = fields.text("Reason for the default.")
    moves_away_when: Text = fields.text("What speaks for another stance.", nullable=True)
    precedent: Text = fields.text("What others did.")
    adopt_role: Text = fields.text("How the layer drives adoption.")
    revenue_role: Text = fields.text("How much revenue usually sits in it.")
    mark: Text = fields.choice("Whether the essays name the default or the curators judged it.", LAYER_MARKS)
    source_ids: Text = fields.sources()


@table(
    "guidance/playbooks.csv",
    key=("playbook_id",),
    title="Playbooks",
    as_of=AS_OF,
    gaps=("Precedents are the well-known ones; failed attempts leave fewer traces.",),
)
class Playbooks(Table):
    """Three ways to earn beside something that is open: what is given, what is sold, and what breaks it."""

    playbook_id: Text = fields.choice("The playbook.", [value for value in values(Playbook) if value != Playbook.NONE])
    concept_id: Text = concept()
    name: Text = fields.text("Name in words.")
    logic: Text = fields.text("How it earns, in one sentence.")
    gives_away: Text = fields.many("What is opened.")
    sells: Text = fields.many("What is billed.")
    preconditions: Text = fields.many("What must be there first.")
    fails_when: Text = fields.many("What breaks it.")
    precedent: Text = fields.text("Who does it.")
    first_check: Text = fields.text("The question that tells soonest whether it works.")
    source_ids: Text = fields.sources()


@table("guidance/motives.csv", key=("concept_id",), title="Motives for opening", as_of=AS_OF)
class Motives(Table):
    """Five reasons to open, each with the condition under which it counts; none brings revenue by itself."""

    concept_id: Text = concept()
    business_reason_id: Text = fields.text("The matching business reason, if there is one.", nullable=True, references=CONCEPT)
    name: Text = fields.text("Name in words.")
    question: Text = fields.text("What the company must be able to answer.")
    what_it_brings: Text = fields.text("The gain when it works.")
    counts_only_if: Text = fields.text("Condition without which it counts for nothing.")
    precedent: Text = fields.text("A dated fact that shows it.")
    source_ids: Text = fields.sources()
