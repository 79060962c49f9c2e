"""The spectrum strip: every layer under every option, colored by position."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import LEVEL_COLORS
from openstrat.present.words import readable
from openstrat.terms import Layer, OpennessLevel

LETTERS = {"fully_open": "open", "open_weights": "limited", "source_available": "readable", "closed": "", "undetermined": "?"}


def spectrum_strip(placements: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return the spectrum strip of a case.

    Parameters
    ----------
    placements
        One row an option and layer with columns option, layer, level, license_id, restrictions, reason.
    title, source
        The finding in a sentence, and where the terms come from.
    """
    data = placements[["option", "layer", "level", "license_id", "restrictions", "reason"]].copy()
    data["position"] = data["level"].map(readable)
    data["word"] = data["level"].map(LETTERS)
    data["license_id"] = data["license_id"].fillna("none")
    data["option"] = data["option"].map(readable)
    data["layer_name"] = data["layer"].map(readable)
    layers = [readable(layer.value) for layer in Layer if layer.value in set(data["layer"])]
    options = list(dict.fromkeys(data["option"]))
    present = [level for level in OpennessLevel if level.value in set(data["level"])]
    scale = alt.Scale(domain=[level.label for level in present], range=[LEVEL_COLORS[level] for level in present])
    base = alt.Chart(data).encode(
        alt.X("layer_name:N").sort(layers).title(None).axis(orient="top", labelAngle=-90, domain=False),
        alt.Y("option:N").sort(options).title(None),
        tooltip=[alt.Tooltip(f"{name}:N", title=label) for name, label in TOOLTIPS.items()],
    )
    cells = base.mark_rect(cornerRadius=3, stroke="white", strokeWidth=2).encode(
        alt.Color("position:N").scale(scale).title("Position on the spectrum")
    )
    words = base.mark_text(fontSize=11, color="black").encode(alt.Text("word:N"))
    chart = (cells + words).properties(height=alt.Step(34))
    table = data[["option", "layer", "position", "license_id", "restrictions", "reason"]]
    described = f"A grid of {len(options)} options (rows) by {len(layers)} layers (columns); each cell shows the position of the layer."
    return Figure(chart, title, described, source, f"{len(data)} layer positions", table)


TOOLTIPS = {"option": "Option", "layer_name": "Layer", "license_id": "License", "position": "Position", "reason": "Because"}
