"""The folder that `openstrat forks history` wrote: read, and checked by the models of the shipped tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors

from openstrat.errors import DataError
from openstrat.tables.catalog import definition, kinds
from openstrat.tables.store import read_csv

SUMMARY, RULES = "summary.json", "counting_rules.csv"
TABLES = ("activity_monthly", "migration_monthly", "core_transitions")
FILES = (*(f"{name}.csv" for name in TABLES), RULES, SUMMARY)
NUMBERS = ("value", "low", "high")
RULE_KINDS = {
    **dict.fromkeys(("repository", "headline", "rule", "counted_by", "window"), "text"),
    **dict.fromkeys(NUMBERS, "number"),
    "n": "integer",
    "note": "text",
}
SIDES = ("upstream", "fork")
COUNTS = ("n_commits_all", "n_commits_bot", "n_commits_bot_credited", "n_authors_own")
AGAIN = "Run again: openstrat forks history UPSTREAM FORK --out FOLDER"


@dataclass(frozen=True)
class ForkFolder:
    """One pair of histories as `openstrat forks history` wrote it.

    The tables have the columns of the shipped ones with blank `source_ids`; `rules` is the counting-rule panel; `summary` holds
    under "repositories" one mapping for the upstream and one for the fork.
    """

    activity: pd.DataFrame
    migration: pd.DataFrame
    transitions: pd.DataFrame
    rules: pd.DataFrame
    summary: dict[str, Any]


def read_fork_folder(folder: Path) -> ForkFolder:
    """Return the tables of a folder, after every cell was checked.

    Raises
    ------
    DataError
        If a file is missing, cut, does not fit its table model, or speaks of another pair; the message names file and cell.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise DataError(f"{folder.name} is no finished fork history: {', '.join(missing)} not found. {AGAIN}")
    activity, migration, transitions = (_checked(name, folder / f"{name}.csv") for name in TABLES)
    found = ForkFolder(activity, migration, transitions, read_csv(folder / RULES, RULE_KINDS), _summary(folder / SUMMARY))
    _check_names(found)
    return found


def _checked(name: str, path: Path) -> pd.DataFrame:
    frame = read_csv(path, kinds(name))
    if frame.empty:
        raise DataError(f"{path.name}: no rows. {AGAIN}")
    schema = definition(name).model.to_schema().remove_columns(["source_ids"])
    try:
        schema.validate(frame.drop(columns="source_ids"), lazy=True)
    except pandera.errors.SchemaErrors as error:
        case = next(error.failure_cases.itertuples())
        line = "" if pd.isna(case.index) else f", line {int(case.index) + 2}"
        raise DataError(f"{path.name}{line}, {case.column}: {str(case.failure_case)!r} breaks {case.check}. {AGAIN}") from None
    key = list(definition(name).key)
    if frame.duplicated(key).any():
        raise DataError(f"{path.name}: a row with the same {', '.join(key)} stands twice. {AGAIN}")
    return frame.assign(source_ids="")


def _summary(path: Path) -> dict[str, Any]:
    try:
        summary = json.loads(path.read_text(encoding="utf-8"))
        sides = [item["role"] for item in summary["repositories"]]
        numbers = [item[name] for item in summary["repositories"] for name in COUNTS]
        numbers += [count for item in summary["repositories"] for count in item["scopes"].values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path.name} cannot be read ({type(error).__name__}: {error}). {AGAIN}") from None
    if sides != list(SIDES) or not all(isinstance(number, int) and number >= 0 for number in numbers):
        raise DataError(f"{path.name}: expected an upstream and a fork with whole numbers of commits. {AGAIN}")
    return dict(summary)


def _check_names(found: ForkFolder) -> None:
    """Refuse a folder whose files speak of different pairs."""
    upstream, fork = (str(item["repository"]) for item in found.summary["repositories"])
    named = {"activity_monthly.csv": set(found.activity["repository"]), "migration_monthly.csv": set(found.migration["fork"])}
    named["core_transitions.csv"] = set(found.transitions["fork"])
    for name, repositories in named.items():
        if not repositories <= {upstream, fork} or fork not in repositories:
            raise DataError(f"{name} is about {', '.join(sorted(repositories))}, {SUMMARY} about {upstream} and {fork}. {AGAIN}")
