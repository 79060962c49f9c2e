"""A folder of `openstrat forks history`, read back: what is whole comes back, what is not is refused with the place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import openstrat
from openstrat.analysis.forking import fork_folder
from openstrat.errors import DataError, UnknownNameError
from openstrat.tables.csv_text import csv_text
from openstrat.tables.fork_folder import FILES, RULE_KINDS, read_fork_folder
from openstrat.tables.store import read_table

UPSTREAM, FORK = "redis/redis", "valkey-io/valkey"
SCOPES = {"own": 880, "inherited": 10679, "ported": 0, "ported_from_fork": 0, "imported": 0, "duplicate": 0, "merge": 1435}
SIDE = {"n_commits_all": 12994, "scopes": SCOPES, "n_commits_bot": 0, "n_commits_bot_credited": 0, "n_authors_own": 133}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped rows of one pair, written as the command writes them: no sources, a summary."""
    activity = read_table("activity_monthly")
    tables = {
        "activity_monthly": activity[activity["repository"].isin([UPSTREAM, FORK])],
        "migration_monthly": read_table("migration_monthly").query("fork == @FORK"),
        "core_transitions": read_table("core_transitions").query("fork == @FORK"),
    }
    for name, table in tables.items():
        months = ("month",) if "month" in table else ()
        (tmp_path / f"{name}.csv").write_text(csv_text(table.assign(source_ids=""), months=months), encoding="utf-8")
    row = f"{FORK},busiest person's share of commits,unique_commits,authors,2024-03-20 to before 2025-03-20,0.2,0.2,0.2,800,"
    (tmp_path / "counting_rules.csv").write_text(f"{','.join(RULE_KINDS)}\n{row}\n", encoding="utf-8")
    sides = [SIDE | {"repository": name, "role": role, "head_on": "2025-03-19"} for name, role in ((UPSTREAM, "upstream"), (FORK, "fork"))]
    summary = {"fork_started_on": "2024-03-20", "repositories": sides}
    (tmp_path / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    return tmp_path


def replaced(file: str, old: str, new: str) -> Callable[[Path], object]:
    """A change of one file's text."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def test_a_whole_folder_gives_the_same_months_as_the_tables(folder: Path) -> None:
    pair, shipped = openstrat.fork_pair_of(str(folder)), openstrat.fork_pair_of(FORK)
    assert pair.is_own_folder
    assert (pair.fork, pair.upstream, pair.started_on) == (shipped.fork, shipped.upstream, shipped.started_on)
    assert pair.activity["n_active_authors"].tolist() == shipped.activity["n_active_authors"].tolist()
    assert pair.source_ids == ()
    assert pair.rules["headline"].tolist() == ["busiest person's share of commits"]


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(DataError, match=f"{file} not found"):
        read_fork_folder(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replaced("activity_monthly.csv", "redis/redis,upstream,", "redis/redis,leader,"), "activity_monthly.csv, line 2, role: 'leader'"),
        (replaced("migration_monthly.csv", "2024-04", "April"), "migration_monthly.csv: a cell does not fit its type"),
        (replaced("migration_monthly.csv", "valkey-io/valkey,2024-04", "valkey-io/valkey,2024-03"), "same fork, month stands twice"),
        (replaced("core_transitions.csv", "n_group", "group"), "core_transitions.csv: missing columns: n_group"),
        (replaced("counting_rules.csv", "0.2,0.2,0.2", "high,0.2,0.2"), "counting_rules.csv: a cell does not fit"),
        (replaced("summary.json", '"n_authors_own": 133', '"n_authors_own": -1'), "whole numbers of commits"),
        (replaced("summary.json", '"role": "fork"', '"role": "other"'), "expected an upstream and a fork"),
        (replaced("summary.json", '"repositories"', '"repos"'), "summary.json cannot be read"),
        (replaced("summary.json", '"valkey-io/valkey"', '"someone/else"'), "activity_monthly.csv is about redis/redis, valkey-io/valkey"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(folder: Path, change: Callable[[Path], object], said: str) -> None:
    change(folder)
    with pytest.raises(DataError, match=said):
        read_fork_folder(folder)


def test_a_name_that_is_neither_fork_nor_folder_is_refused_with_the_nearest() -> None:
    assert fork_folder(FORK) is None
    with pytest.raises(UnknownNameError, match=r"Did you mean 'valkey-io/valkey'.*openstrat forks history UPSTREAM FORK"):
        fork_folder("valkey-io/valky")
