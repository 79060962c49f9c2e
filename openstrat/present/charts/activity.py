"""Monthly activity of projects around the day their license changed."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO


def precedent_activity(activity: pd.DataFrame, *, title: str, source: str, measure: str = "active authors a month") -> Figure:
    """Return small multiples of monthly activity, one panel a precedent, upstream and fork as lines, the event as a rule.

    Parameters
    ----------
    activity
        One row a month with columns precedent, repository, role (upstream or fork), months_since_event, month, value.
    """
    data = activity[["precedent", "repository", "role", "months_since_event", "month", "value"]].copy()
    roles = [role for role in ("upstream", "fork") if role in set(data["role"])]
    colors = {"upstream": OKABE_ITO["blue"], "fork": OKABE_ITO["vermillion"]}
    base = alt.Chart(data)
    x = alt.X("months_since_event:Q").title("Months since the license change").axis(values=list(range(-12, 25, 6)), grid=False)
    lines = base.mark_line(strokeWidth=2.2).encode(
        x,
        alt.Y("value:Q").title(measure).axis(tickCount=4, grid=True),
        alt.Color("role:N").scale(domain=roles, range=[colors[role] for role in roles]).title(None),
        alt.Detail("repository:N"),
        alt.StrokeDash("role:N").scale(domain=roles, range=[[1, 0], [5, 2]][: len(roles)]).title(None),
        tooltip=["repository:N", "month:T", alt.Tooltip("value:Q", title=measure)],
    )
    rule = base.mark_rule(color=GRAY, strokeDash=[4, 4]).encode(x=alt.datum(0))
    panels = list(dict.fromkeys(data["precedent"]))
    chart = (
        alt.layer(rule, lines)
        .properties(width=300, height=150)
        .facet(facet=alt.Facet("precedent:N").sort(panels).title(None).header(labelAnchor="start", labelLimit=300), columns=2)
        .resolve_scale(y="independent")
    )
    described = (
        f"{len(panels)} panels, one a precedent. Lines show {measure}; the dashed rule marks the month of the license change. "
        "A fall after it is a description, not proof of a cause: acquisitions, moved work and bots are in these lines too."
    )
    table = data.assign(month=data["month"].dt.strftime("%Y-%m"))[["precedent", "repository", "role", "month", "value"]]
    months = f"{len(data)} months of {data['repository'].nunique()} repositories"
    return Figure(chart, title, described, source, months, table)
