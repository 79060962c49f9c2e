"""Loaders of the tables in `data/guidance`, and of the table of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_checks import ChecklistQuestions, Mistakes, Moats, Myths, Risks, Scenarios
    from openstrat.tables.models_choices import FamilyLicenses
    from openstrat.tables.models_claims import ClaimEvidence, ClaimGroups, Claims
    from openstrat.tables.models_concept_uses import ConceptUses
    from openstrat.tables.models_contributions import ContributionTerms
    from openstrat.tables.models_guidance import Concepts, Evidence, Layers, Motives, Playbooks
    from openstrat.tables.models_sources import Sources

__all__ = [
    "load_checklist",
    "load_claim_evidence",
    "load_claim_groups",
    "load_claims",
    "load_concept_uses",
    "load_concepts",
    "load_contribution_terms",
    "load_evidence",
    "load_family_licenses",
    "load_layers",
    "load_mistakes",
    "load_moats",
    "load_motives",
    "load_myths",
    "load_playbooks",
    "load_risks",
    "load_scenarios",
    "load_sources",
]


def load_checklist() -> DataFrame[ChecklistQuestions]:
    """Return the table `checklist`, one row per concept_id.

    Card: `openstrat data describe checklist`.
    """
    return cast("DataFrame[ChecklistQuestions]", read_table("checklist"))


def load_claim_evidence() -> DataFrame[ClaimEvidence]:
    """Return the table `claim_evidence`, one row per claim_id, evidence_id.

    Card: `openstrat data describe claim_evidence`.
    """
    return cast("DataFrame[ClaimEvidence]", read_table("claim_evidence"))


def load_claim_groups() -> DataFrame[ClaimGroups]:
    """Return the table `claim_groups`, one row per test_id, item, edition.

    Card: `openstrat data describe claim_groups`.
    """
    return cast("DataFrame[ClaimGroups]", read_table("claim_groups"))


def load_claims() -> DataFrame[Claims]:
    """Return the table `claims`, one row per claim_id.

    Card: `openstrat data describe claims`.
    """
    return cast("DataFrame[Claims]", read_table("claims"))


def load_concept_uses() -> DataFrame[ConceptUses]:
    """Return the table `concept_uses`, one row per concept_id.

    Card: `openstrat data describe concept_uses`.
    """
    return cast("DataFrame[ConceptUses]", read_table("concept_uses"))


def load_concepts() -> DataFrame[Concepts]:
    """Return the table `concepts`, one row per concept_id.

    Card: `openstrat data describe concepts`.
    """
    return cast("DataFrame[Concepts]", read_table("concepts"))


def load_contribution_terms() -> DataFrame[ContributionTerms]:
    """Return the table `contribution_terms`, one row per contribution_terms_id.

    Card: `openstrat data describe contribution_terms`.
    """
    return cast("DataFrame[ContributionTerms]", read_table("contribution_terms"))


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


def load_layers() -> DataFrame[Layers]:
    """Return the table `layers`, one row per layer_id.

    Card: `openstrat data describe layers`.
    """
    return cast("DataFrame[Layers]", read_table("layers"))


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


def load_playbooks() -> DataFrame[Playbooks]:
    """Return the table `playbooks`, one row per playbook_id.

    Card: `openstrat data describe playbooks`.
    """
    return cast("DataFrame[Playbooks]", read_table("playbooks"))


def load_risks() -> DataFrame[Risks]:
    """Return the table `risks`, one row per concept_id.

    Card: `openstrat data describe risks`.
    """
    return cast("DataFrame[Risks]", read_table("risks"))


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
