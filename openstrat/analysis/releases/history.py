"""How the license of a model family changed: what each step added, and what it dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from openstrat.analysis.licenses.placement import place_license
from openstrat.errors import UnknownNameError
from openstrat.tables.cells import split_list
from openstrat.terms import AssetType, OpennessLevel, Restriction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COLUMNS = [
    "step",
    "changed_on",
    "artifact",
    "license_before",
    "license_id",
    "level",
    "restrictions",
    "added",
    "dropped",
    "direction",
    "confidence",
    "source_ids",
]
PERIOD_COLUMNS = ["family", "from_on", "to_on", "license_id", "level", "restrictions", "change", "source_ids"]


def family_history(family: str, history: pd.DataFrame, terms: pd.DataFrame, licenses: pd.DataFrame) -> pd.DataFrame:
    """Return the license steps of a model family for its weights, oldest first, undated steps last.

    Columns: step (0 is the license before the first change, where it is known), changed_on, artifact, license_before, license_id, level,
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
        rows.append(
            row | {key: change[key] for key in ("changed_on", "artifact", "license_before", "direction", "confidence", "source_ids")}
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def license_periods(steps: pd.DataFrame, licenses: pd.DataFrame, *, family: str, as_of: str) -> pd.DataFrame:
    """Return from when to when each license of a family was its current one for some model, oldest first.

    Columns: family, from_on, to_on (dates; blank: nothing had replaced it by `as_of`), license_id, level, restrictions, change
    (what the step brought, in words), source_ids. A license lasts until a later step names it as the one before. Dates known by
    month or year count from their first day. Left out are steps without a date, and a first license unless it is one of the
    family's own making whose publication is dated: a listed license is older than any model under it.

    Parameters
    ----------
    steps
        What `family_history` returns.
    licenses
        The table licenses, for the publication of the first license.
    family
        Name that the rows carry.
    as_of
        Later steps are left out, `YYYY-MM-DD`.
    """
    own = licenses[~licenses["is_spdx_listed"]]
    published = own.set_index("license_id")["published_on"]
    dated = steps.assign(from_on=steps["changed_on"].where(steps["step"] > 0, steps["license_id"].map(published)))
    dated = dated[dated["from_on"].notna()].assign(from_on=lambda frame: pd.to_datetime(frame["from_on"].map(_first_day)))
    dated = dated[dated["from_on"] <= pd.Timestamp(as_of)].sort_values("from_on", kind="stable")
    rows = [
        {
            "family": family,
            "from_on": row["from_on"],
            "to_on": _replaced_on(row, dated),
            "license_id": row["license_id"],
            "level": row["level"],
            "restrictions": row["restrictions"],
            "change": _in_words(row),
            "source_ids": row["source_ids"],
        }
        for row in dated.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=PERIOD_COLUMNS)


def _first_day(partial: str) -> str:
    return f"{partial}-01-01"[:10] if len(partial) == len("2026") else f"{partial}-01"[:10]


def _replaced_on(row: Mapping[Any, Any], dated: pd.DataFrame) -> pd.Timestamp | None:
    later = dated[(dated["license_before"] == row["license_id"]) & (dated["from_on"] > row["from_on"])]
    return None if later.empty else later["from_on"].min()


def _in_words(row: Mapping[Any, Any]) -> str:
    signs = {"added": "+", "dropped": "\u2212"}
    moves = [f"{sign} {item.replace('_', ' ')}" for column, sign in signs.items() for item in split_list(row[column])]
    name = row["artifact"] if isinstance(row["artifact"], str) else "first license"
    return f"{name}: {', '.join(moves)}" if moves else str(name)


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
