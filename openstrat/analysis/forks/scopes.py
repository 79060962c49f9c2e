"""Which commits of a repository are its own: what came from the upstream, from a sibling, or from an older history is set apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from openstrat.analysis.forks.credit import Flags, Integers, day_second
from openstrat.collect.histories import OtherHistory
from openstrat.terms import Term

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

Codes: TypeAlias = npt.NDArray[np.uint8]


class CommitScope(Term):
    """What a commit is to the repository it stands in; only own commits count in monthly tables."""

    OWN = "own", "Written for this repository."
    INHERITED = "inherited", "Reachable from a branch or tag of the upstream."
    PORTED = "ported", "Carried over from the upstream under a new hash: same author second and subject or address, upstream first."
    PORTED_FROM_FORK = "ported_from_fork", "The same, carried over from another fork of the family."
    IMPORTED = "imported", "Older than the fork and not upstream: a side history that was merged in."
    DUPLICATE = "duplicate", "A repeated commit: same author second and subject as an earlier own one."
    MERGE = "merge", "A merge commit; never counted."


LATEST = np.iinfo(np.int64).max
SCOPES = tuple(scope.value for scope in CommitScope)
"""The vocabulary of the codes: code 0 is the first word."""
CODES = {scope: np.uint8(code) for code, scope in enumerate(CommitScope)}


def commit_scopes(
    fork: CommitLog,
    upstream: CommitLog | None = None,
    fork_started_on: date | None = None,
    *,
    upstream_branches: OtherHistory | None = None,
    siblings: Sequence[CommitLog] = (),
    is_two_way: bool = True,
) -> Codes:
    """Return one code a commit, an index into `SCOPES`; the logs must be united, so that addresses have one number.

    `upstream_branches` adds what the upstream has on other branches and tags. Without an upstream and with a start, everything
    before the start is inherited. `siblings` are forks whose commits this repository carried over; for an upstream, its forks.
    The first rule that holds decides: merge, inherited, ported, ported from a fork, imported, duplicate. A commit that two
    histories hold under two hashes belongs to the one that committed it first, and to the upstream in a tie; without `is_two_way`
    always to the upstream, which then never carried over anything of the fork. Repeated commits are set apart in forks only.
    """
    scopes = np.full(len(fork), CODES[CommitScope.OWN], dtype=np.uint8)
    others = [history for history in (_history(upstream) if upstream else None, upstream_branches) if history is not None]
    is_old = _is_before(fork, fork_started_on)
    rules = [
        (CommitScope.MERGE, fork.n_parents > 1),
        (CommitScope.INHERITED, np.isin(fork.sha, np.concatenate([other.sha for other in others])) if others else is_old),
        (CommitScope.PORTED, _first_committed(fork, others) <= (fork.commit_time if is_two_way else LATEST)),
        (CommitScope.PORTED_FROM_FORK, _is_from_sibling(fork, siblings)),
        (CommitScope.IMPORTED, is_old),
    ]
    is_open = np.ones(len(fork), dtype=bool)
    for scope, holds in rules:
        scopes[is_open & holds] = CODES[scope]
        is_open &= ~holds
    if others or fork_started_on is not None:
        scopes[_repeated(fork, np.flatnonzero(is_open))] = CODES[CommitScope.DUPLICATE]
    return scopes


def count_scopes(scopes: Codes) -> dict[str, int]:
    """Return how many commits each scope has; the counts add up to all commits."""
    return dict(zip(SCOPES, np.bincount(scopes, minlength=len(SCOPES)).tolist(), strict=True))


def is_own(log: CommitLog, scopes: Codes | None) -> Flags:
    """Return which commits count: own ones, or all but merges where no scopes are given."""
    own: Flags = log.n_parents < 2 if scopes is None else scopes == CODES[CommitScope.OWN]
    return own


def _history(log: CommitLog) -> OtherHistory:
    return OtherHistory(log.sha, log.author_time, log.commit_time, log.subject, log.address)


def _is_before(log: CommitLog, started_on: date | None) -> Flags:
    if started_on is None:
        return np.zeros(len(log), dtype=bool)
    before: Flags = log.commit_time < day_second(started_on)
    return before


def _first_committed(log: CommitLog, others: Sequence[OtherHistory]) -> npt.NDArray[np.float64]:
    """Return when another history first committed what a commit brings; infinite where none holds it."""
    earliest = np.full(len(log), np.inf)
    for other in others:
        for mine, theirs in ((log.subject, other.subject), (log.address, other.address)):
            if theirs is not None:
                first = _frame(other.author_time, theirs).assign(found=other.commit_time).groupby(["second", "mark"], as_index=False).min()
                earliest = np.fmin(earliest, _frame(log.author_time, mine).merge(first, how="left")["found"].to_numpy(dtype=float))
    return earliest


def _is_from_sibling(log: CommitLog, siblings: Sequence[CommitLog]) -> Flags:
    """Return which commits a sibling committed first; commits that both share by hash are neither source nor copy."""
    found = np.zeros(len(log), dtype=bool)
    for sibling in siblings:
        kept = ~np.isin(sibling.sha, log.sha)
        apart = OtherHistory(
            sibling.sha[kept], sibling.author_time[kept], sibling.commit_time[kept], sibling.subject[kept], sibling.address[kept]
        )
        found |= (_first_committed(log, [apart]) < log.commit_time) & ~np.isin(log.sha, sibling.sha)
    return found


def _repeated(log: CommitLog, rows: Integers) -> Integers:
    """Return those of the rows that repeat one that entered the history earlier."""
    in_order = rows[np.argsort(log.commit_time[rows], kind="stable")]
    repeated = _frame(log.author_time, log.subject).iloc[in_order].duplicated().to_numpy()
    found: Integers = in_order[repeated]
    return found


def _frame(second: Integers, mark: npt.NDArray[np.generic]) -> pd.DataFrame:
    return pd.DataFrame({"second": second, "mark": mark})
