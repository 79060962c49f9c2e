"""The step of `openstrat data refresh forks` that counts published figures anew: read, count, compare, write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from openstrat import resources
from openstrat.analysis.forks.compare import compare_tables, match_rows
from openstrat.analysis.forks.credit import day_second
from openstrat.analysis.forks.findings import Tables, check_findings
from openstrat.analysis.forks.recount import COLUMNS, counting_panel_of, recount_of, recounted
from openstrat.analysis.forks.rules import Window
from openstrat.collect.git.command import open_repository
from openstrat.collect.git.identity import new_salt
from openstrat.collect.git.log import CommitLog, read_log
from openstrat.collect.git.people import unite
from openstrat.collect.window_lines import with_window_lines
from openstrat.errors import DataError, InputError
from openstrat.tables.csv_text import csv_text
from openstrat.tables.store import read_table, resource

KEY = ("finding_id", "rule")
SOURCE_PREFIX = "git-recount-"
TABLES = ("activity_monthly", "core_transitions", "fork_events", "counting_panel")


@dataclass(frozen=True)
class Panel:
    """The table counting_panel counted anew for the repositories at hand; `notes` say what could not be counted."""

    rows: pd.DataFrame
    notes: tuple[str, ...]


def report(paths: Mapping[str, Path], most: int, *, write_tables: bool = False) -> list[str]:
    """Return in words how published figures counted anew differ from the shipped panel; with `write_tables` also write the tables."""
    panel = recount(paths)
    lines = (
        describe(panel, most)
        if len(panel.rows)
        else ["counting_panel: no published figure can be counted from these clones.", *panel.notes]
    )
    return [*lines, *(str(path) for path in write(panel))] if write_tables and len(panel.rows) else lines


def recount(paths: Mapping[str, Path]) -> Panel:
    """Return published figures counted anew from the clones at hand, up to the commits that the table of sources names.

    Later work does not change the figures. A fork needs its upstream.
    """
    heads = _heads()
    events = read_table("fork_events")
    upstreams = dict(zip(events["fork_repository"], events["upstream_repository"], strict=True))
    at_hand = [name for name in heads if name in paths and upstreams.get(name, name) in {name, *paths}]
    findings, salt = read_table("published_findings"), new_salt()
    logs: dict[str, CommitLog] = {}
    notes = []
    for name in at_hand:
        log, note = _read(name, paths[name], heads[name].sha, salt, _spans(findings, name))
        notes += [note] if note else []
        if log is not None:
            logs[name] = log
    logs = {name: log for name, log in logs.items() if upstreams.get(name, name) in logs}
    for fork in [name for name in logs if upstreams.get(name) in logs]:
        logs[upstreams[fork]], logs[fork] = unite([logs[upstreams[fork]], logs[fork]])
    histories = recounted(logs, upstreams, _stewards(logs), {name: head.source_id for name, head in heads.items()})
    return Panel(counting_panel_of(findings, events, histories), tuple(notes))


def _read(name: str, path: Path, sha: str, salt: bytes, spans: Iterable[tuple[int, int]]) -> tuple[CommitLog | None, str]:
    """Return the history up to a commit with the lines of some spans, and what is missing of it in words."""
    repository = open_repository(str(path), label=name)
    try:
        log = read_log(repository, revision=sha, salt=salt)
    except InputError:
        return None, f"{name}: published figures are not counted, the clone does not hold commit {sha[:10]}."
    try:
        return with_window_lines(log, repository, spans), ""
    except DataError as error:
        return log, f"{name}: rules that need lines are left out. {error}"


def describe(panel: Panel, most: int) -> list[str]:
    """Return the comparison with the shipped panel in words: rows, columns that differ, the largest difference and where."""
    shipped = _shipped(panel.rows)
    rows = match_rows(shipped, panel.rows, KEY)
    compared = compare_tables(shipped[COLUMNS], panel.rows, KEY)
    differ = compared[compared["n_differ"] > 0]
    lines = [f"counting_panel: {rows.n_both} rows on both sides, {rows.n_shipped_only} only shipped, {rows.n_rebuilt_only} only rebuilt;"]
    lines.append(f"    {len(compared) - len(differ)} of {len(compared)} columns equal in every row.")
    for row in differ.head(most).to_dict("records"):
        largest = f", at most {row['largest_difference']:.4g} ({row['largest_at']})" if pd.notna(row["largest_difference"]) else ""
        lines.append(f"    {row['column']:28} {row['n_differ']:>5} of {rows.n_both} differ{largest}")
    return [*lines, *panel.notes]


def write(panel: Panel) -> list[Path]:
    """Write the panel and the checks of findings that rest on it; return both paths. The descriptor is written by the caller."""
    shipped = read_table("counting_panel")
    kept = shipped[~shipped["finding_id"].isin(panel.rows["finding_id"])]
    whole = pd.concat([kept[COLUMNS], panel.rows], ignore_index=True).sort_values(list(KEY))
    tables = {name: read_table(name) for name in TABLES} | {"counting_panel": whole}
    checks = check_findings(read_table("published_findings"), Tables(*tables.values()))
    return [_write("counting_panel", whole), _write("finding_checks", checks)]


def _write(name: str, frame: pd.DataFrame) -> Path:
    path = resources.data_path(resource(name)["path"])
    path.write_text(csv_text(frame), encoding="utf-8", newline="\n")
    return path


@dataclass(frozen=True)
class _Head:
    """The commit up to which a repository is counted, and the source that names it."""

    sha: str
    source_id: str


def _heads() -> dict[str, _Head]:
    """Return up to which commit each repository is counted that published figures are about."""
    sources = read_table("sources")
    named = sources[sources["source_id"].str.startswith(SOURCE_PREFIX)]
    found = {}
    for source_id, url in zip(named["source_id"], named["address"], strict=True):
        owner, name, _, sha = url.rsplit("/", 4)[-4:]
        found[f"{owner}/{name}"] = _Head(sha, source_id)
    return found


def _spans(findings: pd.DataFrame, repository: str) -> Iterable[tuple[int, int]]:
    """Return the windows of the findings on a repository that commits bear on, in seconds."""
    for row in findings[findings["repository"].eq(repository)].to_dict("records"):
        if recount_of(str(row["finding_id"])) is not None:
            window = Window(row["window_from_on"].date(), row["window_to_on"].date())
            yield day_second(window.start), day_second(window.end)


def _stewards(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    activity = read_table("activity_monthly").drop_duplicates("repository").set_index("repository")["steward_orgs"]
    return {name: tuple(cell.split("; ")) for name in names if isinstance(cell := activity.get(name), str)}


def _shipped(rows: pd.DataFrame) -> pd.DataFrame:
    shipped = read_table("counting_panel")
    return shipped[shipped["finding_id"].isin(rows["finding_id"])]
