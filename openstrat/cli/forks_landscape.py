"""`openstrat forks landscape` and `openstrat forks findings`: all known forks, and what was published on them."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from openstrat.analysis.fork_landscape import Landscape
    from openstrat.analysis.forks.survival import LogRank

WIDTH = 100
LEVEL = 0.05
"""Divided by the number of questions: what p must stay below under both readings for groups to be told apart."""
VERDICTS = {
    "holds": "hold",
    "holds_only_under_some_rules": "hold only under some rules",
    "does_not_hold": "do not hold",
    "cannot_be_checked": "cannot be checked",
}
"""Verdicts on a finding, and what several findings do."""
JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.command()
@JSON_OPTION
def landscape(*, as_json: bool) -> None:
    """How long forks last, how they end, and how soon they follow a license change.

    Survival with its interval and the number at risk, read with the shortest and the longest that half-known dates allow.

    Example: openstrat forks landscape
    """
    from openstrat.analysis.fork_landscape import fork_landscape

    found = fork_landscape()
    click.echo(json.dumps(landscape_record(found), indent=1, ensure_ascii=False) if as_json else landscape_text(found))


@click.command()
@click.option("--verdict", type=click.Choice(list(VERDICTS)), default=None, help="Only findings with this verdict.")
@JSON_OPTION
def findings(*, verdict: str | None, as_json: bool) -> None:
    """What others published on these forks, beside our figure under each counting rule.

    Example: openstrat forks findings --verdict does_not_hold
    """
    from openstrat.analysis.fork_landscape import published_findings
    from openstrat.analysis.forks.findings import VERDICT_RULE

    table = published_findings()
    shown = table if verdict is None else table[table["verdict"] == verdict]
    if as_json:
        click.echo(json.dumps({"rule": VERDICT_RULE, "findings": _records(shown)}, indent=1, ensure_ascii=False))
    else:
        click.echo(findings_text(shown, table, VERDICT_RULE))


def landscape_record(found: Landscape) -> dict[str, Any]:
    """Return the landscape as a record; unknown is null."""
    from openstrat.analysis.forks import lags, lifetimes

    return {
        "as_of": found.lifetimes.as_of,
        "n_forks": found.n_forks,
        "n_with_a_length_of_life": len(found.lifetimes.rows),
        "left_out": _records(found.lifetimes.left_out),
        "ends": next(iter(found.survival.values())).n_by_end,
        "survival": _records(found.variants),
        "comparisons": [_comparison(*item) for item in found.comparisons.items()],
        "lags": _records(found.lags),
        "lag_summary": _records(found.lag_summary),
        "outcomes": _records(found.outcomes),
        "rules": [lifetimes.RULE, lags.RULE],
        "caveats": list(lifetimes.CAVEATS),
        "sources": list(found.source_ids),
    }


def landscape_text(found: Landscape) -> str:
    """Return the landscape in words."""
    from openstrat.analysis.forks import lags, lifetimes
    from openstrat.present.words import counted

    ends = next(iter(found.survival.values())).n_by_end
    ended = ", ".join(f"{count} {end.replace('_', ' ')}" for end, count in ends.items())
    outcomes = found.outcomes.groupby("outcome")["n_forks"].sum().sort_values(ascending=False)
    lines = [
        f"{found.n_forks} forks as of {found.lifetimes.as_of}: "
        + ", ".join(f"{count} {str(name).replace('_', ' ')}" for name, count in outcomes.items())
        + ".",
        f"{len(found.lifetimes.rows)} have a length of life; {sum(ends.values())} of them ended ({ended}).",
        *(f"Left out: {row['event_id']}, {row['reason']}." for row in _records(found.lifetimes.left_out)),
        "",
        "Share of forks that last longer (95% interval; number still observed)",
        *(f"  {counted(int(str(years)), 'year'):>8}  {_readings(rows)}" for years, rows in found.by_year.groupby("years")),
        "",
        f"Groups compared: {len(lifetimes.GROUPINGS)} questions, no others",
        *_questions(found),
        "",
        "Days from the license change",
        *(_lag(row) for row in _records(found.lag_summary)),
        "",
        *(_wrapped(text) for text in (lifetimes.RULE, lags.RULE, *lifetimes.CAVEATS)),
    ]
    return "\n".join(lines)


def findings_text(shown: pd.DataFrame, table: pd.DataFrame, rule: str) -> str:
    """Return each finding with the published figure, ours, the verdict and why; then how many hold."""
    lines = []
    for row in _records(shown):
        lines += [
            _wrapped(f"{row['finding_id']}: {row['verdict'].replace('_', ' ')}"),
            _wrapped(f"  {row['claim']} Published: {row['published']} ({row['window']}).", "  "),
            _wrapped(f"  Ours: {row['ours']}.", "  "),
            _wrapped(f"  {row['why']}", "  "),
            "",
        ]
    counts = table["verdict"].value_counts()
    said = ", ".join(f"{counts.get(name, 0)} {words}" for name, words in VERDICTS.items())
    return "\n".join([*lines, f"{len(table)} published findings: {said}.", _wrapped(rule)])


def _readings(rows: pd.DataFrame) -> str:
    return ";  ".join(_reading(row) for row in _records(rows))


def _reading(row: dict[str, Any]) -> str:
    if row["share"] is None:
        return f"{row['reading']} reading: nothing observed so long"
    interval = "" if row["low"] is None else f" ({row['low']:.0%} to {row['high']:.0%})"
    return f"{row['reading']} reading: {row['share']:.0%}{interval}, {row['n_at_risk']} of {row['n']} observed"


def _questions(found: Landscape) -> list[str]:
    from openstrat.analysis.forks.lifetimes import GROUPINGS

    lines = []
    for column, question in GROUPINGS.items():
        both = [_comparison(key, result) for key, result in found.comparisons.items() if key[0] == column]
        groups = ", ".join(f"{group['group']} {group['n_ended']} of {group['n']}" for group in both[-1]["groups"])
        p = " to ".join(f"{value:.2f}" for value in sorted({item["p_shuffled"] for item in both}))
        told = "can" if max(item["p_shuffled"] for item in both) < LEVEL / len(GROUPINGS) else "cannot"
        lines.append(_wrapped(f"  {question}: ended {groups}; log-rank p {p} by shuffling; the groups {told} be told apart.", "  "))
    return lines


def _comparison(key: tuple[str, str], result: LogRank) -> dict[str, Any]:
    numbers = {"statistic": result.statistic, "degrees": result.degrees, "p_value": result.p_value, "p_shuffled": result.p_shuffled}
    return {"grouping": key[0], "reading": key[1], "groups": _records(result.groups), **{name: _plain(n) for name, n in numbers.items()}}


def _lag(row: dict[str, Any]) -> str:
    step = row["step"].replace("_", " ")
    middle = sorted({row["median_low"], row["median_high"]})
    interval = "" if row["low"] is None else f" (95% interval {row['low']:g} to {row['high']:g})"
    counts = f"{row['n']} forks after changes on {row['n_changes']} different days, {row['n_exact']} dated to the day"
    ends = f"from {row['fewest_days']} to {row['most_days']}"
    return f"  {step}: median {' to '.join(f'{days:g}' for days in middle)}{interval}, {ends}; {counts}"


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one record a row with values that JSON can hold; unknown is None."""
    known = frame.astype(object).where(frame.notna(), None)
    return [{str(name): _plain(value) for name, value in row.items()} for row in known.to_dict("records")]


def _plain(value: Any) -> Any:
    plain = value.item() if hasattr(value, "item") else value
    return round(plain, 4) if isinstance(plain, float) else plain


def _wrapped(text: str, hanging: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=hanging, break_on_hyphens=False)
