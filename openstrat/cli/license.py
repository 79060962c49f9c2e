"""`openstrat license`: what licenses make of a work, side by side, in combination, and for somebody."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from openstrat.cli.text import CAUTION, as_json, cautioned, records, wrapped

ASSETS = ("code", "weights", "data", "docs")
ASSET_OPTION = click.option(
    "--for", "--asset", "asset", type=click.Choice(ASSETS), default="code", show_default=True, help="What the license is applied to."
)
JSON_OPTION = click.option("--json", "is_json", is_flag=True, help="Print JSON for programs.")


def page(text: str, notes: Iterable[str] = ()) -> None:
    """Print an answer, how names were read, and the legal caution."""
    click.echo("\n".join([text, *map(wrapped, notes), CAUTION]))


def figure(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Refuse a figure that no company has."""
    if value is not None and not 0 <= value < math.inf:
        raise click.BadParameter(
            f"{value:g} is no figure; a number of at least 0 is needed. Leave the option out where the figure is not known."
        )
    return value


@click.group("license")
def license_command() -> None:
    """Licenses as typed terms: show, compare, place, who may, who is excluded.

    Example: openstrat license compare Apache-2.0 BUSL-1.1 Llama-4 --for weights
    """


@license_command.command()
@click.argument("expression", metavar="LICENSE")
@JSON_OPTION
def show(expression: str, *, is_json: bool) -> None:
    """Show what is known about LICENSE, or about each license of an expression.

    Example: openstrat license show "BSL 1.1"
    """
    from openstrat.analysis.licensing import cards_of
    from openstrat.cli.license_text import card_record, card_text

    cards = cards_of(expression)
    click.echo(as_json([card_record(card) for card in cards]) if is_json else "\n\n".join(card_text(card) for card in cards))


@license_command.command()
@click.argument("names", nargs=-1, required=True, metavar="LICENSE...")
@ASSET_OPTION
@JSON_OPTION
def compare(names: tuple[str, ...], asset: str, *, is_json: bool) -> None:
    """Put two to six licenses side by side in plain words.

    Example: openstrat license compare Apache-2.0 BUSL-1.1 LicenseRef-Llama-4 --for weights
    """
    from openstrat.analysis.licensing import comparison_of
    from openstrat.cli.license_text import comparison_record, comparison_text

    compared = comparison_of(names, asset)
    click.echo(as_json(comparison_record(compared)) if is_json else comparison_text(compared))


@license_command.command()
@click.argument("expression")
@ASSET_OPTION
@JSON_OPTION
def place(expression: str, asset: str, *, is_json: bool) -> None:
    """Say where EXPRESSION puts a work on the openness spectrum, and by which clause.

    Example: openstrat license place "Apache-2.0 OR BUSL-1.1" --asset code
    """
    from openstrat.analysis.licensing import placement_of
    from openstrat.cli.license_text import expression_text

    placed = placement_of(expression, asset)
    if is_json:
        click.echo(cautioned(asdict(placed)))
        return
    page(expression_text(placed), placed.notes)


@license_command.command("may")
@click.argument("names", nargs=-1, metavar="[LICENSE]...")
@ASSET_OPTION
@click.option("--purpose", default="product", show_default=True, help="What for; a wrong word lists all.")
@click.option("--users", type=float, callback=figure, help="Monthly active users.")
@click.option("--daily-users", type=float, callback=figure, help="Daily active users.")
@click.option("--revenue", "revenue_usd", type=float, callback=figure, help="USD a year.")
@click.option("--people", type=float, callback=figure, help="Employees and contractors.")
@click.option("--territory", help="EU, UK, KR or elsewhere.")
@click.option("--non-commercial", "is_private", is_flag=True, help="Not for a business.")
@JSON_OPTION
def may_command(names: tuple[str, ...], asset: str, purpose: str, *, is_private: bool, is_json: bool, **figures: Any) -> None:
    """Say what each license answers to one company and one purpose.

    Example: openstrat license may Llama-4 --for weights --purpose hosted_service --users 8e8
    """
    from openstrat.analysis.licenses.askers import Asker
    from openstrat.analysis.licensing import notes_of, verdicts_of
    from openstrat.cli.license_text import verdict_lines

    verdicts, notes = verdicts_of(names, Asker(purpose, is_business=not is_private, **figures), asset=asset), notes_of(names)
    if is_json:
        rows = records(verdicts, lists=("decided_by", "missing", "source_ids"))
        click.echo(cautioned({"purpose": purpose, "asset": asset, "verdicts": rows, "notes": notes}))
        return
    page("\n".join(verdict_lines(verdicts)), notes)


@license_command.command()
@click.argument("name", metavar="LICENSE")
@JSON_OPTION
def excluded(name: str, *, is_json: bool) -> None:
    """List whom LICENSE shuts out or gates, and by which clause.

    Example: openstrat license excluded Llama-4
    """
    from openstrat.analysis.licensing import exclusions_of, license_id_of, notes_of
    from openstrat.cli.license_text import excluded_text

    license_id, found, notes = license_id_of(name), exclusions_of([name]), notes_of([name])
    if is_json:
        click.echo(cautioned({"license_id": license_id, "excluded": records(found, lists=("source_ids",)), "notes": notes}))
        return
    page(excluded_text(license_id, found), notes)


@license_command.command()
@click.argument("names", nargs=-1, required=True, metavar="LICENSE...")
@click.option("--outputs-of", multiple=True, metavar="LICENSE", help="License of a model whose outputs the work was trained on.")
@ASSET_OPTION
@JSON_OPTION
def obligations(names: tuple[str, ...], outputs_of: tuple[str, ...], asset: str, *, is_json: bool) -> None:
    """Say what a work owes that contains works under all these licenses, and which terms cannot both be kept.

    Example: openstrat license obligations Llama-3.1 Qwen-Community-1.0 --for weights
    """
    from openstrat.analysis.licensing import duties_of, notes_of, training_of
    from openstrat.cli.license_text import combination_text

    combined, notes = duties_of(names, asset, outputs_of=outputs_of), notes_of([*names, *outputs_of])
    trained = training_of(outputs_of, names)
    if is_json:
        outputs = [{"output_license_id": license_id, **asdict(found)} for license_id, found in trained]
        click.echo(cautioned(asdict(combined) | {"outputs": outputs, "notes": notes}))
        return
    page(combination_text(combined, trained), notes)


@license_command.command()
@click.argument("names", nargs=-1, metavar="[LICENSE]...")
@JSON_OPTION
def complexity(names: tuple[str, ...], *, is_json: bool) -> None:
    """Count the conditions of each LICENSE, of nine kinds; without names, list all licenses that were read.

    Example: openstrat license complexity Llama-4 Apache-2.0
    """
    from openstrat.analysis.licensing import complexities_of, notes_of, scores_of
    from openstrat.cli.license_text import complexity_record, complexity_text, scores_text

    if not names:
        scores = scores_of()
        click.echo(
            cautioned({"licenses": records(scores, lists=("conditions", "unknown", "edited_from"))})
            if is_json
            else f"{scores_text(scores)}\n{CAUTION}"
        )
        return
    found, notes = complexities_of(names), notes_of(names)
    if is_json:
        click.echo(cautioned({"licenses": [complexity_record(item) for item in found], "notes": notes}))
        return
    page("\n\n".join(complexity_text(item) for item in found), notes)


@license_command.command()
@click.argument("base")
@click.argument("new")
@JSON_OPTION
def relicense(base: str, new: str, *, is_json: bool) -> None:
    """Say whether a changed version, such as a fine-tune, of a work under BASE may be published under NEW.

    Example: openstrat license relicense Llama-3.1 Apache-2.0
    """
    from openstrat.analysis.licensing import notes_of, relicensing_of
    from openstrat.cli.license_text import relicensing_text

    found, notes = relicensing_of(base, new), notes_of([base, new])
    if is_json:
        click.echo(cautioned(asdict(found) | {"notes": notes}))
        return
    page(relicensing_text(found), notes)


@license_command.command()
@click.argument("inbound")
@click.argument("outbound")
@JSON_OPTION
def compatible(inbound: str, outbound: str, *, is_json: bool) -> None:
    """Say whether code under INBOUND may go into a work that is published as a whole under OUTBOUND.

    Example: openstrat license compatible Apache-2.0 GPL-3.0-only
    """
    from openstrat.analysis.licensing import compatibility_of, notes_of
    from openstrat.cli.license_text import compatibility_text

    found, notes = compatibility_of(inbound, outbound), notes_of([inbound, outbound])
    if is_json:
        click.echo(cautioned(asdict(found) | {"notes": notes}))
        return
    page(compatibility_text(found), notes)


@license_command.command()
@click.argument("before")
@click.argument("after")
@click.option("--share-outside", default=0.3, show_default=True, help="Share of the work that outsiders contributed, 0 to 1.")
@JSON_OPTION
def steward(before: str, after: str, share_outside: float, *, is_json: bool) -> None:
    """Say under which CLA or DCO a steward may relicense from BEFORE to AFTER without asking contributors.

    Example: openstrat license steward Apache-2.0 BUSL-1.1 --share-outside 0.4
    """
    from openstrat.analysis.licensing import contribution_rights_of, notes_of

    found, notes = contribution_rights_of(before, after, share_outside=share_outside), notes_of([before, after])
    if is_json:
        click.echo(cautioned({"answers": [{"contribution_terms": name, **asdict(finding)} for name, finding in found], "notes": notes}))
        return
    reasons = [(finding.verdict.value, name, finding.reason.removeprefix(f"{name}: ")) for name, finding in found]
    page("\n".join(wrapped(f"{verdict:8} {name}: {reason}", "", "         ") for verdict, name, reason in reasons), notes)


@license_command.command()
@click.option("--project", help="Only this project.")
@click.option("--as-of", default=None, metavar="YYYY-MM-DD", help="Day of the answer; default: today.")
@JSON_OPTION
def timeline(project: str | None, as_of: str | None, *, is_json: bool) -> None:
    """List when versions under Business Source and other delayed licenses open, and to what.

    Example: openstrat license timeline --project Terraform
    """
    from openstrat.analysis.licensing import openings_of
    from openstrat.cli.license_text import frame_text

    day = as_of or date.today().isoformat()
    openings = openings_of(as_of=day, project=project).astype({"released_on": str, "opens_on": str})
    if is_json:
        click.echo(cautioned({"as_of": day, "openings": records(openings, lists=("opens_to", "source_ids"))}))
        return
    page(frame_text(openings, widths={"project": 18, "version": 9, "released_on": 11, "state": 15, "opens_on": 11, "opens_to": 20}))


@license_command.command("agreement")
@JSON_OPTION
def agreement_command(*, is_json: bool) -> None:
    """Compare our rule with OSI, FSF, ScanCode, Blue Oak and the Model Openness Framework.

    Example: openstrat license agreement
    """
    from openstrat.analysis.licensing import agreement_of
    from openstrat.cli.license_text import agreement_text

    table, disagreements = agreement_of()
    if is_json:
        click.echo(cautioned({"table": records(table), "disagreements": records(disagreements)}))
        return
    page(agreement_text(table, disagreements))
