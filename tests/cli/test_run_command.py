"""`openstrat run` and `schedule` at the command line: what is said where, in which form, with which exit code."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from openstrat.cli.main import cli
from openstrat.cli.run import RunProgress, bar
from openstrat.reporting.outcomes import Outcome
from openstrat.reporting.plan import plan_report


def openstrat(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), prog_name="openstrat")


@pytest.fixture
def outcomes(tmp_path: Path) -> list[Outcome]:
    plan = plan_report("economics", {}, out=tmp_path, slug="lab", title="A lab")
    return [Outcome(plan, "completed"), Outcome(plan, "timed_out", message="economics.ipynb: cell 3 timed out\n  more")]


@pytest.fixture
def portfolio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "labs.yaml"
    path.write_text("report: economics\ngrid: {case: [case-frontier-lab, case-public-lab]}\nschedule: daily 05:17\n", encoding="utf-8")
    return path


def test_a_bar_fills_with_what_is_done() -> None:
    assert bar(12, 24, Counter(completed=11, timed_out=1)) == "[###############...............] 12 of 24: 11 completed, 1 timed out"


def test_piped_progress_is_a_line_a_run(outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    progress = RunProgress(is_terminal=False)
    for done, outcome in enumerate(outcomes, start=1):
        progress(outcome, done, 2)
    assert capsys.readouterr().err == (
        "1/2 completed: A lab (lab)\n2/2 timed_out: A lab (lab)\n    economics.ipynb: cell 3 timed out\n      more\n"
    )


def test_a_terminal_gets_one_changing_line_and_the_failures(outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    progress = RunProgress(is_terminal=True)
    for done, outcome in enumerate(outcomes, start=1):
        progress(outcome, done, 2)
    said = capsys.readouterr().err
    assert said.startswith("\r[###############...............] 1 of 2: 1 completed\r")
    assert "lab: timed out\n    economics.ipynb: cell 3 timed out\n" in said
    assert said.endswith("2 of 2: 1 completed, 1 timed out\n")


def test_a_dry_run_shows_every_run_and_writes_nothing(portfolio: Path) -> None:
    shown = openstrat("run", "labs.yaml", "--dry-run")
    assert shown.exit_code == 0
    assert shown.output.count("run key") == 2
    assert [path.name for path in portfolio.parent.iterdir()] == ["labs.yaml"]
    planned = json.loads(openstrat("run", "labs.yaml", "--dry-run", "--json").output)
    assert [run["status"] for run in planned["runs"]] == ["planned", "planned"]


def test_a_bad_portfolio_ends_with_two(portfolio: Path) -> None:
    portfolio.write_text("report: economics\ngrid: {sead: [1]}\n", encoding="utf-8")
    shown = openstrat("run", "labs.yaml")
    assert shown.exit_code == 2
    assert "Did you mean 'seed'?" in shown.output
    assert openstrat("run", "no-such").exit_code == 2


def test_a_recipe_is_printed_or_written(portfolio: Path) -> None:
    shown = openstrat("schedule", "show", "systemd", "labs.yaml")
    assert "OnCalendar=*-*-* 05:17:00" in shown.output
    written = openstrat("schedule", "show", "systemd", "labs.yaml", "--write", "units", "--at", "hourly")
    assert written.output.splitlines() == ["units/openstrat-labs.service", "units/openstrat-labs.timer"]
    assert "OnCalendar=*-*-* *:" in (portfolio.parent / "units" / "openstrat-labs.timer").read_text(encoding="utf-8")


def test_a_recipe_for_a_portfolio_that_cannot_run_is_refused(portfolio: Path) -> None:
    portfolio.write_text("report: economics\ngrid: {seed: [x]}\n", encoding="utf-8")
    shown = openstrat("schedule", "show", "cron", "labs.yaml")
    assert shown.exit_code == 2
    assert "1 bad parameter" in shown.output
