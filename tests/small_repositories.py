"""Small git repositories with a work tree, made on the spot; dates and people are the test's own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ADA = "Ada Author <ada@alpha.example>"
BEN = "Ben Builder <ben@beta.example>"
CLEAN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}


class SmallRepository:
    """A repository under construction on branch main."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, **environment: str) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=kept | CLEAN | environment, capture_output=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    def commit(
        self,
        files: dict[str, str | bytes | None],
        *,
        at: str = "2020-01-01T12:00:00+0000",
        authored: str = "",
        author: str = ADA,
        message: str = "Change things",
    ) -> str:
        """Write files (None removes one), commit them at a moment, and return the commit's hash."""
        for path, content in files.items():
            target = self.folder / path
            if content is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--all")
        name, _, address = author.rstrip(">").partition(" <")
        people = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in (("NAME", name), ("EMAIL", address))}
        dates = {"GIT_AUTHOR_DATE": authored or at, "GIT_COMMITTER_DATE": at}
        self.git("commit", "--quiet", "--allow-empty", "--message", message, **people, **dates)
        return self.git("rev-parse", "HEAD").strip()

    def link(self, path: str, target: str) -> None:
        """Make a symbolic link; it is in the next commit."""
        (self.folder / path).symlink_to(target)

    def tag(self, name: str, *, at: str) -> None:
        """Tag the last commit at a moment."""
        self.git(
            "tag", "--annotate", name, "--message", name, GIT_COMMITTER_DATE=at, GIT_COMMITTER_NAME="T", GIT_COMMITTER_EMAIL="t@t.example"
        )
