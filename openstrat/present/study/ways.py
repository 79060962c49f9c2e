"""Three ways to ask the same question, each number beside what it cannot tell apart."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.effects.donors import DonorComparison
from openstrat.analysis.effects.interrupted import InterruptedSeries
from openstrat.analysis.effects.refusal import Refusal
from openstrat.analysis.effects.study import EffectEstimate, RelicensingStudy
from openstrat.analysis.effects.synthetic_control import FEWEST_DONORS, SyntheticControl
from openstrat.analysis.effects.verdicts import Verdict
from openstrat.analysis.effects.windows import ActivityChange
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.study.shared import ACTIVITY_SOURCE, measured, moved, name_of, number, only, refusal_of, span
from openstrat.present.theme import signed_percent
from openstrat.present.words import listed

NONE, REFUSED = "none", "refused"
Row = tuple[str, str, str, str, str, str]
COLUMNS = ["way to ask", "what the number is about", "figure", "n", "p", "cannot be told apart"]


def ways_table(study: RelicensingStudy, happened: pd.DataFrame) -> Markup:
    """Return each way of asking with its figure, interval, n, p and limits; for several events, a row an event."""
    estimate = only(study)
    if estimate is None:
        return _events_table(study)
    also = listed(list(dict.fromkeys(happened["kind"])), most=6)
    limits = (
        f"Everything that changed here and not there; known: {also}." if len(happened) else "Everything that changed here and not there."
    )
    rows = [
        _compared("before and after, beside donors", estimate.estimand, estimate.own, estimate.comparison, limits),
        _compared("the same, counting people once", _authors_asked(estimate), estimate.authors, estimate.authors_comparison, limits),
        _control(estimate),
        _series(estimate),
    ]
    shown = pd.DataFrame(rows, columns=COLUMNS)
    title = f"Verdict by the rule below: {estimate.verdict.value}. {estimate.reason}"
    return page.data_table(shown, name="ways-table", title=title, source=ACTIVITY_SOURCE, stub="way to ask")


def _authors_asked(estimate: EffectEstimate) -> str:
    return f"Different people with a commit in twelve months in {estimate.event.repository}, {estimate.authors.window}, beside donors."


def _compared(way: str, asked: str, own: ActivityChange, compared: DonorComparison | None, limits: str) -> Row:
    if own.change is None or compared is None or compared.n < FEWEST_DONORS:
        why = "before and after are not both known" if own.change is None else f"fewer than {FEWEST_DONORS} donors are usable"
        return (way, asked, f"refused: {why}", NONE, NONE, limits)
    interval = f"{compared.confidence:.0%} range of the donors {span(compared.low, compared.high)}"
    figure = f"{signed_percent(compared.did)} against the donors' median ({interval}); {number(own.before_mean)} → {number(own.after_mean)}"
    n = f"{compared.n} donors; {own.n_months_before} and {own.n_months_after} months; {compared.n_as_far} {moved(own.change)} as far"
    return (way, asked, figure, n, _p(compared.p_two_sided, compared.smallest_p), limits)


def _control(estimate: EffectEstimate) -> Row:
    asked = f"The gap between {estimate.event.repository} and a mix of donors that moved like it in the 36 months before."
    limits = "The same; and whether the mix would have gone on like it."
    control = estimate.control
    if not isinstance(control, SyntheticControl):
        return ("synthetic control", asked, f"refused: {refusal_of(control)}", NONE, NONE, limits)
    interval = f"{control.confidence:.0%} interval {span(control.low, control.high)}" if control.low is not None else "no constant gap fits"
    checks = f"without one donor {span(control.without_one_low, control.without_one_high)}"
    if control.in_time_gap is not None:
        checks += f"; made-up event a year earlier {signed_percent(control.in_time_gap)}"
    leaning = [item for item in estimate.caveats if item.startswith("The synthetic control leans")]
    n = f"{control.n_donors} donors; error before {control.fit.pre_rmspe:.0%} of the mean"
    figure = f"{signed_percent(control.fit.relative_gap)} ({interval}); {checks}"
    return ("synthetic control", asked, figure, n, _p(control.p, control.smallest_p), " ".join([limits, *leaning]))


def _series(estimate: EffectEstimate) -> Row:
    asked = f"The step in the first month after, against the straight trend of {estimate.event.repository} itself; no donors."
    limits = "Also what moved every project in that month, and whether the trend would have gone on."
    series = estimate.series
    if not isinstance(series, InterruptedSeries):
        return ("interrupted series", asked, f"refused: {refusal_of(series)}", NONE, NONE, limits)
    interval = f"{series.confidence:.0%} interval {span(series.level_low, series.level_high)}"
    figure = f"{signed_percent(series.level_change)} ({interval}); autocorrelation {series.autocorrelation:.2f}"
    n = f"{series.n_before} months before, {series.n_after} after"
    return ("interrupted series", asked, figure, n, "not defined without donors", limits)


def _p(p: float, smallest: float) -> str:
    return f"p {p:.2f}, smallest possible {smallest:.2f}"


def _events_table(study: RelicensingStudy) -> Markup:
    shown = pd.DataFrame([_event(item) for item in study.estimates])
    counts = ", ".join(f"{shown['verdict'].eq(verdict.value).sum()} {verdict.value}" for verdict in Verdict)
    title = f"{measured(study.estimates[0].measure)}, every event asked in each way: {counts}"
    table = page.data_table(shown, name="ways-table", title=title, source=ACTIVITY_SOURCE, stub="event")
    note = (
        "Changes are differences from the median donor, in parentheses the range of the donors; then p, and the smallest p that so few "
        "donors allow. The synthetic control stands with its interval, the own trend with its 95% interval and no donors. "
        "What no number can tell apart stands for each event further down; why a view is refused, in the report on that event alone."
    )
    return table + page.paragraph(note, css="caveat")


def _event(estimate: EffectEstimate) -> dict[str, str]:
    return {
        "event": name_of(estimate.event),
        "verdict": estimate.verdict.value,
        "beside donors": _short(estimate.comparison),
        "authors in 12 months": _short(estimate.authors_comparison),
        "synthetic control": _gap(estimate.control),
        "own trend": _level(estimate.series),
        "why": estimate.reason,
    }


def _gap(control: SyntheticControl | Refusal) -> str:
    if isinstance(control, Refusal):
        return REFUSED
    interval = span(control.low, control.high) if control.low is not None else "no constant gap fits"
    return f"{signed_percent(control.fit.relative_gap)} ({interval}), {_p(control.p, control.smallest_p)}"


def _level(series: InterruptedSeries | Refusal) -> str:
    if isinstance(series, Refusal):
        return REFUSED
    return f"{signed_percent(series.level_change)} ({span(series.level_low, series.level_high)})"


def _short(compared: DonorComparison | None) -> str:
    if compared is None or compared.n < FEWEST_DONORS:
        return REFUSED
    return f"{signed_percent(compared.did)} ({span(compared.low, compared.high)}), {_p(compared.p_two_sided, compared.smallest_p)}"
