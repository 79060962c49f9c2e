"""One run of a portfolio, wherever it is carried out: a thread, a process, a worker on another machine with the same disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.errors import KernelDiedError, OpenstratError
from openstrat.reporting.baselines import change_of, keep_baseline
from openstrat.reporting.outcomes import Outcome
from openstrat.reporting.plan import Plan
from openstrat.reporting.reports import ReportResult, build
from openstrat.reporting.statuses import FAILED, INTERRUPTED, NOT_STARTED, SIGINT_EXIT, exit_code_of, status_of
from openstrat.reporting.stopping import StopFile

if TYPE_CHECKING:
    from openstrat.reporting.execute import Limits


@dataclass(frozen=True)
class Task:
    """A plan and how to carry it out; can be pickled. `retries` counts for a kernel that died, and for nothing else."""

    plan: Plan
    stop: StopFile
    is_forced: bool = False
    engine: str | None = None
    limits: Limits | None = None
    retries: int = 0


def attempt(task: Task) -> Outcome:
    """Return what became of a run; errors become outcomes, so that one broken report takes no other with it."""
    if task.stop.is_set():
        return Outcome(task.plan, NOT_STARTED)
    number = 0
    try:
        keep_baseline(task.plan.folder, task.plan.key, is_forced=task.is_forced)
        while True:
            number += 1
            try:
                result = _build(task)
                return Outcome(task.plan, result.status, result, n_attempts=number, change=change_of(task.plan.folder))
            except KernelDiedError:
                if number > task.retries or task.stop.is_set():
                    raise
    except OpenstratError as error:
        return failed(task.plan, error, str(error), number, is_stopped=task.stop.is_set())
    except Exception as error:
        return failed(task.plan, error, f"{type(error).__name__}: {error}", number, is_stopped=task.stop.is_set())


def _build(task: Task) -> ReportResult:
    return build(task.plan, force=task.is_forced, limits=task.limits, stop=task.stop, engine=task.engine)  # type: ignore[arg-type]


def failed(plan: Plan, error: BaseException, message: str, n_attempts: int = 1, *, is_stopped: bool = False) -> Outcome:
    """Return the outcome of a run that ended with `error`."""
    status = status_of(error, is_stopped=is_stopped)
    exit_code = SIGINT_EXIT if status == INTERRUPTED else exit_code_of(error)
    return Outcome(plan, status, message=message, exit_code=exit_code, n_attempts=max(1, n_attempts))


def lost(plan: Plan, error: BaseException | None) -> Outcome:
    """Return the outcome of a run whose worker ended without an answer."""
    if error is None or isinstance(error, (KeyboardInterrupt, SystemExit)):
        return Outcome(plan, INTERRUPTED, message="was interrupted", exit_code=exit_code_of(error or KeyboardInterrupt()))
    message = f"its worker ended without an answer: {type(error).__name__}: {error}"
    return Outcome(plan, FAILED, message=message, exit_code=exit_code_of(error))
