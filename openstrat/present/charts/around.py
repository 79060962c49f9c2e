"""A project's months around an event, beside what the middle half of comparable projects did in the same months."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO

OWN = OKABE_ITO["blue"]
HEIGHT = 280
TICKS = [-24, -12, 0, 12, 24]
EDGE = 33
"""Months on the axis: past the last month there is room for the name of the line."""
TOP = 3.0
"""Shares above this are drawn at the edge; the table holds them as they are."""


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
    data["stretch"] = (data["months_since_event"].diff() != 1).cumsum()
    x = alt.X("months_since_event:Q").title("months since the event").axis(values=TICKS, grid=False).scale(domain=[-24, EDGE], nice=False)
    scale = alt.Scale(domainMin=0, domainMax=min(TOP, float(data[["share", "donor_high"]].max().max()) * 1.08), clamp=True)
    y = alt.Y("share:Q").scale(scale).title("share of its mean in the year before").axis(format=".0%", tickCount=5)
    base = alt.Chart(data).encode(x)
    band = base.mark_area(color=GRAY, opacity=0.28).encode(alt.Y("donor_low:Q").scale(scale), alt.Y2("donor_high:Q"))
    middle = base.mark_line(color=GRAY, strokeWidth=1.2, strokeDash=[6, 3]).encode(alt.Y("donor_median:Q").scale(scale))
    tooltip = ["month:N", alt.Tooltip("value:Q", title=counted), alt.Tooltip("share:Q", format=".0%")]
    line = base.mark_line(color=OWN, strokeWidth=1.6, point={"size": 14, "color": OWN}).encode(y, alt.Detail("stretch:N"), tooltip=tooltip)
    rule = alt.Chart(pd.DataFrame({"months_since_event": [0]})).mark_rule(color=GRAY, strokeDash=[4, 4]).encode(x)
    chart = alt.layer(band, middle, rule, line, *_means(means, x, scale), *_names(data, name, x, scale)).properties(height=HEIGHT)
    known = data["value"].notna().sum()
    described = (
        f"{counted[0].upper()}{counted[1:]} in {name} as a line over {known} months around the event at the upright rule, as shares of the "
        f"mean of the twelve months before. The gray band holds the middle half of up to {data['n_donors'].max():.0f} projects without an "
        "event, each as a share of its own mean; the dashed line is their median. Thick bars are the means of the year before and "
        "after. A break in the line is a month without a record, not a zero."
    )
    table = data[["month", *columns]].rename(columns={"value": counted})
    return Figure(chart, title, described, source, f"{known} months, {data['n_donors'].max():.0f} donors", table)


def _means(means: tuple[float | None, float | None], x: alt.X, scale: alt.Scale) -> list[alt.Chart]:
    """Return the means of both years as thick bars with their value."""
    before, after = means
    rows = [(-12, -1, before), (1, 12, after)]
    if not before:
        return []
    known = [
        {"from": first, "to": last, "share": mean / before, "words": f"mean {mean:.1f}"} for first, last, mean in rows if mean is not None
    ]
    base = alt.Chart(pd.DataFrame(known))
    bars = base.mark_rule(color=OWN, strokeWidth=7, opacity=0.35).encode(_at(x, "from"), alt.X2("to:Q"), alt.Y("share:Q").scale(scale))
    words = base.mark_text(align="left", baseline="bottom", dy=-7, fontWeight=700, color=OWN)
    return [bars, words.encode(_at(x, "from"), alt.Y("share:Q").scale(scale), text="words:N")]


def _names(data: pd.DataFrame, name: str, x: alt.X, scale: alt.Scale) -> list[alt.Chart]:
    """Return the names of line and band at their right ends."""
    own = data.dropna(subset="share").tail(1)
    band = data.dropna(subset="donor_median").tail(1)
    ends = [(own, "share", name.split(" (", maxsplit=1)[0], OWN), (band, "donor_median", "donors", GRAY)]
    return [
        alt.Chart(rows.assign(words=words))
        .mark_text(align="left", dx=6, fontWeight=600, color=color)
        .encode(x, alt.Y(f"{column}:Q").scale(scale), text="words:N")
        for rows, column, words, color in ends
    ]


def _at(x: alt.X, field: str) -> alt.X:
    placed: alt.X = alt.X(f"{field}:Q").title("months since the event").axis(values=TICKS, grid=False).scale(domain=[-24, EDGE], nice=False)
    return placed
