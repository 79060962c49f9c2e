"""A portfolio carried out: reports side by side on any executor, an index of what came out, a digest of what moved."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from openstrat.errors import PublishError
from openstrat.reporting.attempts import Task, attempt, failed, lost
from openstrat.reporting.baselines import drop_baselines
from openstrat.reporting.manifest import Clock
from openstrat.reporting.outcomes import Outcome, PortfolioResult, waiting
from openstrat.reporting.plan import Plan
from openstrat.reporting.portfolio import Portfolio, load_portfolio, plan_portfolio
from openstrat.reporting.publish import hold, report_folder
from openstrat.reporting.statuses import NOT_STARTED, PLANNED
from openstrat.reporting.stopping import StopFile, start_work
from openstrat.reporting.stores import Output, output_at

if TYPE_CHECKING:
    from openstrat.reporting.execute import Limits

Progress = Callable[[Outcome, int, int], None]
POLL_S = 0.2
REFRESH_S = 10.0
"""The index on disk is brought up to date this often while a run goes on."""
GRACE_S = 20.0


def run_portfolio(
    name: str | Path,
    *,
    jobs: int = 1,
    out: Path | str | None = None,
    force: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    engine: str | None = None,
    limits: Limits | None = None,
    retries: int = 0,
    executor: Executor | None = None,
) -> PortfolioResult:
    """Return what became of every run of a portfolio; index, pages a case, feed and digest are written beside the reports.

    Reports that are there with the same run key are not made again, so calling this after an interruption goes on where it ended.

    Parameters
    ----------
    name
        A portfolio's name or path.
    jobs
        Number of reports made at the same time; each has its own kernel process.
    out
        Output root; the portfolio gets a folder of its own name in it. A URL goes through fsspec: see `openstrat.reporting.stores`.
    force
        Run reports again that are there and unchanged.
    dry_run
        Check everything and write nothing; outcomes are `planned`.
    progress
        Called after each run with its outcome, the number done and the number in all.
    engine
        `kernel`, `warm` or `fast`; see `openstrat.reporting.reports.build_report`.
    limits
        Time limits of each run; see `openstrat.reporting.execute.Limits`.
    retries
        How often a notebook is started again whose kernel died; other failures are final.
    executor
        Any `concurrent.futures` executor to carry the runs instead of `jobs` threads. Its workers need the same files.

    Raises
    ------
    InputError
        If anything in the portfolio is wrong; nothing has started.
    BusyError
        If another run of this portfolio is going on.
    PublishError
        If the index cannot be written.
    """
    portfolio = load_portfolio(name)
    with output_at(out if isinstance(out, Path) else out or None) as output:
        plans = plan_portfolio(portfolio, out=output.root)
        folder = report_folder(output.root.absolute(), portfolio.name)
        index = folder / "index.html"
        if dry_run:
            return PortfolioResult(portfolio, index, output.shown(str(index)), tuple(Outcome(plan, PLANNED) for plan in plans))
        output.fetch(portfolio.name)
        with hold(folder):
            stop = start_work(folder)
            work = _Work(portfolio, plans, stop, progress, output)
            try:
                with _pool(executor, jobs) as pool:
                    work.carry([Task(plan, stop, force, engine, limits, retries) for plan in plans], pool)
            finally:
                stop.set()
        return PortfolioResult(portfolio, index, output.shown(str(index)), tuple(map(work.told, work.outcomes)))


@contextlib.contextmanager
def _pool(executor: Executor | None, jobs: int) -> Iterator[Executor]:
    if executor is not None:
        yield executor
        return
    with ThreadPoolExecutor(max_workers=max(1, jobs), thread_name_prefix="report") as pool:
        yield pool


class _Work:
    """The state of one run: what is done, what is not, and what the index on disk says about it."""

    def __init__(self, portfolio: Portfolio, plans: list[Plan], stop: StopFile, progress: Progress | None, output: Output) -> None:
        self.portfolio, self.stop, self.progress, self.output = portfolio, stop, progress, output
        self.folder = output.root.absolute() / portfolio.name
        self.clock = Clock.now()
        self.outcomes = [waiting(plan) for plan in plans]
        self.n_done = 0
        self.shown_at = 0.0

    def carry(self, tasks: list[Task], pool: Executor) -> None:
        """Carry out all tasks; on Ctrl-C or a signal kernels are ended and the index says so before the exception goes on."""
        self._show("going_on")
        futures: dict[Future[Outcome], int] = {}
        try:
            for number, task in enumerate(tasks):
                futures[pool.submit(attempt, task)] = number
            self._follow(futures)
        except BaseException:
            self._end(futures)
            with contextlib.suppress(PublishError):
                self._show("interrupted")
                self.output.send(self.portfolio.name)
            raise
        self._show("finished")
        drop_baselines(self.folder)
        self.output.send(self.portfolio.name)

    def _follow(self, futures: dict[Future[Outcome], int]) -> None:
        pending = set(futures)
        while pending:
            finished, pending = wait(pending, timeout=POLL_S, return_when=FIRST_COMPLETED)
            for future in sorted(finished, key=lambda item: futures[item]):
                self._note(futures[future], future)
            if finished and pending and monotonic() - self.shown_at > REFRESH_S:
                with contextlib.suppress(PublishError):  # the last index decides
                    self._show("going_on")

    def _note(self, number: int, future: Future[Outcome]) -> None:
        error = future.exception()
        outcome = lost(self.outcomes[number].plan, error) if error is not None else self._sent(future.result())
        self.outcomes[number] = outcome
        self.n_done += 1
        if self.progress is not None:
            self.progress(self.told(outcome), self.n_done, len(self.outcomes))

    def told(self, outcome: Outcome) -> Outcome:
        """Return an outcome whose message names the place that the user knows."""
        return replace(outcome, message=self.output.shown(outcome.message))

    def _sent(self, outcome: Outcome) -> Outcome:
        """Send a finished report to where the output is; a report that does not arrive was not made."""
        try:
            if outcome.result is not None:
                self.output.send(f"{self.portfolio.name}/{outcome.plan.slug}")
        except PublishError as error:
            return failed(outcome.plan, error, str(error), outcome.n_attempts)
        return outcome

    def _end(self, futures: dict[Future[Outcome], int]) -> None:
        """Let everything end by itself: what runs is stopped, what waits answers that it was not started; then note what came of each."""
        self.stop.set()
        self.progress = None
        finished, late = wait(
            [future for future, number in futures.items() if self.outcomes[number].status == NOT_STARTED], timeout=GRACE_S
        )
        for future in finished:
            self._note(futures[future], future)
        for future in late:
            future.cancel()
            self.outcomes[futures[future]] = lost(self.outcomes[futures[future]].plan, None)

    def _show(self, state: str) -> None:
        from openstrat.reporting.index import write_index

        write_index(self.portfolio, self.outcomes, self.folder, self.clock, state)
        self.shown_at = monotonic()
