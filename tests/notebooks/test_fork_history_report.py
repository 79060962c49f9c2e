"""The history of a fork: of the tables, and of two repositories of one's own that were made on the spot."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from report_pages import check_figures, check_sources, sections_found

from openstrat.analysis.forks.statements import wrong_statements
from openstrat.cli.forks import forks
from openstrat.errors import ParameterError
from openstrat.reporting.plan import plan_report
from openstrat.reporting.reports import build_report

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "Activity on both sides",
    "Who moved",
    "How much hangs on few",
    "Newcomers, and who of them stays",
    "How the commits were counted",
    "What others published",
    "What this leaves open",
    "Sources",
]


@pytest.fixture(scope="module")
def valkey(tmp_path_factory):
    result = build_report("fork-history", {"fork": "valkey-io/valkey"}, out=tmp_path_factory.mktemp("out"))
    return result, html.unescape(result.html.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def histories(tmp_path_factory):
    """A folder that the command wrote for two tiny repositories: two people upstream, one of whom went on in the fork with a third."""
    home = tmp_path_factory.mktemp("git")
    upstream, fork = home / "lake", home / "pond"
    git(home, "init", "--quiet", "--initial-branch=main", str(upstream))
    for month in range(1, 13):
        commit(upstream, "Ann Archer", f"2022-{month:02}-03")
        commit(upstream, "Bob Baker", f"2022-{month:02}-09")
    git(home, "clone", "--quiet", str(upstream), str(fork))
    for month in range(1, 13):
        commit(upstream, "Bob Baker", f"2023-{month:02}-03")
        commit(fork, "Ann Archer", f"2023-{month:02}-05")
        commit(fork, "Cyd Carter", f"2023-{month:02}-11")
    done = CliRunner().invoke(forks, ["history", str(upstream), str(fork), "--out", str(home / "pair")])
    assert done.exit_code == 0, done.output
    return home / "pair"


def git(folder: Path, *arguments: str, **variables: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=folder, env=kept | quiet | variables, check=True, capture_output=True, timeout=60)


def commit(repository: Path, name: str, day: str) -> None:
    person = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in identity(name, day).items()}
    git(repository, "commit", "--quiet", "--allow-empty", "--message", f"{name} on {day}", **person)


def identity(name: str, day: str) -> dict[str, str]:
    return {"NAME": name, "EMAIL": f"{name.split(maxsplit=1)[0].lower()}@example.com", "DATE": f"{day}T12:00:00+0000"}


def text_of(page: str) -> str:
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"[ \t]+", " ", re.sub(r"<[^>]+>", "\n", body))


def test_every_section_is_there_in_order(valkey):
    result, page = valkey
    assert result.status == "completed"
    assert sections_found(page, SECTIONS) == SECTIONS


def test_every_figure_has_a_finding_a_source_and_a_table(valkey):
    result, page = valkey
    assert check_figures(page, has_number=True) == result.n_figures == 6


def test_every_listed_source_stands_in_the_sources_table(valkey):
    _, page = valkey
    assert {"git-histories", "chaoss-forks", "git-recount-valkey"} <= check_sources(page)


def test_nothing_known_to_be_wrong_is_said(valkey):
    _, page = valkey
    text = text_of(page)
    assert "not proof" in text
    assert wrong_statements(text) == []


def test_a_folder_of_ones_own_gives_the_same_sections_without_names_or_paths(histories, tmp_path):
    result = build_report("fork-history", {"fork": str(histories)}, out=tmp_path)
    page = html.unescape(result.html.read_text(encoding="utf-8"))
    assert result.status == "completed"
    assert sections_found(page, SECTIONS) == SECTIONS
    assert "1 of 2 core people of lake" in page
    assert "Of 48 commits in pond that are no merges, 24 are its own: a naive count is 2.0 times too high" in page
    text = text_of(page)
    assert not re.search("Archer|Baker|Carter|example.com", page)
    assert str(histories.parent) not in page
    assert wrong_statements(text) == []
    manifest = json.loads((result.html.parent / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["fork"] == "pair"
    assert len(manifest["fork_folders"]["fork"]) == 5


def test_another_history_gives_another_run_key(histories):
    first = plan_report("fork-history", {"fork": str(histories)}).key
    rules = histories / "counting_rules.csv"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.rsplit("\n", 2)[0] + "\n", encoding="utf-8")
    assert plan_report("fork-history", {"fork": str(histories)}).key != first


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"fork": "valkey"}, "Did you mean 'valkey-io/valkey'"),
        ({"measure": "stars"}, "Allowed: people, commits"),
        ({"basis": "push"}, "Allowed: committer, author"),
        ({"months_before": 3}, "6"),
    ],
)
def test_bad_parameters_are_refused_before_a_kernel_starts(given, said):
    with pytest.raises(ParameterError, match=said):
        plan_report("fork-history", given)


def test_a_folder_that_is_no_history_is_refused_before_a_kernel_starts(tmp_path):
    with pytest.raises(ParameterError, match=r"no finished fork history: activity_monthly\.csv"):
        plan_report("fork-history", {"fork": str(tmp_path)})
