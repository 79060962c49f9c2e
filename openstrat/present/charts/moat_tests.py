"""Moat tests drawn: how far each measured figure reaches toward its threshold, and which moats each option leaves."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

FARTHEST = 2.0
"""Figures that reach further than twice the threshold are drawn there."""
ROW, LINE = 42, 14
"""Pixels: a row, a line of a column's heading."""
STATES = {"passes": ("circle", OKABE_ITO["green"]), "fails": ("diamond", OKABE_ITO["vermillion"]), "not known": ("circle", GRAY)}
COLUMNS = ["moat", "test", "state", "ratio", "given", "needed"]
FATES = {
    "kept": ("●", "#6FC9AC"),
    "dies": ("×", "#EDA27C"),
    "not known": ("○", "#F8F3BC"),
    "not there": ("–", "#D5D8DD"),
}
"""Shape and color of what an option does to a moat: the palette's green, vermillion and yellow, lightened."""


def moat_strip(tests: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return each test as a strip with the threshold as a line and the case's figure as a point; what is not known is hollow.

    Parameters
    ----------
    tests
        One row a test with columns moat (heading), test, state (passes, fails, not known), ratio (figure over threshold, or the
        reverse where less is better; blank: a yes-or-no test or not known), given, needed; drawn in the order of the rows.
    title, source
        The finding in a sentence, and who gave the figures.
    """
    data = tests[COLUMNS].copy()
    data["row"] = data["moat"] + "|" + data["test"]
    default = data["state"].map({"passes": 1.0, "fails": 0.0, "not known": 0.0})
    data["at"] = data["ratio"].astype("float64").fillna(default).clip(upper=FARTHEST)
    data["threshold"] = 1.0
    data["figure"] = data["given"] + " (needed: " + data["needed"] + ")"
    rows = [row for moat, inside in data.groupby("moat", sort=False) for row in (str(moat), *inside["row"])]
    y = alt.Y("row:N").scale(domain=rows).axis(None)
    chart = alt.layer(*_strip(data, y), _heads(list(dict.fromkeys(data["moat"])), y)).properties(height=alt.Step(ROW))
    counts = data["state"].value_counts()
    found = ", ".join(f"{counts[state]} {state}" for state in STATES if state in counts.index)
    described = (
        f"{len(data)} tests as strips under their moat: {found}. The line in the middle is the threshold; a green circle at or beyond it "
        "passes, an orange diamond fails, a hollow circle is not known. Yes-or-no tests stand on the line or at the left end."
    )
    return Figure(chart, title, described, source, f"{len(data)} tests", data[COLUMNS])


def _strip(data: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    tips = [alt.Tooltip(f"{name}:N") for name in ("moat", "test", "given", "needed", "state")]
    base = alt.Chart(data).encode(y, tooltip=tips)
    scale = alt.Scale(domain=[0, FARTHEST], nice=False)
    x = alt.X("at:Q").scale(scale).axis(None)
    track = base.mark_rule(color=GRAY, opacity=0.5, yOffset=9).encode(x=alt.value(0), x2=alt.value("width"))
    line = base.mark_tick(color=GRAY, thickness=3, size=18, yOffset=9).encode(alt.X("threshold:Q").scale(scale).axis(None))
    points = [_points(base, state).encode(x) for state in STATES if state in set(data["state"])]
    style: dict[str, Any] = {"baseline": "middle", "dy": -8}
    names = base.mark_text(align="left", limit=alt.ExprRef("width * 0.6"), **style).encode(alt.Text("test:N"), x=alt.value(0))
    shown = base.transform_calculate(shown="width > 520 ? datum.figure : datum.given")
    figures = shown.mark_text(align="right", limit=alt.ExprRef("width * 0.39"), **style).encode(alt.Text("shown:N"), x=alt.value("width"))
    return [track, line, *points, names, figures]


def _points(base: alt.Chart, state: str) -> alt.Chart:
    shape, color = STATES[state]
    hollow = state == "not known"
    chart: alt.Chart = base.transform_filter(alt.datum.state == state).mark_point(
        shape=shape, size=130, color=color, filled=not hollow, strokeWidth=2, opacity=1, yOffset=9, xOffset=7 if hollow else 0
    )
    return chart


def _heads(moats: list[str], y: alt.Y) -> alt.Chart:
    style: dict[str, Any] = {"align": "left", "fontWeight": 700, "dy": 6, "limit": alt.ExprRef("width")}
    chart: alt.Chart = alt.Chart(pd.DataFrame({"row": moats})).mark_text(**style).encode(y, alt.Text("row:N"), x=alt.value(0))
    return chart


def moat_fates(fates: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return a tile for every option and moat: kept, dies, not known, or not there to be lost.

    Parameters
    ----------
    fates
        One row an option and moat with columns option, moat (a short name), fate, layers (opened carriers, in words).
    title, source
        The finding in a sentence, and who gave the facts.
    """
    data = fates[["option", "moat", "fate", "layers"]].copy()
    data["mark"] = data["fate"].map(lambda fate: FATES[fate][0])
    data["word"] = data["mark"] + " " + data["fate"]
    lines = max(len(name.split()) for name in data["moat"])
    present = [fate for fate in FATES if fate in set(data["fate"])]
    colors = alt.Scale(domain=present, range=[FATES[fate][1] for fate in present])
    x = (
        alt.X("moat:N")
        .sort(list(dict.fromkeys(data["moat"])))
        .title(None)
        .axis(
            orient="top",
            labelAngle=0,
            labelExpr="split(datum.label, ' ')",
            domain=False,
            labelLimit=90,
            labelBaseline="top",
            labelPadding=LINE * lines + 4,
        )
    )
    y = alt.Y("option:N").sort(list(dict.fromkeys(data["option"]))).title(None).axis(labelLimit=130)
    tips = [alt.Tooltip(f"{name}:N") for name in ("option", "moat", "fate", "layers")]
    base = alt.Chart(data).encode(x, y, tooltip=tips)
    tiles = base.mark_rect(cornerRadius=4, stroke="white", strokeWidth=2).encode(alt.Color("fate:N").scale(colors).legend(None))
    shown = base.transform_calculate(shown=f"width / {data['moat'].nunique()} > 74 ? datum.word : datum.mark")
    words = shown.mark_text(color="black", fontSize=11).encode(alt.Text("shown:N"))
    chart = alt.layer(tiles, words).properties(height=alt.Step(30))
    described = (
        "Options as rows, moats as columns. ● kept: no layer that carries the moat is opened, and its test gives a score; × dies: such a "
        "layer is opened; ○ not known: kept, if it is there at all; – not there: its test gives nothing."
    )
    return Figure(chart, title, described, source, f"{len(data)} pairs of option and moat", data[["option", "moat", "fate", "layers"]])
