"""The Model Openness Framework drawn: each component in the class that first asks for it, with what became of it."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.analysis.releases.mof.states import PartState
from openstrat.present.charts.shared import filled, short_license
from openstrat.present.figure import Figure
from openstrat.present.theme import PALE

COLUMNS = ["heading", "component", "is_required", "state", "license"]
LOOKS = {
    PartState.OPEN: ("●", "open license", "#6FC9AC"),
    PartState.STOOD_IN: ("●", "the open paper stands in", "#C9E9DE"),
    PartState.INVALID: ("◐", "not open", "#F3C56B"),
    PartState.UNLICENSED: ("○", "no license", "#EDA27C"),
    PartState.MISSING: ("–", "not delivered", PALE),
    PartState.UNKNOWN: ("?", "not known", "#F8F3BC"),
}
"""Shape, words and color of each state: the palette's green, orange, vermillion and yellow, lightened for seventeen wide tiles."""
LEFT, ROW, TILE = 222, 25, 20
"""Pixels: where the tiles begin, a row, a tile."""
PER_LETTER, BESIDE = 6.1, 34


def class_parts(parts: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one tile a component under the heading of its class: a shape, a word, and the license where there is room.

    Parameters
    ----------
    parts
        One row a component with columns heading (of its class), component, is_required, state (a value of `PartState`), license
        (blank: none); drawn in the order of the rows.
    title, source
        The finding in a sentence, and where the rows come from.
    """
    data = parts[COLUMNS].copy()
    states = data["state"].map(PartState)
    data["name"] = data["component"].where(data["is_required"], data["component"] + " *")
    data["word"] = states.map(lambda state: f"{LOOKS[state][0]}  {LOOKS[state][1]}")
    data["license"] = filled(data["license"])
    named = data["license"].ne("")
    data["full"] = data["word"].where(~named, data["word"] + ": " + data["license"].map(short_license))
    data["width_needed"] = LEFT + BESIDE + PER_LETTER * data["full"].str.len()
    rows = [row for heading, inside in data.groupby("heading", sort=False) for row in (str(heading), *inside["component"])]
    y = alt.Y("component:N").scale(domain=rows).axis(None)
    chart = alt.layer(*_tiles(data, y), _headings(data, rows)).properties(height=alt.Step(ROW))
    return Figure(chart, title, _described(data, states), source, f"{len(data)} components", data[COLUMNS])


def _tiles(data: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    present = [state for state in LOOKS if state.value in set(data["state"])]
    colors = alt.Scale(domain=[state.value for state in present], range=[LOOKS[state][2] for state in present])
    base = alt.Chart(data).encode(y, tooltip=_tooltips())
    tiles = base.mark_rect(height=TILE, cornerRadius=4).encode(
        alt.Color("state:N").scale(colors).legend(None), x=alt.value(LEFT), x2=alt.value("width")
    )
    names = base.mark_text(align="left", limit=LEFT - 8).encode(alt.Text("name:N"), x=alt.value(10))
    shown = base.transform_calculate(shown="width > datum.width_needed ? datum.full : datum.word")
    style: dict[str, Any] = {"align": "left", "color": "black", "fontSize": 11, "limit": alt.ExprRef(f"width - {LEFT + 14}")}
    return [tiles, names, shown.mark_text(**style).encode(alt.Text("shown:N"), x=alt.value(LEFT + 8))]


def _headings(data: pd.DataFrame, rows: list[str]) -> alt.Chart:
    titles = pd.DataFrame({"component": list(dict.fromkeys(data["heading"]))})
    style: dict[str, Any] = {"align": "left", "fontWeight": 700, "limit": alt.ExprRef("width")}
    y = alt.Y("component:N").scale(domain=rows).axis(None)
    chart: alt.Chart = alt.Chart(titles).mark_text(**style).encode(y, alt.Text("component:N"), x=alt.value(0))
    return chart


def _tooltips() -> list[alt.Tooltip]:
    labels = {"component": "Component", "heading": "Class", "word": "What became of it", "license": "License"}
    return [alt.Tooltip(f"{name}:N", title=label) for name, label in labels.items()]


def _described(data: pd.DataFrame, states: pd.Series[str]) -> str:
    counts = states.value_counts()
    found = ", ".join(f"{counts[state]} {LOOKS[state][1]}" for state in LOOKS if state in counts.index)
    return (
        f"{len(data)} components as rows under the class that first asks for them, each with a shape and a word: {found}. "
        "The percentage of a class is the share of what it requires; a star marks what no class requires."
    )
