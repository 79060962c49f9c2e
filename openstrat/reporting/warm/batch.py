"""A whole report made in a forked worker: the client hands over a plan and gets the files."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openstrat import errors
from openstrat.errors import ReportError
from openstrat.reporting.bundle import vega_bundle
from openstrat.reporting.engines import kernel_environment
from openstrat.reporting.warm import client
from openstrat.reporting.warm.forked import NeedsKernelError, check_sources
from openstrat.reporting.warm.worker import BUNDLE, FILES, JOB, RESULT

if TYPE_CHECKING:
    from openstrat.reporting.execute import Limits
    from openstrat.reporting.plan import Plan
    from openstrat.reporting.render import Rendered

POLL_S = 0.1
GRACE_S = 15.0
_BUNDLING = threading.Lock()


def make(
    plan: Plan,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> tuple[Rendered, dict[str, bytes]]:
    """Return the page (its HTML only among the files) and the files of a report.

    Raises
    ------
    NeedsKernelError
        If no worker can be forked here, or the notebook has to run in a real kernel.
    ReportError
        As `openstrat.reporting.execute.execute`.
    """
    check_sources(plan.notebook.cells)
    with tempfile.TemporaryDirectory(prefix="openstrat-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        (folder / "work").mkdir()
        (folder / JOB).write_bytes(pickle.dumps((plan, limits)))
        process = _fork(folder)
        try:
            _follow(process, progress, stop)
        except BaseException:  # Ctrl-C or a signal: the worker keeps what there is
            _stop(process)
            raise
        finally:
            process.close()
        return _result(folder, plan)


def _fork(folder: Path) -> client.WarmProcess:
    """Return the worker; while its server loads, this process puts the script of the charts together."""
    environment = kernel_environment(folder)
    try:
        server = client.server_for(environment)
        with _BUNDLING:
            (folder / BUNDLE).write_text(vega_bundle(), encoding="utf-8")
        with open(os.devnull, "rb") as nothing, (folder / "worker.log").open("ab") as log:  # noqa: PTH123
            streams = [nothing.fileno(), log.fileno(), log.fileno()]
            return server.fork("report", [str(folder)], environment=environment, folder=str(folder / "work"), streams=streams)
    except client.NotWarmError as reason:
        raise NeedsKernelError(f"no warm worker: {reason}") from None


def _follow(process: client.WarmProcess, progress: Callable[[int, int], None] | None, stop: threading.Event | None) -> None:
    """Pass on progress until the worker has ended."""
    while True:
        message = process.receive(POLL_S)
        if message == {}:
            return
        if message is not None and progress is not None:
            progress(message["cell"], message["of"])
        if stop is not None and stop.is_set():
            _stop(process)
            return


def _stop(process: client.WarmProcess) -> None:
    """Ask the worker to keep the unfinished notebook and end, and wait a little."""
    with contextlib.suppress(OSError):
        process.connection.send(b"{}")
    with contextlib.suppress(TimeoutError, subprocess.TimeoutExpired):
        process.wait(GRACE_S)


def _result(folder: Path, plan: Plan) -> tuple[Rendered, dict[str, bytes]]:
    """Return what the worker left.

    Raises
    ------
    NeedsKernelError
        If it left nothing, or says so.
    ReportError
        The error that it met.
    """
    from openstrat.reporting.render import Rendered

    try:
        result: dict[str, Any] = json.loads((folder / RESULT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        tail = (folder / "worker.log").read_text(errors="replace").strip().splitlines()[-1:]
        raise NeedsKernelError(f"{plan.notebook.name}: the worker left no result: {' '.join(tail)}") from None
    if "needs_kernel" in result:
        raise NeedsKernelError(result["needs_kernel"])
    if "error" in result:
        raise getattr(errors, result["error"], ReportError)(result["message"])
    files = {path.name: path.read_bytes() for path in sorted((folder / FILES).iterdir())}
    return Rendered("", result["title"], result["n_figures"], result["facts"], tuple(result["warnings"])), files
