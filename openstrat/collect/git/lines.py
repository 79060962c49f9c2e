"""Lines added and taken away by each commit: the costly part of a history, shared between the processors."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Lock

import numpy as np

from openstrat.collect.git.command import Repository, conversation
from openstrat.collect.git.commits import Array
from openstrat.errors import DataError

QUESTION_COMMITS = 64
"""Commits a git process is asked for at a time."""
ARGUMENTS = (
    "diff-tree",
    "--stdin",
    "--always",
    "--root",
    "-r",
    "--find-renames",
    "--shortstat",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
)
RULE = "As git log --numstat counts: against the first parent, renames followed, merges and binary files without lines."

_TOTALS = re.compile(rb" (\d+) files? changed(?:, (\d+) insertions?\(\+\))?(?:, (\d+) deletions?\(-\))?")


class _Shares:
    """Questions still to be asked, as one run of neighbors for each git process: what one comparison read serves the next.

    A process that is done with its run takes from the far end of the longest one that is left.
    """

    def __init__(self, n_questions: int, n_processes: int) -> None:
        cuts = [n_questions * number // n_processes for number in range(n_processes + 1)]
        self.runs = [range(start, stop) for start, stop in pairwise(cuts)]
        self.lock = Lock()

    def of(self, process: int) -> Iterator[int]:
        """Yield the questions that a process has to ask."""
        while (question := self._next(process)) is not None:
            yield question

    def close(self) -> None:
        """Leave out what has not been asked."""
        with self.lock:
            self.runs = [range(0)] * len(self.runs)

    def _next(self, process: int) -> int | None:
        with self.lock:
            own = self.runs[process]
            if own:
                self.runs[process] = own[1:]
                return own[0]
            longest = max(range(len(self.runs)), key=lambda number: len(self.runs[number]))
            rest = self.runs[longest]
            self.runs[longest] = rest[:-1]
            return rest[-1] if rest else None


def count_lines(repository: Repository, sha: Sequence[bytes]) -> tuple[Array, Array, Array]:
    """Return insertions, deletions and changed files of each commit, in the order given; merges have none.

    Raises
    ------
    DataError
        If file contents are missing, as in a partial clone.
    """
    questions = [sha[start : start + QUESTION_COMMITS] for start in range(0, len(sha), QUESTION_COMMITS)]
    n_processes = min(os.cpu_count() or 1, len(questions))
    shares = _Shares(len(questions), max(n_processes, 1))
    table = np.zeros((len(sha), 3), dtype=np.int32)

    def work(process: int) -> None:
        try:
            with conversation(repository, *ARGUMENTS) as ask:
                for number in shares.of(process):
                    wanted = [one.hex().encode() for one in questions[number]]
                    start = number * QUESTION_COMMITS
                    table[start : start + len(wanted)] = _totals(ask(wanted), wanted, repository.label)
        finally:
            shares.close()

    with ThreadPoolExecutor(max(n_processes, 1)) as pool:
        try:
            list(pool.map(work, range(n_processes)))
        finally:
            shares.close()
    return table[:, 1].copy(), table[:, 2].copy(), table[:, 0].copy()


def _totals(answer: list[bytes], wanted: list[bytes], label: str) -> list[list[int]]:
    """Return files, insertions and deletions of each commit: its hash, and a line of totals unless nothing was compared."""
    found: list[bytes] = []
    totals: list[list[int]] = []
    for line in answer:
        match = _TOTALS.fullmatch(line)
        if match and found:
            totals[-1] = [int(value or 0) for value in match.groups()]
        else:
            found.append(line)
            totals.append([0, 0, 0])
    if found != wanted:
        raise DataError(f"git counted lines of other commits of {label} than asked. Check the repository with `git fsck`.")
    return totals
