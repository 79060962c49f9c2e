"""How much repositories are still worked on: one bar a repository, the last twelve months against its best year."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

STATES = {
    "flagged": ("× flagged", OKABE_ITO["vermillion"]),
    "warned": ("! one author", OKABE_ITO["orange"]),
    "clear": ("● clear", OKABE_ITO["green"]),
    "not known": ("? not known", GRAY),
}
"""Mark with a word, and color, of each answer."""
BAR, STEP, SHORTEST = 12, 40, 0.004
AXIS = "Commits of the last 12 months, of the best 365 days"


def upkeep_bars(rows: pd.DataFrame, *, line: float, title: str, source: str) -> Figure:
    """Return one bar a repository with a mark below which a project is flagged; lowest first.

    Parameters
    ----------
    rows
        One row a repository with columns repository, ratio (0 to 1; blank: not known), state (flagged, warned, clear, not known).
    line
        The threshold, 0 to 1.
    title, source
        The finding in a sentence, and where the counts come from.
    """
    data = rows[["repository", "ratio", "state"]].sort_values("ratio", na_position="last", kind="stable").reset_index(drop=True)
    data["said"] = data["state"].map(lambda state: STATES[state][0])
    data["percent"] = [("not known" if pd.isna(value) else f"{value:.1%}") for value in data["ratio"]]
    known = data["percent"].where(data["ratio"].notna(), "") + "   "
    data["label"] = data["repository"] + "   " + known.str.lstrip() + data["said"]
    data["drawn"] = data["ratio"].fillna(0).clip(lower=SHORTEST)
    present = [STATES[state] for state in STATES if state in set(data["state"])]
    color = alt.Color("said:N").scale(domain=[words for words, _ in present], range=[shade for _, shade in present]).legend(None)
    base = alt.Chart(data).encode(alt.Y("repository:N").sort(data["repository"].tolist()).axis(None))
    x = (
        alt.X("drawn:Q")
        .scale(domain=[0, 1])
        .axis(format="%", grid=False, tickCount=5)
        .title("Commits of the last 12 months, of the best 365 days")
    )
    tips = [
        alt.Tooltip("repository:N", title="Repository"),
        alt.Tooltip("percent:N", title="Of the best year"),
        alt.Tooltip("said:N", title="Rule"),
    ]
    bars = base.mark_bar(height=BAR, yOffset=8).encode(x, color, tooltip=tips)
    names = base.mark_text(align="left", x=0, yOffset=-8, fontSize=11).encode(alt.Text("label:N"))
    marks = base.transform_calculate(line=str(line)).mark_tick(size=BAR + 8, yOffset=8, thickness=2, color=GRAY).encode(alt.X("line:Q"))
    chart = (bars + marks + names).properties(height=alt.Step(STEP))
    counts = ", ".join(f"{int((data['state'] == state).sum())} {state}" for state in STATES if state in set(data["state"]))
    described = f"{len(data)} repositories as bars, lowest first, with a mark at {line:.0%} on each: {counts}."
    return Figure(chart, title, described, source, f"{len(data)} repositories", data[["repository", "ratio", "state"]])
