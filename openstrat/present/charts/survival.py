"""How long forks last, how they end, how soon they come, and all of them over time."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from openstrat.analysis.forks.lags import STEPS
from openstrat.analysis.forks.lifetimes import DAYS_A_YEAR
from openstrat.errors import InputError
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO
from openstrat.present.words import counted, readable

READING_COLORS = {"longest": OKABE_ITO["blue"], "shortest": OKABE_ITO["vermillion"]}
STATE_COLORS = {
    "going on": OKABE_ITO["sky"],
    "merged back": OKABE_ITO["green"],
    "ended": OKABE_ITO["vermillion"],
    "stalled": OKABE_ITO["orange"],
}
STEP_MARKS = {
    "announced": ("circle", OKABE_ITO["blue"]),
    "first_own_commit": ("diamond", OKABE_ITO["vermillion"]),
    "first_release": ("square", OKABE_ITO["green"]),
}
OUTCOME_MARKS = {
    "active": ("triangle-right", OKABE_ITO["blue"]),
    "became_main_line": ("diamond", OKABE_ITO["green"]),
    "stalled": ("square", OKABE_ITO["orange"]),
    "ended": ("cross", OKABE_ITO["vermillion"]),
    "merged_back": ("triangle-left", OKABE_ITO["purple"]),
    "unknown": ("circle", GRAY),
}
"""Shape and color of an outcome; its word stands beside it."""
RISK_YEARS = (0, 5, 10, 15)
BELOW = -0.30
"""Lower end of the survival axis: the numbers at risk stand below zero."""
DAY_TICKS = [-30, -7, 0, 7, 30, 90, 365]
ROW, UP = 40, 9
"""Pixels: a row of dots or bars, and how far words lie above its middle."""


def survival_curve(curve: pd.DataFrame, risk: pd.DataFrame, *, title: str, source: str, n: str) -> Figure:
    """Return the share of forks that last, as steps under both readings of their dates, with band and numbers at risk.

    Parameters
    ----------
    curve
        As `analysis.forks.lifetimes.curve_by_reading` gives it.
    risk
        As `analysis.forks.lifetimes.risk_table` gives it, for the years to print.
    title, source, n
        The finding in a sentence, where the dates come from, and how many forks with how many ends.
    """
    top = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".0%", grid=True)
    y = alt.Scale(domain=[BELOW, 1])
    x = alt.X("years:Q").scale(domain=[0, float(curve["years"].max())], nice=False).axis(values=list(range(0, 18, 2))).title("years")
    band = alt.Chart(curve.dropna(subset=["low"])).mark_area(interpolate="step-after", color=GRAY, opacity=0.25)
    band = band.encode(x, alt.Y("low:Q").scale(y).axis(top).title("share that lasts longer"), alt.Y2("high:Q"))
    long = curve.melt("years", list(READING_COLORS), var_name="reading", value_name="share").dropna()
    colors = alt.Color("reading:N").scale(domain=list(READING_COLORS), range=list(READING_COLORS.values())).legend(None)
    dashes = alt.StrokeDash("reading:N").scale(domain=list(READING_COLORS), range=[[1, 0], [6, 3]]).legend(None)
    tooltip = ["reading:N", alt.Tooltip("years:Q", format=".1f"), alt.Tooltip("share:Q", format=".0%")]
    lines = alt.Chart(long).mark_line(interpolate="step-after", strokeWidth=2.4)
    lines = lines.encode(x, alt.Y("share:Q").scale(y), colors, dashes, tooltip=tooltip)
    chart = alt.layer(band, lines, *_line_labels(long, x, y, colors), *_risk_rows(risk, x, y)).properties(height=330)
    described = (
        "Two step lines of the share of forks that last longer than so many years: solid for the longest, dashed for the shortest reading "
        "of half-known dates. The band covers both 95% log-log intervals. Below, how many forks are still observed. "
        f"At the end {_share(curve['longest'])} and {_share(curve['shortest'])}."
    )
    return Figure(chart, title, described, source, n, curve.round(4))


def competing_ends(incidence: pd.DataFrame, *, title: str, source: str, n: str) -> Figure:
    """Return the share of forks by what had become of them, as stacked areas over years; the shares add up to one.

    `incidence` is that of a `ForkSurvival`. Other arguments as in `survival_curve`.
    """
    wide = incidence.pivot_table(index="time_days", columns="end", values="share").rename(columns=readable)
    wide["going on"] = 1 - wide.sum(axis=1)
    n_ended = incidence.groupby("end")["n_ended"].sum().rename(index=readable)
    order = [state for state in STATE_COLORS if state in wide]
    tops = wide[order].cumsum(axis=1)
    parts = [
        pd.DataFrame({"years": wide.index / DAYS_A_YEAR, "state": state, "share": wide[state], "top": tops[state]}).assign(
            bottom=tops[state] - wide[state]
        )
        for state in order
    ]
    data = pd.concat(parts, ignore_index=True)
    x = alt.X("years:Q").scale(domain=[0, float(data["years"].max())], nice=False).axis(values=list(range(0, 18, 2))).title("years")
    colors = alt.Color("state:N").scale(domain=order, range=[STATE_COLORS[state] for state in order]).legend(None)
    base = alt.Chart(data).encode(x, colors)
    y = alt.Y("bottom:Q").scale(domain=[0, 1]).axis(format=".0%", tickCount=4, grid=True).title("share of forks")
    tooltip = ["state:N", alt.Tooltip("years:Q", format=".1f"), alt.Tooltip("share:Q", format=".0%")]
    areas = base.mark_area(interpolate="step-after", opacity=0.85).encode(y, alt.Y2("top:Q"), tooltip=tooltip)
    last = data.groupby("state", sort=False).tail(1).assign(middle=lambda rows: (rows["top"] + rows["bottom"]) / 2)
    last["words"] = [f"{row['state']}: {row['share']:.0%}{_of(n_ended, row['state'])}" for row in last.to_dict("records")]
    words = alt.Chart(last).mark_text(align="right", dx=-6, fontWeight=600, color="#111111").encode(x, alt.Y("middle:Q"), text="words:N")
    chart = alt.layer(areas, words).properties(height=280)
    said = ", ".join(last["words"])
    described = (
        f"Stacked areas over years since the start of a fork, adding up to 100%. At the end: {said}. One way to end rules out the others."
    )
    table = data[["years", "state", "share"]].round(4)
    return Figure(chart, title, described, source, n, table)


def lag_dots(lags: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one row a fork: days from the license change to announcement, first own commit and first release.

    `lags` is what `analysis.forks.lags.fork_lags` gives. A date known by month is drawn as a bar from its fewest to its most days.
    """
    if lags.empty:
        raise InputError("No fork with a lag was given. Choose forks after a license change.")
    data = lags.assign(
        name=lags["event_id"].map(_name), middle=(lags["days_low"] + lags["days_high"]) / 2, step_words=lags["step"].map(STEPS)
    )
    order = data.groupby("event_id")["days_high"].min().sort_values().index.tolist()
    words_of = {str(name): _lag_words(rows) for name, rows in data.groupby("event_id", sort=False)}
    rows = pd.DataFrame({"event_id": list(words_of), "words": list(words_of.values())})
    y = alt.Y("event_id:N").sort(order).axis(None)
    ends = [min(float(data["days_low"].min()), 0) * 1.6, float(data["days_high"].max()) * 1.3]
    scale = alt.Scale(type="symlog", constant=6, domain=ends, nice=False)
    axis = alt.Axis(values=DAY_TICKS, grid=True, orient="top")
    x = alt.X("middle:Q").scale(scale).axis(axis).title("days since the license change (stretched near zero)")
    words, shapes, colors = list(STEPS.values()), *zip(*(STEP_MARKS[step] for step in STEPS), strict=True)
    color = alt.Color("step_words:N").scale(domain=words, range=list(colors)).title(None)
    shape = alt.Shape("step_words:N").scale(domain=words, range=list(shapes)).title(None)
    tooltip = ["name:N", "step_words:N", "days_low:Q", "days_high:Q", "step_on:N"]
    base = alt.Chart(data[["event_id", "name", "step_words", "days_low", "days_high", "middle", "step_on"]]).encode(y)
    spans = base.mark_rule(strokeWidth=4, opacity=0.5, yOffset=UP).encode(alt.X("days_low:Q").scale(scale), alt.X2("days_high:Q"), color)
    dots = base.mark_point(size=110, filled=True, opacity=0.9, yOffset=UP).encode(x, color, shape, tooltip=tooltip)
    labels = alt.Chart(rows).mark_text(align="left", dy=-UP, limit=alt.ExprRef("width")).encode(y, x=alt.value(0), text="words:N")
    zero = alt.Chart(pd.DataFrame({"middle": [0]})).mark_rule(color=GRAY, strokeDash=[4, 3]).encode(x)
    chart = alt.layer(zero, spans, dots, labels).properties(height=alt.Step(ROW))
    described = (
        f"One row a fork, {len(order)} forks after a license change. Circle: announced; diamond: first own commit; square: first release. "
        "A bar spans what a date known by month can mean. The dashed line is the license change; left of it a step came before."
    )
    table = data[["event_id", "step", "days_low", "days_high", "is_exact", "is_about", "changed_on", "step_on"]]
    return Figure(chart, title, described, source, f"{counted(len(data), 'dated step')} of {len(order)} forks", table)


def fork_timeline(lifetimes: pd.DataFrame, *, as_of: str, title: str, source: str) -> Figure:
    """Return one bar a fork from its start to its end or the last day that was looked at, the outcome as shape and word.

    `lifetimes` are the rows of `analysis.forks.lifetimes.Lifetimes`. The pale part is what half-known or missing dates leave open.
    """
    data = lifetimes.sort_values("origin_first_on").assign(word=lifetimes["outcome"].map(readable))
    data["words"] = [
        f"{_name(row['event_id'])}: {row['word']}{_until(row)}"
        for row in data[["event_id", "word", "until_basis", "until_last_on"]].to_dict("records")
    ]
    order = data["event_id"].tolist()
    first, last = data["origin_first_on"].min(), pd.Timestamp(as_of)
    scale = alt.Scale(domain=[_day(first), _day(last)], nice=False)
    axis = alt.Axis(format="%Y", grid=True, orient="top", tickCount={"interval": "year", "step": 4})
    time = alt.X("origin_first_on:T").scale(scale).axis(axis).title(None)
    present = [outcome for outcome in OUTCOME_MARKS if outcome in set(data["outcome"])]
    words = [readable(outcome) for outcome in present]
    color = alt.Color("word:N").scale(domain=words, range=[OUTCOME_MARKS[outcome][1] for outcome in present]).legend(None)
    shape = alt.Shape("word:N").scale(domain=words, range=[OUTCOME_MARKS[outcome][0] for outcome in present]).legend(None)
    across = (data["origin_first_on"] - first) / (last - first)
    drawn = data.assign(on_left=across > 0.35, ends=last)
    columns = ["event_id", "word", "words", "origin_first_on", "until_first_on", "until_last_on", "on_left", "ends"]
    y = alt.Y("event_id:N").sort(order).axis(None)
    base = alt.Chart(drawn[columns]).encode(y)
    open_part = base.mark_rule(strokeWidth=8, opacity=0.3, yOffset=UP).encode(time, alt.X2("until_last_on:T"), color)
    sure_part = base.mark_rule(strokeWidth=8, yOffset=UP).encode(time, alt.X2("until_first_on:T"), color)
    tips = base.mark_point(size=130, filled=True, opacity=1, yOffset=UP).encode(
        alt.X("until_last_on:T").scale(scale), color, shape, tooltip=["words:N", "origin_first_on:T", "until_last_on:T"]
    )
    left = base.transform_filter("!datum.on_left").mark_text(align="left", dy=-UP).encode(time, text="words:N")
    right = base.transform_filter("datum.on_left").mark_text(align="right", dy=-UP).encode(alt.X("ends:T").scale(scale), text="words:N")
    padding = {"left": 5, "top": 5, "right": 14, "bottom": 5}
    chart = alt.layer(open_part, sure_part, tips, left, right).properties(height=alt.Step(ROW - 4), padding=padding)
    counts = data["word"].value_counts()
    described = (
        f"{len(data)} forks as bars over time, oldest on top: " + ", ".join(f"{count} {word}" for word, count in counts.items()) + ". The "
        f"mark at the end and the word say what became of each; a pale part is not known for sure. {as_of} is the right edge."
    )
    days = ["origin_first_on", "until_first_on", "until_last_on"]
    table = data[["event_id", "outcome", "origin_basis", "origin_first_on", "until_basis", "until_first_on", "until_last_on"]].copy()
    table[days] = table[days].apply(lambda column: column.dt.strftime("%Y-%m-%d"))
    return Figure(chart, title, described, source, counted(len(data), "fork"), table)


def _line_labels(long: pd.DataFrame, x: alt.X, y: alt.Scale, colors: alt.Color) -> list[alt.Chart]:
    ends = long.groupby("reading").tail(1).assign(words=lambda rows: rows["reading"] + " reading")
    base = alt.Chart(ends).encode(x, alt.Y("share:Q").scale(y), colors, text="words:N")
    return [base.mark_text(align="right", dy=-9, fontWeight=600)]


def _risk_rows(risk: pd.DataFrame, x: alt.X, y: alt.Scale) -> list[alt.Chart]:
    both = risk.pivot(index="years", columns="reading", values="n_at_risk").reset_index()
    both["words"] = both["shortest"].astype(str) + " / " + both["longest"].astype(str)
    both["at"] = BELOW + 0.06
    head = pd.DataFrame({"years": [0], "at": [BELOW + 0.15], "words": ["still observed, shortest / longest reading"]})
    inner = both[both["years"] > 0]
    start = alt.Chart(pd.concat([head, both[both["years"] == 0]])).mark_text(align="left", fontSize=11)
    rest = alt.Chart(inner).mark_text(align="center", fontSize=11)
    return [part.encode(x, alt.Y("at:Q").scale(y), text="words:N") for part in (start, rest)]


def _lag_words(rows: pd.DataFrame) -> str:
    """Return a fork's days in words: 'valkey: announced 8, commit 2, release 26'."""
    said = []
    for row in rows.to_dict("records"):
        days = f"{row['days_low']}" if row["days_low"] == row["days_high"] else f"{row['days_low']} to {row['days_high']}"
        step = STEPS[row["step"]].rsplit(" ", 1)[-1]
        said.append(f"{step} {'about ' if row['is_about'] else ''}{days}".replace("-", "−"))
    return f"{str(rows['fork'].iloc[0]).rsplit('/', 1)[-1]}: {', '.join(said)}"


def _of(n_ended: pd.Series[int], state: str) -> str:
    return f", {counted(int(n_ended[state]), 'fork')}" if state in n_ended else ""


def _share(column: pd.Series[float]) -> str:
    return f"{column.dropna().iloc[-1]:.0%}"


def _name(event_id: str) -> str:
    """Return an event as charts call it: `redis-valkey` is 'redis → valkey'."""
    return event_id.replace("-", " → ", 1)


def _until(row: dict[Any, Any]) -> str:
    if row["until_basis"] == "not_observed":
        return ", not measured"
    day = f"{row['until_last_on']:%Y-%m}"
    return f", seen to {day}" if row["until_basis"] == "observed_until" else f" {day}"


def _day(moment: pd.Timestamp) -> alt.DateTime:
    return alt.DateTime(year=moment.year, month=moment.month, date=moment.day)
