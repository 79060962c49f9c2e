"""The limits of a box among uncertain inputs: which part of each input's draws lies inside."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.charts.row_words import DOWN, ROW, row_axis, words_above
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO
from openstrat.present.words import counted


def losing_ranges(limits: pd.DataFrame, *, title: str, source: str, n: str) -> Figure:
    """Return one row an input: all of its draws as a pale bar, the part inside the box as a solid one.

    Parameters
    ----------
    limits
        One row an input with columns row, left, right (words), low, high (quantiles, 0 to 1).
    title, source, n
        The finding in a sentence, where the figures come from, and how many draws lie inside.
    """
    y = row_axis(limits)
    data = limits[["row", "low", "high"]].assign(start=0.0, end=1.0)
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("start:Q").scale(scale).title("place in the input's range, by share of draws").axis(format=".0%", tickCount=5)
    base = alt.Chart(data).encode(y)
    tracks = base.mark_bar(height=9, color=GRAY, opacity=0.3, yOffset=DOWN).encode(x, alt.X2("end:Q"))
    bars = base.mark_bar(height=9, color=OKABE_ITO["vermillion"], opacity=0.85, yOffset=DOWN).encode(
        alt.X("low:Q").scale(scale), alt.X2("high:Q")
    )
    chart = alt.layer(tracks, bars, *words_above(limits, y)).properties(height=alt.Step(ROW))
    described = (
        f"{counted(len(data), 'limit')}. The pale bar holds all draws of an input from its lowest to its highest value, "
        "the solid part lies inside the box. " + " ".join(f"{row.left}: {row.right}." for row in limits.itertuples())
    )
    return Figure(chart, title, described, source, n, data.drop(columns=["start", "end"]))
