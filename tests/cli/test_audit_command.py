"""`openstrat audit` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from license_samples import MIT
from small_repositories import SmallRepository

from openstrat.cli.main import cli
from openstrat.collect.documents import load_yaml


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = SmallRepository(tmp_path / "tool")
    files = {"LICENSE": MIT, "README.md": "An open source tool.", "package.json": '{"license": "ISC"}', "SECURITY.md": "Write."}
    made.commit(files, at="2024-01-10T01:00:00+0200")
    made.commit({"code.py": "1"}, at="2024-02-10T12:00:00+0000")
    return made.folder


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["audit", *words])


def test_the_page_says_license_since_when_declarations_and_rules(folder: Path) -> None:
    shown = run(str(folder), "--as-of", "2024-03-01")
    assert shown.exit_code == 0
    assert shown.output.startswith("tool at ")
    for text in (
        "Today              MIT: fully open",
        "2024-01-09: no license file -> MIT (first)",
        "committer's local day 2024-01-10",
        "conflicts          package.json, license: ISC",
        "security           found: SECURITY.md",
        "2 commits by 1 person, 0 by bots set apart; busiest 100%, absence factor 1",
        "! MI3 one-person project",
        "? newest release: not known",
        "Not legal advice",
    ):
        assert text in shown.output, shown.output


def test_the_record_holds_the_same_for_programs(folder: Path) -> None:
    record = json.loads(run(str(folder), "--as-of", "2024-03-01", "--json").output)
    assert record["licenses"][0] | {"doubts": []} == {
        "place": ".",
        "license": "MIT",
        "license_ids": ["MIT"],
        "connection": "single",
        "level": "fully_open",
        "lowest": "fully_open",
        "highest": "fully_open",
        "restrictions": [],
        "doubts": [],
    }
    assert record["license_changes"][0]["committed_on"] == "2024-01-09"
    assert record["license_periods"][0] | {"from_on": "2024-01-09", "to_on": None} == record["license_periods"][0]
    assert [item["n_commits"] for item in record["activity"]] == [2, 2, 2]
    assert {item["state"] for item in record["findings"]} <= {"flag", "no_flag", "unknown"}
    assert r"\[bot\]" in " ".join(record["bot_rule"])
    assert (record["as_of"], record["known_until"], record["since"]) == ("2024-03-01", "2024-02-10", None)


def test_facts_are_written_as_plain_yaml_and_never_over_a_file(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "facts.yaml"
    first = run(str(folder), "--as-of", "2024-03-01", "--facts", str(target), "--layer", "sdk")
    assert first.exit_code == 0
    assert load_yaml(target) == {
        "precedent": {"layer": "sdk", "family_before": "permissive"},
        "layers": {"sdk": {"license_now": "MIT"}},
        "measures": {"governance": {"security_contact": "SECURITY.md in the repository"}},
    }
    assert "absence factor 1" in target.read_text(encoding="utf-8")
    again = run(str(folder), "--as-of", "2024-03-01", "--facts", str(target))
    assert again.exit_code == 2
    assert "exists and is kept" in again.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such-folder"], "No git repository"),
        (["http://example.com/x"], "is not fetched"),
        (["ext::sh -c id"], "is not fetched"),
        (["--upload-pack=id"], "No such option"),
        ([".", "--as-of", "someday"], "YYYY-MM-DD"),
        ([".", "--layer", "cellar"], "cellar"),
    ],
)
def test_bad_input_is_refused_with_the_next_step(words: list[str], said: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    shown = run(*words)
    assert shown.exit_code == 2
    assert said in shown.output


def test_an_empty_repository_is_bad_input(tmp_path: Path) -> None:
    made = SmallRepository(tmp_path / "empty")
    shown = run(str(made.folder))
    assert shown.exit_code == 2
    assert "empty" in shown.output


def test_the_repository_is_left_as_it_was(folder: Path) -> None:
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    assert run(str(folder), "--as-of", "2024-03-01").exit_code == 0
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} == before
