"""What the economics found, in sentences: turning points, break-evens, the value of knowing more."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from openstrat.analysis.decision.break_even import BreakEven
from openstrat.analysis.decision.information import Turn
from openstrat.analysis.economics.ranges import InputRange
from openstrat.analysis.evaluating import Evaluation, Information
from openstrat.present.economics.names import input_name
from openstrat.present.words import readable

AS_SHARE = ("share", "share of adopting organizations", "per year")
FORK_DRAW = "fork_draw"
FORK_WORDS = "whether a funded fork appears"
MINUS = "−"


def plain_amount(value: float) -> str:
    """Return a figure with the digits that its size deserves: '−1.17', '12.4', '1,697'."""
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2
    shown = f"{size:,.{digits}f}"
    return f"{MINUS if value < 0 and float(shown.replace(',', '')) else ''}{shown}"


def musd(value: float) -> str:
    """Return an amount in USD million, with the digits that its size deserves."""
    return f"USD {plain_amount(value)} million"


def three_digits(value: float) -> str:
    """Return a figure with three significant digits and no exponent: '2.45', '12,300'."""
    if abs(value) >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}" if value == 0 or abs(value) >= 1e-4 else f"{value:.1g}".replace("e-0", "e-")


def in_unit(value: float, unit: str) -> str:
    """Return a figure with its unit: shares and yearly rates in percent, money before its figure, a bare ratio alone."""
    return in_one_unit([value], unit)


def in_one_unit(values: Iterable[float], unit: str, separator: str = " to ") -> str:
    """Return several figures with their unit said once: '2 to 8 quarters', '0.3 to 5%'."""
    shown = separator.join(three_digits(100 * value if unit in AS_SHARE else value) for value in values)
    if unit in AS_SHARE:
        return f"{shown}% a year" if unit == "per year" else f"{shown}%"
    if unit.startswith("USD million"):
        return f"USD {shown} million{unit.removeprefix('USD million')}"
    return shown if unit == "ratio" else f"{shown} times" if unit == "multiple" else f"{shown} {unit}"


def span(item: InputRange) -> str:
    """Return the range of an input with its unit once: '0.3 to 5%', '2 to 8 quarters'."""
    return in_one_unit([item.low] if item.low == item.high else [item.low, item.high], item.unit)


def turn_sentence(evaluation: Evaluation, turn: Turn) -> str:
    """Return where one input turns the choice, as a sentence that starts with 'If'."""
    rival, item = readable(turn.rival), evaluation.draws.ranges[turn.input]
    if turn.input == FORK_DRAW:
        return _fork_sentence(evaluation, turn)
    limit = in_unit(float(item.at(np.array([turn.quantile]))[0]), item.unit)
    return f"If the {input_name(item)} is {turn.side} {limit} ({turn.share:.0%} of draws), {rival} has the better mean."


def _fork_sentence(evaluation: Evaluation, turn: Turn) -> str:
    chances = {name: model.fork_probability for name, model in evaluation.model.options.items() if model.fork_probability > 0}
    chance = chances.get(evaluation.recommendation.option, max(chances.values(), default=0.0))
    happens = "appears" if turn.side == "below" else "does not appear"
    return (
        f"If a funded fork {happens} after the change (the rubric's value for a fork is {chance:.2f}), "
        f"{readable(turn.rival)} has the better mean."
    )


def meaning(item: InputRange) -> str:
    """Return what an input is, as it stands in its table, to go on a sentence with."""
    text = item.meaning.split(";")[0]
    return text[:1].lower() + text[1:]


def asked_words(item: InputRange) -> str:
    """Return what one would find out to know an input."""
    return FORK_WORDS if item.name == FORK_DRAW else f"the {input_name(item)}"


def information_sentence(evaluation: Evaluation, information: Information) -> str:
    """Return what knowing more would be worth, and the one thing to find out next."""
    total = musd(information.evpi)
    if information.evpi <= evaluation.tie_tolerance:
        tie = musd(evaluation.tie_tolerance)
        within = f"Knowing every input exactly would be worth {total}, within the {tie} that count as a tie"
        return f"{within}: more study would hardly improve the choice between these options."
    first = information.by_input.iloc[0]
    what = asked_words(evaluation.draws.ranges[str(first["input"])])
    return f"Knowing every input exactly would be worth {total}; of it {musd(float(first['evppi']))} lies in {what}: find that out next."


def range_kind(item: InputRange) -> str:
    """Return what stands behind a range in a word: sourced, stated or assumed."""
    return item.mark if item.mark in ("sourced", "stated") else "assumed"


def break_even_sentence(option: str, item: InputRange, found: BreakEven) -> str:
    """Return what an option needs of one input to break even, beside the range that is drawn from."""
    if found.needed is None:
        sign = "above" if found.value_at_low > 0 else "below"
        tried = in_one_unit([found.low, found.high], item.unit)
        return f"{readable(option)}: the median value stays {sign} zero, whatever the {input_name(item)} (looked at: {tried})."
    kind = range_kind(item)
    direction = "at least" if found.rises else "at most"
    return f"{readable(option)} needs {direction} {in_unit(found.needed, item.unit)} ({kind} range {span(item)})."


def years(value: float) -> str:
    """Return a payback in words."""
    return "not within the horizon" if math.isinf(value) else f"{value:g} years"
