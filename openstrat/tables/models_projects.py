"""Projects, what was measured in their repositories, and how often each kind of AI product is open."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Date, Integer, Number, Table, Text, table
from openstrat.terms import Layer, OpennessLevel, Playbook

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
REPOSITORY = r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+"
ORGANIZATION_TYPES = ["startup", "vendor", "hyperscaler", "foundation", "nonprofit", "academic", "community"]
GOVERNANCE = ["company", "community", "foundation"]
CONTRIBUTION_AGREEMENTS = ["none_seen", "cla", "dco"]
CONFIDENCE_GRADES = ["high", "medium", "low"]
VERIFIABLE = [
    "first_released_on",
    "license_id",
    "revenue_source",
    "governance",
    "contribution_agreement",
    "trademark_owner",
    "commercial_boundary",
]
PRODUCT_KINDS = ["model", "software", "dataset"]
OPENNESS_CLASSES = ["open", "open_source", "open_weights", "open_core", "source_available", "restricted", "gated", "closed"]


@table(
    "projects/projects.csv",
    key=("project_id",),
    title="Projects: what was opened, under which license, by whom, to sell what",
    as_of="2026-08-26",
    gaps=(
        "Only the columns named in verified_fields were read in a source; the others are the curators' coding or general knowledge.",
        "Playbook, revenue source and trademark owner are mostly judgment.",
        "none_seen means that no contributor agreement was seen, not that none exists.",
        "Chosen because they teach something, mostly open projects: shares counted here say nothing about the industry.",
        "A family has one row: its license is that of the current flagship, and notes name earlier terms.",
    ),
)
class Projects(Table):
    """Projects of the AI stack and of the databases and tools it learned from, one row each.

    What was opened, at which layer, under which license, by what kind of organization and to sell what. `stated_level` is
    the curators' coding of the whole project; the level of a single component follows from its license terms instead.
    """

    project_id: Text = fields.text("Short name of the project.", pattern=SLUG)
    name: Text = fields.text("Name of the project or model family.")
    organization: Text = fields.text("Who leads it.")
    organization_type: Text = fields.choice("Kind of organization that leads it.", ORGANIZATION_TYPES)
    layer: Text = fields.choice("Layer of the stack it belongs to.", Layer)
    first_released_on: Text = fields.partial_date("First release; for repositories without one, the first commit.", nullable=True)
    license_id: Text = fields.license_expression("License of the current flagship, as an expression.", nullable=True)
    stated_level: Text = fields.choice("Openness of the whole project as the curators coded it.", OpennessLevel)
    playbook: Text = fields.choice("Commercial playbook that fits best.", Playbook)
    revenue_source: Text = fields.text("What earns the money beside it.", nullable=True)
    governance: Text = fields.choice("Who decides.", GOVERNANCE)
    contribution_agreement: Text = fields.choice("What contributors sign: nothing seen, a CLA, or a DCO sign-off.", CONTRIBUTION_AGREEMENTS)
    trademark_owner: Text = fields.text("Who owns the name, as far as known.", nullable=True)
    commercial_boundary: Text = fields.text("What is sold or withheld; 'none known' when nothing is.", nullable=True)
    repository_url: Text = fields.text("Main repository, or the organization's page when there are many.", nullable=True)
    verified_fields: Text = fields.many("Columns that were read in a source.", VERIFIABLE, nullable=True)
    confidence_grade: Text = fields.choice("How sure the curators are of the row as a whole.", CONFIDENCE_GRADES)
    notes: Text = fields.text("What else a reader should know.", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "projects/project_indicators.csv",
    key=("repository",),
    title="Who does the work: activity and concentration measured in repositories",
    as_of="2026-08-22",
    gaps=(
        "Snapshots end on different days (column snapshot_last_commit_on): redis and valkey in October 2024, llama.cpp in February 2025.",
        "The 12 months end at the last commit of the snapshot, so a dormant project shows its last active year.",
        "Default branch only; bots are recognized by a list of patterns.",
    ),
)
class ProjectIndicators(Table):
    """Activity, concentration and sign-off of repositories, measured in their git histories, one row a repository.

    Windows are the 12 months before the last commit of the snapshot. `n_authors_for_half` is the contributor absence factor:
    the fewest authors who made half of the human commits. Mail domains that could identify a person are masked.
    """

    repository: Text = fields.text("Owner and name of the repository.", pattern=REPOSITORY)
    project_id: Text = fields.text("Project whose main repository this is.", nullable=True, references="projects.project_id")
    first_commit_on: Date = fields.date("First commit.")
    snapshot_last_commit_on: Date = fields.date("Last commit of the measured snapshot.")
    n_commits_nomerge: Integer = fields.integer("Commits without merges, whole history.", "commits")
    n_commits_12m: Integer = fields.integer("Commits without merges in the window.", "commits")
    n_human_commits_12m: Integer = fields.integer("The same, without bots.", "commits")
    n_authors_12m: Integer = fields.integer("Human authors in the window.", "authors")
    n_authors_for_half: Integer = fields.integer("Fewest authors who made half of the human commits in the window.", "authors", low=1)
    signoff_share_12m: Number = fields.share("Share of commits in the window with a sign-off line.")
    top_domain: Text = fields.text("Mail domain with most human commits in the window; personal-or-other when masked.")
    top_domain_share: Number = fields.share("Share of human commits from that domain.")
    generic_mail_share: Number = fields.share("Share of human commits from mail providers that name no employer.")
    source_ids: Text = fields.sources()


@table(
    "projects/openness_base_rates.csv",
    key=("kind", "category", "openness_class"),
    title="How often AI products are open, by category",
    as_of="2026-06-11",
    gaps=(
        "A curated sample of 286 well-known products, not a census: shares describe the sample.",
        "The classes are the map's own: open_weights there includes standard open licenses as long as data or code is withheld.",
        "The map does not separate smaller from frontier models: both layers get the same counts.",
        "No category informs the layers sdk, docs, training_code, training_data and database.",
    ),
)
class OpennessBaseRates(Table):
    """Counts of AI products by kind, category and openness class, from a curated, cited public map.

    The map sorts 286 products into 11 categories; `layers` says which layers of the stack a category informs.
    """

    kind: Text = fields.choice("Kind of product.", PRODUCT_KINDS)
    category: Text = fields.text("Category of the map.", pattern=r"[a-z_]+")
    openness_class: Text = fields.choice("Openness class of the map.", OPENNESS_CLASSES)
    n_products: Integer = fields.integer("Products of this category and class.", "products", low=1)
    layers: Text = fields.many("Layers that the category informs.", Layer, nullable=True)
    as_of: Date = fields.date("State of the map that was counted.")
    source_ids: Text = fields.sources()
