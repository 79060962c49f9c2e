"""`openstrat report`, `params`: a notebook with parameters becomes a published report."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from openstrat.errors import ParameterError

if TYPE_CHECKING:
    from openstrat.reporting.reports import ReportResult

WARNED = 3
FAILED = 10


class Place(click.Path):
    """A folder, or a URL that fsspec writes to."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a URL as it is and a folder as a path."""
        return value if "://" in str(value) else super().convert(value, param, ctx)


OUT = click.option("--out", type=Place(file_okay=False, path_type=Path), help="Output folder or URL. Default: reports/out.")
FORCE = click.option("--force", is_flag=True, help="Run even if the same report is there already.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Check and show inputs, hashes, outputs; write nothing.")
ENGINE = click.option(
    "--engine",
    type=click.Choice(("kernel", "warm", "fast")),
    default="warm",
    show_default=True,
    envvar="OPENSTRAT_ENGINE",
    help="Kernel started cold, forked warm, or cells in a forked worker.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.command("report")
@click.argument("name")
@click.option("-p", "--param", "pairs", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter; may be repeated.")
@click.option("--case", "case_file", metavar="FILE", help="Case file, or id of a shipped case; the same as -p case FILE.")
@OUT
@click.option("--pdf", is_flag=True, help="Also print report.pdf with a local Chromium.")
@click.option("--images", type=click.Choice(("svg", "png", "both")), help="Also draw every chart as figure-1.svg and so on.")
@click.option("--cell-limit", type=click.IntRange(1), default=600, show_default=True, metavar="SECONDS", help="Time limit of a cell.")
@ENGINE
@DRY_RUN
@FORCE
@JSON
def report_command(
    name: str,
    *,
    pairs: tuple[tuple[str, str], ...],
    case_file: str | None,
    out: Path | str | None,
    pdf: bool,
    images: str | None,
    cell_limit: int,
    engine: str,
    dry_run: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Make the report NAME (a name, or the path of a notebook).

    Example: openstrat report strategy-brief --case case-frontier-lab
    """
    from openstrat.reporting.plan import plan_report
    from openstrat.reporting.reports import ReportResult, build
    from openstrat.reporting.stores import output_at

    with output_at(out) as output:
        plan = plan_report(name, given_parameters(pairs, case_file), out=output.root, pdf=pdf, images=images or "")
        if dry_run:
            planned = json.dumps(record(ReportResult(plan, "planned")), indent=1) if as_json else plan.describe()
            click.echo(output.shown(planned))
            return
        from openstrat.reporting.execute import Limits

        output.fetch(plan.slug)
        try:
            result = build(plan, force=force, limits=Limits(cell_s=cell_limit), progress=cell_progress(), engine=engine)
        finally:
            output.send(plan.slug)
        for warning in result.warnings:
            click.echo(f"Warning: {warning}", err=True)
        if as_json:
            click.echo(output.shown(json.dumps(record(result), indent=1)))
        else:
            click.echo(summary(result), err=True)
            click.echo(output.shown(shortest(result.html)))
    if result.warnings:
        sys.exit(WARNED)


@click.command("params")
@click.argument("name")
@JSON
def params_command(name: str, as_json: bool) -> None:
    """Show the parameters of the report NAME: type, default, choices, help.

    Example: openstrat params strategy-brief
    """
    from openstrat.reporting.notebooks import read_notebook
    from openstrat.reporting.parameters import read_schema
    from openstrat.reporting.specs import find_report

    schema = read_schema(read_notebook(find_report(name).notebook))
    if as_json:
        click.echo(json.dumps([parameter.record() for parameter in schema.parameters], indent=1))
        return
    if not schema.parameters:
        click.echo(f"{name} has no parameters.")
    for parameter in schema.parameters:
        facts = parameter.record()
        limits = [f"{key} {facts[key]}" for key in ("low", "high", "pattern", "unit") if key in facts]
        limits += ["choices " + ", ".join(map(str, parameter.choices))] if parameter.choices else []
        click.echo(f"{parameter.name}: {parameter.type_label} = {parameter.default!r}{'  (' + '; '.join(limits) + ')' if limits else ''}")
        click.echo(f"    {parameter.help}")


def given_parameters(pairs: tuple[tuple[str, str], ...], case_file: str | None) -> dict[str, str]:
    """Return `-p` pairs and `--case` as one mapping.

    Raises
    ------
    ParameterError
        If a name is given twice.
    """
    every = [*pairs, *([("case", case_file)] if case_file is not None else [])]
    names = [name for name, _ in every]
    for name in names:
        if names.count(name) > 1:
            raise ParameterError(f"Parameter {name!r} is given {names.count(name)} times. Give it once.")
    return dict(every)


def record(result: ReportResult) -> dict[str, object]:
    """Return a result as plain JSON."""
    plan = result.plan
    return {
        "status": result.status,
        "title": result.title or plan.inputs["title"],
        "folder": str(plan.folder),
        "outputs": list(plan.outputs),
        "inputs": plan.inputs,
        "key": plan.key,
        "n_figures": result.n_figures,
        "facts": dict(result.facts),
        "warnings": list(result.warnings),
    }


def summary(result: ReportResult) -> str:
    """Return one line with counts."""
    if result.status == "unchanged":
        return f"{result.title}: nothing has changed, so nothing was run (--force runs it)."
    return f"{result.title}: {result.n_figures} figures, {len(result.warnings)} warnings, {result.duration_s} s."


def shortest(path: Path) -> str:
    """Return the path relative to the current folder if it lies below it."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def cell_progress() -> Callable[[int, int], None]:
    """Return a progress function: one changing line on a terminal, a line a cell otherwise, both on stderr."""
    is_terminal = sys.stderr.isatty()

    def show(done: int, total: int) -> None:
        line = f"cell {min(done + 1, total)} of {total}"
        click.echo(f"\r{line}\x1b[K" if is_terminal else line, err=True, nl=not is_terminal)
        if is_terminal and done + 1 >= total:
            click.echo("\r\x1b[K", err=True, nl=False)

    return show
