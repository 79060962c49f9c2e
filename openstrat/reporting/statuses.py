"""What can become of a run, in one vocabulary for notebook, manifest, index and exit code."""

from __future__ import annotations

from openstrat.errors import BusyError, CellTimeoutError, KernelDiedError, OpenstratError

COMPLETED, UNCHANGED, PLANNED = "completed", "unchanged", "planned"
FAILED, TIMED_OUT, KILLED, INTERRUPTED, BUSY = "failed", "timed_out", "killed", "interrupted", "busy"
NOT_STARTED = "not_started"
"""Not reached yet, or not any more because the whole run was stopped."""
GOOD = frozenset({COMPLETED, UNCHANGED, PLANNED})
SIGINT_EXIT = 130
_BY_ERROR: tuple[tuple[type[BaseException], str], ...] = (
    (CellTimeoutError, TIMED_OUT),
    (KernelDiedError, KILLED),
    (BusyError, BUSY),
    (KeyboardInterrupt, INTERRUPTED),
    (SystemExit, INTERRUPTED),
)


def status_of(error: BaseException, *, is_stopped: bool = False) -> str:
    """Return the status of a run that ended with `error`; `is_stopped` says that somebody asked it to end.

    A cell that calls `sys.exit` failed; a kernel that is gone, by `os._exit` too, was killed.
    """
    if is_stopped:
        return INTERRUPTED
    return next((status for kind, status in _BY_ERROR if isinstance(error, kind)), FAILED)


def exit_code_of(error: BaseException) -> int:
    """Return the code that a process exits with for `error`."""
    if isinstance(error, OpenstratError):
        return error.exit_code
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code
    return SIGINT_EXIT if isinstance(error, KeyboardInterrupt) else 1
