"""A wish to stop that reaches threads, processes and other machines: a file in the output folder that has to stay."""

from __future__ import annotations

import contextlib
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from openstrat.reporting.publish import LOCKS


@dataclass(frozen=True)
class StopFile:
    """Takes the place of a `threading.Event` where the work may be done in another process.

    Work goes on while the file is there and the process that wrote it lives (which only the same machine can tell).
    """

    path: Path
    host: str
    pid: int

    def is_set(self) -> bool:
        """Return whether the work should end."""
        if not self.path.exists():
            return True
        if self.pid == os.getpid() or self.host != socket.gethostname():
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False

    def set(self) -> None:
        """Ask all work to end."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


def start_work(folder: Path) -> StopFile:
    """Return the stop file of a portfolio's run, written beside its lock."""
    path = folder.parent / LOCKS / f"{folder.name}.going"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(os.getpid()), encoding="ascii")
    return StopFile(path, socket.gethostname(), os.getpid())
