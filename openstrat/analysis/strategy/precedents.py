"""License changes that resemble a case: how far each is from it, what matched, which fork followed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

from openstrat.analysis.strategy.features import Features
from openstrat.errors import InputError
from openstrat.tables.fork_terms import ReasonType, StewardType
from openstrat.terms import Direction, Layer, LicenseFamily, Term

SEPARATOR = "; "
VOCABULARIES: dict[str, type[Term]] = {
    "layer": Layer,
    "family_before": LicenseFamily,
    "family_after": LicenseFamily,
    "direction": Direction,
    "steward_type": StewardType,
    "reason_type": ReasonType,
}
RESTRICTION_ORDER = [
    LicenseFamily.DATA,
    LicenseFamily.PERMISSIVE,
    LicenseFamily.WEAK_COPYLEFT,
    LicenseFamily.STRONG_COPYLEFT,
    LicenseFamily.NETWORK_COPYLEFT,
    LicenseFamily.USE_RESTRICTED,
    LicenseFamily.SOURCE_AVAILABLE,
    LicenseFamily.CUSTOM_AI,
    LicenseFamily.NON_COMMERCIAL,
    LicenseFamily.PROPRIETARY,
]
"""Families from the least to the most restrictive: OR gives a user the least, AND the most restrictive one (concepts LF1 to LF4)."""
OUTSIDE = "outside_the_stack"
"""What a blank layer means: the project has no place in an AI company's stack, which differs from every layer."""
COLUMNS = [
    "change_id",
    "project",
    "repository",
    "changed_on",
    "license_before",
    "license_after",
    "direction",
    "distance",
    "n_features",
    "matched",
    "differed",
    "is_tie",
    "fork_event_id",
    "fork",
    "fork_repository",
    "fork_lag_days",
    "fork_outcome",
    "n_forks",
    "source_ids",
]


@dataclass(frozen=True)
class CaseFeatures(Features):
    """What is known of a case, in the words of the tables; a feature left at None is not compared.

    Raises
    ------
    UnknownNameError
        If a value is not in the feature's vocabulary.
    InputError
        If no feature is given.
    """

    vocabularies: ClassVar[Mapping[str, type[Term]]] = VOCABULARIES
    layer: str | None = None
    family_before: str | None = None
    family_after: str | None = None
    direction: str | None = None
    steward_type: str | None = None
    reason_type: str | None = None


def nearest_precedents(
    features: CaseFeatures,
    license_changes: pd.DataFrame,
    fork_events: pd.DataFrame,
    *,
    families: Mapping[str, str],
    as_of: dt.date,
    most: int = 5,
) -> pd.DataFrame:
    """Return up to `most` license changes nearest to a case, one row a change, columns `COLUMNS`.

    `distance` is the share of mismatches among the features known on both sides (Gower's distance for categories), 0 to 1;
    `n_features` says how many those are. `families` maps license_id to family. A change without a layer lies outside the stack
    and differs in it. Ties stand newest first, then by id, and are
    marked also where a tied change was cut off. A change counts when it had certainly happened by `as_of` (a month-precise one
    at the month's end). The fork is the one with the earliest first own commit by then, `n_forks` how many there were;
    `fork_lag_days` is that commit's day minus the change's, negative when work began before, unknown unless both are known to the
    day. `fork_outcome` is unknown when it was seen after `as_of`.

    Raises
    ------
    InputError
        If `most` is below 1.
    """
    if most < 1:
        raise InputError(f"Ask for at least 1 precedent; got most={most}.")
    rows = [_compared(features.known, row, families) for row in _records(license_changes) if _latest_day(row["changed_on"]) <= as_of]
    scored = pd.DataFrame([row for row in rows if row["n_features"]])
    if scored.empty:
        return pd.DataFrame(columns=COLUMNS)
    scored["is_tie"] = scored["distance"].duplicated(keep=False)
    newest_first = scored.sort_values("change_id").sort_values("changed_on", ascending=False, kind="stable")
    nearest = newest_first.sort_values("distance", kind="stable").head(most).reset_index(drop=True)
    return _with_forks(nearest, fork_events, as_of)[COLUMNS].astype({"fork_lag_days": "Int64", "n_forks": "Int64"})


def family_of(expression: str, families: Mapping[str, str]) -> str | None:
    """Return the family of a license expression: the freest choice of an OR, the strictest part of an AND.

    None when a license of the expression has no known family, or when it uses parentheses or WITH.
    """
    choices = []
    for choice in expression.split(" OR "):
        parts = [families.get(license_id) for license_id in choice.split(" AND ")]
        known = [LicenseFamily(part) for part in parts if isinstance(part, str) and part]
        if len(known) < len(parts):
            return None
        choices.append(max(known, key=RESTRICTION_ORDER.index))
    return min(choices, key=RESTRICTION_ORDER.index).value


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _compared(known: Mapping[str, str], row: dict[str, Any], families: Mapping[str, str]) -> dict[str, Any]:
    theirs = {
        **{name: row[name] for name in ("direction", "steward_type", "reason_type")},
        "layer": row["layer"] if isinstance(row["layer"], str) else OUTSIDE,
        "family_before": family_of(str(row["license_before"]), families),
        "family_after": family_of(str(row["license_after"]), families),
    }
    shared = [name for name in known if isinstance(theirs[name], str)]
    differed = [name for name in shared if theirs[name] != known[name]]
    return row | {
        "distance": len(differed) / len(shared) if shared else None,
        "n_features": len(shared),
        "matched": SEPARATOR.join(f"{_words(name)}: {_words(known[name])}" for name in shared if name not in differed),
        "differed": SEPARATOR.join(f"{_words(name)}: {_words(theirs[name])}, not {_words(known[name])}" for name in differed),
    }


def _with_forks(changes: pd.DataFrame, fork_events: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    started = pd.Series([_started_by(row, as_of) for row in _records(fork_events)], index=fork_events.index, dtype=bool)
    answers = fork_events[started & fork_events["license_change_id"].notna()].sort_values(["first_own_commit_on", "event_id"])
    n_forks = answers["license_change_id"].value_counts().rename("n_forks")
    joined = changes.drop(columns="source_ids").join(n_forks, on="change_id").fillna({"n_forks": 0})
    lead = answers.drop_duplicates("license_change_id").set_index("license_change_id")
    lead = lead.rename(columns={"event_id": "fork_event_id", "outcome": "fork_outcome", "source_ids": "fork_source_ids"})
    columns = ["fork_event_id", "fork", "fork_repository", "fork_outcome", "first_own_commit_on", "observed_until_on", "fork_source_ids"]
    joined = joined.join(lead[columns], on="change_id")
    exact = joined["changed_on"].where(joined["changed_precision"] == "day")
    lag = joined["first_own_commit_on"] - pd.to_datetime(exact, format="%Y-%m-%d")
    seen_later = joined["observed_until_on"] > pd.Timestamp(as_of)
    pairs = zip(changes["source_ids"], joined["fork_source_ids"], strict=True)
    return joined.assign(
        fork_lag_days=lag.dt.days,
        fork_outcome=joined["fork_outcome"].mask(seen_later),
        source_ids=[SEPARATOR.join(_unique(*pair)) for pair in pairs],
    )


def _started_by(row: Mapping[str, Any], as_of: dt.date) -> bool:
    own, announced = row["first_own_commit_on"], row["announced_on"]
    if isinstance(own, pd.Timestamp) and not pd.isna(own):
        return own.date() <= as_of
    return isinstance(announced, str) and _latest_day(announced) <= as_of


def _latest_day(partial: str) -> dt.date:
    """Return the last day a partial date can mean: 2019 gives 2019-12-31."""
    period = pd.Period(partial, freq={4: "Y", 7: "M", 10: "D"}[len(partial)])
    return period.end_time.date()


def _unique(*cells: object) -> list[str]:
    return list(dict.fromkeys(part for cell in cells if isinstance(cell, str) for part in cell.split(SEPARATOR)))


def _words(value: object) -> str:
    return str(value).replace("_", " ")
