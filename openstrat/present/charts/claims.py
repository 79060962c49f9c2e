"""Every claim of the ledger in one chart: grouped by verdict, the interval of its test beside the line."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

MARKS = {
    "supported": ("triangle-right", OKABE_ITO["green"]),
    "contradicted": ("cross", OKABE_ITO["vermillion"]),
    "mixed": ("diamond", OKABE_ITO["purple"]),
    "undecided": ("circle", OKABE_ITO["blue"]),
    "not testable here": ("square", GRAY),
}
"""Shape and color of a verdict; its word stands above the group."""
ROW = 25
AXIS = "← against · for →"
TICKS = "datum.value === 0 ? 'line' : replace(format(datum.value, '+.1f'), '-', '−')"


def claim_intervals(table: pd.DataFrame, *, order: list[str], title: str, source: str, n: str) -> Figure:
    """Return claims as rows under their verdict, each tested one with its interval as distance from the line that decides.

    Parameters
    ----------
    table
        One row a claim with the columns name, verdict, value, low, high, line, needs_above (of the test; blank without one), unit, n,
        n_for and n_against.
    order
        The verdicts in the order of the groups.
    title, source, n
        The finding in a sentence, where the figures come from, how many claims.
    """
    rows, data = _rows(table, order), _distances(table)
    y = alt.Y("name:N").sort(rows).title(None).scale(domain=rows)
    headings = [row for row in rows if row.isupper()]
    weight = {"condition": {"test": f"indexof({headings!r}, datum.value) >= 0", "value": 700}, "value": 400}
    y = y.axis(labelFontWeight=weight, labelLimit=300, grid=False)
    scale = alt.Scale(domain=[-1, 1])
    x = alt.X("at:Q").scale(scale).title(AXIS).axis(values=[-1, -0.5, 0, 0.5, 1], labelExpr=TICKS, grid=True)
    color = alt.Color("verdict:N").scale(domain=list(MARKS), range=[mark[1] for mark in MARKS.values()]).legend(None)
    shape = alt.Shape("verdict:N").scale(domain=list(MARKS), range=[mark[0] for mark in MARKS.values()]).legend(None)
    tested = data[data["at"].notna()]
    tooltip = ["claim:N", "verdict:N", "figure:N", "n:Q"]
    bars = alt.Chart(tested).mark_rule(strokeWidth=2.4).encode(alt.X("from:Q").scale(scale).title(AXIS), alt.X2("to:Q"), y, color)
    dots = alt.Chart(tested).mark_point(size=80, filled=True, opacity=1).encode(x, y, color, shape, tooltip=tooltip)
    untested = data[data["at"].isna()].assign(middle=0.0)
    words = alt.Chart(untested).mark_text(fontSize=11, color=GRAY)
    words = words.encode(alt.X("middle:Q").scale(scale).title(AXIS), y, alt.Text("facts:N"), tooltip=["claim:N", "verdict:N", "facts:N"])
    line = alt.Chart(tested.assign(middle=0.0)).mark_tick(color=GRAY, thickness=1.5, size=ROW)
    line = line.encode(alt.X("middle:Q").scale(scale).title(AXIS), y)
    chart = alt.layer(line, bars, dots, words).properties(height=ROW * len(rows))
    described = (
        f"{len(table)} claims under their verdicts. {len(tested)} have a test: a mark with its 95% interval, drawn as the distance from "
        "the line that decides, in points of a share, a chance or a correlation; right of the gray line speaks for the claim. The "
        "others show how many facts stand for and against, which is no vote."
    )
    shown = ["claim", "verdict", "label", "value", "low", "high", "unit", "n", "line", "n_for", "n_against"]
    return Figure(chart, title, described, source, n, table[shown])


def _rows(table: pd.DataFrame, order: list[str]) -> list[str]:
    """Return the rows from top to bottom: each verdict with its number in capitals, then its claims, tested ones first."""
    rows = []
    for verdict in order:
        group = table[table["verdict"] == verdict]
        if len(group):
            ranked = group.assign(is_untested=group["value"].isna()).sort_values("is_untested", kind="stable")
            rows += [f"{verdict} ({len(group)})".upper(), *ranked["name"]]
    return rows


def _distances(table: pd.DataFrame) -> pd.DataFrame:
    """Return each row with value and interval as signed distances from its line, positive on the side that the claim needs."""
    data = table[["name", "claim", "verdict", "n"]].copy()
    numbers = table[["value", "low", "high", "line"]].astype("float64")
    sign = table["needs_above"].map({True: 1.0, False: -1.0}).astype("float64")
    data["at"] = (numbers["value"] - numbers["line"]) * sign
    ends = pd.DataFrame({name: (numbers[name] - numbers["line"]) * sign for name in ("low", "high")})
    data["from"], data["to"] = ends.min(axis=1), ends.max(axis=1)
    data["figure"] = [f"{value:.2f} ({low:.2f} to {high:.2f})" for value, low, high in numbers[["value", "low", "high"]].to_numpy()]
    data["facts"] = [f"{row.n_for} for, {row.n_against} against" for row in table.itertuples()]
    return data
