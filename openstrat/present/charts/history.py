"""License changes of model families over time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

COLORS = {"opened": OKABE_ITO["green"], "tightened": OKABE_ITO["vermillion"], "first license": GRAY}


def license_timeline(history: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return a timeline of license changes, one row a model family, colored by direction.

    Parameters
    ----------
    history
        One row a change with columns family, changed_on (as precise as the source), day (a date to draw at), artifact,
        license_before, license_after, direction (opened, tightened, first license).
    """
    data = history[["family", "changed_on", "day", "artifact", "license_before", "license_after", "direction"]].copy()
    present = [name for name in COLORS if name in set(data["direction"])]
    last = data.groupby("family")["day"].max().sort_values(ascending=False).index.tolist()
    base = alt.Chart(data).encode(
        alt.X("day:T").title(None).axis(grid=True, format="%Y", tickCount="year").scale(padding=14),
        alt.Y("family:N").sort(last).title(None),
    )
    points = base.mark_point(size=150, filled=True, opacity=0.95).encode(
        alt.Color("direction:N").scale(domain=present, range=[COLORS[name] for name in present]).title(None),
        alt.Shape("direction:N").scale(domain=present, range=["circle", "triangle-down", "diamond"][: len(present)]).title(None),
        tooltip=["family:N", "changed_on:N", "artifact:N", "license_before:N", "license_after:N", "direction:N"],
    )
    chart = points.properties(height=alt.Step(24))
    described = (
        f"A timeline of {len(data)} license changes in {data['family'].nunique()} model families: circles opened, triangles tightened. "
        "A date known by month or year is drawn at its start."
    )
    table = data.drop(columns="day")
    return Figure(chart, title, described, source, f"{len(data)} changes", table)
