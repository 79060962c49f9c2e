"""`openstrat data refresh forks` finds clones of shipped repositories and shows how rebuilt tables differ."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from openstrat.cli.main import cli


def run(*arguments: object) -> Result:
    """Run the command line."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def clones(tmp_path: Path) -> Path:
    """Return a folder with a made-up history under the name of a shipped repository and one under a fork's name."""
    for name in ("memcached/memcached", "opentofu/opentofu"):
        path = tmp_path / name
        path.mkdir(parents=True)
        environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for role in ("AUTHOR", "COMMITTER"):
            environment |= {f"GIT_{role}_NAME": "Ana Alm", f"GIT_{role}_EMAIL": "ana@acme.io", f"GIT_{role}_DATE": "2026-05-05T12:00:00Z"}
        for arguments in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "start")):
            subprocess.run(["git", *arguments], cwd=path, env=environment, check=True)
    return tmp_path


def test_differences_are_shown_by_table_and_column_and_nothing_is_written(clones: Path) -> None:
    done = run("data", "refresh", "forks", "--repos", clones)
    assert done.exit_code == 0, done.output
    assert "n_commits_all                    1 of 1 differ" in done.stdout
    assert "memcached/memcached: compared only, the clone ends on 2026-05-05" in done.stdout
    assert "Nothing was written." in done.stdout


def test_every_difference_has_a_reason(clones: Path) -> None:
    done = run("data", "refresh", "forks", "--repos", clones)
    assert "memcached/memcached, repositories: 7 cells in 1 row, the clone ends before the shipped history" in done.stdout


def test_the_page_says_how_many_cells_are_equal_and_why_the_rest_differs(clones: Path, tmp_path: Path) -> None:
    done = run("data", "refresh", "forks", "--repos", clones, "--page", tmp_path / "page.md")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    # one commit: both first days, three counts of commits, people and addresses differ; bots and carried-over commits are 0 on both sides
    assert "| memcached/memcached | repositories | 1 | 15 | 8 | 7 cells in 1 row, the clone ends before the shipped history |" in page
    assert "- memcached/memcached: the clone ends on 2026-05-05, the shipped history on 2026-07-10." in page
    assert "- opentofu/opentofu: its upstream hashicorp/terraform is not at hand." in page
    assert "2 of 71 repositories were at hand." in page
    assert str(tmp_path) not in page


def test_a_fork_without_its_upstream_is_not_rebuilt(clones: Path) -> None:
    done = run("data", "refresh", "forks", "--repos", clones)
    assert "opentofu/opentofu: not rebuilt, its upstream hashicorp/terraform is not at hand" in done.stdout


def test_a_folder_without_clones_is_named_with_what_is_expected(tmp_path: Path) -> None:
    done = run("data", "refresh", "forks", "--repos", tmp_path)
    assert done.exit_code == 2
    assert "owner/name.git" in done.stderr


def test_the_folder_has_to_be_given() -> None:
    done = run("data", "refresh", "forks")
    assert done.exit_code == 2
    assert "--repos" in done.stderr
