"""One fork beside its upstream: everything its report and the fork explorer ask, from the shipped tables or from a folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from openstrat.analysis.fork_landscape import published_findings
from openstrat.analysis.forks.counting import COLUMNS
from openstrat.analysis.forks.pair import SIDES, ForkPair
from openstrat.analysis.forks.pair_counting import recounts
from openstrat.errors import UnknownNameError
from openstrat.tables.cells import split_list
from openstrat.tables.fork_folder import ForkFolder, read_fork_folder
from openstrat.tables.store import read_column, read_table

__all__ = ["ForkPair", "fork_folder", "fork_pair_of", "fork_pairs_of"]

FOLDER_HINT = "Or give the folder that `openstrat forks history UPSTREAM FORK --out FOLDER` wrote."
SCOPES = ("n_own", "n_inherited", "n_ported", "n_ported_from_fork", "n_imported", "n_duplicate")


def fork_pairs_of() -> pd.DataFrame:
    """Return the forks of the tables whose months are known: fork, upstream (blank inside the fork), started_on, n_months."""
    months = read_table("migration_monthly").groupby("fork", sort=True)
    found = months.agg(upstream=("upstream", "first"), n_months=("month", "size")).reset_index()
    starts = read_table("core_transitions").groupby("fork")["fork_started_on"].first()
    return found.assign(started_on=found["fork"].map(starts))[["fork", "upstream", "started_on", "n_months"]]


def fork_folder(fork: str) -> Path | None:
    """Return the folder that a name means, once its files were checked; None for a fork of the tables.

    Raises
    ------
    UnknownNameError
        If there is neither such a fork nor such a folder.
    DataError
        If the folder's files are missing or do not fit their table models.
    """
    known = set(read_column("migration_monthly", "fork"))
    if fork in known:
        return None
    folder = Path(fork)
    if not folder.is_dir():
        raise UnknownNameError("fork", fork, known, FOLDER_HINT)
    read_fork_folder(folder)
    return folder


def fork_pair_of(fork: str) -> ForkPair:
    """Return what is known of a fork and its upstream.

    Parameters
    ----------
    fork
        A fork of the table migration_monthly as owner/name, or the folder that `openstrat forks history --out` wrote.

    Raises
    ------
    UnknownNameError
        If there is neither such a fork nor such a folder.
    DataError
        If the folder's files are missing or do not fit their table models.
    """
    folder = fork_folder(fork)
    return _shipped(fork) if folder is None else _own(read_fork_folder(folder))


def _shipped(fork: str) -> ForkPair:
    migration, transitions = (_of(read_table(name), fork) for name in ("migration_monthly", "core_transitions"))
    upstream = None if pd.isna(migration["upstream"].iloc[0]) else str(migration["upstream"].iloc[0])
    names = [name for name in (upstream, fork) if name]
    activity, panel = (read_table(name) for name in ("activity_monthly", "counting_panel"))
    events = read_table("fork_events")
    event = next(iter(events[events["fork_repository"] == fork].to_dict("records")), None)
    return ForkPair(
        fork=fork,
        upstream=upstream,
        started_on=transitions["fork_started_on"].iloc[0].date(),
        activity=activity[activity["repository"].isin(names)],
        migration=migration,
        transitions=transitions,
        scopes=_scopes_of_table(dict(zip(SIDES, (upstream, fork), strict=True))),
        event=None if event is None else {str(name): cell for name, cell in event.items()},
        confounders=_confounders(names),
        rules=recounts(panel[panel["finding_id"].isin(_findings_of(event))]),
        findings=_findings(event),
        is_own_folder=False,
    )


def _own(found: ForkFolder) -> ForkPair:
    upstream, fork = (str(item["repository"]) for item in found.summary["repositories"])
    return ForkPair(
        fork=fork,
        upstream=upstream,
        started_on=date.fromisoformat(str(found.summary["fork_started_on"])),
        activity=found.activity,
        migration=found.migration,
        transitions=found.transitions,
        scopes=pd.DataFrame([_scope_row(item) for item in found.summary["repositories"]]),
        event=None,
        confounders=read_table("confounders").head(0),
        rules=found.rules[list(COLUMNS)],
        findings=published_findings().head(0),
        is_own_folder=True,
    )


def _of(table: pd.DataFrame, fork: str) -> pd.DataFrame:
    return table[table["fork"] == fork].reset_index(drop=True)


def _scopes_of_table(named: Mapping[str, str | None]) -> pd.DataFrame:
    table = {str(row["repository"]): row for row in read_table("repositories").to_dict("records")}
    rows = []
    for side, name in named.items():
        if name is None:
            continue
        row = table[name]
        counts = {scope: int(row[f"n_commits_{scope.removeprefix('n_')}"]) for scope in SCOPES}
        n_all = int(row["n_commits_all"])
        counts |= {"n_all": n_all, "n_merges": n_all - int(row["n_commits_no_merges"]), "n_authors_own": int(row["n_authors_own"])}
        counts |= {"n_bot": int(row["n_commits_bot"]), "n_bot_credited": int(row["n_commits_bot_credited"])}
        facts = {"notes": row["notes"], "head_on": f"{row['snapshot_head_on']:%Y-%m-%d}", "source_ids": row["source_ids"]}
        rows.append({"side": side, "repository": name, **counts, **facts})
    return pd.DataFrame(rows)


def _scope_row(item: Mapping[str, Any]) -> dict[str, Any]:
    counts = {scope: int(item["scopes"].get(scope.removeprefix("n_"), 0)) for scope in SCOPES}
    counts |= {"n_all": int(item["n_commits_all"]), "n_merges": int(item["scopes"].get("merge", 0))}
    counts |= {"n_authors_own": int(item["n_authors_own"])}
    counts |= {"n_bot": int(item["n_commits_bot"]), "n_bot_credited": int(item["n_commits_bot_credited"])}
    notes = "; ".join(map(str, item.get("notes", []))) or None
    facts = {"notes": notes, "head_on": str(item["head_on"]), "source_ids": ""}
    return {"side": item["role"], "repository": str(item["repository"]), **counts, **facts}


def _confounders(names: list[str]) -> pd.DataFrame:
    table = read_table("confounders")
    return table[[bool(set(names) & set(split_list(cell))) for cell in table["repositories"]]].reset_index(drop=True)


def _findings_of(event: Mapping[Any, Any] | None) -> list[str]:
    published = read_table("published_findings")
    return [] if event is None else published.loc[published["event_id"] == event["event_id"], "finding_id"].tolist()


def _findings(event: Mapping[Any, Any] | None) -> pd.DataFrame:
    found = published_findings()
    return found[found["finding_id"].isin(_findings_of(event))].reset_index(drop=True)
