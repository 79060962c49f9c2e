"""Licenses side by side: what each answers to the same questions, in words and shapes."""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import pandas as pd

from openstrat.analysis.licenses.questions import State
from openstrat.present.charts.shared import short_license
from openstrat.present.figure import Figure
from openstrat.present.theme import OKABE_ITO, PALE

COLUMNS = ["license_id", "question", "state", "word", "sentence"]
LOOKS = {
    State.RESTRICTS: ("●", OKABE_ITO["vermillion"]),
    State.ASKS: ("◐", OKABE_ITO["sky"]),
    State.FREE: ("○", "#BFE3D8"),
    State.SILENT: ("–", PALE),
    State.UNKNOWN: ("?", OKABE_ITO["yellow"]),
}
"""Shape and color of each state; the fuller the circle, the more a license binds."""
ROW, CELL = 48, 24
MANY = 4
"""From this many licenses their names are set smaller and broken into shorter lines."""
PER_LETTER, BESIDE = 5.8, 26
"""Pixels of a letter at this size of text, and of the shape with the room beside it."""


def terms_matrix(answers: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return a matrix of questions (rows) by licenses (columns); each cell is a shape and a word.

    Parameters
    ----------
    answers
        One row a license and question with columns license_id, question, state (a value of `State`), word (the answer in a word or
        two), sentence (the answer in full, shown on hovering); drawn in the order of the rows.
    title, source
        The finding in a sentence, and where the terms come from.
    """
    data = _drawn(answers)
    many = data["license_id"].nunique() >= MANY
    names, questions = list(dict.fromkeys(data["license"])), list(dict.fromkeys(data["question"]))
    x = alt.X("license:N").scale(domain=names, padding=0).axis(**_name_axis(names, font_size=10 if many else 12)).title(None)
    y = alt.Y("question:N").scale(domain=questions).axis(None)
    base = alt.Chart(data).encode(x, y, tooltip=_tooltips())
    present = [state for state in LOOKS if state.value in set(data["state"])]
    colors = alt.Scale(domain=[state.value for state in present], range=[LOOKS[state][1] for state in present])
    cells = base.mark_rect(height=CELL, yOffset=9, width={"band": 0.97}, cornerRadius=4).encode(
        alt.Color("state:N").scale(colors).legend(None)
    )
    fits = f"width / {len(names)} > datum.width_needed"
    words = (
        base.transform_calculate(shown=f"datum.shape + '  ' + ({fits} ? datum.word : datum.in_short)")
        .mark_text(fontSize=11, dy=9, color="black", limit=alt.ExprRef(f"width / {len(names)} - 6"))
        .encode(alt.Text("shown:N"))
    )
    asked = pd.DataFrame({"question": questions})
    headings = alt.Chart(asked).mark_text(align="left", dy=-14, fontWeight=600).encode(y, alt.Text("question:N"), x=alt.value(2))
    chart = alt.layer(cells, words, headings).properties(height=alt.Step(ROW))
    described = (
        f"{len(questions)} questions as rows, {len(names)} licenses as columns; each cell has a shape and a word. {_key(present)} "
        "A cell too narrow for its answer says limits, asks, free, silent or unknown."
    )
    return Figure(chart, title, described, source, f"{len(names)} licenses, {len(questions)} questions", data[COLUMNS])


def _drawn(answers: pd.DataFrame) -> pd.DataFrame:
    data = answers[COLUMNS].copy()
    letters = 9 if data["license_id"].nunique() >= MANY else 18
    data["license"] = data["license_id"].map(lambda name: _broken(short_license(name), letters))
    data["shape"] = data["state"].map(lambda state: LOOKS[State(state)][0])
    data["in_short"] = data["state"].map(lambda state: "limits" if state == State.RESTRICTS else State(state).label)
    data["width_needed"] = BESIDE + PER_LETTER * data["word"].str.len()
    return data


def _broken(name: str, letters: int) -> str:
    """Return a name in lines of at most so many letters where its hyphens and blanks allow it."""
    lines = [""]
    for part in re.findall(r"[^-\s]+[-\s]?", name):
        if lines[-1] and len(lines[-1]) + len(part) > letters:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def _name_axis(names: list[str], *, font_size: int) -> dict[str, Any]:
    """Return the axis of license names; lines hang down from the first, so the axis leaves room for the longest name."""
    padding = 8 + (font_size + 2) * max(name.count("\n") for name in names)
    look = {"orient": "top", "domain": False, "labelAngle": 0, "labelBaseline": "line-bottom", "labelFontWeight": 600, "labelLimit": 200}
    return {"labelExpr": "split(datum.label, '\\n')", "labelOverlap": False, "labelPadding": padding, "labelFontSize": font_size, **look}


def _tooltips() -> list[alt.Tooltip]:
    labels = {"license_id": "License", "question": "Question", "word": "Answer", "sentence": "In full"}
    return [alt.Tooltip(f"{name}:N", title=label) for name, label in labels.items()]


def _key(present: list[State]) -> str:
    return " ".join(f"{LOOKS[state][0]} {state.label}: {state.definition[0].lower()}{state.definition[1:]}" for state in present)
