"""How much of the spread each input explains, alone and together with others, with intervals."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.charts.row_words import DOWN, ROW, row_axis, words_above
from openstrat.present.figure import Figure
from openstrat.present.theme import OKABE_ITO

KINDS = {"alone": ("circle", OKABE_ITO["sky"]), "with all it acts through": ("diamond", OKABE_ITO["blue"])}


def variance_shares(shares: pd.DataFrame, *, title: str, source: str, n: str) -> Figure:
    """Return one row an input: first-order and total Sobol index as marks, each with its bootstrap interval as a bar.

    Parameters
    ----------
    shares
        One row an input with columns row, left, right (words), first, first_low, first_high, total, total_low, total_high.
    title, source, n
        The finding in a sentence, where the figures come from, and how many evaluations.
    """
    y, names = row_axis(shares), list(KINDS)
    parts = {names[0]: "first", names[1]: "total"}
    long = pd.concat(
        [
            shares[["row"]].assign(kind=kind, share=shares[name], low=shares[f"{name}_low"], high=shares[f"{name}_high"])
            for kind, name in parts.items()
        ]
    )
    top = max(1.0, float(long["high"].max()))
    scale = alt.Scale(domain=[min(0.0, float(long["low"].min())), top], nice=False)
    x = alt.X("share:Q").scale(scale).title("share of the variance").axis(format=".0%", grid=True, tickCount=5)
    color = alt.Color("kind:N").scale(domain=names, range=[KINDS[name][1] for name in names]).title(None).legend(symbolOpacity=1)
    shape = alt.Shape("kind:N").scale(domain=names, range=[KINDS[name][0] for name in names]).title(None)
    tips = [alt.Tooltip("row:N"), alt.Tooltip("kind:N"), *(alt.Tooltip(f"{name}:Q", format=".0%") for name in ("share", "low", "high"))]
    base = alt.Chart(long).encode(y, tooltip=tips)
    bars = base.mark_bar(height=5, opacity=0.45, yOffset=DOWN).encode(alt.X("low:Q").scale(scale), alt.X2("high:Q"), color)
    points = base.mark_point(size=80, filled=True, opacity=1, yOffset=DOWN).encode(x, color, shape)
    chart = alt.layer(bars, points, *words_above(shares, y)).properties(height=alt.Step(ROW))
    described = (
        f"{len(shares)} inputs by their share of the variance: circles alone, diamonds with everything they act through together with "
        "others. Bars are 90% bootstrap intervals. " + " ".join(f"{row.left}: {row.right}." for row in shares.head(3).itertuples())
    )
    return Figure(chart, title, described, source, n, long.rename(columns={"row": "input"}))
