"""What forks did to others, one row a cause: every fork as a mark, the median as a line with its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO
from openstrat.present.words import counted

BACKED = {"a company or foundation behind it": ("diamond", OKABE_ITO["vermillion"]), "developers only": ("circle", OKABE_ITO["blue"])}
"""Shape and color of who stood behind a fork."""
ROW = 78
DAY_TICKS = [-180, -30, -7, 0, 7, 30, 90, 365]


@dataclass(frozen=True)
class Axis:
    """How the figure is measured: its title, its number format, its ticks, and whether the scale bends like a logarithm."""

    title: str
    format: str
    ticks: tuple[float, ...]
    is_bent: bool = False


DAYS = Axis("days, scale bent like a logarithm", "d", tuple(DAY_TICKS), is_bent=True)
SHARE = Axis("share of people who went along", ".0%", (0, 0.25, 0.5, 0.75, 1))


def fork_spread(rows: pd.DataFrame, medians: Mapping[str, str], axis: Axis, *, title: str, source: str) -> Figure:
    """Return every fork as a mark by its figure, one row a cause in the order of `medians`, with the median in words.

    Parameters
    ----------
    rows
        One row a fork: cause (in words), fork, low and high (ends of the figure where dates are half-known), is_funded.
    medians
        Cause to the words above its row: median, quartiles, number.
    axis
        How the figure is measured.
    title, source
        The finding in a sentence, and where the figures come from.
    """
    causes = [cause for cause in medians if cause in set(rows["cause"])]
    names = list(BACKED)
    data = rows.assign(backing=[names[0] if funded else names[1] for funded in rows["is_funded"]], middle=(rows["low"] + rows["high"]) / 2)
    data["slot"] = data.sort_values("middle").groupby("cause").cumcount()
    values = [*data["low"], *data["high"], *axis.ticks]
    scale = alt.Scale(type="symlog", constant=10, domain=[min(values), max(values)]) if axis.is_bent else alt.Scale(domain=[0, 1])
    x = alt.X("middle:Q").scale(scale).axis(values=list(axis.ticks), format=axis.format, grid=True).title(axis.title)
    y = alt.Y("cause:N").sort(causes).axis(None)
    color = alt.Color("backing:N").scale(domain=names, range=[color for _, color in BACKED.values()]).title(None).legend(symbolOpacity=1)
    shape = alt.Shape("backing:N").scale(domain=names, range=[shape for shape, _ in BACKED.values()]).title(None)
    tips = ["fork:N", "backing:N", alt.Tooltip("low:Q", format=axis.format), alt.Tooltip("high:Q", format=axis.format)]
    slots = alt.YOffset("slot:O").scale(padding=0.9)
    base = alt.Chart(data).encode(y=y)
    spans = base.transform_filter("datum.low < datum.high").mark_bar(height=3, opacity=0.3)
    spans = spans.encode(alt.X("low:Q").scale(scale), alt.X2("high:Q"), color, yOffset=slots)
    points = base.mark_point(size=70, filled=True, opacity=0.9).encode(x, color, shape, yOffset=slots, tooltip=tips)
    middles = data.groupby("cause", as_index=False)["middle"].median()
    ticks = alt.Chart(middles).mark_tick(thickness=2, size=ROW * 0.6, color=GRAY).encode(x, y)
    chart = alt.layer(spans, points, ticks, _median_words(causes, medians, y)).properties(height=alt.Step(ROW, **{"for": "position"}))
    described = (
        f"{len(data)} forks in {counted(len(causes), 'row')} by cause. "
        + " ".join(f"{cause}: {medians[cause]}." for cause in causes)
        + " An upright line marks the median. Diamonds had a company or foundation behind them, circles did not. A pale bar spans what a "
        "half-known date can mean."
    )
    table = data[["cause", "fork", "low", "high", "is_funded"]]
    return Figure(chart, title, described, source, counted(len(data), "fork"), table)


def _median_words(causes: list[str], medians: Mapping[str, str], y: alt.Y) -> Any:
    frame = pd.DataFrame({"cause": causes, "words": [f"{cause}: {medians[cause]}" for cause in causes]})
    return alt.Chart(frame).mark_text(align="left", dy=-ROW / 2 + 4, fontSize=11).encode(y=y, x=alt.value(4), text="words:N")
