"""The first screen of the back-test report: what the rubric got right, and why that is little."""

from __future__ import annotations

from typing import Any

from openstrat.analysis.backtesting.study import BacktestStudy, outcome_of
from openstrat.present import page
from openstrat.present.backtests.shared import PLAIN, REFIT, RUBRIC, brier, score_row, skill_of, two
from openstrat.present.page import Facts, Markup
from openstrat.present.theme import percent
from openstrat.present.words import counted, listed, readable


def backtest_facts(study: BacktestStudy, *, as_of: str) -> Facts:
    """Return the report's title and verdict line."""
    found = score_row(study, RUBRIC)
    verdict = f"{found['n_right']:.0f} of {study.n} events on the right side; in-sample or coded with hindsight, so no probability"
    return Facts({"title": "The fork rubric against the past", "verdict": verdict, "as_of": as_of, "status": "real"})


def backtest_glance(study: BacktestStudy) -> Markup:
    """Return the key figures, and what they can and cannot carry."""
    held, plain, refit = score_row(study, RUBRIC, "held_out"), score_row(study, PLAIN, "held_out"), score_row(study, REFIT)
    figures = {
        "Brier score on held-out events": (
            two(held["brier"]),
            f"base rate {two(plain['brier'])}; 0 is perfect, .25 says one half; n = {held['n']:.0f}",
        ),
        "events on the right side of one half": (f"{score_row(study, RUBRIC)['n_right']:.0f} of {study.n}", "core events are in-sample"),
        "Brier score of a refit, blind to the day": (
            two(refit["brier"]),
            f"base rate {two(score_row(study, PLAIN)['brier'])}; n = {study.n}",
        ),
        "events that met a funded fork": (
            f"{study.n_forked} of {study.n}",
            f"exact 95% interval {percent(study.share_low)} to {percent(study.share_high)}",
        ),
    }
    body = page.bullets([*_limits(study), *_record(study)])
    return page.kpis(figures) + page.callout("What the past says of the rubric", body, css="verdict")


def _limits(study: BacktestStudy) -> list[str]:
    n_days = int(study.events["changed_on"].nunique())
    sentences = [
        f"The rubric sorts events; it gives no probability. {counted(study.n, 'event')} on {counted(n_days, 'day')} leave even the plain "
        f"share of forks anywhere from {percent(study.share_low)} to {percent(study.share_high)}.",
        "The core events are in-sample: the weights were set by somebody who knew them. The held-out events were coded by the same "
        "person, who knew how they ended.",
    ]
    parting = study.inputs[study.inputs["parts_all"] & ~study.inputs["is_by_rule"]]
    sentences += [_hindsight({str(name): value for name, value in row.items()}) for row in parting.to_dict("records")]
    rate = study.base_rate
    sentences.append(
        f"The events are a choice: among all {rate.n} restricting changes of the table, {rate.n_forked} met a funded fork within a year "
        f"({percent(rate.n_forked / rate.n)}), here {percent(study.n_forked / study.n)}."
    )
    return sentences


def _hindsight(row: dict[str, Any]) -> str:
    return (
        f"One hand-coded input alone parts all events: {readable(row['feature'])} is at least {row['least_forked']:g} wherever a fork "
        f"followed and at most {row['most_unforked']:g} elsewhere. It may hold the outcome itself. With the same value for all, the Brier "
        f"score is {two(row['brier_without'])}."
    )


def _record(study: BacktestStudy) -> list[str]:
    ours, plain, gain = brier(score_row(study, RUBRIC)), brier(score_row(study, PLAIN)), skill_of(study, REFIT)
    ends = "" if gain.low is None or gain.high is None else f" (95% interval over days {two(gain.low)} to {two(gain.high)})"
    missed = _missed(study)
    agree = int(study.events["agrees"].fillna(False).sum())
    return [
        f"Against a base rate the rubric does better: Brier score {ours} against {plain}. "
        f"A refit that sees nothing of the event's day gains {two(gain.difference)} over it{ends}.",
        f"On the wrong side: {listed(missed, most=6)}.",
        f"The fork tables agree with the coded outcome of {agree} of {study.n} events; where no fork is recorded, silence is all there is.",
        f"Outsiders' share, coded by hand, lies outside what the commits allow in {_outside(study, 'share')} events that can be counted, "
        f"and outside the published count in {_outside(study, 'published')}.",
    ]


def _missed(study: BacktestStudy) -> list[str]:
    seen = outcome_of(study.events).tolist()
    rows = zip(study.events["project"], study.events["rubric"], seen, strict=True)
    words = {1: "forked", 0: "not forked"}
    return [f"{project} ({two(value)}, {words[int(forked)]})" for project, value, forked in rows if (value > 0.5) != (forked == 1)]


def _outside(study: BacktestStudy, kind: str) -> str:
    known = study.events.dropna(subset=[f"{kind}_low", f"{kind}_high"])
    inside = known["external_share"].between(known[f"{kind}_low"], known[f"{kind}_high"])
    return f"{(~inside).sum()} of {len(known)}"
