"""How much is needed beside what is published or stated: break-evens as marks on a range."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.charts.row_words import DOWN, ROW, row_axis, words_above
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

LOG_TICKS = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]
RATIO_TICKS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100]
NEEDED = OKABE_ITO["vermillion"]
CROSSINGS = {"option breaks even": ("diamond", NEEDED), "rival overtakes": ("triangle-up", OKABE_ITO["blue"])}


def needed_strip(needs: pd.DataFrame, *, published: str, title: str, source: str, n: str) -> Figure:
    """Return one row an option: the published range as a bar, the model's middle as a tick, and what is needed as a diamond.

    Parameters
    ----------
    needs
        One row an option with columns row, left, right (words), low, high (the range), own_low, own_high, middle (what the model uses),
        needed (blank when no value makes the difference).
    published
        What stands behind the range, for the description.
    title, source, n
        The finding in a sentence, where the figures come from, and how many draws.
    """
    data = needs[["row", "low", "high", "own_low", "own_high", "middle", "needed"]]
    y = row_axis(needs)
    ends = data[["low", "high", "own_low", "own_high", "needed"]].astype(float)
    scale = alt.Scale(type="log", domain=[float(ends.min().min()) * 0.8, float(ends.max().max()) * 1.25], nice=False)
    x = alt.X("low:Q").scale(scale).title("share of adopting organizations that pay (each step three times the last)")
    x = x.axis(values=LOG_TICKS, format=".3~%", grid=True)
    base = alt.Chart(data).encode(y)
    bars = base.mark_bar(height=12, color=GRAY, opacity=0.35, yOffset=DOWN).encode(x, alt.X2("high:Q"))
    own = base.mark_bar(height=4, color=OKABE_ITO["blue"], opacity=0.8, yOffset=DOWN).encode(
        alt.X("own_low:Q").scale(scale), alt.X2("own_high:Q")
    )
    middles = base.mark_tick(color=OKABE_ITO["blue"], thickness=3, height=18, yOffset=DOWN).encode(alt.X("middle:Q").scale(scale))
    known = base.transform_filter("isValid(datum.needed)")
    points = known.mark_point(shape="diamond", size=130, filled=True, opacity=1, color=NEEDED, yOffset=DOWN)
    points = points.encode(alt.X("needed:Q").scale(scale), tooltip=["row:N", alt.Tooltip("needed:Q", format=".2%")])
    chart = alt.layer(bars, own, middles, points, *words_above(needs, y)).properties(height=alt.Step(ROW))
    described = (
        f"{len(data)} options on a logarithmic scale. The gray bar is the {published}; the thin blue bar is the range that the model uses "
        "for this case, its tick the middle; the diamond is the middle that a median value of zero needs. "
        + " ".join(f"{row.left}: {row.right}." for row in needs.itertuples())
    )
    return Figure(chart, title, described, source, n, data)


def ratio_strip(facts: pd.DataFrame, *, title: str, source: str, n: str) -> Figure:
    """Return one row a stated figure: how many times of it a break-even needs, and where the rival overtakes.

    Parameters
    ----------
    facts
        One row a figure with columns row, left, right (words), even, overtaken (multiples of what is stated; blank: nowhere).
    title, source, n
        The finding in a sentence, where the figures come from, and how many draws.
    """
    y, names = row_axis(facts), list(CROSSINGS)
    scale = alt.Scale(type="log", domain=[0.01, 100], nice=False)
    x = alt.X("ratio:Q").scale(scale).title("times what the case states").axis(values=RATIO_TICKS, format="~", grid=True)
    long = pd.concat(
        [facts[["row"]].assign(crossing=kind, ratio=facts[name]) for kind, name in zip(names, ("even", "overtaken"), strict=True)]
    )
    long = long.dropna(subset=["ratio"]).assign(stated=1.0)
    color = alt.Color("crossing:N").scale(domain=names, range=[CROSSINGS[name][1] for name in names]).title(None)
    shape = alt.Shape("crossing:N").scale(domain=names, range=[CROSSINGS[name][0] for name in names]).title(None)
    base = alt.Chart(long).encode(y)
    spans = base.mark_rule(strokeWidth=3, opacity=0.4, yOffset=DOWN).encode(alt.X("stated:Q").scale(scale), alt.X2("ratio:Q"), color)
    points = base.mark_point(size=110, filled=True, opacity=1, yOffset=DOWN)
    points = points.encode(x, color, shape, tooltip=["row:N", "crossing:N", alt.Tooltip("ratio:Q", format=".3~r")])
    stated = alt.Chart(facts[["row"]].assign(ratio=1.0)).mark_tick(color=GRAY, thickness=2.5, height=18, yOffset=DOWN).encode(y, x)
    chart = alt.layer(stated, spans, points, *words_above(facts, y)).properties(height=alt.Step(ROW))
    described = (
        f"{len(facts)} figures that the case states, on a logarithmic scale of multiples; the gray tick at 1 is what is stated. "
        "A diamond is where the option's median value is zero, a triangle where the rival's mean overtakes. "
        + " ".join(f"{row.left}: {row.right}." for row in facts.itertuples())
    )
    return Figure(chart, title, described, source, n, facts[["row", "even", "overtaken"]])
