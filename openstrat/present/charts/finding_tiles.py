"""What several rules came out as: one tile a rule, with a shape, a word and what was found."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.analysis.strategy.finding import Answer
from openstrat.present.figure import Figure
from openstrat.present.theme import PALE

GOOD, MIDDLE, BAD, OPEN_QUESTION = "#6FC9AC", "#F3C56B", "#EDA27C", "#F8F3BC"
"""The palette's green, orange, vermillion and yellow, lightened for wide tiles."""
SHAPES = {Answer.YES: "●", Answer.PARTLY: "◐", Answer.NO: "○", Answer.UNKNOWN: "?", Answer.NOT_ASKED: "–"}
LEFT, ROW, TILE = 190, 26, 21
"""Pixels: where the tiles begin, a row, a tile."""
PER_LETTER, BESIDE = 6.1, 30


def finding_tiles(rows: pd.DataFrame, *, yes_is_good: bool, title: str, source: str) -> Figure:
    """Return one tile a rule: its name, the answer in a word of the caller's, and a short figure as far as there is room.

    Parameters
    ----------
    rows
        One row a rule with columns name, answer (a value of `Answer`), word, figure (empty: none); drawn in the order of the rows.
    yes_is_good
        Whether a yes speaks for the case; it decides the color only.
    title, source
        The finding in a sentence, and where the rows come from.
    """
    data = rows[["name", "answer", "word", "figure"]].copy()
    answers = data["answer"].map(Answer)
    data["said"] = [f"{SHAPES[answer]}  {word}" for answer, word in zip(answers, data["word"], strict=True)]
    data["full"] = data["said"].where(data["figure"].eq(""), data["said"] + ": " + data["figure"])
    data["width_needed"] = LEFT + BESIDE + PER_LETTER * data["full"].str.len()
    chart = alt.layer(*_tiles(data, yes_is_good=yes_is_good)).properties(height=alt.Step(ROW))
    counts = data["word"].value_counts()
    described = f"{len(data)} rules as rows, each with a shape and a word: {', '.join(f'{n} {word}' for word, n in counts.items())}."
    return Figure(chart, title, described, source, f"{len(data)} rules", data[["name", "answer", "word", "figure"]])


def _tiles(data: pd.DataFrame, *, yes_is_good: bool) -> list[alt.Chart]:
    ends = (GOOD, BAD) if yes_is_good else (BAD, GOOD)
    shades = {Answer.YES: ends[0], Answer.PARTLY: MIDDLE, Answer.NO: ends[1], Answer.UNKNOWN: OPEN_QUESTION, Answer.NOT_ASKED: PALE}
    colors = alt.Scale(domain=[answer.value for answer in shades], range=list(shades.values()))
    tips = [alt.Tooltip(f"{name}:N", title=label) for name, label in {"name": "Rule", "word": "Answer", "figure": "Figure"}.items()]
    y = alt.Y("name:N").scale(domain=data["name"].tolist()).axis(None)
    base = alt.Chart(data).encode(y, tooltip=tips)
    tiles = base.mark_rect(height=TILE, cornerRadius=4).encode(
        alt.Color("answer:N").scale(colors).legend(None), x=alt.value(LEFT), x2=alt.value("width")
    )
    names = base.mark_text(align="left", limit=LEFT - 8).encode(alt.Text("name:N"), x=alt.value(0))
    shown = base.transform_calculate(shown="width > datum.width_needed ? datum.full : datum.said")
    style: dict[str, Any] = {"align": "left", "color": "black", "fontSize": 11, "limit": alt.ExprRef(f"width - {LEFT + 14}")}
    return [tiles, names, shown.mark_text(**style).encode(alt.Text("shown:N"), x=alt.value(LEFT + 8))]
