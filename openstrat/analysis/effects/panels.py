"""Monthly series of a project and its donors, made comparable: what the synthetic control is fitted on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.effects.donors import DONORS_LEFT_OUT, MIN_DONOR_MEAN, donor_names
from openstrat.analysis.effects.refusal import Refusal
from openstrat.analysis.effects.windows import MIN_MONTHS, month_of, months_of_many, sources_of

MONTHS_BEFORE = 36
MONTHS_AFTER = 12
SMOOTHING_MONTHS = 3
PANEL_RULE = (
    f"Trailing {SMOOTHING_MONTHS}-month means by committer date, each project divided by its own mean over the {MONTHS_BEFORE} months "
    "before; the event's month is on neither side, but the first two means after the event still hold months before its end."
)


@dataclass(frozen=True)
class ControlPanel:
    """Smoothed, scaled monthly values: `frame` has one row a month, the treated project in the first column, donors after it.

    The first `n_before` rows are before the event. A value of 1 is the project's own mean before; `scale` is that mean for the
    treated project in the unit of the measure.
    """

    frame: pd.DataFrame
    n_before: int
    scale: float
    left_out: tuple[tuple[str, str], ...]
    source_ids: tuple[str, ...]


def control_panel(
    activity: pd.DataFrame,
    repository: str,
    event_month: str | pd.Timestamp,
    *,
    measure: str = "n_active_authors",
    months_before: int = MONTHS_BEFORE,
    months_after: int = MONTHS_AFTER,
    leave_out: Iterable[str] = DONORS_LEFT_OUT,
) -> ControlPanel | Refusal:
    """Return the panel of a project and every donor with complete months on both sides, or why there is none.

    The treated project may lack months at the end, as long as six are left: all projects are then compared over those months.

    Raises
    ------
        If the repository or the measure is not in the table.
    InputError
        If `event_month` is not a month.
    """
    event = month_of(event_month)
    before = pd.period_range(event - months_before, event - 1, freq="M")
    after = pd.period_range(event + 1, event + months_after, freq="M")
    donors = donor_names(activity)
    smooth = _smoothed(activity, [repository, *donors], measure)
    own = smooth[repository]
    known = after[own.reindex(after).notna()]
    if (n_before := int(own.reindex(before).notna().sum())) < months_before:
        return Refusal(f"Only {n_before} of {months_before} months before the event have a {SMOOTHING_MONTHS}-month mean.")
    if len(known) < MIN_MONTHS:
        return Refusal(f"Only {len(known)} of {months_after} months after the event are complete; {MIN_MONTHS} are needed.")
    reasons = {name: _unusable(smooth[name], before, after) for name in donors}
    reasons |= {name: "left out by choice" for name in donors if name in {repository, *leave_out}}
    frame = smooth.reindex(before.append(known))[[repository, *(name for name in donors if not reasons[name])]]
    means = frame.iloc[:months_before].mean()
    if not means[repository]:
        return Refusal("Nothing happened in the months before the event, so there is nothing to scale by.")
    used = activity[activity["repository"].isin(frame.columns)]
    left_out = tuple((name, reason) for name, reason in reasons.items() if reason)
    return ControlPanel(frame / means, months_before, float(means[repository]), left_out, sources_of(used))


def _smoothed(activity: pd.DataFrame, repositories: Iterable[str], measure: str) -> pd.DataFrame:
    """Return trailing means of complete months, a row a month and a column a repository; unknown where a month of the mean is."""
    rows = months_of_many(activity, repositories, measure)
    values = rows.assign(value=rows["value"].where(~rows["is_partial"])).pivot(index="month", columns="repository", values="value")
    values.index = pd.PeriodIndex(values.index, freq="M")
    every = pd.period_range(values.index.min(), values.index.max(), freq="M")
    return values.reindex(every).rolling(SMOOTHING_MONTHS).mean()


def _unusable(series: pd.Series[float], before: pd.PeriodIndex, after: pd.PeriodIndex) -> str:
    if (n_before := int(series.reindex(before).notna().sum())) < len(before):
        return f"{n_before} of {len(before)} months before are complete"
    if (n_after := int(series.reindex(after).notna().sum())) < len(after):
        return f"{n_after} of {len(after)} months after are complete"
    mean = float(series.reindex(before).mean())
    return f"mean before is {mean:.1f}" if mean < MIN_DONOR_MEAN else ""
