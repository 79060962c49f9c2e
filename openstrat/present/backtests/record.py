"""The events one by one, the scores side by side, the weights of a refit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from openstrat.analysis.backtesting.outcomes import RULE
from openstrat.analysis.backtesting.ridge import PENALTIES
from openstrat.analysis.backtesting.study import BacktestStudy, Skill
from openstrat.analysis.strategy.finding import Finding
from openstrat.present import page
from openstrat.present.backtests.shared import EVENTS_SOURCE, GROUP_WORDS, RUBRIC, brier, score_row, two
from openstrat.present.charts.backtest_strip import backtest_strip
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import readable
from openstrat.tables.cells import split_list


def strip_figure(study: BacktestStudy, risks: Mapping[str, Finding]) -> Figure:
    """Return every event by its rubric value with what happened, and the options of the case that the rubric applies to."""
    rows = [_mark(row) for row in study.events.to_dict("records")]
    rows += [_option(name, found) for name, found in risks.items() if found.value is not None]
    found = score_row(study, RUBRIC)
    title = f"{found['n_right']:.0f} of {study.n} events stand on the right side of one half, and the middle is crowded"
    return backtest_strip(pd.DataFrame(rows), title=title, source=EVENTS_SOURCE)


def _mark(row: dict[Any, Any]) -> dict[str, Any]:
    forked = bool(row["table_fork"]) if pd.notna(row["table_fork"]) else bool(row["coded_fork"])
    outcome = "a funded fork followed" if forked else "none recorded"
    lag = f" after {row['fork_days']} days" if forked and pd.notna(row["fork_days"]) else ""
    words = f"{two(row['rubric'])}, {'forked' + lag if forked else 'none recorded'}; {GROUP_WORDS[row['group']]}"
    ends = {"low": row["rubric_low"], "high": row["rubric_high"]}
    return {"name": f"{row['project']} {row['changed_on'][:4]}", "value": row["rubric"], **ends, "outcome": outcome, "words": words}


def _option(name: str, found: Finding) -> dict[str, Any]:
    value = found.value or 0.0
    words = f"{two(value)}, an option of this case"
    return {"name": readable(name), "value": value, "low": None, "high": None, "outcome": "this case, not known", "words": words}


def events_table(study: BacktestStudy) -> Markup:
    """Return every event: rubric value, coded outcome, outcome in the fork tables and what it rests on."""
    rows = study.events.sort_values("rubric", ascending=False).to_dict("records")
    shown = pd.DataFrame(
        {
            "event": [f"{row['project']}, {row['changed_on']}" for row in rows],
            "group": [GROUP_WORDS[row["group"]] for row in rows],
            "rubric": [two(row["rubric"]) for row in rows],
            "by rule": [_between(row["rubric_low"], row["rubric_high"]) for row in rows],
            "coded": [_fork(row["coded_fork"]) for row in rows],
            "tables": [_fork(row["table_fork"]) for row in rows],
            "rests on": [_rests_on(row) for row in rows],
        }
    )
    labels = {"by rule": "with outsiders counted", "coded": "fork, as coded", "tables": "fork, in the tables"}
    agree = int(study.events["agrees"].fillna(False).sum())
    title = f"Coded outcomes and fork tables agree in {agree} of {study.n} events"
    table = page.data_table(shown, name="events-table", title=title, source=EVENTS_SOURCE, stub="event", labels=labels)
    cited = "; ".join(sorted({item for row in rows for item in split_list(row["source_ids"])}))
    refs = page.tag("p", page.plain("Sources of the rows: ") + source_refs(cited), css="source-note")
    return table + page.paragraph(RULE, css="caveat") + refs


def left_out_note(study: BacktestStudy) -> Markup:
    """Return which decisions of the file are not scored, and why."""
    if study.left_out.empty:
        return page.plain("")
    items = [f"{row['event_id']}: {row['reason']}." for row in study.left_out.to_dict("records")]
    return page.callout("Not scored", page.bullets(items), css="caveat")


def scores_table(study: BacktestStudy) -> Markup:
    """Return every forecast with its score by group of events, and what it had seen."""
    gains = {item.forecast: item for item in study.skill}
    rows = []
    for forecast in dict.fromkeys(study.scores["forecast"]):
        own = study.scores[study.scores["forecast"].eq(forecast)]
        by_group = {str(row["group"]): {str(name): value for name, value in row.items()} for row in own.to_dict("records")}
        found = by_group["all"]
        right = f"{found['n_right']} of {found['n']} ({_percents(found['right_low'], found['right_high'])})"
        scores = {group: _score(by_group.get(group)) for group in GROUP_WORDS}
        standing = found["standing"]
        rows.append({"forecast": forecast, **scores, "gain": _gain(gains.get(str(forecast))), "right": right, "standing": standing})
    shown = pd.DataFrame(rows)
    labels = {
        "all": "Brier score, all",
        "held_out": "held out",
        "gain": "gain over the base rate",
        "right": "right side of one half",
        "standing": "what it had seen",
    }
    title = "Every forecast on the same events, beside the base rate"
    table = page.data_table(shown, name="scores-table", title=title, source=EVENTS_SOURCE, stub="forecast", labels=labels)
    note = (
        "The Brier score is the mean squared error: 0 is perfect, .25 is what saying one half earns. Intervals resample whole days, "
        "since one company changed several licenses on one day; below six days none is given. The share on the right side has its exact "
        "95% interval. None of it says that a value of .8 means 80 in 100."
    )
    return table + page.paragraph(note, css="caveat")


def weights_table(study: BacktestStudy) -> Markup:
    """Return the assumed weights beside those of penalized fits to the same events."""
    shown = study.weights.assign(feature=[readable(name) for name in study.weights["feature"]])
    fitted = [f"penalty_{penalty:g}" for penalty in PENALTIES]
    for name in ("assumed", *fitted):
        shown[name] = [two(value) for value in shown[name]]
    labels = {name: f"fitted, {readable(name)}" for name in fitted}
    title = "Assumed weights beside fitted ones, log odds a unit"
    table = page.data_table(shown, name="weights-table", title=title, source=EVENTS_SOURCE, stub="feature", labels=labels)
    note = (
        f"Fitted to all {study.n} events, so in-sample, with inputs by hand. A penalty of 1 is a standard normal prior on each weight, set "
        "before any fit; the others show what it does. So few events shrink every weight, and five features on them can fit anything."
    )
    return table + page.paragraph(note, css="caveat")


def _score(row: dict[str, Any] | None) -> str:
    return "too few" if row is None else f"{brier(row)}, n = {row['n']}"


def _gain(found: Skill | None) -> str:
    if found is None or found.difference == 0:
        return "–"
    return two(found.difference) + ("" if found.low is None or found.high is None else f" ({two(found.low)} to {two(found.high)})")


def _percents(low: float, high: float) -> str:
    return f"{low:.0%} to {high:.0%}"


def _between(low: float, high: float) -> str:
    return "not counted" if pd.isna(low) or pd.isna(high) else f"{two(low)} to {two(high)}"


def _fork(value: bool | None) -> str:
    return "unknown" if pd.isna(value) else "yes" if value else "no"


def _rests_on(row: dict[Any, Any]) -> str:
    if not isinstance(row["fork"], str):
        return str(row["outcome_why"])
    days = f", {row['fork_days']} days" if pd.notna(row["fork_days"]) else ""
    return f"{row['fork']}{days}: {row['outcome_why']}"
