"""The steps of `openstrat data refresh`: read the lists, compare, put into words, write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openstrat import resources
from openstrat.collect.published_lists import PublishedList, read_blueoak_list, read_scancode_index, read_spdx_list
from openstrat.tables.package import write_descriptor
from openstrat.tables.refresh import COMPILED, Refreshed, refresh_licenses, write_licenses
from openstrat.tables.store import read_table, resource


def read_lists(blueoak: Path | None) -> list[PublishedList]:
    """Return the lists to compile from: SPDX, ScanCode, and Blue Oak if its file is given."""
    return [read_spdx_list(), read_scancode_index(), *([read_blueoak_list(blueoak)] if blueoak else [])]


def compare(lists: Sequence[PublishedList]) -> Refreshed:
    """Return the shipped license table compiled anew from the lists."""
    rows = {item.source_id: item.rows for item in lists}
    return refresh_licenses(
        read_table("licenses"), rows["spdx-license-list"], rows["scancode-license-index"], rows.get("blueoak-license-list")
    )


def describe_lists(lists: Sequence[PublishedList]) -> list[str]:
    """Return a line a list: what the columns are compiled from, and a note where the table of sources names another version."""
    titles = dict(read_table("sources")[["source_id", "title"]].itertuples(index=False, name=None))
    lines = [f"{'source':24} {'read from':20} {'version':10} {'licenses':>8}"]
    for item in lists:
        lines.append(f"{item.source_id:24} {item.origin:20} {item.version or 'not said':10} {len(item.rows):>8,}")
        if item.version and item.version not in titles[item.source_id]:
            lines.append(f"  data/sources.csv names another version: {titles[item.source_id]!r}. Correct it, and the card of the table.")
    return lines


def describe_differences(refreshed: Refreshed, most: int) -> list[str]:
    """Return the number of differing cells by column, the cells, and the licenses added or gone."""
    changes = refreshed.changes
    counted = changes["column"].value_counts()
    lines = [f"{'column':24} {'cells that differ':>17}"]
    lines += [f"{column:24} {counted.get(column, 0):>17,}" for column in dict.fromkeys([*COMPILED, *changes["column"]])]
    lines += [f"  {license_id}, {column}: {_shown(was)} -> {_shown(now)}" for license_id, column, was, now in changes.head(most).to_numpy()]
    if len(changes) > most:
        lines.append(f"  ... and {len(changes) - most:,} more; see --most.")
    lines += [f"  {license_id}: not in the table yet" for license_id in refreshed.added]
    lines += [f"  {license_id}: no longer on the SPDX list; the row stays, decide by hand" for license_id in refreshed.gone]
    lines.append(f"{len(changes):,} cells differ, {len(refreshed.added):,} licenses are new, {len(refreshed.gone):,} are gone.")
    return lines


def write(refreshed: Refreshed) -> list[Path]:
    """Write the license table and the descriptor; return both paths."""
    table = write_licenses(refreshed.table, resources.data_path(resource("licenses")["path"]))
    return [table, write_descriptor(resources.data_path())]


def _shown(cell: object) -> str:
    return "blank" if cell is None else repr(cell)
