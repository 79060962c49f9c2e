"""Loaders of the tables in `data/projects`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_conduct import Maintenance
    from openstrat.tables.models_projects import OpennessBaseRates, ProjectIndicators, Projects

__all__ = [
    "load_maintenance",
    "load_openness_base_rates",
    "load_project_indicators",
    "load_projects",
]


def load_maintenance() -> DataFrame[Maintenance]:
    """Return the table `maintenance`, one row per repository, as_of.

    Card: `openstrat data describe maintenance`.
    """
    return cast("DataFrame[Maintenance]", read_table("maintenance"))


def load_openness_base_rates() -> DataFrame[OpennessBaseRates]:
    """Return the table `openness_base_rates`, one row per kind, category, openness_class.

    Card: `openstrat data describe openness_base_rates`.
    """
    return cast("DataFrame[OpennessBaseRates]", read_table("openness_base_rates"))


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
