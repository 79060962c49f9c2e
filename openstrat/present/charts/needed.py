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
CROSSINGS = {"option breaks even": ("diamond", NEEDED), "option and rival level": ("triangle-up", OKABE_ITO["blue"])}


def needed_strip(rows: pd.DataFrame, published: tuple[float, float], *, title: str, source: str, n: str) -> Figure:
    """Return what each option needs as a diamond, on the published range that lies behind every row.

    Parameters
    ----------
    rows
        The published range and the model's own as rows of their own, then one row an option, with columns row, left, right (words), low
        and high (ends of the model's own range; blank elsewhere), middle (of that range), needed (blank when no value makes the
        difference).
    published
        Ends of the published range.
    title, source, n
        The finding in a sentence, where the figures come from, and how many draws.
    """
    data = rows[["row", "low", "high", "middle", "needed"]].assign(published_low=published[0], published_high=published[1])
    y = row_axis(rows)
    ends = data.drop(columns="row").astype(float)
    scale = alt.Scale(type="log", domain=[float(ends.min().min()) * 0.8, float(ends.max().max()) * 1.25], nice=False)
    x = alt.X("published_low:Q").scale(scale).title("share of adopting organizations that pay, logarithmic scale")
    x = x.axis(values=LOG_TICKS, format=".3~%", grid=True)
    base = alt.Chart(data).encode(y)
    tracks = base.mark_bar(height=12, color=GRAY, opacity=0.3, yOffset=DOWN).encode(x, alt.X2("published_high:Q"))
    blue = OKABE_ITO["blue"]
    own = base.transform_filter("isValid(datum.low)").mark_bar(height=8, color=blue, opacity=0.6, yOffset=DOWN)
    middle = base.transform_filter("isValid(datum.middle)").mark_tick(color=blue, thickness=3, height=18, yOffset=DOWN)
    known = base.transform_filter("isValid(datum.needed)")
    points = known.mark_point(shape="diamond", size=130, filled=True, opacity=1, color=NEEDED, yOffset=DOWN)
    layers = [
        tracks,
        own.encode(alt.X("low:Q").scale(scale), alt.X2("high:Q")),
        middle.encode(alt.X("middle:Q").scale(scale)),
        points.encode(alt.X("needed:Q").scale(scale), tooltip=["row:N", alt.Tooltip("needed:Q", format=".2%")]),
    ]
    chart = alt.layer(*layers, *words_above(rows, y)).properties(height=alt.Step(ROW))
    described = (
        "A logarithmic scale. The gray bar behind every row is the published range; the blue bar is the range that the model uses for this "
        "case, its tick the middle; a diamond is the middle that a median value of zero needs. "
        + " ".join(f"{row.left}: {row.right}." for row in rows.itertuples())
    )
    return Figure(chart, title, described, source, n, data)


def ratio_strip(facts: pd.DataFrame, *, title: str, source: str, n: str) -> Figure:
    """Return one row a stated figure: how many times of it a break-even needs, and where option and rival are level.

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
    color = alt.Color("crossing:N").scale(domain=names, range=[CROSSINGS[name][1] for name in names]).title(None).legend(symbolOpacity=1)
    shape = alt.Shape("crossing:N").scale(domain=names, range=[CROSSINGS[name][0] for name in names]).title(None)
    base = alt.Chart(long).encode(y)
    spans = base.mark_rule(strokeWidth=3, opacity=0.4, yOffset=DOWN).encode(alt.X("stated:Q").scale(scale), alt.X2("ratio:Q"), color)
    points = base.mark_point(size=110, filled=True, opacity=1, yOffset=DOWN)
    points = points.encode(x, color, shape, tooltip=["row:N", "crossing:N", alt.Tooltip("ratio:Q", format=".3~r")])
    stated = alt.Chart(facts[["row"]].assign(ratio=1.0)).mark_tick(color=GRAY, thickness=2.5, height=18, yOffset=DOWN).encode(y, x)
    chart = alt.layer(stated, spans, points, *words_above(facts, y)).properties(height=alt.Step(ROW))
    described = (
        f"{len(facts)} figures that the case states, on a logarithmic scale of multiples; the gray tick at 1 is what is stated. "
        "A diamond is where the option's median value is zero, a triangle where option and rival have the same mean. "
        + " ".join(f"{row.left}: {row.right}." for row in facts.itertuples())
    )
    return Figure(chart, title, described, source, n, facts[["row", "even", "overtaken"]])
