"""How far the rule agrees with each authority, in numbers of licenses."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.analysis.licenses.agreement import Outcome
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO, percent
from openstrat.tables.authority_vocabulary import Authority

SEGMENTS = {
    Outcome.BOTH_OPEN: ("both: open", OKABE_ITO["green"], 1),
    Outcome.BOTH_RESTRICTED: ("both: not open", OKABE_ITO["sky"], 1),
    Outcome.RULE_OPEN_ONLY: ("rule alone: open", OKABE_ITO["yellow"], -1),
    Outcome.AUTHORITY_OPEN_ONLY: ("authority alone: open", OKABE_ITO["vermillion"], -1),
}
"""Words and color of an outcome, and on which side of the middle it is drawn."""
NAMES = {
    Authority.OSI: "Open Source Initiative",
    Authority.FSF: "Free Software Foundation",
    Authority.SCANCODE: "ScanCode",
    Authority.BLUE_OAK: "Blue Oak Council",
    Authority.MOF: "Model Openness Framework",
}
ROW, BAR = 62, 22
ROOM = 3
"""A count is written into its segment when the segment is at least this many hundredths of the scale wide."""


def agreement_bars(table: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one bar an authority: licenses on which it agrees with the rule to the right, those on which it differs to the left.

    Parameters
    ----------
    table
        What `openstrat.analysis.licenses.agreement.agreement_table` returns.
    title, source
        The finding in a sentence, and where terms and flags come from.
    """
    segments, words = _segments(table), _words(table)
    low, high = min(segments["start"].min(), -4), segments["end"].max()
    segments["has_room"] = segments["count"] >= ROOM * (high - low) / 100
    order = [authority for authority in NAMES if authority.value in set(table["authority"])]
    y = alt.Y("authority:N").scale(domain=[authority.value for authority in order]).axis(None)
    x = alt.X("start:Q").scale(domain=[low, high], nice=False).axis(labelExpr="abs(datum.value)", grid=False, tickCount=6)
    present = [outcome for outcome in SEGMENTS if outcome.value in set(segments["outcome"])]
    labels, colors = [SEGMENTS[item][0] for item in present], [SEGMENTS[item][1] for item in present]
    base = alt.Chart(segments).encode(
        y, tooltip=[alt.Tooltip("name:N", title="Authority"), alt.Tooltip("said:N", title="Outcome"), "count:Q"]
    )
    bars = base.mark_bar(height=BAR, yOffset=10, stroke="white", strokeWidth=1).encode(
        x.title("Licenses: differ to the left, agree to the right"),
        alt.X2("end:Q"),
        alt.Color("said:N").scale(domain=labels, range=colors).title(None).legend(columns=2),
    )
    counts = base.transform_filter("datum.has_room").mark_text(dy=10, color="black", fontSize=11)
    counts = counts.encode(alt.X("middle:Q"), alt.Text("count:Q"))
    small = base.transform_filter("!datum.has_room && datum.start < 0").mark_text(dy=10, dx=-4, align="right", fontSize=11)
    small = small.encode(alt.X("start:Q"), alt.Text("count:Q"))
    text = alt.Chart(words).encode(y, x=alt.value(0))
    names = text.mark_text(align="left", dy=-22, fontWeight=600).encode(alt.Text("name:N"))
    shares = text.mark_text(align="left", dy=-8, fontSize=11, color=GRAY, limit=alt.ExprRef("width")).encode(alt.Text("share:N"))
    chart = alt.layer(bars, counts, small, names, shares).properties(height=alt.Step(ROW))
    return Figure(chart, title, _described(table), source, f"{int(table['n_licenses'].max())} licenses with recorded terms", table)


def _segments(table: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for row in table.to_dict("records"):
        ends = {1: 0, -1: 0}
        for outcome, (said, _, side) in SEGMENTS.items():
            count = row[f"n_{outcome.value}"]
            start, end = ends[side], ends[side] + side * count
            ends[side] = end
            if count:
                ordered = {"start": min(start, end), "end": max(start, end), "middle": (start + end) / 2}
                name = NAMES[Authority(row["authority"])]
                rows.append({"authority": row["authority"], "name": name, "outcome": outcome.value, "said": said, "count": count} | ordered)
    return pd.DataFrame(rows)


def _words(table: pd.DataFrame) -> pd.DataFrame:
    """Return the two lines of text above each bar: the name, and the share, with and without other questions, and what is not compared."""
    rows = []
    for row in table.to_dict("records"):
        agreed = row["n_both_open"] + row["n_both_restricted"]
        interval = f"{percent(row['agreement_share'])}, {percent(row['share_low'])} to {percent(row['share_high'])}"
        share = f"agrees on {agreed} of {row['n_compared']} ({interval})"
        if row["n_different_question"]:
            share += f"; {row['n_different_question']} answer another question, {percent(row['same_question_share'])} without them"
        share += f"; silent on {row['n_silent']}"
        share += f", undetermined {row['n_undetermined']}" if row["n_undetermined"] else ""
        share = share if row["n_compared"] else f"nothing to compare; silent on {row['n_silent']}"
        rows.append({"authority": row["authority"], "name": NAMES[Authority(row["authority"])], "share": share})
    return pd.DataFrame(rows)


def _described(table: pd.DataFrame) -> str:
    broken = int(table["n_authority_open_only"].sum())
    return (
        f"{len(table)} bars, one an authority, over {int(table['n_licenses'].max())} licenses with recorded terms. To the right of the "
        "middle licenses on which rule and authority agree, to the left those on which they differ; the text gives the share with its 95% "
        f"interval. An authority calls {broken} open that the rule restricts."
    )
