"""The first page: which option, why, what to find out next, what would change it, and what to check first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from openstrat.analysis.decision.break_even import BreakEven
from openstrat.analysis.statistics import wilson_interval
from openstrat.analysis.weighing import CONVERSION, Weighing
from openstrat.present import page
from openstrat.present.economics.needs import overtaken_sentence
from openstrat.present.economics.sentences import in_unit, information_sentence, musd, plain_amount, range_kind, span, turn_sentence
from openstrat.present.economics.shared import draws_words, future_names, named
from openstrat.present.economics.worth import headline, reversible_sentences, value_sentences
from openstrat.present.page import Facts, Markup
from openstrat.present.words import readable
from openstrat.tables.store import resource

CAUTION = (
    "The model ranks options and shows what the ranking hangs on; it does not forecast. Most ranges are assumptions, marked as such below, "
    "and the figures of the case are the asker's own."
)
SOUND = "No check asks to look at the inputs again. That does not make them right."


def economics_facts(weighing: Weighing) -> Facts:
    """Return the report's title and verdict line."""
    tie = " (a tie)" if weighing.evaluation.recommendation.is_tie else ""
    worth = weighing.summary(weighing.evaluation.recommendation.option)
    verdict = f"{readable(weighing.evaluation.recommendation.option)}{tie}; mean value {musd(worth['mean'])}"
    as_of = str(resource("assumptions")["as_of"])
    return Facts({"title": weighing.case.title, "verdict": verdict, "as_of": as_of, "status": weighing.case.status})


def economics_glance(weighing: Weighing) -> Markup:
    """Return the verdict, five key figures with their ranges, what would change the choice, and the checks."""
    return _verdict(weighing) + _figures(weighing) + _change(weighing) + _checks(weighing) + page.paragraph(CAUTION, css="caveat")


def _verdict(weighing: Weighing) -> Markup:
    taken = weighing.evaluation.recommendation
    sentences = [
        _sentence(taken.reason),
        *_plain_worth(weighing),
        *value_sentences(weighing),
        *reversible_sentences(weighing.evaluation),
        information_sentence(weighing.evaluation, weighing.information),
    ]
    sentences += _expert(weighing)
    if not weighing.is_recommended:
        sentences.append(f"This report explains {readable(weighing.option)}, as asked, beside {readable(weighing.rival)}.")
    return page.callout(headline(weighing.evaluation), page.bullets(sentences), css="verdict")


def _sentence(text: str) -> str:
    shown = readable(text)
    return shown[:1].upper() + shown[1:]


def _plain_worth(weighing: Weighing) -> list[str]:
    """Say in words whether the recommended option pays at all, and how often others beat it."""
    taken = weighing.evaluation.recommendation.option
    row = weighing.summary(taken)
    said = f"{named(taken)} is worth {musd(row['mean'])} on average"
    if row["p50"] < 0:
        what = "it pays only through its good draws" if row["mean"] > 0 else "an answer that costs little, not a profitable one"
        said += f", but loses money in {1 - row['p_positive']:.0%} of draws: {what}"
    sentences = [f"{said}."]
    if taken == weighing.option:
        first = weighing.beaten.iloc[0]
        if first["share"] >= 0.05:
            loss = musd(float(first["mean_loss"]))
            sentences.append(
                f"{named(str(first['option']))} beats it by more than a tie in {first['share']:.0%} of draws, then by {loss} on average."
            )
    return sentences


def _expert(weighing: Weighing) -> list[str]:
    given = weighing.case.conclusion
    if given is None:
        return []
    taken, expert = weighing.evaluation.recommendation.option, given.recommended_option
    said = f"The case's own expert, before any analysis, chose {readable(expert)}"
    if expert in weighing.evaluation.recommendation.tie and expert != taken:
        return [f"{said}, which is in the tie: the two do not contradict each other."]
    if expert == taken:
        return [f"{said} too. The case was written with such a conclusion in mind: agreement is no validation."]
    verdict = (
        "called this one acceptable"
        if taken in given.acceptable
        else "rejected this one"
        if taken in given.rejected
        else "did not name this one"
    )
    return [f"{said} and {verdict}. The two disagree; the sections below show on what."]


def _figures(weighing: Weighing) -> Markup:
    row, n = weighing.summary(weighing.option), weighing.evaluation.draws.n
    low, high = wilson_interval(round(row["p_positive"] * n), n)
    adopters = np.percentile(weighing.evaluation.outcomes[weighing.option].adopters, [5, 95])
    others = [value for name, value in weighing.summaries.set_index("option")["max_regret"].items() if name != weighing.option]
    figures = {
        f"mean value of {readable(weighing.option)}, USD million": (
            plain_amount(row["mean"]),
            f"P5 {plain_amount(row['p5'])}, median {plain_amount(row['p50'])}, P95 {plain_amount(row['p95'])}; over five years, discounted",
        ),
        "chance of a positive value": (
            f"{row['p_positive']:.0%}",
            f"{low:.2%} to {high:.2%} from drawing alone (95% interval), {draws_words(weighing)}",
        ),
        "worst regret, USD million": (
            plain_amount(row["max_regret"]) if row["max_regret"] else "0",
            f"{_where_worst(row)}; the other options {plain_amount(min(others))} to {plain_amount(max(others))}",
        ),
        "conversion needed to break even": _needed(weighing),
        "adopters after five years": (f"{row['adopters']:,.0f}", f"median; P5 {adopters[0]:,.0f}, P95 {adopters[1]:,.0f} organizations"),
    }
    return page.kpis(figures)


def _where_worst(row: dict[str, Any]) -> str:
    return f"in '{future_names()[str(row['worst_future'])].lower()}'" if row["max_regret"] else best_everywhere(row)


def _needed(weighing: Weighing) -> tuple[str, str]:
    item, found = weighing.evaluation.draws.ranges[CONVERSION], weighing.conversion[weighing.option]
    kind = range_kind(item)
    if found.needed is None:
        return _without_need(found), f"the median stays {_side(found)} zero, whatever the conversion; {kind} range {span(item)}"
    middle = item.middle * weighing.evaluation.model.facts.conv_scale
    return in_unit(found.needed, item.unit), f"{kind} range {span(item)}; the middle used here is {in_unit(middle, item.unit)}"


def _without_need(found: BreakEven) -> str:
    return "none" if found.value_at_low > 0 else "no value does"


def _side(found: BreakEven) -> str:
    return "above" if found.value_at_low > 0 else "below"


def _change(weighing: Weighing) -> Markup:
    sentences = [turn_sentence(weighing.evaluation, turn) for turn in weighing.turns]
    if not sentences:
        tie = musd(weighing.evaluation.tie_tolerance)
        sentences = [
            f"No uncertain input, within its range: even knowing all of them would gain less than the {tie} that count as a tie. "
            "What could change it are the figures that the case states, and the equations themselves."
        ]
    sentences += _stated_turns(weighing)
    return page.callout("What would change the choice", page.bullets(sentences), css="finding")


def _stated_turns(weighing: Weighing) -> list[str]:
    if not weighing.is_recommended or weighing.rival in weighing.evaluation.recommendation.tie:
        return []
    return [said for need in weighing.facts if need.overtaken.needed is not None and (said := overtaken_sentence(weighing, need))]


def _checks(weighing: Weighing) -> Markup:
    if not weighing.checks:
        return page.paragraph(SOUND, css="meta")
    return page.callout("Check before using this", page.bullets(weighing.checks), css="caveat")


def best_everywhere(row: Mapping[str, Any]) -> str:
    """Say that an option is best in every named future, and that none of them makes sure of the fork that may follow its license change."""
    return "best in every named future; none of them makes the fork certain" if row["fork_probability"] else "best in every named future"
