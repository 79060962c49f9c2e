"""Cells that hang or die, signals at random moments, two runs on one output: one status everywhere, no orphans, readers see whole files."""

from __future__ import annotations

import contextlib
import json
import random
import signal
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from fault_kit import Row, orphans_after, start, write_portfolio

CELL_S = 5
CODES = {"completed": 0, "failed": 11, "timed_out": 12, "killed": 13}
ENDINGS = {
    "a loop": ("while True: pass", {"timed_out"}),
    "a loop that ignores SIGINT": ("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", {"timed_out"}),
    "a child that sleeps on": ("import subprocess\nsubprocess.Popen(['sleep', '600'])\nwhile True: pass", {"timed_out"}),
    "a killed kernel": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", {"killed"}),
    "sys.exit(0)": ("import sys\nsys.exit(0)", {"failed"}),
    "os._exit(0)": ("import os\nos._exit(0)", {"killed"}),
    "no memory": (
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\nx = bytearray(2**32)",
        {"failed", "killed"},
    ),
    "ten million lines": ("for n in range(10_000_000): print(n)", {"timed_out", "completed", "failed"}),
    "input()": ("input('name? ')", {"failed", "timed_out"}),
}


def endings(engine: str) -> Row:
    """Run cells that hang or end the kernel; status, exit code and time are as promised, and nothing is left."""
    row = Row(
        f"hung cells and dead kernels ({engine}): ended in time, one status in notebook, manifest, index and exit code, 0 processes left"
    )
    for name, (source, allowed) in ENDINGS.items():
        with tempfile.TemporaryDirectory() as scratch:
            folder, mark = Path(scratch), uuid.uuid4().hex
            write_portfolio(folder, source)
            started = time.monotonic()
            process = start(folder, "run", "several.yaml", "--out", "out", "--cell-limit", str(CELL_S), "--engine", engine, mark=mark)
            said, _ = process.communicate()
            seconds = time.monotonic() - started
            seen = _seen(folder / "out" / "several")
            codes = (0, 3) if seen["index"] == "completed" else (10,)
            is_kept = len(set(seen.values())) == 1 and seen["index"] in allowed and process.returncode in codes
            left = orphans_after(mark, 5)
            row.note(
                is_kept=is_kept and not left and seconds < CELL_S + 15 + 15,
                note=f"{name}: {seen} code {process.returncode} {seconds:.0f} s, {len(left)} left {said[-200:]!r}",
            )
    return row


def _seen(folder: Path) -> dict[str, Any]:
    """Return the status of the one run in index, manifest, notebook, and by the exit code of its row."""
    (run,) = json.loads((folder / "index.json").read_text(encoding="utf-8"))["runs"]
    by_code = next((status for status, code in CODES.items() if code == run["exit_code"]), str(run["exit_code"]))
    seen = {"index": run["status"], "exit code": by_code}
    if run["status"] == "completed":
        return seen | {"manifest": json.loads((folder / "sample" / "manifest.json").read_text(encoding="utf-8"))["run"]["status"]}
    failed = json.loads((folder / "sample.failed.json").read_text(encoding="utf-8"))["run"]["status"]
    notebook = json.loads((folder / "sample.partial.ipynb").read_text(encoding="utf-8"))["metadata"]["openstrat"]["status"]
    return seen | {"manifest": failed, "notebook": notebook}


def signals(n_moments: int) -> Row:
    """Send SIGINT or SIGTERM at random moments of a run that would replace a report."""
    row = Row(f"SIGINT and SIGTERM at {n_moments} moments: 0 orphans after 5 s, the report old or new, exit code 130 or 143")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_portfolio(folder, "print(n)")
        start(folder, "run", "several.yaml", "--out", "out").communicate()
        report = folder / "out" / "several" / "sample"
        old = {path.name: path.read_bytes() for path in report.iterdir()}
        write_portfolio(folder, "import time\ntime.sleep(2)\nprint('new', n)")
        for number in range(n_moments):
            kind, mark = (signal.SIGINT, signal.SIGTERM)[number % 2], uuid.uuid4().hex
            process = start(folder, "run", "several.yaml", "--out", "out", mark=mark)
            time.sleep(random.uniform(1.0, 6.0))
            sent = time.monotonic()
            process.send_signal(kind)
            said, _ = process.communicate()
            left = orphans_after(mark, max(0.0, sent + 5 - time.monotonic()))
            now = {path.name: path.read_bytes() for path in report.iterdir()}
            is_done = process.returncode == 0 and now != old
            is_kept = (is_done or (process.returncode in (130, 143, -kind) and now == old)) and not left
            row.note(is_kept=is_kept, note=f"{kind.name}: code {process.returncode}, {len(left)} left, same {now == old}: {said[-160:]!r}")
            if is_done:
                old = now
                write_portfolio(folder, f"import time\ntime.sleep(2)\nprint('new', n, {number})")
    return row


def two_runs(n_starts: int) -> Row:
    """Start two runs on one output at the same time while a reader polls."""
    row = Row(f"two runs on one output, {n_starts} times: one works, the other exits 75 and names it, readers never see half a file")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number in range(n_starts):
            write_portfolio(folder, f"import time\ntime.sleep(1)\nprint({number}, n)")
            done, broken = threading.Event(), []
            reader = threading.Thread(target=_poll, args=(folder / "out" / "several", done, broken))
            reader.start()
            pair = [start(folder, "run", "several.yaml", "--out", "out") for _ in range(2)]
            said = [process.communicate()[0] for process in pair]
            done.set()
            reader.join()
            codes = sorted(process.returncode for process in pair)
            is_named = any("busy: process" in text for text in said)
            row.note(is_kept=codes == [0, 75] and is_named and not broken, note=f"codes {codes}, {len(broken)} broken reads {broken[:1]}")
    return row


def _poll(folder: Path, done: threading.Event, broken: list[str]) -> None:
    """Read every JSON file of a portfolio again and again until told; note those that are not whole."""
    while not done.wait(0.002):
        for path in [folder / "index.json", *folder.glob("sample/*.json"), *folder.glob("sample/*.ipynb")]:
            with contextlib.suppress(FileNotFoundError):
                text = path.read_text(encoding="utf-8")
                try:
                    json.loads(text)
                except ValueError:
                    broken.append(f"{path.name}: {text[:40]!r}")


def resumed(n_runs: int) -> Row:
    """Kill a plan when half of it is done and run it again: the half that was done is not made again."""
    row = Row(f"a plan of {n_runs} killed at {n_runs // 2} goes on at {n_runs // 2}")
    with tempfile.TemporaryDirectory() as scratch:
        folder, mark = Path(scratch), uuid.uuid4().hex
        write_portfolio(folder, "print(n)", ", ".join(map(str, range(1, n_runs + 1))))
        words = ("run", "several.yaml", "--out", "out", "--jobs", "2", "--engine", "fast")
        process = start(folder, *words, mark=mark)
        assert process.stdout is not None
        n_done = 0
        while n_done < n_runs // 2:
            n_done += " completed: " in process.stdout.readline()
        process.kill()
        process.communicate()
        left = orphans_after(mark, 5)
        made = {path.parent.name: path.read_bytes() for path in (folder / "out" / "several").glob("*/manifest.json")}
        start(folder, *words).communicate()
        index = json.loads((folder / "out" / "several" / "index.json").read_text(encoding="utf-8"))
        kept = {run["id"] for run in index["runs"] if not run["was_run"]}
        is_same = all((folder / "out" / "several" / name / "manifest.json").read_bytes() == data for name, data in made.items())
        is_kept = kept == set(made) and is_same and index["state"] == "finished" and n_done <= len(made) <= n_done + 2 and not left
        row.note(is_kept=is_kept, note=f"{len(made)} were there, {len(kept)} kept, {len(left)} processes left")
    return row
