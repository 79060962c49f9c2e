"""Attention over time: stars and authors around a fork, and how long waves of stars last."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

SIDES = {"upstream": (OKABE_ITO["blue"], [1, 0]), "fork": (OKABE_ITO["vermillion"], [5, 3])}
STRIPS = {"stars": ("stars gained in 30 days", 74), "authors": ("active authors a month", 58)}
"""Words and height in pixels of the two strips of a panel."""
HEADING, WORDS, GAP = 20, 17, 24
FIRST, LAST = -12, 24
HALVED, OPEN = "halved after", "not yet halved after"
ROW, MIDDLE = 23, 0.38
"""Pixels of a row; share of the width beyond which words stand left of their dot, where a phone has room for them."""


def fork_attention(curves: pd.DataFrame, *, labels: dict[str, str], title: str, source: str) -> Figure:
    """Return one panel an event below each other: stars gained a month above, active authors below, upstream and fork as lines.

    Parameters
    ----------
    curves
        One row a value with columns event_id, side (upstream or fork), repository, measure (stars or authors), month,
        months_since_event, value.
    labels
        The heading of each event, in the order of the panels.
    title, source
        The finding in a sentence, and where the readings come from.
    """
    columns = ["event_id", "side", "repository", "measure", "month", "months_since_event", "value"]
    data = curves[columns].sort_values(["event_id", "side", "measure", "month"], ignore_index=True)
    drawn, words, rules, height = _panels(data, labels)
    x = alt.X("months_since_event:Q").scale(domain=[FIRST, LAST], nice=False)
    x = x.title("Months since the event").axis(values=list(range(FIRST, LAST + 1, 6)), grid=False)
    y = alt.Y("y:Q").scale(domain=[0, height], reverse=True, nice=False).axis(None)
    present = [side for side in SIDES if side in set(data["side"])]
    color = alt.Color("side:N").scale(domain=present, range=[SIDES[side][0] for side in present]).title(None)
    dash = alt.StrokeDash("side:N").scale(domain=present, range=[SIDES[side][1] for side in present]).title(None)
    tooltip = ["repository:N", "measure:N", alt.Tooltip("month:T", format="%Y-%m"), alt.Tooltip("value:Q", format=",.0f")]
    base = alt.Chart(drawn)
    fills = base.transform_filter("datum.side == 'upstream'").mark_area(opacity=0.14, color=SIDES["upstream"][0])
    fills = fills.encode(x, y, alt.Y2("floor:Q"), alt.Detail("stretch:N"))
    lines = base.mark_line(strokeWidth=2).encode(x, y, color, dash, alt.Detail("stretch:N"), tooltip=tooltip)
    dots = base.mark_circle(size=12, opacity=1).encode(x, y, color, tooltip=tooltip)
    chart = alt.layer(fills, *_frame(words, rules, y), lines, dots).properties(height=height)
    described = (
        f"{len(data)} monthly values in {len(labels)} panels below each other, {FIRST} to {LAST} months around the event at the "
        "upright rule. Each panel: stars gained above, active authors below, each strip from 0 to the figure beside its name. Gaps are "
        "months without a reading, not zeros. What rises or falls after an event need not come from it."
    )
    table = data.assign(month=data["month"].dt.strftime("%Y-%m"))
    return Figure(chart, title, described, source, f"{len(data)} monthly values of {data['repository'].nunique()} repositories", table)


def _panels(data: pd.DataFrame, labels: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, int]:
    """Return values with their places in pixels, the words, the rules, and the height of everything."""
    top, drawn, words, rules = 0, [], [], []
    for event, label in labels.items():
        words.append({"y": top + 8, "text": label, "is_heading": True})
        floor = top + HEADING
        for measure, (name, tall) in STRIPS.items():
            strip = data[(data["event_id"] == event) & (data["measure"] == measure)]
            most = float(strip["value"].max()) if len(strip) else 0.0
            scale = f"{name}, 0 to {most:,.0f}" if most > 0 else f"{name}: no reading"
            words.append({"y": floor + 9, "text": scale, "is_heading": False})
            floor += WORDS + tall
            rules.append({"y": floor, "event_top": None, "event_floor": None})
            heights = strip["value"].clip(lower=0) / most * tall if most > 0 else strip["value"]
            drawn.append(strip.assign(y=floor - heights, floor=floor, stretch=_stretches(strip)))
        rules.append({"y": None, "event_top": top + HEADING, "event_floor": floor})
        top = floor + GAP
    return pd.concat(drawn), pd.DataFrame(words), pd.DataFrame(rules), top


def _stretches(strip: pd.DataFrame) -> pd.Series[str]:
    """Return a name for every run of months without a gap, so that lines break where nothing was read."""
    gaps = strip.groupby("side")["months_since_event"].diff() != 1
    return strip["event_id"] + strip["side"] + strip["measure"] + gaps.cumsum().astype(str)


def _frame(words: pd.DataFrame, rules: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    floors = alt.Chart(rules.dropna(subset="y")).mark_rule(color=GRAY, opacity=0.6).encode(y, x=alt.value(0), x2=alt.value("width"))
    upright = alt.Chart(rules.dropna(subset="event_top")).mark_rule(color=GRAY, strokeDash=[4, 4])
    event = upright.encode(alt.Y("event_top:Q").axis(None), alt.Y2("event_floor:Q"), x=alt.datum(0))
    style: dict[str, Any] = {"align": "left", "limit": alt.ExprRef("width")}
    text = alt.Chart(words).encode(y, alt.Text("text:N"), x=alt.value(0))
    heading = text.transform_filter("datum.is_heading").mark_text(fontWeight=700, **style)
    small = text.transform_filter("!datum.is_heading").mark_text(fontSize=11, color=GRAY, **style)
    return [floors, event, heading, small]


def half_life_dots(waves: pd.DataFrame, *, known: dict[str, str], title: str, source: str) -> Figure:
    """Return how many months waves of stars took to halve: all repositories as ticks on top, the known ones as a row each.

    Parameters
    ----------
    waves
        One row a repository with columns repository, peak_month, peak_gained_30d, months_to_half (blank: not yet), months_watched.
    known
        Repositories that readers know, with the name of their row.
    title, source
        The finding in a sentence, and where the readings come from.
    """
    columns = ["repository", "peak_month", "peak_gained_30d", "months_to_half", "months_watched"]
    data = waves[columns].copy()
    data["state"] = data["months_to_half"].notna().map({True: HALVED, False: OPEN})
    data["months"] = data["months_to_half"].fillna(data["months_watched"]).astype("int64")
    data["peak_text"] = [
        f"{gain:,.0f} a month in {month:%Y-%m}" for gain, month in zip(data["peak_gained_30d"], data["peak_month"], strict=True)
    ]
    data["row"] = data["repository"].map(known)
    named = data.dropna(subset="row").sort_values(["months", "row"])
    n_halved = int((data["state"] == HALVED).sum())
    top = f"all {len(data)}"
    rows = [top, *named["row"]]
    most = int(data["months"].max())
    x, y = _half_life_axes(rows, most)
    colors = alt.Color("state:N").scale(domain=[HALVED, OPEN], range=[OKABE_ITO["blue"], OKABE_ITO["vermillion"]]).title(None)
    shapes = alt.Shape("state:N").scale(domain=[HALVED, OPEN], range=["circle", "triangle-right"]).title(None)
    tooltip = ["repository:N", "state:N", "months:Q", "peak_text:N"]
    spread = alt.Chart(data.assign(row=top, place=_spread(data["months"])))
    ticks = spread.mark_tick(thickness=1.2, size=15, opacity=0.9).encode(
        alt.X("place:Q").title("Months from the peak"), y, colors, tooltip=tooltip
    )
    base = alt.Chart(named.drop(columns="peak_month"))
    stems = base.mark_rule(color=GRAY, opacity=0.5).encode(x, y, x2=alt.datum(0))
    dots = base.mark_point(size=80, filled=True, opacity=1).encode(x, y, colors, shapes, tooltip=tooltip)
    chart = alt.layer(ticks, stems, dots, *_peaks(base, x, y, most)).properties(height=alt.Step(ROW))
    described = (
        f"{len(data)} repositories, months from the highest three-month mean of stars gained until it was at or below half: {n_halved} "
        f"had halved, {len(data) - n_halved} were still above half when their readings ended, where their mark stands. {len(named)} known "
        "ones have a row with the height and month of their peak."
    )
    table = data.assign(peak_month=data["peak_month"].dt.strftime("%Y-%m"))[columns].sort_values(["months_to_half", "repository"])
    return Figure(chart, title, described, source, f"{len(data)} repositories", table)


def _half_life_axes(rows: list[str], most: int) -> tuple[alt.X, alt.Y]:
    """Return months to the right and one row a repository below the row of all, which is set in bold."""
    x = (
        alt.X("months:Q")
        .scale(domain=[-0.5, most + 2], nice=False)
        .title("Months from the peak")
        .axis(values=list(range(0, most + 1, 12)), grid=True)
    )
    y = (
        alt.Y("row:N")
        .scale(domain=rows)
        .title(None)
        .axis(labelLimit=140, labelFontWeight={"condition": {"test": f"datum.value == '{rows[0]}'", "value": 700}, "value": 400})
    )
    return x, y


def _spread(months: pd.Series[int]) -> pd.Series[float]:
    """Return places within each month, side by side, so that ticks of the same month do not hide each other."""
    order, size = months.groupby(months).cumcount(), months.groupby(months).transform("size")
    places: pd.Series[float] = months + 0.8 * ((order + 0.5) / size - 0.5)
    return places


def _peaks(base: alt.Chart, x: alt.X, y: alt.Y, most: int) -> list[alt.Chart]:
    """Return the height of each peak beside its dot, on the side with more room."""
    layers = []
    for side, test, shift in (("left", f"datum.months <= {MIDDLE * most}", 10), ("right", f"datum.months > {MIDDLE * most}", -10)):
        style: dict[str, Any] = {"align": side, "dx": shift, "dy": -7 if side == "right" else 0, "fontSize": 11, "color": GRAY}
        text = base.transform_filter(test).mark_text(**style)
        layers.append(text.encode(x, y, alt.Text("peak_text:N")))
    return layers
