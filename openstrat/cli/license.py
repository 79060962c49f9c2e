"""`openstrat license`: what licenses make of a work, side by side, in combination, and for somebody."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import click

ASSETS = ("code", "weights", "data", "docs")
ASSET_OPTION = click.option(
    "--for", "--asset", "asset", type=click.Choice(ASSETS), default="code", show_default=True, help="What the license is applied to."
)
JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.group("license")
def license_command() -> None:
    """Licenses as typed terms: show, compare, place, who may, who is excluded.

    Example: openstrat license compare Apache-2.0 BUSL-1.1 Llama-4 --for weights
    """


@license_command.command()
@click.argument("expression", metavar="LICENSE")
@JSON_OPTION
def show(expression: str, as_json: bool) -> None:
    """Show what is known about LICENSE, or about each license of an expression.

    Example: openstrat license show "BSL 1.1"
    """
    from openstrat.analysis.licensing import cards_of
    from openstrat.cli.license_text import card_record, card_text

    cards = cards_of(expression)
    if as_json:
        shown = [card_record(card) for card in cards]
        click.echo(json.dumps(shown[0] if len(shown) == 1 else shown, indent=1))
        return
    click.echo("\n\n".join(card_text(card) for card in cards))


@license_command.command()
@click.argument("names", nargs=-1, required=True, metavar="LICENSE...")
@ASSET_OPTION
@JSON_OPTION
def compare(names: tuple[str, ...], asset: str, as_json: bool) -> None:
    """Put two to six licenses side by side in plain words.

    Example: openstrat license compare Apache-2.0 BUSL-1.1 LicenseRef-Llama-4 --for weights
    """
    from openstrat.analysis.licensing import comparison_of
    from openstrat.cli.license_text import comparison_record, comparison_text

    compared = comparison_of(names, asset)
    click.echo(json.dumps(comparison_record(compared), indent=1) if as_json else comparison_text(compared))


@license_command.command()
@click.argument("expression")
@ASSET_OPTION
@JSON_OPTION
def place(expression: str, asset: str, as_json: bool) -> None:
    """Say where EXPRESSION puts a work on the openness spectrum, and by which clause.

    Example: openstrat license place "Apache-2.0 OR BUSL-1.1" --asset code
    """
    from openstrat.analysis.licenses.comparison import bottom_line
    from openstrat.analysis.licensing import placement_of
    from openstrat.cli.license_text import CAUTION, placement_lines, wrapped

    placed = placement_of(expression, asset)
    if as_json:
        click.echo(json.dumps(asdict(placed), indent=1, default=str))
        return
    click.echo(f"{placed.expression} on {placed.asset.label}: {placed.level.label}")
    is_listed_below = len(placed.placements) == 1 and bool(placed.restrictions)
    click.echo(wrapped(bottom_line(placed.placements[0]) if is_listed_below else placed.reason))
    for one in placed.placements:
        for line in placement_lines(one):
            click.echo(line)
    click.echo(CAUTION)


@license_command.command("may")
@click.argument("names", nargs=-1, metavar="[LICENSE]...")
@ASSET_OPTION
@click.option("--purpose", default="product", show_default=True, help="What for; a wrong word lists all.")
@click.option("--users", type=float, help="Monthly active users.")
@click.option("--daily-users", type=float, help="Daily active users.")
@click.option("--revenue", "revenue_usd", type=float, help="USD a year.")
@click.option("--people", type=float, help="Employees and contractors.")
@click.option("--territory", help="EU, UK, KR or elsewhere.")
@JSON_OPTION
def may_command(names: tuple[str, ...], asset: str, purpose: str, as_json: bool, **figures: Any) -> None:
    """Say what each license answers to one company and one purpose.

    Example: openstrat license may Llama-4 --for weights --purpose hosted_service --users 8e8
    """
    from openstrat.analysis.licenses.askers import Asker
    from openstrat.analysis.licensing import verdicts_of
    from openstrat.cli.license_text import CAUTION, records, verdict_lines

    asker = Asker(purpose, **figures)
    verdicts = verdicts_of(names, asker, asset=asset)
    if as_json:
        click.echo(json.dumps(records(verdicts), indent=1))
        return
    for line in verdict_lines(verdicts):
        click.echo(line)
    click.echo(CAUTION)


@license_command.command()
@click.argument("name", metavar="LICENSE")
@JSON_OPTION
def excluded(name: str, as_json: bool) -> None:
    """List whom LICENSE shuts out or gates, and by which clause.

    Example: openstrat license excluded Llama-4
    """
    from openstrat.analysis.licensing import exclusions_of, license_id_of
    from openstrat.cli.license_text import CAUTION, frame_text, records

    found = exclusions_of([name])
    if as_json:
        click.echo(json.dumps(records(found), indent=1))
        return
    text = frame_text(found, widths={"effect": 8, "who": 44, "clause": 44}) if len(found) else "  Nobody, as far as the terms are known."
    click.echo(f"Held back by {license_id_of(name)}:\n{text}\n{CAUTION}")


@license_command.command()
@click.argument("names", nargs=-1, required=True, metavar="LICENSE...")
@ASSET_OPTION
@JSON_OPTION
def obligations(names: tuple[str, ...], asset: str, as_json: bool) -> None:
    """Say what a work owes that contains works under all these licenses, and which terms cannot both be kept.

    Example: openstrat license obligations Llama-3.1 Qwen-Community-1.0 --for weights
    """
    from openstrat.analysis.licensing import duties_of
    from openstrat.cli.license_text import combination_text

    combined = duties_of(names, asset)
    click.echo(json.dumps(asdict(combined), indent=1, default=str) if as_json else combination_text(combined))


@license_command.command()
@click.argument("base")
@click.argument("new")
@JSON_OPTION
def relicense(base: str, new: str, as_json: bool) -> None:
    """Say whether a changed version, such as a fine-tune, of a work under BASE may be published under NEW.

    Example: openstrat license relicense Llama-3.1 Apache-2.0
    """
    from openstrat.analysis.licensing import relicensing_of
    from openstrat.cli.license_text import relicensing_text

    found = relicensing_of(base, new)
    click.echo(json.dumps(asdict(found), indent=1, default=str) if as_json else relicensing_text(found))


@license_command.command()
@click.argument("inbound")
@click.argument("outbound")
@JSON_OPTION
def compatible(inbound: str, outbound: str, as_json: bool) -> None:
    """Say whether code under INBOUND may go into a work that is published as a whole under OUTBOUND.

    Example: openstrat license compatible Apache-2.0 GPL-3.0-only
    """
    from openstrat.analysis.licensing import compatibility_of
    from openstrat.cli.license_text import compatibility_text

    found = compatibility_of(inbound, outbound)
    click.echo(json.dumps(asdict(found), indent=1, default=str) if as_json else compatibility_text(found))


@license_command.command()
@click.argument("before")
@click.argument("after")
@click.option("--share-outside", default=0.3, show_default=True, help="Share of the work that outsiders contributed, 0 to 1.")
@JSON_OPTION
def steward(before: str, after: str, share_outside: float, as_json: bool) -> None:
    """Say under which CLA or DCO a steward may relicense from BEFORE to AFTER without asking contributors.

    Example: openstrat license steward Apache-2.0 BUSL-1.1 --share-outside 0.4
    """
    from openstrat.analysis.licensing import contribution_rights_of
    from openstrat.cli.license_text import CAUTION, wrapped

    found = contribution_rights_of(before, after, share_outside=share_outside)
    if as_json:
        click.echo(json.dumps([{"contribution_terms": name, **asdict(finding)} for name, finding in found], indent=1, default=str))
        return
    for name, finding in found:
        reason = finding.reason.removeprefix(f"{name}: ")
        click.echo(wrapped(f"{finding.verdict.value:8} {name}: {reason}", "", "         "))
    click.echo(CAUTION)


@license_command.command()
@click.option("--project", help="Only this project.")
@click.option("--as-of", default=None, metavar="YYYY-MM-DD", help="Day of the answer; default: today.")
@JSON_OPTION
def timeline(project: str | None, as_of: str | None, as_json: bool) -> None:
    """List when versions under Business Source and other delayed licenses open, and to what.

    Example: openstrat license timeline --project Terraform
    """
    from openstrat.analysis.licensing import openings_of
    from openstrat.cli.license_text import CAUTION, frame_text, records

    openings = openings_of(as_of=as_of or date.today().isoformat(), project=project)
    if as_json:
        click.echo(json.dumps(records(openings.astype({"released_on": str, "opens_on": str})), indent=1))
        return
    widths = {"project": 18, "version": 9, "released_on": 11, "state": 15, "opens_on": 11, "opens_to": 20}
    click.echo(f"{frame_text(openings.astype({'released_on': str, 'opens_on': str}), widths=widths)}\n{CAUTION}")


@license_command.command("agreement")
@JSON_OPTION
def agreement_command(as_json: bool) -> None:
    """Compare our rule with OSI, FSF, ScanCode, Blue Oak and the Model Openness Framework.

    Example: openstrat license agreement
    """
    from openstrat.analysis.licensing import agreement_of
    from openstrat.cli.license_text import agreement_text, records

    table, disagreements = agreement_of()
    if as_json:
        click.echo(json.dumps({"table": records(table), "disagreements": records(disagreements)}, indent=1))
        return
    click.echo(agreement_text(table, disagreements))
