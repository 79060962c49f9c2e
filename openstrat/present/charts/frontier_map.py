"""The map of all combinations: adopters against revenue at risk, the frontier, the case's options, and the best unlisted one."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

LOOKS = {
    "option of the case": ("circle", OKABE_ITO["orange"], "orange circle"),
    "option taken": ("circle", OKABE_ITO["green"], "green circle"),
    "best unlisted": ("triangle-up", OKABE_ITO["vermillion"], "red triangle"),
    "unlisted, taken": ("triangle-up", OKABE_ITO["green"], "green triangle"),
}
"""Shape and color of what is labeled, and both in words."""
NEAR, LINE, BELOW = 0.45, 14, 12
"""Share of the width within which words could meet; pixels from line to line, and from a mark down to its words."""
HEIGHT = 420
RIGHT_SIDE = 0.55
"""Share of the width beyond which words stand to the left of their mark."""


def frontier_map(
    cloud: pd.DataFrame, front: pd.DataFrame, labeled: pd.DataFrame, *, across: str, is_share: bool, title: str, source: str, n: int
) -> Figure:
    """Return the map: the cloud of all combinations in cells, the frontier as a line, options and the best unlisted one by name.

    Parameters
    ----------
    cloud
        One row a cell with columns across, up, n.
    front
        One row a combination of the frontier with columns across, up, in rising order.
    labeled
        One row a mark with columns name, across, up, kind (a key of `LOOKS`).
    across
        What the horizontal axis shows.
    is_share
        Whether it shows a share.
    title, source, n
        The finding in a sentence, where the figures come from, and the number of combinations.
    """
    span = float(pd.concat([cloud["across"], labeled["across"]]).max() - min(0.0, cloud["across"].min())) or 1.0
    low = float(min(0.0, cloud["across"].min()))
    x = alt.X("across:Q").scale(domain=[low - 0.02 * span, low + 1.04 * span], nice=False).title(across)
    x = x.axis(format="%" if is_share else ",.0f", grid=True, tickCount=6)
    most = float(pd.concat([cloud["up"], labeled["up"]]).max())
    least = float(pd.concat([cloud["up"], labeled["up"]]).min())
    ends = (max(0.0, least - 0.12 * (most - least)), most + 0.08 * (most - least) + 1e-9)
    y = alt.Y("up:Q").scale(domain=list(ends), nice=False, zero=False).axis(format="~s", tickCount=6)
    y = y.title("Adopting organizations after five years")
    axes = {"x": x, "y": y}
    dots = alt.Chart(cloud.assign(size=np.log10(cloud["n"]) + 1)).mark_circle(color=GRAY, opacity=0.28)
    dots = dots.encode(**axes, size=alt.Size("size:Q").scale(domain=[1, 6], range=[8, 70]).legend(None), tooltip=[alt.Tooltip("n:Q")])
    line = alt.Chart(front).mark_line(interpolate="step-after", color=OKABE_ITO["blue"], strokeWidth=2).encode(**axes)
    knots = alt.Chart(front).mark_circle(size=26, color=OKABE_ITO["blue"], opacity=1).encode(**axes)
    chart = alt.layer(dots, line, knots, *_marks(_spaced(labeled, span, ends), axes, low + RIGHT_SIDE * span)).properties(height=HEIGHT)
    kinds = [kind for kind in LOOKS if kind in set(labeled["kind"])]
    words = "; ".join(f"{LOOKS[kind][2]}: {kind}" for kind in kinds)
    joined = f"the {len(front)} that no other beats" if len(front) > 1 else "nothing: one combination beats all others"
    described = (
        f"Pale dots are {n:,} combinations, larger where more lie together. Up: more organizations adopt. Right: "
        f"{across[:1].lower() + across[1:]}. The blue line joins {joined} in adopters and revenue at risk. "
        f"{words[:1].upper() + words[1:]}."
    )
    table = labeled[["name", "kind", "across", "up"]].rename(columns={"across": across[:1].lower() + across[1:], "up": "adopters"}).round(3)
    return Figure(chart, title, described, source, f"{n:,} combinations", table)


def _marks(labeled: pd.DataFrame, axes: dict[str, Any], turn: float) -> list[alt.Chart]:
    kinds = [kind for kind in LOOKS if kind in set(labeled["kind"])]
    color = alt.Color("kind:N").scale(domain=kinds, range=[LOOKS[kind][1] for kind in kinds]).legend(columns=2).title(None)
    shape = alt.Shape("kind:N").scale(domain=kinds, range=[LOOKS[kind][0] for kind in kinds]).legend(columns=2).title(None)
    base = alt.Chart(labeled).encode(**axes)
    tips = ["name:N", "kind:N", alt.Tooltip("up:Q", format=",.0f", title="adopters")]
    points = base.mark_point(size=130, filled=True, opacity=1, stroke="white", strokeWidth=1).encode(color, shape, tooltip=tips)
    words = alt.Chart(labeled).encode(axes["x"], alt.Y("words_at:Q"), alt.Text("name:N"))
    left = words.transform_filter(f"datum.across <= {turn}").mark_text(align="left", dx=11, limit=260)
    right = words.transform_filter(f"datum.across > {turn}").mark_text(align="right", dx=-11, limit=260)
    return [points, left, right]


def _spaced(labeled: pd.DataFrame, width: float, ends: tuple[float, float]) -> pd.DataFrame:
    """Say at which height the words of each mark stand: below it, and pushed further down where other words are in the way."""
    unit = (ends[1] - ends[0]) / HEIGHT
    placed: list[tuple[float, float]] = []
    heights = {}
    for row in labeled.sort_values("up", ascending=False).itertuples():
        height = float(str(row.up)) - BELOW * unit
        near = [other for at, other in placed if abs(at - float(str(row.across))) < NEAR * width]
        for other in sorted(near, reverse=True):
            height = min(height, other - LINE * unit) if abs(height - other) < LINE * unit else height
        placed.append((float(str(row.across)), height))
        heights[row.Index] = height
    return labeled.assign(words_at=pd.Series(heights))
