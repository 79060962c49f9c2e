"""One event among all of them: how many would look like this by chance."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.effects.frames import study_frame
from openstrat.analysis.effects.study import EffectEstimate, RelicensingStudy
from openstrat.present import page
from openstrat.present.charts.effects import effect_dots
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.study.shared import ACTIVITY_SOURCE, is_refused, name_of, only
from openstrat.present.words import counted

CHANCE_LEVEL = 0.005
"""How near p values have to be to count as equal when they are printed with two digits."""


def events_figure(study: RelicensingStudy, everything: RelicensingStudy) -> Figure:
    """Return every measured license change as a row beside its donors; the asked event is among them."""
    together = everything if _is_among(study, everything) else _joined(study, everything)
    frame = study_frame(together)
    frame["event_id"] = [name_of(item.event) for item in together.estimates]
    known = frame.dropna(subset=["change", "donor_median"])
    fell, rose = int((known["change"] < 0).sum()), int((known["change"] > 0).sum())
    many = everything.differences
    title = f"Activity fell after {fell} events and rose after {rose}; {many.n_at_level} stand out, chance alone would give up to "
    return effect_dots(frame, title=f"{title}{many.expected_by_chance:.1f}", source=ACTIVITY_SOURCE)


def among_figure(study: RelicensingStudy, everything: RelicensingStudy) -> Figure | Markup:
    """Return one event among all of them; nothing when the study is about all, which are drawn at the start."""
    return Markup("", "") if only(study) is None else events_figure(study, everything)


def chance_box(study: RelicensingStudy, everything: RelicensingStudy) -> Markup:
    """Return how many of all events would look like this by chance, and which are one event seen several times."""
    estimate = only(study)
    sentences = [f"Difference from the donors: {everything.differences.sentence}", f"Synthetic control: {everything.controls.sentence}"]
    if estimate is not None:
        own = [by_chance(estimate, everything)]
        if not _is_among(study, everything):
            own.append(f"{name_of(estimate.event)} is no change to stricter terms; it is drawn beside them and not counted among them.")
        sentences = [*filter(None, own), *sentences]
    return page.callout("How many would look like this by chance?", page.bullets([*sentences, *everything.dependence]), css="finding")


def by_chance(estimate: EffectEstimate, everything: RelicensingStudy) -> str:
    """Return how many of all events have a p as small, beside how many chance would give; empty for a refused event."""
    compared, many = estimate.comparison, everything.differences
    if is_refused(estimate) or compared is None or not many.n:
        return ""
    p = compared.p_two_sided
    as_small = sum(value <= p + CHANCE_LEVEL for value in many.p.values())
    return (
        f"Among all {counted(many.n, 'license change')} with a figure, {as_small} stand out from their donors as much or more "
        f"(p up to {p:.2f}); chance alone would give up to {p * many.n:.1f}."
    )


def _is_among(study: RelicensingStudy, everything: RelicensingStudy) -> bool:
    known = {item.event.event_id for item in everything.estimates}
    return all(item.event.event_id in known for item in study.estimates)


def _joined(study: RelicensingStudy, everything: RelicensingStudy) -> RelicensingStudy:
    return RelicensingStudy(
        (*everything.estimates, *study.estimates), everything.differences, everything.controls, everything.dependence, everything.rule
    )


def verdicts_frame(study: RelicensingStudy) -> pd.DataFrame:
    """Return the study's frame with events named as readers know them."""
    return study_frame(study).assign(event=[name_of(item.event) for item in study.estimates])
