"""A notebook run in a process forked from this one, by papermill with the kernel inside; the parent keeps the time and the outcome.

The parent stays as it was: whatever cells do to modules, environment, folder or random state ends with the child.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from openstrat.reporting.engines import notices_warmth
from openstrat.reporting.notebooks import Cell, source_of

HISTORY = "--HistoryManager.hist_file=:memory:"
POLL_S = 0.1
NEEDS_KERNEL = re.compile(
    r"\bipykernel\b|\bjupyter_client\b|\bmultiprocessing\b|\bconcurrent\.futures\b|\bjoblib\b|\bfork(?:pty)?\(|\bos\.exec"
    r"|\bbreakpoint\(|\binput\(|\bgetpass\b|\bfaulthandler\b|\.kernel\b|(?<![\w.])(?:exit|quit)\b(?!\s*=)"
    r"|^\s*%{1,2}(?:gui|matplotlib|pylab|debug|connect_info|qtconsole|subshell|prun|load_ext)\b",
    re.MULTILINE,
)
"""Sources that need a real kernel: they ask for it, leave the process, start processes that print, or end it."""


class NeedsKernelError(Exception):
    """The notebook has to run in a real kernel; the message says why."""


@dataclass(frozen=True)
class Task:
    """What to run, where, and its time limits in seconds; `log` receives what is written past Python's streams."""

    source: Path
    output: Path
    log: Path
    folder: Path
    environment: dict[str, str]
    cell_s: float
    run_s: float


@dataclass(frozen=True)
class End:
    """How a run ended, other than with the last cell or one that raised: at a limit, by another's wish, or by itself."""

    reason: str = ""
    is_stopped: bool = False
    is_dead: bool = False
    problem: str = ""


def check_sources(cells: list[Cell]) -> None:
    """Look for what cannot run without a real kernel.

    Raises
    ------
    NeedsKernelError
        Naming the first word found.
    """
    sources = [source_of(cell) for cell in cells if cell["cell_type"] == "code"]
    for source in sources:
        found = NEEDS_KERNEL.search(source)
        if found:
            raise NeedsKernelError(f"{found[0].strip()!r} in a cell")
    if notices_warmth(sources):
        raise NeedsKernelError("a cell asks what is loaded")


def run_forked(task: Task, *, on_cell: Callable[[int], None], is_stopped: Callable[[], bool]) -> End:
    """Return how the run ended; the notebook is in `task.output`.

    Raises
    ------
    NeedsKernelError
        If something was written straight to a file descriptor, or the kernel inside could not be made.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _child(task, writer)
    os.close(writer)
    finished: dict[int, Cell] = {}
    try:
        end = _watch(task, reader, finished, on_cell, is_stopped)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(reader)
    if end.problem:
        raise NeedsKernelError(end.problem)
    if end != End():
        _keep(task, finished)
    elif task.log.stat().st_size:
        raise NeedsKernelError("a cell wrote past Python's streams")
    return end


def _keep(task: Task, finished: dict[int, Cell]) -> None:
    """Write the notebook with the cells that were finished."""
    content: dict[str, Any] = json.loads(task.source.read_text(encoding="utf-8"))
    content["cells"] = [finished.get(index, cell) for index, cell in enumerate(content["cells"])]
    task.output.write_text(json.dumps(content), encoding="utf-8")


def _watch(task: Task, reader: int, finished: dict[int, Cell], on_cell: Callable[[int], None], is_stopped: Callable[[], bool]) -> End:
    """Follow the child's notes until it says how it ended, dies, or goes past a limit; note the cells that it has finished."""
    started = cell_started = monotonic()
    buffer = b""
    while True:
        ready, _, _ = select.select([reader], [], [], POLL_S)
        data = os.read(reader, 65536) if ready else None
        if data == b"":
            return End(is_dead=True)
        *lines, buffer = (buffer + (data or b"")).split(b"\n")
        for line in lines:
            note: dict[str, Any] = json.loads(line)
            if "cell" not in note:
                return End(problem=note["problem"])
            cell_started = monotonic()
            finished.update(note["finished"])
            on_cell(note["cell"])
        now = monotonic()
        if is_stopped():
            return End(is_stopped=True)
        if now - cell_started > task.cell_s:
            return End(reason=f"timed out: it ran longer than {task.cell_s:g} s")
        if now - started > task.run_s:
            return End(reason=f"timed out: the whole run took longer than {task.run_s:g} s")


def _child(task: Task, writer: int) -> None:
    """Run the notebook and leave without ceremony, as a kernel that is shut down at once."""
    pipe = os.fdopen(writer, "w", encoding="utf-8", buffering=1)  # line by line
    encode = json.dumps  # a cell may replace it
    finished: list[tuple[int, Cell]] = []

    def note(**facts: object) -> None:
        pipe.write(encode(facts) + "\n")

    def on_cell(index: int) -> None:
        note(cell=index, finished=finished)
        finished.clear()

    problem = ""
    try:
        log = os.open(task.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(task.folder)
        os.environ.clear()
        os.environ.update(task.environment)
        _run(task, on_cell, lambda index, cell: finished.append((index, cell)))
    except BaseException as error:
        problem = f"{type(error).__name__}: {str(error)[:2000]}"
    note(problem=problem)
    os._exit(0)


def _run(task: Task, on_start: Callable[[int], object], on_end: Callable[[int, Cell], object]) -> None:
    import logging

    import papermill

    from openstrat.reporting.warm.child import join_widgets
    from openstrat.reporting.warm.inprocess import report_manager_for, start_report_app

    for name in ("papermill", "traitlets"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    sys.argv = [sys.argv[0], "-f", "kernel.json", HISTORY]
    app = start_report_app([HISTORY])
    if "ipywidgets" in sys.modules:
        join_widgets()
    with contextlib.suppress(papermill.PapermillExecutionError):  # the cells say which one raised
        papermill.execute_notebook(
            str(task.source),
            str(task.output),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,  # finished cells are noted one by one
            kernel_manager_class=report_manager_for(app),
            on_cell_start=lambda cell, cell_index: on_start(cell_index),
            on_cell_executed=lambda cell, cell_index, execute_reply: on_end(cell_index, cell),
        )
