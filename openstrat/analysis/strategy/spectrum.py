"""Where each layer of each option would sit on the openness spectrum, computed from the license's terms."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from openstrat.analysis.licenses.placement import DECIDING_COLUMNS, RESTRICTING_CELLS, place_license, place_undelivered, restrictions_of
from openstrat.cases.schema import CLOSED, Case
from openstrat.terms import LAYER_ASSET, AssetType, LicenseFamily, OpennessLevel, Restriction

FamilyLicenses = Mapping[tuple[str, str], str]
"""(family, asset) to the license that stands for it; see the family_licenses table."""


def family_licenses(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return (family, asset) to license id from the family_licenses table."""
    return dict(zip(zip(table["family"], table["asset"], strict=True), table["license_id"], strict=True))


def license_for(value: str, asset: AssetType, families: FamilyLicenses) -> str | None:
    """Return the license id that a case means for an asset: a given id, or the one that stands for a family.

    None for a closed layer, and for a family that has no license for that kind of asset (code's choice is tried first).
    """
    if value == CLOSED:
        return None
    if value not in set(LicenseFamily):
        return value
    return families.get((value, asset), families.get((value, AssetType.CODE)))


def place_options(case: Case, families: FamilyLicenses, terms: pd.DataFrame, licenses: pd.DataFrame) -> pd.DataFrame:
    """Return the spectrum position of every layer under every option.

    One row an option and layer: option, layer, asset, given (what the case says), license_id, level, restrictions ('; '-joined),
    reason, confidence, source_ids. A closed layer has no license_id.
    """
    rows = [
        {"option": option, "layer": layer.value, "asset": LAYER_ASSET[layer].value, "given": value}
        | _position(value, LAYER_ASSET[layer], families, terms, licenses)
        for option in case.options
        for layer, value in case.licenses_of(option).items()
    ]
    return pd.DataFrame(rows)


def _position(value: str, asset: AssetType, families: FamilyLicenses, terms: pd.DataFrame, licenses: pd.DataFrame) -> dict[str, object]:
    license_id = license_for(value, asset, families)
    if license_id is None and value != CLOSED:
        reason = f"No {value} license stands for {asset.value}; name a license id in the case."
        level = OpennessLevel.UNDETERMINED.value
        return {"license_id": None, "level": level, "restrictions": "", "reason": reason, "confidence": None, "source_ids": ""}
    placed = place_undelivered(asset) if license_id is None else place_license(license_id, asset, terms, licenses)
    return {
        "license_id": license_id,
        "level": placed.level.value,
        "restrictions": "; ".join(ground.restriction.value for ground in placed.restrictions),
        "reason": placed.reason,
        "confidence": placed.confidence.value if placed.confidence else None,
        "source_ids": "; ".join(placed.source_ids),
    }


def restriction_matrix(license_ids: list[str], terms: pd.DataFrame) -> pd.DataFrame:
    """Return what licenses restrict, one row a license and a kind of restriction that at least one of them has or may have.

    Columns: license_id, restriction, state (restricts, not known, does not), clause. Licenses without read terms are all
    'not known'.
    """
    rows = []
    for license_id in license_ids:
        found = terms.loc[terms["license_id"] == license_id]
        reading = restrictions_of({str(key): value for key, value in found.iloc[0].items()}) if len(found) else None
        grounds = {ground.restriction: ground.clause for ground in reading.restrictions} if reading else {}
        unknown = reading.unknown if reading else DECIDING_COLUMNS
        for restriction in Restriction:
            doubtful = any(column in unknown for (column, _), item in RESTRICTING_CELLS.items() if item == restriction)
            state = "restricts" if restriction in grounds else "not known" if doubtful else "does not"
            rows.append(
                {"license_id": license_id, "restriction": restriction.value, "state": state, "clause": grounds.get(restriction, "")}
            )
    matrix = pd.DataFrame(rows, columns=["license_id", "restriction", "state", "clause"])
    telling = matrix.groupby("restriction")["state"].transform(lambda states: (states != "does not").any())
    return matrix[telling.astype(bool)].reset_index(drop=True)


def movers(placements: pd.DataFrame) -> pd.DataFrame:
    """Return what moves layers off "closed": one row a license and position, with the layers it places and why.

    Columns: license_id, level, layers and options ('; '-joined), n_options, restrictions, reason, source_ids. Only layers whose
    position differs between options are counted.
    """
    spread = placements.groupby("layer")["level"].transform("nunique")
    moving = placements[(spread > 1) & placements["license_id"].notna()]
    grouped = moving.groupby(["license_id", "level"], sort=False)
    columns = {name: (name, "first") for name in ("restrictions", "reason", "source_ids")}
    return grouped.agg(layers=("layer", _distinct), options=("option", _distinct), n_options=("option", "nunique"), **columns).reset_index()


def _distinct(values: pd.Series[str]) -> str:
    return "; ".join(dict.fromkeys(values))
