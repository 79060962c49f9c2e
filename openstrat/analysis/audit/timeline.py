"""Licenses over time by place: which license a folder was under from when to when, and each change with its dates by both clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from openstrat.analysis.audit.standing import NO_FILE, RANKS, LicenseTables, Standing, standing_of
from openstrat.collect.git.trees import LicenseChange, Stamp
from openstrat.collect.license_text import TextReading
from openstrat.tables.cells import SEPARATOR
from openstrat.terms import OpennessLevel, Restriction, Term

ROOT_PLACE = "the whole repository"
PERIOD_COLUMNS = ["family", "from_on", "to_on", "license_id", "level", "restrictions", "change", "doubts", "commit", "source_ids"]
CHANGE_COLUMNS = [
    "place",
    "license_before",
    "license_after",
    "direction",
    "committed_on",
    "committed_local_on",
    "authored_on",
    "authored_local_on",
    "is_one_day",
    "commit",
]
MOST_PLACES = 10
SHORT = 12
"""Digits of a commit's hash that are shown."""
BEFORE_COPY = "not in this copy"
SYMBOLS = {"added": "+", "dropped": "\u2212"}


class Direction(Term):
    """Which way a change of license went."""

    FIRST = "first", "There was no license file before."
    EARLIER = "earlier", "It was there when this shallow copy begins; since when is not known."
    OPENED = "opened", "The level is more open, or restrictions fell away."
    TIGHTENED = "tightened", "The level is less open, or restrictions were added."
    SIDEWAYS = "sideways", "Another license of the same level and restrictions."
    UNKNOWN = "unknown", "One side is undetermined."
    REMOVED = "removed", "No license file is left; in a folder, the license of the place above holds."


@dataclass(frozen=True)
class _Step:
    """The standing of one place after one commit."""

    commit: str
    authored: Stamp | None
    committed: Stamp | None
    standing: Standing


def place_name(folder: str) -> str:
    """Return how a folder is called in tables: its path with a slash, or the whole repository."""
    return f"{folder}/" if folder else ROOT_PLACE


def license_timeline(
    changes: Sequence[LicenseChange], tables: LicenseTables, *, places: Iterable[str] = ("",), begins_at: str = ""
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the license periods and the license changes of places.

    Periods: family (the place), from_on, to_on (committer's day in UTC; to_on blank: still so), license_id (the licenses, joined
    by OR, AND, or + where it is not said), level, restrictions, change (what it brought), doubts, commit, source_ids. Changes: place,
    license before and after, direction, the day by committer and author, each in UTC and where it was written, whether all four
    are one day, commit. An edit that leaves the licenses as they were is no change. A folder whose license file went away ends
    its last period: the license of the place above holds.

    Parameters
    ----------
    changes
        License file changes on the main line, oldest first.
    tables
        The license tables.
    places
        Folders to follow; the root by default.
    begins_at
        The commit with which a shallow copy begins: what it holds came in earlier. Blank for a whole history.
    """
    periods: list[dict[str, object]] = []
    moves: list[dict[str, object]] = []
    for place in places:
        steps = _steps([item for item in changes if _belongs(item, place)], tables)
        periods += [row for row in _periods(place_name(place), steps) if not place or row["license_id"] != NO_FILE]
        moves += _moves(place_name(place), steps, begins_at)
    return pd.DataFrame(periods, columns=PERIOD_COLUMNS), pd.DataFrame(moves, columns=CHANGE_COLUMNS)


def own_places(changes: Iterable[LicenseChange], current: Iterable[str], most: int = MOST_PLACES) -> list[str]:
    """Return folders with a license file of their own: the root, then those of today, then those that had one; near the root first."""
    today = set(current)
    past = {item.file.folder for item in changes if not item.file.is_notice and not item.file.is_collected}
    return sorted(today | past | {""}, key=lambda folder: (bool(folder), folder not in today, folder.count("/"), folder))[:most]


def _belongs(change: LicenseChange, place: str) -> bool:
    return change.file.folder == place and not change.file.is_notice and not change.file.is_collected


def _steps(changes: Sequence[LicenseChange], tables: LicenseTables) -> list[_Step]:
    """Return the standing after each commit that changed it."""
    state: dict[str, TextReading] = {}
    steps: list[_Step] = []
    for commit, group in groupby(changes, key=lambda item: item.commit):
        items = list(group)
        for item in items:
            if item.reading is None:
                state.pop(item.file.path, None)
            else:
                state[item.file.path] = item.reading
        standing = standing_of(state, tables)
        if not steps or not _is_same(steps[-1].standing, standing):
            steps.append(_Step(commit, items[0].authored, items[0].committed, standing))
    return steps


def _is_same(one: Standing, other: Standing) -> bool:
    return (one.label, one.level, one.connection) == (other.label, other.level, other.connection)


def _periods(place: str, steps: Sequence[_Step]) -> list[dict[str, object]]:
    rows = []
    for number, step in enumerate(steps):
        before = steps[number - 1].standing if number else None
        after = steps[number + 1] if number + 1 < len(steps) else None
        rows.append(
            {
                "family": place,
                "from_on": _day(step.committed),
                "to_on": _day(after.committed) if after else pd.NaT,
                "license_id": step.standing.label,
                "level": step.standing.level.value,
                "restrictions": SEPARATOR.join(item.value for item in step.standing.restrictions),
                "change": _brought(before, step.standing),
                "doubts": " ".join(step.standing.doubts),
                "commit": step.commit[:SHORT],
                "source_ids": SEPARATOR.join(step.standing.source_ids),
            }
        )
    return rows


def _moves(place: str, steps: Sequence[_Step], begins_at: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number, step in enumerate(steps):
        before = steps[number - 1].standing if number else None
        days = _days(step)
        is_cut = not number and step.commit == begins_at
        rows.append(
            {
                "place": place,
                "license_before": before.label if before else BEFORE_COPY if is_cut else NO_FILE,
                "license_after": step.standing.label,
                "direction": (Direction.EARLIER if is_cut else direction_of(before, step.standing)).value,
                **days,
                "is_one_day": len(set(days.values())) == 1,
                "commit": step.commit[:SHORT],
            }
        )
    return rows


def _days(step: _Step) -> Mapping[str, str | None]:
    return {
        "committed_on": step.committed.utc_day if step.committed else None,
        "committed_local_on": step.committed.local_day if step.committed else None,
        "authored_on": step.authored.utc_day if step.authored else None,
        "authored_local_on": step.authored.local_day if step.authored else None,
    }


def is_change(direction: pd.Series[str]) -> pd.Series[bool]:
    """Return which rows replaced a license, and did not bring the first one that the copy knows of."""
    return ~direction.isin([Direction.FIRST.value, Direction.EARLIER.value])


def direction_of(before: Standing | None, after: Standing) -> Direction:
    """Return which way a change went, by level first, then by restrictions that fell away or were added."""
    if before is None or before.label == NO_FILE:
        return Direction.FIRST
    if after.label == NO_FILE:
        return Direction.REMOVED
    if OpennessLevel.UNDETERMINED in (before.level, after.level):
        return Direction.UNKNOWN
    if before.level is not after.level:
        return Direction.OPENED if RANKS[after.level] < RANKS[before.level] else Direction.TIGHTENED
    added, dropped = set(after.restrictions) - set(before.restrictions), set(before.restrictions) - set(after.restrictions)
    if bool(added) == bool(dropped):
        return Direction.SIDEWAYS if not added else Direction.UNKNOWN
    return Direction.TIGHTENED if added else Direction.OPENED


def _brought(before: Standing | None, after: Standing) -> str:
    if before is None or OpennessLevel.UNDETERMINED in (before.level, after.level):
        return ""
    moves = {
        "added": [item for item in Restriction if item in set(after.restrictions) - set(before.restrictions)],
        "dropped": [item for item in Restriction if item in set(before.restrictions) - set(after.restrictions)],
    }
    return ", ".join(f"{SYMBOLS[kind]} {item.label}" for kind, items in moves.items() for item in items)


def _day(stamp: Stamp | None) -> object:
    return pd.Timestamp(stamp.utc_day) if stamp else pd.NaT
