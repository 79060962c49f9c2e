"""How many licenses let a company do something: one bar a company, cut by answer."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

ANSWERS = {
    "allowed": ("allowed", OKABE_ITO["green"]),
    "gated": ("only with an agreement or a condition", OKABE_ITO["orange"]),
    "unknown": ("not known", GRAY),
    "barred": ("not allowed", OKABE_ITO["vermillion"]),
}
"""Words and color of each answer, in the order of the bar."""
BAR, STEP = 20, 46


def answer_counts(counts: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one bar a company; each part is an answer with the number of licenses that give it.

    Parameters
    ----------
    counts
        One row a company and answer with columns company, answer (allowed, gated, unknown, barred), n; drawn in the order of the
        companies.
    title, source
        The finding in a sentence, and where the terms come from.
    """
    data = counts[["company", "answer", "n"]].copy()
    data["order"] = data["answer"].map(list(ANSWERS).index)
    data = data.sort_values(["order"], kind="stable")
    data["end"] = data.groupby("company")["n"].cumsum()
    data["start"] = data["end"] - data["n"]
    data["middle"] = (data["start"] + data["end"]) / 2
    data["said"] = data["answer"].map(lambda answer: ANSWERS[answer][0])
    companies, total = list(dict.fromkeys(counts["company"])), int(data["end"].max())
    present = [ANSWERS[answer] for answer in ANSWERS if answer in set(data["answer"])]
    color = alt.Color("said:N").scale(domain=[words for words, _ in present], range=[shade for _, shade in present])
    base = alt.Chart(data).encode(alt.Y("company:N").sort(companies).axis(None))
    x = alt.X("start:Q").scale(domain=[0, total], nice=False).title(f"Licenses, of {total}").axis(grid=False, tickMinStep=1)
    bars = base.mark_bar(height=BAR, yOffset=8, stroke="white", strokeWidth=1).encode(
        x,
        alt.X2("end:Q"),
        color.title(None).legend(orient="top", columns=2),
        tooltip=["company:N", alt.Tooltip("said:N", title="Answer"), "n:Q"],
    )
    numbers = base.mark_text(yOffset=8, color="black", fontSize=11).encode(alt.X("middle:Q"), alt.Text("n:Q"))
    names = alt.Chart(data.drop_duplicates("company")).mark_text(align="left", yOffset=-12, x=0, fontWeight=600, fontSize=11)
    names = names.encode(alt.Y("company:N").sort(companies), alt.Text("company:N"))
    chart = (bars + numbers + names).properties(height=alt.Step(STEP))
    described = f"{len(companies)} companies as bars over {total} licenses each, cut into: {', '.join(words for words, _ in present)}."
    return Figure(chart, title, described, source, f"{total} licenses", data[["company", "answer", "n"]].reset_index(drop=True))
