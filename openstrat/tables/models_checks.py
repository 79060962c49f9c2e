"""What a plan is tested against: moats and myths, risks and scenarios, the checklist, and the classic mistakes."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Integer, Table, Text, table
from openstrat.tables.models_guidance import AS_OF, MARKS, concept
from openstrat.terms import Layer

THRESHOLDS_ARE_ASSUMED = ("Thresholds are assumptions: plausible cut-offs to start a discussion, not estimates.",)


@table("guidance/moats.csv", key=("concept_id",), title="Moats that count", as_of=AS_OF, gaps=THRESHOLDS_ARE_ASSUMED)
class Moats(Table):
    """Five positions that keep rivals away although something is open, each with a test and the layers whose opening ends it."""

    concept_id: Text = concept()
    name: Text = fields.text("Name in words.")
    claim: Text = fields.text("What a company claims when it names this moat.")
    test: Text = fields.text("How to check the claim.")
    pass_threshold: Text = fields.text("When the test is passed.")
    data_needed: Text = fields.many("What the test needs.")
    dies_when: Text = fields.many(
        "Layers that carry the moat: opening one of them ends it; blank when no layer does.", Layer, nullable=True
    )
    why_it_dies: Text = fields.text("Why opening ends it, or what ends it instead.")
    mark: Text = fields.choice("What stands behind the threshold.", MARKS)
    source_ids: Text = fields.sources()


@table("guidance/myths.csv", key=("concept_id",), title="Moat myths", as_of=AS_OF, gaps=THRESHOLDS_ARE_ASSUMED)
class Myths(Table):
    """Four things that look like a moat and are none, each with the test that shows it."""

    concept_id: Text = concept()
    name: Text = fields.text("Name in words.")
    belief: Text = fields.text("What is believed.")
    falsifying_test: Text = fields.text("What to measure.")
    threshold: Text = fields.text("When the belief fails the test.")
    look_instead_at: Text = fields.text("What tells more.")
    mark: Text = fields.choice("What stands behind the verdict.", MARKS)
    source_ids: Text = fields.sources()


@table(
    "guidance/risks.csv",
    key=("concept_id",),
    title="Risks of opening",
    as_of=AS_OF,
    gaps=("Early signs and responses are advice from experience, not tested remedies.",),
)
class Risks(Table):
    """Five risks with what drives them, the inputs of the economics that carry them, an early sign and a response."""

    concept_id: Text = concept()
    name: Text = fields.text("Name in words.")
    drivers: Text = fields.many("What makes it likely.")
    variables: Text = fields.many("Inputs that carry it: names from the assumptions table or from a case's facts.")
    early_sign: Text = fields.text("What shows first.")
    response: Text = fields.text("What a company can do.")
    mark: Text = fields.choice("What stands behind early sign and response.", MARKS)
    source_ids: Text = fields.sources()


@table("guidance/scenarios.csv", key=("concept_id",), title="When opening helps", as_of=AS_OF, gaps=THRESHOLDS_ARE_ASSUMED)
class Scenarios(Table):
    """Four situations in which opening helps the business, with the condition to check and what ends it."""

    concept_id: Text = concept()
    name: Text = fields.text("Name in words.")
    condition: Text = fields.text("What must be true.")
    helps_because: Text = fields.text("Why opening helps then.")
    signature: Text = fields.text("What the numbers of the case show if it holds.")
    stops_when: Text = fields.text("What ends it.")
    source_ids: Text = fields.sources()


@table(
    "guidance/checklist.csv",
    key=("concept_id",),
    title="The go-open checklist",
    as_of=AS_OF,
    gaps=("Software checks words and numbers of an answer; whether it is true, a person must judge.",),
)
class ChecklistQuestions(Table):
    """Five questions to answer before opening anything, what makes an answer clean, and a base rate to hold it against."""

    concept_id: Text = concept()
    name: Text = fields.text("Name in words.")
    question: Text = fields.text("The question.")
    answer_fields: Text = fields.many("What a full answer holds.")
    clean_if: Text = fields.text("When an answer is clean.")
    message_if_not: Text = fields.text("What is said when it is not.")
    base_rate: Text = fields.text("A published or measured figure to hold the answer against.", nullable=True)
    base_rate_n: Integer = fields.integer("Observations behind it; blank: no count was published.", "observations", low=1, nullable=True)
    source_ids: Text = fields.sources()


@table(
    "guidance/mistakes.csv",
    key=("concept_id",),
    title="Mistakes and how they are detected",
    as_of=AS_OF,
    gaps=("Rules flag signs of a mistake, not intent; the examples are the ones each rule is tested against.",),
)
class Mistakes(Table):
    """Four mistakes, each as a rule over data, with projects or events that the rule must and must not flag."""

    concept_id: Text = concept()
    name: Text = fields.text("Name in words.")
    rule: Text = fields.text("When a project or event is flagged.")
    must_flag: Text = fields.many("Projects or events that the rule must flag.")
    must_not_flag: Text = fields.many("Projects or events that the rule must not flag.")
    warn_only: Text = fields.many("Projects or events that get a warning instead.", nullable=True)
    base_rate: Text = fields.text("How common it is, where a figure exists.", nullable=True)
    source_ids: Text = fields.sources()
