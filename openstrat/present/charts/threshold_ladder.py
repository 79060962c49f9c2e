"""The ladder of thresholds: at which size which license begins to bind, and where a company stands."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from openstrat.analysis.licenses.thresholds import in_words
from openstrat.errors import InputError, UnknownNameError
from openstrat.present.charts.shared import short_license
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO
from openstrat.present.words import counted

COLUMNS = ["license_id", "measure", "value", "says", "effect", "state"]
SCALES = {
    "users": ("Users, logarithmic scale", ""),
    "revenue": ("Revenue in USD a year (monthly limits times twelve), logarithmic scale", "USD "),
    "people": ("People, logarithmic scale", ""),
}
"""Heading of the axis and what stands before an amount, by measure."""
EFFECTS = {
    "barred": ("covers the use no longer", "square", OKABE_ITO["vermillion"]),
    "gated": ("needs an agreement first", "diamond", OKABE_ITO["orange"]),
    "duty": ("asks for a duty", "circle", OKABE_ITO["sky"]),
}
"""What follows above a threshold: words, shape and color."""
TICK = "replace(format(datum.value, '.0s'), 'G', 'B')"
"""Amounts on the axis: 100k, 10M, 1B."""
STEP = 23
ROOM = 0.55
"""Decimal orders of magnitude left free beside the outermost points."""


def threshold_ladder(ladder: pd.DataFrame, *, measure: str, title: str, source: str, you: float | None = None) -> Figure:
    """Return one row a threshold, from the lowest to the highest, as a point on a logarithmic scale.

    Parameters
    ----------
    ladder
        Thresholds as `openstrat.analysis.licenses.thresholds.threshold_ladder` gives them; those of one measure are drawn.
    measure
        users, revenue or people.
    title, source
        The finding in a sentence, and where the thresholds come from.
    you
        Where the reader's company stands, in the unit of the measure, drawn as a rule; None: no rule. Thresholds that the column
        state calls reached are filled, the others hollow.

    Raises
    ------
    UnknownNameError
        If the measure is not one of the three.
    InputError
        If no threshold has that measure, or `you` is not a number above 0.
    """
    if measure not in SCALES:
        raise UnknownNameError("measure", measure, SCALES)
    if you is not None and not (math.isfinite(you) and you > 0):
        raise InputError(f"you is {you}; a logarithmic scale needs a number above 0. Leave it out to draw no rule.")
    heading, unit = SCALES[measure]
    data = ladder.loc[ladder["measure"] == measure, COLUMNS]
    # Within a rung the shortest name comes first: it carries the amount.
    data = data.sort_values(["value", "license_id"], key=lambda column: column if column.name == "value" else column.str.len())
    data = data.reset_index(drop=True)
    if data.empty:
        raise InputError(f"No threshold on {measure} in the {len(ladder)} rows given; draw another measure, or leave the chart out.")
    low, high = _ends([*data["value"], *([you] if you else [])])
    drawn = _drawn(data, unit, low, high, has_you=you is not None)
    powers = [10.0**power for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]
    x = alt.X("value:Q").scale(type="log", domain=[low, high], nice=False).axis(labelExpr=TICK, grid=True, values=powers).title(heading)
    base = alt.Chart(drawn).encode(
        x, alt.Y("row:O").axis(None), tooltip=[alt.Tooltip("license_id:N", title="License"), alt.Tooltip("says:N", title="Test")]
    )
    rule = _rule(x, you, unit) if you else []
    chart = alt.layer(*rule, _points(base, drawn), *_labels(base)).properties(
        height=alt.Step(STEP), padding={"left": 5, "top": 5, "right": 8, "bottom": 5}
    )
    shown = data if you else data.drop(columns="state")
    return Figure(chart, title, _described(data, measure, you, unit), source, f"{counted(len(data), 'threshold')} on {measure}", shown)


def _ends(figures: list[float]) -> tuple[float, float]:
    return min(figures) / 10**ROOM, max(figures) * 10**ROOM


def _drawn(data: pd.DataFrame, unit: str, low: float, high: float, *, has_you: bool) -> pd.DataFrame:
    drawn = data.assign(row=range(len(data)))
    amount = "  " + unit + data["value"].map(in_words)
    drawn["label"] = data["license_id"].map(short_license) + amount.mask(data["value"].duplicated(), "")
    drawn["effect_in_words"] = data["effect"].map(lambda effect: EFFECTS[effect][0])
    drawn["is_filled"] = data["state"].eq("reached") | (not has_you)
    across = data["value"].map(lambda value: math.log(value / low) / math.log(high / low))
    drawn["on_left"], drawn["room"] = across > 0.5, across.where(across > 0.5, 1 - across)
    return drawn


def _points(base: alt.Chart, drawn: pd.DataFrame) -> alt.Chart:
    present = [effect for effect in EFFECTS if effect in set(drawn["effect"])]
    words, shapes, colors = ([EFFECTS[effect][place] for effect in present] for place in range(3))
    scale = alt.Scale(domain=words, range=colors)
    filled = alt.condition("datum.is_filled", alt.value(1.0), alt.value(0.0))
    points: alt.Chart = base.mark_point(size=95, strokeWidth=2, opacity=1).encode(
        alt.Shape("effect_in_words:N").scale(domain=words, range=shapes).title("From this size the license").legend(columns=2),
        alt.Stroke("effect_in_words:N").scale(scale).title("From this size the license"),
        alt.Fill("effect_in_words:N").scale(scale).legend(None),
        fillOpacity=filled,
    )
    return points


def _labels(base: alt.Chart) -> list[alt.Chart]:
    layers = []
    side: Any
    for side, test, shift in (("right", "datum.on_left", -12), ("left", "!datum.on_left", 12)):
        here = base.transform_filter(test)
        layers.append(here.mark_text(align=side, dx=shift, limit=alt.ExprRef("datum.room * width - 12")).encode(alt.Text("label:N")))
    return layers


def _rule(x: alt.X, you: float, unit: str) -> list[alt.Chart]:
    mark = alt.Chart(pd.DataFrame({"value": [you], "label": [f"you: {unit}{in_words(you)}"]})).encode(x)
    rule = mark.mark_rule(strokeWidth=1.5, strokeDash=[5, 3], color=OKABE_ITO["blue"])
    text = mark.mark_text(fontWeight=600, color=GRAY, baseline="bottom").encode(alt.Text("label:N"), y=alt.value(-6))
    return [rule, text]


def _described(data: pd.DataFrame, measure: str, you: float | None, unit: str) -> str:
    said = (
        f"{counted(len(data), 'threshold')} on {measure} in {counted(data['license_id'].nunique(), 'license')}, "
        "from the lowest (top) to the highest, "
        "as points on a logarithmic scale. Square: above it the use is no longer covered. Diamond: an agreement is needed. "
        "Circle: a duty begins, such as showing a name."
    )
    if you is None:
        return said
    reached = int(data["state"].eq("reached").sum())
    return f"{said} The rule stands at {unit}{in_words(you)}: {reached} of {len(data)} thresholds are reached (filled)."
