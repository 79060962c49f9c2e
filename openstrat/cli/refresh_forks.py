"""The steps of `openstrat data refresh forks`: find clones, rebuild the tables, compare, put into words, write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pandas as pd

from openstrat import resources
from openstrat.analysis.forks.compare import compare_tables, match_rows
from openstrat.analysis.forks.reasons import Reason, Tables, reasons
from openstrat.analysis.forks.rebuild import Rebuilt, family_members, rebuild_family
from openstrat.collect.git.identity import new_salt
from openstrat.collect.histories import History, read_history
from openstrat.errors import InputError
from openstrat.tables.csv_text import csv_text, with_rows
from openstrat.tables.package import write_descriptor
from openstrat.tables.store import read_table, resource
from openstrat.terms import read_term

KEYS = {
    "repositories": ("repository",),
    "activity_monthly": ("repository", "date_basis", "month"),
    "migration_monthly": ("fork", "month"),
    "core_transitions": ("fork", "author_group", "horizon_months"),
}
MONTHS = ("month",)
NOT_COMPARED = {"role", "source_ids"}


@dataclass(frozen=True)
class Found:
    """The clones at hand, by repository."""

    paths: dict[str, Path]
    n_shipped: int


def find_clones(folder: Path) -> Found:
    """Return the clones of shipped repositories in a folder: as owner+name/repo, owner/name or owner/name.git, also by former names.

    Raises
    ------
    InputError
        If there is none.
    """
    shipped = plain_rows(read_table("repositories"))
    paths: dict[str, Path] = {}
    for row in shipped:
        names = [row["repository"], *(row["former_names"] or "").split("; ")]
        places = [place for name in names for place in _places(folder, name)]
        if found := next((place for place in places if place.is_dir()), None):
            paths[row["repository"]] = found
    if not paths:
        raise InputError(
            f"{folder}: no clone of a shipped repository. Expected folders such as owner/name, owner/name.git or owner+name/repo."
        )
    return Found(paths, len(shipped))


def rebuild(found: Found) -> Iterator[Rebuilt]:
    """Yield the rebuilt tables of each family that has a clone at hand."""
    repositories, activity, transitions = (read_table(name) for name in ("repositories", "activity_monthly", "core_transitions"))
    salt = new_salt()
    families = repositories[repositories["repository"].isin(found.paths)]["family"].drop_duplicates()
    for family in families:
        members = family_members(repositories, activity, transitions, family)
        histories: dict[str, History] = {}
        for name in members:
            if name in found.paths:
                is_upstream = any(member.upstream == name for member in members.values())
                histories[name] = read_history(str(found.paths[name]), salt=salt, label=name, with_branches=is_upstream)
                click.echo(f"{name}: {len(histories[name].log):,} commits read", err=True)
        yield rebuild_family(members, histories)


def describe(rebuilt: Rebuilt, most: int) -> list[str]:
    """Return the comparison of one family in words: rows, columns that differ, the largest difference and where."""
    lines = [", ".join(rebuilt.repositories["repository"]) if len(rebuilt.repositories) else "nothing rebuilt"]
    lines += [f"  {name}: not rebuilt, {reason}" for name, reason in rebuilt.skipped.items()]
    lines += [f"  {name}: compared only, {reason}" for name, reason in rebuilt.short.items()]
    for table, frame in rebuilt.tables().items():
        if len(frame):
            lines += _table_lines(table, _shipped_rows(table, frame), frame, most)
    return lines + [f"  {row['repository']}, {row['table']}: {in_words(row)}" for row in reasons(side_by_side(rebuilt)).to_dict("records")]


def side_by_side(rebuilt: Rebuilt) -> Tables:
    """Return the shipped rows of a family beside the rebuilt ones, without the columns that are not compared."""
    tables = {name: frame for name, frame in rebuilt.tables().items() if len(frame)}
    shipped = {name: _compared(_shipped_rows(name, frame)) for name, frame in tables.items()}
    every = {name: shipped.get(name, read_table(name)) for name in KEYS}
    return Tables(every, {name: _compared(frame) for name, frame in tables.items()}, KEYS, rebuilt.ends)


def in_words(row: dict[Any, Any]) -> str:
    """Return one reason why cells differ, with how many cells and rows."""
    reason = read_term(Reason, row["reason"])
    return f"{_counted(row['n_cells'], 'cell')} in {_counted(row['n_rows'], 'row')}, {reason.definition}"


def _counted(n: int, word: str) -> str:
    return f"{n:,} {word}{'' if n == 1 else 's'}"


def _compared(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=NOT_COMPARED & set(frame.columns))


def write(parts: list[Rebuilt]) -> list[Path]:
    """Write the rebuilt rows of repositories whose clones reach the shipped snapshot, and the descriptor; return the paths."""
    paths = []
    for table, key in KEYS.items():
        frames = [_writable(rebuilt, table) for rebuilt in parts]
        new = pd.concat([frame for frame in frames if len(frame)], ignore_index=True) if any(map(len, frames)) else None
        if new is not None:
            path = resources.data_path(resource(table)["path"])
            path.write_text(with_rows(path.read_text(encoding="utf-8"), csv_text(new, months=MONTHS), key), encoding="utf-8", newline="\n")
            paths.append(path)
    return [*paths, write_descriptor(resources.data_path())]


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows with None for blank cells."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def _places(folder: Path, name: str) -> Iterator[Path]:
    owner, _, short = name.partition("/")
    if not short:
        return
    yield from (folder / f"{owner}+{short}" / "repo", folder / owner / short, folder / owner / f"{short}.git")


def _shipped_rows(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    shipped = read_table(table)
    name = KEYS[table][0]
    return shipped[shipped[name].isin(frame[name].unique())]


def _table_lines(table: str, shipped: pd.DataFrame, rebuilt: pd.DataFrame, most: int) -> list[str]:
    key = KEYS[table]
    rows = match_rows(shipped, rebuilt, key)
    compared = compare_tables(_compared(shipped), rebuilt, key)
    differ = compared[compared["n_differ"] > 0]
    lines = [f"  {table}: {rows.n_both:,} rows on both sides, {rows.n_shipped_only:,} only shipped, {rows.n_rebuilt_only:,} only rebuilt;"]
    lines.append(f"    {len(compared) - len(differ)} of {len(compared)} columns equal in every row.")
    for row in differ.head(most).to_dict("records"):
        largest = f", at most {row['largest_difference']:.4g} ({row['largest_at']})" if pd.notna(row["largest_difference"]) else ""
        blank = row["n_blank_shipped_only"] + row["n_blank_rebuilt_only"]
        blanks = f", {blank} of them blank on one side" if blank else ""
        lines.append(f"    {row['column']:28} {row['n_differ']:>5} of {rows.n_both:,} differ{largest}{blanks}")
    return lines


def _writable(rebuilt: Rebuilt, table: str) -> pd.DataFrame:
    frame = rebuilt.tables()[table]
    if not len(frame):
        return frame
    is_short = frame[KEYS[table][0]].isin(list(rebuilt.short))
    if "upstream" in frame.columns:
        is_short |= frame["upstream"].isin(list(rebuilt.short))
    return frame[~is_short]
