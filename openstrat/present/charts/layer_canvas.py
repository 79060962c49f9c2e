"""The canvas of layers: what each does for adoption and revenue, how often others open it, and what to do with it."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO, STANCE_COLORS
from openstrat.present.words import readable
from openstrat.terms import Stance

SHAPES = {Stance.OPEN: ("●", "circle"), Stance.DECIDE: ("◆", "diamond"), Stance.HOLD: ("■", "square")}
"""Sign and name of the shape of each stance."""
ROW, SHORT_ROW = 86, 58
"""Pixels of a layer that the case describes, and of one that it does not."""
HEAD, LINE, ABOVE = 12, 17, 10
"""Pixels from the top of a layer to the middle of its heading, from one line to the next, and from a line to words above it."""
MEASURES = {"adoption": ("draws people in", OKABE_ITO["blue"]), "revenue": ("is paid for", OKABE_ITO["vermillion"])}
RIGHT_SIDE = 0.5
"""Bars and intervals that end beyond this have their words at the left of the next free place: inside."""


def layer_canvas(layers: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one block a layer: stance as shape and word, two bars from a common zero, and the rate of others with its interval.

    Parameters
    ----------
    layers
        One row a layer in stack order with columns layer, advice (a stance), family, is_in_case, adoption, revenue (shares, blank when
        the case does not describe the layer), sample, n, share_open, low, high (how often others open it; blank when nothing is known).
    title, source
        The finding in a sentence, and where shares and rates come from.
    """
    data = layers.reset_index(drop=True).copy()
    rows = data["is_in_case"].map({True: ROW, False: SHORT_ROW})
    data["top"], height = rows.cumsum() - rows, int(rows.sum())
    y = alt.Y("y:Q").scale(domain=[0, height], reverse=True, nice=False).axis(None)
    x = alt.X("share:Q").scale(domain=[0, 1], nice=False).axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=True).title("Share")
    parts = [*_rates(data, x, y), *_bars(data, x, y), *_headings(data, y)]
    chart = alt.layer(*parts).properties(height=height)
    counts = data["advice"].value_counts()
    said = ", ".join(f"{SHAPES[stance][1]} {stance.value} ({counts.get(stance.value, 0)})" for stance in Stance)
    described = (
        f"{len(data)} blocks, one a layer. The shape before the name says what to do: {said}. Upper bar: the layer's share of what draws "
        "people in; lower bar: its share of what customers pay for; layers without bars are not in the case. Dot and line: how often "
        "others open it, with the 95 percent interval; a hollow dot rests on examples that were picked as lessons."
    )
    columns = ["layer", "advice", "family", "adoption", "revenue", "sample", "n", "share_open", "low", "high"]
    return Figure(chart, title, described, source, f"{len(data)} layers", data[columns].round(3))


def _headings(data: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    shown = data.assign(
        y=data["top"] + HEAD, sign=[SHAPES[Stance(value)][0] for value in data["advice"]], text=data.apply(_heading, axis=1)
    )
    present = [stance for stance in Stance if stance.value in set(data["advice"])]
    color = alt.Color("advice:N").scale(domain=[s.value for s in present], range=[STANCE_COLORS[s] for s in present]).legend(None)
    base = alt.Chart(shown).encode(y)
    style: dict[str, Any] = {"align": "left", "baseline": "middle"}
    signs = base.mark_text(fontSize=15, **style).encode(color, alt.Text("sign:N"), x=alt.value(0))
    words = base.mark_text(fontSize=13, fontWeight=600, limit=alt.ExprRef("width - 20"), **style)
    return [signs, words.encode(alt.Text("text:N"), x=alt.value(18))]


def _heading(row: pd.Series[Any]) -> str:
    name, family = readable(row["layer"]), readable(row["family"])
    name = name[:1].upper() + name[1:]
    if not row["is_in_case"]:
        return f"{name}: {row['advice']} in general"
    terms = {"open": f", {family}", "decide": f" ({family})", "hold": ""}[row["advice"]]
    return f"{name}: {row['advice']}{terms}"


def _bars(data: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    rows = []
    for place, (measure, (words, color)) in enumerate(MEASURES.items()):
        for row in data[data["is_in_case"]].to_dict("records"):
            share = row[measure]
            at = row["top"] + HEAD + (place + 1) * LINE
            rows.append({"layer": row["layer"], "zero": 0.0, "share": share, "y": at, "color": color, "text": f"{share:.0%} {words}"})
    if not rows:
        return []
    base = alt.Chart(pd.DataFrame(rows)).encode(y)
    bars = base.mark_rule(strokeWidth=11).encode(x, alt.X2("zero:Q"), alt.Color("color:N").scale(None), tooltip=["layer:N", "text:N"])
    return [bars, *_words(base, "share", 6)]


def _rates(data: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    known = data[data["n"].fillna(0) > 0]
    if known.empty:
        return _unknown(data, y)
    shown = known.assign(
        y=_rate_line(known),
        share=known["share_open"],
        text=[f"{row['share_open']:.0%} open elsewhere, {row['n']:.0f} {row['sample']}" for row in known.to_dict("records")],
        picked=known["sample"].eq("projects"),
    )[["layer", "y", "share", "low", "high", "text", "picked"]]
    base = alt.Chart(shown).encode(y)
    lines = base.mark_rule(strokeWidth=2, color=GRAY).encode(alt.X("low:Q").scale(domain=[0, 1]), alt.X2("high:Q"))
    tips = ["layer:N", "text:N", alt.Tooltip("low:Q", format=".0%"), alt.Tooltip("high:Q", format=".0%")]
    dots = base.mark_point(size=55, opacity=1, strokeWidth=2, color=GRAY).encode(x, tooltip=tips)
    full = alt.Fill("picked:N").scale(domain=[False, True], range=[GRAY, "transparent"]).legend(None)
    return [lines, dots.encode(full), *_words(base, "high", 8, left="low"), *_unknown(data, y)]


def _unknown(data: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Say where nothing is known of others."""
    silent = data[data["n"].fillna(0) == 0]
    if silent.empty:
        return []
    shown = silent.assign(y=_rate_line(silent), text="open elsewhere: not known")[["y", "text"]]
    words = alt.Chart(shown).mark_text(align="left", baseline="middle", fontSize=11)
    return [words.encode(y, alt.Text("text:N"), x=alt.value(6))]


def _rate_line(data: pd.DataFrame) -> pd.Series[Any]:
    return data["top"] + HEAD + ABOVE + LINE * data["is_in_case"].map({True: 3, False: 1})


def _words(base: alt.Chart, end: str, gap: int, left: str = "") -> list[alt.Chart]:
    """Put words behind the end where there is room, else before the start or at the middle."""
    style: dict[str, Any] = {"fontSize": 11, "baseline": "middle"}
    behind = base.transform_filter(f"datum.{end} <= {RIGHT_SIDE}").mark_text(align="left", dx=gap, **style)
    parts = [behind.encode(alt.X(f"{end}:Q"), alt.Text("text:N"))]
    rest = base.transform_filter(f"datum.{end} > {RIGHT_SIDE}")
    if left:
        before = rest.transform_filter(f"datum.{left} > {RIGHT_SIDE}").mark_text(align="right", dx=-gap, **style)
        under = rest.transform_filter(f"datum.{left} <= {RIGHT_SIDE}").mark_text(align="right", dy=-ABOVE, **style)
        return [*parts, before.encode(alt.X(f"{left}:Q"), alt.Text("text:N")), under.encode(alt.X(f"{end}:Q"), alt.Text("text:N"))]
    inside = rest.mark_text(align="right", dx=-gap, color="black", **style)
    return [*parts, inside.encode(alt.X(f"{end}:Q"), alt.Text("text:N"))]
