"""Two runs of a portfolio compared, report by report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openstrat.errors import InputError
from openstrat.reporting.change_words import change_lines, summary
from openstrat.reporting.changes import Changes, compare_folders
from openstrat.reporting.publish import MANIFEST
from openstrat.reporting.words import counted

INDEX = "index.json"


@dataclass(frozen=True)
class PortfolioChanges:
    """What differs between two runs of a portfolio: reports by id, with what became of each."""

    title: str
    reports: dict[str, Changes]
    statuses: dict[str, tuple[str, str]]
    """Reports that are on one side only or ended otherwise: id to status before and now, '' where it is not there."""

    @property
    def is_same(self) -> bool:
        """Whether nothing differs in any report."""
        return not self.statuses and all(changes.is_same for changes in self.reports.values())

    def record(self) -> dict[str, Any]:
        """Return the comparison as plain JSON."""
        statuses = [{"id": name, "old": old or None, "new": new or None} for name, (old, new) in self.statuses.items()]
        return {"title": self.title, "statuses": statuses, "reports": {name: item.record() for name, item in self.reports.items()}}


def is_portfolio(folder: Path) -> bool:
    """Return whether a folder holds a portfolio's index rather than one report."""
    return (folder / INDEX).is_file() and not (folder / MANIFEST).is_file()


def completed_reports(folder: Path) -> list[Path]:
    """Return the folders of the reports that a run of a portfolio completed, in its order.

    Raises
    ------
    InputError
        If the folder holds no portfolio.
    """
    return [folder / run["id"] for run in _index(folder)["runs"] if run["status"] == "completed"]


def compare_portfolios(old: Path, new: Path) -> PortfolioChanges:
    """Return what differs between two runs of a portfolio, in the order of the newer index.

    Raises
    ------
    InputError
        If a folder holds no portfolio.
    """
    before, after = _index(old), _index(new)
    was = {run["id"]: run["status"] for run in before["runs"]}
    now = {run["id"]: run["status"] for run in after["runs"]}
    both = [name for name in now if was.get(name) == now[name] == "completed"]
    statuses = {
        name: (was.get(name, ""), now.get(name, "")) for name in dict.fromkeys([*now, *was]) if was.get(name, "") != now.get(name, "")
    }
    return PortfolioChanges(str(after.get("title", "")), {name: compare_folders(old / name, new / name) for name in both}, statuses)


def _index(folder: Path) -> dict[str, Any]:
    path = folder / INDEX
    try:
        index: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _ = [(run["id"], run["status"]) for run in index["runs"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is not the index of a portfolio ({error}). Give a folder made by openstrat run.") from None
    return index


def portfolio_lines(changes: PortfolioChanges) -> list[str]:
    """Return the comparison of two runs as lines: a summary, reports that came, went or ended otherwise, then each that moved."""
    moved = {name: item for name, item in changes.reports.items() if not item.is_same}
    same = len(changes.reports) - len(moved)
    lines = [f"{changes.title}: {counted(len(changes.reports), 'report')} on both sides, {same} without change, {len(moved)} changed."]
    lines += [f"  {name}: {old or 'was not there'} -> {new or 'is gone'}" for name, (old, new) in changes.statuses.items()]
    for name, item in moved.items():
        lines += ["", f"{name}: {summary(item)}", *(f"  {line}" if line else "" for line in change_lines(item)[1:])]
    return lines
