"""The page of `openstrat data refresh forks --page`: how many cells of the fork tables are equal, and why the rest differs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.forks.compare import differing_cells
from openstrat.analysis.forks.reasons import Reason, reasons
from openstrat.analysis.forks.rebuild import Rebuilt
from openstrat.cli.refresh_forks import KEYS, Found, in_words, side_by_side

CAUSES = {
    ("webserver-llc/angie", Reason.COMMITS): "the shipped table takes the main line and leaves out whoever wrote for nginx or freenginx; "
    "that rule is not rebuilt",
    ("jellyfin/jellyfin", Reason.COMMITS): "the shipped table parts the histories at a commit, here the first day of the fork parts them; "
    "26 commits of the evening before lie between",
    ("lllyasviel/stable-diffusion-webui-forge", Reason.COMMITS): "in the shipped table upstream commits merged until 2024-02-26 are "
    "inherited, here the first day of the fork parts the histories",
    ("lxc/incus", Reason.BOTS): "a translation service wrote commits of several people with one second and subject; which of them counts "
    "is chance",
    ("cortexproject/cortex", Reason.STEWARD): "people use the steward's address in the fork only, which is not at hand",
    ("ansible/ansible", Reason.ORGANIZATIONS): "one university's domain has three users here, which makes it an organization",
    ("puppetlabs/puppet", Reason.ORGANIZATIONS): "one university's domain has two users here, which makes it none",
    ("valkey-io/valkey", Reason.COMMITS): "the month of the last commit in the clone",
    ("valkey-io/valkey", Reason.ORGANIZATIONS): "commits after the clone's end make one domain an organization",
}
"""What was found by looking at the commits of the months that differ."""
GENERAL = {
    Reason.CLONE_ENDS: "",
    Reason.BOTS: "a name that ends in the word Bot is a bot here; in the shipped table only if it wrote five commits",
}
"""Causes that are the same for every repository."""
NOT_FOUND = "cause not found"
HEAD = """# Rebuilt fork tables beside the shipped ones

The fork tables can be rebuilt from clones: `openstrat data refresh forks --repos DIR --page FILE` wrote this page. A cell is equal
when both are blank, or differ by no more than one in the fourth digit of a share. Only rows that both sides have are compared, up to
the day on which the shipped history ends. Reasons are computed cell by cell, the first that holds counts; what stands in
brackets was found by looking at the commits, or says that no cause was found.
"""


def page(found: Found, parts: list[Rebuilt]) -> str:
    """Return the page as Markdown: totals, every table of every repository with its reasons, and what could not be rebuilt."""
    rows = [row for rebuilt in parts for row in _rows(rebuilt)]
    frame = pd.DataFrame(rows, columns=["repository", "table", "n_rows", "n_cells", "n_differ", "n_unexplained", "why"])
    sections = [HEAD, _totals(frame), "## By repository\n", _by_repository(frame), *_left_out(found, parts)]
    return "\n".join(sections).rstrip() + "\n"


def _rows(rebuilt: Rebuilt) -> list[dict[str, Any]]:
    tables = side_by_side(rebuilt)
    why = reasons(tables)
    rows = []
    for table, frame in tables.rebuilt.items():
        differing = differing_cells(tables.shipped[table], frame, KEYS[table])
        for name, cells in differing.groupby(level=0):
            own = why[(why["repository"] == name) & (why["table"] == table)].to_dict("records")
            counts = {"n_rows": len(cells), "n_cells": cells.size, "n_differ": int(cells.to_numpy().sum())}
            unexplained = sum(int(row["n_cells"]) for row in own if _cause(row) == NOT_FOUND)
            words = "; ".join(_sentence(row) for row in own)
            rows.append({"repository": name, "table": table, **counts, "n_unexplained": unexplained, "why": words})
    return rows


def _cause(row: dict[Any, Any]) -> str:
    reason = Reason(row["reason"])
    return CAUSES.get((row["repository"], reason), GENERAL.get(reason, NOT_FOUND))


def _sentence(row: dict[Any, Any]) -> str:
    cause = _cause(row)
    return f"{in_words(row)} ({cause})" if cause else in_words(row)


def _totals(frame: pd.DataFrame) -> str:
    sums = frame.groupby("table")[["n_rows", "n_cells", "n_differ", "n_unexplained"]].sum()
    lines = [
        "| table | repositories | rows | cells | equal | share | differ, cause known | differ, cause not found |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for table, row in sums.iterrows():
        n = frame.loc[frame["table"] == table, "repository"].nunique()
        equal = row["n_cells"] - row["n_differ"]
        numbers = (n, row["n_rows"], row["n_cells"], equal)
        known = row["n_differ"] - row["n_unexplained"]
        words = " | ".join(f"{number:,}" for number in numbers)
        lines.append(f"| {table} | {words} | {100 * equal / row['n_cells']:.2f} % | {known:,} | {row['n_unexplained']:,} |")
    return "\n".join(lines) + "\n"


def _by_repository(frame: pd.DataFrame) -> str:
    lines = ["| repository | table | rows | cells | equal | why the rest differs |", "|---|---|---:|---:|---:|---|"]
    for row in frame.sort_values(["repository", "table"]).to_dict("records"):
        equal = row["n_cells"] - row["n_differ"]
        lines.append(f"| {row['repository']} | {row['table']} | {row['n_rows']:,} | {row['n_cells']:,} | {equal:,} | {row['why']} |")
    return "\n".join(lines) + "\n"


def _left_out(found: Found, parts: list[Rebuilt]) -> list[str]:
    short = [f"- {name}: {reason}." for rebuilt in parts for name, reason in sorted(rebuilt.short.items())]
    skipped = [f"- {name}: {reason}." for rebuilt in parts for name, reason in sorted(rebuilt.skipped.items())]
    sections = [f"{len(found.paths)} of {found.n_shipped} repositories were at hand.\n"]
    sections += ["## Clones that end early\n", "\n".join(short) + "\n"] if short else []
    return sections + (["## Not rebuilt\n", "\n".join(skipped) + "\n"] if skipped else [])
