"""Small repositories made on the spot by git itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from openstrat.collect.git.command import open_repository
from openstrat.collect.git.log import CommitLog, read_log

SALT = b"salt of the tests"
WRITER = "Wanda Writer <wanda@example.com>"
SECOND = 1_700_000_000


class Workshop:
    """A repository under construction: commits are written as bytes, so that odd ones can be made too."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)
        self.head = ""

    def git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Run git as a person would: with the repository's own settings, and nobody else's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "W", "GIT_AUTHOR_EMAIL": "w@example.com"}
        committer = {"GIT_COMMITTER_NAME": "W", "GIT_COMMITTER_EMAIL": "w@example.com", "GIT_TERMINAL_PROMPT": "0"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, input=stdin, capture_output=True, check=False, env=kept | quiet | committer, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tree(self, files: dict[str, bytes]) -> str:
        """Store a tree of files that lie side by side; return its hash."""
        blobs = {name: self.git("hash-object", "-w", "--stdin", stdin=text).decode().strip() for name, text in files.items()}
        lines = "".join(f"100644 blob {blob}\t{name}\n" for name, blob in blobs.items())
        return self.git("mktree", stdin=lines.encode()).decode().strip()

    def commit(
        self,
        message: str | bytes = "Change things",
        *,
        author: str = WRITER,
        committer: str = "",
        at: int = SECOND,
        zone: str = "+0000",
        files: dict[str, bytes] | None = None,
        parents: Iterable[str] | None = None,
    ) -> str:
        """Add a commit to main and return its hash."""
        lines = {"author": f"{author} {at} {zone}", "committer": f"{committer or author} {at} {zone}"}
        return self.raw({name: line.encode() for name, line in lines.items()}, message, files=files, parents=parents)

    def raw(
        self,
        lines: dict[str, bytes],
        message: str | bytes = "Odd",
        *,
        files: dict[str, bytes] | None = None,
        parents: Iterable[str] | None = None,
    ) -> str:
        """Add a commit with exactly these header lines, whatever they hold."""
        parents = ([self.head] if self.head else []) if parents is None else list(parents)
        header = [f"tree {self.tree(files or {})}".encode(), *(f"parent {parent}".encode() for parent in parents)]
        header += [name.encode() + b" " + line for name, line in lines.items()]
        text = message.encode() if isinstance(message, str) else message
        stored = self.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=b"\n".join(header) + b"\n\n" + text)
        self.head = stored.decode().strip()
        self.git("update-ref", "refs/heads/main", self.head)
        return self.head

    def log(self, **options: object) -> CommitLog:
        """Read the log as users do."""
        return read_log(open_repository(self.folder), salt=SALT, **options)  # type: ignore[arg-type]


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Give an empty repository."""
    return Workshop(tmp_path / "repo")


@pytest.fixture
def new_workshop(tmp_path: Path) -> Callable[..., Workshop]:
    """Give a maker of further repositories: name, options of git init."""
    return lambda name, *options: Workshop(tmp_path / name, *options)
