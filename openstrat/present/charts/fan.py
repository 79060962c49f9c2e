"""How a figure spreads over the quarters: nine draws in ten and the middle half as bands, the median as a line."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

OWN, RIVAL = OKABE_ITO["blue"], OKABE_ITO["vermillion"]
HEIGHT = 280
ROOM = 2.0
"""Years past the horizon on the axis, for the words at the ends of the lines."""
APART = 0.075
"""Words at the ends stand at least this share of the axis apart."""


def path_fan(paths: pd.DataFrame, rival: pd.DataFrame, ends: dict[str, str], *, axis: str, title: str, source: str, n: str) -> Figure:
    """Return percentiles by quarter as a fan, with the rival's median as a dashed line.

    Parameters
    ----------
    paths, rival
        One row a quarter with columns years, p5, p25, p50, p75, p95.
    ends
        Words at the end of each line: keys p5, p50, p95 and rival.
    axis
        What the vertical axis shows, with its unit.
    title, source, n
        The finding in a sentence, where the figures come from, and how many draws.
    """
    last = float(paths["years"].max())
    x = alt.X("years:Q").scale(domain=[0, last + ROOM], nice=False).title("years from now").axis(values=list(range(int(last) + 1)))
    values = [*paths["p5"], *paths["p95"], *rival["p50"]]
    low, high = float(min(0.0, *values)), float(max(values))
    scale = alt.Scale(domain=[low - (high - low) * 0.03 * (low < 0), high + (high - low) * 0.05], nice=False)
    y = alt.Y("p50:Q").scale(scale).title(axis).axis(grid=True, tickCount=5, format=",.3~f")
    tips = [alt.Tooltip(f"{name}:Q", format=",.3~r") for name in ("years", "p5", "p25", "p50", "p75", "p95")]
    base = alt.Chart(paths).encode(x, tooltip=tips)
    outer = base.mark_area(color=OWN, opacity=0.16).encode(alt.Y("p5:Q").scale(scale), alt.Y2("p95:Q"))
    inner = base.mark_area(color=OWN, opacity=0.26).encode(alt.Y("p25:Q").scale(scale), alt.Y2("p75:Q"))
    middle = base.mark_line(color=OWN, strokeWidth=2.6).encode(y)
    other = alt.Chart(rival).mark_line(color=RIVAL, strokeWidth=1.8, strokeDash=[6, 3]).encode(x, y)
    line = pd.DataFrame({"years": [0.0], "last": [last], "p50": [0.0]})
    zero = alt.Chart(line).mark_rule(color=GRAY, strokeDash=[2, 3]).encode(x, alt.X2("last:Q"), alt.Y("p50:Q").scale(scale))
    words = _end_words(paths, rival, ends, high - low)
    texts = alt.Chart(words).mark_text(align="left", dx=6, fontSize=12, fontWeight=600)
    color = alt.Color("color:N").scale(None).legend(None)
    texts = texts.encode(x, alt.Y("p50:Q").scale(scale), color, text="words:N")
    chart = alt.layer(zero, outer, inner, middle, other, texts).properties(height=HEIGHT)
    described = (
        f"A fan over {last:g} years: the pale band holds nine draws in ten, the darker one the middle half, the solid line is the median; "
        f"the dashed line is the rival's median. Each quarter is read on its own. At the end: {'; '.join(ends.values())}."
    )
    table = paths.drop(columns=[name for name in ("measure",) if name in paths]).merge(
        rival[["years", "p50"]].rename(columns={"p50": "rival p50"}), on="years"
    )
    return Figure(chart, title, described, source, n, table.round(3))


def _end_words(paths: pd.DataFrame, rival: pd.DataFrame, ends: dict[str, str], height: float) -> pd.DataFrame:
    """Return the words at the right end, moved apart where lines end close together."""
    final, other = paths.iloc[-1], rival.iloc[-1]
    rows = [
        {"p50": float(other["p50"]) if name == "rival" else float(final[name]), "words": words, "color": RIVAL if name == "rival" else OWN}
        for name, words in ends.items()
    ]
    frame = pd.DataFrame(rows).assign(years=float(final["years"])).sort_values("p50", ignore_index=True)
    places, gap = list(frame["p50"]), APART * height
    for place in range(1, len(places)):
        places[place] = max(places[place], places[place - 1] + gap)
    return frame.assign(p50=places)
