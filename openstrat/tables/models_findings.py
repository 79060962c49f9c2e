"""What others published about these forks, and what becomes of it when it is counted in other ways."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.finding_terms import FindingBasis, FindingCheck, FindingMeasure, FindingRule, FindingVerdict
from openstrat.tables.model import Date, Integer, Number, Table, Text, table

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
REPOSITORIES = "repositories.repository"
FINDINGS = "published_findings.finding_id"


@table(
    "forks/published_findings.csv",
    key=("finding_id",),
    title="Published findings on forks after license changes",
    as_of="2026-08-27",
    gaps=(
        "The figures of one study, of one list and of one analyst; other publications repeat them.",
        "The study's tables on Redis and Terraform are headed with ten or more commits but were computed with five or more.",
        "The study took employers from profiles and by hand; they are not in git.",
    ),
)
class PublishedFindings(Table):
    """Figures that others published on the forks of Elasticsearch, Redis, Terraform and Vault, with window and counting rule."""

    finding_id: Text = fields.text("Short name of the finding.", pattern=SLUG)
    event_id: Text = fields.text("Fork that it is about.", references="fork_events.event_id")
    repository: Text = fields.text("Repository that it counts.", references=REPOSITORIES)
    claim: Text = fields.text("The finding in a sentence.")
    measure: Text = fields.choice("What it counts.", FindingMeasure)
    published_low: Number = fields.number("Published figure, or the lower end of a range.", "unit of the measure", low=0)
    published_high: Number = fields.number("The same, or the upper end of a range.", "unit of the measure", low=0)
    window_from_on: Date = fields.date("First day that it covers.", nullable=True)
    window_to_on: Date = fields.date("Day up to which it covers.", nullable=True)
    publisher_rule: Text = fields.text("How the publisher counted.")
    checked_by: Text = fields.choice("How the shipped tables bear on it.", FindingCheck)
    notes: Text = fields.text("More.", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "forks/counting_panel.csv",
    key=("finding_id", "rule"),
    title="The same figure under several counting rules",
    as_of="2026-08-27",
    gaps=(
        "Counted from the default branches of redis, valkey, terraform and opentofu up to the commits that the sources name, by "
        "openstrat data refresh forks; windows that these do not cover are missing.",
        "Employers are read from addresses: a person belongs to the vendor when any address in the family is the vendor's. A domain "
        "that fewer than three authors of the repository use names no organization, unless it is a known employer's.",
        "Bots are left out by a pattern list. Lines are added lines, renames followed; one commit can hold a tenth of them.",
        "The vendor's shares count all its people; the publisher leaves out those with fewer than five commits.",
    ),
)
class CountingPanel(Table):
    """One published figure counted anew from single commits, in its own window, under one rule.

    `low` and `high` are what people of unknown employer leave open. `value` takes them as outsiders, as the publisher does.
    """

    finding_id: Text = fields.text("Finding.", references=FINDINGS)
    rule: Text = fields.choice("How it was counted.", FindingRule)
    repository: Text = fields.text("Repository.", references=REPOSITORIES)
    window_from_on: Date = fields.date("First day of the window, UTC, committer date.")
    window_to_on: Date = fields.date("Day on which the window ends; not part of it.")
    value: Number = fields.number("Our figure.", "unit of the measure", low=0)
    low: Number = fields.number("Lowest that unknown employers leave open.", "unit of the measure", low=0)
    high: Number = fields.number("Highest; blank where there is no bound.", "unit of the measure", low=0, nullable=True)
    n_commits: Integer = fields.integer("Different commits in the window.", "commits")
    n_lines: Integer = fields.integer("Added lines that the rule counts; blank where it counts no lines.", "lines", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "forks/finding_checks.csv",
    key=("finding_id", "rule", "window"),
    title="Published findings, counted again",
    as_of="2026-08-27",
    gaps=("Computed from the other tables; a test computes it anew and compares.",),
)
class FindingChecks(Table):
    """Our figure beside each published one, under each rule that the data allow, and what becomes of the finding.

    A figure agrees within a tenth for people and organizations, within five points for shares, within a quarter for ratios, and
    exactly for days. Where our bounds reach over that edge the finding cannot be checked.
    """

    finding_id: Text = fields.text("Finding.", references=FINDINGS)
    rule: Text = fields.choice("How our figure was counted.", FindingRule)
    window: Text = fields.text("Time that our figure covers.")
    value: Number = fields.number("Our figure.", "unit of the measure", low=0, nullable=True)
    low: Number = fields.number("Lowest that unknowns leave open.", "unit of the measure", low=0, nullable=True)
    high: Number = fields.number("Highest that unknowns leave open.", "unit of the measure", low=0, nullable=True)
    n: Integer = fields.integer("How many stand behind it.", "what n_of says", nullable=True)
    n_of: Text = fields.text("What n counts.", nullable=True)
    basis: Text = fields.choice("What it rests on.", FindingBasis, nullable=True)
    verdict: Text = fields.choice("What becomes of the finding under this rule.", FindingVerdict)
    why: Text = fields.text("Why.")
    source_ids: Text = fields.sources()
