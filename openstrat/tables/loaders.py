"""One typed loader a table. Each answers from memory after the first call; the checksum is compared once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_choices import Assumptions, FamilyLicenses
    from openstrat.tables.models_licenses import LicenseAliases, LicenseHistory, LicenseTerms, LicenseThresholds, Licenses
    from openstrat.tables.models_projects import OpennessBaseRates, ProjectIndicators, Projects
    from openstrat.tables.models_releases import ReleaseComponents, Releases
    from openstrat.tables.models_sources import Sources

__all__ = [
    "load_assumptions",
    "load_family_licenses",
    "load_license_aliases",
    "load_license_history",
    "load_license_terms",
    "load_license_thresholds",
    "load_licenses",
    "load_openness_base_rates",
    "load_project_indicators",
    "load_projects",
    "load_release_components",
    "load_releases",
    "load_sources",
]


def load_assumptions() -> DataFrame[Assumptions]:
    """Return default ranges of uncertain inputs. Rows: one per name. Card: `openstrat data describe assumptions`."""
    return cast("DataFrame[Assumptions]", read_table("assumptions"))


def load_family_licenses() -> DataFrame[FamilyLicenses]:
    """Return the license that stands for a family. Rows: one per family and asset. Card: `openstrat data describe family_licenses`."""
    return cast("DataFrame[FamilyLicenses]", read_table("family_licenses"))


def load_license_aliases() -> DataFrame[LicenseAliases]:
    """Return other spellings of license identifiers. Rows: one per alias. Card: `openstrat data describe license_aliases`."""
    return cast("DataFrame[LicenseAliases]", read_table("license_aliases"))


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


def load_openness_base_rates() -> DataFrame[OpennessBaseRates]:
    """Return how often AI products are open, by category. Rows: one per kind and category and openness_class. Card: `openstrat data describe openness_base_rates`."""
    return cast("DataFrame[OpennessBaseRates]", read_table("openness_base_rates"))


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


def load_sources() -> DataFrame[Sources]:
    """Return sources. Rows: one per source_id. Card: `openstrat data describe sources`."""
    return cast("DataFrame[Sources]", read_table("sources"))
