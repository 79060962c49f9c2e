"""Where one component of each AI release sits on the openness spectrum."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.licenses.placement import Placement, place_license, place_undelivered
from openstrat.terms import AssetType, ComponentStatus

UNDELIVERED = {ComponentStatus.CLOSED, ComponentStatus.NOT_RELEASED}


def place_releases(components: pd.DataFrame, terms: pd.DataFrame, licenses: pd.DataFrame, *, component: str = "weights") -> pd.DataFrame:
    """Return the position of one component of every release that records it, one row a release.

    Columns: release_id, license_id (blank: none named), level, restrictions ('; '-joined), reason, source_ids. What was not
    delivered is closed; a delivered part for which no source names a license is undetermined, and so is one whose license was
    not read.

    Parameters
    ----------
    components, terms, licenses
        The tables release_components, license_terms and licenses.
    component
        A value of `Component`.
    """
    rows = []
    for part in components[components["component"] == component].to_dict("records"):
        placed = _place(part["status"], part["license_id"], AssetType(part["asset"]), terms, licenses)
        if placed is None:
            level, reason = "undetermined", "Delivered, but no source names its license."
        else:
            level, reason = placed.level.value, placed.reason
        restrictions = [] if placed is None else [ground.restriction.value for ground in placed.restrictions]
        row = {"release_id": part["release_id"], "license_id": part["license_id"], "level": level, "restrictions": "; ".join(restrictions)}
        rows.append(row | {"reason": reason, "source_ids": part["source_ids"]})
    return pd.DataFrame(rows, columns=["release_id", "license_id", "level", "restrictions", "reason", "source_ids"])


def _place(status: str, license_id: object, asset: AssetType, terms: pd.DataFrame, licenses: pd.DataFrame) -> Placement | None:
    if status in UNDELIVERED:
        return place_undelivered(asset)
    if isinstance(license_id, str):
        return place_license(license_id, asset, terms, licenses)
    return place_license(None, asset, terms, licenses) if status == ComponentStatus.PUBLISHED_WITHOUT_LICENSE else None
