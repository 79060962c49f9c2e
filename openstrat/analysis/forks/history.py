"""The history of one upstream and one fork: monthly tables, who moved, and headlines under every counting rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from openstrat.analysis.forks.core import core_transitions
from openstrat.analysis.forks.counting import (
    Subject,
    Verdict,
    author_change,
    carried_over,
    organizations_at_least,
    people_at_least,
    steward_share,
    top_author_share,
    verdicts,
)
from openstrat.analysis.forks.credit import CREDIT_RULE, DAY_SECONDS, NOBODY, Basis, credited, day_of, until
from openstrat.analysis.forks.migration import Sides, fork_sides, migration_monthly, second_after
from openstrat.analysis.forks.monthly import activity_monthly
from openstrat.analysis.forks.organizations import RULE, with_organizations
from openstrat.analysis.forks.rules import Window
from openstrat.analysis.forks.scopes import Codes, commit_scopes, count_scopes, is_own
from openstrat.collect.histories import OtherHistory
from openstrat.errors import DataError

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

START_GIVEN = "given"
START_MAIN_LINE = "first commit that the upstream does not have, after the last one that the main line shares with it"
START_FIRST_OWN = "first own commit: both histories share no hash, so imported side histories cannot be told apart"
WINDOW_MONTHS = 12
BASES: tuple[Basis, ...] = ("author", "committer")


@dataclass(frozen=True)
class ForkHistory:
    """What one upstream and one fork show; tables have the columns of the shipped ones.

    `activity` holds both repositories by both dates. `panel` is the counting-rule panel, `verdicts` its reading. `summary` can be
    written as JSON: counts by scope, people, merged identities, bots, quarantined commits, months, rules.
    """

    started_on: date
    activity: pd.DataFrame
    migration: pd.DataFrame
    transitions: pd.DataFrame
    panel: pd.DataFrame
    verdicts: tuple[Verdict, ...]
    summary: dict[str, Any]


def fork_history(
    upstream: CommitLog,
    fork: CommitLog,
    *,
    fork_started_on: date | None = None,
    first_parents: Sequence[bytes] = (),
    upstream_branches: OtherHistory | None = None,
    as_of: date | None = None,
    steward_organizations: Sequence[str] = (),
) -> ForkHistory:
    """Return monthly tables, migration, transitions and the counting-rule panel of an upstream and its fork.

    The logs must be united. `first_parents` is the fork's main line as hashes, oldest first; the start is read from it where
    none is given. `as_of` leaves out later commits. The panel compares up to 12 months before the start with as many after it:
    as many whole months as both histories cover.

    Raises
    ------
    DataError
        If the fork has no own commit.
    """
    if as_of is not None:
        upstream, fork = until(upstream, as_of), until(fork, as_of)
    started_on, basis = fork_start(fork, upstream, fork_started_on, first_parents, upstream_branches)
    known_start = None if basis == START_FIRST_OWN else started_on
    fork_scopes = commit_scopes(fork, upstream, known_start, upstream_branches=upstream_branches)
    upstream_scopes = commit_scopes(upstream, siblings=[fork])
    upstream, fork = with_organizations(upstream, [fork]), with_organizations(fork, [upstream])
    sides = fork_sides(fork, fork_scopes, upstream, started_on, upstream_scopes)
    parties = (("upstream", upstream, upstream_scopes), ("fork", fork, fork_scopes))
    panel = _panel(parties, started_on, tuple(steward_organizations))
    return ForkHistory(
        started_on=started_on,
        activity=pd.concat(list(_activity(parties, known_start, steward_organizations)), ignore_index=True),
        migration=migration_monthly(sides),
        transitions=core_transitions(sides),
        panel=panel,
        verdicts=tuple(verdicts(panel)),
        summary={
            "fork_started_on": started_on.isoformat(),
            "start_basis": basis,
            "as_of": as_of.isoformat() if as_of else None,
            "repositories": [_repository(role, log, scopes) for role, log, scopes in parties],
            "identities": _identities(fork),
            "people_on_both_sides": _shared(sides),
            "steward_organizations": list(steward_organizations),
            "rules": {"credit": CREDIT_RULE, "organization": RULE},
        },
    )


def fork_start(
    fork: CommitLog,
    upstream: CommitLog,
    given: date | None = None,
    first_parents: Sequence[bytes] = (),
    upstream_branches: OtherHistory | None = None,
) -> tuple[date, str]:
    """Return the day a fork started, in UTC, and what the day rests on.

    The first rule that applies: the given day; the first commit that the upstream does not have, after the last one that the
    main line shares with it; where the main lines share no hash, the first own commit.

    Raises
    ------
    DataError
        If the fork has no own commit.
    """
    if given is not None:
        return given, START_GIVEN
    known = np.concatenate([upstream.sha, *([upstream_branches.sha] if upstream_branches else [])])
    is_foreign = ~np.isin(fork.sha, known)
    line = np.array(first_parents, dtype=fork.sha.dtype)
    shared = fork.commit_time[np.isin(fork.sha, line[np.isin(line, known)])]
    if len(shared):
        after = fork.commit_time[is_foreign & (fork.commit_time >= shared.max())]
        if len(after):
            return day_of(int(after.min())), START_MAIN_LINE
    own = is_own(fork, commit_scopes(fork, upstream, upstream_branches=upstream_branches))
    if not own.any():
        raise DataError(
            f"{fork.repository} has no commit of its own beside {upstream.repository}. Check the order: upstream first, then fork."
        )
    return day_of(int(fork.commit_time[own].min())), START_FIRST_OWN


Parties = tuple[tuple[str, "CommitLog", Codes], ...]


def _activity(parties: Parties, started_on: date | None, steward: Sequence[str]) -> Iterator[pd.DataFrame]:
    for role, log, scopes in parties:
        start, organizations = (started_on, ()) if role == "fork" else (None, steward)
        for basis in BASES:
            yield activity_monthly(log, scopes=scopes, basis=basis, steward_organizations=organizations, started_on=start, role=role)


def _panel(parties: Parties, started_on: date, steward: tuple[str, ...]) -> pd.DataFrame:
    upstream, fork = (Subject(log, scopes, steward) for _, log, scopes in parties)
    months = _covered_months(started_on, min(int(log.commit_time.max()) for _, log, _ in parties))
    before, after = Window.around(started_on, -months), Window.around(started_on, months)
    frames = [author_change(upstream, before, after), carried_over(upstream, fork, before, after)]
    for subject, windows in ((upstream, (before, after)), (fork, (after,))):
        for window in windows:
            frames += [top_author_share(subject, window), people_at_least(subject, window), organizations_at_least(subject, window)]
            if steward and subject is upstream:
                frames += [steward_share(subject, window), people_at_least(subject, window, outsiders=True)]
    return pd.concat(frames, ignore_index=True)


def _covered_months(started_on: date, head_second: int) -> int:
    """Return how many whole months after the start both histories cover, at least 1 and at most twelve."""
    covered = [months for months in range(1, WINDOW_MONTHS + 1) if second_after(started_on, months) - DAY_SECONDS <= head_second]
    return max(covered, default=1)


def _repository(role: str, log: CommitLog, scopes: Codes) -> dict[str, Any]:
    own = is_own(log, scopes)
    person, _ = credited(log)
    by_bot = own & log.is_bot
    times = log.commit_time[own]
    return {
        "repository": log.repository,
        "role": role,
        "head": log.head,
        "head_on": day_of(int(log.commit_time.max())).isoformat(),
        "own_first_commit_on": day_of(int(times.min())).isoformat() if len(times) else None,
        "n_commits_all": len(log),
        "scopes": count_scopes(scopes),
        "n_commits_bot": int(np.count_nonzero(by_bot)),
        "n_commits_bot_credited": int(np.count_nonzero(by_bot & (person != NOBODY))),
        "n_authors_own": len(np.unique(person[own & (person != NOBODY)])),
        "n_addresses_own": len(np.unique(log.address[own & ~log.is_bot])),
        "n_quarantined": log.n_quarantined,
        "quarantine": dict(log.quarantine),
        "notes": list(log.notes),
    }


def _identities(log: CommitLog) -> dict[str, Any]:
    merges = vars(log.merges)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in merges.items()}


def _shared(sides: Sides) -> int:
    return int(np.count_nonzero(np.isin(np.unique(sides.fork.person), sides.upstream.person)))
