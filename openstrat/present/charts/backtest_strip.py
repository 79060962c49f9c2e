"""Events of the past by what a rubric says of them, with what happened."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO
from openstrat.present.words import counted

OUTCOME_MARKS = {
    "a funded fork followed": ("diamond", OKABE_ITO["vermillion"]),
    "none recorded": ("circle", OKABE_ITO["blue"]),
    "this case, not known": ("triangle-up", OKABE_ITO["purple"]),
}
"""Shape and color of what happened; the words stand beside each mark."""
ROW, UP = 40, 11
"""Pixels: a row of marks, and how far words lie above its middle."""


def backtest_strip(events: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return events as marks by their rubric value, highest on top; a bar spans the values with inputs from tables.

    Parameters
    ----------
    events
        One row a mark: name, value, low and high (0 to 1, blank without inputs from tables), outcome (a key of `OUTCOME_MARKS`), words.
    title, source
        The finding in a sentence, and where the figures come from.
    """
    data = events.assign(said=events["name"] + ": " + events["words"])
    kinds = [kind for kind in OUTCOME_MARKS if kind in set(data["outcome"])]
    marks = [OUTCOME_MARKS[kind] for kind in kinds]
    order = data.sort_values("value", ascending=False)["name"].tolist()
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("value:Q").scale(scale).axis(values=[0, 0.25, 0.5, 0.75, 1], grid=True).title("rubric value")
    base = alt.Chart(data).encode(y=alt.Y("name:N").sort(order).axis(None))
    half = alt.Chart(pd.DataFrame({"value": [0.5]})).mark_rule(color=GRAY, strokeDash=[4, 4]).encode(x)
    bars = base.transform_filter("isValid(datum.low)").mark_bar(height=7, opacity=0.35, color=GRAY, yOffset=UP / 2)
    bars = bars.encode(alt.X("low:Q").scale(scale), alt.X2("high:Q"))
    color = alt.Color("outcome:N").scale(domain=kinds, range=[color for _, color in marks]).legend(None)
    shape = alt.Shape("outcome:N").scale(domain=kinds, range=[shape for shape, _ in marks]).legend(None)
    tips = ["name:N", alt.Tooltip("value:Q", format=".2f"), "outcome:N", "words:N"]
    points = base.mark_point(size=110, filled=True, opacity=1, yOffset=UP / 2).encode(x, color, shape, tooltip=tips)
    texts = base.mark_text(align="left", dy=-UP, fontSize=11).encode(x=alt.value(4), text="said:N")
    chart = alt.layer(half, bars, points, texts).properties(height=alt.Step(ROW))
    counts = data["outcome"].value_counts()
    described = (
        f"{len(data)} rows, highest rubric value on top: "
        + ", ".join(f"{counts[kind]} {OUTCOME_MARKS[kind][0].removesuffix('-up')} marks: {kind}" for kind in kinds)
        + ". A gray bar spans the values that outsiders' share counted in tables would give. The dashed line is one half."
    )
    table = data[["name", "value", "low", "high", "outcome", "words"]].round(3)
    return Figure(chart, title, described, source, counted(len(data), "row"), table)
