"""`openstrat release`: where a release sits, by its record or by its own file."""

from __future__ import annotations

from pathlib import Path

import click

from openstrat.cli.text import cautioned
from openstrat.errors import InputError

LEVELS = ("fully_open", "open_weights", "closed", "undetermined")
FILE_ENDINGS = (".yml", ".yaml")
JSON_OPTION = click.option("--json", "is_json", is_flag=True, help="Print JSON for programs.")


@click.group("release")
def release_command() -> None:
    """Where a release sits: license position, completeness, disclosure.

    Example: openstrat release place llama-4-maverick
    """


@release_command.command("list")
@click.option("--level", type=click.Choice(LEVELS), default=None, help="Only releases of this level.")
@JSON_OPTION
def list_releases(level: str | None, *, is_json: bool) -> None:
    """List the releases with level, grade and restrictions.

    Example: openstrat release list --level open_weights
    """
    from openstrat.analysis.releasing import release_table
    from openstrat.cli.release_text import table_records, table_text

    table = release_table()
    shown = table if level is None else table[table["level"] == level]
    click.echo(cautioned({"releases": table_records(shown)}) if is_json else table_text(shown))


@release_command.command()
@click.argument("release", metavar="RELEASE_ID_OR_FILE")
@JSON_OPTION
def place(release: str, *, is_json: bool) -> None:
    """Say where a release sits, and by which clause.

    A file is a release file of the Model Openness Framework (YAML). Not legal advice.

    Example: openstrat release place olmo-7b
    """
    from openstrat.analysis.releasing import declared_of, position_of
    from openstrat.cli.release_text import position_record, position_text
    from openstrat.tables.store import read_column

    if Path(release).is_dir() and release not in read_column("releases", "release_id"):
        raise InputError(f"{release} is a folder. Give one release file in it, or ask for the classes of all: openstrat mof {release}")
    if release.endswith(FILE_ENDINGS) or Path(release).is_file():
        declared = declared_of(Path(release))
        position, mof = declared.position, declared.completeness
    else:
        position, mof = position_of(release), None
    click.echo(cautioned(position_record(position, mof)) if is_json else position_text(position, mof))


@release_command.command()
@click.argument("release_id")
@JSON_OPTION
def profile(release_id: str, *, is_json: bool) -> None:
    """Put every index of one release side by side, and say why they differ.

    Example: openstrat release profile deepseek-r1
    """
    from openstrat.analysis.releasing import claim_of, profile_of
    from openstrat.cli.release_text import profile_record, profile_text

    found, claim = profile_of(release_id), claim_of(release_id)
    click.echo(cautioned(profile_record(found, claim)) if is_json else profile_text(found, claim))
