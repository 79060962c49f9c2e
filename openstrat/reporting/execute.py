"""A notebook with its parameters, run from top to bottom in a kernel of its own by papermill, with time limits that hold."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from openstrat.errors import CellError, CellTimeoutError, KernelDiedError, ReportError
from openstrat.reporting.engines import engine_of, kernel_environment, notices_warmth
from openstrat.reporting.failures import cell_failure, stopped
from openstrat.reporting.kernels import KernelRun, manager_for
from openstrat.reporting.notebooks import INJECTED, Cell, Notebook, cell_with_tag, source_of
from openstrat.reporting.values import Value
from openstrat.reporting.warm.forked import NeedsKernelError, Task, run_forked

Progress = Callable[[int, int], None]
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
STATUS = {CellTimeoutError: "timed_out", KernelDiedError: "killed"}
STOPPED = "was stopped"
POLL_S = 0.1
GRACE_S = 15.0
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]{6,}")


@dataclass(frozen=True)
class Limits:
    """Time limits in seconds: one cell, the whole run, the start of the kernel."""

    cell_s: int = 600
    run_s: int = 1800
    start_s: int = 60


@dataclass
class _Attempt:
    """State shared between the thread that runs papermill and the one that waits for it."""

    notebook: Notebook
    source: Path
    output: Path
    kernel: KernelRun
    limits: Limits
    progress: Progress | None
    cell: int | None = None
    met: dict[int, Cell] = field(default_factory=dict)
    error: BaseException | None = None
    reason: str = ""
    done: threading.Event = field(default_factory=threading.Event)


def execute(
    notebook: Notebook,
    values: Mapping[str, Value],
    *,
    shown: Mapping[str, Value] | None = None,
    partial: Path | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    engine: str | None = None,
    scratch: Path | None = None,
) -> dict[str, Any]:
    """Return the executed notebook as plain JSON, without times, random ids or memory addresses.

    Parameters
    ----------
    notebook
        Read only; the file is never changed.
    values
        Parameter values as the notebook sees them.
    shown
        The same values as the result and messages may show them (a file name instead of a path).
    partial
        Where the unfinished notebook is kept when the run fails.
    limits, progress
        Time limits (by default 600 s a cell, 1800 s a run, 60 s to start); called with the number of cells done and in all.
    stop
        When set by another thread, the kernel is killed and the run ends.
    engine
        `kernel` for a kernel started cold, else one forked from a warm server; by default as `OPENSTRAT_ENGINE` says, or warm.
    scratch
        An empty folder to work in; only in a forked worker, which then runs the cells itself.

    Raises
    ------
    CellError, CellTimeoutError, KernelDiedError, ReportError
        With notebook, cell, source lines, parameters and the partial notebook's path. The kernel's process group is gone by then.
    """
    shown = values if shown is None else shown
    if scratch is not None:
        attempt = _prepared(notebook, KernelRun(scratch / "work", kernel_environment(scratch)), values, limits, progress)
        return _outcome(attempt, lambda: _run_here(attempt, stop), shown, partial)
    with tempfile.TemporaryDirectory(prefix="openstrat-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        is_warm = engine_of(engine) != "kernel" and not notices_warmth(map(source_of, notebook.cells))
        kernel = KernelRun(folder / "work", kernel_environment(folder), is_warm)
        attempt = _prepared(notebook, kernel, values, limits, progress)
        return _outcome(attempt, lambda: _run(attempt, stop), shown, partial)


def _prepared(
    notebook: Notebook, kernel: KernelRun, values: Mapping[str, Value], limits: Limits | None, progress: Progress | None
) -> _Attempt:
    """Write the notebook with its values beside the kernel's folder."""
    kernel.folder.mkdir(exist_ok=True)
    folder = kernel.folder.parent
    attempt = _Attempt(notebook, folder / "source.ipynb", folder / "output.ipynb", kernel, limits or Limits(), progress)
    attempt.source.write_text(json.dumps(inject(notebook, values)), encoding="utf-8")
    return attempt


def _outcome(attempt: _Attempt, run: Callable[[], None], shown: Mapping[str, Value], partial: Path | None) -> dict[str, Any]:
    """Run, and return the tidied notebook, or keep what there is and raise."""
    try:
        run()
    except NeedsKernelError:
        raise
    except BaseException:  # Ctrl-C or a signal: keep what there is
        _keep(_result(attempt), attempt, shown, "interrupted", partial)
        raise
    content = _result(attempt)
    problem = _problem(attempt, content["cells"])
    if problem is None:
        tidy(content, shown)
        return content
    raise _failed(attempt, content, problem, shown, partial)


def _failed(
    attempt: _Attempt,
    content: dict[str, Any],
    problem: tuple[type[ReportError], Any],
    shown: Mapping[str, Value],
    partial: Path | None,
) -> ReportError:
    """Keep the unfinished notebook and return the error to raise."""
    kind, failure = problem
    status = STATUS.get(kind, "interrupted" if attempt.reason == STOPPED else "failed")
    _keep(content, attempt, shown, status, partial)
    return kind(failure.message(shown, partial))


def inject(notebook: Notebook, values: Mapping[str, Value]) -> dict[str, Any]:
    """Return the notebook's content with its values written into a cell after the `parameters` cell, and an id for every cell."""
    content: dict[str, Any] = json.loads(notebook.data)
    cells: list[Cell] = [cell for cell in content["cells"] if INJECTED not in cell.get("metadata", {}).get("tags", [])]
    if values:
        after = cell_with_tag(cells, "parameters")
        cells.insert(0 if after is None else after + 1, injected_cell(values))
    taken: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        cell.setdefault("metadata", {})
        if cell.setdefault("id", f"cell-{number}") in taken:
            cell["id"] = f"cell-{number}"  # a second cell with the same id would get a random one
        taken.add(cell["id"])
    return content | {"cells": cells, "nbformat_minor": max(5, content.get("nbformat_minor", 5))}


def injected_cell(values: Mapping[str, Value]) -> Cell:
    """Return the code cell that sets the parameters; values are plain, so `repr` spells them exactly."""
    lines = [f"{name} = {value!r}" for name, value in values.items()]
    source = "\n".join(["# Parameters of this run", *lines])
    return {"cell_type": "code", "id": INJECTED, "metadata": {"tags": [INJECTED]}, "source": source, "outputs": [], "execution_count": None}


def _run(attempt: _Attempt, stop: threading.Event | None) -> None:
    """Run papermill in a thread; whatever ends the wait, the kernel's process group is killed."""
    thread = threading.Thread(target=_papermill, args=(attempt,), name="openstrat-run", daemon=True)
    started = monotonic()
    thread.start()
    try:
        while not attempt.done.wait(POLL_S):
            if monotonic() - started > attempt.limits.run_s + attempt.limits.start_s:
                attempt.reason = f"timed out: the whole run took longer than {attempt.limits.run_s} s"
            if stop is not None and stop.is_set():
                attempt.reason = STOPPED
            if attempt.reason:
                break
    finally:
        attempt.kernel.kill()
        thread.join(GRACE_S)


def _run_here(attempt: _Attempt, stop: threading.Event | None) -> None:
    """Run the cells in a process forked from this one."""
    kernel, limits = attempt.kernel, attempt.limits
    task = Task(attempt.source, attempt.output, kernel.log, kernel.folder, kernel.environment, limits.cell_s, limits.run_s)
    end = run_forked(task, on_cell=lambda index: _note(attempt, index), is_stopped=lambda: stop is not None and stop.is_set())
    attempt.reason = STOPPED if end.is_stopped else end.reason
    if end.is_dead:
        attempt.error = RuntimeError("the process ended")


def _papermill(attempt: _Attempt) -> None:
    import papermill
    from jupyter_core.utils import ensure_event_loop

    for name in ("papermill", "traitlets"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        papermill.execute_notebook(
            str(attempt.source),
            str(attempt.output),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            kernel_manager_class=manager_for(attempt.kernel),
            start_timeout=attempt.limits.start_s,
            execution_timeout=attempt.limits.cell_s,
            iopub_timeout=60,
            shutdown_kernel="immediate",
            request_save_on_cell_execute=False,  # saving the whole notebook twice a cell costs more than many cells
            on_cell_start=lambda cell, cell_index: _note(attempt, cell_index, cell),
        )
    except papermill.PapermillExecutionError:
        pass  # the cells say which one raised, and whether it was expected to
    except BaseException as error:  # reported by the thread that waits
        attempt.error = error
    finally:
        with contextlib.suppress(RuntimeError):
            ensure_event_loop().close()
        attempt.done.set()


def _note(attempt: _Attempt, index: int, cell: Cell | None = None) -> None:
    attempt.cell = index
    if cell is not None:
        attempt.met[index] = cell  # the client fills in its outputs
    if attempt.progress is not None:
        attempt.progress(index, len(attempt.notebook.cells))


def _result(attempt: _Attempt) -> dict[str, Any]:
    """Return the notebook that papermill wrote, or the source with what the cells that were met have so far."""
    for path, met in ((attempt.output, {}), (attempt.source, attempt.met)):
        with contextlib.suppress(OSError, ValueError):
            content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            cells = [met.get(index, cell) for index, cell in enumerate(content["cells"])]
            content["cells"] = [cell for cell in cells if "papermill-error-cell-tag" not in cell["metadata"].get("tags", [])]
            return content
    raise ReportError(f"{attempt.notebook.name}: the run left no notebook: {attempt.error}.")


def _problem(attempt: _Attempt, cells: list[Cell]) -> tuple[type[ReportError], Any] | None:
    """Return the class of the error and its text, or None when every cell ran."""
    name, error = attempt.notebook.name, attempt.error
    raised = [index for index, cell in enumerate(cells) if cell["metadata"].get("papermill", {}).get("exception")]
    if attempt.reason:
        kind = CellTimeoutError if "timed out" in attempt.reason else ReportError
        return kind, stopped(name, cells, attempt.cell, attempt.reason)
    if raised:
        attempt.cell = raised[0]
        has_output = _has_error_output(cells[raised[0]])
        said = cell_failure(name, cells, raised[0]) if has_output else stopped(name, cells, raised[0], "failed; what it wrote says why")
        return CellError, said
    if error is None:
        missed = [index for index, cell in enumerate(cells) if _should_run(cell) and not cell.get("execution_count")]
        return (CellError, stopped(name, cells, missed[0], "did not run")) if missed else None
    if isinstance(error, TimeoutError):
        return CellTimeoutError, stopped(name, cells, attempt.cell, f"timed out: it ran longer than {attempt.limits.cell_s} s")
    if isinstance(error, RuntimeError):
        tail = attempt.kernel.log_tail()
        return KernelDiedError, stopped(name, cells, attempt.cell, "ended the kernel" + (f":\n{tail}" if tail else ""))
    return ReportError, stopped(name, cells, attempt.cell, f"failed: {type(error).__name__}: {error}")


def _has_error_output(cell: Cell) -> bool:
    return any(output["output_type"] == "error" for output in cell.get("outputs", []))


def _should_run(cell: Cell) -> bool:
    return cell["cell_type"] == "code" and bool(source_of(cell).strip()) and "skip-execution" not in cell["metadata"].get("tags", [])


def _keep(content: dict[str, Any], attempt: _Attempt, shown: Mapping[str, Value], status: str, partial: Path | None) -> None:
    """Write the unfinished notebook, with its status in its metadata and in the cell that ended it."""
    if partial is None:
        return
    tidy(content, shown)
    content["metadata"].setdefault("openstrat", {})["status"] = status
    if attempt.cell is not None:
        content["cells"][attempt.cell]["metadata"]["openstrat"] = {"status": status}
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def tidy(content: dict[str, Any], shown: Mapping[str, Value]) -> None:
    """Remove what differs between two equal runs: times, widget models, memory addresses; show parameters as `shown`."""
    for key in ("papermill", "widgets"):
        content["metadata"].pop(key, None)
    for cell in content["cells"]:
        for key in ("papermill", "execution"):
            cell["metadata"].pop(key, None)
        if not cell["metadata"].get("tags", True):
            del cell["metadata"]["tags"]
        for output in cell.get("outputs", []):
            _tidy_output(output)
        if cell["id"] == INJECTED:
            cell["source"] = source_of(injected_cell(shown))


def _tidy_output(output: dict[str, Any]) -> None:
    data = output.get("data", {})
    data.pop(WIDGET_VIEW, None)
    if "text/plain" in data:
        plain = data["text/plain"]
        data["text/plain"] = _ADDRESS.sub("", plain if isinstance(plain, str) else "".join(plain))
