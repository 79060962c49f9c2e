"""The steps of `openstrat forks`: read both histories, write tables, put into words."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from openstrat.analysis.forks.scopes import SCOPES
from openstrat.collect.git.bots import bot_rule
from openstrat.collect.git.log import DATE_RULE
from openstrat.collect.git.people import unite
from openstrat.collect.histories import History, OtherHistory, check_location, names_of_two, read_history, read_salt
from openstrat.errors import PublishError
from openstrat.reporting.publish import write_synced

if TYPE_CHECKING:
    import pandas as pd

    from openstrat.analysis.forks.counting import Verdict
    from openstrat.analysis.forks.history import ForkHistory
    from openstrat.collect.git.log import CommitLog

STAGES = "stages"
TIES = ("inherited", "ported", "ported_from_fork")
"""Scopes of commits that both sides have."""
STEP = 20_000


def _field(*keys: str) -> Callable[[list[dict[str, Any]]], list[Any]]:
    def read(items: list[dict[str, Any]]) -> list[Any]:
        values: list[Any] = list(items)
        for key in keys:
            values = [value[key] for value in values]
        return values

    return read


ROWS = (
    ("commits", _field("repository")),
    *((scope.replace("_", " "), _field("scopes", scope)) for scope in SCOPES),
    ("all", _field("n_commits_all")),
    ("own, by bots", _field("n_commits_bot")),
    ("  credited to a person", _field("n_commits_bot_credited")),
    ("own authors", _field("n_authors_own")),
    ("own addresses", _field("n_addresses_own")),
    ("quarantined commits", _field("n_quarantined")),
    ("last commit on", _field("head_on")),
)
"""Lines of the summary, and where their cells come from."""


@dataclass(frozen=True)
class Pair:
    """Both histories, united, and what tells them apart."""

    logs: tuple[CommitLog, CommitLog]
    main_line: tuple[bytes, ...]
    upstream_branches: OtherHistory | None


def read_pair(upstream: str, fork: str, *, out: Path, salt_file: Path | None, with_lines: bool) -> Pair:
    """Return both histories; each is kept in OUT/stages as soon as it was read, and taken from there by a later run."""
    for location in (upstream, fork):  # before hours are spent on the other one
        check_location(location)
    salt = read_salt(salt_file or out / STAGES / "salt")
    names = names_of_two(upstream, fork)
    first = _read(upstream, names[0], salt, out / STAGES, with_lines=with_lines, with_branches=True)
    second = _read(fork, names[1], salt, out / STAGES, with_lines=with_lines, with_branches=False)
    logs = unite([first.log, second.log])
    return Pair((logs[0], logs[1]), second.main_line, first.branches)


def _read(location: str, name: str, salt: bytes, stages: Path, *, with_lines: bool, with_branches: bool) -> History:
    with Progress(name) as show:
        history = read_history(
            location, label=name, salt=salt, stages=stages, with_lines=with_lines, with_branches=with_branches, progress=show
        )
    how = "taken from the last run" if history.is_resumed else "read"
    click.echo(f"{name}: {len(history.log):,} commits {how}", err=True)
    return history


class Progress:
    """Print the number of commits read so far: one line that grows on a terminal, a line every 20,000 commits elsewhere."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.shown = 0
        self.is_terminal = sys.stderr.isatty()

    def __enter__(self) -> Callable[[int], None]:
        return self.show

    def __exit__(self, *error: object) -> None:
        if self.is_terminal and self.shown:
            click.echo("\r\033[K", nl=False, err=True)

    def show(self, n: int) -> None:
        """Say how many commits were read."""
        if n - self.shown >= STEP or (self.is_terminal and n - self.shown >= STEP // 20):
            self.shown = n
            click.echo(
                f"\r{self.name}: {n:,} commits" if self.is_terminal else f"{self.name}: {n:,} commits", nl=not self.is_terminal, err=True
            )


def write_history(found: ForkHistory, out: Path) -> list[Path]:
    """Write the tables and the summary, each file whole or not at all, the summary last; return the paths."""
    from openstrat.tables.csv_text import csv_text

    files = {
        "activity_monthly.csv": csv_text(found.activity, months=("month",)),
        "migration_monthly.csv": csv_text(found.migration, months=("month",)),
        "core_transitions.csv": csv_text(found.transitions),
        "counting_rules.csv": csv_text(found.panel),
        "summary.json": json.dumps(summary_of(found), indent=1, ensure_ascii=False) + "\n",
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            draft = out / f".{name}.part"
            draft.unlink(missing_ok=True)  # left by a run that was killed
            write_synced(draft, text.encode())
            draft.replace(out / name)
    except OSError as error:
        raise PublishError(f"{out}: cannot be written: {error.strerror or error}. Free space or choose another --out.") from None
    return [out / name for name in files]


def summary_of(found: ForkHistory) -> dict[str, Any]:
    """Return the summary with the verdicts, ready for JSON."""
    months = found.activity.groupby(["repository", "date_basis"], sort=False)["month"].agg(["min", "max", "size"]).reset_index()
    return {
        **found.summary,
        "rules": {**found.summary["rules"], "bots": list(bot_rule()), "author_dates": DATE_RULE},
        "months": [
            {"repository": row[0], "date_basis": row[1], "first": f"{row[2]:%Y-%m}", "last": f"{row[3]:%Y-%m}", "n_months": int(row[4])}
            for row in months.itertuples(index=False, name=None)
        ],
        "verdicts": [asdict(verdict) for verdict in found.verdicts],
    }


def describe(found: ForkHistory) -> list[str]:
    """Return the summary in words: start, commits by scope, people, merged identities, headlines and how sturdy they are."""
    summary = found.summary
    lines = [f"Fork started on {summary['fork_started_on']} ({summary['start_basis']})", ""]
    lines += [_row(label, read(summary["repositories"])) for label, read in ROWS]
    identities = summary["identities"]
    merged = ", ".join(f"{identities[key]:,} by {key.removeprefix('n_merged_by_')}" for key in identities if key.startswith("n_merged_by_"))
    lines += ["", f"{identities['n_people']:,} people of {identities['n_identities']:,} names with addresses; merged: {merged}."]
    lines.append(f"{summary['people_on_both_sides']:,} people have own commits on both sides.")
    lines.append(f"Bots are known by {len(bot_rule())} patterns of names and addresses; summary.json lists them.")
    notes = [f"{item['repository']}: {note}" for item in summary["repositories"] for note in item["notes"]]
    return [*lines, *notes, "", *_headlines(found)]


def warnings_of(found: ForkHistory) -> list[str]:
    """Return what makes the figures of a pair say nothing: no common commit, no commit after the start, a steward nobody belongs to."""
    warnings = []
    upstream, fork = found.summary["repositories"]
    if not any(side["scopes"][scope] for side in (upstream, fork) for scope in TIES):
        warnings.append(
            f"{fork['repository']} shares no commit with {upstream['repository']}, neither by hash nor by author and time. It is no fork "
            "of it, or one of the two is a shallow clone, or its history was rewritten. Read no figure of this pair as a fork's."
        )
    if not fork["scopes"]["own"]:
        warnings.append(f"{fork['repository']} has no own commit on or after {found.started_on}. Give an earlier day as --at.")
    outsiders = found.activity.loc[found.activity["role"] == "upstream", ["n_commits", "n_commits_nonsteward"]]
    stewards = found.summary["steward_organizations"]
    if stewards and (outsiders["n_commits"] == outsiders["n_commits_nonsteward"]).all():
        named = ", ".join(stewards)
        warnings.append(f"No commit to {upstream['repository']} is by an address of {named}. Name its mail domain, such as redis.com.")
    return warnings


def _row(label: str, cells: list[Any]) -> str:
    shown = (f"{cell:,}" if isinstance(cell, int) else str(cell)[:28] for cell in cells)
    return f"{label:24} " + " ".join(f"{cell:>28}" for cell in shown)


def _headlines(found: ForkHistory) -> list[str]:
    """Return a line a headline under its repository and window; reasons are in the summary file."""
    lines = ["Headlines under every counting rule, lowest to highest (rules in counting_rules.csv, reasons in summary.json):"]
    shown = None
    for verdict in found.verdicts:
        if (verdict.repository, verdict.window) != shown:
            shown = (verdict.repository, verdict.window)
            lines.append(f"  {verdict.repository}, {verdict.window}")
        lines.append(f"    {verdict.sturdiness.label:12} {verdict.headline:52} {_span(verdict)}")
    return lines


def _span(verdict: Verdict) -> str:
    if verdict.lowest is None or verdict.highest is None or verdict.low is None or verdict.high is None:
        return "-"
    is_bounded = verdict.low < verdict.lowest or verdict.high > verdict.highest
    bounds = f"; unknown affiliations allow {verdict.low:.3g} to {verdict.high:.3g}" if is_bounded else ""
    return f"{verdict.lowest:.3g} to {verdict.highest:.3g}{bounds}"


def describe_events(listed: pd.DataFrame) -> list[str]:
    """Return the events as lines: dates, trigger, outcome, steward; unknown is a dash."""
    lines = [f"{'fork':38} {'trigger':12} {'announced':10} {'effective':10} {'own commit':10} {'outcome':16} {'reversed':10} steward"]
    for row in plain_records(listed):
        cell = {name: value or "-" for name, value in row.items()}
        dates = f"{cell['announced_on']:10} {cell['effective_on']:10} {cell['first_own_commit_on']:10}"
        lines.append(
            f"{cell['event_id'][:38]:38} {cell['trigger']:12} {dates} {cell['outcome']:16} {cell['reversed_on']:10} {cell['steward']}"
        )
    return [*lines, f"{len(listed)} forks, a selection of well-known ones. Sources: openstrat data show fork_events"]


def plain_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows for JSON; unknown is null."""
    records = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]
