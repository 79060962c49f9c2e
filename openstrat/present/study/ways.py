"""Three ways to ask the same question, each number beside what it cannot tell apart."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.effects.donors import DonorComparison
from openstrat.analysis.effects.interrupted import InterruptedSeries
from openstrat.analysis.effects.study import EffectEstimate, RelicensingStudy
from openstrat.analysis.effects.synthetic_control import FEWEST_DONORS, SyntheticControl
from openstrat.analysis.effects.windows import ActivityChange
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.study.among import verdicts_frame
from openstrat.present.study.shared import ACTIVITY_SOURCE, measured, moved, only, plain, refusal_of, span
from openstrat.present.theme import signed_percent
from openstrat.present.words import listed

NONE = "none"
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
        _compared("before and after, beside donors", plain(estimate.estimand), estimate.own, estimate.comparison, limits),
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
    figure = f"{signed_percent(compared.did)} against the donors' median ({interval}); {own.before_mean:.1f} → {own.after_mean:.1f}"
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
    figure = f"{signed_percent(series.level_change)} ({interval}); neighboring months alike by {series.autocorrelation:.2f}"
    n = f"{series.n_before} months before, {series.n_after} after"
    return ("interrupted series", asked, figure, n, "not defined without donors", limits)


def _p(p: float, smallest: float) -> str:
    return f"{p:.2f}; smallest possible {smallest:.2f}"


def _events_table(study: RelicensingStudy) -> Markup:
    rows = verdicts_frame(study).to_dict("records")
    shown = pd.DataFrame(
        {
            "event": [row["event"] for row in rows],
            "verdict": [row["verdict"] for row in rows],
            "against donors": [_with_p(row["did"], row["did_low"], row["did_high"], row["p"], row["smallest_p"]) for row in rows],
            "donors": [f"{row['n_donors']}" for row in rows],
            "authors, 12 months": [signed_percent(row["authors_did"]) for row in rows],
            "synthetic control": [
                row["sc_refusal"] or _with_p(row["sc_gap"], row["sc_low"], row["sc_high"], row["sc_p"], None) for row in rows
            ],
            "own trend": [
                row["level_refusal"] or f"{signed_percent(row['level_change'])} ({span(row['level_low'], row['level_high'])})"
                for row in rows
            ],
            "why": [row["reason"] for row in rows],
        }
    )
    names = ", ".join(f"{shown['verdict'].eq(verdict).sum()} {verdict}" for verdict in ("robust", "fragile", "reversed", "refused"))
    title = f"{measured(study.estimates[0].measure)}, every event asked in each way: {names}"
    return page.data_table(shown, name="ways-table", title=title, source=ACTIVITY_SOURCE, stub="event")


def _with_p(value: float | None, low: float | None, high: float | None, p: float | None, smallest: float | None) -> str:
    if value is None or pd.isna(value) or p is None:
        return "not given"
    least = "" if smallest is None else f", smallest possible {smallest:.2f}"
    interval = "" if low is None or pd.isna(low) else f" ({span(low, high)})"
    return f"{signed_percent(value)}{interval}, p {p:.2f}{least}"
