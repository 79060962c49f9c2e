"""The command line: exit codes, messages on stderr, the path as the last line, and quick refusals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import openstrat
from openstrat.cli import doctor
from openstrat.cli.main import cli
from openstrat.errors import OpenstratError

ROOT = Path(__file__).parents[2]
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Small\n\nDoes it?"},
        {
            "cell_type": "code",
            "id": "parameters",
            "metadata": {"tags": ["parameters"]},
            "source": "n: int = 1  # Divisor\nwait: int = 0  # Seconds",
            "outputs": [],
            "execution_count": None,
        },
        {
            "cell_type": "code",
            "id": "divide",
            "metadata": {},
            "source": "import time\ntime.sleep(wait)\nprint(6 / n)",
            "outputs": [],
            "execution_count": None,
        },
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with `small.ipynb`, in which the test stands."""
    (tmp_path / "small.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), prog_name="openstrat")


def start(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "openstrat", *arguments]
    return subprocess.Popen(command, cwd=cwd, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_version() -> None:
    assert run("--version").output == f"openstrat {openstrat.__version__}\n"


def test_a_misspelt_command_is_suggested() -> None:
    result = run("reprot", "x")
    assert result.exit_code == 2
    assert "Did you mean 'report'?" in result.stderr


BAD = {
    "unknown report": (["report", "strategy-breif"], "Did you mean 'strategy-brief'"),
    "missing notebook": (["report", "nowhere.ipynb"], "no such file"),
    "unknown parameter": (["report", "small.ipynb", "-p", "m", "1"], "Declared: n, wait"),
    "wrong type": (["report", "small.ipynb", "-p", "n", "1.5"], "is not a whole number"),
    "given twice": (["report", "small.ipynb", "-p", "n", "1", "-p", "n", "2"], "given 2 times"),
    "code as a name": (["report", "small.ipynb", "-p", "n=1;import os", "2"], "Unknown parameter"),
    "no case parameter": (["report", "small.ipynb", "--case", "case-public-lab"], "Unknown parameter 'case'"),
    "unknown case": (["report", "strategy-brief", "--case", "case-public-lap"], "Did you mean 'case-public-lab'"),
    "missing case file": (["report", "strategy-brief", "--case", "mine.yaml"], "no such file"),
    "bad date": (["report", "strategy-brief", "-p", "as_of", "2026-13-01"], "not a calendar date"),
    "unknown portfolio": (["run", "casess"], "Did you mean 'cases'"),
    "params of nothing": (["params", "nothing"], "Unknown report 'nothing'"),
    "no value": (["report", "small.ipynb", "-p", "n"], "requires 2 arguments"),
    "bad limit": (["report", "small.ipynb", "--cell-limit", "0"], "not in the range"),
}


@pytest.mark.parametrize(("arguments", "said"), BAD.values(), ids=BAD)
def test_bad_input_ends_with_2_and_a_message(here: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())
    assert not (here / "reports").exists()


def test_a_refusal_takes_less_than_a_second(here: Path) -> None:
    started = time.perf_counter()
    with start("report", "small.ipynb", "-p", "n", "x", cwd=here) as process:
        _, errors = process.communicate(timeout=30)
    assert time.perf_counter() - started < 1
    assert process.returncode == 2
    assert errors.startswith("Error: small.ipynb: 1 bad parameter:")


def test_a_dry_run_shows_inputs_and_outputs_and_writes_nothing(here: Path) -> None:
    before = sorted(here.rglob("*"))
    result = run("report", "small.ipynb", "-p", "n", "2", "--dry-run")
    assert result.exit_code == 0
    for said in ("parameter   n = 2", f"output      {here / 'reports' / 'out' / 'small--n-2' / 'report.html'}", "licenses  sha256:"):
        assert said in result.stdout
    assert sorted(here.rglob("*")) == before


def test_params_shows_the_schema(here: Path) -> None:
    assert run("params", "small.ipynb").stdout == "n: int = 1\n    Divisor\nwait: int = 0\n    Seconds\n"
    assert json.loads(run("params", "small.ipynb", "--json").stdout)[0] == {"name": "n", "type": "int", "default": 1, "help": "Divisor"}


@pytest.mark.notebook
def test_a_report_ends_with_its_path(here: Path) -> None:
    with start("report", "small.ipynb", cwd=here) as process:
        output, errors = process.communicate(timeout=120)
    assert (process.returncode, output) == (0, "reports/out/small/report.html\n")
    assert (here / output.strip()).is_file()
    assert errors.splitlines()[-1].startswith("Small: 0 figures, 0 warnings, ")


@pytest.mark.notebook
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_and_its_kernel(here: Path, number: signal.Signals, code: int) -> None:
    process = start("report", "small.ipynb", "-p", "wait", "120", cwd=here)
    with process:
        assert process.stderr is not None
        while process.stderr.readline() != "cell 3 of 3\n":
            pass
        time.sleep(0.5)
        kernels = children(process.pid)
        process.send_signal(number)
        started = time.monotonic()
        process.wait(timeout=30)
    assert process.returncode == code
    assert time.monotonic() - started < 5
    assert kernels
    assert [pid for pid in kernels if Path(f"/proc/{pid}").exists()] == []
    assert (here / "reports" / "out" / "small--wait-120.partial.ipynb").is_file()
    assert not (here / "reports" / "out" / "small--wait-120").exists()


def children(pid: int) -> list[int]:
    """Return the processes that `pid` started."""
    return [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]


def test_lab_starts_a_server_on_the_loopback_and_ends_it(here: Path) -> None:
    process = start("lab", "--no-browser", "--port", "18765", cwd=here)
    with process:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        address = next(line for line in lines if "/lab?token=" in line)
        servers = children(process.pid)
        process.send_signal(signal.SIGTERM)
        process.stderr.read()
        process.wait(timeout=30)
    assert "http://127.0.0.1:" in address
    assert process.returncode == 143
    assert [pid for pid in servers if Path(f"/proc/{pid}").exists()] == []


def test_init_makes_a_workspace_once(here: Path) -> None:
    assert run("init", "mine").exit_code == 0
    made = {path.relative_to(here / "mine").as_posix() for path in (here / "mine").rglob("*") if path.is_file()}
    wanted = {"README.md", "cases/my-case.yaml", "cases/case-public-lab.yaml", "portfolios/cases.yaml"}
    wanted |= {"notebooks/reports/strategy-brief.ipynb"}
    assert wanted <= made
    again = run("init", "mine")
    assert again.exit_code == 2
    assert "is not empty" in again.stderr


def test_a_workspace_s_own_case_and_portfolio_are_sound(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", "mine")
    monkeypatch.chdir(here / "mine")
    assert run("report", "strategy-brief", "--case", "cases/my-case.yaml", "--dry-run").exit_code == 0
    planned = run("run", "portfolios/cases.yaml", "--dry-run")
    assert planned.stdout.count("manifest.json") == 7


def test_doctor_is_well_here(here: Path) -> None:
    result = run("doctor", "--json")
    checks = {check["check"]: check["is_well"] for check in json.loads(result.stdout)}
    assert checks.pop("chromium") == (result.exit_code == 0)
    assert checks == {"python": True, "packages": True, "tables": True, "output": True}


def test_doctor_names_a_damaged_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n")
    descriptor = {"resources": [{"path": "a.csv", "hash": "sha256:0"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    monkeypatch.setattr(doctor.resources, "data_path", tmp_path.joinpath)
    assert doctor.tables() == (False, "changed or cut: a.csv. Reinstall openstrat, or run: openstrat data validate")


def test_every_error_of_openstrat_has_an_exit_code_of_its_class() -> None:
    def classes(base: type[OpenstratError]) -> list[type[OpenstratError]]:
        return [base, *(found for child in base.__subclasses__() for found in classes(child))]

    assert {found.exit_code for found in classes(OpenstratError)} <= {1, 2, 10, 11, 12, 13, 14, 75}


def test_the_command_line_loads_nothing_heavy() -> None:
    heavy = {"pandas", "altair", "papermill", "nbconvert", "pydantic", "yaml"}
    code = f"import sys, openstrat.cli.main; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
