"""What knowing one input would be worth, with the floor that chance alone reaches."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.charts.row_words import DOWN, ROW, row_axis, words_above
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO


def information_bars(worth: pd.DataFrame, floor: float, *, title: str, source: str, n: str) -> Figure:
    """Return one row an input: what knowing it would be worth as a bar, pale below the noise floor, which is a mark in each row.

    Parameters
    ----------
    worth
        One row an input with columns row, left, left_short, right (words), evppi (USD million), is_above_noise.
    floor
        What 95 % of columns of pure noise stay below, USD million.
    title, source, n
        The finding in a sentence, where the figures come from, and how many draws.
    """
    y = row_axis(worth)
    data = worth[["row", "evppi", "is_above_noise"]].assign(start=0.0)
    top = max(float(data["evppi"].max()), floor) * 1.08
    scale = alt.Scale(domain=[0, top], nice=False)
    x = alt.X("evppi:Q").scale(scale).title("worth of knowing it, USD million").axis(grid=True, tickCount=5)
    base = alt.Chart(data).encode(y, x, tooltip=["row:N", alt.Tooltip("evppi:Q", format=",.3~r")])
    bars = base.transform_filter("datum.is_above_noise").mark_bar(height=10, color=OKABE_ITO["blue"], yOffset=DOWN)
    noise = base.transform_filter("!datum.is_above_noise").mark_bar(height=10, color=GRAY, opacity=0.45, yOffset=DOWN)
    line = alt.Chart(data.assign(floor=floor)).mark_tick(color=OKABE_ITO["vermillion"], thickness=2.5, height=20, yOffset=DOWN)
    line = line.encode(y, alt.X("floor:Q").scale(scale))
    chart = alt.layer(bars, noise, line, *words_above(worth, y)).properties(height=alt.Step(ROW))
    described = (
        f"{len(data)} inputs by what knowing each alone would be worth. The upright mark in each row is the noise floor: columns of pure "
        f"noise reach "
        "up to it, so pale bars below it mean nothing. " + " ".join(f"{row.left}: {row.right}." for row in worth.head(3).itertuples())
    )
    return Figure(chart, title, described, source, n, data.drop(columns="start"))
