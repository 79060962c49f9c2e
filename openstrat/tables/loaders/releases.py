"""Loaders of the tables in `data/releases`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_conduct import ReleaseConduct
    from openstrat.tables.models_mof import MofComponents
    from openstrat.tables.models_release_indices import (
        MofRecordClasses,
        OpennessIndexGrades,
        ReleaseClaims,
        RunCode,
        StackMapClasses,
        TransparencyScores,
    )
    from openstrat.tables.models_releases import ReleaseComponents, Releases

__all__ = [
    "load_mof_components",
    "load_mof_record_classes",
    "load_openness_index_grades",
    "load_release_claims",
    "load_release_components",
    "load_release_conduct",
    "load_releases",
    "load_run_code",
    "load_stack_map_classes",
    "load_transparency_scores",
]


def load_mof_components() -> DataFrame[MofComponents]:
    """Return the table `mof_components`, one row per position.

    Card: `openstrat data describe mof_components`.
    """
    return cast("DataFrame[MofComponents]", read_table("mof_components"))


def load_mof_record_classes() -> DataFrame[MofRecordClasses]:
    """Return the table `mof_record_classes`, one row per release_id.

    Card: `openstrat data describe mof_record_classes`.
    """
    return cast("DataFrame[MofRecordClasses]", read_table("mof_record_classes"))


def load_openness_index_grades() -> DataFrame[OpennessIndexGrades]:
    """Return the table `openness_index_grades`, one row per release_id, dimension.

    Card: `openstrat data describe openness_index_grades`.
    """
    return cast("DataFrame[OpennessIndexGrades]", read_table("openness_index_grades"))


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


def load_release_conduct() -> DataFrame[ReleaseConduct]:
    """Return the table `release_conduct`, one row per release_id, repository.

    Card: `openstrat data describe release_conduct`.
    """
    return cast("DataFrame[ReleaseConduct]", read_table("release_conduct"))


def load_releases() -> DataFrame[Releases]:
    """Return the table `releases`, one row per release_id.

    Card: `openstrat data describe releases`.
    """
    return cast("DataFrame[Releases]", read_table("releases"))


def load_run_code() -> DataFrame[RunCode]:
    """Return the table `run_code`, one row per release_id, implementation.

    Card: `openstrat data describe run_code`.
    """
    return cast("DataFrame[RunCode]", read_table("run_code"))


def load_stack_map_classes() -> DataFrame[StackMapClasses]:
    """Return the table `stack_map_classes`, one row per release_id.

    Card: `openstrat data describe stack_map_classes`.
    """
    return cast("DataFrame[StackMapClasses]", read_table("stack_map_classes"))


def load_transparency_scores() -> DataFrame[TransparencyScores]:
    """Return the table `transparency_scores`, one row per organization, edition.

    Card: `openstrat data describe transparency_scores`.
    """
    return cast("DataFrame[TransparencyScores]", read_table("transparency_scores"))
