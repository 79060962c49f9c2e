"""What is needed to break even, beside what is sourced, assumed or stated."""

from __future__ import annotations

from math import log
from typing import Any

import pandas as pd

from openstrat.analysis.decision.break_even import BreakEven
from openstrat.analysis.economics.ranges import InputRange
from openstrat.analysis.evaluating import WIDEST
from openstrat.analysis.weighing import CONVERSION, SHARES, FactNeed, Weighing
from openstrat.present import page
from openstrat.present.charts.needed import needed_strip, ratio_strip
from openstrat.present.economics.names import FACT_UNITS, FACTS
from openstrat.present.economics.sentences import in_one_unit, in_unit, range_kind, span, three_digits
from openstrat.present.economics.shared import draws_words, inputs_source, mark_pill, model_source
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.words import readable

ABOUT = 0.05
"""Figures within this share of what is stated are called about the same (assumption)."""


def conversion_figure(weighing: Weighing) -> Figure:
    """Return the conversion that each option near the best needs, beside the range that is drawn from."""
    item = weighing.evaluation.draws.ranges[CONVERSION]
    needs = [
        {
            "row": name,
            "left": readable(name),
            "right": _conversion_words(found, item.unit),
            "needed": found.needed,
            "is_bold": name == weighing.option,
        }
        for name, found in weighing.conversion.items()
    ]
    rows = pd.DataFrame([*_range_rows(weighing, item), *needs])
    rows["is_bold"] = rows["is_bold"].eq(True)
    rows[["low", "high", "middle", "needed"]] = rows[["low", "high", "middle", "needed"]].astype(float)
    return needed_strip(
        rows,
        (item.low, item.high),
        title=_conversion_title(weighing),
        source=inputs_source(weighing, [CONVERSION]),
        n=draws_words(weighing),
    )


def _range_rows(weighing: Weighing, item: InputRange) -> list[dict[str, Any]]:
    """Return the rows that say what stands behind the range and what the model uses."""
    factor = weighing.evaluation.model.facts.conv_scale
    low, middle, high = (value * factor for value in (item.low, item.middle, item.high))
    used = f"used here, {three_digits(factor)} times that" if factor != 1 else "used here"
    kind = range_kind(item)
    return [
        {"row": "published", "left": f"{kind} range", "left_short": f"{kind} range", "right": span(item)},
        {
            "row": "used",
            "left": f"{used} (stated by the case)" if factor != 1 else used,
            "left_short": used,
            "right": f"{in_one_unit([low, high], item.unit)}, middle {in_unit(middle, item.unit)}",
            "low": low,
            "high": high,
            "middle": middle,
        },
    ]


def _conversion_words(found: BreakEven, unit: str) -> str:
    if found.needed is None:
        return "above zero whatever it is" if found.value_at_low > 0 else "no value of it is enough"
    return f"needs {'at least' if found.rises else 'at most'} {in_unit(found.needed, unit)}"


def _conversion_title(weighing: Weighing) -> str:
    item, found = weighing.evaluation.draws.ranges[CONVERSION], weighing.conversion[weighing.option]
    option = readable(weighing.option)
    name = option[:1].upper() + option[1:]
    if found.needed is None:
        if found.value_at_low > 0:
            return f"{name} needs no particular conversion: its median value is above zero whatever share pays"
        return f"No conversion makes the median value of {option} positive"
    middle = item.middle * weighing.evaluation.model.facts.conv_scale
    ratio = found.needed / middle
    side = "above" if found.needed > item.high else "below" if found.needed < item.low else "inside"
    reach = f"{side} the {range_kind(item)} range"
    return f"{name} needs {in_unit(found.needed, item.unit)} of adopters to pay: {three_digits(ratio)} times the middle used here, {reach}"


def needs_note(weighing: Weighing) -> Markup:
    """Return how the conversions are to be read."""
    item, factor = weighing.evaluation.draws.ranges[CONVERSION], weighing.evaluation.model.facts.conv_scale
    scaled = f" The case multiplies the range by {three_digits(factor)} (conv_scale, stated by the case)." if factor != 1 else ""
    text = (
        f"What is needed is the middle (geometric mean) of the conversion at which half of the draws are worth more than nothing. "
        f"The range: {item.basis[:1].lower()}{item.basis[1:]}.{scaled}"
    )
    return page.paragraph(text, css="meta")


def facts_figure(weighing: Weighing) -> Figure | Markup:
    """Return how far the stated figures lie from a break-even and from the point where the rival overtakes."""
    rows = [
        {
            "row": need.fact,
            "left": f"{FACTS[need.fact]}, {fact_value(need.fact, need.stated)}",
            "left_short": FACTS[need.fact],
            "right": _short_words(need),
            "right_short": _short_words(need).replace(" at ", " "),
            "even": None if need.even.needed is None else need.even.needed / need.stated,
            "overtaken": None if need.overtaken.needed is None else need.overtaken.needed / need.stated,
        }
        for need in weighing.facts
    ]
    frame = pd.DataFrame(rows)
    frame[["even", "overtaken"]] = frame[["even", "overtaken"]].astype(float)
    if frame[["even", "overtaken"]].isna().all(axis=None):
        return page.paragraph(f"{_facts_title(weighing, frame)}.")
    return ratio_strip(frame, title=_facts_title(weighing, frame), source=model_source(weighing), n=draws_words(weighing))


def _facts_title(weighing: Weighing, frame: pd.DataFrame) -> str:
    known = frame.dropna(subset=["even"])
    option = readable(weighing.option)
    if known.empty:
        sign = "stays above zero" if weighing.summary(weighing.option)["p50"] > 0 else "stays below zero"
        return f"No single figure of the case decides: the median of {option} {sign} whatever each of them is"
    place = int(known["even"].map(lambda ratio: abs(log(ratio))).to_numpy().argmin())
    fact, times = str(known["row"].iloc[place]), float(known["even"].iloc[place])
    return f"The {FACTS[fact]} is nearest to a break-even of {option}: {three_digits(times)} times what is stated"


def fact_value(fact: str, value: float) -> str:
    """Return a stated figure with its unit."""
    if fact == "infra_share":
        return in_unit(value, "share")
    return f"{three_digits(value)} of 1" if fact == "moat" else in_unit(value, FACT_UNITS[fact])


def _short_words(need: FactNeed) -> str:
    even, level = need.even.needed, need.overtaken.needed
    never = "never even" if need.even.value_at_low <= 0 else "always above"
    parts = [never if even is None else f"even at {three_digits(even / need.stated)}×"]
    if level is not None:
        parts.append("tied as stated" if abs(level / need.stated - 1) <= ABOUT else f"level at {three_digits(level / need.stated)}×")
    return ", ".join(parts)


def facts_table(weighing: Weighing) -> Markup:
    """Return the same in words, with the figures in their units and who states them."""
    shown = pd.DataFrame(
        {
            "figure": [FACTS[need.fact] for need in weighing.facts],
            "stated": [fact_value(need.fact, need.stated) for need in weighing.facts],
            "mark": [mark_pill("stated")] * len(weighing.facts),
            "break-even": [_even_words(need) for need in weighing.facts],
            "overtaken": [_overtaken_words(weighing, need) for need in weighing.facts],
        }
    )
    tied = " (a tie as stated)" if {weighing.option, weighing.rival} <= set(weighing.evaluation.recommendation.tie) else ""
    labels = {
        "break-even": f"{readable(weighing.option)} has a median above zero with",
        "overtaken": f"{readable(weighing.rival)} has the better mean{tied}",
    }
    title = "Needed against what the case states"
    table = page.data_table(
        shown, name="needs-table", title=title, source=model_source(weighing), stub="figure", labels=labels, markup=["mark"]
    )
    note = (
        f"Each figure is moved alone, from a hundredth to {WIDEST:g} times of what is stated, shares up to 1. The case states one "
        f"number and no "
        "range, so how sure it is stays unknown; the spread of everything else is in the draws."
    )
    return table + page.paragraph(note, css="meta")


def _even_words(need: FactNeed) -> str:
    if need.even.needed is None:
        limit = ", even at 1" if need.fact in SHARES else ""
        return f"no value makes it positive{limit}" if need.even.value_at_low <= 0 else "stays above zero whatever it is"
    return f"{'at least' if need.even.rises else 'at most'} {fact_value(need.fact, need.even.needed)}"


def _overtaken_words(weighing: Weighing, need: FactNeed) -> str:
    found = need.overtaken
    if found.needed is None:
        return "at no value" if found.value_at_low > 0 else "at every value"
    if abs(found.needed / need.stated - 1) <= ABOUT:
        return f"about where it is stated: a tie ({fact_value(need.fact, found.needed)})"
    return f"{'below' if found.rises else 'above'} {fact_value(need.fact, found.needed)}"


def overtaken_sentence(weighing: Weighing, need: FactNeed) -> str:
    """Return where a stated figure turns the choice, as a sentence that starts with 'If'."""
    side = _overtaken_words(weighing, need)
    rival = readable(weighing.rival)
    return f"If the {FACTS[need.fact]}, stated as {fact_value(need.fact, need.stated)}, is {side}, {rival} has the better mean."
