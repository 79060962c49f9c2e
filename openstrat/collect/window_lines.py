"""Lines of the commits of some windows only, merges beside their first parent: what recounts of published figures need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from openstrat.collect.git.command import Repository, run
from openstrat.collect.git.log import CommitLog
from openstrat.errors import DataError

ARGUMENTS = (
    "log",
    "--no-walk=unsorted",
    "--stdin",
    "--format=tformat:%x00%H",
    "--shortstat",
    "--diff-merges=first-parent",
    "--find-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-show-signature",
)
RULE = "As git log --shortstat counts: against the first parent, merges too, renames followed, binary files without lines."
_TOTALS = re.compile(rb"(\d+) (insertion|deletion)")


def with_window_lines(log: CommitLog, repository: Repository, spans: Iterable[tuple[int, int]]) -> CommitLog:
    """Return the log with inserted and deleted lines of the commits that entered it in a span of seconds; elsewhere both are 0.

    A span ends before its second number. Merges have what they bring to the first parent: the lines of the merged commits again.

    Raises
    ------
    DataError
        If file contents of these commits are missing, as in a partial clone.
    """
    wanted = np.zeros(len(log), dtype=bool)
    for start, end in spans:
        wanted |= (log.commit_time >= start) & (log.commit_time < end)
    rows = np.flatnonzero(wanted)
    lines = np.zeros((len(log), 2), dtype=np.int32)
    if len(rows):
        width = len(log.head) // 2
        lines[rows] = _lines(repository, [bytes(sha).ljust(width, b"\0").hex().encode() for sha in log.sha[rows]])
    return replace(log, insertions=lines[:, 0].copy(), deletions=lines[:, 1].copy())


def _lines(repository: Repository, names: list[bytes]) -> npt.NDArray[np.int32]:
    output = run(repository, *ARGUMENTS, stdin=b"\n".join(names) + b"\n")
    records = output.split(b"\0")[1:]
    if [record.split(b"\n", 1)[0] for record in records] != names:
        raise DataError(f"git counted lines of other commits of {repository.label} than asked. Check the repository with `git fsck`.")
    totals = [{kind: int(number) for number, kind in _TOTALS.findall(record.partition(b"\n")[2])} for record in records]
    return np.array([(found.get(b"insertion", 0), found.get(b"deletion", 0)) for found in totals], dtype=np.int32)
