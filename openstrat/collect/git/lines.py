"""Lines added and taken away by each commit: the costly part of a history, shared between the processors."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from openstrat.collect.git.command import Repository, run
from openstrat.collect.git.commits import Array
from openstrat.errors import DataError

BATCH_COMMITS = (512, 4_096)
"""Fewest and most commits a git process compares: starting one costs a tenth of a second, and none should wait long at the end."""
BATCHES_PER_PROCESSOR = 4
ARGUMENTS = (
    "log",
    "--no-walk=unsorted",
    "--stdin",
    "--format=tformat:%x00%H",
    "--shortstat",
    "--no-ext-diff",
    "--no-textconv",
    "--no-diff-merges",
    "--no-color",
    "--no-show-signature",
)
RULE = "As git log --numstat counts: against the first parent, renames followed, merges and binary files without lines."

_TOTALS = re.compile(rb" (\d+) files? changed(?:, (\d+) insertions?\(\+\))?(?:, (\d+) deletions?\(-\))?")


def count_lines(repository: Repository, sha: Sequence[bytes]) -> tuple[Array, Array, Array]:
    """Return insertions, deletions and changed files of each commit, in the order given; merges have none.

    Raises
    ------
    DataError
        If file contents are missing, as in a partial clone.
    """
    n_processors = os.cpu_count() or 1
    size = min(max(len(sha) // (BATCHES_PER_PROCESSOR * n_processors), BATCH_COMMITS[0]), BATCH_COMMITS[1])
    batches = [sha[start : start + size] for start in range(0, len(sha), size)]
    with ThreadPoolExecutor(n_processors) as pool:
        parts = list(pool.map(lambda batch: _count(repository, batch), batches))
    table = np.concatenate(parts) if parts else np.zeros((0, 3), dtype=np.int32)
    return table[:, 1].copy(), table[:, 2].copy(), table[:, 0].copy()


def _count(repository: Repository, batch: Sequence[bytes]) -> Array:
    wanted = [one.hex().encode() for one in batch]
    output = run(repository, *ARGUMENTS, stdin=b"\n".join(wanted) + b"\n")
    found = [(record[:64].split(b"\n", 1)[0], _TOTALS.search(record)) for record in output.split(b"\0")[1:]]
    if [name for name, _ in found] != wanted:
        raise DataError(f"git counted lines of other commits of {repository.label} than asked. Check the repository with `git fsck`.")
    return np.array([[int(value or 0) for value in totals.groups()] if totals else [0, 0, 0] for _, totals in found], dtype=np.int32)
