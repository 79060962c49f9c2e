"""`openstrat claims`: what is often said about openness, tested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openstrat.analysis.claims.entries import LedgerEntry

TOPICS = ("adoption", "licenses", "forks", "community", "models", "money")
STANDINGS = ("supported", "contradicted", "mixed", "undecided", "not_testable")
JSON_OPTION = click.option("--json", "is_json", is_flag=True, help="Print JSON for programs.")


@click.group("claims")
def claims() -> None:
    """Common claims about openness: evidence, tests, verdicts.

    Example: openstrat claims list
    """


@claims.command("list")
@click.option("--topic", type=click.Choice(TOPICS), default=None, help="Only claims on this topic.")
@click.option("--standing", type=click.Choice(STANDINGS), default=None, help="Only claims that stand so.")
@click.option("--as-of", default=None, metavar="DAY", help="As known on a day, YYYY-MM-DD; the tables' own by default.")
@JSON_OPTION
def list_claims(topic: str | None, standing: str | None, as_of: str | None, *, is_json: bool) -> None:
    """List the claims with how they stand and the figure of their test.

    Example: openstrat claims list --standing contradicted
    """
    from openstrat.analysis.claiming import AS_OF, claims_of
    from openstrat.analysis.claims.standing import RULE
    from openstrat.cli.text import as_json

    found = [item for item in claims_of(as_of=as_of or AS_OF) if topic in (None, item.topic) and standing in (None, item.standing.value)]
    click.echo(as_json({"rule": RULE, "claims": [claim_record(item) for item in found]}) if is_json else list_text(found))


@claims.command()
@click.argument("claim_id")
@click.option("--as-of", default=None, metavar="DAY", help="As known on a day, YYYY-MM-DD; the tables' own by default.")
@JSON_OPTION
def show(claim_id: str, as_of: str | None, *, is_json: bool) -> None:
    """Show one claim: verdict, test, facts on each side, what would settle it.

    Example: openstrat claims show stars-show-use
    """
    from openstrat.analysis.claiming import AS_OF, claim_of
    from openstrat.cli.text import as_json

    found = claim_of(claim_id, as_of or AS_OF)
    click.echo(as_json(claim_record(found)) if is_json else claim_text(found))


def claim_record(item: LedgerEntry) -> dict[str, Any]:
    """Return a claim as a record; unknown is null."""
    from openstrat.cli.text import records

    test = item.test
    readings = [] if test is None else [{**vars(reading), "standing": reading.standing.value} for reading in test.readings]
    about = ("test_id", "question", "prediction", "rule", "selection", "caveats", "not_enough", "leans", "source_ids")
    tested = None if test is None else {**{name: getattr(test, name) for name in about}, "standing": test.standing.value}
    return {
        "claim_id": item.claim_id,
        "claim": item.claim,
        "topic": item.topic,
        "said_by": item.said_by,
        "form": item.form.value,
        "concept_ids": item.concept_ids,
        "standing": item.standing.value,
        "reason": item.reason,
        "as_of": item.as_of,
        "test": tested and {**tested, "readings": readings},
        "why_no_test": item.why_no_test or None,
        "evidence": records(item.evidence, lists=["source_ids"]),
        "n_later": item.n_later,
        "what_would_settle_it": item.what_would_settle_it,
        "source_ids": item.source_ids,
    }


def list_text(found: Sequence[LedgerEntry]) -> str:
    """Return the claims with how each stands, in words."""
    from openstrat.analysis.claims.entries import tested_sentence
    from openstrat.analysis.claims.standing import RULE
    from openstrat.cli.text import wrapped
    from openstrat.present.words import counted

    lines = []
    for item in found:
        lines += [f"{item.claim_id}: {item.standing.label}", wrapped(item.claim, "  ", "  ")]
        lines += [wrapped(tested_sentence(item), "  ", "  ")] if item.test else [wrapped(item.reason, "  ", "  ")]
    return "\n".join([*lines, "", f"{counted(len(found), 'claim')}.", wrapped(RULE)])


def claim_text(item: LedgerEntry) -> str:
    """Return one claim in words."""
    from openstrat.analysis.claims.entries import SIDES
    from openstrat.cli.text import listed, wrapped

    form = "every case" if item.form.value == "every_case" else "most cases"
    lines = [wrapped(item.claim), f"Verdict: {item.standing.label}.", wrapped(item.reason), f"Said by: {item.said_by}; of {form}.", ""]
    lines += _test_lines(item)
    for side in SIDES:
        rows = item.evidence[item.evidence["stance"].eq(side)].to_dict("records")
        lines += listed(f"{side.capitalize()}:", (_fact(row) for row in rows))
    lines += [f"{item.n_later} later facts left out: not known by {item.as_of}."] * bool(item.n_later)
    return "\n".join([*lines, "", wrapped(f"What would settle it: {item.what_would_settle_it}")])


def _test_lines(item: LedgerEntry) -> list[str]:
    from openstrat.analysis.claims.readings import figure
    from openstrat.cli.text import listed, wrapped

    test = item.test
    if test is None:
        return [wrapped(f"No test. {item.why_no_test}"), ""]
    shown = (
        f"{reading.label}{'' if reading.is_main else ' (beside)'}: {figure(reading)}, {reading.window}; {reading.standing.label}."
        for reading in test.readings
    )
    needed = wrapped(f"Test: {test.question} For the claim to hold: {test.prediction}")
    return [needed, *listed("Readings:", shown), *listed("Limits:", (test.selection, *test.caveats)), ""]


def _fact(row: dict[Any, Any]) -> str:
    from pandas import isna

    size = "n not given" if isna(row["n"]) else f"n = {row['n']:,.0f}"
    period = row["period"] if isinstance(row["period"], str) else "no period given"
    same = "; the test counts the same" if row["is_in_test"] else ""
    return f"{row['statement']} ({row['mark'].replace('_', ' ')}; {size}; {period}{same}) [{row['source_ids']}]"
