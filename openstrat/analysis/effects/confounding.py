"""What an estimate cannot tell apart from the event: sentences for one project and window, from the tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from openstrat.analysis.effects.events import StudiedEvent, license_words
from openstrat.analysis.effects.windows import SEPARATOR, month_of, months_since
from openstrat.tables.fork_terms import ConfounderKind

GENERAL = "What else happened in these months, known or not, is in the figure too."
BOT_SHARE_SAID = 0.2
"""Share of commits by bots, on either side, from which the sentence on bots is printed (assumption)."""


@dataclass(frozen=True)
class Confounding:
    """Sentences on what cannot be identified, and the sources they rest on."""

    sentences: tuple[str, ...]
    source_ids: tuple[str, ...]


def confounding_of(
    event_id: str,
    repository: str,
    event_month: str | pd.Timestamp,
    *,
    activity: pd.DataFrame,
    changes: pd.DataFrame,
    forks: pd.DataFrame,
    confounders: pd.DataFrame,
    months_before: int = 12,
    months_after: int = 12,
) -> Confounding:
    """Return what else touches the months around an event: recorded confounders, other license changes, forks, bots.

    `changes`, `forks` and `confounders` are the tables license_changes, fork_events and confounders. Only what overlaps the months
    from `months_before` before the event to `months_after` after it is named; forks count from the event on.
    """
    event = month_of(event_month)
    first, last = event - months_before, event + months_after
    touched = [row for row in _rows(confounders) if repository in row["repositories"].split(SEPARATOR) and _overlaps(row, first, last)]
    others = [row for row in _rows(changes[changes["repository"] == repository]) if first <= _month(row["changed_on"]) <= last]
    others = [row for row in others if row["change_id"] != event_id]
    moved = _rows(forks[(forks["license_change_id"] == event_id) | (forks["event_id"] == event_id)])
    sentences = [f"{row['what_happened']} {row['effect_on_figures']}" for row in touched]
    sentences += [
        f"Another license change lies in the window: {license_words(row['license_before'])} to {license_words(row['license_after'])} on "
        f"{row['changed_on']}."
        for row in others
    ]
    sentences += [f"Work that went to the fork {row['fork']} is still done; here it counts as gone." for row in moved]
    sentences += _bots(activity, repository, event, months_before, months_after)
    cells = [row["source_ids"] for row in (*touched, *others, *moved)]
    sources = tuple(dict.fromkeys(item for cell in cells for item in cell.split(SEPARATOR)))
    return Confounding((*sentences, GENERAL), sources)


def shared_shocks(events: Iterable[StudiedEvent], confounders: pd.DataFrame) -> tuple[str, ...]:
    """Return a sentence for each group of events that are one shock by the table confounders, so that nobody counts them apart."""
    studied = list(events)
    said = []
    for row in _rows(confounders[confounders["confounder_kind"] == ConfounderKind.SHARED_SHOCK]):
        first, last = _month(row["started_on"]), _month(row["ended_on"] if isinstance(row["ended_on"], str) else row["started_on"])
        named = [item for item in studied if item.repository in row["repositories"].split(SEPARATOR)]
        together = [item.event_id for item in named if first <= _month(item.happened_on) <= last]
        if len(together) > 1:
            said.append(f"{', '.join(together)} are one shock seen {len(together)} times: tests that count them apart are too sure.")
    return tuple(said)


def _rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.to_dict("records")


def _overlaps(row: dict[Any, Any], first: pd.Period, last: pd.Period) -> bool:
    ended = row["ended_on"]
    return _month(row["started_on"]) <= last and (pd.isna(ended) or _month(ended) >= first)


def _month(day: str) -> pd.Period:
    """Return the month of a partial date; a year alone counts from its first month."""
    return pd.Period(f"{day}-01"[:7] if len(day) == len("2021") else day[:7], freq="M")


def _bots(activity: pd.DataFrame, repository: str, event: pd.Period, months_before: int, months_after: int) -> list[str]:
    """Say so when bots wrote much on either side; the table's commits hold bots' only where a person is credited."""
    rows = activity[(activity["repository"] == repository) & (activity["date_basis"] == "committer")]
    offset = months_since(rows["month"], event)
    shares = []
    for side in (rows[offset.between(-months_before, -1)], rows[offset.between(1, months_after)]):
        total = int((side["n_commits"] + side["n_commits_bot_uncredited"]).sum())
        shares.append(float(side["n_commits_bot"].sum()) / total if total else 0.0)
    if max(shares) < BOT_SHARE_SAID:
        return []
    before, after = (f"{share:.0%}" for share in shares)
    return [f"Bots, known by a pattern list, wrote {before} of the commits before and {after} after; unknown bots count as people."]
