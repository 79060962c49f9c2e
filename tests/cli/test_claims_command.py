"""`openstrat claims list` and `openstrat claims show` at the command line."""

from __future__ import annotations

import json

from click.testing import CliRunner

from openstrat.cli.main import cli


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, ["claims", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_list_says_how_each_claim_stands_and_by_which_rule() -> None:
    shown = run("list")
    assert "stars-show-use: contradicted" in shown
    assert "33 claims." in shown
    assert "A claim without exceptions is contradicted by one checked case" in shown


def test_the_list_can_be_narrowed_and_is_json_without_holes() -> None:
    record = json.loads(run("list", "--topic", "money", "--standing", "mixed", "--json"), parse_constant=lambda word: 1 / 0)
    assert {item["claim_id"] for item in record["claims"]} == {"open-source-companies-worth-more", "relicensing-pays"}
    assert all(item["test"] is None and item["why_no_test"] for item in record["claims"])


def test_one_claim_shows_its_test_its_limits_and_both_sides() -> None:
    shown = run("show", "community-follows-the-fork")
    assert "Verdict: undecided." in shown
    assert "29% (95% interval 13% to 53%, n = 17)" in shown
    assert "Well-known forks only" in shown.replace("\n    ", " ")
    assert shown.index("For:") < shown.index("Against:") < shown.index("What would settle it:")


def test_a_misspelled_claim_gets_a_suggestion() -> None:
    done = CliRunner().invoke(cli, ["claims", "show", "forks-fails"])
    assert done.exit_code == 2
    assert "Did you mean 'forks-fail'" in done.output
