"""`openstrat audit`: what a repository shows about its license, how it is run, and whether it is kept up."""

from __future__ import annotations

import json
from pathlib import Path

import click

LAYERS = (
    *("sdk", "docs", "integration", "eval", "fine_tuning", "small_weights", "frontier_weights", "training_code", "training_data"),
    *("inference_infra", "orchestration", "database", "commercial_tooling"),
)


@click.command("audit", epilog="Example: openstrat audit . --as-of 2026-08-22", short_help="What a git repository shows.")
@click.argument("repository", metavar="REPO")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option("--facts", "facts_file", type=click.Path(dir_okay=False, path_type=Path), help="Write what a case file can take over.")
@click.option("--layer", type=click.Choice(LAYERS), metavar="LAYER", help="Layer of the stack that the repository is, for --facts.")
@click.option("--since", default="", metavar="YYYY-MM-DD", help="Start of a fork: count activity from here.")
@click.option("--as-of", "as_of", default="", metavar="YYYY-MM-DD", help="Day that windows end with; default today.")
@click.option("--fetched", default="", metavar="YYYY-MM-DD", help="Day the copy was made; default its newest commit's.")
@click.option("--launched", default="", metavar="YYYY-MM-DD", help="Day of the first public release.")
@click.option("--steward", "stewards", multiple=True, metavar="DOMAIN", help="Mail domain of whoever runs the project.")
def audit(
    repository: str,
    *,
    as_json: bool,
    facts_file: Path | None,
    layer: str | None,
    since: str,
    as_of: str,
    fetched: str,
    launched: str,
    stewards: tuple[str, ...],
) -> None:
    """Audit a git repository: licenses over time, governance, activity, rules.

    REPO is a path or an https address. Nothing in it is run or changed, and no name or address of a person is shown. Not legal advice.
    """
    from openstrat.analysis.repository_auditing import case_facts_of, repository_audit
    from openstrat.cli.audit_text import audit_record, audit_text, facts_text

    report = repository_audit(repository, as_of=as_of, fetched=fetched, since=since, launched=launched, stewards=stewards)
    click.echo(json.dumps(audit_record(report), indent=1) if as_json else audit_text(report))
    if facts_file:
        _write(facts_file, facts_text(report, case_facts_of(report, layer=layer or "")))


def _write(path: Path, text: str) -> None:
    from openstrat.errors import OutputPathError

    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise OutputPathError(f"{path} exists and is kept. Name a new file.") from None
    except OSError as error:
        raise OutputPathError(f"{path} cannot be written ({error.strerror}). Name a file in a folder that exists.") from None
    click.echo(f"Facts for a case: {path}", err=True)
