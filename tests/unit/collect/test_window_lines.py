"""Lines of the commits of some windows, in real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np

from openstrat.collect.git.command import open_repository
from openstrat.collect.git.log import CommitLog, read_log
from openstrat.collect.window_lines import with_window_lines

SALT = bytes(range(16))


def second(day: str) -> int:
    """Return the first second of a day in UTC."""
    return int(np.datetime64(day, "s").astype(np.int64))


def git(path: Path, *arguments: str, on: str = "2024-01-01") -> None:
    """Run git as one made-up person at noon of a day."""
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "Ana Alm", f"GIT_{role}_EMAIL": "ana@acme.io", f"GIT_{role}_DATE": f"{on}T12:00:00Z"}
    subprocess.run(["git", *arguments], cwd=path, env=environment, check=True, capture_output=True)


def write(path: Path, name: str, lines: int, on: str) -> None:
    """Commit a file with so many lines."""
    (path / name).write_text("line\n" * lines)
    git(path, "add", name, on=on)
    git(path, "commit", "-q", "-m", name, on=on)


def history(path: Path) -> CommitLog:
    """Return 3 lines in January, 7 on a branch in February, 2 on the main line in March, and the merge of both in April."""
    git(path, "init", "-q", "-b", "main")
    write(path, "first", 3, "2024-01-15")
    git(path, "checkout", "-q", "-b", "side")
    write(path, "second", 7, "2024-02-15")
    git(path, "checkout", "-q", "main")
    write(path, "third", 2, "2024-03-15")
    (path / "first").unlink()
    git(path, "commit", "-q", "-a", "-m", "gone", on="2024-03-16")
    git(path, "merge", "-q", "--no-ff", "-m", "merge", "side", on="2024-04-15")
    return read_log(open_repository(str(path)), salt=SALT)


def by_month(log: CommitLog, start: str, end: str, path: Path) -> dict[str, tuple[int, int]]:
    """Return inserted and deleted lines of a span by the day of the commit, those without any left out."""
    found = with_window_lines(log, open_repository(str(path)), [(second(start), second(end))])
    assert found.insertions is not None
    assert found.deletions is not None
    rows = zip(found.commit_time, found.insertions, found.deletions, strict=True)
    return {str(np.datetime64(int(time), "s"))[:10]: (int(added), int(gone)) for time, added, gone in rows if added or gone}


def test_lines_are_counted_within_the_span_only_and_a_merge_brings_those_of_its_branch_again(tmp_path: Path) -> None:
    log = history(tmp_path)
    whole = {"2024-01-15": (3, 0), "2024-02-15": (7, 0), "2024-03-15": (2, 0), "2024-03-16": (0, 3), "2024-04-15": (7, 0)}
    assert by_month(log, "2024-01-01", "2025-01-01", tmp_path) == whole
    assert by_month(log, "2024-02-01", "2024-03-16", tmp_path) == {"2024-02-15": (7, 0), "2024-03-15": (2, 0)}


def test_a_span_without_commits_has_no_lines(tmp_path: Path) -> None:
    assert by_month(history(tmp_path), "2030-01-01", "2031-01-01", tmp_path) == {}
