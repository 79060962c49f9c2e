"""Histories read once and kept as stages; names and salts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from openstrat.collect.git.identity import new_salt
from openstrat.collect.histories import check_location, name_of, names_of_two, read_history, read_salt
from openstrat.errors import InputError

SALT = bytes(range(16))
COMMIT = ("-c", "user.name=Ana Alm", "-c", "user.email=ana@acme.io", "commit", "-q", "--allow-empty", "-m")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with two commits on main and one on a branch."""
    path = tmp_path / "tool"
    path.mkdir()
    for arguments in (
        ("init", "-q", "-b", "main"),
        (*COMMIT, "start"),
        (*COMMIT, "go on"),
        ("checkout", "-q", "-b", "side"),
        (*COMMIT, "aside"),
    ):
        subprocess.run(["git", *arguments], cwd=path, check=True)
    subprocess.run(["git", "checkout", "-q", "main"], cwd=path, check=True)
    return path


def test_a_history_has_its_log_its_main_line_and_the_commits_of_all_branches(repository: Path) -> None:
    history = read_history(str(repository), salt=SALT, with_branches=True)
    assert history.branches is not None
    assert (len(history.log), len(history.main_line), len(history.branches.sha)) == (2, 2, 3)
    assert history.main_line[-1] == history.log.sha[0]


def test_subjects_of_branches_carry_the_marks_of_the_log(repository: Path) -> None:
    history = read_history(str(repository), salt=SALT, with_branches=True)
    assert history.branches is not None
    assert np.isin(history.log.subject, history.branches.subject).all()


def test_a_stage_is_read_again_and_gives_the_same_log(repository: Path, tmp_path: Path) -> None:
    first, again = (read_history(str(repository), salt=SALT, stages=tmp_path / "stages") for _ in range(2))
    assert (first.is_resumed, again.is_resumed) == (False, True)
    assert (again.log.sha == first.log.sha).all()
    assert again.log.people.equals(first.log.people)
    assert again.log.addresses.equals(first.log.addresses)


def test_a_stage_holds_no_name_and_no_address(repository: Path, tmp_path: Path) -> None:
    read_history(str(repository), salt=SALT, stages=tmp_path / "stages")
    (stage,) = (tmp_path / "stages").glob("*.npz")
    assert b"Ana" not in stage.read_bytes()
    assert b"ana@" not in stage.read_bytes()


def test_a_stage_is_not_used_after_a_new_commit_or_with_another_salt(repository: Path, tmp_path: Path) -> None:
    read_history(str(repository), salt=SALT, stages=tmp_path / "stages")
    assert not read_history(str(repository), salt=new_salt(), stages=tmp_path / "stages").is_resumed
    subprocess.run(["git", *COMMIT, "new"], cwd=repository, check=True)
    assert len(read_history(str(repository), salt=SALT, stages=tmp_path / "stages").log) == 3


def test_a_damaged_stage_is_read_anew(repository: Path, tmp_path: Path) -> None:
    read_history(str(repository), salt=SALT, stages=tmp_path / "stages")
    (stage,) = (tmp_path / "stages").glob("*.npz")
    stage.write_bytes(stage.read_bytes()[:200])
    assert not read_history(str(repository), salt=SALT, stages=tmp_path / "stages").is_resumed


def test_reading_leaves_the_repository_as_it_was(repository: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*")}
    read_history(str(repository), salt=SALT, stages=tmp_path / "stages")
    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*")} == before


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("clones/redis+redis/repo", "redis/redis"),
        ("clones/valkey-io+valkey", "valkey-io/valkey"),
        ("https://example.org/opentofu/opentofu.git", "opentofu/opentofu"),
        ("clones/terraform/", "terraform"),
        ("terraform.git", "terraform"),
    ],
)
def test_the_name_of_a_repository_is_read_from_its_place(location: str, name: str) -> None:
    assert name_of(location) == name


def test_the_folder_where_one_stands_has_a_name(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    assert name_of(".") == "tool"
    assert name_of(".git") == "tool"


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("/data/upstream/redis", "/data/fork/redis", ("upstream/redis", "fork/redis")),
        ("/data/acme/src/redis", "/data/cargo/src/redis", ("acme/src/redis", "cargo/src/redis")),
        ("/data/redis", "/data/valkey", ("redis", "valkey")),
        ("/data/redis", "/data/redis", ("redis", "redis")),
    ],
)
def test_two_folders_of_one_name_are_told_apart_by_where_they_lie(one: str, other: str, names: tuple[str, str]) -> None:
    assert names_of_two(one, other) == names


def test_a_location_is_checked_without_fetching_anything(repository: Path, tmp_path: Path) -> None:
    check_location(str(repository))
    check_location("https://example.invalid/owner/name")
    subprocess.run(["git", "init", "-q", str(tmp_path / "empty")], check=True)
    for place, said in (
        (tmp_path / "none", "No git repository"),
        (tmp_path / "empty", "No commit"),
        ("git://example.org/x", "is not fetched"),
    ):
        with pytest.raises(InputError, match=said):
            check_location(str(place))


def test_a_salt_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "salt"
    salt = read_salt(file)
    assert read_salt(file) == salt
    assert file.stat().st_mode & 0o077 == 0


def test_a_short_salt_is_refused(tmp_path: Path) -> None:
    (tmp_path / "salt").write_bytes(b"short")
    with pytest.raises(InputError, match="5 bytes"):
        read_salt(tmp_path / "salt")
