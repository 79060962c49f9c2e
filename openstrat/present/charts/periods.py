"""Licenses over time: what a family of models was released under, and when delayed licenses open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.charts.shared import filled, in_short, level_scale, short_license
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO
from openstrat.present.words import counted, readable

PERIOD_COLUMNS = ["family", "from_on", "to_on", "license_id", "level", "restrictions", "change"]
OPENING_COLUMNS = ["project", "version", "released_on", "opens_on", "opens_to", "state"]
STATE_COLORS = {"open": OKABE_ITO["green"], "waiting": OKABE_ITO["orange"]}
"""Whether the opening of a version lies behind or ahead of the as-of day."""
HEADING, ROW, BAR = 30, 46, 11
"""Pixels: a group's heading, a bar with two lines of text above it, the bar itself."""
LINE = 14
PER_LETTER = 6.8
"""Pixels of a letter; text that does not fit between its bar's start and the right edge ends at that edge."""


def license_periods(periods: pd.DataFrame, *, as_of: str, title: str, source: str) -> Figure:
    """Return one bar a license that a family was released under, as long as it was the current one, in the color of its level.

    Parameters
    ----------
    periods
        One row a family and license with columns family, from_on and to_on (dates; to_on blank: until `as_of`), license_id, level,
        restrictions ('; '-joined), change (what it brought, in a few words; blank: nothing to say); drawn in the order of the rows.
    as_of
        Day on which the chart ends, `YYYY-MM-DD`.
    title, source
        The finding in a sentence, and where the dates and terms come from.
    """
    data = periods[PERIOD_COLUMNS].copy()
    limits = filled(data["restrictions"]).map(in_short)
    bars = pd.DataFrame(
        {
            "group": data["family"],
            "line_1": data["license_id"].map(short_license) + limits.map(lambda words: f": {words}" if words else ""),
            "line_2": filled(data["change"]),
            "start": pd.to_datetime(data["from_on"]),
            "end": pd.to_datetime(data["to_on"]).fillna(pd.Timestamp(as_of)),
            "key": data["level"].map(readable),
        }
    )
    n_families = data["family"].nunique()
    families = f"{n_families} model {'family' if n_families == 1 else 'families'}"
    chart = _bars(bars, as_of, level_scale(data["level"]))
    described = (
        f"{counted(len(data), 'license')} of {families} as bars over time. A bar lasts from the first release under a license to "
        "the first under the next, and its color is the level of the weights; the text says what bounds their use and what changed. "
        f"What was released under an older license stays under it. The dashed line is {as_of}."
    )
    data["from_on"], data["to_on"] = (pd.to_datetime(data[name]).dt.strftime("%Y-%m-%d") for name in ("from_on", "to_on"))
    return Figure(chart, title, described, source, f"{counted(len(data), 'license')} of {families}", data)


def delayed_openings(openings: pd.DataFrame, *, as_of: str, title: str, source: str) -> Figure:
    """Return one bar a version, from its release to the day on which its license opens.

    Parameters
    ----------
    openings
        One row a version with columns project, version, released_on, opens_on (dates), opens_to (license id), state (open or
        waiting); drawn in the order of the rows.
    as_of
        Day that is drawn as a dashed line, `YYYY-MM-DD`.
    title, source
        The finding in a sentence, and where the dates come from.
    """
    data = openings[OPENING_COLUMNS].copy()
    opens = pd.to_datetime(data["opens_on"])
    said = [("opened" if state == "open" else "opens") + f" {day:%Y-%m-%d}" for state, day in zip(data["state"], opens, strict=True)]
    bars = pd.DataFrame(
        {
            "group": data["project"],
            "line_1": data["version"] + ": " + said + " to " + data["opens_to"].map(short_license),
            "line_2": "",
            "start": pd.to_datetime(data["released_on"]),
            "end": opens,
            "key": data["state"],
        }
    )
    present = [state for state in STATE_COLORS if state in set(data["state"])]
    chart = _bars(bars, as_of, alt.Scale(domain=present, range=[STATE_COLORS[state] for state in present]))
    described = (
        f"{len(data)} versions of {data['project'].nunique()} projects as bars from release to the day on which the license opens; "
        f"{int(data['state'].eq('open').sum())} are open on {as_of}, the dashed line."
    )
    return Figure(chart, title, described, source, f"{len(data)} versions", data)


@dataclass(frozen=True)
class _Place:
    """Heights in pixels from the top: of the headings by group, and of each bar."""

    headings: pd.DataFrame
    bars: pd.DataFrame
    height: int


def _place(bars: pd.DataFrame) -> _Place:
    """Stack the bars under the heading of their group."""
    row = ROW if bars["line_2"].ne("").any() else ROW - LINE
    headings, at, top = [], [], 0
    for group, inside in bars.groupby("group", sort=False):
        headings.append({"group": group, "y": top + HEADING - 12})
        at += [(index, top + HEADING + row * (place + 1) - BAR) for place, index in enumerate(inside.index)]
        top += HEADING + row * len(inside) + 4
    heights = pd.Series(dict(at), name="y")
    return _Place(pd.DataFrame(headings), bars.assign(y=heights), top)


def _bars(bars: pd.DataFrame, as_of: str, colors: alt.Scale) -> alt.LayerChart | alt.FacetChart:
    """Return bars over time under bold headings, each with up to two lines of text above it."""
    placed = _place(bars)
    first, last = bars["start"].min(), max(bars["end"].max(), pd.Timestamp(as_of))
    across = (placed.bars["start"] - first) / (last - first)
    letters = placed.bars[["line_1", "line_2"]].apply(lambda column: column.str.len()).max(axis=1)
    drawn = placed.bars.assign(room=1 - across, needed=letters * PER_LETTER, last=last)
    y = alt.Y("y:Q").scale(domain=[0, placed.height], reverse=True, nice=False).axis(None)
    time = alt.X("start:T").scale(domain=[_day(first), _day(last)], nice=False).axis(orient="top", format="%Y", tickCount="year", grid=True)
    base = alt.Chart(drawn).encode(time.title(None), y, tooltip=_tooltips())
    color = alt.Color("key:N").scale(colors).title(None)
    lengths = base.mark_rule(strokeWidth=BAR, strokeCap="butt").encode(alt.X2("end:T"), color)
    starts = base.mark_circle(size=BAR**2, opacity=1).encode(color)
    rule = alt.Chart(pd.DataFrame({"start": [as_of]})).mark_rule(color=GRAY, strokeDash=[4, 4]).encode(time)
    headings = (
        alt.Chart(placed.headings).mark_text(align="left", fontWeight=700, fontSize=13).encode(y, alt.Text("group:N"), x=alt.value(0))
    )
    return alt.layer(rule, lengths, starts, *_lines(base), headings).properties(height=placed.height)


def _day(moment: pd.Timestamp) -> alt.DateTime:
    return alt.DateTime(year=moment.year, month=moment.month, date=moment.day)


def _lines(base: alt.Chart) -> list[alt.Chart]:
    """Return the lines of text above the bars: from the bar's start where they fit, else up to the right edge."""
    up = BAR / 2 + 8
    fits = "datum.room * width > datum.needed"
    layers = []
    align: Any
    for test, align, x in ((fits, "left", alt.X("start:T")), (f"!({fits})", "right", alt.X("last:T"))):
        here = base.transform_filter(test).encode(x)
        limit = alt.ExprRef("width - 2")
        above = here.transform_filter("datum.line_2 != ''")
        layers.append(above.mark_text(align=align, dy=-up - LINE, limit=limit).encode(alt.Text("line_1:N")))
        layers.append(above.mark_text(align=align, dy=-up, fontSize=11, color=GRAY, limit=limit).encode(alt.Text("line_2:N")))
        alone = here.transform_filter("datum.line_2 == ''")
        layers.append(alone.mark_text(align=align, dy=-up, limit=limit).encode(alt.Text("line_1:N")))
    return layers


def _tooltips() -> list[alt.Tooltip]:
    days = [alt.Tooltip(f"{name}:T", title=label, format="%Y-%m-%d") for name, label in (("start", "From"), ("end", "To"))]
    return [alt.Tooltip("line_1:N", title="License"), alt.Tooltip("line_2:N", title="Change"), *days]
