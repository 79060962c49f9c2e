"""How adopters and cash spread over time."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.economics.paths import ADOPTERS, CASH
from openstrat.analysis.weighing import Weighing
from openstrat.present import page
from openstrat.present.charts.fan import path_fan
from openstrat.present.economics.sentences import plain_amount, three_digits
from openstrat.present.economics.shared import draws_words, model_source
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.words import readable


def adopters_figure(weighing: Weighing) -> Figure:
    """Return adopters of the option by quarter, with the rival's median."""
    own, rival = _of(weighing.paths, ADOPTERS), _of(weighing.rival_paths, ADOPTERS)
    last = own.iloc[-1]
    title = (
        f"{_capital(weighing.option)} reaches a median of {three_digits(last['p50'])} adopters in {last['years']:g} years "
        f"({three_digits(last['p5'])} to {three_digits(last['p95'])})"
    )
    ends = {
        "p95": f"P95 {three_digits(last['p95'])}",
        "p50": f"median {three_digits(last['p50'])}",
        "p5": f"P5 {three_digits(last['p5'])}",
        "rival": f"rival {three_digits(rival['p50'].iloc[-1])}",
    }
    return path_fan(own, rival, ends, axis="adopting organizations", title=title, source=_source(weighing), n=draws_words(weighing))


def cash_figure(weighing: Weighing) -> Figure:
    """Return the option's yearly cash by quarter, with the rival's median."""
    own, rival = _of(weighing.paths, CASH), _of(weighing.rival_paths, CASH)
    last = own.iloc[-1]
    ends = {
        "p95": f"P95 {plain_amount(last['p95'])}",
        "p50": f"median {plain_amount(last['p50'])}",
        "p5": f"P5 {plain_amount(last['p5'])}",
        "rival": f"rival {plain_amount(rival['p50'].iloc[-1])}",
    }
    return path_fan(
        own, rival, ends, axis="USD million a year", title=_cash_title(weighing, own), source=_source(weighing), n=draws_words(weighing)
    )


def _cash_title(weighing: Weighing, own: pd.DataFrame) -> str:
    above = own.loc[own["p50"] > 0, "years"]
    if above.empty:
        return f"In no quarter does {readable(weighing.option)} bring in more than it costs at the median"
    if float(above.iloc[0]) == float(own["years"].iloc[0]):
        return f"{_capital(weighing.option)} brings in more than it costs from the first quarter at the median"
    return f"{_capital(weighing.option)} brings in more than it costs from {above.iloc[0]:g} years on at the median"


def spread_note(weighing: Weighing) -> Markup:
    """Return what the cash holds and what it leaves out."""
    facts = weighing.evaluation.model.facts
    text = "Cash is gross margin on revenue minus maintainers, misuse and free serving, not discounted."
    text += (
        f" The training cost of USD {three_digits(facts.train_cost)} million falls at the start and is not in it."
        if facts.train_cost
        else ""
    )
    text += " It holds the strategic value, which is not received as money." if facts.rival_value else ""
    return page.paragraph(f"{text} The dashed line is the median of {readable(weighing.rival)}.", css="meta")


def _of(paths: pd.DataFrame, measure: str) -> pd.DataFrame:
    return paths[paths["measure"] == measure].drop(columns="measure").reset_index(drop=True)


def _source(weighing: Weighing) -> str:
    return f"{model_source(weighing)}; the rival is {readable(weighing.rival)}"


def _capital(option: str) -> str:
    words = readable(option)
    return words[:1].upper() + words[1:]
