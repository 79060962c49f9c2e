"""One event among all of them: how many would look like this by chance."""

from __future__ import annotations

from openstrat.analysis.effects.frames import study_frame
from openstrat.analysis.effects.study import EffectEstimate, RelicensingStudy
from openstrat.present import page
from openstrat.present.charts.effects import effect_dots
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.study.shared import ACTIVITY_SOURCE, is_refused, label_of, name_of, only
from openstrat.present.words import counted

WIDER = 0.2
"""A second level (assumption): with 11 to 16 donors p moves in steps of .06 to .08, so .1 leaves room for one step only."""
CHANCE_LEVEL = 0.005
"""How near p values have to be to count as equal when they are printed with two digits."""


def events_figure(study: RelicensingStudy, everything: RelicensingStudy) -> Figure:
    """Return every measured license change as a row beside its donors; the asked event is among them."""
    together = everything if _is_among(study, everything) else _joined(study, everything)
    frame = study_frame(together)
    frame["event_id"] = [label_of(item.event) for item in together.estimates]
    known = frame.dropna(subset=["change", "donor_median"])
    fell, rose = int((known["change"] < 0).sum()), int((known["change"] > 0).sum())
    many = everything.differences
    title = f"Activity fell after {fell} events and rose after {rose}; {many.n_at_level} stand out, chance alone would give up to "
    return effect_dots(frame, title=f"{title}{many.expected_by_chance:.1f}", source=ACTIVITY_SOURCE)


def among_figure(study: RelicensingStudy, everything: RelicensingStudy) -> Figure | Markup:
    """Return one event among all of them; when the study is about all, they are drawn at its start."""
    if only(study) is None:
        return page.paragraph("All events are drawn at the start of this report.")
    return events_figure(study, everything)


def chance_box(study: RelicensingStudy, everything: RelicensingStudy) -> Markup:
    """Return how many of all events would look like this by chance, and which are one event seen several times."""
    estimate = only(study)
    sentences = [f"Difference from the donors: {everything.differences.sentence}", f"Synthetic control: {everything.controls.sentence}"]
    if estimate is not None:
        own = [by_chance(estimate, everything)]
        if not _is_among(study, everything):
            own.append(f"{name_of(estimate.event)} is no change to stricter terms; it is drawn beside them and not counted among them.")
        sentences = [*filter(None, own), *sentences]
    sentences += spread_sentences(everything)
    return page.callout("How many would look like this by chance?", page.bullets([*sentences, *everything.dependence]), css="finding")


def by_chance(estimate: EffectEstimate, everything: RelicensingStudy) -> str:
    """Return how many of all events have a p as small, beside how many chance would give; empty for a refused event."""
    compared, many = estimate.comparison, everything.differences
    if is_refused(estimate) or compared is None or not many.n:
        return ""
    p = compared.p_two_sided
    return f"Among all {counted(many.n, 'license change')} with a figure, {_standing_out(everything, p)}."


def spread_sentences(everything: RelicensingStudy) -> list[str]:
    """Return what the events say together: how many stand out at a wider level, in which direction, and what that leaves open."""
    many = everything.differences
    left = sum(value <= many.level for value in many.holm.values())
    return [
        f"Looked at together, {left} of {many.n} stand out on their own. At a wider level {_standing_out(everything, WIDER)}.",
        "Where more stand out than chance gives, projects that changed their license may still differ from the donors in age, size or in "
        "having one company in charge: a wider spread is not an effect. Where none stands out, so few donors show only very large changes.",
    ]


def _standing_out(everything: RelicensingStudy, p: float) -> str:
    far = {name for name, value in everything.differences.p.items() if value <= p + CHANCE_LEVEL}
    fell = sum(item.comparison is not None and item.comparison.did < 0 for item in everything.estimates if item.event.event_id in far)
    return (
        f"p is {p:.2f} or less in {len(far)} ({fell} below their donors, {len(far) - fell} above); chance alone would give up to "
        f"{p * everything.differences.n:.1f}"
    )


def _is_among(study: RelicensingStudy, everything: RelicensingStudy) -> bool:
    known = {item.event.event_id for item in everything.estimates}
    return all(item.event.event_id in known for item in study.estimates)


def _joined(study: RelicensingStudy, everything: RelicensingStudy) -> RelicensingStudy:
    return RelicensingStudy(
        (*everything.estimates, *study.estimates), everything.differences, everything.controls, everything.dependence, everything.rule
    )
