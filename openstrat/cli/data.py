"""`openstrat data`: the shipped tables, listed, shown, described, checked, exported."""

from __future__ import annotations

import json
from pathlib import Path

import click

from openstrat import resources
from openstrat.errors import InputError
from openstrat.tables import store


@click.group()
def data() -> None:
    """Typed tables of licenses, projects, releases, forks and guidance.

    Example: openstrat data describe licenses
    """


@data.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def list_tables(as_json: bool) -> None:
    """List every table with its rows, columns and as-of date.

    Example: openstrat data list
    """
    entries = store.descriptor()["resources"]
    if as_json:
        keys = ("name", "title", "rows", "as_of", "path")
        click.echo(json.dumps([{key: entry[key] for key in keys} for entry in entries], indent=1))
        return
    for entry in entries:
        click.echo(
            f"{entry['name']:22} {entry['rows']:>7,} rows {len(entry['schema']['fields']):>3} columns  {entry['as_of']}  {entry['title']}"
        )


@data.command()
@click.argument("table")
@click.option("--rows", default=10, show_default=True, help="How many rows.")
@click.option(
    "--where", "conditions", multiple=True, metavar="COLUMN=VALUE", help="Only rows whose cell is exactly VALUE; may be repeated."
)
def show(table: str, rows: int, conditions: tuple[str, ...]) -> None:
    """Show the first rows of TABLE.

    Example: openstrat data show licenses --where family=custom_ai
    """
    frame = store.read_table(table)
    for condition in conditions:
        column, _, value = condition.partition("=")
        if column not in frame.columns:
            raise InputError(f"--where {condition!r}: {table} has no column {column!r}. Columns: {', '.join(frame.columns)}.")
        frame = frame[frame[column].astype(str) == value]
    click.echo(frame.head(rows).to_string(max_colwidth=40))
    click.echo(f"{min(rows, len(frame))} of {len(frame):,} rows. Card: openstrat data describe {table}")


@data.command()
@click.argument("table")
def describe(table: str) -> None:
    """Print the card of TABLE: what it holds, columns with units, gaps, license, sha256.

    Example: openstrat data describe fork_events
    """
    entry = store.resource(table)
    click.echo(f"{entry['title']}\n\n{entry['description']}\n")
    click.echo(f"Rows: {entry['rows']:,}   As of: {entry['as_of']}   License: {entry['licenses'][0]['name']}   File: data/{entry['path']}")
    click.echo(f"Key: {', '.join(entry['schema']['primaryKey'])}   {entry['hash']}\n")
    for field in entry["schema"]["fields"]:
        unit = f" [{field['unit']}]" if field.get("unit") else ""
        optional = "" if field.get("constraints", {}).get("required") else " (may be unknown)"
        click.echo(f"  {field['name']}: {field['kind']}{unit}{optional}. {field['description']}")
        if "enum" in field.get("constraints", {}):
            click.echo(f"    one of: {', '.join(field['constraints']['enum'])}")
    click.echo("\nKnown gaps:" if entry["gaps"] else "\nNo gap is known.")
    for gap in entry["gaps"]:
        click.echo(f"  - {gap}")


@data.command()
@click.argument("path", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--most", default=20, show_default=True, help="How many violations to print.")
def validate(path: Path | None, most: int) -> None:
    """Check every table: files, types, ranges, keys, references, license ids.

    Example: openstrat data validate
    """
    from openstrat.tables.integrity import validate as check

    results = check(path or resources.data_path())
    for result in results:
        state = "ok" if not result.violations else f"{len(result.violations)} violations"
        click.echo(f"{result.table:22} {result.n_rows:>7,} rows  {state}")
    found = [violation for result in results for violation in result.violations]
    for violation in found[:most]:
        click.echo(f"  {violation}", err=True)
    click.echo(f"{len(results)} tables, {sum(result.n_rows for result in results):,} rows, {len(found)} violations.")
    if found:
        raise SystemExit(1)


@data.command()
@click.argument("table")
@click.option("--to", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write: .csv or .json.")
@click.option("--raw", is_flag=True, help="Write cells as they are; by default formulas are defused for spreadsheets.")
def export(table: str, target: Path, raw: bool) -> None:
    """Write TABLE to a new file for use elsewhere.

    Example: openstrat data export licenses --to licenses.csv
    """
    from openstrat.tables.export import write_table

    click.echo(f"{write_table(table, target, raw=raw)}")


@data.command()
@click.argument("what", default="licenses", type=click.Choice(["licenses", "forks"]))
@click.option("--write", is_flag=True, help="Write what is shown; in a source checkout only.")
@click.option(
    "--repos", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of clones (owner/name) to rebuild forks from."
)
@click.option(
    "--blueoak", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Blue Oak list (JSON); without it ratings stay."
)
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), help="File to write how the fork tables differ, as Markdown.")
@click.option("--most", default=40, show_default=True, help="How many differences to print.")
def refresh(what: str, *, write: bool, repos: Path | None, blueoak: Path | None, page: Path | None, most: int) -> None:
    """Compare compiled columns with the published lists that are installed, or fork tables with clones at hand.

    Example: openstrat data refresh licenses
    """
    from openstrat.cli import refresh as steps

    if write:
        _need_checkout("openstrat data refresh --write")
    if what == "forks":
        _refresh_forks(repos, write=write, page=page, most=most)
        return
    lists = steps.read_lists(blueoak)
    refreshed = steps.compare(lists)
    click.echo("\n".join([*steps.describe_lists(lists), "", *steps.describe_differences(refreshed, most)]))
    if write and not refreshed.is_same:
        click.echo("\n".join(str(path) for path in steps.write(refreshed)))
    elif not refreshed.is_same:
        click.echo("Nothing was written. To write: openstrat data refresh licenses --write")


def _refresh_forks(repos: Path | None, *, write: bool, page: Path | None, most: int) -> None:
    from openstrat.cli import refresh_counting
    from openstrat.cli import refresh_forks as steps

    if repos is None:
        raise InputError("Fork tables are rebuilt from clones. Name their folder, for example: openstrat data refresh forks --repos clones")
    found = steps.find_clones(repos)
    parts = []
    for rebuilt in steps.rebuild(found):
        parts.append(rebuilt)
        click.echo("\n".join(steps.describe(rebuilt, most)))
    click.echo(f"{len(found.paths)} of {found.n_shipped} repositories at hand.")
    click.echo("\n".join(refresh_counting.report(found.paths, most, write_tables=write)))
    if page:
        from openstrat.cli.refresh_forks_page import page as words

        page.write_text(words(found, parts), encoding="utf-8", newline="\n")
        click.echo(f"{page}")
    if write:
        click.echo("\n".join(str(path) for path in steps.write(parts)))
    else:
        click.echo("Nothing was written. To write: openstrat data refresh forks --repos DIR --write")


@data.command("package", hidden=True)
def package_tables() -> None:
    """Regenerate data/datapackage.json in a source checkout.

    Example: openstrat data package
    """
    from openstrat.tables.package import write_descriptor

    _need_checkout("openstrat data package")
    click.echo(f"{write_descriptor(resources.data_path())}")


def _need_checkout(command: str) -> None:
    if not (resources.root() / "pyproject.toml").is_file():
        raise InputError(f"{command} works in a source checkout only; an installed package keeps the hashes it came with.")
