"""Licenses: the list, their terms in typed cells, their thresholds, their history, and other spellings of their names."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables import license_vocabulary as words
from openstrat.tables.model import Boolean, Integer, Number, Table, Text, table
from openstrat.terms import AssetType, Confidence, Direction, LicenseFamily

AS_OF = "2026-08-26"
LICENSE_ID = r"[A-Za-z0-9][A-Za-z0-9.+-]*"


@table(
    "licenses/licenses.csv",
    key=("license_id",),
    title="Licenses",
    as_of=AS_OF,
    gaps=(
        "Lists every license on the SPDX list (3.29.0) and the unlisted ones that other tables name; no exceptions (WITH ...).",
        "Family and asset types are blank for licenses that nobody here has read.",
        "A blank FSF flag means not listed by the FSF, which is not a verdict.",
    ),
)
class Licenses(Table):
    """Licenses that code, models, data and documents are published under.

    SPDX identifiers with the flags of the authorities, ScanCode's key and category, the Blue Oak rating of permissive
    licenses, and unlisted licenses of AI models and source-available software under `LicenseRef-` names. Rows that say
    `version not stated` stand for records that do not tell which version applied.
    """

    license_id: Text = fields.text("SPDX identifier, or `LicenseRef-...` for a license that SPDX does not list.", pattern=LICENSE_ID)
    name: Text = fields.text("Name; for listed licenses as SPDX gives it.")
    version: Text = fields.text("Version, as the text gives it.", nullable=True)
    steward: Text = fields.text("Organization that wrote the text.", nullable=True)
    published_on: Text = fields.partial_date("When the text was published.", nullable=True)
    is_spdx_listed: Boolean = fields.boolean("On the SPDX list.")
    is_spdx_deprecated: Boolean = fields.boolean("SPDX advises another identifier; blank when not listed.", nullable=True)
    is_osi_approved: Boolean = fields.boolean("Approved by the Open Source Initiative; blank when not checked.", nullable=True)
    is_fsf_libre: Boolean = fields.boolean("Listed as free by the Free Software Foundation; blank when not listed.", nullable=True)
    scancode_key: Text = fields.text("Key in ScanCode's license index.", nullable=True)
    scancode_category: Text = fields.choice("ScanCode's category.", words.SCANCODE_CATEGORIES, nullable=True)
    blueoak_rating: Text = fields.choice("Rating by the Blue Oak Council, permissive licenses only.", words.BLUEOAK_RATINGS, nullable=True)
    family: Text = fields.choice("Family by what it asks of a user; blank when not read.", LicenseFamily, nullable=True)
    asset_types: Text = fields.many("What it is written for or used on.", AssetType, nullable=True)
    text_sha256: Text = fields.text("SHA-256 of the text that was read, as a file.", nullable=True, pattern=r"[0-9a-f]{64}")
    has_terms: Boolean = fields.boolean("Its terms stand in `license_terms`.")
    confidence: Text = fields.choice("How the row was established; the weakest cell counts.", Confidence)
    source_ids: Text = fields.sources()


@table(
    "licenses/license_terms.csv",
    key=("license_id",),
    title="Terms of licenses",
    as_of=AS_OF,
    gaps=(
        "A blank cell is unknown, never no.",
        "Rows marked secondary rest on quotations and descriptions; their texts were not read in full.",
        "Where a text was read in full and names no excluded region, gate or limit of use, the cell says none or any.",
        "JSON and Parity-7.0.0 were read and left out: an untestable ban, and a copyleft that reaches private use, fit no cell here.",
        "Not legal advice: the text decides.",
    ),
)
class LicenseTerms(Table):
    """What 162 licenses allow, ask and forbid, one row a license, in closed vocabularies.

    The cells are what restrictions and obligations are computed from; `evidence` paraphrases the clauses with their sections.
    """

    license_id: Text = fields.text("The license.", references="licenses.license_id")
    grant: Text = fields.choice("What is handed over at all.", words.Grant)
    commercial_use: Text = fields.choice("Whether use for profit is allowed.", words.Permission, nullable=True)
    commercial_gate: Text = fields.many("What stands before commercial use.", words.CommercialGate, nullable=True)
    commercial_threshold: Text = fields.text("The gate in words; typed tests stand in `license_thresholds`.", nullable=True)
    use_scope: Text = fields.choice("For which kind of use the grant is made.", words.UseScope, nullable=True)
    redistribution: Text = fields.choice("Whether copies may be passed on.", words.Permission, nullable=True)
    derivatives: Text = fields.choice("Whether changed versions may be made and passed on.", words.ChangedVersions, nullable=True)
    hosted_service: Text = fields.choice("Whether it may be offered as a service.", words.Permission, nullable=True)
    competing_use: Text = fields.choice("Which business of others is held back.", words.CompetingUse, nullable=True)
    competing_use_note: Text = fields.text("The same in words, where they say more.", nullable=True)
    output_use: Text = fields.many("What may be done with outputs.", words.OutputUse, nullable=True)
    output_use_note: Text = fields.text("The same in words.", nullable=True)
    naming: Text = fields.many("What must be kept, named or shown.", words.NamingDuty, nullable=True)
    naming_note: Text = fields.text("The same in words, where they say more.", nullable=True)
    acceptable_use_policy: Text = fields.choice("Whether a list of forbidden uses binds.", words.UsePolicy, nullable=True)
    acceptable_use_policy_note: Text = fields.text("What else belongs to the policy.", nullable=True)
    is_policy_changeable: Boolean = fields.boolean("The licensor may change the policy; blank when not stated.", nullable=True)
    has_use_restrictions_flow_down: Boolean = fields.boolean("Use limits must be passed on downstream.", nullable=True)
    patent_grant: Text = fields.choice("What is said about patents.", words.PatentGrant, nullable=True)
    patent_retaliation: Text = fields.choice("What ends for somebody who sues.", words.PatentRetaliation, nullable=True)
    copyleft_trigger: Text = fields.choice("What makes own work fall under the same terms.", words.CopyleftTrigger, nullable=True)
    change_after_years: Integer = fields.integer("A version opens this long after its release; blank when never.", "years", nullable=True)
    is_change_at_latest: Boolean = fields.boolean(
        "The licensor sets a day for each version, and the years only cap it; false: exactly then; blank when never.", nullable=True
    )
    change_license_ids: Text = fields.many(
        "What it opens to; blank: named by the licensor.", references="licenses.license_id", nullable=True
    )
    change_note: Text = fields.text("What else belongs to the opening.", nullable=True)
    geographic_exclusion: Text = fields.many("Regions without rights; none means the world is covered.", words.Region, nullable=True)
    geographic_exclusion_scope: Text = fields.choice("What the exclusion covers; blank when none.", words.ExclusionScope, nullable=True)
    geographic_exclusion_note: Text = fields.text("How far the exclusion reaches.", nullable=True)
    litigation_termination: Text = fields.choice("Which suits end rights.", words.LitigationTermination, nullable=True)
    revocable: Text = fields.choice("Whether the grant can be taken back.", words.Revocability, nullable=True)
    evidence: Text = fields.text("The clauses in our words, with their sections.")
    confidence: Text = fields.choice("Verified: read in the text. Secondary: from quotations or descriptions.", Confidence)
    seen: Text = fields.text("What was read, in which copy.")
    source_ids: Text = fields.sources()


@table(
    "licenses/license_thresholds.csv",
    key=("license_id", "test_no"),
    title="Thresholds in licenses",
    as_of=AS_OF,
    gaps=(
        "The LFM Open License says both 10 million or more and exceeds; it is read as reaching the value.",
        "Gates without a number, such as registration, stand in `license_terms` only.",
    ),
)
class LicenseThresholds(Table):
    """Tests of size and business in 24 licenses, one row a test; each test counts on its own.

    A row without value applies at any size.
    """

    license_id: Text = fields.text("The license.", references="license_terms.license_id")
    test_no: Integer = fields.integer("Number of the test within the license.", "number", low=1)
    measure: Text = fields.choice("What is counted.", words.Measure)
    comparison: Text = fields.choice("Which side of the value is meant; blank without value.", words.Comparison, nullable=True)
    value: Number = fields.number("The threshold, in the unit of the row; blank: at any size.", "see unit", low=0.0, nullable=True)
    unit: Text = fields.choice("Unit of the value.", words.ThresholdUnit, nullable=True)
    tested_when: Text = fields.choice("When it is looked at.", words.TestedWhen)
    scope: Text = fields.choice("Whose figure counts.", words.ThresholdScope)
    business: Text = fields.choice("Kind of business it is limited to; blank: any.", words.ServiceBusiness, nullable=True)
    effect: Text = fields.choice("What happens once it is met.", words.ThresholdEffect)
    note: Text = fields.text("What else belongs to the test.", nullable=True)
    confidence: Text = fields.choice("How the row was established.", Confidence)
    source_ids: Text = fields.sources()


@table(
    "licenses/license_history.csv",
    key=("family", "artifact"),
    title="License changes of model families",
    as_of=AS_OF,
    gaps=(
        "Nineteen families, chosen because their terms changed.",
        "Dates are as precise as their source; two are unknown.",
        "A blank license has no row in the license list; the note says what is known.",
    ),
)
class LicenseHistory(Table):
    """How the license of a model family changed from one release to the next."""

    family: Text = fields.text("Model family.")
    changed_on: Text = fields.partial_date("When the release with the new license came out.", nullable=True)
    artifact: Text = fields.text("Release that brought the change.")
    license_before: Text = fields.license_expression("License of the release before.", nullable=True)
    license_before_note: Text = fields.text("What mattered in it.", nullable=True)
    license_after: Text = fields.license_expression("License of this release.", nullable=True)
    license_after_note: Text = fields.text("What mattered in it.", nullable=True)
    direction: Text = fields.choice("What the change did to users.", Direction)
    confidence: Text = fields.choice("How the row was established.", Confidence)
    source_ids: Text = fields.sources()


@table(
    "etc/license_aliases.csv",
    key=("alias",),
    title="Other spellings of license identifiers",
    as_of=AS_OF,
    gaps=("Spellings are compared without regard to case; an identifier of the license list always means itself.",),
)
class LicenseAliases(Table):
    """What people and records write instead of a license identifier, and what was made of it, with the reason.

    A blank `license_id` means that the spelling does not settle it; `candidates` says what it might be.
    """

    alias: Text = fields.text("Spelling found in a record, a scan, a model hub or a sentence.")
    license_id: Text = fields.license_expression("What it stands for; an expression where the spelling names a combination.", nullable=True)
    candidates: Text = fields.many("What it might be, more precisely.", references="licenses.license_id", nullable=True)
    reason: Text = fields.text("Why.")
    source_ids: Text = fields.sources()
