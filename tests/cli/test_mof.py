"""`openstrat mof`: the JSON that programs read, several files and folders, bad files, and the page that people read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from openstrat.cli.main import cli

RELEASE = """
release:
  name: Small-1B
  license: {distribution: {name: Apache-2.0}}
  components:
    - name: Model architecture
    - name: Model parameters (Final)
    - {name: Model card, license: Apache 2.0}
    - {name: Datasets, license: unlicensed}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two release files and a broken one."""
    (tmp_path / "small.yml").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "empty.yaml").write_text("release: {name: Empty, components: []}", encoding="utf-8")
    (tmp_path / "broken.yml").write_text("release:\n  name: a: b\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no release", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["mof", *words], prog_name="openstrat")


def answer(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    loaded: dict[str, Any] = json.loads(result.stdout)
    return loaded


def test_one_file_gives_the_promised_keys_first(here: Path) -> None:
    found = answer("small.yml")
    assert list(found)[:8] == ["class", "label", "progress", "included", "missing", "invalid", "unlicensed", "warnings"]
    assert (found["class"], found["label"], found["file"]) == (0, "Unclassified", "small.yml")
    assert found["progress"] == {"1": 0.0, "2": 0.0, "3": pytest.approx(100 / 3)}
    assert found["included"]["3"] == ["Model architecture", "Model parameters (Final)"]
    assert found["missing"]["3"] == ["Evaluation results", "Data card", "Technical report"]
    assert found["invalid"] == {"1": ["Model card"], "2": ["Model card"], "3": ["Model card"]}
    assert found["unlicensed"] == {"1": ["Datasets"], "2": [], "3": []}
    assert found["warnings"] == ["Model parameters (Final): Apache-2.0 is open, but not listed as made for data."]
    assert found["licenses"]["Model architecture"] == {"license": "Apache-2.0", "from": "distribution_wide", "verdict": "open"}
    assert found["distance"]["n_components"] == 4


def test_repaired_mode_reads_the_license_and_lists_the_repair(here: Path) -> None:
    found = answer("small.yml", "--mode", "repaired")
    assert found["progress"]["3"] == pytest.approx(50)
    assert [(item["given"], item["read_as"]) for item in found["repairs"]] == [("Apache 2.0", "Apache-2.0")]


def test_several_files_come_back_in_the_order_given_and_a_bad_one_with_its_reason(here: Path) -> None:
    result = run("small.yml", "broken.yml", "absent.yml", "./empty.yaml", "--json")
    files = json.loads(result.stdout)["files"]
    assert [item["file"] for item in files] == ["small.yml", "broken.yml", "absent.yml", "./empty.yaml"]
    assert "line 2, column 10: not valid YAML" in files[1]["error"]
    assert "cannot be read" in files[2]["error"]
    assert [files[0]["class"], files[3]["class"]] == [0, 0]
    assert result.exit_code == 1


def test_a_folder_gives_its_release_files_by_name(here: Path) -> None:
    (here / "broken.yml").unlink()
    result = run(".", "--json")
    assert [item["file"] for item in json.loads(result.stdout)["files"]] == ["./empty.yaml", "./small.yml"]
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("path", "message"),
    [("broken.yml", "line 2, column 10"), ("absent.yml", "cannot be read"), ("notes.txt", "text at the top is not allowed")],
)
def test_a_single_bad_file_is_wrong_input(here: Path, path: str, message: str) -> None:
    result = run(path, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_folder_without_release_files_is_wrong_input(here: Path) -> None:
    (here / "nothing").mkdir()
    result = run("nothing")
    assert result.exit_code == 2
    assert "no .yml or .yaml file" in result.stderr


def test_an_empty_folder_among_several_paths_leaves_the_others_answered(here: Path) -> None:
    (here / "nothing").mkdir()
    result = run("nothing", "small.yml", "--json")
    files = json.loads(result.stdout)["files"]
    assert [item["file"] for item in files] == ["nothing", "small.yml"]
    assert "no .yml or .yaml file" in files[0]["error"]
    assert files[1]["class"] == 0
    assert result.exit_code == 1


def test_the_page_says_what_the_next_class_needs(here: Path) -> None:
    page = run("small.yml").stdout
    assert page.startswith("Small-1B: Unclassified\n")
    assert "Class III: 33.3 % of the required components" in page
    assert "  invalid     Model card (Apache 2.0)\n" in page
    assert "  unlicensed  Datasets\n" in page
    words = " ".join(page.split())
    assert "To reach Class III (4 components): deliver under an open license: Evaluation results, Data card, Technical report" in words
    assert "put under an open license: Model card." in words


def test_the_table_has_one_line_a_file_and_the_reason_of_those_not_read(here: Path) -> None:
    lines = run("small.yml", "broken.yml").stdout.splitlines()
    assert lines[1].split() == ["small.yml", "Unclassified", "33.3", "0.0", "0.0", "III:", "3", "to", "deliver,", "1", "to", "license"]
    assert lines[2].split() == ["broken.yml", "not", "read"]
    assert lines[3] == "1 of 2 files answered."
    assert "line 2, column 10" in lines[4]


def test_names_from_a_file_cannot_steer_the_terminal(here: Path) -> None:
    (here / "steering.yml").write_text('name: "\\e[31mred \\ud800"\ncomponents: []', encoding="utf-8")
    assert run("steering.yml").stdout.startswith("?[31mred ?: Unclassified")
    assert answer("steering.yml")["name"] == "\x1b[31mred \ud800"
