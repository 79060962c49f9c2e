"""What people say about openness: the claims, the evidence on each, and the groups that tests of claims compare."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Boolean, Table, Text, table

AS_OF = "2026-08-26"
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
CLAIM = "claims.claim_id"
TOPICS = ["adoption", "licenses", "forks", "community", "models", "money"]
FORMS = ["tendency", "every_case"]
TESTS = [
    "agreement_authors",
    "attention_fades",
    "can_be_made_again",
    "cloud_reason",
    "core_follows",
    "fork_survival",
    "forks_overtake",
    "foundation_spread",
    "open_washed",
    "open_weights_transparency",
    "permissive_share",
    "relicensing_fewer",
    "relicensing_halves",
    "star_growth",
    "stars_downloads",
    "tightening_forked",
    "weights_open_source",
]
"""Tests that the analysis knows, one a claim."""
GROUPED = ["foundation_spread", "open_weights_transparency"]
GROUP_NAMES = ["foundation", "company", "community", "weights_published", "weights_held"]
STANCES = ["for", "against", "context"]
REACHES = ["one_case", "many_cases"]


@table(
    "guidance/claims.csv",
    key=("claim_id",),
    title="Common claims of the debate on openness",
    as_of=AS_OF,
    gaps=(
        "Chosen by the curators from what they hear and read: neither a survey of opinions nor complete.",
        "Wording and form (tendency or without exception) are the curators'; a milder wording can stand where this one falls.",
    ),
)
class Claims(Table):
    """Sentences that are often said about opening software and models, with what would settle each.

    No verdict stands here: how a claim stands is computed from its test and its evidence.
    """

    claim_id: Text = fields.text("Short name of the claim.", pattern=SLUG)
    claim: Text = fields.text("The claim in one sentence.")
    topic: Text = fields.choice("What it is about.", TOPICS)
    said_by: Text = fields.text("Who usually says it.")
    form: Text = fields.choice("Whether it is said of most cases or of every case.", FORMS)
    concept_ids: Text = fields.many("Concepts that it bears on.", references="concepts.concept_id")
    test_id: Text = fields.choice("The test over the tables; blank where none is possible.", TESTS, nullable=True)
    why_no_test: Text = fields.text("What the tables lack, where there is no test.", nullable=True)
    what_would_settle_it: Text = fields.text("The data that would decide it, in one sentence.")
    source_ids: Text = fields.sources()


@table(
    "guidance/claim_evidence.csv",
    key=("claim_id", "evidence_id"),
    title="Evidence for and against the claims",
    as_of=AS_OF,
    gaps=("Links the table of evidence, which was collected around two essays: no systematic review.",),
)
class ClaimEvidence(Table):
    """Which facts of the evidence table bear on a claim, on which side, and why.

    The stance is toward the claim; toward a concept the same fact can stand on the other side.
    """

    claim_id: Text = fields.text("The claim.", references=CLAIM)
    evidence_id: Text = fields.text("The fact.", references="evidence.evidence_id")
    stance: Text = fields.choice("Whether it speaks for or against the claim, or is context.", STANCES)
    reach: Text = fields.choice("Whether it rests on one case, or was counted, asked or studied over many.", REACHES)
    is_in_test: Boolean = fields.boolean("The claim's own test counts the same thing, so the fact is no second witness.")
    why: Text = fields.text("Why it does, in one sentence.")
    source_ids: Text = fields.sources()


@table(
    "guidance/claim_groups.csv",
    key=("test_id", "item", "edition"),
    title="Groups that tests of claims compare",
    as_of=AS_OF,
    gaps=("The curators' coding, with the reason beside it.",),
)
class ClaimGroups(Table):
    """In which group an item stands in a test: who governs a repository, whether the weights of a scored model were published."""

    test_id: Text = fields.choice("The test.", GROUPED)
    item: Text = fields.text("Repository, or organization as the transparency index names it.")
    edition: Text = fields.text("Edition of the transparency index; 'all' for repositories.", pattern=r"all|\d{4}-\d{2}")
    group: Text = fields.choice("The group.", GROUP_NAMES)
    why: Text = fields.text("What the coding rests on.")
    source_ids: Text = fields.sources()
