"""Where each layer of each option would sit on the openness spectrum, computed from the license's terms."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from openstrat.analysis.openness import place_license
from openstrat.cases.schema import CLOSED, Case
from openstrat.terms import LAYER_ASSET, AssetType, Layer, LicenseFamily, OpennessLevel

FamilyLicenses = Mapping[tuple[str, str], str]
"""(family, asset) to the license that stands for it; see the family_licenses table."""


def family_licenses(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return (family, asset) to license id from the family_licenses table."""
    return {(row.family, row.asset): row.license_id for row in table.itertuples()}


def license_for(value: str, asset: AssetType, families: FamilyLicenses) -> str | None:
    """Return the license id that a case means for an asset: a given id, or the one that stands for a family.

    None for a closed layer, and for a family that has no license for that kind of asset (code's choice is tried first).
    """
    if value == CLOSED:
        return None
    if value not in set(LicenseFamily):
        return value
    return families.get((value, asset), families.get((value, AssetType.CODE)))


def place_options(case: Case, families: FamilyLicenses, terms: pd.DataFrame) -> pd.DataFrame:
    """Return the spectrum position of every layer under every option.

    One row an option and layer: option, layer, asset, given (what the case says), license_id, level, restrictions ('; '-joined),
    reason, confidence, source_ids. A closed layer has no license_id.
    """
    rows = [_place(option, layer, value, families, terms) for option in case.options for layer, value in case.licenses_of(option).items()]
    return pd.DataFrame(rows)


def _place(option: str, layer: Layer, value: str, families: FamilyLicenses, terms: pd.DataFrame) -> dict[str, object]:
    asset = LAYER_ASSET[layer]
    row: dict[str, object] = {"option": option, "layer": layer.value, "asset": asset.value, "given": value}
    license_id = license_for(value, asset, families)
    if license_id is None:
        level = OpennessLevel.CLOSED if value == CLOSED else OpennessLevel.UNDETERMINED
        reason = "Not delivered." if value == CLOSED else f"No {value} license stands for {asset.value}; name a license id in the case."
        return row | {"license_id": None, "level": level.value, "restrictions": "", "reason": reason, "confidence": None, "source_ids": ""}
    placed = place_license(license_id, asset, terms)
    return row | {
        "license_id": license_id,
        "level": placed.level.value,
        "restrictions": "; ".join(item.restriction.value for item in placed.restrictions),
        "reason": placed.reason,
        "confidence": placed.confidence,
        "source_ids": "; ".join(placed.source_ids),
    }


def movers(placements: pd.DataFrame) -> pd.DataFrame:
    """Return the layers whose position differs between options: layer, levels (low to high), and what moves them.

    One row a layer and level, with the options that lead to it and the reason of the first one.
    """
    spread = placements.groupby("layer")["level"].transform("nunique")
    moving = placements[spread > 1]
    grouped = moving.groupby(["layer", "level"], sort=False)
    table = grouped.agg(options=("option", ", ".join), license_id=("license_id", "first"), reason=("reason", "first")).reset_index()
    order = {layer.value: index for index, layer in enumerate(Layer)}
    return table.sort_values("layer", key=lambda column: column.map(order), kind="stable").reset_index(drop=True)
