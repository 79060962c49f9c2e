"""Statuses, stop files and kept reports: the small parts that a portfolio's run rests on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from openstrat.errors import BusyError, CellError, CellTimeoutError, KernelDiedError, PublishError
from openstrat.reporting.baselines import change_of, drop_baselines, keep_baseline
from openstrat.reporting.publish import publish
from openstrat.reporting.statuses import exit_code_of, status_of
from openstrat.reporting.stopping import StopFile, start_work

FACTS = {"format": 1, "title": "A", "about": {}, "facts": []}
INPUTS = {
    "notebook": {"file": "a.ipynb", "sha256": "1"},
    "parameters": {},
    "openstrat": {"version": "1", "source_sha256": "1"},
    "outputs": {},
}


def report(root: Path, key: str, verdict: str = "open", **inputs: object) -> Path:
    """Publish a report of a key that says a verdict."""
    manifest = {**INPUTS, "environment": {}, "key": key, **inputs}
    files = {"facts.json": {**FACTS, "about": {"verdict": verdict}}, "manifest.json": manifest}
    publish({name: json.dumps(content).encode() for name, content in files.items()}, root / "lab")
    return root / "lab"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (CellError("x"), "failed", 11),
        (CellTimeoutError("x"), "timed_out", 12),
        (KernelDiedError("x"), "killed", 13),
        (PublishError("x"), "failed", 14),
        (BusyError("x"), "busy", 75),
        (KeyboardInterrupt(), "interrupted", 130),
        (SystemExit(143), "interrupted", 143),
        (ValueError("x"), "failed", 1),
    ],
)
def test_every_end_has_one_status_and_one_code(error: BaseException, status: str, code: int) -> None:
    assert (status_of(error), exit_code_of(error)) == (status, code)
    assert status_of(error, is_stopped=True) == "interrupted"


def test_a_stop_file_stops_when_it_goes(tmp_path: Path) -> None:
    stop = start_work(tmp_path / "labs")
    assert not stop.is_set()
    stop.set()
    assert stop.is_set()


def test_a_stop_file_stops_when_its_process_is_gone(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    here = start_work(tmp_path / "labs")
    assert StopFile(here.path, here.host, gone.pid).is_set()
    assert not StopFile(here.path, here.host, os.getppid()).is_set()
    assert not StopFile(here.path, "another-machine", gone.pid).is_set()


def test_a_kept_report_survives_its_replacement(tmp_path: Path) -> None:
    folder = report(tmp_path, "1", "open")
    keep_baseline(folder, "2")
    report(tmp_path, "2", "closed", parameters={"n": 2})
    change = change_of(folder)
    assert (change.kind, change.has_moves) == ("changed", True)
    assert [(move.old, move.new) for move in change.changes.moves] == [("open", "closed")]


def test_the_first_kept_report_stays_until_a_run_has_finished(tmp_path: Path) -> None:
    folder = report(tmp_path, "1", "open")
    keep_baseline(folder, "2")
    report(tmp_path, "2", "half open")
    keep_baseline(folder, "3")
    report(tmp_path, "3", "closed")
    assert [(move.old, move.new) for move in change_of(folder).changes.moves] == [("open", "closed")]
    drop_baselines(tmp_path)
    assert change_of(folder).kind == "same"


def test_a_report_that_was_not_there_is_new_until_a_run_has_finished(tmp_path: Path) -> None:
    keep_baseline(tmp_path / "lab", "1")
    folder = report(tmp_path, "1")
    assert change_of(folder).kind == "new"
    keep_baseline(folder, "1")
    assert change_of(folder).kind == "new"


def test_the_same_key_keeps_nothing_unless_forced(tmp_path: Path) -> None:
    folder = report(tmp_path, "1")
    keep_baseline(folder, "1")
    assert not (tmp_path / ".baseline").exists()
    keep_baseline(folder, "1", is_forced=True)
    assert (tmp_path / ".baseline" / "lab" / "manifest.json").is_file()


def test_a_report_from_before_facts_cannot_be_compared(tmp_path: Path) -> None:
    folder = report(tmp_path, "1")
    (folder / "facts.json").unlink()
    keep_baseline(folder, "2")
    assert change_of(report(tmp_path, "2")).kind == "unknown"
