"""What moves a value most: one input at a time from its 10 % to its 90% quantile, all others at their median."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.charts.row_words import DOWN, ROW, row_axis, words_above
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

ENDS = {"input at its P10": ("circle", OKABE_ITO["vermillion"]), "input at its P90": ("square", OKABE_ITO["blue"])}


def tornado_bars(swings: pd.DataFrame, *, axis: str, title: str, source: str, n: str) -> Figure:
    """Return one row an input: a bar between the value at its P10 and at its P90, with the value at all medians as a line.

    Parameters
    ----------
    swings
        One row an input with columns row, left, left_short, right (words), at_low, at_middle, at_high; the widest first.
    axis
        What the horizontal axis shows, with its unit.
    title, source, n
        The finding in a sentence, where the figures come from, and what was evaluated.
    """
    y = row_axis(swings)
    x = alt.X("at_low:Q").title(axis).axis(grid=True, tickCount=6)
    data = swings[["row", "at_low", "at_middle", "at_high"]]
    bars = alt.Chart(data).mark_bar(height=8, color=GRAY, opacity=0.45, yOffset=DOWN).encode(y, x, alt.X2("at_high:Q"))
    names = list(ENDS)
    ends = pd.concat(
        [data[["row", "at_low"]].assign(end=names[0]), data[["row", "at_high"]].set_axis(["row", "at_low"], axis=1).assign(end=names[1])]
    )
    color = alt.Color("end:N").scale(domain=names, range=[ENDS[name][1] for name in names]).title(None)
    shape = alt.Shape("end:N").scale(domain=names, range=[ENDS[name][0] for name in names]).title(None)
    tips = ["row:N", "end:N", alt.Tooltip("at_low:Q", title="value", format=",.3~r")]
    points = alt.Chart(ends).mark_point(size=75, filled=True, opacity=1, yOffset=DOWN).encode(y, x, color, shape, tooltip=tips)
    middle = alt.Chart(data).mark_tick(color=GRAY, thickness=2, height=16, yOffset=DOWN).encode(y, alt.X("at_middle:Q"))
    zero = alt.Chart(pd.DataFrame({"at_low": [0.0]})).mark_rule(color=GRAY, strokeDash=[4, 3]).encode(x)
    chart = alt.layer(zero, bars, middle, points, *words_above(swings, y)).properties(height=alt.Step(ROW))
    described = (
        f"The {len(data)} inputs that move it most, the widest first. Circles show the value with the input at its 10% quantile, squares "
        "at its 90%, all other inputs at their median; the gray tick is the value with all at their median, the dashed line zero. "
        + " ".join(f"{row.left}: {row.right}." for row in swings.head(3).itertuples())
    )
    return Figure(chart, title, described, source, n, data)
