"""Loader of the fork rubric in `data/economics`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_economics_forks import ForkRubric

__all__ = ["load_fork_rubric"]


def load_fork_rubric() -> DataFrame[ForkRubric]:
    """Return the table `fork_rubric`, one row per feature.

    Card: `openstrat data describe fork_rubric`.
    """
    return cast("DataFrame[ForkRubric]", read_table("fork_rubric"))
