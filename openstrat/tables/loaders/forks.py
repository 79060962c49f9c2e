"""Loaders of the tables in `data/forks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_conduct import LicenseChangeConduct
    from openstrat.tables.models_confounders import Confounders
    from openstrat.tables.models_findings import CountingPanel, FindingChecks, PublishedFindings
    from openstrat.tables.models_forks import ActivityMonthly, CoreTransitions, ForkEvents, LicenseChanges, MigrationMonthly, Repositories

__all__ = [
    "load_activity_monthly",
    "load_confounders",
    "load_core_transitions",
    "load_counting_panel",
    "load_finding_checks",
    "load_fork_events",
    "load_license_change_conduct",
    "load_license_changes",
    "load_migration_monthly",
    "load_published_findings",
    "load_repositories",
]


def load_activity_monthly() -> DataFrame[ActivityMonthly]:
    """Return the table `activity_monthly`, one row per repository, date_basis, month.

    Card: `openstrat data describe activity_monthly`.
    """
    return cast("DataFrame[ActivityMonthly]", read_table("activity_monthly"))


def load_confounders() -> DataFrame[Confounders]:
    """Return the table `confounders`, one row per confounder_id.

    Card: `openstrat data describe confounders`.
    """
    return cast("DataFrame[Confounders]", read_table("confounders"))


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


def load_license_change_conduct() -> DataFrame[LicenseChangeConduct]:
    """Return the table `license_change_conduct`, one row per license_change_id.

    Card: `openstrat data describe license_change_conduct`.
    """
    return cast("DataFrame[LicenseChangeConduct]", read_table("license_change_conduct"))


def load_license_changes() -> DataFrame[LicenseChanges]:
    """Return the table `license_changes`, one row per change_id.

    Card: `openstrat data describe license_changes`.
    """
    return cast("DataFrame[LicenseChanges]", read_table("license_changes"))


def load_migration_monthly() -> DataFrame[MigrationMonthly]:
    """Return the table `migration_monthly`, one row per fork, month.

    Card: `openstrat data describe migration_monthly`.
    """
    return cast("DataFrame[MigrationMonthly]", read_table("migration_monthly"))


def load_published_findings() -> DataFrame[PublishedFindings]:
    """Return the table `published_findings`, one row per finding_id.

    Card: `openstrat data describe published_findings`.
    """
    return cast("DataFrame[PublishedFindings]", read_table("published_findings"))


def load_repositories() -> DataFrame[Repositories]:
    """Return the table `repositories`, one row per repository.

    Card: `openstrat data describe repositories`.
    """
    return cast("DataFrame[Repositories]", read_table("repositories"))
