"""A project's months around an event, beside what the middle half of comparable projects did in the same months."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

OWN = OKABE_ITO["blue"]
HEIGHT = 280
FIRST, TICKS = -24, [-24, -12, 0, 12, 24]
ROOM = 11
"""Months past the last one on the axis, for the names of the lines."""
NEAR = 0.08
"""Ends of lines closer than this part of the axis have their names set apart."""
LONGEST = 14
"""Letters of a name that fit beside its line; a longer one is called the project."""


def months_around(
    series: pd.DataFrame, *, name: str, counted: str, means: tuple[float | None, float | None], title: str, source: str
) -> Figure:
    """Return a project's months as a line over the band of its donors, with the means of the year before and the year after as bars.

    Parameters
    ----------
    series
        One row a month with columns month, months_since_event, value, share, donor_low, donor_median, donor_high, n_donors.
    name, counted
        The project, and what is counted, in words.
    means
        Means of the year before and the year after; an unknown one is not drawn.
    title, source
        The finding in a sentence, and where the months come from.
    """
    columns = ["months_since_event", "value", "share", "donor_low", "donor_median", "donor_high", "n_donors"]
    data = series[columns].sort_values("months_since_event").assign(month=series["month"].dt.strftime("%Y-%m"))
    x = _months("months_since_event", int(data["months_since_event"].max()))
    scale = alt.Scale(domainMin=0, domainMax=float(data[["share", "donor_high"]].max().max()) * 1.08, nice=False)
    y = alt.Y("share:Q").scale(scale).title("share of its mean in the year before").axis(format=".0%", tickCount=5)
    base = alt.Chart(data).encode(x)
    band = base.mark_area(color=GRAY, opacity=0.28).encode(alt.Y("donor_low:Q").scale(scale), alt.Y2("donor_high:Q"))
    middle = base.mark_line(color=GRAY, strokeWidth=1.2, strokeDash=[6, 3]).encode(alt.Y("donor_median:Q").scale(scale))
    tooltip = ["month:N", alt.Tooltip("value:Q", title=counted), alt.Tooltip("share:Q", format=".0%")]
    own = data.dropna(subset="share")
    own = own.assign(stretch=(own["months_since_event"].diff() != 1).cumsum())
    line = alt.Chart(own).mark_line(color=OWN, strokeWidth=1.6, point={"size": 14, "color": OWN})
    line = line.encode(x, y, alt.Detail("stretch:N"), tooltip=tooltip)
    rule = alt.Chart(pd.DataFrame({"months_since_event": [0]})).mark_rule(color=GRAY, strokeDash=[4, 4]).encode(x)
    chart = alt.layer(
        band, middle, rule, line, *_means(means, int(data["months_since_event"].max()), scale), *_names(data, name, x, scale)
    ).properties(height=HEIGHT)
    known = len(own)
    described = (
        f"{counted[0].upper()}{counted[1:]} in {name} as a line over {known} months around the event at the upright rule, as shares of the "
        f"mean of the twelve months before. The gray band holds the middle half of up to {data['n_donors'].max():.0f} projects without an "
        "event, each as a share of its own mean; the dashed line is their median. Thick bars are the means of the year before and the "
        "year after, their values below. Where the line breaks or ends there is no record, which is not a zero."
    )
    table = data[["month", *columns]].rename(columns={"value": counted})
    return Figure(chart, title, described, source, f"{known} months, {data['n_donors'].max():.0f} donors", table)


def _months(field: str, last: int) -> alt.X:
    ticks = [tick for tick in TICKS if tick <= last]
    axis: alt.X = alt.X(f"{field}:Q").title("months since the event").axis(values=ticks, grid=False)
    return axis.scale(domain=[FIRST, last + ROOM], nice=False)


def _means(means: tuple[float | None, float | None], last: int, scale: alt.Scale) -> list[alt.Chart]:
    """Return the means of both years as thick bars, with their values at the foot of the picture."""
    before, after = means
    rows = [(-12, -1, before), (1, 12, after)]
    if not before:
        return []
    known = [
        {"from": start, "to": end, "middle": (start + end) / 2, "share": mean / before, "words": f"{mean:.1f}"}
        for start, end, mean in rows
        if mean is not None
    ]
    base = alt.Chart(pd.DataFrame(known))
    bars = base.mark_rule(color=OWN, strokeWidth=7, opacity=0.35)
    words = base.mark_text(baseline="bottom", fontWeight=700, color=OWN)
    return [
        bars.encode(_months("from", last), alt.X2("to:Q"), alt.Y("share:Q").scale(scale)),
        words.encode(_months("middle", last), y=alt.value(HEIGHT - 4), text="words:N"),
    ]


def _names(data: pd.DataFrame, name: str, x: alt.X, scale: alt.Scale) -> list[alt.Chart]:
    """Return the names of line and band at their right ends, set apart where they would meet."""
    own = data.dropna(subset="share").tail(1)
    band = data.dropna(subset="donor_median").tail(1)
    gap = float(own["share"].iloc[0] - band["donor_median"].iloc[0])
    is_near = abs(gap) < NEAR * float(scale.domainMax) and own.index[0] == band.index[0]
    shift = (-7 if gap > 0 else 7) if is_near else 0
    short = name.split(" (", maxsplit=1)[0]
    ends = [(own, "share", short if len(short) <= LONGEST else "project", OWN, shift), (band, "donor_median", "donors", GRAY, -shift)]
    return [
        alt.Chart(rows.assign(words=words))
        .mark_text(align="left", dx=6, dy=apart, fontWeight=600, color=color)
        .encode(x, alt.Y(f"{column}:Q").scale(scale), text="words:N")
        for rows, column, words, color, apart in ends
    ]
