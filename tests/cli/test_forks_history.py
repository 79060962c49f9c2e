"""`openstrat forks history` and `events` on small repositories made with git."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from openstrat.cli.main import cli

PEOPLE = {"Ana": "ana@acme.io", "Bo": "bo@acme.io", "Cy": "cy@gmail.com"}


def git(path: Path, *arguments: str, who: str = "Ana", on: str = "2024-01-01") -> None:
    """Run git in a repository as one of the people, at noon of a day."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(path),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{role}_NAME": f"{who} Person" for role in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{role}_EMAIL": PEOPLE[who] for role in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{role}_DATE": f"{on}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")},
    }
    subprocess.run(["git", *arguments], cwd=path, env=environment, check=True, capture_output=True)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Return an upstream and its fork of 2024-06-10: Ana moves, Bo stays, Cy is new."""
    upstream, fork = tmp_path / "acme+tool", tmp_path / "acme+fork"
    upstream.mkdir()
    git(upstream, "init", "-q", "-b", "main")
    for who, on in (("Ana", "2024-01-05"), ("Bo", "2024-02-05"), ("Ana", "2024-03-05")):
        git(upstream, "commit", "-q", "--allow-empty", "-m", f"work of {on}", who=who, on=on)
    git(tmp_path, "clone", "-q", str(upstream), str(fork))
    for who, on in (("Ana", "2024-06-10"), ("Cy", "2024-06-12"), ("Cy", "2024-07-12")):
        git(fork, "commit", "-q", "--allow-empty", "-m", f"fork work of {on}", who=who, on=on)
    git(upstream, "commit", "-q", "--allow-empty", "-m", "later work", who="Bo", on="2024-07-20")
    return upstream, fork


def run(*arguments: object) -> Result:
    """Run the command line."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_a_pair_of_repositories_gives_tables_and_a_summary(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("forks", "history", *pair, "--out", out)
    assert done.exit_code == 0, done.output
    summary = json.loads((out / "summary.json").read_text())
    assert summary["fork_started_on"] == "2024-06-10"
    assert [item["scopes"]["own"] for item in summary["repositories"]] == [4, 3]
    assert summary["repositories"][1]["scopes"]["inherited"] == 3
    assert r"name matches \[bot\]" in summary["rules"]["bots"]
    migration = pd.read_csv(out / "migration_monthly.csv")
    assert migration[["month", "n_fork_active", "n_migrants", "n_upstream_active"]].to_numpy().tolist() == [
        ["2024-06", 2, 1, 0],
        ["2024-07", 1, 0, 1],
    ]
    activity = pd.read_csv(out / "activity_monthly.csv")
    assert activity[(activity["repository"] == "acme/fork") & (activity["date_basis"] == "committer")]["n_commits"].tolist() == [2, 1]


def test_a_second_run_goes_on_from_what_was_read_and_gives_the_same_files(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run("forks", "history", *pair, "--out", out)
    files = {path.name: path.read_bytes() for path in out.glob("*.*")}
    second = run("forks", "history", *pair, "--out", out)
    assert first.stderr.count("commits read") == 2
    assert second.stderr.count("taken from the last run") == 2
    assert {path.name: path.read_bytes() for path in out.glob("*.*")} == files


def test_no_name_and_no_address_reaches_a_file_or_the_screen(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("forks", "history", *pair, "--out", tmp_path / "out", "--steward", "acme.io")
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()) + done.output.encode()
    assert b"Person" not in written
    assert not any(address.encode() in written for address in PEOPLE.values())


def test_the_start_and_the_last_day_can_be_given(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("forks", "history", *pair, "--out", tmp_path / "out", "--at", "2024-06-01", "--as-of", "2024-06-30", "--json")
    summary = json.loads(done.stdout)
    assert (summary["fork_started_on"], summary["start_basis"]) == ("2024-06-01", "given")
    assert [item["head_on"] for item in summary["repositories"]] == ["2024-03-05", "2024-06-12"]


def test_progress_goes_to_the_error_stream_so_that_json_can_be_piped(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("forks", "history", *pair, "--out", tmp_path / "out", "--json")
    assert json.loads(done.stdout)["repositories"][0]["repository"] == "acme/tool"
    assert "acme/tool: 4 commits read" in done.stderr


def test_every_headline_of_the_summary_has_a_verdict_with_its_window(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run("forks", "history", *pair, "--out", tmp_path / "out")
    verdicts = json.loads((tmp_path / "out" / "summary.json").read_text())["verdicts"]
    assert all(item["window"] and item["reason"] for item in verdicts)
    assert {item["sturdiness"] for item in verdicts} <= {"robust", "fragile", "reversed", "not_computed"}


def test_the_same_repository_twice_has_no_fork(pair: tuple[Path, Path], tmp_path: Path) -> None:
    upstream, _ = pair
    done = run("forks", "history", upstream, upstream, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "has no commit of its own beside acme/tool" in done.stderr


def test_two_repositories_of_one_name_are_told_apart_by_their_folders(pair: tuple[Path, Path], tmp_path: Path) -> None:
    places = [tmp_path / side / "tool" for side in ("old", "new")]
    for place, side in zip(places, pair, strict=True):
        place.parent.mkdir()
        side.rename(place)
    done = run("forks", "history", *places, "--out", tmp_path / "out", "--json")
    assert [item["repository"] for item in json.loads(done.stdout)["repositories"]] == ["old/tool", "new/tool"]
    activity = pd.read_csv(tmp_path / "out" / "activity_monthly.csv")
    assert not activity.duplicated(["repository", "date_basis", "month"]).any()


def test_repositories_that_share_nothing_are_warned_about(pair: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    git(other, "commit", "-q", "--allow-empty", "-m", "start", who="Cy", on="2024-05-01")
    done = run("forks", "history", pair[0], other, "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert "Warning: other shares no commit with acme/tool" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--at", "2030-01-01"], "has no own commit on or after 2030-01-01"),
        (["--steward", "nobody.example"], "No commit to acme/tool is by an address of nobody.example"),
    ],
)
def test_options_that_leave_nothing_to_count_are_warned_about(
    options: list[str], said: str, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    done = run("forks", "history", *pair, "--out", tmp_path / "out", *options)
    assert done.exit_code == 3
    assert said in done.stderr


def test_a_bad_second_repository_is_named_before_the_first_is_read(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("forks", "history", pair[0], "git://example.org/tool", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "is not fetched" in done.stderr
    assert "commits read" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_without_a_repository_is_named(tmp_path: Path) -> None:
    done = run("forks", "history", tmp_path / "none", tmp_path / "none", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "No git repository at" in done.stderr


def test_events_are_listed_as_text_and_as_json() -> None:
    assert "redis-valkey" in run("forks", "events").stdout
    listed = json.loads(run("forks", "events", "--trigger", "acquisition", "--json").stdout)
    assert {item["trigger"] for item in listed} == {"acquisition"}
    assert all(item["source_ids"] for item in listed)
