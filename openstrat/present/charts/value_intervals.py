"""What each option is worth: nine draws in ten as a bar, the median as a tick, the mean as a diamond."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.charts.row_words import DOWN, ROW, row_axis, words_above
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

COLORS = {"recommended": OKABE_ITO["blue"], "tied": OKABE_ITO["sky"], "other": GRAY}
AXIS = "net present value over the horizon, USD million"


def option_intervals(options: pd.DataFrame, *, title: str, source: str, n: str) -> Figure:
    """Return one row an option: P5 to P95 as a bar, the median as a tick, the mean as a diamond, and a line at zero.

    Parameters
    ----------
    options
        One row an option with columns row (its name), left and right (words above the bar), state (recommended, tied, other), p5,
        p50, p95, mean (USD million).
    title, source, n
        The finding in a sentence, where the figures come from, and how many draws.
    """
    data = options.assign(is_bold=options["state"] == "recommended")
    y = row_axis(data)
    x = alt.X("p5:Q").title(AXIS).axis(grid=True, tickCount=6)
    color = alt.Color("state:N").scale(domain=list(COLORS), range=list(COLORS.values())).legend(None)
    tips = [alt.Tooltip("row:N"), *(alt.Tooltip(f"{name}:Q", format=",.3~r") for name in ("p5", "p50", "mean", "p95"))]
    drawn = data[["row", "state", "p5", "p50", "mean", "p95"]]
    base = alt.Chart(drawn).encode(y, tooltip=tips)
    bars = base.mark_bar(height=8, opacity=0.55, yOffset=DOWN, cornerRadius=3).encode(x, alt.X2("p95:Q"), color)
    middles = base.mark_tick(thickness=2.5, height=16, yOffset=DOWN).encode(alt.X("p50:Q"), color)
    means = base.mark_point(shape="diamond", size=90, filled=True, opacity=1, yOffset=DOWN).encode(alt.X("mean:Q"), color)
    zero = alt.Chart(pd.DataFrame({"p5": [0.0]})).mark_rule(color=GRAY, strokeDash=[4, 3]).encode(x)
    chart = alt.layer(zero, bars, middles, means, *words_above(data, y)).properties(height=alt.Step(ROW))
    described = (
        f"{len(data)} options as rows. The bar runs from the 5th to the 95th percentile of the draws, so nine draws in ten lie inside; "
        "the tick is the median, the diamond the mean, the dashed line zero. "
        + " ".join(f"{row.left}: {row.right}." for row in data.itertuples())
    )
    return Figure(chart, title, described, source, n, drawn.drop(columns="state"))
