"""How the license of a model family changed: what each step added, and what it dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from openstrat.analysis.licenses.placement import place_license
from openstrat.errors import UnknownNameError
from openstrat.terms import AssetType, OpennessLevel, Restriction

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = [
    "step",
    "changed_on",
    "artifact",
    "license_id",
    "level",
    "restrictions",
    "added",
    "dropped",
    "direction",
    "confidence",
    "source_ids",
]


def family_history(family: str, history: pd.DataFrame, terms: pd.DataFrame, licenses: pd.DataFrame) -> pd.DataFrame:
    """Return the license steps of a model family for its weights, oldest first, undated steps last.

    Columns: step (0 is the license before the first change, where it is known), changed_on, artifact, license_id, level,
    restrictions, added and dropped ('; '-joined; blank also when either side is undetermined), direction as recorded,
    confidence, source_ids. Each step is compared with the license that its own row names as the one before.

    Parameters
    ----------
    family
        A family of the table license_history.
    history, terms, licenses
        The tables license_history, license_terms and licenses.

    Raises
    ------
    UnknownNameError
        If no change is recorded for the family.
    """
    changes = history.loc[history["family"] == family].sort_values("changed_on", na_position="last", kind="stable")
    if changes.empty:
        raise UnknownNameError("model family", family, sorted(set(history["family"])))
    first = changes.iloc[0]
    rows = []
    if isinstance(first["license_before"], str):
        before = _position(first["license_before"], terms, licenses)
        rows.append(before | {"step": 0, "confidence": first["confidence"], "source_ids": first["source_ids"]})
    for step, change in enumerate(changes.to_dict("records"), start=1):
        after = _position(change["license_after"], terms, licenses)
        row = after | _difference(_position(change["license_before"], terms, licenses), after) | {"step": step}
        rows.append(row | {key: change[key] for key in ("changed_on", "artifact", "direction", "confidence", "source_ids")})
    return pd.DataFrame(rows, columns=COLUMNS)


def _position(license_id: object, terms: pd.DataFrame, licenses: pd.DataFrame) -> dict[str, object]:
    if not isinstance(license_id, str):
        return {"license_id": None, "level": OpennessLevel.UNDETERMINED.value, "restrictions": ""}
    placed = place_license(license_id, AssetType.WEIGHTS, terms, licenses)
    found = _joined(ground.restriction for ground in placed.restrictions)
    return {"license_id": license_id, "level": placed.level.value, "restrictions": found}


def _difference(before: dict[str, object], after: dict[str, object]) -> dict[str, str]:
    if OpennessLevel.UNDETERMINED.value in (before["level"], after["level"]):
        return {"added": "", "dropped": ""}
    old, new = ({item for item in str(side["restrictions"]).split("; ") if item} for side in (before, after))
    return {
        "added": _joined(item for item in Restriction if item in new - old),
        "dropped": _joined(item for item in Restriction if item in old - new),
    }


def _joined(items: Iterable[Restriction]) -> str:
    return "; ".join(item.value for item in items)
