"""Releases as others see them: run code, transparency scores, openness grades and classes, and what releases are called."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables import release_vocabulary as words
from openstrat.tables.model import Integer, Number, Table, Text, table
from openstrat.terms import Component

RUN_CODE = [Component.ARCHITECTURE.value, Component.INFERENCE_CODE.value]


@table(
    "releases/run_code.csv",
    key=("release_id", "implementation"),
    title="Code that runs a release whose record names none",
    as_of="2026-08-26",
    gaps=(
        "Only releases whose weights carry no restriction, and whose record names no architecture or no inference code, were searched.",
        "Says that the code is published and loads the model, not that it was run here.",
    ),
)
class RunCode(Table):
    """Openly published implementations of a release's architecture and inference, one row a release and implementation."""

    release_id: Text = fields.text("The release.", references="releases.release_id")
    implementation: Text = fields.text("Name of the repository or library.")
    provider: Text = fields.choice("Who made it.", words.Provider)
    components: Text = fields.many("What it covers.", RUN_CODE)
    license_id: Text = fields.text("License of the code.", references="licenses.license_id")
    note: Text = fields.text("What else a reader should know.", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "releases/transparency_scores.csv",
    key=("organization", "edition"),
    title="Foundation model transparency index: scores of companies",
    as_of="2025-12",
    gaps=(
        "Scores what a company disclosed around its flagship of the time; it says nothing about another model of the company.",
        "Indicators changed between 2024 and 2025, so scores of 2025 do not compare with earlier ones.",
        "A blank model was not stated in what was read.",
    ),
)
class TransparencyScores(Table):
    """How many of 100 indicators a company disclosed, one row a company and edition."""

    organization: Text = fields.text("Company, named as in `releases` where it is there.")
    edition: Text = fields.choice("Edition of the index.", words.FMTI_EDITIONS)
    model: Text = fields.text("Flagship that was looked at.", nullable=True)
    release_id: Text = fields.text(
        "The release that belongs to this very flagship, if it is listed.", nullable=True, references="releases.release_id"
    )
    score: Integer = fields.integer("Indicators met, of 100.", "points", low=0, high=100)
    source_ids: Text = fields.sources()


@table(
    "releases/openness_index_grades.csv",
    key=("release_id", "dimension"),
    title="Openness index of chat models: grades",
    as_of="2025-03-11",
    gaps=(
        "Grades an instruction-tuned model, mostly a sibling of the release; `graded_model` says which.",
        "Covers 16 of the 57 releases.",
    ),
)
class OpennessIndexGrades(Table):
    """Fourteen grades a model in the openness index of chat models, for releases that it covers directly or by a sibling."""

    release_id: Text = fields.text("The release.", references="releases.release_id")
    graded_model: Text = fields.text("The model that was graded.")
    dimension: Text = fields.choice("What was graded, as the index names it.", words.CHAT_INDEX_DIMENSIONS)
    grade: Text = fields.choice("The grade.", words.IndexGrade)
    source_ids: Text = fields.sources()


@table(
    "releases/mof_record_classes.csv",
    key=("release_id",),
    title="Published records of the Model Openness Framework: their class",
    as_of="2026-05-11",
    gaps=(
        "The class of what contributors entered in the published tool, mistakes included; not of what `release_components` holds.",
        "Worked out with the strict mode of our evaluator from the published files; the published site was not read.",
        "Covers the releases that have a record; 15 have none.",
    ),
)
class MofRecordClasses(Table):
    """Class and progress that the published record of a release comes to by the published tool's rules, one row a release."""

    release_id: Text = fields.text("The release.", references="releases.release_id")
    record: Text = fields.text("Name of the published file.")
    mof_class: Integer = fields.integer("Class: 3, 2 or 1, and 0 for unclassified.", "class", low=0, high=3)
    progress_3: Number = fields.number("Progress in class III.", "percent", low=0.0, high=100.0)
    progress_2: Number = fields.number("Progress in class II; 0 while class III is not complete.", "percent", low=0.0, high=100.0)
    progress_1: Number = fields.number("Progress in class I; 0 while class II is not complete.", "percent", low=0.0, high=100.0)
    source_ids: Text = fields.sources()


@table(
    "releases/stack_map_classes.csv",
    key=("release_id",),
    title="AI stack map: openness classes",
    as_of="2026-06-11",
    gaps=("Classes a product or family, not one release; `graded_product` says which.",),
)
class StackMapClasses(Table):
    """Openness class and score that a curated public map of AI products gives, for releases that it covers."""

    release_id: Text = fields.text("The release.", references="releases.release_id")
    graded_product: Text = fields.text("The product or family that was classed.")
    openness_class: Text = fields.choice("The class.", words.STACK_MAP_CLASSES)
    score: Integer = fields.integer("Openness score.", "points", low=0, high=5)
    source_ids: Text = fields.sources()


@table(
    "releases/release_claims.csv",
    key=("release_id", "claim", "said_by"),
    title="What releases are called",
    as_of="2026-08-26",
    gaps=(
        "Releases without a row were not looked up; a missing row is not a missing claim.",
        "Texts were read in stored copies; a page may have changed since.",
        "A family's page counts for its releases; the note says so.",
    ),
)
class ReleaseClaims(Table):
    """Words of openness used for a release in public, one row a release, claim and speaker; paraphrased."""

    release_id: Text = fields.text("The release.", references="releases.release_id")
    claim: Text = fields.choice("What it is called.", words.Claim)
    said_by: Text = fields.choice("Whose words.", words.SaidBy)
    stated_in: Text = fields.text("Where it is said.")
    said_on: Text = fields.partial_date("When it was said, as far as known.", nullable=True)
    note: Text = fields.text("What exactly is called so.", nullable=True)
    source_ids: Text = fields.sources()
