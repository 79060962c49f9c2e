"""How stewards behave: upkeep of repositories, notice and promises around license changes, work on releases after launch."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Boolean, Date, Integer, Table, Text, table
from openstrat.tables.models_projects import REPOSITORY
from openstrat.terms import Term


class CopyBasis(Term):
    """Why a repository is taken to be known up to the day of the count."""

    COPIED = "copied", "The files of the copy are at most 90 days older than the count."
    ARCHIVED = "archived", "The repository was made read-only, so nothing can have come after the copy and that day."
    COLLECTED = "collected", "It was the newest copy at hand on the day of the count; that nothing came after it was not seen."


@table(
    "projects/maintenance.csv",
    key=("repository", "as_of"),
    title="Upkeep of repositories: the last 12 months against the best year",
    as_of="2026-08-22",
    gaps=(
        "Chosen as examples of rule MI3, both ways; shares counted here say nothing about projects at large.",
        "Default branch only, bots included: where work moved to another repository the figures fall too.",
        "copied_on is the date of the copy's files. Where it is more than 90 days before the count, known_basis says why the row stands.",
    ),
)
class Maintenance(Table):
    """Commits of the 12 months up to a day and of the best 365 days, newest tag, words of the README, one row a repository and day.

    Merges are left out. `n_authors_for_half` is the contributor absence factor of the 12 months, bots left out.
    """

    repository: Text = fields.text("Owner and name on GitHub.", pattern=REPOSITORY)
    as_of: Date = fields.date("Day that the windows end with.")
    copied_on: Date = fields.date("Day of the copy's files.")
    known_basis: Text = fields.choice("Why the copy is taken to hold up to the day of the count.", CopyBasis)
    archived_on: Date = fields.date("Day from which the repository is read-only.", nullable=True)
    last_commit_on: Date = fields.date("Newest commit of the copy.")
    n_commits_12m: Integer = fields.integer("Commits without merges in the 12 months.", "commits")
    n_commits_best: Integer = fields.integer("Commits without merges in the best 365 days.", "commits", low=1)
    last_tag_on: Date = fields.date("Newest tag; blank when the copy holds none.", nullable=True)
    readme_words: Text = fields.many("Words of the README that say it is not kept up.", nullable=True)
    n_authors_12m: Integer = fields.integer("People with a commit in the 12 months.", "authors")
    n_authors_for_half: Integer = fields.integer("Fewest people with half of the commits.", "authors", low=1, nullable=True)
    note: Text = fields.text("What else a reader should know.", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "forks/license_change_conduct.csv",
    key=("license_change_id",),
    title="Notice before license changes, and earlier promises",
    as_of="2026-08-26",
    gaps=(
        "Only changes whose announcement was found have a row.",
        "A blank has_promise means that no promise was found; that none was made cannot be shown.",
        "Notice is counted to the day on which the license file changed, not to the first release under the new terms.",
    ),
)
class LicenseChangeConduct(Table):
    """Days between the announcement of a license change and the change, and whether the steward had promised the old terms."""

    license_change_id: Text = fields.text("The license change.", references="license_changes.change_id")
    announced_on: Text = fields.partial_date("When the steward announced it.", nullable=True)
    notice_days_low: Integer = fields.integer("Fewest days of notice that the dates allow.", "days", nullable=True)
    notice_days_high: Integer = fields.integer("Most days of notice that the dates allow.", "days", nullable=True)
    has_promise: Boolean = fields.boolean(
        "Whether the steward or its lead had said that the old terms, or an open source license, would stay.", nullable=True
    )
    promised_on: Text = fields.partial_date("When that was said.", nullable=True)
    promise_note: Text = fields.text("Who said what, in our words.", nullable=True)
    source_ids: Text = fields.sources()


@table(
    "releases/release_conduct.csv",
    key=("release_id", "repository"),
    title="Work on a release's code after its launch",
    as_of="2026-08-26",
    gaps=(
        "Few releases: only those whose code has a repository of its own that could be read.",
        "Outside commits lie between two bounds: an address that names no organization may belong to the publisher.",
    ),
)
class ReleaseConduct(Table):
    """Commits in the 90 days after a launch, outside commits in the 180 days after it, and whether a contribution guide exists."""

    release_id: Text = fields.text("The release.", references="releases.release_id")
    repository: Text = fields.text("Repository of its code.", pattern=REPOSITORY)
    launched_on: Date = fields.date("Launch day from which the windows count.")
    n_changes_90d: Integer = fields.integer("Commits without merges in the 90 days after the launch day.", "commits")
    n_outside_180d_low: Integer = fields.integer("Commits in 180 days whose address names another organization.", "commits")
    n_outside_180d_high: Integer = fields.integer("Commits in 180 days whose address does not name the publisher.", "commits")
    has_contributing: Boolean = fields.boolean("Whether a contribution guide is in the tree.", nullable=True)
    source_ids: Text = fields.sources()
