"""Loaders of the tables in `data/economics`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_economics import Assumptions, FamilyCoefficients, Futures, ModelConstants

__all__ = ["load_assumptions", "load_family_coefficients", "load_futures", "load_model_constants"]


def load_assumptions() -> DataFrame[Assumptions]:
    """Return the table `assumptions`, one row per name.

    Card: `openstrat data describe assumptions`.
    """
    return cast("DataFrame[Assumptions]", read_table("assumptions"))


def load_family_coefficients() -> DataFrame[FamilyCoefficients]:
    """Return the table `family_coefficients`, one row per family.

    Card: `openstrat data describe family_coefficients`.
    """
    return cast("DataFrame[FamilyCoefficients]", read_table("family_coefficients"))


def load_futures() -> DataFrame[Futures]:
    """Return the table `futures`, one row per future_id.

    Card: `openstrat data describe futures`.
    """
    return cast("DataFrame[Futures]", read_table("futures"))


def load_model_constants() -> DataFrame[ModelConstants]:
    """Return the table `model_constants`, one row per name.

    Card: `openstrat data describe model_constants`.
    """
    return cast("DataFrame[ModelConstants]", read_table("model_constants"))
