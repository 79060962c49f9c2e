"""What knowing more would be worth."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.weighing import Weighing
from openstrat.present import page
from openstrat.present.charts.knowing import information_bars
from openstrat.present.economics.names import MARK_WORDS, input_name
from openstrat.present.economics.sentences import FORK_DRAW, FORK_WORDS, asked_words, musd, plain_amount, three_digits
from openstrat.present.economics.shared import draws_words, inputs_source
from openstrat.present.figure import Figure
from openstrat.present.page import Markup

NOTHING = 1e-9
"""Less than this, USD million, is rounding."""
MOST_ROWS, NOISE_ROWS = 8, 2
"""Rows of the chart at most, and rows below the noise floor among them."""


def knowing_figure(weighing: Weighing) -> Figure | Markup:
    """Return what knowing each input alone would be worth, with the noise floor; a sentence when none rises above it."""
    found, ranges = weighing.information, weighing.evaluation.draws.ranges
    by_input = _without_rounding(found.by_input)
    n_above = int(by_input["is_above_noise"].sum())
    if not n_above or found.evpi <= NOTHING:
        worth = f"knowing all of them would be worth {musd(found.evpi)}"
        return page.paragraph(f"No input alone is worth knowing: all lie within the noise, and {worth}.")
    top = by_input.head(min(MOST_ROWS, n_above + NOISE_ROWS))
    names = [FORK_WORDS if name == FORK_DRAW else input_name(ranges[name]) for name in top["input"]]
    marks = [MARK_WORDS[ranges[name].mark] for name in top["input"]]
    shown = top.assign(
        row=top["input"],
        left=[f"{name} ({mark})" for name, mark in zip(names, marks, strict=True)],
        left_short=names,
        right=[
            three_digits(value) + ("" if above else ", noise") for value, above in zip(top["evppi"], top["is_above_noise"], strict=True)
        ],
    )
    source = inputs_source(weighing, top["input"])
    return information_bars(shown, found.noise_floor, title=_title(weighing), source=source, n=draws_words(weighing))


def _without_rounding(by_input: pd.DataFrame) -> pd.DataFrame:
    """Return the worths with what is only rounding set to zero and to noise."""
    is_real = by_input["evppi"] > NOTHING
    return by_input.assign(evppi=by_input["evppi"].where(is_real, 0.0), is_above_noise=by_input["is_above_noise"] & is_real)


def _title(weighing: Weighing) -> str:
    found = weighing.information
    if found.evpi <= weighing.evaluation.tie_tolerance:
        return f"More study would not change the choice: knowing everything would be worth {musd(found.evpi)}, less than a tie"
    first = found.by_input.iloc[0]
    asked = asked_words(weighing.evaluation.draws.ranges[str(first["input"])])
    return f"Of the {musd(found.evpi)} that knowing everything would be worth, {plain_amount(float(first['evppi']))} lies in {asked}"


def knowing_note(weighing: Weighing) -> Markup:
    """Return how to read the figures, with the noise floor in numbers."""
    found = weighing.information
    above = int(_without_rounding(found.by_input)["is_above_noise"].sum())
    floor = three_digits(found.noise_floor) if found.noise_floor > NOTHING else "0"
    text = (
        "Knowing an input is worth as much as it improves the choice: an input that moves all options alike is worth nothing here, however "
        f"uncertain it is. Worths of single inputs do not add up. {above} of {len(found.by_input)} inputs lie above the noise floor of USD "
        f"{floor} million (95% quantile over columns of pure noise). A study that costs more than such a worth is not worth making."
    )
    return page.paragraph(text, css="meta")
