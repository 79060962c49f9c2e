"""The release spectrum: where each component, release or license stands between closed and fully open."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.charts.shared import filled, in_short, level_scale, short_license
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY
from openstrat.present.words import readable
from openstrat.tables.cells import split_list
from openstrat.terms import OpennessLevel

COLUMNS = ["group", "name", "level", "license_id", "restrictions", "grade", "reason"]
PLACES = {
    OpennessLevel.CLOSED: 0.0,
    OpennessLevel.SOURCE_AVAILABLE: 1.0,
    OpennessLevel.OPEN_WEIGHTS: 2.0,
    OpennessLevel.FULLY_OPEN: 3.0,
    OpennessLevel.UNDETERMINED: -1.0,
}
"""Where a level is drawn: left to right from closed to fully open; what is not determined stands apart on the far left."""
HEADINGS = {0: "closed", 1: "source available", 2: "open weights", 3: "fully open", -1: "not known"}
ROOMY, DENSE, MOST_ROOMY = 30, 21, 24
"""Pixels a row: with the restrictions on a second line, and on one line for more than 24 rows."""
WIDE = 420
"""Pixels of plot from which two restrictions are named instead of one."""
BETWEEN = "\u241f"
"""Stands between a group and a name in the value of a row."""
TOOLTIPS = {"group": "Release", "name": "Part", "license": "License", "position": "Position", "all_restrictions": "Bounded by"}


def position_strip(positions: pd.DataFrame, *, what: str, title: str, source: str) -> Figure:
    """Return one row a thing and a dot at its level, with the license beside it.

    Parameters
    ----------
    positions
        One row a thing with columns group (release it belongs to; blank: no heading), name, level, license_id (blank: none),
        restrictions ('; '-joined), grade (a, b or c inside the dot of a fully open release; blank: none), reason.
    what
        What the rows are, in the plural: 'components', 'releases', 'licenses'.
    title, source
        The finding in a sentence, and where the rows come from.
    """
    data = _drawn(positions)
    is_dense = len(data) > MOST_ROOMY
    x = alt.X("place:Q").scale(domain=_domain(data), nice=False, zero=False).axis(**_level_axis(data)).title(None)
    y = alt.Y("row:N").scale(domain=_rows(data)).axis(**_row_axis()).title(None)
    base = alt.Chart(data).encode(x, y, tooltip=_tooltips(data))
    dots = base.mark_circle(size=150 if is_dense else 230, opacity=1, stroke="white", strokeWidth=1).encode(
        alt.Color("position:N").scale(level_scale(data["level"])).legend(None)
    )
    grades = base.transform_filter("datum.grade != ''").mark_text(fontSize=11, fontWeight=700, color="black").encode(alt.Text("grade:N"))
    step = DENSE if is_dense else ROOMY
    chart = alt.layer(dots, grades, *_labels(base, is_dense=is_dense)).properties(height=alt.Step(step))
    shown = data[COLUMNS]
    return Figure(chart, title, _described(data, what), source, f"{len(data)} {what}", shown)


def _drawn(positions: pd.DataFrame) -> pd.DataFrame:
    data = positions[COLUMNS].copy()
    for column in ("group", "restrictions", "grade"):
        data[column] = filled(data[column])
    data["place"] = data["level"].map(lambda level: PLACES[OpennessLevel(level)])
    data["position"] = data["level"].map(readable)
    data["row"] = data["group"] + BETWEEN + data["name"]
    data["license"] = data["license_id"].map(short_license)
    unnamed = data["license_id"].isna()
    data.loc[unnamed, "license"] = data["level"].map(
        lambda level: "nothing granted" if level == OpennessLevel.CLOSED else "no license named"
    )
    limits = data["restrictions"].mask(data["level"] == OpennessLevel.CLOSED, "")
    data["limits"], data["limits_short"] = limits.map(lambda cell: in_short(cell, 2)), limits.map(lambda cell: in_short(cell, 1))
    data["all_restrictions"] = data["restrictions"].map(lambda cell: ", ".join(map(readable, split_list(cell))) or "nothing")
    low, high = _domain(data)
    across = (data["place"] - low) / (high - low)
    data["on_left"] = data["place"] > 1
    data["room"] = across.where(data["on_left"], 1 - across)
    return data


def _domain(data: pd.DataFrame) -> tuple[float, float]:
    return min(data["place"].min(), 0.0) - 0.1, 3.1


def _rows(data: pd.DataFrame) -> list[str]:
    """Return the rows from top to bottom: a heading above each group, then its things."""
    rows: list[str] = []
    for group, things in data.groupby("group", sort=False):
        rows += [f"{group!s}{BETWEEN}"] if group else []
        rows += things["row"].tolist()
    return rows


def _row_axis() -> dict[str, Any]:
    name = f"split(datum.value, '{BETWEEN}')"
    heading = f"{name}[1] == ''"
    return {
        "labelExpr": f"{heading} ? {name}[0] : {name}[1]",
        "labelFontWeight": {"condition": {"test": heading, "value": 700}, "value": 400},
        "labelLimit": 170,
        "labelPadding": 8,
    }


def _level_axis(data: pd.DataFrame) -> dict[str, Any]:
    """Return the axis of levels, two-word names on two lines."""
    places = sorted({0, 1, 2, 3, *(int(place) for place in data["place"])})
    words = " : ".join(f"datum.value == {place} ? {HEADINGS[place].split()!r}" for place in places)
    look = {"orient": "top", "domain": False, "grid": True, "labelOverlap": False, "labelFlush": False, "labelBaseline": "line-bottom"}
    return {"values": places, "labelExpr": f"{words} : ''", "labelFontSize": 10, "labelPadding": 16, **look}


def _labels(base: alt.Chart, *, is_dense: bool) -> list[alt.Chart]:
    """Return the license beside its dot, toward the side with more room, and below it what bounds its use."""
    layers = []
    for side, test, shift in (("right", "datum.on_left", -14), ("left", "!datum.on_left", 14)):
        style: dict[str, Any] = {"align": side, "dx": shift, "limit": alt.ExprRef("datum.room * width - 14")}
        here = base.transform_filter(test)
        alone = here if is_dense else here.transform_filter("datum.limits == ''")
        layers.append(alone.mark_text(**style).encode(alt.Text("license:N")))
        if is_dense:
            continue
        both = here.transform_filter("datum.limits != ''").transform_calculate(
            fitting=f"width > {WIDE} ? datum.limits : datum.limits_short"
        )
        layers.append(both.mark_text(dy=-7, **style).encode(alt.Text("license:N")))
        layers.append(both.mark_text(dy=7, fontSize=11, color=GRAY, **style).encode(alt.Text("fitting:N")))
    return layers


def _tooltips(data: pd.DataFrame) -> list[alt.Tooltip]:
    shown = {name: label for name, label in TOOLTIPS.items() if name != "group" or data["group"].ne("").any()}
    return [alt.Tooltip(f"{name}:N", title=label) for name, label in shown.items()]


def _described(data: pd.DataFrame, what: str) -> str:
    counts = data["level"].value_counts()
    found = ", ".join(f"{counts[level.value]} {level.label}" for level in OpennessLevel if level.value in counts.index)
    graded = " A letter in a dot is the grade: a with training data, b with training code, c with weights and run code." * any(
        data["grade"]
    )
    apart = " What is not known stands apart on the far left." * bool((data["place"] < 0).any())
    return f"{len(data)} {what} as rows, each with a dot between closed (left) and fully open (right): {found}.{graded}{apart}"
