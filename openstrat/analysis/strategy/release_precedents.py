"""License steps of model families that resemble a case: how far each is from it, what matched, what the family did next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

from openstrat.analysis.forks.dates import first_days, last_days
from openstrat.analysis.strategy.features import Features
from openstrat.errors import InputError
from openstrat.terms import Direction, LicenseFamily, OpennessLevel, Term

VOCABULARIES: dict[str, type[Term]] = {
    "level_before": OpennessLevel,
    "level_after": OpennessLevel,
    "family_before": LicenseFamily,
    "family_after": LicenseFamily,
    "direction": Direction,
}
NOT_IN_TABLES = ("kind of steward", "how the maker earns money", "whether the model was its best")
"""What else would make a release resemble a case; the tables do not hold it, so it is never compared."""
NOTHING_BEFORE = OpennessLevel.CLOSED
"""Before the first license of a family nothing had been delivered."""
COLUMNS = [
    "family",
    "artifact",
    "changed_on",
    "license_before",
    "license_after",
    "direction",
    "level_before",
    "level_after",
    "distance",
    "n_features",
    "matched",
    "differed",
    "is_tie",
    "next_on",
    "next_license",
    "next_direction",
    "next_artifact",
    "confidence",
    "source_ids",
]


@dataclass(frozen=True)
class ReleaseFeatures(Features):
    """What is known of a planned release of weights, in the words of the tables; a feature left at None is not compared.

    Raises
    ------
    UnknownNameError
        If a value is not in the feature's vocabulary.
    InputError
        If no feature is given.
    """

    vocabularies: ClassVar[Mapping[str, type[Term]]] = VOCABULARIES
    level_before: str | None = None
    level_after: str | None = None
    family_before: str | None = None
    family_after: str | None = None
    direction: str | None = None


def nearest_releases(
    features: ReleaseFeatures,
    history: pd.DataFrame,
    *,
    families: Mapping[str, str],
    level_of: Callable[[str], OpennessLevel],
    as_of: dt.date,
    most: int = 5,
) -> pd.DataFrame:
    """Return up to `most` license steps of model families nearest to a planned release, one row a step, columns `COLUMNS`.

    `distance` is the share of mismatches among the features known on both sides (Gower's distance for categories), 0 to 1. Steps
    stand nearest first; among ties those with more features known, then the newest; ties are marked also where a tied step was cut
    off. The next step is the first later one of the family that names this step's license as the one before; blank where none is
    known by `as_of`.

    Parameters
    ----------
    features
        What is known of the planned release.
    history
        The table license_history.
    families
        license_id to family.
    level_of
        Gives the openness level of weights under a license.
    as_of
        Steps count when they had certainly happened by this day; undated ones never do.
    most
        How many steps to return.

    Raises
    ------
    InputError
        If `most` is below 1.
    """
    if most < 1:
        raise InputError(f"Ask for at least 1 precedent; got most={most}.")
    dated = history[last_days(history["changed_on"]) <= pd.Timestamp(as_of)]
    compared = [_compared(features.known, row, families, level_of) for row in _records(dated)]
    scored = pd.DataFrame([row for row in compared if row["n_features"]])
    if scored.empty:
        return pd.DataFrame(columns=COLUMNS)
    scored["is_tie"] = scored["distance"].duplicated(keep=False)
    ordered = scored.sort_values(["distance", "n_features", "changed_on", "family"], ascending=[True, False, False, True])
    nearest = ordered.head(most).reset_index(drop=True)
    after = pd.DataFrame([_next(row, dated) for row in _records(nearest)])
    return pd.concat([nearest, after], axis=1)[COLUMNS]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _compared(
    known: Mapping[str, str], row: dict[str, Any], families: Mapping[str, str], level_of: Callable[[str], OpennessLevel]
) -> dict[str, Any]:
    theirs = _features(row, families, level_of)
    shared = [name for name in known if theirs[name] is not None]
    differed = [name for name in shared if theirs[name] != known[name]]
    return row | {
        "level_before": theirs["level_before"],
        "level_after": theirs["level_after"],
        "distance": len(differed) / len(shared) if shared else None,
        "n_features": len(shared),
        "matched": "; ".join(f"{_words(name)}: {_words(known[name])}" for name in shared if name not in differed),
        "differed": "; ".join(f"{_words(name)}: {_words(theirs[name])}, not {_words(known[name])}" for name in differed),
    }


def _features(row: Mapping[str, Any], families: Mapping[str, str], level_of: Callable[[str], OpennessLevel]) -> dict[str, str | None]:
    before, after = row["license_before"], row["license_after"]
    is_first = row["direction"] == Direction.NEW
    levels = {name: level_of(cell).value if isinstance(cell, str) else None for name, cell in (("before", before), ("after", after))}
    if levels["before"] is None and is_first:
        levels["before"] = NOTHING_BEFORE.value
    known = {name: None if level == OpennessLevel.UNDETERMINED else level for name, level in levels.items()}
    return {
        "level_before": known["before"],
        "level_after": known["after"],
        "family_before": families.get(before) if isinstance(before, str) else None,
        "family_after": families.get(after) if isinstance(after, str) else None,
        "direction": str(row["direction"]),
    }


def _next(row: Mapping[str, Any], dated: pd.DataFrame) -> dict[str, Any]:
    own = dated[dated["family"].eq(row["family"]) & dated["license_before"].eq(row["license_after"])]
    day = first_days(pd.Series([row["changed_on"]])).iloc[0]
    later = own[first_days(own["changed_on"]) > day].sort_values("changed_on")
    if later.empty:
        return {"next_on": None, "next_license": None, "next_direction": None, "next_artifact": None}
    step = later.iloc[0]
    taken = {"next_on": "changed_on", "next_license": "license_after", "next_direction": "direction", "next_artifact": "artifact"}
    return {name: step[column] for name, column in taken.items()}


def _words(value: object) -> str:
    return str(value).replace("_", " ")
