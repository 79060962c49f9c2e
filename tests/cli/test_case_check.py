"""`openstrat case check`: the checklist on a terminal and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from openstrat.cases.load import case_path, shipped_cases
from openstrat.cli.main import cli

VERDICTS = {
    "case-database-relicense": "2 of 5 clean, not a strategy yet. 12 of 15",
    "case-frontier-lab": "3 of 5 clean, fix first. 12 of 15",
    "case-infra-provider": "4 of 5 clean, fix first. 12 of 15",
    "case-opencore-tooling": "3 of 5 clean, fix first. 13 of 15",
    "case-public-lab": "2 of 5 clean, not a strategy yet. 12 of 15",
    "case-vertical-legal": "4 of 5 clean, fix first. 13 of 15",
}


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["case", "check", *words], prog_name="openstrat")


def test_a_plan_that_loses_in_most_draws_says_so_above_the_answers() -> None:
    head = " ".join(run("case-opencore-tooling").output.partition("CK1")[0].split())
    assert "The verdict is on the answers only: the option is worth zero or less in 68% of draws" in head
    assert "1.5% of adopters are to pay where 2.45% break even" in head
    assert "worth zero or less" not in run("case-vertical-legal").output


@pytest.mark.parametrize("name", shipped_cases())
def test_every_shipped_case_has_a_verdict_and_an_answer_that_comes_next(name: str) -> None:
    shown = " ".join(run(name).output.split())
    assert f"{VERDICTS[name]} fields filled." in shown
    assert "What would change the verdict" in shown
    assert "Next: " in shown


def test_each_question_shows_state_reason_remedy_and_base_rate_with_source() -> None:
    shown = " ".join(run("case-opencore-tooling").output.split())
    assert "CK3 Who comes first and how success shows: unclean No number says when it has worked." in shown
    assert "To make it clean: Set a number that counts as success." in shown
    assert "is 0.02. (n = 35; essay-s1, openstrat-stars-downloads)" in shown
    assert "When a larger host clones it (hyperscaler_clone), the mean value is minus USD" in shown


def test_the_next_field_is_given_with_its_place_in_the_file() -> None:
    lines = case_path("case-opencore-tooling").read_text(encoding="utf-8").splitlines()
    line = lines.index("  first_adopters:") + 1
    shown = " ".join(run("case-opencore-tooling", "--no-evaluate").output.split())
    assert (
        f"Next: add checklist.first_adopters.target (below 'checklist.first_adopters', line {line} of case-opencore-tooling.yaml)" in shown
    )
    assert "Not evaluated: the value under a clone did not count in CK4." in shown


def test_the_record_for_programs_keeps_its_old_keys_and_adds_progress() -> None:
    record = json.loads(run("case-opencore-tooling", "--json").stdout)
    assert set(record) >= {"case", "option", "label", "score", "checks", "n_clean", "outcome", "flips"}
    assert (record["n_filled"], record["n_fields"], record["is_evaluated"]) == (13, 15, True)
    assert record["next"]["field"] == "checklist.first_adopters.target"
    assert {moat["concept_id"] for moat in record["moats"]} == {"MO1", "MO2", "MO3", "MO4", "MO5"}


def test_a_field_of_an_earlier_file_is_told_where_it_moved(tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    text = case_path("case-public-lab").read_text(encoding="utf-8")
    old.write_text(text.replace("    years: 3.0\n", "    years: 3.0\n    budget_musd: 8.0\n"), encoding="utf-8")
    result = run(str(old))
    assert result.exit_code == 2
    assert "checklist.maintenance.budget_musd: moved to checklist.maintenance.fte and years" in result.output
