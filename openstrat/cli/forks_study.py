"""`openstrat forks study`: what changed around a license change or fork, seen several ways, beside projects without one."""

from __future__ import annotations

import json
import math
import textwrap
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from openstrat.analysis.effects.study import RelicensingStudy

WIDTH = 100


@click.command()
@click.argument("change_id", metavar="CHANGE_ID|all")
@click.option("--measure", default="n_active_authors", show_default=True, help="What is counted; a column of activity_monthly.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def study(change_id: str, *, measure: str, as_json: bool) -> None:
    """What changed around a license change, beside projects without one.

    CHANGE_ID is a row of license_changes, or of fork_events whose upstream was measured; 'all' takes every measured change to
    stricter terms and says what chance alone would give. Each number stands beside what it cannot tell apart.

    Example: openstrat forks study redis-2024
    """
    from openstrat.analysis.effects.frames import study_frame
    from openstrat.analysis.effects.study import relicensing_study
    from openstrat.tables import loaders

    found = relicensing_study(
        change_id,
        activity=loaders.load_activity_monthly(),
        changes=loaders.load_license_changes(),
        forks=loaders.load_fork_events(),
        confounders=loaders.load_confounders(),
        measure=measure,
    )
    rows = [{str(key): _plain(value) for key, value in row.items()} for row in study_frame(found).to_dict("records")]
    if as_json:
        click.echo(json.dumps(_payload(found, rows), indent=1, ensure_ascii=False))
    elif change_id == "all":
        click.echo("\n".join(_table(rows, found)))
    else:
        click.echo("\n".join(_page(rows[0], found.rule)))


def _plain(value: Any) -> Any:
    """Return a value that JSON can hold; unknown is None."""
    if isinstance(value, float):
        return None if math.isnan(value) or math.isinf(value) else round(value, 4)
    return value


def _payload(found: RelicensingStudy, rows: list[dict[str, Any]]) -> dict[str, Any]:
    many = {
        "sentence": found.differences.sentence,
        "n": found.differences.n,
        "level": found.differences.level,
        "expected_by_chance": round(found.differences.expected_by_chance, 2),
        "synthetic_control_sentence": found.controls.sentence,
        "dependence": list(found.dependence),
    }
    return {"estimates": rows, "many_events": many, "verdict_rule": found.rule}


def _page(row: dict[str, Any], rule: str) -> list[str]:
    """Return one event: numbers, each with its donors, then what cannot be identified."""
    donors = f"{row['n_donors']} donors: median {_percent(row['donor_median'])}, middle half {_range(row, 'donor')}"
    lines = [f"{row['project']}, {row['happened_on']}: {row['what']}", "", *_wrap(row["estimand"]), ""]
    lines += [f"  before and after    {_number(row['before'])} -> {_number(row['after'])}, {_percent(row['change'])}; {donors}"]
    if row["did"] is not None:
        known = f"{row['did_confidence']:.0%} range of donors {_range(row, 'did')}"
        lines += [f"  against the donors  {_percent(row['did'])}, {known}, p {row['p']:.2f} (smallest possible {row['smallest_p']:.2f})"]
        lines += [f"                      {row['n_as_far']} of {row['n_donors']} donors moved as far the same way"]
    authors = f"{_number(row['authors_before'], 0)} -> {_number(row['authors_after'], 0)}, {_percent(row['authors_change'])}"
    lines += [f"  authors, 12 months  {authors}; against the donors {_percent(row['authors_did'])}, p {_number(row['authors_p'], 2)}"]
    lines += [f"                      {row['authors_window']}"]
    lines += _control_lines(row)
    lines += [f"  own trend           {_level(row)}", "", f"Verdict: {row['verdict']}. {row['reason']}"]
    for title, sentences in (("What these numbers cannot tell apart", row["cannot_identify"]), ("Caveats", row["caveats"])):
        lines += ["", f"{title}:", *(line for item in sentences for line in _wrap(item, "  - ", "    "))]
    return [*lines, "", *_wrap(rule)]


def _control_lines(row: dict[str, Any]) -> list[str]:
    if row["sc_refusal"]:
        return _wrap(f"refused. {row['sc_refusal']}", "  synthetic control   ", " " * 22)
    interval = f"{row['sc_confidence']:.0%} interval {_range(row, 'sc')}" if row["sc_low"] is not None else "no constant gap fits"
    fit = f"error before {row['sc_pre_rmspe']:.0%} of its mean; without one donor {_range(row, 'sc_without_one')}"
    earlier = f"; a year earlier {_percent(row['sc_in_time_gap'])}" if row["sc_in_time_gap"] is not None else ""
    first = f"  synthetic control   {_percent(row['sc_gap'])}, {interval}, p {row['sc_p']:.2f}, {row['sc_n_donors']:.0f} donors"
    return [first, f"                      {fit}{earlier}"]


def _level(row: dict[str, Any]) -> str:
    if row["level_refusal"]:
        return f"refused. {row['level_refusal']}"
    interval = f"95% interval {_range(row, 'level')}"
    return f"level {_percent(row['level_change'])}, {interval}, autocorrelation {row['level_autocorrelation']:.2f}"


def _table(rows: list[dict[str, Any]], found: RelicensingStudy) -> list[str]:
    width = max(len(row["event_id"]) for row in rows)
    lines = [f"{'event':<{width}}  {'change':>7} {'donors':>7} {'differs':>8} {'p':>5} {'holm':>5} {'control':>8} {'p':>5}  verdict"]
    for row in rows:
        shares = f"{_percent(row['change']):>7} {_percent(row['donor_median']):>7} {_percent(row['did']):>8}"
        chance = f"{_number(row['p'], 2):>5} {_number(row['p_holm'], 2):>5}"
        lines.append(
            f"{row['event_id']:<{width}}  {shares} {chance} {_percent(row['sc_gap']):>8} {_number(row['sc_p'], 2):>5}  {row['verdict']}"
        )
    notes = [f"Difference from the donors: {found.differences.sentence}", f"Synthetic control: {found.controls.sentence}"]
    notes += [*found.dependence, found.rule]
    notes += ["One event with what it cannot tell apart: openstrat forks study CHANGE_ID. - is unknown or refused."]
    return [*lines, "", *(line for note in notes for line in _wrap(note))]


def _wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest)


def _range(row: dict[str, Any], name: str) -> str:
    return f"{_percent(row[f'{name}_low'])} to {_percent(row[f'{name}_high'])}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:+.0%}"


def _number(value: float | None, digits: int = 1) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
