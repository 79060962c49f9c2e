"""What the economics found, in sentences: turning points, break-evens, the value of knowing more."""

from __future__ import annotations

import math

import numpy as np

from openstrat.analysis.decision.break_even import BreakEven
from openstrat.analysis.decision.information import Turn
from openstrat.analysis.economics.ranges import InputRange
from openstrat.analysis.evaluating import Evaluation, Information
from openstrat.present.words import readable

AS_SHARE = ("share", "share of adopting organizations", "per year")
FORK_DRAW = "fork_draw"


def musd(value: float) -> str:
    """Return an amount in USD million, with the digits that its size deserves."""
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2
    shown = f"{size:,.{digits}f}"
    return f"USD {'-' if value < 0 and float(shown.replace(',', '')) else ''}{shown} million"


def in_unit(value: float, unit: str) -> str:
    """Return a figure with its unit: shares and yearly rates in percent, everything else as it is."""
    if unit in AS_SHARE:
        shown = f"{100 * value:.3g} %"
        return f"{shown} a year" if unit == "per year" else shown
    return f"{value:.3g} {unit}"


def turn_sentence(evaluation: Evaluation, turn: Turn) -> str:
    """Return where one input turns the choice, as a sentence that starts with 'If'."""
    rival, item = readable(turn.rival), evaluation.draws.ranges[turn.input]
    if turn.input == FORK_DRAW:
        return _fork_sentence(evaluation, turn)
    limit = in_unit(float(item.at(np.array([turn.quantile]))[0]), item.unit)
    return f"If {_meaning(item)} is {turn.side} {limit} ({turn.share:.0%} of draws), {rival} has the better mean."


def _fork_sentence(evaluation: Evaluation, turn: Turn) -> str:
    chances = {name: model.fork_probability for name, model in evaluation.model.options.items() if model.fork_probability > 0}
    chance = chances.get(evaluation.recommendation.option, max(chances.values(), default=0.0))
    happens = "appears" if turn.side == "below" else "does not appear"
    return (
        f"If a funded fork {happens} after the change (the rubric's value for a fork is {chance:.2f}), "
        f"{readable(turn.rival)} has the better mean."
    )


def _meaning(item: InputRange) -> str:
    text = item.meaning.split(";")[0]
    return text[:1].lower() + text[1:]


def information_sentence(evaluation: Evaluation, information: Information) -> str:
    """Return what knowing more would be worth, and the one thing to find out next."""
    total = musd(information.evpi)
    if information.evpi <= evaluation.tie_tolerance:
        return f"Knowing every input exactly would be worth {total}: more study of them would not change the choice."
    first = information.by_input.iloc[0]
    item = evaluation.draws.ranges[str(first["input"])]
    what = "whether a funded fork appears" if item.name == FORK_DRAW else _meaning(item)
    return f"Knowing every input exactly would be worth {total}; of it {musd(float(first['evppi']))} lies in {what}: find that out next."


def break_even_sentence(option: str, item: InputRange, found: BreakEven) -> str:
    """Return what an option needs of one input to break even, beside the range that is assumed or published for it."""
    if found.needed is None:
        sign = "above" if found.value_at_low > 0 else "below"
        return f"{readable(option)}: the median value stays {sign} zero, whatever the {_meaning(item)}."
    span = f"{in_unit(item.low, item.unit)} to {in_unit(item.high, item.unit)}"
    kind = {"sourced": "published", "stated": "stated"}.get(item.mark, "assumed")
    direction = "at least" if found.rises else "at most"
    return f"{readable(option)} needs {direction} {in_unit(found.needed, item.unit)} ({kind} range {span})."


def years(value: float) -> str:
    """Return a payback in words."""
    return "not within the horizon" if math.isinf(value) else f"{value:g} years"
