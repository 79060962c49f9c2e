"""`openstrat case plan` at the command line."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from openstrat.cli.main import cli


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["case", "plan", *words])


def test_the_page_says_what_to_take_layer_by_layer_and_names_the_best_combinations() -> None:
    done = run("case-opencore-tooling", "--draws", "1000")
    assert done.exit_code == 0, done.output
    assert done.output.startswith("case-opencore-tooling: take ")
    assert "Commercial tooling  hold" in done.output
    assert "permissive: Apache-2.0" in done.output
    assert "Best of 2,048 combinations" in done.output
    assert max(len(line) for line in done.output.splitlines()) <= 100


def test_the_record_is_json_without_holes() -> None:
    done = run("case-database-relicense", "--draws", "500", "--json")
    record = json.loads(done.output, parse_constant=lambda word: 1 / 0)
    assert record["taken"] == "relicense_agpl"
    assert record["licenses"]["database"] == "network_copyleft"
    assert len(record["layers"]) == 13
    assert record["layers"]["eval"]["gain_of_opening"] is None
    assert record["options"]["stay_permissive"]["is_on_frontier"] is True


def test_an_unknown_family_is_answered_with_a_suggestion() -> None:
    done = run("case-public-lab", "--families", "permisive")
    assert done.exit_code == 2
    assert "Did you mean 'permissive'" in done.output
