"""The shipped fork tables computed anew for the repositories that are at hand, family by family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from openstrat.analysis.forks.core import core_transitions
from openstrat.analysis.forks.credit import NOBODY, Basis, credited, day_of, only, until
from openstrat.analysis.forks.migration import fork_sides, migration_monthly
from openstrat.analysis.forks.monthly import activity_monthly
from openstrat.analysis.forks.organizations import with_organizations
from openstrat.analysis.forks.scopes import Codes, commit_scopes, count_scopes, is_own
from openstrat.collect.git.people import unite
from openstrat.collect.histories import History
from openstrat.errors import DataError

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

NO_UPSTREAM = "its upstream {upstream} is not at hand"
ENDS_EARLY = "the clone ends on {head}, the shipped history on {snapshot}"
BASES: tuple[Basis, ...] = ("author", "committer")


@dataclass(frozen=True)
class Rebuilt:
    """Tables of one family computed anew, cut at the shipped snapshots, with the columns of the shipped ones.

    `skipped` says why a repository at hand was not rebuilt; `short` why its rows must not replace shipped ones, and `ends` on
    which day such a clone ends.
    """

    repositories: pd.DataFrame
    activity_monthly: pd.DataFrame
    migration_monthly: pd.DataFrame
    core_transitions: pd.DataFrame
    skipped: dict[str, str]
    short: dict[str, str]
    ends: dict[str, date]

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the four tables by their names."""
        names = ("repositories", "activity_monthly", "migration_monthly", "core_transitions")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Member:
    """One repository of a family as the shipped tables describe it."""

    repository: str
    role: str
    snapshot_on: date
    has_ported_from_fork: bool
    steward: tuple[str, ...]
    source_ids: str
    upstream: str | None
    is_upstream_inside: bool
    fork_started_on: date | None


def family_members(repositories: pd.DataFrame, activity: pd.DataFrame, transitions: pd.DataFrame, family: str) -> dict[str, Member]:
    """Return what the shipped tables say about each repository of a family: role, snapshot, steward, upstream, start."""
    starts = {str(row["fork"]): row for row in transitions.drop_duplicates("fork").to_dict("records")}
    stewards = activity.drop_duplicates("repository").set_index("repository")["steward_orgs"]
    members = {}
    for row in repositories[repositories["family"] == family].to_dict("records"):
        name = str(row["repository"])
        start = starts.get(name)
        steward = stewards.get(name)
        members[name] = Member(
            repository=name,
            role=str(row["role"]),
            snapshot_on=pd.Timestamp(row["snapshot_head_on"]).date(),
            has_ported_from_fork=int(row["n_commits_ported_from_fork"]) > 0,
            steward=tuple(steward.split("; ")) if isinstance(steward, str) else (),
            source_ids=str(row["source_ids"]),
            upstream=None if start is None or pd.isna(start["upstream"]) else str(start["upstream"]),
            is_upstream_inside=start is not None and bool(start["is_upstream_inside_fork"]),
            fork_started_on=None if start is None else pd.Timestamp(start["fork_started_on"]).date(),
        )
    return members


def rebuild_family(members: Mapping[str, Member], histories: Mapping[str, History]) -> Rebuilt:
    """Return the shipped tables computed anew for the members whose histories are given, cut at the shipped snapshot's day.

    A fork is rebuilt only beside its upstream. Own commits, people and organizations follow the rules of the other modules here.

    Raises
    ------
    DataError
        If no history belongs to a member.
    """
    names = [name for name in members if name in histories]
    if not names:
        raise DataError("None of the histories belongs to this family. Give the clone of one of: " + ", ".join(members))
    united = dict(zip(names, unite([histories[name].log for name in names]), strict=True))
    skipped = {name: NO_UPSTREAM.format(upstream=members[name].upstream) for name in names if members[name].upstream not in {None, *united}}
    heads = {name: day_of(int(united[name].commit_time.max())) for name in names}
    ends = {name: head for name, head in heads.items() if head < members[name].snapshot_on}
    short = {name: ENDS_EARLY.format(head=head, snapshot=members[name].snapshot_on) for name, head in ends.items()}
    logs = {name: until(log, members[name].snapshot_on) for name, log in united.items()}
    scopes = {name: _scopes(members, logs, name, histories) for name in names if name not in skipped}
    named = {name: with_organizations(logs[name], tuple(logs.values())) for name in scopes}
    tables: dict[str, list[pd.DataFrame]] = {"activity": [], "migration": [], "transitions": []}
    for name, member in members.items():
        if name not in scopes:
            continue
        tables["activity"] += [_activity(member, named[name], scopes[name], basis) for basis in BASES]
        if member.fork_started_on is not None:
            upstream = member.upstream
            other = (named[upstream], scopes[upstream]) if upstream else (None, None)
            sides = fork_sides(named[name], scopes[name], other[0], member.fork_started_on, other[1])
            sources = _sources(members, member)
            tables["migration"].append(migration_monthly(sides, source_ids=sources))
            tables["transitions"].append(core_transitions(sides, source_ids=sources))
    counts = pd.DataFrame([_counts(named[name], scopes[name]) for name in scopes])
    frames = {name: pd.concat(parts, ignore_index=True) if parts else pd.DataFrame() for name, parts in tables.items()}
    return Rebuilt(counts, frames["activity"], frames["migration"], frames["transitions"], skipped, short, ends)


def _scopes(members: Mapping[str, Member], logs: Mapping[str, CommitLog], name: str, histories: Mapping[str, History]) -> Codes:
    """Return the scopes of a member; an upstream carried over from its forks only where the shipped counts say so."""
    member = members[name]
    if member.upstream is not None:
        is_two_way = members[member.upstream].has_ported_from_fork
        branches = histories[member.upstream].branches
        upstream = logs[member.upstream]
        return commit_scopes(logs[name], upstream, member.fork_started_on, upstream_branches=branches, is_two_way=is_two_way)
    if member.is_upstream_inside:
        return commit_scopes(logs[name], None, member.fork_started_on)
    forks = [other for other in logs if members[other].upstream == name] if member.has_ported_from_fork else []
    own = [only(logs[fork], is_own(logs[fork], _scopes(members, logs, fork, histories))) for fork in forks]
    return commit_scopes(logs[name], None, siblings=own)


def _activity(member: Member, log: CommitLog, scopes: Codes, basis: Basis) -> pd.DataFrame:
    return activity_monthly(
        log,
        scopes=scopes,
        basis=basis,
        steward_organizations=member.steward,
        started_on=member.fork_started_on,
        role=member.role,
        source_ids=member.source_ids,
    )


def _sources(members: Mapping[str, Member], member: Member) -> str:
    both = [member.source_ids, *([members[member.upstream].source_ids] if member.upstream else [])]
    return "; ".join(dict.fromkeys(part for cell in both for part in cell.split("; ")))


def _counts(log: CommitLog, scopes: Codes) -> dict[str, Any]:
    own = is_own(log, scopes)
    person, _ = credited(log)
    by_bot = own & log.is_bot
    counted = count_scopes(scopes)
    return {
        "repository": log.repository,
        "first_commit_on": pd.Timestamp(day_of(int(log.author_time.min()))),
        "own_first_commit_on": pd.Timestamp(day_of(int(log.commit_time[own].min()))),
        "n_commits_all": len(log),
        "n_commits_no_merges": len(log) - counted["merge"],
        **{f"n_commits_{scope}": counted[scope] for scope in ("own", "inherited", "ported", "ported_from_fork", "imported", "duplicate")},
        "n_commits_bot": int(by_bot.sum()),
        "n_commits_bot_credited": int((by_bot & (person != NOBODY)).sum()),
        "n_authors_own": len(np.unique(person[own & (person != NOBODY)])),
        "n_addresses_own": len(np.unique(log.address[own & ~log.is_bot])),
        "n_author_dates_fixed": log.n_author_dates_corrected,
    }
