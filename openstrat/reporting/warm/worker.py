"""What a forked worker does with a report: run its notebook in a process of its own, render it, leave the files for the client."""

from __future__ import annotations

import json
import os
import pickle
import select
import socket
from pathlib import Path
from typing import Any

from openstrat.errors import OpenstratError
from openstrat.reporting.bundle import keep_bundle
from openstrat.reporting.warm.forked import NeedsKernelError
from openstrat.reporting.warm.protocol import pack

JOB = "job.pickle"
BUNDLE = "vega.js"
RESULT = "result.json"
FILES = "files"


class StopRequest:
    """Set once the client has sent a message or has hung up; takes the place of a `threading.Event`."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def is_set(self) -> bool:
        """Return whether the client wants the run to end."""
        return bool(select.select([self._connection], [], [], 0)[0])


def work(arguments: list[str], connection: socket.socket) -> None:
    """Make the report whose job lies in the folder given, and leave; the client reads the result when this process has ended."""
    folder = Path(arguments[0])
    try:
        result = _make(folder, connection)
    except NeedsKernelError as reason:
        result = {"needs_kernel": str(reason)}
    except OpenstratError as error:
        result = {"error": type(error).__name__, "message": str(error)}
    (folder / RESULT).write_text(json.dumps(result), encoding="utf-8")
    os._exit(0)


def _make(folder: Path, connection: socket.socket) -> dict[str, Any]:
    from openstrat.reporting.execute import execute
    from openstrat.reporting.reports import compose

    def show(done: int, total: int) -> None:
        connection.send(pack({"cell": done, "of": total}))

    plan, limits = pickle.loads((folder / JOB).read_bytes())  # noqa: S301 - written by the client, our own user's process
    content = execute(
        plan.notebook,
        plan.values,
        shown=plan.shown,
        partial=plan.partial,
        limits=limits,
        progress=show,
        stop=StopRequest(connection),  # type: ignore[arg-type]
        scratch=folder,
    )
    keep_bundle((folder / BUNDLE).read_text(encoding="utf-8"))
    rendered, files = compose(plan, content)
    (folder / FILES).mkdir()
    for name, data in files.items():
        (folder / FILES / name).write_bytes(data)
    return {"title": rendered.title, "n_figures": rendered.n_figures, "facts": dict(rendered.facts), "warnings": list(rendered.warnings)}
