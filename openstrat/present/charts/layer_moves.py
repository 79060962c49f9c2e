"""What opening each layer alone would bring against holding it: mean and range."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, STANCE_COLORS
from openstrat.terms import Stance

ROW = 40
SHAPES = {Stance.OPEN: "circle", Stance.DECIDE: "diamond", Stance.HOLD: "square"}


def layer_moves(gains: pd.DataFrame, *, title: str, source: str, n: int) -> Figure:
    """Return one row a layer: the mean difference in value between opening and holding it, and 90 percent of draws as a line.

    Parameters
    ----------
    gains
        One row a layer with columns layer, advice (a stance), gain, low, high (USD million), words.
    title, source, n
        The finding in a sentence, where the figures come from, and the number of draws.
    """
    data = gains.reset_index(drop=True).copy()
    y = alt.Y("layer:N").scale(domain=data["layer"].tolist()).title(None).axis(labels=False)
    present = [stance for stance in Stance if stance.value in set(data["advice"])]
    names = [stance.value for stance in present]
    color = alt.Color("advice:N").scale(domain=names, range=[STANCE_COLORS[stance] for stance in present]).title(None)
    shape = alt.Shape("advice:N").scale(domain=names, range=[SHAPES[stance] for stance in present]).title(None)
    x = alt.X("gain:Q").title("Value of opening less holding, USD million").axis(grid=True, tickCount=6)
    base = alt.Chart(data).encode(y)
    zero = alt.Chart(pd.DataFrame({"gain": [0.0]})).mark_rule(color=GRAY).encode(x)
    lines = base.mark_rule(strokeWidth=2.5, yOffset=8).encode(alt.X("low:Q"), alt.X2("high:Q"), alt.Color("advice:N"))
    tips = ["layer:N", "advice:N", *(alt.Tooltip(f"{name}:Q", format=",.2f") for name in ("gain", "low", "high"))]
    dots = base.mark_point(size=90, filled=True, opacity=1, yOffset=8).encode(x, color, shape, tooltip=tips)
    style: dict[str, Any] = {"align": "left", "dy": -9, "limit": alt.ExprRef("width")}
    texts = base.mark_text(**style).encode(alt.Text("words:N"), x=alt.value(0))
    chart = alt.layer(zero, lines, dots, texts).properties(height=alt.Step(ROW))
    described = (
        "One row a layer that can be opened or held, all others as in the combination taken. The mark is the mean difference over draws, "
        "the line holds nine draws in ten; right of zero, opening is worth more."
    )
    table = data[["layer", "advice", "gain", "low", "high"]].round(3)
    return Figure(chart, title, described, source, f"{n:,} draws", table)
