"""Commit logs written by hand for tests: one line a commit, newest last; and real repositories made with git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

from openstrat.collect.git.identity import salt_mark
from openstrat.collect.git.log import CommitLog
from openstrat.collect.git.people import MergeReport, identify, unite

SALT = bytes(range(16))
ANA, BO, CY = "Ana Alm <ana@acme.io>", "Bo Berg <bo@acme.io>", "Cy Cole <cy@gmail.com>"
BOT = "dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>"


@dataclass(frozen=True)
class Commit:
    """One commit: author as `Name <address>`, committer time, and what else a test needs."""

    author: str
    on: str
    subject: str = ""
    written: str = ""
    co: tuple[str, ...] = ()
    sha: str = ""
    parents: int = 1
    lines: int = 0


def log_of(commits: Sequence[Commit], repository: str = "acme/tool") -> CommitLog:
    """Return the log of commits in the order given, as git would hand it on: newest first."""
    rows = list(reversed(commits))
    names = list(dict.fromkeys(name for row in rows for name in (row.author, *row.co)))
    identity = np.array([names.index(row.author) for row in rows], dtype=np.int32)
    pairs = [(row, names.index(name)) for row, commit in enumerate(rows) for name in commit.co]
    commit_of = np.array([row for row, _ in pairs], dtype=np.int32)
    coauthor = np.array([name for _, name in pairs], dtype=np.int32)
    identities = identify([(name.partition(" <")[0], name.partition(" <")[2][:-1]) for name in names], SALT)
    n = len(rows)
    zeros = np.zeros(n, dtype=np.int16)
    log = CommitLog(
        repository=repository,
        head="",
        sha=np.array([(row.sha or f"{repository}{number}").encode()[-20:].ljust(20, b".") for number, row in enumerate(rows)], dtype="S20"),
        author_time=np.array([second(row.written or row.on) for row in rows], dtype=np.int64),
        commit_time=np.array([second(row.on) for row in rows], dtype=np.int64),
        author_offset=zeros,
        commit_offset=zeros,
        n_parents=np.array([row.parents for row in rows], dtype=np.uint8),
        author=identity,
        committer=identity,
        address=identity,
        committer_address=identity,
        subject=np.array([crc32((row.subject or f"{repository}{number}").encode()) for number, row in enumerate(rows)], dtype=np.uint64),
        is_bot=identities.frame["is_bot"].to_numpy()[identity],
        signoffs=zeros.astype(np.uint8),
        is_signed_off_by_author=zeros > 0,
        coauthor_commit=commit_of,
        coauthor=coauthor,
        coauthor_address=coauthor,
        insertions=np.array([row.lines for row in rows], dtype=np.int32) if any(row.lines for row in rows) else None,
        deletions=np.zeros(n, dtype=np.int32) if any(row.lines for row in rows) else None,
        n_files=None,
        n_quarantined=0,
        quarantine={},
        quarantined=(),
        n_author_dates_corrected=0,
        notes=(),
        people=pd.DataFrame(),
        addresses=pd.DataFrame(),
        merges=MergeReport(0, 0, 0, 0, 0),
        salt_mark=salt_mark(SALT),
        identities=identities,
        author_identity=identity,
        committer_identity=identity,
        coauthor_identity=coauthor,
    )
    return unite([log])[0]


def second(day: str) -> int:
    """Return the second of a day, at noon unless a time is given, in UTC."""
    return int(np.datetime64(day if "T" in day else f"{day}T12:00:00", "s").astype(np.int64))


def commits(author: str, *days: str) -> list[Commit]:
    """Return one commit a day by one author."""
    return [Commit(author, day) for day in days]


def by_day(*groups: Sequence[Commit]) -> list[Commit]:
    """Return the commits of all groups, oldest first."""
    return sorted((commit for group in groups for commit in group), key=lambda commit: second(commit.on))


class RealRepository:
    """A repository made with git, without any setting of the machine; every call is one commit or one git command."""

    def __init__(self, path: Path, *, clone_of: RealRepository | None = None) -> None:
        self.path = path
        if clone_of is None:
            path.mkdir(parents=True)
            self.git("init", "-q", "-b", "main")
        else:
            subprocess.run(["git", "clone", "-q", str(clone_of.path), str(path)], check=True, env=self._environment("2000-01-01"))

    def git(self, *arguments: str, on: str = "2024-01-01", written: str = "", author: str = ANA) -> str:
        """Run git and return what it prints."""
        environment = self._environment(on, written, author)
        done = subprocess.run(["git", *arguments], cwd=self.path, env=environment, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self, author: str, on: str, subject: str, *, written: str = "", body: str = "") -> None:
        """Add one commit that changes nothing."""
        self.git("commit", "-q", "--allow-empty", "-m", subject, *(["-m", body] if body else []), on=on, written=written, author=author)

    def _environment(self, on: str, written: str = "", author: str = ANA) -> dict[str, str]:
        name, _, rest = author.partition(" <")
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.path),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": rest[:-1],
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": rest[:-1],
            "GIT_AUTHOR_DATE": f"{second(written or on)} +0000",
            "GIT_COMMITTER_DATE": f"{second(on)} +0000",
        }
