"""`openstrat forks`: histories of upstreams and forks from git, and the shipped fork events."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from openstrat.cli.forks_landscape import findings, landscape
from openstrat.cli.forks_study import study

WARNED = 3
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def forks() -> None:
    """Forks: who moved, what became of both sides, and how far an answer hangs on the counting.

    Example: openstrat forks history clones/terraform clones/opentofu
    """


for command in (study, landscape, findings):
    forks.add_command(command)


@forks.command(no_args_is_help=True, short_help="Monthly tables of any upstream and its fork.")
@click.argument("upstream")
@click.argument("fork")
@click.option("--at", "started", type=DAY, metavar="YYYY-MM-DD", help="Day the fork started; default: read from the histories.")
@click.option("--as-of", "last", type=DAY, metavar="YYYY-MM-DD", help="Leave out commits after this day.")
@click.option("--steward", multiple=True, metavar="ORG", help="Organization that leads the upstream (redis); may be repeated.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("fork-history"), show_default=True, help="Folder to write."
)
@click.option("--lines", is_flag=True, help="Count lines too, for the rule without the largest commits; many times slower.")
@click.option("--salt-file", type=click.Path(dir_okay=False, path_type=Path), help="Salt for hashing people; default: one in OUT/stages.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def history(
    upstream: str,
    fork: str,
    *,
    started: datetime | None,
    last: datetime | None,
    steward: tuple[str, ...],
    out: Path,
    lines: bool,
    salt_file: Path | None,
    as_json: bool,
) -> None:
    """Monthly tables of UPSTREAM and FORK, two paths or addresses of git repositories.

    Writes activity_monthly.csv, migration_monthly.csv, core_transitions.csv, counting_rules.csv and summary.json. An interrupted run goes
    on from what it had read. Exit code 3: done, with a warning.

    Example: openstrat forks history clones/terraform clones/opentofu --steward hashicorp
    """
    from openstrat.analysis.forks.history import fork_history
    from openstrat.cli import forks_history as steps

    read = steps.read_pair(upstream, fork, out=out, salt_file=salt_file, with_lines=lines)
    found = fork_history(
        *read.logs,
        fork_started_on=_day(started),
        first_parents=read.main_line,
        upstream_branches=read.upstream_branches,
        as_of=_day(last),
        steward_organizations=steward,
    )
    paths = steps.write_history(found, out)
    if as_json:
        click.echo(json.dumps(steps.summary_of(found), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join([*steps.describe(found), "", *(str(path) for path in paths)]))
    if warnings := steps.warnings_of(found):
        click.echo("\n".join(f"Warning: {warning}" for warning in warnings), err=True)
        raise SystemExit(WARNED)


@forks.command(short_help="Known forks with three dates.")
@click.option("--trigger", metavar="WORD", help="Only forks that answered this: relicense, governance, acquisition, feature, unmaintained.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def events(*, trigger: str | None, as_json: bool) -> None:
    """Known forks: three dates (announced, effective, first own commit), trigger, steward, outcome, reversal.

    Example: openstrat forks events --trigger relicense
    """
    from openstrat.analysis.forks.event_list import event_list
    from openstrat.cli import forks_history as steps
    from openstrat.tables import loaders

    listed = event_list(loaders.load_fork_events(), loaders.load_license_changes(), trigger=trigger)
    if as_json:
        click.echo(json.dumps(steps.plain_records(listed), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(steps.describe_events(listed)))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
