"""A study as one table: a row an event, every number with its donors, range and verdict."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.effects.donors import DonorComparison
from openstrat.analysis.effects.refusal import Refusal
from openstrat.analysis.effects.study import EffectEstimate, RelicensingStudy
from openstrat.analysis.effects.windows import SEPARATOR

LEAST_CHANGE = -1.0
"""Counts cannot fall by more than everything, so intervals of gaps end there."""


def study_frame(study: RelicensingStudy) -> pd.DataFrame:
    """Return one row an event, in the study's order.

    Columns: event_id, project, repository, happened_on, what, measure, estimand, window, before, after, change; donor_median,
    donor_low, donor_high (quartiles), n_donors, n_as_far; did, did_low, did_high, did_confidence, p, p_fall, smallest_p, p_holm, p_bh;
    authors_window, authors_before, authors_after, authors_change, authors_did, authors_p; sc_gap, sc_low, sc_high, sc_confidence, sc_p,
    sc_n_donors, sc_pre_rmspe, sc_without_one_low, sc_without_one_high, sc_in_time_gap, sc_refusal; level_change, level_low, level_high,
    level_autocorrelation, level_refusal; verdict, reason, cannot_identify, caveats, source_ids ('; '-joined sources). Changes, gaps and
    ranges are relative (-0.25 is 25 % less); unknown is None.
    """
    return pd.DataFrame([estimate_row(item, study) for item in study.estimates])


def estimate_row(estimate: EffectEstimate, study: RelicensingStudy) -> dict[str, Any]:
    """Return the row of one event; see `study_frame`."""
    event, own, donors = estimate.event, estimate.own, estimate.donors
    row = {name: getattr(event, name) for name in ("event_id", "project", "repository", "happened_on", "what")}
    row |= {"measure": estimate.measure, "estimand": estimate.estimand, "window": own.window}
    row |= {"before": own.before_mean, "after": own.after_mean, "change": own.change}
    row |= {"donor_median": donors.median, "donor_low": donors.quartile_low, "donor_high": donors.quartile_high, "n_donors": donors.n}
    row |= _difference(estimate.comparison)
    row |= {"p_holm": study.differences.holm.get(event.event_id), "p_bh": study.differences.benjamini_hochberg.get(event.event_id)}
    row |= _authors(estimate) | _control(estimate) | _series(estimate)
    row |= {"verdict": estimate.verdict.value, "reason": estimate.reason}
    row |= {"cannot_identify": list(estimate.cannot_identify), "caveats": list(estimate.caveats)}
    return row | {"source_ids": SEPARATOR.join(estimate.source_ids)}


def _difference(comparison: DonorComparison | None) -> dict[str, Any]:
    columns = {
        "n_as_far": "n_as_far",
        "did": "did",
        "did_low": "low",
        "did_high": "high",
        "did_confidence": "confidence",
        "p": "p_two_sided",
        "p_fall": "p_fall",
        "smallest_p": "smallest_p",
    }
    return {column: getattr(comparison, name, None) for column, name in columns.items()}


def _authors(estimate: EffectEstimate) -> dict[str, Any]:
    authors, compared = estimate.authors, estimate.authors_comparison
    row: dict[str, Any] = {"authors_window": authors.window}
    row |= {"authors_before": authors.before_mean, "authors_after": authors.after_mean, "authors_change": authors.change}
    return row | {"authors_did": getattr(compared, "did", None), "authors_p": getattr(compared, "p_two_sided", None)}


def _control(estimate: EffectEstimate) -> dict[str, Any]:
    control = estimate.control
    names = ("gap", "low", "high", "confidence", "p", "n_donors", "pre_rmspe", "without_one_low", "without_one_high", "in_time_gap")
    if isinstance(control, Refusal):
        row: dict[str, Any] = dict.fromkeys((f"sc_{name}" for name in names), None)
        return row | {"sc_n_donors": control.n_donors, "sc_pre_rmspe": control.pre_rmspe, "sc_refusal": control.reason}
    return {
        "sc_gap": control.fit.relative_gap,
        "sc_low": None if control.low is None else max(control.low, LEAST_CHANGE),
        "sc_high": control.high,
        "sc_confidence": control.confidence,
        "sc_p": control.p,
        "sc_n_donors": control.n_donors,
        "sc_pre_rmspe": control.fit.pre_rmspe,
        "sc_without_one_low": control.without_one_low,
        "sc_without_one_high": control.without_one_high,
        "sc_in_time_gap": control.in_time_gap,
        "sc_refusal": None,
    }


def _series(estimate: EffectEstimate) -> dict[str, Any]:
    series = estimate.series
    if isinstance(series, Refusal):
        row: dict[str, Any] = dict.fromkeys(("level_change", "level_low", "level_high", "level_autocorrelation"), None)
        return row | {"level_refusal": series.reason}
    row = {name: getattr(series, name) for name in ("level_change", "level_low", "level_high")}
    return row | {"level_autocorrelation": series.autocorrelation, "level_refusal": None}
