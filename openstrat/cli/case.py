"""`openstrat case`: check a case file and read its go-open checklist."""

from __future__ import annotations

import json

import click


@click.group()
def case() -> None:
    """Case files: a strategist's question as one YAML file.

    Example: openstrat case check case-frontier-lab
    """


@case.command("list")
def list_cases() -> None:
    """List the worked cases that come with openstrat.

    Example: openstrat case list
    """
    from openstrat.cases.load import shipped_cases

    for name in shipped_cases():
        click.echo(name)


@case.command()
@click.argument("file")
@click.option("--option", default=None, help="Option to judge; default: the one the case's conclusion recommends, else the first.")
@click.option("--evaluate/--no-evaluate", "has_evaluation", default=True, help="Price the options over 8,000 draws; default: yes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def check(file: str, option: str | None, has_evaluation: bool, as_json: bool) -> None:
    """Check FILE (a path or a shipped case): the checklist's verdict, what would flip it, which field to answer next.

    Example: openstrat case check case-frontier-lab
    """
    from openstrat.cli.case_check import check_case, page, record_of

    checked = check_case(file, option, has_evaluation=has_evaluation)
    if as_json:
        click.echo(json.dumps(record_of(checked), indent=1, default=str))
        return
    click.echo(page(checked))
    for doubt in checked.warnings:
        click.echo(f"Warning: {doubt}", err=True)
    if checked.warnings:
        raise SystemExit(3)


@case.command()
@click.argument("file")
@click.option("--draws", "n", type=click.IntRange(100, 1_000_000), default=8_000, show_default=True, help="Draws of the uncertain inputs.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=7, show_default=True, help="What the draws are made from.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def evaluate(file: str, n: int, seed: int, as_json: bool) -> None:
    """Price the options of FILE under uncertainty and recommend one, or a tie.

    Example: openstrat case evaluate case-opencore-tooling
    """
    from openstrat.analysis.evaluating import evaluate as evaluated
    from openstrat.cases.load import load_case

    evaluation = evaluated(load_case(file), n=n, seed=seed)
    if as_json:
        from openstrat.analysis.evaluation_record import record_of

        click.echo(json.dumps(record_of(evaluation), indent=1))
        return
    from openstrat.cli.evaluate_text import page

    click.echo(page(evaluation))


@case.command()
@click.argument("file")
@click.option("--option", default=None, help="Option to judge; default: the one that the case's conclusion recommends, else the first.")
@click.option("--as-of", default="2026-08-26", show_default=True, help="Day as of which repositories are judged, YYYY-MM-DD.")
@click.option("--group", default=None, help="Only one group of concepts: moat, risk, motive, ...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def judge(file: str, option: str | None, as_of: str, group: str | None, as_json: bool) -> None:
    """Apply every concept to FILE: what each rule answers, and which fact would decide an unknown.

    Example: openstrat case judge case-opencore-tooling --group moat
    """
    from openstrat.analysis.concluding import concept_findings_of, concepts_of
    from openstrat.analysis.evaluating import evaluate as evaluated
    from openstrat.cases.load import load_case
    from openstrat.cli import judge_text

    case = load_case(file)
    found = concept_findings_of(case, option, as_of=as_of, evaluation=evaluated(case))
    table = judge_text.of_group(concepts_of(found), group)
    click.echo(judge_text.as_records(table) if as_json else judge_text.page(table))


@case.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def concepts(as_json: bool) -> None:
    """List every concept with the rule that computes it and the reports and lessons that show it.

    Example: openstrat case concepts
    """
    from openstrat.analysis.concluding import coverage_of
    from openstrat.cli import judge_text

    table = coverage_of()
    click.echo(judge_text.as_records(table) if as_json else judge_text.coverage_page(table))


@case.command()
@click.argument("file")
@click.option("--families", default="", help="License families to try beside closed, with commas; default: the usual ones of each layer.")
@click.option("--draws", "n", type=click.IntRange(100, 1_000_000), default=8_000, show_default=True, help="Draws of the uncertain inputs.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=7, show_default=True, help="What the draws are made from.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def plan(file: str, families: str, n: int, seed: int, as_json: bool) -> None:
    """Plan FILE layer by layer: open, decide or hold, under which license, out of every combination.

    Example: openstrat case plan case-opencore-tooling
    """
    from openstrat.analysis.opening import opening_plan_of
    from openstrat.cases.load import load_case

    wanted = [name.strip() for name in families.split(",") if name.strip()]
    found = opening_plan_of(load_case(file), families=wanted, n=n, seed=seed)
    if as_json:
        from openstrat.analysis.planning.record import record_of

        click.echo(json.dumps(record_of(found), indent=1))
        return
    from openstrat.cli.plan_text import page

    click.echo(page(found))
