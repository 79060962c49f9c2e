"""License changes of projects and license steps of model families that resemble a case, each as a table with distances."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.strategy.release_precedents import NOT_IN_TABLES
from openstrat.present import page
from openstrat.present.charts.shared import short_license
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import listed, readable
from openstrat.tables.cells import split_list

NO_CHANGE = "No license change up to the as-of day shares a feature with this case, or the case has no 'precedent' block."
CHANGES_SOURCE = "openstrat tables license_changes and fork_events: well-known changes, not a census"
NONE_FOUND = (
    "No license step of a model family shares a feature with this case: it opens no weights, or nothing had happened by the as-of day."
)
SOURCE = "openstrat table license_history: picked for what they teach, not a census"


def license_precedents_table(found: pd.DataFrame) -> Markup:
    """Return the nearest license changes of projects: what matched, what differed, which fork followed."""
    if found.empty:
        return page.paragraph(NO_CHANGE, css="caveat")
    rows = found.to_dict("records")
    shown = pd.DataFrame(
        {
            "change": [f"{row['project']}, {row['changed_on']}" for row in rows],
            "license": [f"{_license(row['license_before'])} → {_license(row['license_after'])}" for row in rows],
            "distance": [_distance(row) for row in rows],
            "same": [_names(row["matched"]) for row in rows],
            "different": [_sentence(row["differed"]) for row in rows],
            "fork": [_fork(row) for row in rows],
        }
    )
    labels = {"same": "what matches", "different": "what differs", "fork": "fork that followed"}
    title = f"The {len(shown)} license changes of projects nearest to this case"
    table = page.data_table(shown, name="license-precedents-table", title=title, source=CHANGES_SOURCE, stub="change", labels=labels)
    note = (
        "Distance is the share of compared features that differ, over how many were compared: 0 is alike. Ties stand newest first. Lags "
        "count to the fork's first own commit."
    )
    return table + page.paragraph(note, css="caveat") + _cited(rows)


def release_precedents_table(found: pd.DataFrame) -> Markup:
    """Return the nearest license steps of model families: what matched, what differed, what the family did next."""
    if found.empty:
        return page.paragraph(NONE_FOUND, css="caveat")
    rows = found.to_dict("records")
    shown = pd.DataFrame(
        {
            "release": [f"{row['artifact']}, {row['changed_on']}" for row in rows],
            "license": [f"{_license(row['license_before'])} → {short_license(row['license_after'])}" for row in rows],
            "distance": [_distance(row) for row in rows],
            "same": [_names(row["matched"]) for row in rows],
            "different": [_sentence(row["differed"]) for row in rows],
            "next": [_next(row) for row in rows],
        }
    )
    labels = {"same": "what matches", "different": "what differs", "next": "what the family did next"}
    title = f"The {len(shown)} license steps of model families nearest to this case"
    table = page.data_table(shown, name="release-precedents-table", title=title, source=SOURCE, stub="release", labels=labels)
    missing = listed(list(NOT_IN_TABLES))
    note = f"Distance is the share of compared features that differ: 0 is alike. Not in the tables, so not compared: {missing}."
    return table + page.paragraph(note, css="caveat") + _cited(rows)


def _license(license_id: object) -> str:
    return license_id.replace("LicenseRef-", "") if isinstance(license_id, str) else "nothing known"


def _distance(row: dict[Any, Any]) -> str:
    return f"{row['distance']:.2f} over {row['n_features']}{' (tie)' if row['is_tie'] else ''}"


def _fork(row: dict[Any, Any]) -> str:
    if not isinstance(row["fork"], str):
        return "none recorded"
    lag = f"after {row['fork_lag_days']} days" if pd.notna(row["fork_lag_days"]) else "lag unknown"
    outcome = readable(row["fork_outcome"]) if isinstance(row["fork_outcome"], str) else "outcome unknown"
    more = f"; {row['n_forks'] - 1} more" if row["n_forks"] > 1 else ""
    return f"{row['fork']}, {lag}, {outcome}{more}"


def _names(cell: object) -> str:
    """Return the names of the features that match; their values are the case's own."""
    return ", ".join(readable(item.partition(":")[0]) for item in split_list(cell)) or "nothing that was compared"


def _cited(rows: list[dict[Any, Any]]) -> Markup:
    ids = "; ".join(sorted({item for row in rows for item in split_list(row["source_ids"])}))
    return page.tag("p", page.plain("Sources of the rows: ") + source_refs(ids), css="source-note")


def _sentence(cell: object) -> str:
    return readable(cell) if isinstance(cell, str) and cell else "nothing that was compared"


def _next(row: dict[Any, Any]) -> str:
    if not isinstance(row["next_on"], str):
        return "no later step known"
    return f"{row['next_on']}: {short_license(row['next_license'])} ({readable(row['next_direction'])})"
