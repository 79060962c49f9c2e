"""Who may use what: licenses by spectrum level, by answer, and the ladder of thresholds, linked by a click."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.analysis.licenses.askers import Asker
from openstrat.analysis.licenses.permissions import Answer
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, LEVEL_COLORS, OKABE_ITO
from openstrat.present.words import readable
from openstrat.terms import OpennessLevel, values

WIDTHS = {"levels": 112, "list": 690}
ROW, MOST_ROWS = 16, 36
"""Pixels a row of the list, and how many rows a column has before the next one starts."""
LADDERS = {
    "users": ("Monthly users", 1e3, 2e10, 360),
    "revenue": ("Revenue, USD a year", 1e4, 2e11, 360),
    "people": ("People", 1, 2e5, 150),
}
"""Measure to heading, ends of the logarithmic scale, width in pixels."""
EFFECTS = {"barred": OKABE_ITO["vermillion"], "gated": OKABE_ITO["orange"], "duty": OKABE_ITO["blue"]}
LADDER_KEY = {"users": "filled: reached by you; hollow: not reached, or not known", "revenue": "monthly limits times twelve", "people": ""}
SHORT_NUMBER = "replace(format(datum.value, '.0s'), 'G', 'B')"
FADED = 0.15


def permission_view(answers: pd.DataFrame, ladder: pd.DataFrame, *, asker: Asker, selected: str | None, title: str, source: str) -> Figure:
    """Return linked views; a click on a level fades the licenses and thresholds of all other levels.

    Parameters
    ----------
    answers
        One row a license with columns license_id, level, answer, clause, duties.
    ladder
        Thresholds as `threshold_ladder` gives them, with a column level.
    asker
        Where the company stands, drawn as rules.
    selected
        The license that is shown in detail elsewhere; its dot has a ring.
    title, source
        The finding in a sentence, and where the terms come from.
    """
    chosen = alt.selection_point(fields=["level"], name="level", empty=True)
    present = [level for level in OpennessLevel if level.value in set(answers["level"])]
    color = (
        alt.Color("level:N").scale(domain=[level.label for level in present], range=[LEVEL_COLORS[level] for level in present]).legend(None)
    )
    data = answers[["license_id", "level", "answer", "clause", "duties"]].copy()
    data["level"] = data["level"].map(readable)
    data["is_selected"] = data["license_id"] == selected
    views = [alt.hconcat(_levels(data, chosen, color, present), _licenses(data, chosen, color), spacing=36, bounds="flush")]
    points = ladder.assign(level=ladder["level"].map(readable), state=ladder["state"].map(readable), answer=ladder["effect"])
    at = {"users": asker.users, "revenue": asker.revenue_usd, "people": asker.people}
    rungs = [
        _ladder(points[points["measure"] == measure], measure, at[measure], chosen)
        for measure in LADDERS
        if measure != "people" or (points["measure"] == measure).any()
    ]
    views.append(alt.hconcat(*rungs, spacing=34).resolve_scale(color="independent", fill="independent"))
    described = (
        f"Left, {len(data)} licenses counted by spectrum level. Right, the same licenses listed in four columns, "
        f"{', '.join(values(Answer))}. Below, thresholds as dots on logarithmic scales of users, revenue and people, with a rule at "
        "this company; the color says whether a test bars, gates or asks for a duty."
    )
    chart = alt.vconcat(*views, spacing=18).resolve_scale(color="independent")
    return Figure(chart, title, described, source, f"{len(data)} licenses, {len(points)} thresholds", answers)


def _levels(data: pd.DataFrame, chosen: alt.Parameter, color: alt.Color, present: list[OpennessLevel]) -> alt.LayerChart | alt.FacetChart:
    counted = data.groupby("level", sort=False).size().rename("licenses").reset_index()
    counted["label"] = [f"{level}  {licenses}" for level, licenses in zip(counted["level"], counted["licenses"], strict=True)]
    y = alt.Y("level:N").sort([level.label for level in present]).axis(None)
    faded = alt.condition(chosen, alt.value(1.0), alt.value(0.25))
    base = alt.Chart(counted).encode(y, tooltip=["level:N", "licenses:Q"])
    bars = base.mark_bar(height=16, yOffset=9, cursor="pointer").encode(alt.X("licenses:Q").axis(None), color, opacity=faded)
    labels = base.mark_text(align="left", dy=-9, cursor="pointer").encode(alt.Text("label:N"), x=alt.value(0), opacity=faded)
    heading = alt.TitleParams("Licenses by level", subtitle="click one to follow it", fontSize=13)
    return alt.layer(bars.add_params(chosen), labels).properties(width=WIDTHS["levels"], height=alt.Step(48), title=heading)


def _licenses(data: pd.DataFrame, chosen: alt.Parameter, color: alt.Color) -> alt.LayerChart | alt.FacetChart:
    placed, headings = _in_columns(data)
    n_columns = int(headings["column"].iloc[-1] + headings["width"].iloc[-1])
    n_rows = min(len(data), MOST_ROWS)
    width = WIDTHS["list"] / n_columns
    x = alt.X("column:Q").axis(None).scale(domain=[0, n_columns], nice=False, zero=False)
    y = alt.Y("row:Q").axis(None).scale(domain=[-1.8, n_rows - 0.5], reverse=True, nice=False, zero=False)
    shown = {"license_id": "License", "level": "Level", "clause": "Because", "duties": "Duties"}
    base = alt.Chart(placed).encode(
        x,
        y,
        opacity=alt.condition(chosen, alt.value(1.0), alt.value(FADED)),
        tooltip=[alt.Tooltip(f"{name}:N", title=label) for name, label in shown.items()],
    )
    ring = alt.condition("datum.is_selected", alt.value("black"), alt.value("transparent"))
    dots = base.mark_circle(size=70, xOffset=6, strokeWidth=2).encode(color, stroke=ring)
    names = base.mark_text(align="left", fontSize=11, dx=14, limit=width - 18).encode(alt.Text("name:N"))
    words = alt.Chart(headings).mark_text(align="left", fontSize=13, fontWeight=600).encode(x, y, alt.Text("heading:N"))
    return alt.layer(dots, names, words).properties(width=WIDTHS["list"], height=(n_rows + 1.3) * ROW)


def _in_columns(data: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the licenses with column and row, and the heading of each answer; a long answer takes several columns."""
    order = {level.label: place for place, level in enumerate(OpennessLevel)}
    placed = data.assign(order=data["level"].map(order), name=data["license_id"].str.removeprefix("LicenseRef-"))
    placed = placed.sort_values(["order", "name"], key=lambda column: column.str.lower() if column.name == "name" else column)
    number = placed.groupby("answer").cumcount()
    counts = placed["answer"].value_counts()
    starts, headings, column = {}, [], 0
    for answer in values(Answer):
        count = int(counts.get(answer, 0))
        width = max(1, -(-count // MOST_ROWS))
        headings.append({"heading": f"{answer}  {count}", "column": column, "width": width, "row": -1.3})
        starts[answer] = column
        column += width
    placed["column"] = placed["answer"].map(starts) + number // MOST_ROWS
    placed["row"] = number % MOST_ROWS
    return placed, pd.DataFrame(headings)


def _ladder(points: pd.DataFrame, measure: str, at: float | None, chosen: alt.Parameter) -> alt.LayerChart | alt.FacetChart:
    heading, low, high, width = LADDERS[measure]
    stacked = points.sort_values(["value", "license_id"]).copy()
    stacked["place"] = stacked.groupby("value").cumcount()
    axis: dict[str, Any] = {"labelExpr": SHORT_NUMBER, "tickCount": 7 if width > 200 else 3, "grid": True, "labelFlush": False}
    x = alt.X("value:Q").scale(type="log", domain=[low, high], nice=False, clamp=True).axis(**axis).title(None)
    y = alt.Y("place:Q").axis(None).scale(domain=[-0.8, 9.5], nice=False)
    scale = alt.Scale(domain=list(EFFECTS), range=list(EFFECTS.values()))
    key = alt.Legend(orient="bottom", title="Once reached", symbolType="circle") if measure == "users" else None
    layers = [] if at is None else [_position(min(max(at, low), high), x)]
    dots = (
        alt.Chart(stacked)
        .mark_point(size=75, strokeWidth=2)
        .encode(
            x,
            y,
            alt.Fill("answer:N").scale(scale).legend(None),
            alt.Color("answer:N").scale(scale).legend(key),
            fillOpacity=alt.condition("datum.state === 'reached'", alt.value(1.0), alt.value(0.0)),
            opacity=alt.condition(chosen, alt.value(1.0), alt.value(FADED)),
            tooltip=[
                alt.Tooltip("license_id:N", title="License"),
                alt.Tooltip("says:N", title="Test"),
                alt.Tooltip("state:N", title="For you"),
            ],
        )
    )
    title = alt.TitleParams(heading, subtitle=LADDER_KEY[measure], subtitleFontSize=11, fontSize=13)
    return alt.layer(*layers, dots).properties(width=width, height=110, title=title)


def _position(at: float, x: alt.X) -> alt.LayerChart | alt.FacetChart:
    """Draw a rule where the company stands."""
    mark = alt.Chart(pd.DataFrame({"value": [at], "you": ["you"]}))
    rule = mark.mark_rule(strokeWidth=2, color=GRAY).encode(x)
    name = mark.mark_text(align="left", dx=5, dy=-48, fontWeight=600, color=GRAY).encode(x, alt.Text("you:N"))
    return alt.layer(rule, name)
