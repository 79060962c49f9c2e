"""What each option costs in each future beside the best option there, as a grid of numbers."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure

SHADES = ["#F4F1EA", "#F3CFA0", "#E08A52"]
"""From no regret to the largest: light enough for black figures in all of them."""
ROW = 32


def regret_heat(cells: pd.DataFrame, *, bold: str, title: str, source: str, n: str) -> Figure:
    """Return futures as rows and options as columns, the regret in each cell and in its shade.

    Parameters
    ----------
    cells
        One row a cell with columns future, option (words), regret (USD million), shown (the figure as written); in drawing order.
    bold
        The option to set off in the heading.
    title, source, n
        The finding in a sentence, where the figures come from, and how many draws.
    """
    data = cells[["future", "option", "regret", "shown"]]
    futures, options = list(dict.fromkeys(data["future"])), list(dict.fromkeys(data["option"]))
    weight = {"condition": {"test": f"datum.value === {bold!r}", "value": 700}, "value": 400}
    x = alt.X("option:N").sort(options).title(None).axis(orient="top", labelAngle=-90, domain=False, labelFontWeight=weight)
    last = {"condition": {"test": f"datum.value === {futures[-1]!r}", "value": 700}, "value": 400}
    y = alt.Y("future:N").sort(futures).title(None).axis(labelFontWeight=last, labelLimit=140)
    tips = [alt.Tooltip("future:N"), alt.Tooltip("option:N"), alt.Tooltip("regret:Q", title="regret, USD million", format=",.3~r")]
    base = alt.Chart(data).encode(x, y, tooltip=tips)
    top = max(float(data["regret"].max()), 1e-9)
    shade = alt.Color("regret:Q").scale(type="sqrt", domain=[0, top / 3, top], range=SHADES).legend(None)
    tiles = base.mark_rect(cornerRadius=3, stroke="white", strokeWidth=2).encode(shade)
    numbers = base.mark_text(fontSize=11, color="black").encode(alt.Text("shown:N"))
    chart = alt.layer(tiles, numbers).properties(height=alt.Step(ROW))
    described = (
        f"A grid of {len(futures) - 1} named futures and their worst (rows) by {len(options)} options (columns). Each cell is the regret "
        "in USD million: the best option's mean in that future minus this option's own; 0 is the best there. Darker is more regret. "
        "◆ marks the least worst regret."
    )
    return Figure(chart, title, described, source, n, data.drop(columns="shown"))
