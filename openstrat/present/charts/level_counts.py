"""How many works sit at each level of the openness spectrum."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import LEVEL_COLORS
from openstrat.terms import OpennessLevel


def level_counts(placed: pd.DataFrame, *, what: str, title: str, source: str) -> Figure:
    """Return one bar a level, from fully open to closed, with its count.

    Parameters
    ----------
    placed
        One row a work with a column level.
    what
        What is counted, in the plural, for the axis: 'releases'.
    title, source
        The finding in a sentence, and where the rows come from.
    """
    present = [level for level in OpennessLevel if level.value in set(placed["level"])]
    counts = placed["level"].value_counts()
    data = pd.DataFrame({"level": [level.label for level in present], what: [int(counts[level.value]) for level in present]})
    base = alt.Chart(data).encode(
        alt.Y("level:N").sort([level.label for level in present]).title(None),
        alt.X(f"{what}:Q").title(f"Number of {what}").axis(tickMinStep=1),
        tooltip=["level:N", f"{what}:Q"],
    )
    colors = alt.Scale(domain=[level.label for level in present], range=[LEVEL_COLORS[level] for level in present])
    bars = base.mark_bar(height={"band": 0.7}).encode(alt.Color("level:N").scale(colors).legend(None))
    labels = base.mark_text(align="left", dx=5).encode(alt.Text(f"{what}:Q"))
    chart = alt.layer(bars, labels).properties(height=alt.Step(34))
    described = f"Bars for {len(present)} levels of the openness spectrum, as long as the number of {what} at that level."
    return Figure(chart, title, described, source, f"{len(placed)} {what}", data)
