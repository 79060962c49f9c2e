"""Who may use what: licenses by spectrum level, by answer, and the ladder of thresholds, linked by a click."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.analysis.licenses.permissions import Answer
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, LEVEL_COLORS, OKABE_ITO
from openstrat.present.words import readable
from openstrat.terms import OpennessLevel, values

WIDTHS = {"levels": 112, "column": 164, "ladder": 372}
ROW = 16
LADDERS = {"users": ("Monthly users", 1e3, 2e10), "revenue": ("Revenue, USD a year", 1e4, 2e11)}
STATES = {"reached": OKABE_ITO["vermillion"], "not reached": GRAY, "open": OKABE_ITO["yellow"]}
LADDER_KEY = "orange: reached by you, gray: not reached, yellow: depends"
SHORT_NUMBER = "replace(format(datum.value, '.0s'), 'G', 'B')"


def permission_view(
    answers: pd.DataFrame, ladder: pd.DataFrame, *, users: float, revenue_usd: float, n_rows: int, title: str, source: str
) -> Figure:
    """Return three linked views; a click on a level fades the licenses and thresholds of all other levels.

    Parameters
    ----------
    answers
        One row a license with columns license_id, level, answer, clause.
    ladder
        Thresholds as `threshold_ladder` gives them, with a column level.
    users, revenue_usd
        Where the company stands, drawn as rules.
    n_rows
        Least number of rows of the list, so that the view keeps its height while controls move.
    title, source
        The finding in a sentence, and where the terms come from.
    """
    chosen = alt.selection_point(fields=["level"], name="level", empty=True)
    present = [level for level in OpennessLevel if level.value in set(answers["level"])]
    color = (
        alt.Color("level:N").scale(domain=[level.label for level in present], range=[LEVEL_COLORS[level] for level in present]).legend(None)
    )
    data = answers[["license_id", "level", "answer", "clause"]].copy()
    data["level"] = data["level"].map(readable)
    height = max(n_rows, int(data["answer"].value_counts().max() if len(data) else 0)) * ROW
    levels = _levels(data, chosen, color, [level.label for level in present])
    licenses = _licenses(data, chosen, color, height)
    points = ladder.assign(level=ladder["level"].map(readable), state=ladder["state"].map(readable))
    at = {"users": users, "revenue": revenue_usd}
    rungs = [_ladder(points[points["measure"] == measure], measure, at[measure], chosen) for measure in LADDERS]
    chart = alt.vconcat(
        alt.hconcat(levels, licenses, spacing=36, bounds="flush"),
        alt.hconcat(*rungs, spacing=40).resolve_scale(color="shared"),
        spacing=18,
    ).resolve_scale(color="independent")
    described = (
        f"Left, {len(data)} licenses counted by spectrum level. Right, the same licenses listed in four columns, "
        f"{', '.join(values(Answer))}. Below, thresholds as dots on logarithmic scales of users and revenue, with a rule at this company."
    )
    return Figure(chart, title, described, source, f"{len(data)} licenses, {len(points)} thresholds", answers)


def _levels(data: pd.DataFrame, chosen: alt.Parameter, color: alt.Color, order: list[str]) -> alt.LayerChart | alt.FacetChart:
    counted = data.groupby("level", sort=False).size().rename("licenses").reset_index()
    counted["label"] = counted["level"] + "  " + counted["licenses"].astype(str)
    y = alt.Y("level:N").sort(order).axis(None)
    faded = alt.condition(chosen, alt.value(1.0), alt.value(0.25))
    base = alt.Chart(counted).encode(y, tooltip=["level:N", "licenses:Q"])
    bars = base.mark_bar(height=16, yOffset=9, cursor="pointer").encode(alt.X("licenses:Q").axis(None), color, opacity=faded)
    labels = base.mark_text(align="left", dy=-9, cursor="pointer").encode(alt.Text("label:N"), x=alt.value(0), opacity=faded)
    heading = alt.TitleParams("Licenses by level", subtitle="click one to follow it", fontSize=13)
    return alt.layer(bars.add_params(chosen), labels).properties(width=WIDTHS["levels"], height=alt.Step(48), title=heading)


def _licenses(data: pd.DataFrame, chosen: alt.Parameter, color: alt.Color, height: int) -> alt.LayerChart | alt.FacetChart:
    counts = data["answer"].value_counts()
    headings = {answer: f"{answer}  {counts.get(answer, 0)}" for answer in values(Answer)}
    level_order = {level.label: place for place, level in enumerate(OpennessLevel)}
    placed = data.assign(order=data["level"].map(level_order), name=data["license_id"].str.removeprefix("LicenseRef-"))
    placed = placed.sort_values(["order", "name"], key=lambda column: column.str.lower() if column.name == "name" else column)
    placed["row"] = placed.groupby("answer").cumcount()
    placed["column"] = placed["answer"].map(headings)
    x = alt.X("column:N").scale(type="band", domain=list(headings.values()), padding=0)
    axis = alt.Axis(orient="top", title=None, domain=False, labelAngle=0, labelFontSize=13, labelFontWeight=600, bandPosition=0)
    axis.labelAlign, axis.labelOffset = "left", -WIDTHS["column"] / 2
    tooltip = [
        alt.Tooltip("license_id:N", title="License"),
        alt.Tooltip("level:N", title="Level"),
        alt.Tooltip("clause:N", title="Because"),
    ]
    base = alt.Chart(placed).encode(
        alt.Y("row:Q").axis(None).scale(domain=[-0.5, height / ROW - 0.5], reverse=True, nice=False, zero=False),
        opacity=alt.condition(chosen, alt.value(1.0), alt.value(0.15)),
        tooltip=tooltip,
    )
    dots = base.mark_circle(size=70, xOffset=6).encode(x.axis(axis).bandPosition(0), color)
    names = base.mark_text(align="left", fontSize=11, dx=14, limit=WIDTHS["column"] - 22).encode(
        x.axis(axis).bandPosition(0), alt.Text("name:N")
    )
    return alt.layer(dots, names).properties(width=WIDTHS["column"] * len(headings), height=height)


def _ladder(points: pd.DataFrame, measure: str, at: float, chosen: alt.Parameter) -> alt.LayerChart | alt.FacetChart:
    heading, low, high = LADDERS[measure]
    stacked = points.sort_values(["value", "license_id"]).copy()
    stacked["place"] = stacked.groupby("value").cumcount()
    axis: dict[str, Any] = {"labelExpr": SHORT_NUMBER, "tickCount": 7, "grid": True, "labelFlush": False}
    x = alt.X("value:Q").scale(type="log", domain=[low, high], nice=False, clamp=True).axis(**axis).title(None)
    y = alt.Y("place:Q").axis(None).scale(domain=[-0.8, 9.5], nice=False)
    dots = (
        alt.Chart(stacked)
        .mark_circle(size=80, stroke="white", strokeWidth=0.5)
        .encode(
            x,
            y,
            alt.Color("state:N").scale(domain=list(STATES), range=list(STATES.values())).legend(None),
            opacity=alt.condition(chosen, alt.value(1.0), alt.value(0.15)),
            tooltip=[alt.Tooltip("license_id:N", title="License"), alt.Tooltip("says:N", title="Test")],
        )
    )
    mark = pd.DataFrame({"value": [min(max(at, low), high)], "you": ["you"]})
    rule = alt.Chart(mark).mark_rule(strokeWidth=2, color=OKABE_ITO["blue"]).encode(x)
    you = alt.Chart(mark).mark_text(align="left", dx=5, dy=-48, fontWeight=600, color=OKABE_ITO["blue"]).encode(x, alt.Text("you:N"))
    title = alt.TitleParams(f"{heading}: tests in licenses", subtitle=LADDER_KEY, subtitleFontSize=11, fontSize=13)
    return alt.layer(rule, dots, you).properties(width=WIDTHS["ladder"], height=110, title=title)
