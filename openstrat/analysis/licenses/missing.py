"""What an asker did not say although it decides: the figures and the place that open answers hang on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.permissions import Answer
from openstrat.tables.cells import split_list
from openstrat.tables.license_vocabulary import ThresholdUnit

if TYPE_CHECKING:
    import pandas as pd

    from openstrat.analysis.licenses.askers import Asker

FIGURES: dict[str, str] = {
    ThresholdUnit.MAU: "users",
    ThresholdUnit.DAU: "daily_users",
    ThresholdUnit.PEOPLE: "people",
    ThresholdUnit.USD_PER_MONTH: "revenue_usd",
    ThresholdUnit.USD_PER_YEAR: "revenue_usd",
    ThresholdUnit.USD_PER_12_MONTHS: "revenue_usd",
}
"""Which figure of an asker a test in each unit counts."""


def missing_figures(verdicts: pd.DataFrame, asker: Asker, thresholds: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return, for each verdict, what would decide it and was not given: names of fields of `Asker`; nothing for settled answers.

    `verdicts` has the columns of `ruling_frame`, `thresholds` is the table license_thresholds.
    """
    units = {(row["license_id"], str(row["test_no"])): row["unit"] for row in thresholds.to_dict("records")}
    asked = zip(verdicts["license_id"], verdicts["answer"], verdicts["decided_by"], strict=True)
    return [
        tuple(dict.fromkeys(_fields(license_id, split_list(cells), units, asker))) if answer == Answer.UNKNOWN else ()
        for license_id, answer, cells in asked
    ]


def _fields(license_id: str, cells: Iterable[str], units: dict[tuple[str, str], str], asker: Asker) -> Iterable[str]:
    for cell in cells:
        number = cell.removeprefix("license_thresholds ")
        is_region = cell.startswith("geographic_exclusion") and not cell.endswith("= blank")
        name = "territory" if is_region else FIGURES.get(units.get((license_id, number), ""))
        if name and getattr(asker, name) is None:
            yield name
