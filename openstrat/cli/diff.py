"""`openstrat diff`: what moved between two reports or two runs of a portfolio, and why."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from openstrat.cli.text import as_json as to_json
from openstrat.errors import InputError

CHANGED = 1
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("diff")
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--exit-code", "tells", is_flag=True, help="Exit with 1 if anything differs, 0 otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def diff(old: Path, new: Path, *, tells: bool, as_json: bool) -> None:
    """Say which facts moved from OLD to NEW, by how much, and why.

    OLD and NEW are two report folders, or the folders of two runs of a portfolio. Why is data (tables and their rows, your
    files), parameter, method (the notebook), code (openstrat) or version (packages).

    Example: openstrat diff last-month/strategy-brief reports/out/strategy-brief
    """
    from openstrat.reporting.change_words import change_lines
    from openstrat.reporting.changes import compare_folders
    from openstrat.reporting.portfolio_changes import compare_portfolios, is_portfolio, portfolio_lines

    old, new = old.absolute(), new.absolute()
    if is_portfolio(old) != is_portfolio(new):
        raise InputError(f"One of {old.name} and {new.name} is a portfolio and the other a report. Give two of a kind.")
    if is_portfolio(new):
        several = compare_portfolios(old, new)
        is_same, lines, record = several.is_same, portfolio_lines(several), several.record()
    else:
        changes = compare_folders(old, new)
        is_same, lines, record = changes.is_same, change_lines(changes), changes.record()
    click.echo(to_json(record) if as_json else "\n".join(lines))
    if tells and not is_same:
        sys.exit(CHANGED)
