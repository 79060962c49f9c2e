"""The part of `openstrat data refresh forks` that counts published figures anew, on clones that do not hold the commits asked for."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from openstrat.cli.refresh_counting import report


def empty_clone(path: Path) -> Path:
    """Return a repository with one commit of its own."""
    path.mkdir()
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "Ana Alm", f"GIT_{role}_EMAIL": "ana@acme.io"}
    for arguments in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "start")):
        subprocess.run(["git", *arguments], cwd=path, env=environment, check=True)
    return path


def test_a_clone_without_the_commit_of_the_source_is_named_and_nothing_is_counted(tmp_path: Path) -> None:
    assert report({"redis/redis": empty_clone(tmp_path / "redis")}, 40, write_tables=True) == [
        "counting_panel: no published figure can be counted from these clones.",
        "redis/redis: published figures are not counted, the clone does not hold commit 4f8cdc2a1e.",
    ]


def test_a_fork_without_its_upstream_is_not_counted(tmp_path: Path) -> None:
    found = report({"valkey-io/valkey": empty_clone(tmp_path / "valkey")}, 40)
    assert found == ["counting_panel: no published figure can be counted from these clones."]
