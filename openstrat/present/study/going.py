"""Where the people of the upstream went: seen in the fork, upstream, on both sides or nowhere."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.effects.study import RelicensingStudy
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.study.shared import MOVED_SOURCE, only

GROUPS = {
    "core_12m": "ten or more commits in the year before",
    "any_12m": "any commit in the year before",
    "any_24m": "any commit in the two years before",
}
YEAR = 12
HORIZONS = (6, 12, 24)
DEFINED = "Seen means a commit of one's own there; namesakes are merged, people who changed both name and address are split."


def core_sentence(moved: pd.DataFrame) -> list[str]:
    """Return a sentence for each measured fork on the core people a year later."""
    rows = moved[moved["author_group"].eq("core_12m") & moved["horizon_months"].eq(YEAR)]
    return [
        f"{_seen(row)} core people (ten or more commits in the year before) were seen in {row['fork']} within a year."
        for row in _rows(rows)
    ]


def moved_table(study: RelicensingStudy, moved: pd.DataFrame) -> Markup:
    """Return where the upstream's people were seen, by fork; forks that were not measured are named."""
    known = moved.dropna(subset="horizon_months")
    unread = ", ".join(moved.loc[moved["horizon_months"].isna(), "fork"].drop_duplicates())
    note = f" Forks that were not measured: {unread}." if unread else ""
    if known.empty:
        return page.paragraph(f"No fork that answered this was measured.{note}", css="caveat")
    several = only(study) is None
    shown = pd.DataFrame([_line(rows) for _, rows in known.groupby(["fork", "author_group"], sort=False) if not several or _is_core(rows)])
    title = _title(known)
    shown["fork"] = shown["fork"].map(_short) if several else shown["fork"]
    markup = ["sources"]
    table = page.data_table(shown, name="moved-table", title=title, source=MOVED_SOURCE, stub="fork", markup=markup)
    lower = "'At least' marks a history that ends before the horizon." if shown.astype(str).apply(_has_bound).any() else ""
    return table + page.paragraph(" ".join(filter(None, (DEFINED, lower, note.strip()))), css="caveat")


def _title(known: pd.DataFrame) -> str:
    rows = _rows(known[known["author_group"].eq("core_12m") & known["horizon_months"].eq(YEAR)])
    if len(rows) == 1:
        return f"{_seen(rows[0])} core people were seen in {rows[0]['fork']} within a year"
    ordered = sorted(rows, key=lambda row: row["n_in_fork"] / row["n_group"])
    least, most = (f"{_seen(row)} ({_short(row['fork'])})" for row in (ordered[0], ordered[-1]))
    return f"Core people seen in the fork within a year: from {least} to {most}, {len(rows)} forks"


def _short(fork: str) -> str:
    return fork.rsplit("/", maxsplit=1)[-1]


def _is_core(rows: pd.DataFrame) -> bool:
    return bool(rows["author_group"].eq("core_12m").all())


def _has_bound(column: pd.Series[str]) -> bool:
    return bool(column.str.contains("at least").any())


def _line(rows: pd.DataFrame) -> dict[str, Any]:
    by_horizon = {int(row["horizon_months"]): row for row in _rows(rows)}
    first = by_horizon[HORIZONS[0]]
    seen = {f"in the fork, {months} months": _seen(by_horizon[months]) for months in HORIZONS}
    return {
        "fork": first["fork"],
        "upstream people": f"{first['n_group']} with {GROUPS[first['author_group']]}",
        **seen,
        "of these also upstream, 12 months": _known(by_horizon[YEAR]["n_both"]),
        "upstream only": _known(by_horizon[YEAR]["n_upstream_only"]),
        "neither": _known(by_horizon[YEAR]["n_neither"]),
        "sources": source_refs(first["source_ids"]),
    }


def _seen(row: dict[str, Any]) -> str:
    bound = "" if row["is_complete_fork"] else "at least "
    return f"{bound}{row['n_in_fork']} of {row['n_group']}"


def _known(value: Any) -> str:
    return "unknown" if pd.isna(value) else str(value)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
