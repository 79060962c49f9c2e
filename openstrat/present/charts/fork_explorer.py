"""The linked charts of the fork explorer: both sides, who moved, and below them all months, on which a stretch can be marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.charts.fork_sides import (
    GROUPS,
    SIDE_COLORS,
    event_marks,
    events_within,
    moved_layers,
    moved_long,
    plain_months,
    side_lines,
    time_axis,
    top_of,
)
from openstrat.present.figure import Figure
from openstrat.present.words import counted

BRUSH = "months"


@dataclass(frozen=True)
class View:
    """What the explorer draws: months of both sides as `side_months` gives them and people as `movement` does, within the window."""

    months: pd.DataFrame
    moved: pd.DataFrame
    events: Mapping[str, str]
    names: Mapping[str, str]
    label: str
    is_share: bool = False


def fork_view(view: View, *, title: str, source: str) -> Figure:
    """Return three linked charts; marking months in the lowest narrows both upper ones to them, a double-click shows all again.

    Parameters
    ----------
    view
        What is drawn.
    title, source
        The answer in a sentence, and where the rows come from.
    """
    data = plain_months(view.months, view.names)
    brush = alt.selection_interval(name=BRUSH, encodings=["x"])
    parts = [_lines(view, data, brush), *_moved(view, brush), _context(view, data).add_params(brush)]
    chart = alt.vconcat(*parts, spacing=16).resolve_scale(color="independent", strokeDash="independent")
    sides = " and ".join(f"{name} ({'full' if side == 'upstream' else 'dashed'})" for side, name in view.names.items())
    described = (
        f"Top: {view.label} of {sides} by month. Middle: people by where they are and come from. Bottom: all months of the window; "
        "drag over some to see only them above, double-click for all."
    )
    table = data.assign(month=data["month"].dt.strftime("%Y-%m"))[["month", "side", "repository", "value", "is_partial"]].dropna(
        subset=["value"]
    )
    return Figure(chart, title, described, source, counted(len(table), "month"), table)


def _lines(view: View, data: pd.DataFrame, brush: alt.Parameter) -> Any:
    x = alt.X("month:T").title(None).axis(**time_axis(data["month"]))
    form = {"format": ".0%"} if view.is_share else {"tickMinStep": 1}
    y = alt.Y("value:Q").scale(domain=[0, top_of(data)], nice=False).title(view.label).axis(tickCount=5, grid=True, **form)
    lines = side_lines(data, x, y, view.names, legend=alt.Legend(symbolType="stroke", symbolStrokeWidth=3))
    return _within_brush([*lines, *_events(view, data, x)], brush).properties(height=240)


def _moved(view: View, brush: alt.Parameter) -> list[Any]:
    if view.moved[list(GROUPS)].notna().sum().sum() == 0:
        return []
    x = alt.X("month:T").title(None).axis(**time_axis(view.moved["month"]))
    layers = moved_layers(moved_long(view.moved), view.moved, x)
    return [_within_brush(layers, brush).properties(height=200)]


def _events(view: View, data: pd.DataFrame, x: alt.X, *, at_top: bool = True) -> list[Any]:
    shown = events_within(view.events, data["month"])
    return event_marks(shown, x, left=data["month"].min(), right=data["month"].max(), at_top=at_top)


def _within_brush(layers: list[Any], brush: alt.Parameter) -> Any:
    """Return layers that each keep the marked months only: every layer has its own data, so a filter around them would not reach it."""
    return alt.layer(*(layer.transform_filter(brush) for layer in layers))


def _context(view: View, data: pd.DataFrame) -> Any:
    x = alt.X("month:T").title("drag over months to see only them above; double-click for all").axis(**time_axis(data["month"]))
    y = alt.Y("value:Q").title(None).axis(tickCount=2, grid=False, labels=False)
    scale = alt.Scale(domain=list(view.names.values()), range=[SIDE_COLORS[side] for side in view.names])
    lines = alt.Chart(data).mark_line(strokeWidth=1.4).encode(x, y, alt.Color("name:N").scale(scale).legend(None))
    return alt.layer(lines, *_events(view, data, x, at_top=False)).properties(height=60)
