"""Who works on a repository: people by month with the absence factor, and how much the busiest person does."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO, percent
from openstrat.present.words import counted

ACTIVE, FEWEST = "people in the month", "fewest with half of 12 months' commits"
COLORS = {ACTIVE: OKABE_ITO["sky"], FEWEST: OKABE_ITO["vermillion"]}
DASHES = {ACTIVE: [1, 0], FEWEST: [6, 3]}
ROW, BAR = 46, 16
"""Pixels: a window with its line of text, the bar."""


def authors_by_month(months: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return two lines over months: people with a commit, and the absence factor over the twelve months up to there.

    Parameters
    ----------
    months
        One row a month with columns month (date), n_active_authors, absence_factor_12m; months that the history cuts are left out
        by the caller.
    title, source
        The finding in a sentence, and where the rows come from.
    """
    names = {"n_active_authors": ACTIVE, "absence_factor_12m": FEWEST}
    data = months[["month", *names]].astype(dict.fromkeys(names, "float64")).rename(columns=names)
    long = data.melt("month", var_name="line", value_name="people").dropna()
    domain = [name for name in COLORS if name in set(long["line"])]
    base = alt.Chart(long).encode(
        alt.X("month:T").title(None).axis(format="%Y", tickCount="year", grid=True),
        alt.Y("people:Q").title("people").axis(tickMinStep=1, tickCount=5, grid=True),
        alt.Color("line:N").scale(domain=domain, range=[COLORS[name] for name in domain]).title(None),
        tooltip=[alt.Tooltip("month:T", format="%Y-%m", title="Month"), alt.Tooltip("line:N", title="Line"), alt.Tooltip("people:Q")],
    )
    dash = alt.StrokeDash("line:N").scale(domain=domain, range=[DASHES[name] for name in domain]).title(None)
    lines = base.mark_line(strokeWidth=2.2, interpolate="step-after").encode(dash)
    last = long[long["month"].eq(long["month"].max())]
    ends = (
        alt.Chart(last)
        .mark_text(align="left", dx=5, fontWeight=700)
        .encode(
            alt.X("month:T"),
            alt.Y("people:Q"),
            alt.Text("people:Q"),
            alt.Color("line:N").scale(domain=domain, range=[COLORS[name] for name in domain]),
        )
    )
    chart = alt.layer(lines, ends).properties(height=220)
    span = f"{data['month'].min():%Y-%m} to {data['month'].max():%Y-%m}"
    described = (
        f"Two lines over {counted(len(data), 'month')}, {span}: people with a commit in the month (full line), and the fewest people who "
        "made half of the commits of the twelve months up to there (dashed line, the contributor absence factor)."
    )
    return Figure(chart, title, described, source, counted(len(data), "month"), data.assign(month=data["month"].dt.strftime("%Y-%m")))


def busiest_share(windows: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one bar a window: the share of commits by the busiest person, up to the whole, with the absence factor in words.

    Parameters
    ----------
    windows
        One row a window with columns window, n_commits, n_authors, top_author_share (0 to 1), absence_factor; rows without a share
        are left out.
    title, source
        The finding in a sentence, and where the rows come from.
    """
    data = windows.dropna(subset=["top_author_share"])[["window", "n_commits", "n_authors", "top_author_share", "absence_factor"]].copy()
    data["said"] = [
        f"{row['window']}: {percent(row['top_author_share'])} by one person; {row['absence_factor']:,} of {row['n_authors']:,} made half "
        f"of {counted(row['n_commits'], 'commit')}"
        for row in data.to_dict("records")
    ]
    y = alt.Y("window:N").scale(domain=data["window"].tolist()).axis(None)
    x = (
        alt.X("top_author_share:Q")
        .scale(domain=[0, 1])
        .axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
        .title("share of commits by the busiest person")
    )
    base = alt.Chart(data).encode(y, x)
    whole = alt.Chart(data.assign(top_author_share=1.0)).mark_bar(size=BAR, color="#E9EBEE").encode(y, x)
    bars = base.mark_bar(size=BAR, color=OKABE_ITO["blue"]).encode(tooltip=[alt.Tooltip("said:N", title="Window")])
    texts = base.mark_text(align="left", dy=-BAR, limit=alt.ExprRef("width - 4")).encode(alt.Text("said:N"), x=alt.value(2))
    half = alt.Chart(pd.DataFrame({"top_author_share": [0.5]})).mark_rule(color=GRAY, strokeDash=[4, 4]).encode(x)
    chart = alt.layer(whole, bars, half, texts).properties(height=alt.Step(ROW))
    described = (
        f"{counted(len(data), 'window')} as bars from 0 to 100%: the filled part is the share of commits by the busiest person, the dashed "
        "line is half. The text above each bar says how few people made half of the commits."
    )
    shown = data.drop(columns="said").astype({"absence_factor": "float64", "n_commits": "float64", "n_authors": "float64"})
    return Figure(chart, title, described, source, counted(len(data), "window"), shown)
