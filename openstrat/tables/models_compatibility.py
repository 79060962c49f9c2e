"""Licenses side by side: clauses that name another license, texts made from a standard one, and versions that open later."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Boolean, Date, Integer, Table, Text, table
from openstrat.tables.rights_vocabulary import ClauseEffect
from openstrat.terms import Confidence

AS_OF = "2026-08-27"
LICENSE = "licenses.license_id"
COMMIT = r"[0-9a-f]{40}"


@table(
    "licenses/compatibility_clauses.csv",
    key=("inbound_license_id", "outbound_license_id"),
    title="Clauses in which one license names another",
    as_of=AS_OF,
    gaps=(
        "Only pairs of licenses on the license list that were looked for; other names in the same clauses are left out.",
        "Bars and disputed pairs rest on the reading of stewards, not on words of the text; their clause says so.",
    ),
)
class CompatibilityClauses(Table):
    """Pairs of licenses whose texts settle by name what typed terms cannot: whether code under one may go into a work under the other.

    Later versions that a recipient may choose, lists of compatible licenses, secondary licenses, permissions to combine, and
    the bars that stewards have stated. Every pair that is not listed is decided from the typed terms.
    """

    inbound_license_id: Text = fields.text("License of the code that is taken in.", references=LICENSE)
    outbound_license_id: Text = fields.text("License of the work that takes it in.", references=LICENSE)
    effect: Text = fields.choice("What the clause does.", ClauseEffect)
    is_combined_only: Boolean = fields.boolean("It reaches a work that joins the code with other code, not a mere changed version.")
    clause: Text = fields.text("The clause in our words, with its section.")
    confidence: Text = fields.choice("How the row was established.", Confidence)
    source_ids: Text = fields.sources()


@table(
    "licenses/edited_standard_texts.csv",
    key=("license_id",),
    title="Licenses that are an edited standard text",
    as_of=AS_OF,
    gaps=("Only licenses whose terms were read or described; there are more.",),
)
class EditedStandardTexts(Table):
    """Licenses that look like a well-known text but were changed in substance, with what was changed."""

    license_id: Text = fields.text("The edited license.", references="license_terms.license_id")
    base_license_id: Text = fields.text("The standard text it was made from.", references=LICENSE)
    change: Text = fields.text("What the edit adds or takes away.")
    confidence: Text = fields.choice("How the row was established.", Confidence)
    source_ids: Text = fields.sources()


@table(
    "licenses/delayed_openings.csv",
    key=("project", "version"),
    title="Versions of real projects that open later, or opened already",
    as_of=AS_OF,
    gaps=(
        "Seven projects, a few versions each: those whose tags and license files could be read in a public repository.",
        "released_on is the day of the tagged commit; the download may have appeared a little later.",
        "Vault, Sentry itself, CockroachDB and Couchbase are missing: their tags could not be read.",
    ),
)
class DelayedOpenings(Table):
    """Versions under a license that opens each of them after a time, with the parameters that the licensor filled in.

    `change_on` is a day that the license file states; `change_after_years` a number of years it states. Where both are
    blank, the license's own rule decides. Rows whose license has no such rule are the last versions before or after it.
    """

    project: Text = fields.text("Project.")
    version: Text = fields.text("Version, as its tag names it without prefix.")
    released_on: Date = fields.date("Day of the tagged commit.")
    license_id: Text = fields.text("License of this version.", references=LICENSE)
    change_on: Date = fields.date("Change date that the license file states.", nullable=True)
    change_after_years: Integer = fields.integer("Years after publication that the license file states.", "years", nullable=True)
    change_license_id: Text = fields.text("License it opens to, as the file states.", nullable=True, references=LICENSE)
    use_grant: Text = fields.text("Production use that the licensor allows before, in our words.", nullable=True)
    commit: Text = fields.text("Commit of the tag.", pattern=COMMIT)
    source_ids: Text = fields.sources()
