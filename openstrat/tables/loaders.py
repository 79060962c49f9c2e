"""One typed loader a table. Each answers from memory after the first call; the checksum is compared once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_adoption import PackageDownloads, RepositoryPackages, StarsMonthly
    from openstrat.tables.models_authorities import AuthorityDisagreements
    from openstrat.tables.models_checks import ChecklistQuestions, Mistakes, Moats, Myths, Risks, Scenarios
    from openstrat.tables.models_choices import Assumptions, FamilyLicenses
    from openstrat.tables.models_compatibility import CompatibilityClauses, DelayedOpenings, EditedStandardTexts
    from openstrat.tables.models_confounders import Confounders
    from openstrat.tables.models_contributions import ContributionTerms
    from openstrat.tables.models_findings import CountingPanel, FindingChecks, PublishedFindings
    from openstrat.tables.models_forks import ActivityMonthly, CoreTransitions, ForkEvents, LicenseChanges, MigrationMonthly, Repositories
    from openstrat.tables.models_guidance import Concepts, Evidence, Layers, Motives, Playbooks
    from openstrat.tables.models_license_texts import LicenseTexts
    from openstrat.tables.models_licenses import LicenseAliases, LicenseHistory, Licenses, LicenseTerms, LicenseThresholds
    from openstrat.tables.models_mof import MofComponents, MofLicenses
    from openstrat.tables.models_projects import OpennessBaseRates, ProjectIndicators, Projects
    from openstrat.tables.models_release_indices import (
        MofRecordClasses,
        OpennessIndexGrades,
        ReleaseClaims,
        RunCode,
        StackMapClasses,
        TransparencyScores,
    )
    from openstrat.tables.models_releases import ReleaseComponents, Releases
    from openstrat.tables.models_sources import Sources

__all__ = [
    "load_activity_monthly",
    "load_assumptions",
    "load_authority_disagreements",
    "load_checklist",
    "load_compatibility_clauses",
    "load_concepts",
    "load_confounders",
    "load_contribution_terms",
    "load_core_transitions",
    "load_counting_panel",
    "load_delayed_openings",
    "load_edited_standard_texts",
    "load_evidence",
    "load_family_licenses",
    "load_finding_checks",
    "load_fork_events",
    "load_layers",
    "load_license_aliases",
    "load_license_changes",
    "load_license_history",
    "load_license_terms",
    "load_license_texts",
    "load_license_thresholds",
    "load_licenses",
    "load_migration_monthly",
    "load_mistakes",
    "load_moats",
    "load_mof_components",
    "load_mof_licenses",
    "load_mof_record_classes",
    "load_motives",
    "load_myths",
    "load_openness_base_rates",
    "load_openness_index_grades",
    "load_package_downloads",
    "load_playbooks",
    "load_project_indicators",
    "load_projects",
    "load_published_findings",
    "load_release_claims",
    "load_release_components",
    "load_releases",
    "load_repositories",
    "load_repository_packages",
    "load_risks",
    "load_run_code",
    "load_scenarios",
    "load_sources",
    "load_stack_map_classes",
    "load_stars_monthly",
    "load_transparency_scores",
]


def load_activity_monthly() -> DataFrame[ActivityMonthly]:
    """Return the table `activity_monthly`, one row per repository, date_basis, month.

    Card: `openstrat data describe activity_monthly`.
    """
    return cast("DataFrame[ActivityMonthly]", read_table("activity_monthly"))


def load_assumptions() -> DataFrame[Assumptions]:
    """Return the table `assumptions`, one row per name.

    Card: `openstrat data describe assumptions`.
    """
    return cast("DataFrame[Assumptions]", read_table("assumptions"))


def load_authority_disagreements() -> DataFrame[AuthorityDisagreements]:
    """Return the table `authority_disagreements`, one row per license_id, authority.

    Card: `openstrat data describe authority_disagreements`.
    """
    return cast("DataFrame[AuthorityDisagreements]", read_table("authority_disagreements"))


def load_checklist() -> DataFrame[ChecklistQuestions]:
    """Return the table `checklist`, one row per concept_id.

    Card: `openstrat data describe checklist`.
    """
    return cast("DataFrame[ChecklistQuestions]", read_table("checklist"))


def load_compatibility_clauses() -> DataFrame[CompatibilityClauses]:
    """Return the table `compatibility_clauses`, one row per inbound_license_id, outbound_license_id.

    Card: `openstrat data describe compatibility_clauses`.
    """
    return cast("DataFrame[CompatibilityClauses]", read_table("compatibility_clauses"))


def load_concepts() -> DataFrame[Concepts]:
    """Return the table `concepts`, one row per concept_id.

    Card: `openstrat data describe concepts`.
    """
    return cast("DataFrame[Concepts]", read_table("concepts"))


def load_confounders() -> DataFrame[Confounders]:
    """Return the table `confounders`, one row per confounder_id.

    Card: `openstrat data describe confounders`.
    """
    return cast("DataFrame[Confounders]", read_table("confounders"))


def load_contribution_terms() -> DataFrame[ContributionTerms]:
    """Return the table `contribution_terms`, one row per contribution_terms_id.

    Card: `openstrat data describe contribution_terms`.
    """
    return cast("DataFrame[ContributionTerms]", read_table("contribution_terms"))


def load_core_transitions() -> DataFrame[CoreTransitions]:
    """Return the table `core_transitions`, one row per fork, author_group, horizon_months.

    Card: `openstrat data describe core_transitions`.
    """
    return cast("DataFrame[CoreTransitions]", read_table("core_transitions"))


def load_counting_panel() -> DataFrame[CountingPanel]:
    """Return the table `counting_panel`, one row per finding_id, rule.

    Card: `openstrat data describe counting_panel`.
    """
    return cast("DataFrame[CountingPanel]", read_table("counting_panel"))


def load_delayed_openings() -> DataFrame[DelayedOpenings]:
    """Return the table `delayed_openings`, one row per project, version.

    Card: `openstrat data describe delayed_openings`.
    """
    return cast("DataFrame[DelayedOpenings]", read_table("delayed_openings"))


def load_edited_standard_texts() -> DataFrame[EditedStandardTexts]:
    """Return the table `edited_standard_texts`, one row per license_id.

    Card: `openstrat data describe edited_standard_texts`.
    """
    return cast("DataFrame[EditedStandardTexts]", read_table("edited_standard_texts"))


def load_evidence() -> DataFrame[Evidence]:
    """Return the table `evidence`, one row per evidence_id.

    Card: `openstrat data describe evidence`.
    """
    return cast("DataFrame[Evidence]", read_table("evidence"))


def load_family_licenses() -> DataFrame[FamilyLicenses]:
    """Return the table `family_licenses`, one row per family, asset.

    Card: `openstrat data describe family_licenses`.
    """
    return cast("DataFrame[FamilyLicenses]", read_table("family_licenses"))


def load_finding_checks() -> DataFrame[FindingChecks]:
    """Return the table `finding_checks`, one row per finding_id, rule, window.

    Card: `openstrat data describe finding_checks`.
    """
    return cast("DataFrame[FindingChecks]", read_table("finding_checks"))


def load_fork_events() -> DataFrame[ForkEvents]:
    """Return the table `fork_events`, one row per event_id.

    Card: `openstrat data describe fork_events`.
    """
    return cast("DataFrame[ForkEvents]", read_table("fork_events"))


def load_layers() -> DataFrame[Layers]:
    """Return the table `layers`, one row per layer_id.

    Card: `openstrat data describe layers`.
    """
    return cast("DataFrame[Layers]", read_table("layers"))


def load_license_aliases() -> DataFrame[LicenseAliases]:
    """Return the table `license_aliases`, one row per alias.

    Card: `openstrat data describe license_aliases`.
    """
    return cast("DataFrame[LicenseAliases]", read_table("license_aliases"))


def load_license_changes() -> DataFrame[LicenseChanges]:
    """Return the table `license_changes`, one row per change_id.

    Card: `openstrat data describe license_changes`.
    """
    return cast("DataFrame[LicenseChanges]", read_table("license_changes"))


def load_license_history() -> DataFrame[LicenseHistory]:
    """Return the table `license_history`, one row per family, artifact.

    Card: `openstrat data describe license_history`.
    """
    return cast("DataFrame[LicenseHistory]", read_table("license_history"))


def load_license_terms() -> DataFrame[LicenseTerms]:
    """Return the table `license_terms`, one row per license_id.

    Card: `openstrat data describe license_terms`.
    """
    return cast("DataFrame[LicenseTerms]", read_table("license_terms"))


def load_license_texts() -> DataFrame[LicenseTexts]:
    """Return the table `license_texts`, one row per text_id.

    Card: `openstrat data describe license_texts`.
    """
    return cast("DataFrame[LicenseTexts]", read_table("license_texts"))


def load_license_thresholds() -> DataFrame[LicenseThresholds]:
    """Return the table `license_thresholds`, one row per license_id, test_no.

    Card: `openstrat data describe license_thresholds`.
    """
    return cast("DataFrame[LicenseThresholds]", read_table("license_thresholds"))


def load_licenses() -> DataFrame[Licenses]:
    """Return the table `licenses`, one row per license_id.

    Card: `openstrat data describe licenses`.
    """
    return cast("DataFrame[Licenses]", read_table("licenses"))


def load_migration_monthly() -> DataFrame[MigrationMonthly]:
    """Return the table `migration_monthly`, one row per fork, month.

    Card: `openstrat data describe migration_monthly`.
    """
    return cast("DataFrame[MigrationMonthly]", read_table("migration_monthly"))


def load_mistakes() -> DataFrame[Mistakes]:
    """Return the table `mistakes`, one row per concept_id.

    Card: `openstrat data describe mistakes`.
    """
    return cast("DataFrame[Mistakes]", read_table("mistakes"))


def load_moats() -> DataFrame[Moats]:
    """Return the table `moats`, one row per concept_id.

    Card: `openstrat data describe moats`.
    """
    return cast("DataFrame[Moats]", read_table("moats"))


def load_mof_components() -> DataFrame[MofComponents]:
    """Return the table `mof_components`, one row per position.

    Card: `openstrat data describe mof_components`.
    """
    return cast("DataFrame[MofComponents]", read_table("mof_components"))


def load_mof_licenses() -> DataFrame[MofLicenses]:
    """Return the table `mof_licenses`, one row per name.

    Card: `openstrat data describe mof_licenses`.
    """
    return cast("DataFrame[MofLicenses]", read_table("mof_licenses"))


def load_mof_record_classes() -> DataFrame[MofRecordClasses]:
    """Return the table `mof_record_classes`, one row per release_id.

    Card: `openstrat data describe mof_record_classes`.
    """
    return cast("DataFrame[MofRecordClasses]", read_table("mof_record_classes"))


def load_motives() -> DataFrame[Motives]:
    """Return the table `motives`, one row per concept_id.

    Card: `openstrat data describe motives`.
    """
    return cast("DataFrame[Motives]", read_table("motives"))


def load_myths() -> DataFrame[Myths]:
    """Return the table `myths`, one row per concept_id.

    Card: `openstrat data describe myths`.
    """
    return cast("DataFrame[Myths]", read_table("myths"))


def load_openness_base_rates() -> DataFrame[OpennessBaseRates]:
    """Return the table `openness_base_rates`, one row per kind, category, openness_class.

    Card: `openstrat data describe openness_base_rates`.
    """
    return cast("DataFrame[OpennessBaseRates]", read_table("openness_base_rates"))


def load_openness_index_grades() -> DataFrame[OpennessIndexGrades]:
    """Return the table `openness_index_grades`, one row per release_id, dimension.

    Card: `openstrat data describe openness_index_grades`.
    """
    return cast("DataFrame[OpennessIndexGrades]", read_table("openness_index_grades"))


def load_package_downloads() -> DataFrame[PackageDownloads]:
    """Return the table `package_downloads`, one row per package, observed_on.

    Card: `openstrat data describe package_downloads`.
    """
    return cast("DataFrame[PackageDownloads]", read_table("package_downloads"))


def load_playbooks() -> DataFrame[Playbooks]:
    """Return the table `playbooks`, one row per playbook_id.

    Card: `openstrat data describe playbooks`.
    """
    return cast("DataFrame[Playbooks]", read_table("playbooks"))


def load_project_indicators() -> DataFrame[ProjectIndicators]:
    """Return the table `project_indicators`, one row per repository.

    Card: `openstrat data describe project_indicators`.
    """
    return cast("DataFrame[ProjectIndicators]", read_table("project_indicators"))


def load_projects() -> DataFrame[Projects]:
    """Return the table `projects`, one row per project_id.

    Card: `openstrat data describe projects`.
    """
    return cast("DataFrame[Projects]", read_table("projects"))


def load_published_findings() -> DataFrame[PublishedFindings]:
    """Return the table `published_findings`, one row per finding_id.

    Card: `openstrat data describe published_findings`.
    """
    return cast("DataFrame[PublishedFindings]", read_table("published_findings"))


def load_release_claims() -> DataFrame[ReleaseClaims]:
    """Return the table `release_claims`, one row per release_id, claim, said_by.

    Card: `openstrat data describe release_claims`.
    """
    return cast("DataFrame[ReleaseClaims]", read_table("release_claims"))


def load_release_components() -> DataFrame[ReleaseComponents]:
    """Return the table `release_components`, one row per release_id, component.

    Card: `openstrat data describe release_components`.
    """
    return cast("DataFrame[ReleaseComponents]", read_table("release_components"))


def load_releases() -> DataFrame[Releases]:
    """Return the table `releases`, one row per release_id.

    Card: `openstrat data describe releases`.
    """
    return cast("DataFrame[Releases]", read_table("releases"))


def load_repositories() -> DataFrame[Repositories]:
    """Return the table `repositories`, one row per repository.

    Card: `openstrat data describe repositories`.
    """
    return cast("DataFrame[Repositories]", read_table("repositories"))


def load_repository_packages() -> DataFrame[RepositoryPackages]:
    """Return the table `repository_packages`, one row per package.

    Card: `openstrat data describe repository_packages`.
    """
    return cast("DataFrame[RepositoryPackages]", read_table("repository_packages"))


def load_risks() -> DataFrame[Risks]:
    """Return the table `risks`, one row per concept_id.

    Card: `openstrat data describe risks`.
    """
    return cast("DataFrame[Risks]", read_table("risks"))


def load_run_code() -> DataFrame[RunCode]:
    """Return the table `run_code`, one row per release_id, implementation.

    Card: `openstrat data describe run_code`.
    """
    return cast("DataFrame[RunCode]", read_table("run_code"))


def load_scenarios() -> DataFrame[Scenarios]:
    """Return the table `scenarios`, one row per concept_id.

    Card: `openstrat data describe scenarios`.
    """
    return cast("DataFrame[Scenarios]", read_table("scenarios"))


def load_sources() -> DataFrame[Sources]:
    """Return the table `sources`, one row per source_id.

    Card: `openstrat data describe sources`.
    """
    return cast("DataFrame[Sources]", read_table("sources"))


def load_stack_map_classes() -> DataFrame[StackMapClasses]:
    """Return the table `stack_map_classes`, one row per release_id.

    Card: `openstrat data describe stack_map_classes`.
    """
    return cast("DataFrame[StackMapClasses]", read_table("stack_map_classes"))


def load_stars_monthly() -> DataFrame[StarsMonthly]:
    """Return the table `stars_monthly`, one row per repository, month.

    Card: `openstrat data describe stars_monthly`.
    """
    return cast("DataFrame[StarsMonthly]", read_table("stars_monthly"))


def load_transparency_scores() -> DataFrame[TransparencyScores]:
    """Return the table `transparency_scores`, one row per organization, edition.

    Card: `openstrat data describe transparency_scores`.
    """
    return cast("DataFrame[TransparencyScores]", read_table("transparency_scores"))
