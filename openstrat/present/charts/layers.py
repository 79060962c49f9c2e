"""What layers do for adoption and revenue, and what each option opens."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GREY, OKABE_ITO, STANCE_COLORS
from openstrat.terms import Stance


def layer_map(layers: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return adoption and revenue of each layer as two bars from a common axis, in the color of the stance.

    Parameters
    ----------
    layers
        One row a layer with columns layer, adoption_share, revenue_share (0 to 1) and stance.
    title, source
        The finding in a sentence, and who gave the weights.
    """
    data = layers[["layer", "adoption_share", "revenue_share", "stance"]].copy()
    data["layer"] = data["layer"].str.replace("_", " ")
    long = data.melt(["layer", "stance"], var_name="measure", value_name="share")
    long["signed"] = long["share"].where(long["measure"] == "revenue_share", -long["share"])
    long["text"] = (long["share"] * 100).round().astype(int).astype(str) + "%"
    long["side"] = long["measure"].map({"adoption_share": "draws people in", "revenue_share": "is paid for"})
    limit = float(max(0.1, long["share"].max())) * 1.25
    present = [stance for stance in Stance if stance.value in set(long["stance"])]
    color = alt.Color("stance:N").scale(domain=[s.value for s in present], range=[STANCE_COLORS[s] for s in present])
    order = list(dict.fromkeys(data["layer"]))
    base = alt.Chart(long).encode(
        alt.Y("layer:N").sort(order).title(None),
        alt.X("signed:Q")
        .title("◀ share of adoption weight  |  share of willingness to pay ▶")
        .axis(labelExpr="format(abs(datum.value), '.0%')", grid=True, tickCount=6)
        .scale(domain=[-limit, limit]),
        tooltip=[alt.Tooltip("layer:N"), alt.Tooltip("side:N", title="what it does"), alt.Tooltip("text:N", title="share"), "stance:N"],
    )
    bars = base.mark_bar(height={"band": 0.72}).encode(color.title("By this case's facts"))
    left = base.transform_filter(alt.datum.signed < 0).mark_text(align="right", dx=-5).encode(alt.Text("text:N"))
    right = base.transform_filter(alt.datum.signed > 0).mark_text(align="left", dx=5).encode(alt.Text("text:N"))
    zero = alt.Chart().mark_rule(color=GREY).encode(x=alt.datum(0))
    chart = alt.layer(bars, left, right, zero, data=long).properties(width="container", height=alt.Step(26))
    described = (
        "Bars to the left show how much a layer makes people adopt, bars to the right how much of what customers pay for it carries."
    )
    table = data.rename(columns={"adoption_share": "share of adoption", "revenue_share": "share of willingness to pay"})
    return Figure(chart, title, described, source, f"{len(data)} layers", table)


def option_tradeoff(options: pd.DataFrame, *, title: str, source: str, trade_below: float, giveaway_from: float) -> Figure:
    """Return every option as a point: what it opens of adoption (up) against what it opens of the paid layers (right).

    Parameters
    ----------
    options
        One row an option with columns option, adoption_opened, revenue_opened, moat_opened (0 to 1), verdict.
    trade_below, giveaway_from
        Cut-offs of the verdicts, drawn as lines.
    """
    data = options[["option", "adoption_opened", "revenue_opened", "moat_opened", "verdict"]].copy()
    data["verdict"] = data["verdict"].str.replace("_", " ")
    colors = {"nothing opened": GREY, "trade": OKABE_ITO["green"], "mixed": OKABE_ITO["orange"], "giveaway": OKABE_ITO["vermillion"]}
    present = [name for name in colors if name in set(data["verdict"])]
    data["option"] = data["option"].str.replace("_", " ")
    same = data.groupby(["adoption_opened", "revenue_opened"], sort=False)["option"].agg(" = ".join).rename("label").reset_index()
    data = data.merge(same, on=["adoption_opened", "revenue_opened"])
    x = alt.X("revenue_opened:Q").title("Share of willingness to pay that is opened").scale(domain=[-0.02, 1.02], nice=False)
    y = alt.Y("adoption_opened:Q").title("Share of adoption weight that is opened").scale(domain=[-0.04, 1.08], nice=False)
    base = alt.Chart(data).encode(x.axis(format="%", grid=True, tickCount=5), y.axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]))
    points = base.mark_circle(size=170, opacity=0.95).encode(
        alt.Color("verdict:N").scale(domain=present, range=[colors[name] for name in present]).title("Rule ST0"),
        tooltip=["option:N", "verdict:N", *(alt.Tooltip(f"{name}:Q", format=".0%") for name in data.columns[1:4])],
    )
    once = data.drop_duplicates("label")
    label_base = alt.Chart(once).encode(x, y)
    right = label_base.transform_filter(alt.datum.revenue_opened <= 0.6).mark_text(align="left", dx=12, limit=420)
    left = label_base.transform_filter(alt.datum.revenue_opened > 0.6).mark_text(align="right", dx=-12, limit=420)
    lines = pd.DataFrame({"at": [trade_below, giveaway_from], "says": ["◀ can be a trade", "giveaway ▶"], "top": [1.05, 1.05]})
    rules = alt.Chart(lines).mark_rule(strokeDash=[4, 4], color=GREY).encode(alt.X("at:Q"))
    chart = (rules + points + right.encode(alt.Text("label:N")) + left.encode(alt.Text("label:N"))).properties(
        width="container", height=340
    )
    described = (
        "Options as points. Up: they open more of what makes people adopt. Right: they open more of what customers pay for. "
        f"Dashed lines at {trade_below:.0%} and {giveaway_from:.0%} separate trade, mixed and giveaway."
    )
    return Figure(chart, title, described, source, f"{len(data)} options", options[list(data.columns[:5])])
