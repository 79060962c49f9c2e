"""Loaders of the tables in `data/licenses`, and of the aliases in `data/etc`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_authorities import AuthorityDisagreements
    from openstrat.tables.models_compatibility import CompatibilityClauses, DelayedOpenings, EditedStandardTexts
    from openstrat.tables.models_license_texts import LicenseTexts
    from openstrat.tables.models_licenses import LicenseAliases, LicenseHistory, Licenses, LicenseTerms, LicenseThresholds
    from openstrat.tables.models_mof import MofLicenses

__all__ = [
    "load_authority_disagreements",
    "load_compatibility_clauses",
    "load_delayed_openings",
    "load_edited_standard_texts",
    "load_license_aliases",
    "load_license_history",
    "load_license_terms",
    "load_license_texts",
    "load_license_thresholds",
    "load_licenses",
    "load_mof_licenses",
]


def load_authority_disagreements() -> DataFrame[AuthorityDisagreements]:
    """Return the table `authority_disagreements`, one row per license_id, authority.

    Card: `openstrat data describe authority_disagreements`.
    """
    return cast("DataFrame[AuthorityDisagreements]", read_table("authority_disagreements"))


def load_compatibility_clauses() -> DataFrame[CompatibilityClauses]:
    """Return the table `compatibility_clauses`, one row per inbound_license_id, outbound_license_id.

    Card: `openstrat data describe compatibility_clauses`.
    """
    return cast("DataFrame[CompatibilityClauses]", read_table("compatibility_clauses"))


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


def load_license_aliases() -> DataFrame[LicenseAliases]:
    """Return the table `license_aliases`, one row per alias.

    Card: `openstrat data describe license_aliases`.
    """
    return cast("DataFrame[LicenseAliases]", read_table("license_aliases"))


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


def load_mof_licenses() -> DataFrame[MofLicenses]:
    """Return the table `mof_licenses`, one row per name.

    Card: `openstrat data describe mof_licenses`.
    """
    return cast("DataFrame[MofLicenses]", read_table("mof_licenses"))
