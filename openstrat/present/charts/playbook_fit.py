"""How playbooks fit: what is shown and what is still possible, and every condition with a shape and a word."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

LOOKS = {"good": ("●", "speaks for it", "#6FC9AC"), "bad": ("×", "speaks against it", "#EDA27C"), "unknown": ("○", "not known", "#F8F3BC")}
"""Shape, words and color of each state: the palette's green, vermillion and yellow, lightened for wide tiles."""
ROW, TILE = 26, 22
"""Pixels: a row, a tile."""
PER_LETTER, BESIDE = 6.1, 24


def playbook_scores(scores: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return how much speaks for each playbook: a bar for what is shown, an outline for what is still possible.

    Parameters
    ----------
    scores
        One row a playbook and measure with columns playbook, measure (selects it, or fits it), low, high (0 to 1).
    title, source
        The finding in a sentence, and who gave the facts.
    """
    data = scores[["playbook", "measure", "low", "high"]].copy()
    data["row"] = data["playbook"] + ", " + data["measure"]
    same = data["low"] == data["high"]
    shown = (data["low"] * 100).round().astype(int).astype(str) + "%"
    possible = (data["high"] * 100).round().astype(int).astype(str) + "%"
    data["text"] = shown.where(same, shown + " shown, up to " + possible)
    y = alt.Y("row:N").scale(domain=data["row"].tolist()).title(None).axis(labels=False)
    tips = [alt.Tooltip("playbook:N"), alt.Tooltip("measure:N"), alt.Tooltip("low:Q", format=".0%"), alt.Tooltip("high:Q", format=".0%")]
    base = alt.Chart(data).encode(y, tooltip=tips)
    x = alt.X("high:Q").scale(domain=[0, 1]).axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=True).title("Share of conditions")
    outline = base.mark_bar(height=16, filled=False, stroke=GRAY, strokeDash=[4, 3], strokeWidth=1.5, yOffset=9).encode(x)
    bars = base.mark_bar(height=16, color=OKABE_ITO["blue"], yOffset=9).encode(alt.X("low:Q"))
    label = base.transform_calculate(label="datum.row + ': ' + datum.text").mark_text(align="left", dy=-9, limit=alt.ExprRef("width"))
    chart = alt.layer(outline, bars, label.encode(alt.Text("label:N"), x=alt.value(0))).properties(height=alt.Step(44))
    described = (
        "Two bars a playbook: facts that select it, and conditions that it needs or that would break it. The filled part is shown by "
        "the case, the dashed outline reaches to what is still possible while facts are missing."
    )
    return Figure(chart, title, described, source, f"{data['playbook'].nunique()} playbooks", data[["playbook", "measure", "low", "high"]])


def playbook_conditions(conditions: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one tile a condition under its playbook: a shape, the condition, and what the case gives where there is room.

    Parameters
    ----------
    conditions
        One row a condition with columns heading, kind, condition, state (good, bad, unknown), given; drawn in the order of the rows.
    title, source
        The finding in a sentence, and who gave the facts.
    """
    data = conditions[["heading", "kind", "condition", "state", "given"]].copy()
    data["row"] = data["heading"] + "|" + data["kind"] + "|" + data["condition"]
    mark = data["state"].map(lambda state: LOOKS[state][0])
    data["short"] = mark + "  " + data["condition"]
    data["full"] = data["short"] + ": " + data["given"]
    data["width_needed"] = BESIDE + PER_LETTER * data["full"].str.len()
    rows, heads = [], []
    for (heading, kind), inside in data.groupby(["heading", "kind"], sort=False):
        head = f"{heading}, {kind}"
        heads.append(head)
        rows += [head, *inside["row"]]
    y = alt.Y("row:N").scale(domain=rows).axis(None)
    chart = alt.layer(*_tiles(data, y), _headings(heads, y)).properties(height=alt.Step(ROW))
    counts = data["state"].value_counts()
    found = ", ".join(f"{counts[state]} {LOOKS[state][1]}" for state in LOOKS if state in counts.index)
    described = (
        f"{len(data)} conditions as rows under their playbook, each with a shape: {found}. ● speaks for it, × against it, ○ is not known."
    )
    return Figure(chart, title, described, source, f"{len(data)} conditions", data[["heading", "kind", "condition", "state", "given"]])


def _tiles(data: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    present = [state for state in LOOKS if state in set(data["state"])]
    colors = alt.Scale(domain=present, range=[LOOKS[state][2] for state in present])
    tips = [alt.Tooltip(f"{name}:N") for name in ("heading", "kind", "condition", "given", "state")]
    base = alt.Chart(data).encode(y, tooltip=tips)
    tiles = base.mark_rect(height=TILE, cornerRadius=4).encode(
        alt.Color("state:N").scale(colors).legend(None), x=alt.value(0), x2=alt.value("width")
    )
    shown = base.transform_calculate(shown="width > datum.width_needed ? datum.full : datum.short")
    style: dict[str, Any] = {"align": "left", "color": "black", "fontSize": 11, "limit": alt.ExprRef("width - 14")}
    return [tiles, shown.mark_text(**style).encode(alt.Text("shown:N"), x=alt.value(8))]


def _headings(heads: list[str], y: alt.Y) -> alt.Chart:
    titles = pd.DataFrame({"row": heads})
    style: dict[str, Any] = {"align": "left", "fontWeight": 700, "limit": alt.ExprRef("width")}
    chart: alt.Chart = alt.Chart(titles).mark_text(**style).encode(y, alt.Text("row:N"), x=alt.value(0))
    return chart
