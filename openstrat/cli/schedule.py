"""`openstrat schedule`: recipes that run a portfolio at its time."""

from __future__ import annotations

from pathlib import Path

import click

KINDS = ("cron", "systemd", "github", "airflow")


@click.group("schedule", epilog="Example: openstrat schedule show cron cases")
def schedule() -> None:
    """Run a portfolio at its time, by a scheduler that is there already."""


@schedule.command("show")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("portfolio")
@click.option("--at", metavar="WHEN", default="", help="Such as 'weekly, Monday 05:17'. Default: the portfolio's schedule, or daily.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help="Reports at the same time.")
@click.option("--out", metavar="DIRECTORY", help="Output root. Default: reports/out here.")
@click.option("--limit", type=click.IntRange(1, 1440), default=120, metavar="MINUTES", help="Time limit of the whole run. Default: 120.")
@click.option("--write", type=click.Path(file_okay=False, path_type=Path), help="Write files into this folder, do not print.")
def show(kind: str, portfolio: str, *, at: str, jobs: int, out: str | None, limit: int, write: Path | None) -> None:
    """Print a ready recipe for KIND that runs PORTFOLIO in this folder.

    It has a time limit and reads the exit codes; a run holds its own lock, and a failed report leaves the last good one.

    Example: openstrat schedule show cron cases
    """
    from openstrat.reporting.portfolio import load_portfolio, plan_portfolio
    from openstrat.reporting.schedules import job_of, recipe

    loaded = load_portfolio(portfolio)
    job = job_of(loaded, schedule=at, out=out, jobs=jobs, limit_s=limit * 60)
    plan_portfolio(loaded)  # a portfolio that cannot run is said so now, not at night
    files = recipe(kind, job)
    if write is None:
        click.echo("\n".join(f"# ----- {name}\n{text}" if len(files) > 1 else text for name, text in files.items()), nl=False)
        return
    write.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (write / name).write_text(text, encoding="utf-8")
        click.echo(str(write / name))
