"""One typed loader a table. Each answers from memory after the first call; the checksum is compared once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_adoption import PackageDownloads, RepositoryPackages, StarsMonthly
    from openstrat.tables.models_checks import ChecklistQuestions, Mistakes, Moats, Myths, Risks, Scenarios
    from openstrat.tables.models_choices import Assumptions, FamilyLicenses
    from openstrat.tables.models_forks import ActivityMonthly, CoreTransitions, ForkEvents, LicenseChanges, MigrationMonthly, Repositories
    from openstrat.tables.models_guidance import Concepts, Evidence, Layers, Motives, Playbooks
    from openstrat.tables.models_licenses import LicenseAliases, LicenseHistory, LicenseTerms, LicenseThresholds, Licenses
    from openstrat.tables.models_projects import OpennessBaseRates, ProjectIndicators, Projects
    from openstrat.tables.models_releases import ReleaseComponents, Releases
    from openstrat.tables.models_sources import Sources

__all__ = [
    "load_activity_monthly",
    "load_assumptions",
    "load_checklist",
    "load_concepts",
    "load_core_transitions",
    "load_evidence",
    "load_family_licenses",
    "load_fork_events",
    "load_layers",
    "load_license_aliases",
    "load_license_changes",
    "load_license_history",
    "load_license_terms",
    "load_license_thresholds",
    "load_licenses",
    "load_migration_monthly",
    "load_mistakes",
    "load_moats",
    "load_motives",
    "load_myths",
    "load_openness_base_rates",
    "load_package_downloads",
    "load_playbooks",
    "load_project_indicators",
    "load_projects",
    "load_release_components",
    "load_releases",
    "load_repositories",
    "load_repository_packages",
    "load_risks",
    "load_scenarios",
    "load_sources",
    "load_stars_monthly",
]


def load_activity_monthly() -> DataFrame[ActivityMonthly]:
    """Return activity of repositories by month. Rows: one per repository and date_basis and month. Card: `openstrat data describe activity_monthly`."""
    return cast("DataFrame[ActivityMonthly]", read_table("activity_monthly"))


def load_assumptions() -> DataFrame[Assumptions]:
    """Return default ranges of uncertain inputs. Rows: one per name. Card: `openstrat data describe assumptions`."""
    return cast("DataFrame[Assumptions]", read_table("assumptions"))


def load_checklist() -> DataFrame[ChecklistQuestions]:
    """Return the go-open checklist. Rows: one per concept_id. Card: `openstrat data describe checklist`."""
    return cast("DataFrame[ChecklistQuestions]", read_table("checklist"))


def load_concepts() -> DataFrame[Concepts]:
    """Return concepts of open-source AI strategy. Rows: one per concept_id. Card: `openstrat data describe concepts`."""
    return cast("DataFrame[Concepts]", read_table("concepts"))


def load_core_transitions() -> DataFrame[CoreTransitions]:
    """Return where the people of the upstream went. Rows: one per fork and author_group and horizon_months. Card: `openstrat data describe core_transitions`."""
    return cast("DataFrame[CoreTransitions]", read_table("core_transitions"))


def load_evidence() -> DataFrame[Evidence]:
    """Return evidence for and against the concepts. Rows: one per evidence_id. Card: `openstrat data describe evidence`."""
    return cast("DataFrame[Evidence]", read_table("evidence"))


def load_family_licenses() -> DataFrame[FamilyLicenses]:
    """Return the license that stands for a family. Rows: one per family and asset. Card: `openstrat data describe family_licenses`."""
    return cast("DataFrame[FamilyLicenses]", read_table("family_licenses"))


def load_fork_events() -> DataFrame[ForkEvents]:
    """Return forks and what they answered. Rows: one per event_id. Card: `openstrat data describe fork_events`."""
    return cast("DataFrame[ForkEvents]", read_table("fork_events"))


def load_layers() -> DataFrame[Layers]:
    """Return layers of the stack: open, decide or hold. Rows: one per layer_id. Card: `openstrat data describe layers`."""
    return cast("DataFrame[Layers]", read_table("layers"))


def load_license_aliases() -> DataFrame[LicenseAliases]:
    """Return other spellings of license identifiers. Rows: one per alias. Card: `openstrat data describe license_aliases`."""
    return cast("DataFrame[LicenseAliases]", read_table("license_aliases"))


def load_license_changes() -> DataFrame[LicenseChanges]:
    """Return license changes of existing projects. Rows: one per change_id. Card: `openstrat data describe license_changes`."""
    return cast("DataFrame[LicenseChanges]", read_table("license_changes"))


def load_license_history() -> DataFrame[LicenseHistory]:
    """Return license changes of model families. Rows: one per family and artifact. Card: `openstrat data describe license_history`."""
    return cast("DataFrame[LicenseHistory]", read_table("license_history"))


def load_license_terms() -> DataFrame[LicenseTerms]:
    """Return terms of licenses. Rows: one per license_id. Card: `openstrat data describe license_terms`."""
    return cast("DataFrame[LicenseTerms]", read_table("license_terms"))


def load_license_thresholds() -> DataFrame[LicenseThresholds]:
    """Return thresholds in licenses. Rows: one per license_id and test_no. Card: `openstrat data describe license_thresholds`."""
    return cast("DataFrame[LicenseThresholds]", read_table("license_thresholds"))


def load_licenses() -> DataFrame[Licenses]:
    """Return licenses. Rows: one per license_id. Card: `openstrat data describe licenses`."""
    return cast("DataFrame[Licenses]", read_table("licenses"))


def load_migration_monthly() -> DataFrame[MigrationMonthly]:
    """Return people who moved from upstream to fork, by month. Rows: one per fork and month. Card: `openstrat data describe migration_monthly`."""
    return cast("DataFrame[MigrationMonthly]", read_table("migration_monthly"))


def load_mistakes() -> DataFrame[Mistakes]:
    """Return mistakes and how they are detected. Rows: one per concept_id. Card: `openstrat data describe mistakes`."""
    return cast("DataFrame[Mistakes]", read_table("mistakes"))


def load_moats() -> DataFrame[Moats]:
    """Return moats that count. Rows: one per concept_id. Card: `openstrat data describe moats`."""
    return cast("DataFrame[Moats]", read_table("moats"))


def load_motives() -> DataFrame[Motives]:
    """Return motives for opening. Rows: one per concept_id. Card: `openstrat data describe motives`."""
    return cast("DataFrame[Motives]", read_table("motives"))


def load_myths() -> DataFrame[Myths]:
    """Return moat myths. Rows: one per concept_id. Card: `openstrat data describe myths`."""
    return cast("DataFrame[Myths]", read_table("myths"))


def load_openness_base_rates() -> DataFrame[OpennessBaseRates]:
    """Return how often AI products are open, by category. Rows: one per kind and category and openness_class. Card: `openstrat data describe openness_base_rates`."""
    return cast("DataFrame[OpennessBaseRates]", read_table("openness_base_rates"))


def load_package_downloads() -> DataFrame[PackageDownloads]:
    """Return downloads of Python packages in 30 days. Rows: one per package and observed_on. Card: `openstrat data describe package_downloads`."""
    return cast("DataFrame[PackageDownloads]", read_table("package_downloads"))


def load_playbooks() -> DataFrame[Playbooks]:
    """Return playbooks. Rows: one per playbook_id. Card: `openstrat data describe playbooks`."""
    return cast("DataFrame[Playbooks]", read_table("playbooks"))


def load_project_indicators() -> DataFrame[ProjectIndicators]:
    """Return who does the work: activity and concentration measured in repositories. Rows: one per repository. Card: `openstrat data describe project_indicators`."""
    return cast("DataFrame[ProjectIndicators]", read_table("project_indicators"))


def load_projects() -> DataFrame[Projects]:
    """Return projects: what was opened, under which license, by whom, to sell what. Rows: one per project_id. Card: `openstrat data describe projects`."""
    return cast("DataFrame[Projects]", read_table("projects"))


def load_release_components() -> DataFrame[ReleaseComponents]:
    """Return components of AI releases. Rows: one per release_id and component. Card: `openstrat data describe release_components`."""
    return cast("DataFrame[ReleaseComponents]", read_table("release_components"))


def load_releases() -> DataFrame[Releases]:
    """Return AI model releases. Rows: one per release_id. Card: `openstrat data describe releases`."""
    return cast("DataFrame[Releases]", read_table("releases"))


def load_repositories() -> DataFrame[Repositories]:
    """Return repositories whose history was read. Rows: one per repository. Card: `openstrat data describe repositories`."""
    return cast("DataFrame[Repositories]", read_table("repositories"))


def load_repository_packages() -> DataFrame[RepositoryPackages]:
    """Return which package belongs to which repository. Rows: one per package. Card: `openstrat data describe repository_packages`."""
    return cast("DataFrame[RepositoryPackages]", read_table("repository_packages"))


def load_risks() -> DataFrame[Risks]:
    """Return risks of opening. Rows: one per concept_id. Card: `openstrat data describe risks`."""
    return cast("DataFrame[Risks]", read_table("risks"))


def load_scenarios() -> DataFrame[Scenarios]:
    """Return when opening helps. Rows: one per concept_id. Card: `openstrat data describe scenarios`."""
    return cast("DataFrame[Scenarios]", read_table("scenarios"))


def load_sources() -> DataFrame[Sources]:
    """Return sources. Rows: one per source_id. Card: `openstrat data describe sources`."""
    return cast("DataFrame[Sources]", read_table("sources"))


def load_stars_monthly() -> DataFrame[StarsMonthly]:
    """Return stars of repositories by month. Rows: one per repository and month. Card: `openstrat data describe stars_monthly`."""
    return cast("DataFrame[StarsMonthly]", read_table("stars_monthly"))
