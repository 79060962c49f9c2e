"""What drives the choice: one input at a time, and over the whole range."""

from __future__ import annotations

import numpy as np
import pandas as pd

from openstrat.analysis.decision.sensitivity import HIGH, LOW
from openstrat.analysis.evaluating import SOBOL_ROWS
from openstrat.analysis.weighing import Weighing
from openstrat.present import page
from openstrat.present.charts.swings import tornado_bars
from openstrat.present.charts.variance import variance_shares
from openstrat.present.economics.names import input_name
from openstrat.present.economics.sentences import FORK_DRAW, FORK_WORDS, in_unit, musd, plain_amount
from openstrat.present.economics.shared import inputs_source
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.words import readable

MOST_ROWS = 8
LEAST_SWING = 0.01
"""Inputs that move the value by less than this share of what the first one does are not drawn."""
LEAST_TOTAL = 0.01
"""Inputs that explain less than this share of the variance are left to the table of all inputs."""
EXPLAINED = (
    "Alone: by how much the spread would shrink, on average, if this input were known. With all it acts through: how much of the "
    "spread would "
    "stay if everything else were known. The gap between the two is what the input does only together with others."
)


def difference_figure(weighing: Weighing) -> Figure | Markup:
    """Return what moves the difference between the option and its rival."""
    swings = weighing.tornado
    if not swings["swing"].max() > 0:
        return page.paragraph(
            f"No input moves the difference between {readable(weighing.option)} and {readable(weighing.rival)}.", css="caveat"
        )
    axis = "option minus rival, USD million"
    return _tornado(weighing, swings, axis, _difference_title(weighing, swings))


def own_figure(weighing: Weighing) -> Figure:
    """Return what moves the value of the option itself."""
    swings = weighing.own_tornado
    first = swings.iloc[0]
    low, high = sorted([first["at_low"], first["at_high"]])
    title = (
        f"The value of {readable(weighing.option)} itself moves most with {_asked(weighing, first)}: "
        f"{plain_amount(low)} to {plain_amount(high)} USD million"
    )
    return _tornado(weighing, swings, f"value of {readable(weighing.option)}, USD million", title)


def _difference_title(weighing: Weighing, swings: pd.DataFrame) -> str:
    first = swings.iloc[0]
    turning = [row for row in swings.to_dict("records") if min(row["at_low"], row["at_high"]) < 0 < max(row["at_low"], row["at_high"])]
    pair = f"{readable(weighing.option)} over {readable(weighing.rival)}"
    moved = f"{_asked(weighing, first)} moves the lead of {pair} most"
    title = moved[:1].upper() + moved[1:]
    if not turning:
        side = "ahead" if first["at_middle"] > 0 else "behind"
        return f"{title}; no input alone turns it, it stays {side}"
    return f"{title}; {len(turning)} of {len(swings)} inputs turn it alone" if len(turning) > 1 else f"{title}, and alone turns it"


def _asked(weighing: Weighing, row: pd.Series) -> str:
    name = str(row["input"])
    return FORK_WORDS if name == FORK_DRAW else f"the {input_name(weighing.evaluation.draws.ranges[name])}"


def _tornado(weighing: Weighing, swings: pd.DataFrame, axis: str, title: str) -> Figure:
    top = swings[swings["swing"] > LEAST_SWING * swings["swing"].max()].head(MOST_ROWS)
    ranges = weighing.evaluation.draws.ranges
    rows = []
    for row in top.to_dict("records"):
        item = ranges[str(row["input"])]
        low, high = (in_unit(float(value), item.unit) for value in item.at(np.array([LOW, HIGH])))
        name = FORK_WORDS if item.name == FORK_DRAW else input_name(item)
        between = "appears to does not" if item.name == FORK_DRAW else f"{low} to {high}"
        right = f"{plain_amount(row['at_low'])} → {plain_amount(row['at_high'])}"
        rows.append({**row, "row": item.name, "left": f"{name}: {between}", "left_short": name, "right": right})
    n = f"{len(swings)} inputs, {2 * len(swings) + 1} evaluations of the model"
    return tornado_bars(pd.DataFrame(rows), axis=axis, title=title, source=inputs_source(weighing, top["input"]), n=n)


def shares_figure(weighing: Weighing) -> Figure | Markup:
    """Return how much of the spread of the difference each input explains."""
    return _shares(weighing, weighing.sobol, f"the lead of {readable(weighing.option)} over {readable(weighing.rival)}")


def own_shares_figure(weighing: Weighing) -> Figure | Markup:
    """Return how much of the spread of the option's own value each input explains."""
    return _shares(weighing, weighing.own_sobol, f"the value of {readable(weighing.option)}")


def _shares(weighing: Weighing, found: pd.DataFrame, what: str) -> Figure | Markup:
    top = found[found["total"] >= LEAST_TOTAL].head(MOST_ROWS)
    if top.empty:
        return page.paragraph(f"Nothing moves {what}: it is the same in all draws.", css="caveat")
    ranges = weighing.evaluation.draws.ranges
    shown = top.assign(
        row=top["input"],
        left=[FORK_WORDS if name == FORK_DRAW else input_name(ranges[name]) for name in top["input"]],
        right_short=[f"{_share(row['first'])} / {_share(row['total'])}" for row in top.to_dict("records")],
        right=[f"{_share(row['first'])} alone, {_share(row['total'])} in all" for row in top.to_dict("records")],
    )
    first = top.iloc[0]
    title = (
        f"Of the spread in {what}, {_asked(weighing, first)} explains {_share(first['first'])} alone and {_share(first['total'])} in all"
    )
    n = f"{SOBOL_ROWS * (len(found) + 2):,} evaluations of the model"
    return variance_shares(shown, title=title, source=inputs_source(weighing, top["input"]), n=n)


def _share(value: float) -> str:
    return f"{min(max(value, 0.0), 1.0):.0%}"


def drivers_box(weighing: Weighing) -> Markup:
    """Return in plain words what the charts above say, and how to read the shares."""
    middle = float(weighing.tornado["at_middle"].iloc[0])
    means = weighing.summary(weighing.option)["mean"] - weighing.summary(weighing.rival)["mean"]
    said = (
        f"With every input at its median {readable(weighing.option)} is {_lead(middle)} {readable(weighing.rival)}; averaged "
        f"over all draws it is {_lead(means)} it."
    )
    if (middle > 0) != (means > 0):
        said += " The two differ because a few good draws are worth more than many ordinary ones: the mean follows the good ones."
    return page.callout("In plain words", page.bullets([said, EXPLAINED]), css="finding")


def _lead(difference: float) -> str:
    return f"{musd(abs(difference))} {'ahead of' if difference > 0 else 'behind'}"
