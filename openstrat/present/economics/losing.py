"""Where the option loses: the part of the space of inputs, and who beats it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from openstrat.analysis.economics.ranges import InputRange
from openstrat.analysis.statistics import wilson_interval
from openstrat.analysis.weighing import Weighing
from openstrat.present import page
from openstrat.present.charts.box_ranges import losing_ranges
from openstrat.present.economics.names import input_name
from openstrat.present.economics.sentences import FORK_DRAW, FORK_WORDS, in_unit, musd, plain_amount, span
from openstrat.present.economics.shared import draws_words, inputs_source, model_source
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.words import readable

RARE = 0.05
"""An option that loses in fewer draws than this has no region of losses worth describing (assumption)."""
NEAR = 0.05
"""Limits of a box are found in steps: one this close to the rubric's value is taken for it (assumption)."""
FLATTERED = "The box was found on the draws that it is measured on, so its figures are a little too good."


def losing_words(weighing: Weighing) -> Markup:
    """Return where the option loses, in words, with density, coverage and base rate."""
    region = weighing.region
    box, to = region.box, f"to {readable(region.rival)}" if region.rival else "to the best of the others"
    tie = musd(weighing.evaluation.tie_tolerance)
    base = f"{readable(weighing.option)} loses {to} by more than a tie ({tie}) in {_share(box.base_rate, region.n)} of draws."
    sentences = [base[:1].upper() + base[1:]]
    if box.base_rate < RARE:
        sentences.append("That is too seldom to look for a place where it does.")
    elif not box.limits:
        sentences.append("No range of inputs holds these losses together: they are spread over the whole space.")
    else:
        limits = " and ".join(_limit_words(weighing, name, limit) for name, limit in box.limits.items())
        inside = round(box.support * region.n)
        sentences += [
            f"It loses most where {limits}.",
            f"There it loses in {_share(box.density, inside)} of draws (density); {box.coverage:.0%} of all its losses lie there "
            f"(coverage), in "
            f"{box.support:.0%} of the draws.",
            FLATTERED,
        ]
        if region.rival:
            sentences.insert(1, f"Its losses to all others together fill no single box; this is where {readable(region.rival)} beats it.")
    return page.callout("In words", page.bullets(sentences), css="finding")


def _share(share: float, n: int) -> str:
    low, high = wilson_interval(round(share * n), n)
    return f"{share:.1%} ({low:.1%} to {high:.1%})"


def _limit_words(weighing: Weighing, name: str, limit: tuple[float, float]) -> str:
    if name == FORK_DRAW:
        return _fork_words(weighing, limit)
    item = weighing.evaluation.draws.ranges[name]
    return f"the {input_name(item)} is {_between(item, limit)}"


def _fork_words(weighing: Weighing, limit: tuple[float, float], *, short: bool = False) -> str:
    chance = weighing.evaluation.model.options[weighing.option].fork_probability
    comes, stays_away = limit[1] <= chance + NEAR, limit[0] >= chance - NEAR
    if short:
        return "it does" if comes else "it does not" if stays_away else "in part"
    happens = "a funded fork appears" if comes else "no funded fork appears" if stays_away else "forks come in part"
    return f"{happens} (rubric value {chance:.2f})"


def _between(item: InputRange, limit: tuple[float, float]) -> str:
    low, high = (in_unit(float(value), item.unit) for value in item.at(np.array(limit)))
    if limit[0] <= 0.0:
        return f"below {high}"
    return f"above {low}" if limit[1] >= 1.0 else f"between {low} and {high}"


def losing_figure(weighing: Weighing) -> Figure | Markup:
    """Return the limits of the box, one row an input."""
    region = weighing.region
    if not region.box.limits or region.box.base_rate < RARE:
        return page.plain("")
    ranges = weighing.evaluation.draws.ranges
    rows = [
        {
            "row": name,
            "left": FORK_WORDS if name == FORK_DRAW else f"{input_name(ranges[name])} (range {span(ranges[name])})",
            "left_short": FORK_WORDS if name == FORK_DRAW else input_name(ranges[name]),
            "right": _fork_words(weighing, limit) if name == FORK_DRAW else _between(ranges[name], limit),
            "right_short": _fork_words(weighing, limit, short=True) if name == FORK_DRAW else _between(ranges[name], limit),
            "low": limit[0],
            "high": limit[1],
        }
        for name, limit in region.box.limits.items()
    ]
    title = (
        f"Inside these limits {readable(weighing.option)} loses in {region.box.density:.0%} of draws, against "
        f"{region.box.base_rate:.0%} overall"
    )
    n = f"{round(region.box.support * region.n):,} of {region.n:,} draws"
    return losing_ranges(pd.DataFrame(rows), title=title, source=inputs_source(weighing, region.box.limits), n=n)


def beaten_table(weighing: Weighing) -> Markup:
    """Return which options beat this one, how often, and by how much then."""
    n = weighing.evaluation.draws.n
    rows = weighing.beaten.to_dict("records")
    shown = pd.DataFrame(
        {
            "option": [readable(row["option"]) for row in rows],
            "share": [_share(row["share"], n) if row["share"] else "never" for row in rows],
            "loss": [plain_amount(row["mean_loss"]) if row["share"] else "none" for row in rows],
        }
    )
    labels = {"share": "beats it by more than a tie in (95% interval from drawing)", "loss": "then by, mean, USD million"}
    title = f"Who beats {readable(weighing.option)}, and how often"
    source = f"{model_source(weighing)}; {draws_words(weighing)}"
    return page.data_table(shown, name="beaten-table", title=title, source=source, stub="option", labels=labels)
