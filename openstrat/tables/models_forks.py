"""Fork histories: the repositories that were read, their activity by month, who moved, fork events, license changes."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.fork_terms import (
    AuthorGroup,
    ChangeDateBasis,
    DateBasis,
    DatePrecision,
    EvidenceKind,
    ForkOutcome,
    ForkTrigger,
    ListAgreement,
    Measured,
    OsiStatus,
    ReasonType,
    RepositoryRole,
    StewardType,
)
from openstrat.tables.model import Boolean, Date, Integer, Number, Table, Text, table
from openstrat.terms import Direction, Layer

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
REPOSITORY = r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+"
REPOSITORIES = "repositories.repository"
COMMITS, AUTHORS, ORGANIZATIONS = "commits", "authors", "organizations"


@table(
    "forks/repositories.csv",
    key=("repository",),
    title="Repositories whose history was read",
    as_of="2026-08-22",
    gaps=(
        "Default branch only, without merge commits. A history ends on its snapshot_head_on, which differs between repositories.",
        "elastic/elasticsearch and opensearch-project/OpenSearch were built from published commit records, not from git.",
        "ggml-org/llama.cpp was read under its former name, ggerganov/llama.cpp.",
        "A fork's own commits are what is left after inherited, ported, imported and repeated ones are taken away.",
    ),
)
class Repositories(Table):
    """Repositories in the activity table: the part each plays, how far its history reaches, and how its commits divide.

    In a fork, commits are inherited (reachable upstream), ported (same author second and subject or address as an upstream
    commit), imported (older than the fork), repeated, or own; only own ones count in the other tables.
    """

    repository: Text = fields.text("Owner and name on GitHub; the current name.", pattern=REPOSITORY)
    family: Text = fields.text("Upstream and forks of one family share this name.")
    role: Text = fields.choice("Why it was read.", RepositoryRole)
    former_names: Text = fields.many("Earlier owner and name.", nullable=True)
    snapshot_head_on: Date = fields.date("Day of the last commit that was read.")
    first_commit_on: Date = fields.date("Day of the first commit, inherited ones included.", nullable=True)
    own_first_commit_on: Date = fields.date("Day of the first own commit.")
    n_commits_all: Integer = fields.integer("All commits, merges included.", COMMITS)
    n_commits_no_merges: Integer = fields.integer("Commits that are not merges.", COMMITS)
    n_commits_own: Integer = fields.integer("Own commits.", COMMITS)
    n_commits_inherited: Integer = fields.integer("Commits reachable from the upstream.", COMMITS)
    n_commits_ported: Integer = fields.integer("Commits carried over from the upstream under a new hash.", COMMITS)
    n_commits_ported_from_fork: Integer = fields.integer("Commits an upstream carried over from its fork.", COMMITS)
    n_commits_imported: Integer = fields.integer("Commits of side histories older than the fork.", COMMITS)
    n_commits_duplicate: Integer = fields.integer("Repeated commits.", COMMITS)
    n_commits_bot: Integer = fields.integer("Own commits written by a bot.", COMMITS)
    n_commits_bot_credited: Integer = fields.integer("Of these, credited to the first human co-author.", COMMITS)
    n_authors_own: Integer = fields.integer("People with an own commit, identities merged.", AUTHORS)
    n_addresses_own: Integer = fields.integer("Addresses with an own commit.", "addresses")
    n_author_dates_fixed: Integer = fields.integer("Commits whose author date was corrected.", COMMITS)
    notes: Text = fields.text("What is special about this history.", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "forks/activity_monthly.csv",
    key=("repository", "date_basis", "month"),
    title="Activity of repositories by month",
    as_of="2026-08-22",
    gaps=(
        "Bots are known by a pattern list; other bots, and agents that commit under a person's name, count as people.",
        "In the median repository 80 % of commits name no organization: read organization columns only beside org_unknown_share_12m.",
        "Steward columns are checked for Redis only; for Terraform they point the wrong way.",
        "elastic/elasticsearch has no rows from 2021-03 to 2023-07. A month that a snapshot cuts is marked is_partial_month.",
        "Squash-merging projects make fewer commits for the same work: compare within a project.",
    ),
)
class ActivityMonthly(Table):
    """Own commits and the people behind them, for each repository and month, by committer date and by author date.

    A bot's commit is credited to its first human co-author; `n_active_authors_strict` leaves such commits out. Columns that
    end in 12m cover the month and the eleven before it.
    """

    repository: Text = fields.text("Repository.", references=REPOSITORIES)
    role: Text = fields.choice("Why it was read; as in the repositories table.", RepositoryRole)
    date_basis: Text = fields.choice("Which date of a commit decides.", DateBasis)
    month: Date = fields.month("Calendar month.")
    n_commits: Integer = fields.integer("Own commits, without those of bots that no person is credited for.", COMMITS)
    n_commits_bot: Integer = fields.integer("Own commits written by a bot, credited or not.", COMMITS)
    n_commits_bot_uncredited: Integer = fields.integer("Bot commits with no person to credit; not among n_commits.", COMMITS)
    n_active_authors: Integer = fields.integer("People credited with a commit.", AUTHORS)
    n_active_authors_strict: Integer = fields.integer("People who wrote a commit themselves.", AUTHORS)
    n_active_addresses: Integer = fields.integer("Addresses with a commit, identities not merged.", "addresses")
    n_active_with_coauthors: Integer = fields.integer("People credited or named as co-author.", AUTHORS)
    n_new_authors: Integer = fields.integer("People whose first commit falls in this month.", AUTHORS, nullable=True)
    n_new_retained_6m: Integer = fields.integer(
        "Of these, back between day 181 and 365; blank where the history ends earlier.", AUTHORS, nullable=True
    )
    top1_share: Number = fields.share("Share of commits by the busiest person.", nullable=True)
    top3_share: Number = fields.share("Share of commits by the three busiest.", nullable=True)
    absence_factor: Integer = fields.integer("Fewest people with half the commits.", AUTHORS, low=1, nullable=True)
    org_known_share: Number = fields.share("Share of commits whose address names an organization.", nullable=True)
    org_top_share_of_known: Number = fields.share("Of these, share of the largest organization.", nullable=True)
    org_hhi_of_known: Number = fields.number("Herfindahl index of organizations over these.", "index", low=0, high=1, nullable=True)
    n_authors_12m: Integer = fields.integer("People with a commit in twelve months.", AUTHORS)
    n_commits_12m: Integer = fields.integer("Own commits in twelve months.", COMMITS)
    is_full_12m: Boolean = fields.boolean("Whether all twelve months are in the history.")
    top1_share_12m: Number = fields.share("As top1_share, over twelve months.", nullable=True)
    top3_share_12m: Number = fields.share("As top3_share, over twelve months.", nullable=True)
    absence_factor_12m: Integer = fields.integer("As absence_factor, over twelve months.", AUTHORS, low=1, nullable=True)
    org_unknown_share_12m: Number = fields.share("Share of commits whose address names no organization.", nullable=True)
    org_top_12m: Text = fields.text("Largest known organization; a slash joins names of one organization over time.", nullable=True)
    org_top_share_of_known_12m: Number = fields.share("Its share of the commits that name one.", nullable=True)
    elephant_factor_12m: Integer = fields.integer(
        "Fewest organizations with half the commits that name one.", ORGANIZATIONS, low=1, nullable=True
    )
    org_hhi_of_known_12m: Number = fields.number("As org_hhi_of_known, over twelve months.", "index", low=0, high=1, nullable=True)
    steward_orgs: Text = fields.many("Organizations taken as the steward.", nullable=True)
    n_active_nonsteward: Integer = fields.integer("People without an address of the steward.", AUTHORS, nullable=True)
    n_commits_nonsteward: Integer = fields.integer("Their commits.", COMMITS, nullable=True)
    n_new_nonsteward: Integer = fields.integer("Of them, with their first commit in this month.", AUTHORS, nullable=True)
    is_partial_month: Boolean = fields.boolean("Whether the history ends within this month.")
    source_ids: Text = fields.sources()


@table(
    "forks/migration_monthly.csv",
    key=("fork", "month"),
    title="People who moved from upstream to fork, by month",
    as_of="2026-08-22",
    gaps=(
        "Blank where the side's history has ended or, for elastic/elasticsearch, is missing (2021-02 to 2023-08).",
        "Namesakes in a family are merged; people who changed both name and address are split.",
    ),
)
class MigrationMonthly(Table):
    """For each fork and month since its start: who works on the fork, and who of them was known upstream.

    Migrants had an upstream commit in the 24 months before the fork, veterans at any time. Core people had ten or more
    upstream commits in the year before.
    """

    fork: Text = fields.text("Fork.", references=REPOSITORIES)
    month: Date = fields.month("Calendar month.")
    upstream: Text = fields.text("Upstream; blank when it was not read on its own.", references=REPOSITORIES, nullable=True)
    is_upstream_inside_fork: Boolean = fields.boolean("Whether the upstream's past is known from the fork's own history only.")
    months_since_fork: Integer = fields.integer("Months since the fork's start; 0 is the month of the start.", "months")
    n_fork_active: Integer = fields.integer("People active in the fork.", AUTHORS, nullable=True)
    n_fork_commits: Integer = fields.integer("Own commits of the fork.", COMMITS, nullable=True)
    n_migrants: Integer = fields.integer("Migrants active in the fork.", AUTHORS, nullable=True)
    n_migrant_commits: Integer = fields.integer("Their commits.", COMMITS, nullable=True)
    n_veterans: Integer = fields.integer("Veterans active in the fork.", AUTHORS, nullable=True)
    n_no_upstream_history: Integer = fields.integer("People in the fork never seen upstream.", AUTHORS, nullable=True)
    n_upstream_active: Integer = fields.integer("People active upstream.", AUTHORS, nullable=True)
    n_both_active: Integer = fields.integer("People active on both sides.", AUTHORS, nullable=True)
    n_upstream_only: Integer = fields.integer("People active upstream only.", AUTHORS, nullable=True)
    n_core_active_fork: Integer = fields.integer("Core people active in the fork.", AUTHORS, nullable=True)
    n_core_active_upstream: Integer = fields.integer("Core people active upstream.", AUTHORS, nullable=True)
    source_ids: Text = fields.sources()


@table(
    "forks/core_transitions.csv",
    key=("fork", "author_group", "horizon_months"),
    title="Where the people of the upstream went",
    as_of="2026-08-22",
    gaps=("Where a history ends before the horizon, the counts are lower bounds; is_complete_fork and is_complete_upstream say so.",),
)
class CoreTransitions(Table):
    """For each fork and group of upstream people: how many were seen in the fork, upstream, on both sides or nowhere.

    Counted from the fork's start up to 6, 12 and 24 months. Three groups: ten or more commits in the year before, any commit
    in that year, any commit in two years.
    """

    fork: Text = fields.text("Fork.", references=REPOSITORIES)
    author_group: Text = fields.choice("Which upstream people.", AuthorGroup)
    horizon_months: Integer = fields.integer("Months after the start that are looked at.", "months")
    upstream: Text = fields.text("Upstream; blank when it was not read on its own.", references=REPOSITORIES, nullable=True)
    is_upstream_inside_fork: Boolean = fields.boolean("Whether the upstream's past is known from the fork's own history only.")
    fork_started_on: Date = fields.date("Start that is counted from: the event or the first own commit.")
    n_group: Integer = fields.integer("People in the group.", AUTHORS)
    n_in_fork: Integer = fields.integer("Seen in the fork, with or without upstream.", AUTHORS)
    n_fork_only: Integer = fields.integer("Seen in the fork only.", AUTHORS, nullable=True)
    n_both: Integer = fields.integer("Seen on both sides.", AUTHORS, nullable=True)
    n_upstream_only: Integer = fields.integer("Seen upstream only.", AUTHORS, nullable=True)
    n_neither: Integer = fields.integer("Seen on neither side.", AUTHORS, nullable=True)
    n_fork_authors: Integer = fields.integer("All people seen in the fork.", AUTHORS)
    n_fork_authors_new: Integer = fields.integer("Of these, never seen upstream.", AUTHORS)
    is_complete_fork: Boolean = fields.boolean("Whether the fork's history covers the horizon.")
    is_complete_upstream: Boolean = fields.boolean("Whether the upstream's history covers the horizon.")
    source_ids: Text = fields.sources()


@table(
    "forks/license_changes.csv",
    key=("change_id",),
    title="License changes of existing projects",
    as_of="2026-08-26",
    gaps=(
        "A selection of well-known changes, not a census; changes that nobody wrote about are missing.",
        "Layer, kind of steward and reason are judgment. A day is the commit's local day; some fall on the next day in UTC.",
        "Public lists differ from the repositories by days or more; both days stand here.",
    ),
)
class LicenseChanges(Table):
    """Changes of license by existing projects: from what to what, when, in which direction, for which stated reason.

    The day rests on the license commit where the repository was read; otherwise on an announcement or a list. Three rows are
    reversals: an open license came back.
    """

    change_id: Text = fields.text("Short name: project and year.", pattern=SLUG)
    project: Text = fields.text("Project.")
    repo: Text = fields.text("Repository or organization on GitHub.")
    repository: Text = fields.text("The same, where its history is in the activity table.", references=REPOSITORIES, nullable=True)
    layer: Text = fields.choice("Layer of the stack; blank where the project has no place in it.", Layer, nullable=True)
    steward_type: Text = fields.choice("Who led the project at the change.", StewardType)
    changed_on: Text = fields.partial_date("When the license changed.")
    changed_precision: Text = fields.choice("How exactly that is known.", DatePrecision)
    date_basis: Text = fields.choice("What the day rests on.", ChangeDateBasis)
    date_note: Text = fields.text("More about the day.", nullable=True)
    license_before: Text = fields.license_expression("License before.")
    license_after: Text = fields.license_expression("License after.")
    license_note: Text = fields.text("Scope or doubt about the licenses.", nullable=True)
    direction: Text = fields.choice("What it does to users.", Direction)
    reason_type: Text = fields.choice("Why.", ReasonType)
    osi_status_before: Text = fields.choice("Approval before.", OsiStatus)
    osi_status_after: Text = fields.choice("Approval after.", OsiStatus)
    git_commit: Text = fields.text("First ten digits of the license commit.", pattern=r"[0-9a-f]{10}", nullable=True)
    commit_time_local: Text = fields.text("Its time with the committer's offset from UTC.", nullable=True)
    chaoss_on: Date = fields.date("Day that the CHAOSS data set gives.", nullable=True)
    chaoss_agreement: Text = fields.choice("How the two days compare.", ListAgreement)
    chaoss_note: Text = fields.text("What differs.", nullable=True)
    notes: Text = fields.text("More.", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "forks/fork_events.csv",
    key=("event_id",),
    title="Forks and what they answered",
    as_of="2026-08-26",
    gaps=(
        "A selection of well-known forks. MongoDB has none: it met re-implementations of its interface instead.",
        "Layer is judgment. Outcomes hold on observed_until_on, or have no day where nothing was measured.",
        "The first own commit can lie before the announcement, when work began in private.",
    ),
)
class ForkEvents(Table):
    """Hard forks: upstream, fork, what set it off, when it was announced, first worked on and first released, and what became of it.

    A fork after a license change points to that change. MariaDB is here as a fork after an acquisition.
    """

    event_id: Text = fields.text("Short name: upstream and fork.", pattern=SLUG)
    upstream: Text = fields.text("Forked project, as repository where there is one.")
    upstream_repository: Text = fields.text("The same, where its history was read.", references=REPOSITORIES, nullable=True)
    fork: Text = fields.text("Fork, as repository where there is one.")
    fork_repository: Text = fields.text("The same, where its history was read.", references=REPOSITORIES, nullable=True)
    layer: Text = fields.choice("Layer of the stack; blank where the project has no place in it.", Layer, nullable=True)
    trigger_category: Text = fields.choice("What the fork answered.", ForkTrigger)
    license_change_id: Text = fields.text("The license change it answered.", references="license_changes.change_id", nullable=True)
    triggered_on: Text = fields.partial_date("When that happened.")
    triggered_precision: Text = fields.choice("How exactly that is known.", DatePrecision)
    trigger_note: Text = fields.text("What happened.", nullable=True)
    announced_on: Text = fields.partial_date("When the fork was announced.", nullable=True)
    announced_precision: Text = fields.choice("How exactly that is known.", DatePrecision, nullable=True)
    announced_note: Text = fields.text("More about that day.", nullable=True)
    first_own_commit_on: Date = fields.date("First own commit of the fork.", nullable=True)
    first_own_commit_note: Text = fields.text("More about that day.", nullable=True)
    first_release_on: Text = fields.partial_date("First release of the fork.", nullable=True)
    first_release_precision: Text = fields.choice("How exactly that is known.", DatePrecision, nullable=True)
    first_release_note: Text = fields.text("Which release.", nullable=True)
    upstream_license_before: Text = fields.license_expression("Upstream's license before.")
    upstream_license_after: Text = fields.license_expression("Upstream's license after.", nullable=True)
    fork_license: Text = fields.license_expression("License of the fork.", nullable=True)
    license_note: Text = fields.text("Scope or doubt about the licenses.", nullable=True)
    steward_type: Text = fields.choice("Who led the fork at its start.", StewardType)
    steward: Text = fields.text("Name of that body.")
    steward_later: Text = fields.text("Who led it later.", nullable=True)
    outcome: Text = fields.choice("What had become of it.", ForkOutcome)
    ended_on: Text = fields.partial_date("When it ended.", nullable=True)
    ended_note: Text = fields.text("How it ended.", nullable=True)
    observed_until_on: Date = fields.date("Last day that was looked at; blank where nothing was measured.", nullable=True)
    measured_here: Text = fields.choice("Which side's history is in the activity table.", Measured)
    measured_note: Text = fields.text("Gaps in it.", nullable=True)
    evidence: Text = fields.many("What the facts were read from.", EvidenceKind)
    notes: Text = fields.text("More.", nullable=True)
    source_ids: Text = fields.sources()
