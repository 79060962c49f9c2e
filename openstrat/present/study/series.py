"""How activity moved: the months around one event beside its donors and its synthetic control, or all events at once."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.effects.study import EffectEstimate, RelicensingStudy
from openstrat.analysis.effects.synthetic_control import SyntheticControl
from openstrat.present import page
from openstrat.present.charts.around import months_around
from openstrat.present.charts.effects import control_gaps, control_path
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.study.among import events_figure
from openstrat.present.study.shared import ACTIVITY_SOURCE, is_refused, measured, moved, name_of, only, project_of, refusal_of
from openstrat.present.theme import signed_percent

BOTH_LINES = "both lines are smoothed over three months"


def movement_figure(study: RelicensingStudy, series: pd.DataFrame) -> Figure | Markup:
    """Return the months around one event beside its donors, or every event as a row when the study is about all."""
    estimate = only(study)
    if estimate is None:
        return events_figure(study, study)
    rows = series[series["event_id"].eq(estimate.event.event_id)]
    if rows["share"].isna().all():
        return page.paragraph(f"No series is drawn: {estimate.reason} {' '.join(estimate.own.caveats[1:])}", css="caveat")
    own = estimate.own
    means = (own.before_mean, None if is_refused(estimate) else own.after_mean)
    return months_around(
        rows,
        name=project_of(estimate.event),
        counted=measured(estimate.measure).lower(),
        means=means,
        title=_title(estimate),
        source=ACTIVITY_SOURCE,
    )


def _title(estimate: EffectEstimate) -> str:
    own, donors = estimate.own, estimate.donors
    if is_refused(estimate) or own.change is None:
        return f"{name_of(estimate.event)}: no change is given, {own.n_months_after} of 12 months after are known"
    numbers = f"{moved(own.change)} from {own.before_mean:.1f} to {own.after_mean:.1f} ({signed_percent(own.change)})"
    return f"{measured(estimate.measure)} {numbers}; the median of {donors.n} donors: {signed_percent(donors.median)}"


def control_figure(study: RelicensingStudy) -> Figure | Markup:
    """Return one project beside the mix of donors that moved like it before, or why there is no such mix."""
    estimate = only(study)
    if estimate is None:
        given = sum(isinstance(item.control, SyntheticControl) for item in study.estimates)
        return page.paragraph(
            f"A synthetic control could be built for {given} of {len(study.estimates)} events; the table below names the others."
        )
    if not isinstance(estimate.control, SyntheticControl):
        return page.paragraph(f"No synthetic control: {refusal_of(estimate.control)}", css="caveat")
    gap = estimate.control.fit.relative_gap
    title = f"{project_of(estimate.event)} ran {abs(gap):.0%} {'below' if gap < 0 else 'above'} a mix of comparable projects afterwards"
    return control_path(estimate, title=title, source=f"{ACTIVITY_SOURCE}; {BOTH_LINES}")


def placebo_figure(study: RelicensingStudy) -> Figure | Markup:
    """Return the gap to the synthetic control beside the gaps of donors treated as if they had had the event."""
    estimate = only(study)
    if estimate is None:
        return page.paragraph("The gap of each event beside its placebos is drawn in the report on that event alone.")
    if not isinstance(estimate.control, SyntheticControl):
        return page.paragraph("No placebos are drawn: without a synthetic control there is no gap.", css="caveat")
    control = estimate.control
    as_far = round(control.p * (control.n_donors + 1))
    title = f"{as_far} of {control.n_donors + 1} gaps stand out as far, the project's among them: p {control.p:.2f}"
    return control_gaps(estimate, title=f"{title}, smallest possible {control.smallest_p:.2f}", source=ACTIVITY_SOURCE)
