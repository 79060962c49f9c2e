"""`openstrat run`: every report of a portfolio, with an index, a digest and a feed."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from openstrat.cli.report import DRY_RUN, ENGINE, FAILED, FORCE, JSON, OUT, WARNED, shortest

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from openstrat.reporting.outcomes import Outcome

BAR_WIDTH = 30


@click.command("run")
@click.argument("portfolio")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help="Reports at the same time.")
@OUT
@click.option("--retries", type=click.IntRange(0, 9), default=0, metavar="N", help="Restarts after a dead kernel.")
@click.option("--cell-limit", type=click.IntRange(1), default=600, metavar="SECONDS", help="Time limit of a cell. Default: 600.")
@click.option("--run-limit", type=click.IntRange(1), default=1800, metavar="SECONDS", help="Time limit of a report. Default: 1800.")
@click.option("--dask", metavar="ADDRESS", help="Use dask: a scheduler's address, or 'local'.")
@ENGINE
@DRY_RUN
@FORCE
@JSON
def run_command(
    portfolio: str,
    *,
    jobs: int,
    out: Path | str | None,
    retries: int,
    cell_limit: int,
    run_limit: int,
    dask: str | None,
    engine: str,
    dry_run: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Make every report of PORTFOLIO (a name or file), with index, digest and feed.

    All are checked first; a failure stops no other. Run again, it goes on.

    Example: openstrat run cases --jobs 2
    """
    from openstrat.reporting.execute import Limits
    from openstrat.reporting.outcomes import count_words, summary_record
    from openstrat.reporting.running import run_portfolio

    with _executor(dask, jobs) as executor:
        result = run_portfolio(
            portfolio,
            jobs=jobs,
            out=out,
            force=force,
            dry_run=dry_run,
            progress=RunProgress(is_terminal=sys.stderr.isatty()),
            engine=engine,
            limits=Limits(cell_s=cell_limit, run_s=run_limit),
            retries=retries,
            executor=executor,
        )
    if as_json:
        click.echo(summary_record(result))
    elif dry_run:
        described = "\n\n".join(item.plan.describe() for item in result.outcomes)
        click.echo(described.replace(str(result.index.parent), result.location.rpartition("/")[0]))
    else:
        click.echo(f"{len(result.outcomes)} runs: {count_words(result.outcomes)}.", err=True)
        click.echo(shortest(result.index) if result.location == str(result.index) else result.location)
    if result.n_failed:
        sys.exit(FAILED)
    if any(item.result and item.result.warnings for item in result.outcomes):
        sys.exit(WARNED)


@contextlib.contextmanager
def _executor(address: str | None, jobs: int) -> Iterator[Executor | None]:
    if address is None:
        yield None
        return
    from openstrat.reporting.executors import dask_executor

    with dask_executor(address, jobs) as executor:
        yield executor


class RunProgress:
    """Says on stderr what became of each run: a bar and the failures on a terminal, a line a run otherwise."""

    def __init__(self, *, is_terminal: bool) -> None:
        self.is_terminal = is_terminal
        self.counts: Counter[str] = Counter()

    def __call__(self, outcome: Outcome, done: int, total: int) -> None:
        """Show one finished run."""
        self.counts[outcome.status] += 1
        if not self.is_terminal:
            click.echo(f"{done}/{total} {outcome.status}: {outcome.title} ({outcome.plan.slug})", err=True)
        if outcome.message:
            self._clear()
            name = f"{outcome.plan.slug}: {outcome.status.replace('_', ' ')}\n" if self.is_terminal else ""
            click.echo(name + "    " + outcome.message.replace("\n", "\n    "), err=True)
        if self.is_terminal:
            click.echo("\r" + bar(done, total, self.counts) + "\x1b[K", err=True, nl=done == total)

    def _clear(self) -> None:
        if self.is_terminal:
            click.echo("\r\x1b[K", err=True, nl=False)


def bar(done: int, total: int, counts: Counter[str]) -> str:
    """Return a bar with counts, such as `[######......] 12 of 24: 11 completed, 1 failed`."""
    full = BAR_WIDTH * done // max(1, total)
    words = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in counts.most_common())
    return f"[{'#' * full}{'.' * (BAR_WIDTH - full)}] {done} of {total}: {words}"
