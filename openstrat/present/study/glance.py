"""The first screen of a relicensing study: the verdict in plain words, and the numbers with what stands beside them."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from openstrat.analysis.effects.interrupted import InterruptedSeries
from openstrat.analysis.effects.study import EffectEstimate, RelicensingStudy
from openstrat.analysis.effects.synthetic_control import SyntheticControl
from openstrat.analysis.effects.verdicts import Verdict
from openstrat.present import page
from openstrat.present.page import Facts, Markup
from openstrat.present.study.among import by_chance, spread_sentences
from openstrat.present.study.going import core_sentence
from openstrat.present.study.shared import (
    NOT_PROOF,
    VERDICTS,
    chance,
    is_change,
    is_refused,
    measured,
    moved,
    name_of,
    number,
    only,
    project_of,
    span,
)
from openstrat.present.theme import signed_percent
from openstrat.present.words import counted
from openstrat.tables.store import resource


def study_facts(study: RelicensingStudy) -> Facts:
    """Return the report's title and verdict line."""
    estimate = only(study)
    if estimate is None:
        title, verdict = "Did relicensing hurt? All measured license changes", f"{study.differences.sentence} {_verdict_counts(study)}."
    else:
        title = f"Did {'relicensing hurt' if is_change(estimate.event) else 'activity fall at'} {project_of(estimate.event)}?"
        verdict = f"{name_of(estimate.event)}: {estimate.verdict.value}, {VERDICTS[estimate.verdict]}. {_numbers(estimate)}"
    as_of = str(resource("activity_monthly")["as_of"])
    return Facts({"title": title, "verdict": verdict, "as_of": as_of, "status": "real"})


def at_a_glance(study: RelicensingStudy, everything: RelicensingStudy, happened: pd.DataFrame, moved_people: pd.DataFrame) -> Markup:
    """Return the verdict in sentences and the key figures; a refused event says why and shows no change."""
    estimate = only(study)
    if estimate is None:
        return _all_figures(study) + page.callout("What all measured changes say", page.bullets(_all_sentences(study)), css="verdict")
    figures = _refused_figures(estimate) if is_refused(estimate) else _figures(estimate)
    sentences = _refused_sentences(estimate) if is_refused(estimate) else _sentences(estimate)
    if len(happened):
        sentences.append(
            f"{counted(len(happened), 'other event')} known to touch these months, listed below; no figure can set them apart."
        )
    sentences += [*core_sentence(moved_people), by_chance(estimate, everything), NOT_PROOF]
    answer = VERDICTS[estimate.verdict]
    body = page.bullets([sentence for sentence in sentences if sentence])
    return figures + page.callout(f"Verdict: {estimate.verdict.value} – {answer}", body, css="verdict")


def _numbers(estimate: EffectEstimate) -> str:
    own, donors = estimate.own, estimate.donors
    if is_refused(estimate) or own.change is None:
        return estimate.reason
    change = f"{number(own.before_mean)} → {number(own.after_mean)} ({signed_percent(own.change)})"
    return f"{measured(estimate.measure)} {change}; {donors.n} projects without an event: median {signed_percent(donors.median)}."


def _figures(estimate: EffectEstimate) -> Markup:
    own, donors, compared = estimate.own, estimate.donors, estimate.comparison
    if own.change is None or compared is None:
        return _refused_figures(estimate)
    spread = f"middle half {span(donors.quartile_low, donors.quartile_high)}"
    months = f"means of {own.n_months_before} of 12 months before and {own.n_months_after} of 12 after: {own.window}"
    return page.kpis(
        {
            measured(estimate.measure).lower(): (f"{number(own.before_mean)} → {number(own.after_mean)}", months),
            "change": (signed_percent(own.change), "of the mean; the event's month is on neither side"),
            f"median of {donors.n} donors": (signed_percent(donors.median), f"{spread}; projects without an event, same months"),
            f"donors that {moved(own.change)} as far": (
                f"{compared.n_as_far} of {compared.n}",
                f"either way: {chance(compared.p_two_sided, compared.smallest_p)}",
            ),
        }
    )


def _refused_figures(estimate: EffectEstimate) -> Markup:
    own = estimate.own
    months = f"{own.n_months_before} / {own.n_months_after}"
    return page.kpis(
        {
            "verdict": ("refused", estimate.reason),
            "complete months before / after": (months, f"of 12 each; {own.window}"),
            "usable donors": (str(estimate.donors.n), "projects without an event, same months"),
        }
    )


def _sentences(estimate: EffectEstimate) -> list[str]:
    said = [
        f"{name_of(estimate.event)}: {estimate.event.what}.",
        _beside(estimate),
        f"Why {estimate.verdict.value}: {estimate.reason}",
    ]
    views = []
    if isinstance(estimate.control, SyntheticControl):
        control = estimate.control
        views.append(f"synthetic control {signed_percent(control.fit.relative_gap)}, {chance(control.p, control.smallest_p)}")
    if isinstance(estimate.series, InterruptedSeries):
        series = estimate.series
        interval = f"95% interval {span(series.level_low, series.level_high)}"
        views.append(f"against its own trend {signed_percent(series.level_change)}, {interval}")
    if estimate.authors.change is not None:
        authors = f"{number(estimate.authors.before_mean)} → {number(estimate.authors.after_mean)}"
        views.append(f"distinct authors in twelve months {authors} ({signed_percent(estimate.authors.change)})")
    if views:
        said.append(f"Asked in other ways: {'; '.join(views)}.")
    return [*said, *(item for item in estimate.own.caveats if item.startswith("Only"))]


def _beside(estimate: EffectEstimate) -> str:
    own, donors, compared = estimate.own, estimate.donors, estimate.comparison
    if own.change is None or compared is None:
        return ""
    others = f"the median of {donors.n} comparable projects without an event (donors) changed by {signed_percent(donors.median)}"
    return (
        f"{measured(estimate.measure)} {moved(own.change)} by {abs(own.change):.0%}; {others}, and {compared.n_as_far} of them "
        f"{moved(own.change)} as far."
    )


def _refused_sentences(estimate: EffectEstimate) -> list[str]:
    own = [item for item in estimate.own.caveats if not item.startswith("A description")]
    return [f"{name_of(estimate.event)}: {estimate.event.what}.", *own, "No change is given: a guess would look like a finding."]


def _verdict_counts(study: RelicensingStudy) -> str:
    found = Counter(item.verdict for item in study.estimates)
    return "Verdicts: " + ", ".join(f"{found[verdict]} {verdict.value}" for verdict in Verdict)


def _all_figures(study: RelicensingStudy) -> Markup:
    changes = [item.own.change for item in study.estimates if item.own.change is not None and item.comparison is not None]
    fell, rose = sum(change < 0 for change in changes), sum(change > 0 for change in changes)
    many, robust = study.differences, sum(item.verdict is Verdict.ROBUST for item in study.estimates)
    return page.kpis(
        {
            "license changes to stricter terms": (
                str(len(study.estimates)),
                f"whose history was read; {many.n} with a figure; not a census",
            ),
            "activity fell / rose": (f"{fell} / {rose}", f"{measured(study.estimates[0].measure).lower()}, 12 months after against before"),
            f"with p at or below {many.level:g}": (
                f"{many.n_at_level} of {many.n}",
                f"chance alone would give up to {many.expected_by_chance:.1f}",
            ),
            "robust in every view": (f"{robust} of {len(study.estimates)}", "four views, one direction, both placebo tests stand out"),
        }
    )


def _all_sentences(study: RelicensingStudy) -> list[str]:
    said = [f"{_verdict_counts(study)}.", f"Difference from the donors: {study.differences.sentence}"]
    said += [f"Synthetic control: {study.controls.sentence}", *study.dependence]
    return [*said, *spread_sentences(study), NOT_PROOF]
