"""Events that can be studied: license changes, and forks that answered something else, of measured repositories."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.effects.windows import SEPARATOR
from openstrat.analysis.licenses.names import OWN_PREFIX


@dataclass(frozen=True)
class StudiedEvent:
    """One event: a license change, or a fork event of a measured upstream."""

    event_id: str
    project: str
    repository: str
    happened_on: str
    what: str
    source_ids: tuple[str, ...]


def license_words(text: str) -> str:
    """Return license names as people write them, without the prefix of those that SPDX does not list."""
    return text.replace(OWN_PREFIX, "")


def studied_events(changes: pd.DataFrame, forks: pd.DataFrame) -> list[StudiedEvent]:
    """Return every license change, and every fork that answered something else, whose month and (upstream) repository are known.

    `changes` and `forks` are the tables license_changes and fork_events.
    """
    other = forks[forks["license_change_id"].isna()]
    renamed = other.rename(columns={"event_id": "change_id", "upstream": "project", "triggered_on": "changed_on"})
    renamed = renamed.assign(repository=other["upstream_repository"], what="fork: " + other["fork"])
    both = pd.concat([changes.assign(what=(changes["license_before"] + " to " + changes["license_after"]).map(license_words)), renamed])
    known = both[both["repository"].notna() & (both["changed_on"].str.len() >= len("2024-03"))]
    return [
        StudiedEvent(
            event_id=row["change_id"],
            project=row["project"],
            repository=row["repository"],
            happened_on=row["changed_on"],
            what=row["what"],
            source_ids=tuple(row["source_ids"].split(SEPARATOR)),
        )
        for row in known.to_dict("records")
    ]
