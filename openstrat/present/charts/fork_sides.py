"""Both sides of a fork month by month, and who of the upstream's people is where."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Literal

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO
from openstrat.present.words import counted

Align = Literal["left", "center", "right"]
SIDE_COLORS = {"upstream": OKABE_ITO["blue"], "fork": OKABE_ITO["vermillion"]}
SIDE_DASHES = {"upstream": [1, 0], "fork": [7, 3]}
GROUPS = {
    "n_migrants": ("fork, from upstream", OKABE_ITO["vermillion"]),
    "n_older": ("fork, upstream long ago", OKABE_ITO["orange"]),
    "n_new": ("fork, new to both", OKABE_ITO["green"]),
    "n_upstream_only": ("upstream only", "#5B9BD5"),
}
"""Groups of people that exclude each other, from the bottom of the stack to its top."""
SHORT_WORDS = dict(
    zip((words for words, _ in GROUPS.values()), ("from upstream", "upstream long ago", "new", "upstream only"), strict=True)
)
"""What stands in an area, after the number of people."""
BOTH = "active on both sides"
PLACES = {
    "in the fork only": OKABE_ITO["vermillion"],
    "on both sides": OKABE_ITO["purple"],
    "in the fork": "#E8A87C",
    "upstream only": OKABE_ITO["blue"],
    "on neither side": "#A9AFB9",
    "not seen in the fork": "#A9AFB9",
}
"""Where people of the upstream's core are seen; the coarse words stand where the upstream is not known."""
HEADROOM, SIDEROOM = 1.22, 0.2
"""Free part above the highest value, for the words of events; and to the right, for the names of lines."""
FEW_DAYS = 1100
ALIGNMENTS: tuple[Align, ...] = ("left", "center", "right")
ROW, BAR = 46, 16


def sides_by_month(
    months: pd.DataFrame,
    events: Mapping[str, str],
    *,
    names: Mapping[str, str],
    label: str,
    title: str,
    source: str,
    is_share: bool = False,
) -> Figure:
    """Return one line a side over months, the days of events as rules with words, months that a history cuts as hollow points.

    Parameters
    ----------
    months
        As `analysis.forks.pair.side_months` gives it.
    events
        Words to day (YYYY-MM or YYYY-MM-DD), in the order in which they are written.
    names
        What each side is called.
    label
        What is measured, with its unit.
    """
    data = plain_months(months, names)
    top, shown = top_of(data), events_within(events, data["month"])
    last = data.dropna(subset=["value"]).groupby("side", sort=False).tail(1)
    end = data["month"].max() + (data["month"].max() - data["month"].min()) * SIDEROOM
    scale = alt.Scale(domain=[_day(data["month"].min()), _day(end)], nice=False)
    x = alt.X("month:T").scale(scale).title(None).axis(**time_axis(data["month"]))
    y = alt.Y("value:Q").scale(domain=[0, top], nice=False).title(label).axis(tickCount=5, grid=True, **_format(is_share))
    ends = last.assign(words=last["name"])
    ends["at"] = _apart(ends["value"].tolist(), top * 0.075)
    texts = alt.Chart(ends).mark_text(align="left", dx=6, fontWeight=700).encode(x, alt.Y("at:Q"), color_of(names), text="words:N")
    chart = alt.layer(*event_marks(shown, x, left=data["month"].min(), right=end), *side_lines(data, x, y, names), texts).properties(
        height=290
    )
    sides = [f"{name} ({'full' if side == 'upstream' else 'dashed'} line, {_span(data, side)})" for side, name in names.items()]
    said = "; ".join(f"{words}: {day}" for words, day in shown.items())
    described = f"Lines of {label}: {', '.join(sides)}. Rules mark {said or 'nothing'}. A hollow point is a month that a history cuts."
    table = data.assign(month=data["month"].dt.strftime("%Y-%m"))[["month", "side", "repository", "value", "is_partial"]].dropna(
        subset=["value"]
    )
    return Figure(chart, title, described, source, counted(len(table), "month"), table)


def plain_months(months: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return months with the name of each side, ready for drawing."""
    named = months[months["side"].isin(list(names))]
    return named.assign(name=named["side"].map(dict(names)))[["month", "side", "name", "repository", "value", "is_partial"]]


def color_of(names: Mapping[str, str], *, legend: alt.Legend | None = None) -> alt.Color:
    """Return the color of a side's name, without a legend unless one is given."""
    scale = alt.Scale(domain=list(names.values()), range=[SIDE_COLORS[side] for side in names])
    return alt.Color("name:N").scale(scale).title(None).legend(legend)


def side_lines(data: pd.DataFrame, x: alt.X, y: alt.Y, names: Mapping[str, str], *, legend: alt.Legend | None = None) -> list[Any]:
    """Return the lines and their hollow points as layers."""
    dash = alt.StrokeDash("name:N").scale(domain=list(names.values()), range=[SIDE_DASHES[side] for side in names]).legend(None)
    tooltip = [alt.Tooltip("month:T", format="%Y-%m"), alt.Tooltip("repository:N"), alt.Tooltip("value:Q"), alt.Tooltip("is_partial:N")]
    base = alt.Chart(data).encode(x, y, color_of(names, legend=legend), tooltip=tooltip)
    cut = base.transform_filter("datum.is_partial").mark_point(size=70, filled=False, strokeWidth=2)
    return [base.mark_line(strokeWidth=2.2).encode(dash), cut]


def time_axis(months: pd.Series[pd.Timestamp]) -> dict[str, Any]:
    """Return ticks by year, or by quarter where the months are few."""
    few = (months.max() - months.min()).days <= FEW_DAYS
    ticks = {"format": "%Y-%m", "tickCount": {"interval": "month", "step": 3}} if few else {"format": "%Y", "tickCount": "year"}
    return {**ticks, "grid": False, "labelOverlap": True, "labelSeparation": 8}


def top_of(data: pd.DataFrame) -> float:
    """Return the upper end of the scale: the highest value with room for words above it; 1 where nothing is known."""
    highest = float(data["value"].fillna(0.0).max())
    return highest * HEADROOM or 1.0


def events_within(events: Mapping[str, str], months: pd.Series[pd.Timestamp]) -> dict[str, str]:
    """Return the events that lie within the drawn months; others would stretch the axis."""
    first, last = months.min(), months.max() + pd.offsets.MonthEnd(1)
    return {words: day for words, day in events.items() if first <= pd.Timestamp(day) <= last}


def event_marks(events: Mapping[str, str], x: alt.X, *, left: pd.Timestamp, right: pd.Timestamp, at_top: bool = True) -> list[Any]:
    """Return the days of events as dashed rules; their words stand where there is more room between `left` and `right`, a line each."""
    marks: list[Any] = []
    for place, (words, day) in enumerate(events.items()):
        is_early = pd.Timestamp(day) - left < (right - left) / 2
        one = alt.Chart(pd.DataFrame({"month": [pd.Timestamp(day)], "words": [f"{words} {day}"]})).encode(x)
        marks.append(one.mark_rule(color=GRAY, strokeDash=[4, 4]))
        if at_top:
            text = one.mark_text(align="left" if is_early else "right", dx=5 if is_early else -5, baseline="top", fontSize=11)
            marks.append(text.encode(text="words:N", y=alt.value(2 + 14 * place)))
    return marks


def who_moved(months: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return people by month as stacked areas by where they are and where they come from, with those on both sides as a line.

    `months` is what `analysis.forks.pair.movement` gives. A group that is not known in a month is left out there.
    """
    data = moved_long(months)
    x = alt.X("month:T").title(None).axis(**time_axis(months["month"]))
    chart = alt.layer(*moved_layers(data, months, x)).properties(height=280)
    n = len(months.dropna(subset=["n_new"]))
    described = (
        "Stacked areas of people active in a month, from bottom to top: in the fork and seen upstream in the two years before it began; "
        "in the fork and seen upstream longer ago; in the fork and never seen upstream; upstream only. The black line counts those in the "
        "fork who are active upstream too. A group that is not known in a month is missing there, not zero."
    )
    table = months.assign(month=months["month"].dt.strftime("%Y-%m"))[["month", *GROUPS, "n_both"]]
    return Figure(chart, title, described, source, f"{counted(n, 'month')} of the fork", table)


def moved_long(months: pd.DataFrame) -> pd.DataFrame:
    """Return people by month and group with the bottom and top of each area; groups that are not known are left out."""
    known = months[list(GROUPS)].fillna(0.0)
    tops = known.cumsum(axis=1)
    parts = [
        pd.DataFrame(
            {"month": months["month"], "group": words, "people": months[name], "bottom": tops[name] - known[name], "top": tops[name]}
        ).dropna(subset=["people"])
        for name, (words, _) in GROUPS.items()
    ]
    return pd.concat(parts, ignore_index=True)


def moved_layers(data: pd.DataFrame, months: pd.DataFrame, x: alt.X) -> list[Any]:
    """Return areas, the line of people on both sides, and a legend on top."""
    words = [name for name, _ in GROUPS.values() if name in set(data["group"])]
    colors = dict(GROUPS.values())
    legend = alt.Legend(columns=2, symbolType="square")
    color = alt.Color("group:N").scale(domain=words, range=[colors[name] for name in words]).title(None).legend(legend)
    tooltip = [alt.Tooltip("month:T", format="%Y-%m"), alt.Tooltip("group:N"), alt.Tooltip("people:Q")]
    y = alt.Y("bottom:Q").title("people active in the month").axis(tickCount=5, grid=True)
    areas = alt.Chart(data).mark_area(opacity=0.88, line=False).encode(x, y, alt.Y2("top:Q"), color, tooltip=tooltip)
    both = months.dropna(subset=["n_both"])[["month", "n_both"]].assign(words=BOTH)
    tips = [alt.Tooltip("month:T", format="%Y-%m"), alt.Tooltip("n_both:Q", title=BOTH)]
    line = alt.Chart(both).mark_line(strokeWidth=2, color="#111111").encode(x, alt.Y("n_both:Q"), tooltip=tips)
    most = both[both["n_both"] == both["n_both"].max()].head(1).assign(words=lambda rows: rows["n_both"].map("{:g} on both sides".format))
    align = _align(most["month"], data["month"])
    name = alt.Chart(most[most["n_both"] > 0]).mark_text(dy=-9, align=align[0] if align else "left", fontWeight=700, color="#111111")
    return [areas, line, *_area_words(data), name.encode(x, alt.Y("n_both:Q"), text="words:N")]


def _area_words(data: pd.DataFrame) -> list[Any]:
    """Return the number of people of each group where its area is thickest, if it is thick enough to hold it."""
    thickest = data.loc[data.groupby("group", sort=False)["people"].idxmax()]
    chosen = thickest[thickest["people"] >= data["top"].max() * 0.09].assign(middle=lambda rows: (rows["bottom"] + rows["top"]) / 2)
    chosen["words"] = [f"{people:.0f} {SHORT_WORDS[group]}" for people, group in zip(chosen["people"], chosen["group"], strict=True)]
    side = _align(chosen["month"], data["month"])
    shared = [alt.X("month:T"), alt.Y("middle:Q")]
    return [
        alt.Chart(chosen[[found == align for found in side]])
        .mark_text(align=align, fontWeight=700, color="#111111")
        .encode(*shared, text="words:N")
        for align in ALIGNMENTS
        if align in side
    ]


def _align(at: pd.Series[pd.Timestamp], months: pd.Series[pd.Timestamp]) -> list[Align]:
    """Return on which side of a month words stand, so that they stay within the drawn months."""
    span = months.max() - months.min()
    return ["left" if share < 0.2 else "right" if share > 0.8 else "center" for share in (at - months.min()) / span]


def core_bars(core: pd.DataFrame, *, names: Mapping[str, str], title: str, source: str) -> Figure:
    """Return one bar a horizon: where the upstream's core is seen up to then, with the counts in words above.

    `core` is what `analysis.forks.pair.core_rows` gives for one group; `names` what both sides are called.
    """
    rows = core.to_dict("records")
    parts = pd.DataFrame([part for row in rows for part in _places(row)])
    said = pd.DataFrame({"horizon": [_horizon(row) for row in rows], "words": [_core_words(row) for row in rows]})
    order = said["horizon"].tolist()
    present = [place for place in PLACES if place in set(parts["place"])]
    y = alt.Y("horizon:N").sort(order).axis(None)
    legend = alt.Legend(columns=3, symbolType="square")
    color = alt.Color("place:N").scale(domain=present, range=[PLACES[place] for place in present]).title(None).legend(legend)
    x = alt.X("first:Q").title("people of the core").axis(tickMinStep=1, tickCount=6, format="d")
    tooltip = ["horizon:N", "place:N", "people:Q"]
    bars = alt.Chart(parts).mark_bar(size=BAR, yOffset=8).encode(y, x, alt.X2("last:Q"), color, tooltip=tooltip)
    texts = alt.Chart(said).mark_text(align="left", dy=-11, limit=alt.ExprRef("width")).encode(y, x=alt.value(0), text="words:N")
    chart = alt.layer(bars, texts).properties(height=alt.Step(ROW))
    n = int(rows[0]["n_group"])
    described = (
        f"{len(rows)} bars, one for each horizon, of the {counted(n, 'person').replace('persons', 'people')} with ten or more commits to "
        f"{names['upstream']} in the year before: {'; '.join(said['words'])}."
    )
    table = core[["horizon_months", "n_group", "n_in_fork", "n_fork_only", "n_both", "n_upstream_only", "n_neither", "is_complete_fork"]]
    return Figure(
        chart,
        title,
        described,
        source,
        counted(n, "person").replace("persons", "people"),
        table.astype({"n_group": "float64", "n_in_fork": "float64"}),
    )


def _places(row: dict[Any, Any]) -> list[dict[str, Any]]:
    fine = {
        "in the fork only": "n_fork_only",
        "on both sides": "n_both",
        "upstream only": "n_upstream_only",
        "on neither side": "n_neither",
    }
    if pd.isna(row["n_fork_only"]):
        counts = {"in the fork": int(row["n_in_fork"]), "not seen in the fork": int(row["n_group"] - row["n_in_fork"])}
    else:
        counts = {place: int(row[column]) for place, column in fine.items()}
    found, first = [], 0
    for place, people in counts.items():
        found.append({"horizon": _horizon(row), "place": place, "people": people, "first": first, "last": first + people})
        first += people
    return [part for part in found if part["people"]]


def _horizon(row: dict[Any, Any]) -> str:
    return f"after {row['horizon_months']} months"


def _core_words(row: dict[Any, Any]) -> str:
    least = "" if row["is_complete_fork"] else "at least "
    said = f"{_horizon(row)}: {least}{row['n_in_fork']} of {row['n_group']} in the fork"
    return said if pd.isna(row["n_both"]) else f"{said}, {row['n_both']} on both sides"


def _apart(values: list[float], least: float) -> list[float]:
    """Return the values with the higher of two that are close moved up, so that their words do not overlap."""
    moved = list(values)
    order = sorted(range(len(values)), key=lambda place: values[place])
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + least)
    return moved


def _format(is_share: bool) -> dict[str, Any]:
    return {"format": ".0%"} if is_share else {"tickMinStep": 1}


def _span(data: pd.DataFrame, side: str) -> str:
    own = data[(data["side"] == side) & data["value"].notna()]["month"]
    return f"{own.min():%Y-%m} to {own.max():%Y-%m}" if len(own) else "not known"


def _day(moment: pd.Timestamp) -> alt.DateTime:
    return alt.DateTime(year=moment.year, month=moment.month, date=moment.day)
