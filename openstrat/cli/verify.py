"""`openstrat verify`: a report built again and compared byte for byte."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from openstrat.cli.text import as_json as to_json

DIFFERS = 1
WARNED = 3


@click.command("verify")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--input", "pairs", nargs=2, multiple=True, metavar="NAME PATH", help="Where a file or repository lies; may be repeated.")
@click.option("--notebook", type=click.Path(dir_okay=False, exists=True, path_type=Path), help="The notebook, if it is not in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def verify(folder: Path, *, pairs: tuple[tuple[str, str], ...], notebook: Path | None, as_json: bool) -> None:
    """Build the report in FOLDER again from its manifest, elsewhere, and compare.

    Says which byte, cell, fact and input differ; FOLDER is only read. Of a portfolio, every completed report. Exit codes: 0 the
    same bytes; 1 something differs; 3 the same bytes although an input differs; 2 the folder, a notebook or an input is missing;
    10 to 14 the rebuild failed.

    Example: openstrat verify reports/out/strategy-brief--case-frontier-lab
    """
    from openstrat.cli.report import cell_progress
    from openstrat.reporting.portfolio_changes import completed_reports, is_portfolio
    from openstrat.reporting.verify import verification_lines, verify_report

    folder = folder.absolute()
    several = is_portfolio(folder)
    folders = completed_reports(folder) if several else [folder]
    found = [verify_report(item, dict(pairs), notebook=notebook, progress=cell_progress()) for item in folders]
    if as_json:
        records = [item.record() for item in found]
        click.echo(to_json({"reports": records} if several else records[0]))
    else:
        click.echo("\n".join(line for item in found for line in verification_lines(item)))
    if not all(item.is_same for item in found):
        sys.exit(DIFFERS)
    if any(item.causes for item in found):
        sys.exit(WARNED)
