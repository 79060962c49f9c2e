"""Recipes for schedulers: when they run, and that they run, as far as this machine has the scheduler's programs."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import time
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from openstrat.cli.main import cli
from openstrat.errors import InputError
from openstrat.reporting.portfolio import load_portfolio
from openstrat.reporting.publish import hold
from openstrat.reporting.schedules import job_of, read_schedule, recipe

pytestmark = pytest.mark.notebook
CELL = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}


def workspace(folder: Path, source: str = "print(n)") -> Path:
    """Return a portfolio of one small notebook, in a folder whose name needs quotes."""
    home = folder / "a folder with 100% 'quotes'"
    home.mkdir()
    cells = [
        CELL | {"id": "parameters", "metadata": {"tags": ["parameters"]}, "source": "n: int = 1  # Number"},
        CELL | {"id": "step", "source": source},
    ]
    (home / "sample.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    (home / "several.yaml").write_text("title: Several\nreport: sample.ipynb\nruns: [{n: 2}]\n", encoding="utf-8")
    return home


def files_of(kind: str, home: Path, limit_s: int = 600) -> dict[str, str]:
    return recipe(kind, job_of(load_portfolio(home / "several.yaml"), folder=home, out="out", limit_s=limit_s))


def as_cron(home: Path, limit_s: int = 600) -> subprocess.CompletedProcess[str]:
    """Run the crontab's last line as cron does: through /bin/sh with four variables, in the home folder, after undoing `\\%`."""
    (text,) = files_of("cron", home, limit_s).values()
    command = text.splitlines()[-1].split(" ", 5)[5].replace("\\%", "%")
    variables = dict(line.split("=", 1) for line in text.splitlines() if line.startswith(("SHELL=", "PATH=")))
    environment = {"HOME": str(home.parent), "LOGNAME": "someone", **variables}
    return subprocess.run(["/bin/sh", "-c", command], cwd=home.parent, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("text", "cron", "calendar"),
    [
        ("daily 05:17", "17 5 * * *", "*-*-* 05:17:00"),
        ("weekly, Monday 05:17", "17 5 * * 1", "Mon *-*-* 05:17:00"),
        ("weekly, Sunday 23:59", "59 23 * * 0", "Sun *-*-* 23:59:00"),
        ("Monthly, day 3 6:07", "7 6 3 * *", "*-*-03 06:07:00"),
        ("daily 0:00", "0 0 * * *", "*-*-* 00:00:00"),
    ],
)
def test_a_schedule_is_read_into_every_scheduler_s_words(text: str, cron: str, calendar: str) -> None:
    moment = read_schedule(text, "cases")
    assert (moment.cron, moment.calendar) == (cron, calendar)


@pytest.mark.parametrize("name", ["cases", "forks", "releases", "economics"])
def test_a_time_that_is_left_open_is_an_odd_minute_of_the_night(name: str) -> None:
    moment = read_schedule("weekly", name)
    assert moment.minute % 2 == 1
    assert moment.minute % 5 != 0
    assert moment.hour in (2, 3, 4, 5)
    assert read_schedule("hourly", name).cron == f"{moment.minute} * * * *"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dayly 05:17", "Did you mean 'daily'?"),
        ("weekly, Mon 05:17", "'mon' does not fit 'weekly'"),
        ("monthly, day 31", "day 31 is not in every month. Allowed: 1 to 28"),
        ("daily 25:00", "is not understood"),
        ("17 5 * * 1", "Write 'hourly', 'daily 05:17'"),
    ],
)
def test_a_schedule_that_is_not_understood_says_what_is(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_schedule(text, "cases")
    assert said in str(caught.value)


def test_every_shipped_portfolio_has_a_recipe_of_every_kind() -> None:
    for name in ("cases", "decisions", "economics", "forks", "releases", "relicensings"):
        shown = CliRunner().invoke(cli, ["schedule", "show", "cron", name], prog_name="openstrat")
        assert shown.exit_code == 0
        assert f"run reports/portfolios/{name}.yaml" in shown.output


def test_cron_s_line_makes_the_reports_and_says_nothing(tmp_path: Path) -> None:
    home = workspace(tmp_path)
    done = as_cron(home)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert json.loads((home / "out" / "several" / "index.json").read_text())["runs"][0]["status"] == "completed"
    assert "1/1 completed" in (home / "out" / "openstrat-several.log").read_text()


def test_cron_s_line_names_a_failure_and_keeps_the_last_good_report(tmp_path: Path) -> None:
    home = workspace(tmp_path)
    as_cron(home)
    before = (home / "out" / "several" / "sample--n-2" / "report.html").read_bytes()
    notebook = json.loads((home / "sample.ipynb").read_text())
    notebook["cells"][1]["source"] = "1 / 0"
    (home / "sample.ipynb").write_text(json.dumps(notebook))
    done = as_cron(home)
    assert done.stdout == f"openstrat run several.yaml: exit code 10, see {home}/out/openstrat-several.log\n"
    assert (home / "out" / "several" / "sample--n-2" / "report.html").read_bytes() == before
    assert "The last good report" in (home / "out" / "several" / "index.html").read_text()


def test_cron_s_line_is_silent_while_another_run_goes_on(tmp_path: Path) -> None:
    home = workspace(tmp_path)
    with hold(home / "out" / "several"):
        done = as_cron(home)
    assert (done.stdout, done.stderr) == ("", "")
    assert "busy" in (home / "out" / "openstrat-several.log").read_text()


def test_cron_s_line_ends_a_run_at_its_limit(tmp_path: Path) -> None:
    home = workspace(tmp_path, "import time; time.sleep(600)")
    started = time.monotonic()
    done = as_cron(home, limit_s=20)
    assert time.monotonic() - started < 20 + 30
    assert "exit code 124" in done.stdout
    assert json.loads((home / "out" / "several" / "index.json").read_text())["state"] == "interrupted"


def test_systemd_accepts_the_units_and_their_time(tmp_path: Path, systemd_analyze: str) -> None:
    home = workspace(tmp_path)
    for name, text in files_of("systemd", home).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = [systemd_analyze, "verify", "./openstrat-several.service", "./openstrat-several.timer"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    calendar = next(line for line in (tmp_path / "openstrat-several.timer").read_text().splitlines() if line.startswith("OnCalendar="))
    subprocess.run([systemd_analyze, "calendar", calendar.removeprefix("OnCalendar=")], capture_output=True, check=True)


def test_the_service_s_command_makes_the_reports(tmp_path: Path) -> None:
    home = workspace(tmp_path)
    unit = files_of("systemd", home)["openstrat-several.service"]
    lines = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line and not line.startswith("#"))
    folder = lines["WorkingDirectory"].replace("%%", "%")
    words = shlex.split(lines["ExecStart"].replace("%%", "%").replace("$$", "$"))
    environment = {"HOME": str(tmp_path), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (home / "out" / "several" / "sample--n-2" / "report.html").is_file()


def test_the_workflow_fits_its_schema(tmp_path: Path) -> None:
    text = files_of("github", workspace(tmp_path))["openstrat-several.yml"]
    workflow = yaml.safe_load(text.replace("\non:\n", '\n"on":\n'))  # YAML 1.1 reads a bare `on` as true
    schema = json.loads(Path(__file__).with_name("github-workflow.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(workflow)
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.parametrize(("code", "end"), [(0, 0), (3, 0), (75, 0), (10, 10), (124, 124)])
def test_the_workflow_s_step_reads_the_exit_codes(tmp_path: Path, code: int, end: int) -> None:
    typed = yaml.safe_load(files_of("github", workspace(tmp_path))["openstrat-several.yml"])
    script = next(step["run"] for step in typed["jobs"]["reports"]["steps"] if step.get("name") == "Make the reports")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "openstrat").write_text(f"#!/bin/sh\nexit {code}\n")
    (tmp_path / "bin" / "openstrat").chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    assert subprocess.run(["sh", "-c", script], env=environment, check=False).returncode == end


def test_airflow_imports_the_dag_and_its_command_makes_the_reports(
    tmp_path: Path, airflow_python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = workspace(tmp_path)
    path = tmp_path / "dags" / "openstrat-several.py"
    path.parent.mkdir()
    path.write_text(files_of("airflow", home)["openstrat-several.py"], encoding="utf-8")
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path / "airflow"))
    program = (
        "import json, runpy, sys\ndag = runpy.run_path(sys.argv[1])['dag']\ntask = dag.get_task('run')\n"
        "words = task.bash_command.removeprefix('{% raw %}').removesuffix('{% endraw %}')\n"
        "print(json.dumps([dag.dag_id, dag.max_active_runs, dag.catchup, task.skip_on_exit_code, task.cwd, words]))"
    )
    done = subprocess.run([airflow_python, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    dag_id, n_runs, catches_up, skip, folder, command = json.loads(done.stdout.splitlines()[-1])
    assert (dag_id, n_runs, catches_up, skip, folder) == ("openstrat_several", 1, False, [75], str(home))
    assert subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, check=False).returncode == 0
    assert (home / "out" / "several" / "sample--n-2" / "report.html").is_file()
