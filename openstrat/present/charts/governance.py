"""How a project says that it is run: one tile a topic, with a shape, a word and the file."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.analysis.audit.governance import Presence
from openstrat.present.charts.shared import filled
from openstrat.present.figure import Figure
from openstrat.present.theme import PALE
from openstrat.present.words import readable

LOOKS = {
    Presence.FOUND: ("●", "a file", "#6FC9AC"),
    Presence.PRACTICED: ("●", "no file, but in the commits", "#C9E9DE"),
    Presence.MENTIONED: ("◐", "mentioned", "#F3C56B"),
    Presence.NOT_FOUND: ("–", "not found here", PALE),
    Presence.UNKNOWN: ("?", "not known", "#F8F3BC"),
}
"""Shape, words and color of each state: the palette's green, orange and yellow, lightened for wide tiles."""
CAPITALS = {"cla": "CLA", "dco": "DCO (sign-off)"}
LEFT, ROW, TILE = 160, 26, 21
"""Pixels: where the tiles begin, a row, a tile."""
PER_LETTER, BESIDE = 6.1, 30


def governance_strip(topics: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one tile a topic: what was found, and where, as far as there is room.

    Parameters
    ----------
    topics
        One row a topic with columns topic, state (a value of `Presence`), paths (blank: none); drawn in the order of the rows.
    title, source
        The finding in a sentence, and where the rows come from.
    """
    data = topics[["topic", "state", "paths"]].copy()
    states = data["state"].map(Presence)
    data["name"] = [CAPITALS.get(topic, readable(topic)) for topic in data["topic"]]
    data["word"] = states.map(lambda state: f"{LOOKS[state][0]}  {LOOKS[state][1]}")
    paths = filled(data["paths"])
    data["full"] = data["word"].where(paths.eq(""), data["word"] + ": " + paths)
    data["width_needed"] = LEFT + BESIDE + PER_LETTER * data["full"].str.len()
    chart = alt.layer(*_tiles(data)).properties(height=alt.Step(ROW))
    counts = states.value_counts()
    found = ", ".join(f"{counts[state]} {LOOKS[state][1]}" for state in LOOKS if state in counts.index)
    described = f"{len(data)} topics as rows, each with a shape and a word: {found}. What is not found here may be in another place."
    return Figure(chart, title, described, source, f"{len(data)} topics", data[["topic", "state", "paths"]])


def _tiles(data: pd.DataFrame) -> list[alt.Chart]:
    present = [state for state in LOOKS if state.value in set(data["state"])]
    colors = alt.Scale(domain=[state.value for state in present], range=[LOOKS[state][2] for state in present])
    labels = {"name": "Topic", "word": "State", "paths": "Files"}
    tips = [alt.Tooltip(f"{name}:N", title=label) for name, label in labels.items()]
    y = alt.Y("name:N").scale(domain=data["name"].tolist()).axis(None)
    base = alt.Chart(data).encode(y, tooltip=tips)
    tiles = base.mark_rect(height=TILE, cornerRadius=4).encode(
        alt.Color("state:N").scale(colors).legend(None), x=alt.value(LEFT), x2=alt.value("width")
    )
    names = base.mark_text(align="left", limit=LEFT - 8).encode(alt.Text("name:N"), x=alt.value(0))
    shown = base.transform_calculate(shown="width > datum.width_needed ? datum.full : datum.word")
    style: dict[str, Any] = {"align": "left", "color": "black", "fontSize": 11, "limit": alt.ExprRef(f"width - {LEFT + 14}")}
    return [tiles, names, shown.mark_text(**style).encode(alt.Text("shown:N"), x=alt.value(LEFT + 8))]
