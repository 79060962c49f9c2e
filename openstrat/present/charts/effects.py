"""Effects drawn: a project beside its synthetic control, its gap beside placebos, and changes of many events beside their donors."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.analysis.effects.study import EffectEstimate
from openstrat.analysis.effects.synthetic_control import SyntheticControl
from openstrat.errors import InputError
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO, signed_percent

OWN, MIX = OKABE_ITO["blue"], OKABE_ITO["vermillion"]
MOVED = {"fell": ("▼", OKABE_ITO["vermillion"]), "rose": ("▲", OKABE_ITO["blue"]), "no change": ("●", GRAY)}
"""Shape and color of a change, by its direction."""
ROW, BELOW = 38, 8
"""Pixels: a row of the dot chart, and how far words and marks lie from its middle."""
HEIGHT = 260
EVENT_AXIS = [-36, -24, -12, 0, 12]
PAST_TOP = 1.0
"""Larger rises are drawn at the edge; their number stands in words."""
TICKS = [-1, -0.5, 0, 0.5, 1]


def control_path(estimate: EffectEstimate, *, title: str, source: str) -> Figure:
    """Return a project's monthly means beside its synthetic control, before and after the event, the fit before said.

    Raises
    ------
    InputError
        If the synthetic control was refused.
    """
    control, months = _control(estimate), _months(estimate)
    paths = {"project": control.fit.synthetic + control.fit.gap, "mix": control.fit.synthetic}
    data = pd.concat([pd.DataFrame({"months": months, "value": values, "line": name}) for name, values in paths.items()])
    ends = data[data["months"] == max(months)]
    base = alt.Chart(data).encode(_x(), alt.Y("value:Q").title("share of its mean before").axis(format=".0%", tickCount=5).scale(zero=True))
    lines = base.mark_line(strokeWidth=2.4).encode(
        alt.Color("line:N").scale(domain=list(paths), range=[OWN, MIX]).legend(None),
        alt.StrokeDash("line:N").scale(domain=list(paths), range=[[1, 0], [6, 3]]).legend(None),
        tooltip=["line:N", "months:Q", alt.Tooltip("value:Q", format=".0%")],
    )
    labels = _end_labels(ends, "line", list(paths), [OWN, MIX])
    fit = f"Error before: {control.fit.pre_rmspe:.0%} of the mean"
    chart = alt.layer(_event_rule(), _note(fit, HEIGHT - 20), lines, labels).properties(height=HEIGHT)
    described = (
        f"Two lines over {control.n_before} months before and {len(months) - control.n_before} after {estimate.event.happened_on}: "
        f"trailing 3-month means of {estimate.event.repository} and of a mix of {control.n_donors} donors fitted before. {fit}. "
        f"After, the gap is {signed_percent(control.fit.relative_gap)}, p {control.p:.2f}. {estimate.estimand}"
    )
    table = data.pivot(index="months", columns="line", values="value").rename_axis(columns=None).reset_index()
    return Figure(chart, title, described, source, f"{control.n_donors} donors, {len(months)} months", table)


def control_gaps(estimate: EffectEstimate, *, title: str, source: str) -> Figure:
    """Return the gap to the synthetic control over time, beside the gaps of donors treated as if they had had the event.

    The band holds the middle half of donors, the thin lines each of them.

    Raises
    ------
    InputError
        If the synthetic control was refused.
    """
    control, months = _control(estimate), _months(estimate)
    gaps = control.gaps.set_axis(pd.Index(months, name="months"))
    donors = gaps.drop(columns=control.treated)
    band = pd.DataFrame({"low": donors.quantile(0.25, axis=1), "high": donors.quantile(0.75, axis=1)}).reset_index()
    thin = donors.reset_index().melt("months", var_name="unit", value_name="gap")
    own = gaps[control.treated].rename("gap").reset_index().assign(unit="project")
    y = alt.Y("gap:Q").title("gap, as share of its mean before").axis(format="+.0%", tickCount=5)
    area = alt.Chart(band).mark_area(color=GRAY, opacity=0.3).encode(_x(), alt.Y("low:Q"), alt.Y2("high:Q"))
    lines = alt.Chart(thin).mark_line(color=GRAY, strokeWidth=0.7, opacity=0.6)
    others = lines.encode(_x(), y, alt.Detail("unit:N"), tooltip=["unit:N", "months:Q"])
    line = alt.Chart(own).mark_line(color=OWN, strokeWidth=2.6).encode(_x(), y)
    labels = _end_labels(own[own["months"] == max(months)].assign(value=lambda rows: rows["gap"]), "unit", ["project"], [OWN])
    zero = alt.Chart(pd.DataFrame({"gap": [0.0]})).mark_rule(color=GRAY).encode(y)
    said = _note(f"Gray: {control.n_donors} placebos and their middle half", 2)
    chart = alt.layer(area, zero, others, _event_rule(), said, line, labels).properties(height=HEIGHT)
    stands_out = round(control.p * (control.n_donors + 1))
    described = (
        f"The gap of {estimate.event.repository} to its mix of donors as a thick line, and the gaps of {control.n_donors} donors, each "
        f"treated as if it had had the event, as thin lines with a band over their middle half. By the error after over the error "
        f"before, {stands_out} of {control.n_donors + 1} stand out as far or further, the project among them (p {control.p:.2f})."
    )
    table = pd.concat([own.set_index("months")["gap"].rename("project"), band.set_index("months")], axis=1).reset_index()
    table = table.rename(columns={"low": "placebos, lower quartile", "high": "placebos, upper quartile"})
    return Figure(chart, title, described, source, f"{control.n_donors} donors, {len(months)} months", table)


def effect_dots(effects: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return one row an event: its change as a mark, its donors' middle half as a bar, and how many donors moved as far.

    Parameters
    ----------
    effects
        Rows of `analysis.effects.frames.study_frame`; events without a change are left out and counted.
    """
    known = effects.dropna(subset=["change", "donor_median"]).sort_values("change")
    left_out = len(effects) - len(known)
    data = known[["event_id", "change", "donor_median", "donor_low", "donor_high", "n_donors", "n_as_far", "p", "verdict"]].copy()
    data["direction"] = ["fell" if value < 0 else "rose" if value > 0 else "no change" for value in data["change"]]
    data["mark"] = [MOVED[name][0] for name in data["direction"]]
    data["words"] = [
        f"{row['event_id']}: {signed_percent(row['change'])}, {row['n_as_far']:.0f} of {row['n_donors']} donors as far"
        for row in data.to_dict("records")
    ]
    y = alt.Y("event_id:N").sort(list(data["event_id"])).axis(None)
    scale = alt.Scale(domain=[-1, PAST_TOP], clamp=True)
    base = alt.Chart(data).encode(y)
    bars = base.mark_bar(height=10, color=GRAY, opacity=0.35, yOffset=BELOW).encode(
        alt.X("donor_low:Q").scale(scale), alt.X2("donor_high:Q")
    )
    middles = base.mark_tick(color=GRAY, thickness=2, height=14, yOffset=BELOW).encode(alt.X("donor_median:Q").scale(scale))
    x = alt.X("change:Q").scale(scale).title("change of the mean, 12 months after against before").axis(format="+.0%", values=TICKS)
    colors = alt.Color("direction:N").scale(domain=list(MOVED), range=[item[1] for item in MOVED.values()]).legend(None)
    tooltip = ["event_id", "words", alt.Tooltip("p:Q", format=".2f"), "verdict"]
    marks = base.mark_text(fontSize=14, dy=BELOW).encode(x, colors, text="mark:N", tooltip=tooltip)
    labels = base.mark_text(align="left", fontSize=12, dy=-BELOW).encode(x=alt.value(0), text="words:N")
    zero = alt.Chart(pd.DataFrame({"change": [0.0]})).mark_rule(color=GRAY, strokeDash=[2, 3]).encode(alt.X("change:Q").scale(scale))
    counts = ", ".join(f"{(data['direction'] == name).sum()} {name}" for name in MOVED if (data["direction"] == name).any())
    described = (
        f"{len(data)} events, the furthest fall first: {counts}. Triangles show the change, bars the middle half of the same change in "
        f"projects without an event, ticks their median. {left_out} events without a known change are left out. Changes above "
        f"{PAST_TOP:+.0%} are drawn at the edge. Many donors that moved as far mean that a change says little."
    )
    chart = alt.layer(zero, bars, middles, marks, labels).properties(height=alt.Step(ROW))
    return Figure(chart, title, described, source, f"{len(data)} events", data.drop(columns=["mark", "words"]))


def _control(estimate: EffectEstimate) -> SyntheticControl:
    if isinstance(estimate.control, SyntheticControl):
        return estimate.control
    raise InputError(f"{estimate.event.event_id}: no synthetic control to draw. {estimate.control.reason}")


def _months(estimate: EffectEstimate) -> list[int]:
    """Return months since the event for the rows of the control."""
    control = _control(estimate)
    event = pd.Period(estimate.own.event_month, freq="M")
    return [(month.year - event.year) * 12 + month.month - event.month for month in control.gaps.index]


def _x() -> alt.X:
    return alt.X("months:Q").title("months since the event").axis(values=EVENT_AXIS, grid=False).scale(domain=[-36, 22], nice=False)


def _event_rule() -> alt.Chart:
    rule: alt.Chart = alt.Chart(pd.DataFrame({"months": [0]})).mark_rule(color=GRAY, strokeDash=[4, 4]).encode(x="months:Q")
    return rule


def _note(words: str, pixels: int) -> alt.Chart:
    """Return words at the left edge, as many pixels below the top."""
    marks = alt.Chart(pd.DataFrame({"note": [words]})).mark_text(align="left", baseline="top", dx=4, fontSize=12)
    chart: alt.Chart = marks.encode(x=alt.value(0), y=alt.value(pixels), text="note:N")
    return chart


def _end_labels(ends: pd.DataFrame, field: str, names: list[str], colors: list[str]) -> alt.Chart:
    color = alt.Color(f"{field}:N").scale(domain=names, range=colors).legend(None)
    marks = alt.Chart(ends).mark_text(align="left", dx=6, fontSize=12, fontWeight=600)
    chart: alt.Chart = marks.encode(_x(), alt.Y("value:Q"), color, text=f"{field}:N")
    return chart
