"""Recipes for schedulers are tried with the schedulers' own programs; where one is missing, the run says which checks it did not make."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

NOT_HERE = "not run: this machine has no"


def _python_with_airflow() -> str | None:
    """Return a Python that imports Airflow: `AIRFLOW_PYTHON`, else this one."""
    for python in filter(None, (os.environ.get("AIRFLOW_PYTHON"), sys.executable)):
        found = "import importlib.util, sys; sys.exit(importlib.util.find_spec('airflow') is None)"
        if subprocess.run([python, "-c", found], check=False).returncode == 0:
            return python
    return None


@pytest.fixture(scope="session")
def airflow_python() -> str:
    python = _python_with_airflow()
    if python is None:
        pytest.skip(f"{NOT_HERE} Airflow (name a Python that has it in AIRFLOW_PYTHON)")
    return python


@pytest.fixture(scope="session")
def systemd_analyze() -> str:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip(f"{NOT_HERE} systemd-analyze")
    return program


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what was not checked."""
    missing = sorted(report.nodeid for report in terminalreporter.stats.get("skipped", []) if NOT_HERE in str(report.longrepr))
    if missing:
        terminalreporter.section("schedule checks NOT run: the scheduler is not on this machine")
        for nodeid in missing:
            terminalreporter.write_line(nodeid)
