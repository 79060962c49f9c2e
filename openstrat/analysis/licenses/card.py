"""One license on a card: its facts, where it puts a work, what it answers, and how it was read."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.licenses.comparison import answers_of, bottom_line
from openstrat.analysis.licenses.placement import Placement, cell_values, place_license
from openstrat.terms import AssetType

FLAGS = ("is_spdx_listed", "is_spdx_deprecated", "is_osi_approved", "is_fsf_libre", "has_terms")
WORDS = ("family", "steward", "published_on", "scancode_category", "blueoak_rating")


@dataclass(frozen=True)
class LicenseCard:
    """What is known about one license: facts by column of the table licenses, positions by asset, replies, and how it was read.

    A fact is text, a tuple of words, or true or false; None is unknown.
    `answers` has the columns of `Comparison.answers`, for the first kind of asset that the license is written for.
    """

    license_id: str
    name: str
    facts: dict[str, str | bool | tuple[str, ...] | None]
    placements: tuple[Placement, ...]
    bottom_line: str
    answers: pd.DataFrame
    evidence: str
    cautions: tuple[str, ...]


def license_card(
    license_id: str, *, terms: pd.DataFrame, thresholds: pd.DataFrame, licenses: pd.DataFrame, note: str | None = None
) -> LicenseCard:
    """Return what is known about one license of the table licenses; `note` is a caution that the caller adds.

    `terms`, `thresholds` and `licenses` are the tables license_terms, license_thresholds and licenses.
    """
    entry = licenses[licenses["license_id"] == license_id].iloc[0]
    written_for = [AssetType(kind) for kind in cell_values(entry["asset_types"])]
    placements = tuple(place_license(license_id, asset, terms, licenses) for asset in written_for or [AssetType.CODE])
    answers = answers_of(license_id, placements[0].asset, terms=terms, thresholds=thresholds)
    read = terms["license_id"].eq(license_id).any()
    cautions = [note] if note else []
    cautions += [] if read else ["The terms of this license were not read here, so nothing is concluded from its name."]
    if placements[0].confidence == "secondary" and read:
        cautions.append("From descriptions of the text, not the text itself.")
    return LicenseCard(
        license_id,
        str(entry["name"]),
        _facts(entry),
        placements,
        bottom_line(placements[0]) if read else "",
        answers,
        _evidence(license_id, terms),
        tuple(cautions),
    )


def _facts(entry: pd.Series) -> dict[str, str | bool | tuple[str, ...] | None]:
    flags = {name: None if pd.isna(entry[name]) else bool(entry[name]) for name in FLAGS}
    words = {name: None if pd.isna(entry[name]) else str(entry[name]) for name in WORDS}
    return {**words, "asset_types": cell_values(entry["asset_types"]), **flags}


def _evidence(license_id: str, terms: pd.DataFrame) -> str:
    rows = terms.loc[terms["license_id"] == license_id, "evidence"]
    return str(rows.iloc[0]) if len(rows) else ""
