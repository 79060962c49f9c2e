"""Newcomers who stay, and headlines under every counting rule."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.charts.fork_sides import SIDE_COLORS
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO, percent, signed_percent
from openstrat.present.words import counted

ROW, UP = 46, 8


def retention_dots(retention: pd.DataFrame, *, names: dict[str, str], title: str, source: str) -> Figure:
    """Return one row a window: the share of newcomers who came back after half a year, with its 95 % interval and the counts in words.

    `retention` is what `analysis.forks.pair_people.retention` gives; `names` what the sides are called.
    """
    data = retention.assign(name=retention["side"].map(names))
    data["row"] = data["name"] + ", " + data["window"]
    data["words"] = [_retention_words(row) for row in data.to_dict("records")]
    order = data["row"].tolist()
    y = alt.Y("row:N").sort(order).axis(None)
    scale = alt.Scale(domain=[0, max(0.5, float(data["high"].max()))], nice=False)
    x = alt.X("share:Q").scale(scale).axis(format=".0%", tickCount=5, grid=True).title("share of newcomers who came back")
    color = alt.Color("side:N").scale(domain=list(SIDE_COLORS), range=list(SIDE_COLORS.values())).legend(None)
    base = alt.Chart(data[["row", "side", "share", "low", "high", "words", "n_new"]]).encode(y)
    spans = base.mark_rule(strokeWidth=3, opacity=0.6, yOffset=UP).encode(alt.X("low:Q").scale(scale), alt.X2("high:Q"), color)
    dots = base.mark_point(size=110, filled=True, opacity=1, yOffset=UP).encode(x, color, tooltip=["words:N", "low:Q", "high:Q"])
    texts = base.mark_text(align="left", dy=-UP - 2, limit=alt.ExprRef("width")).encode(x=alt.value(0), text="words:N")
    chart = alt.layer(spans, dots, texts).properties(height=alt.Step(ROW))
    described = (
        f"{counted(len(data), 'row')}, one a window: the dot is the share of newcomers who committed again between day 181 and 365, the "
        f"line its 95% Wilson interval. {'; '.join(data['words'])}."
    )
    n = counted(int(data["n_new"].sum()), "newcomer")
    return Figure(chart, title, described, source, n, retention.round(4))


def _retention_words(row: dict[Any, Any]) -> str:
    months = f"{row['first_month']} to {row['last_month']}"
    return f"{percent(row['share'])}, {row['n_back']} of {row['n_new']}: {row['name']}, {row['window']} ({months})"


def rule_dots(panel: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one row a headline: a mark for its value under each counting rule, the lowest and the highest in words above.

    Parameters
    ----------
    panel
        Rows of `analysis.forks.pair_counting.pair_panel` that are changes or shares, with rules in words and a column verdict.
    title, source
        The finding in a sentence, and where the rows come from.
    """
    data = panel.dropna(subset=["value"]).copy()
    data["row"] = data["headline"] + " / " + data["window"]
    order = list(dict.fromkeys(data["row"]))
    said = [_rule_words(data[data["row"] == row]) for row in order]
    texts = alt.Chart(pd.DataFrame({"row": order, "words": [f"{span}: {headline}" for span, _, headline in said]}))
    y = alt.Y("row:N").sort(order).axis(None)
    ends = [min(-0.05, float(data["value"].min()) * 1.1), max(1.0, float(data["value"].max()) * 1.1)]
    x = alt.X("value:Q").scale(domain=ends, nice=False).axis(format="+.0%", tickCount=6, grid=True).title("change, or share of both sides")
    rules = list(dict.fromkeys(panel["rule"]))
    shapes = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right"]
    kept = [rule for rule in rules if rule in set(data["rule"])]
    legend = alt.Legend(columns=2)
    shape = alt.Shape("rule:N").scale(domain=kept, range=shapes[: len(kept)]).title(None).legend(legend)
    tints = [OKABE_ITO[name] for name in ("blue", "sky", "green", "orange", "vermillion", "purple", "black")]
    color = alt.Color("rule:N").scale(domain=kept, range=tints[: len(kept)]).title(None).legend(legend)
    tooltip = ["headline:N", "rule:N", "window:N", alt.Tooltip("value:Q", format="+.1%"), alt.Tooltip("n:Q", title="months")]
    drawn = data[["row", "headline", "rule", "window", "value", "n"]].astype({"n": "float64"})
    dots = alt.Chart(drawn).mark_point(size=95, filled=True, opacity=0.85, yOffset=UP).encode(x, y, color, shape, tooltip=tooltip)
    zero = alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color=GRAY, strokeDash=[4, 3]).encode(x)
    words = texts.mark_text(align="left", dy=-UP - 3, limit=alt.ExprRef("width")).encode(y, x=alt.value(0), text="words:N")
    chart = alt.layer(zero, dots, words).properties(height=alt.Step(ROW))
    rows = "; ".join(f"{span}, {verdict}: {headline}" for span, verdict, headline in said)
    described = f"{counted(len(order), 'headline')}, a mark for each counting rule: {rows}. The dashed line is no change."
    table = data[["repository", "headline", "rule", "window", "value", "n"]].round(4).astype({"n": "float64"})
    return Figure(chart, title, described, source, counted(len(drawn), "value"), table)


def _rule_words(rows: pd.DataFrame) -> tuple[str, str, str]:
    """Return lowest to highest value, the verdict and the headline of one row."""
    first = rows.iloc[0]
    write = signed_percent if str(first["headline"]).startswith("change") else percent
    ends = [write(float(rows["value"].min())), write(float(rows["value"].max()))]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}", str(first["verdict"]), str(first["headline"])
