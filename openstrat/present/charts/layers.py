"""What layers do for adoption and revenue, and what each option opens."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO, STANCE_COLORS
from openstrat.present.words import readable
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
    data["layer"] = data["layer"].map(readable)
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
    zero = alt.Chart().mark_rule(color=GRAY).encode(x=alt.datum(0))
    chart = alt.layer(bars, left, right, zero, data=long).properties(height=alt.Step(26))
    described = (
        "Bars to the left show how much a layer makes people adopt, bars to the right how much of what customers pay for it carries."
    )
    table = data.rename(columns={"adoption_share": "share of adoption", "revenue_share": "share of willingness to pay"})
    return Figure(chart, title, described, source, f"{len(data)} layers", table)


def option_tradeoff(options: pd.DataFrame, *, title: str, source: str, trade_below: float, giveaway_from: float) -> Figure:
    """Return every option as a point: what it opens of adoption (up) against what it opens of the paid layers (right).

    Where restrictive terms hold some users back, a line leads from what is open to everybody to what is opened at all.

    Parameters
    ----------
    options
        One row an option with columns option, verdict, adoption_opened, revenue_opened, adoption_unrestricted,
        revenue_unrestricted (0 to 1).
    trade_below, giveaway_from
        Cut-offs of the verdicts, drawn as lines.
    """
    shares = ["adoption_opened", "revenue_opened", "adoption_unrestricted", "revenue_unrestricted"]
    data = options[["option", "verdict", *shares]].copy()
    data["verdict"] = data["verdict"].map(readable)
    data["option"] = data["option"].map(readable)
    same = data.groupby(shares, sort=False)["option"].agg("\n".join).rename("label").reset_index()
    spread = same[(same["adoption_opened"] != same["adoption_unrestricted"]) | (same["revenue_opened"] != same["revenue_unrestricted"])]
    colors = {"nothing opened": GRAY, "trade": OKABE_ITO["green"], "mixed": OKABE_ITO["orange"], "giveaway": OKABE_ITO["vermillion"]}
    present = [name for name in colors if name in set(data["verdict"])]
    x = alt.X("revenue_opened:Q").title("Share of willingness to pay that is opened").scale(domain=[-0.03, 1.03], nice=False)
    y = alt.Y("adoption_opened:Q").title("Share of adoption weight that is opened").scale(domain=[-0.12, 1.12], nice=False)
    axes = {"x": x.axis(format="%", grid=True, tickCount=5), "y": y.axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])}
    tooltips = ["option:N", "verdict:N", *(alt.Tooltip(f"{name}:Q", format=".0%") for name in shares)]
    color = alt.Color("verdict:N").scale(domain=present, range=[colors[name] for name in present]).title("Rule ST0")
    points = alt.Chart(data).mark_circle(size=170, opacity=0.95).encode(**axes, color=color, tooltip=tooltips)
    ends = {"x": alt.X("revenue_unrestricted:Q"), "y": alt.Y("adoption_unrestricted:Q")}
    reach = (
        alt.Chart(spread)
        .mark_rule(color=GRAY, strokeWidth=2)
        .encode(**axes, x2=alt.X2("revenue_unrestricted:Q"), y2=alt.Y2("adoption_unrestricted:Q"))
    )
    hollow = alt.Chart(spread).mark_point(size=90, color=GRAY, strokeWidth=2, filled=False).encode(**ends)
    lines = pd.DataFrame({"at": [trade_below, giveaway_from]})
    rules = alt.Chart(lines).mark_rule(strokeDash=[4, 4], color=GRAY).encode(alt.X("at:Q"))
    chart = alt.layer(rules, reach, hollow, points, *_option_labels(same, spread)).properties(height=360)
    described = (
        "Options as points. Up: they open more of what makes people adopt. Right: they open more of what customers pay for. "
        "A gray line leads back to a hollow point: the part that is open to everybody, without terms that hold some users back. "
        f"Dashed lines at {trade_below:.0%} and {giveaway_from:.0%} separate trade, mixed and giveaway."
    )
    return Figure(chart, title, described, source, f"{len(data)} options", data)


def _option_labels(same: pd.DataFrame, spread: pd.DataFrame) -> list[alt.Chart]:
    """Label each point once: options with a line at its middle, the others at their point; to the left on the right side."""
    whole = same[~same.index.isin(spread.index)].rename(columns={"revenue_opened": "at_x", "adoption_opened": "at_y"})
    middle_x = (spread["revenue_opened"] + spread["revenue_unrestricted"]) / 2
    middle_y = (spread["adoption_opened"] + spread["adoption_unrestricted"]) / 2
    partly = spread.assign(at_x=middle_x, at_y=middle_y)
    labels = pd.concat([whole[["label", "at_x", "at_y"]], partly[["label", "at_x", "at_y"]]])
    base = alt.Chart(labels).encode(alt.X("at_x:Q"), alt.Y("at_y:Q"), alt.Text("label:N"))
    shared: dict[str, Any] = {"lineBreak": "\n", "limit": 420, "baseline": "top", "dy": 5}
    return [
        base.transform_filter(alt.datum.at_x <= 0.6).mark_text(align="left", dx=12, **shared),
        base.transform_filter(alt.datum.at_x > 0.6).mark_text(align="right", dx=-12, **shared),
    ]
