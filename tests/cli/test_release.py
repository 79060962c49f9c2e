"""`openstrat release` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from openstrat.cli.main import cli

FILE = """
release:
  name: Mine
  license:
    distribution:
      name: Apache 2.0
  components:
    - name: Model parameters (Final)
      license: llama3.1
    - name: Model architecture
    - name: Inference code
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["release", *words])


def test_place_says_level_clause_and_that_it_is_no_legal_advice() -> None:
    shown = run("place", "llama-4-maverick")
    assert shown.exit_code == 0
    assert shown.output.startswith("llama-4-maverick: open weights")
    assert "700M MAU" in shown.output
    assert "Not legal advice" in shown.output


def test_place_json_names_restrictions_with_cells_and_clauses() -> None:
    record = json.loads(run("place", "llama-4-maverick", "--json").output)
    weights = record["components"][0]
    assert (record["level"], record["grade"], weights["component"]) == ("open_weights", None, "weights")
    assert weights["restrictions"][0]["restriction"] == "scale_gate"
    assert weights["restrictions"][0]["cells"] == [["commercial_gate", "scale"]]
    assert weights["restrictions"][0]["clause"]


def test_place_reads_a_release_file_with_names_as_people_write_them(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(FILE, encoding="utf-8")
    record = json.loads(run("place", str(path), "--json").output)
    assert (record["release_id"], record["level"], record["limiting"]) == ("Mine", "open_weights", ["weights"])
    assert record["mof"] == {"class": 0, "label": "Unclassified"}
    assert "a separate axis" in run("place", str(path)).output


def test_place_of_something_unknown_says_where_to_look() -> None:
    shown = run("place", "no-such-release")
    assert shown.exit_code == 2
    assert "openstrat release list" in shown.output


def test_place_of_a_missing_file_is_bad_input() -> None:
    shown = run("place", "no-such-file.yml")
    assert shown.exit_code == 2
    assert "no-such-file.yml" in shown.output


def test_list_shows_one_level() -> None:
    found = json.loads(run("list", "--level", "closed", "--json").output)
    assert [record["release_id"] for record in found["releases"]] == ["gpt-4", "muse-spark"]
    assert "57 releases:" in run("list").output


def test_every_record_carries_the_legal_caution_and_lists_as_arrays(tmp_path: Path) -> None:
    for words in (("list",), ("place", "olmo-7b"), ("profile", "olmo-7b")):
        assert json.loads(run(*words, "--json").output)["caution"] == "Not legal advice: the license text decides."
    rows = {row["release_id"]: row for row in json.loads(run("list", "--json").output)["releases"]}
    assert rows["bloom-176b"]["restrictions"] == ["output_duty", "use_policy"]
    assert rows["amber-7b"]["restrictions"] == []


def test_a_part_that_came_without_a_license_is_said_to_be_published_without_one() -> None:
    shown = run("place", "llama-4-maverick").output
    assert "- model card: closed, published without a license\n" in shown
    assert "LicenseRef-No-License" not in shown


def test_a_folder_is_sent_to_the_command_that_reads_folders(tmp_path: Path) -> None:
    shown = run("place", str(tmp_path))
    assert shown.exit_code == 2
    assert "is a folder" in shown.output
    assert "openstrat mof" in shown.output


def test_profile_says_class_and_claim_in_words() -> None:
    said = " ".join(run("profile", "kimi-k2").output.split())
    assert "For Class III of the Model Openness Framework" in said
    assert "The publisher calls it open source (README). That is so for a part only." in said


def test_profile_keeps_the_axes_apart() -> None:
    record = json.loads(run("profile", "deepseek-r1", "--json").output)
    indices = {item["index"]: item for item in record["indices"]}
    assert indices["license_rule"]["value"] == "fully open, grade c"
    assert record["completeness"]["n_components"] == 17
    assert indices["transparency_index"]["is_open"] is None
    assert record["claim"]["verdict"] == "note"


def test_profile_in_words_says_why_indices_differ() -> None:
    shown = run("profile", "kimi-k2").output
    assert "Why they differ" in shown
    assert "They ask different questions." in shown
