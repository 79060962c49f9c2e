"""Completeness by the Model Openness Framework: what each class asks for, what is there, and how far the next class is."""

from __future__ import annotations

from openstrat.analysis.auditing import Audit
from openstrat.analysis.releases.mof.framework import LABELS
from openstrat.analysis.releases.mof.result import Distance, MofResult
from openstrat.present import charts, page
from openstrat.present.audit.shared import ROMAN
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.words import listed
from openstrat.tables.store import resource


def framework_source(asked: Audit) -> str:
    """Return the source line of everything that rests on the framework."""
    own = "openstrat table release_components" if asked.recorded else "the release file"
    read = "licenses compared by meaning, repaired mode"
    return f"{own}; components and open licenses as the framework's published tool has them ({resource('mof_components')['as_of']}); {read}"


def classes_figure(asked: Audit) -> Figure:
    """Return the framework's components by class, each with what became of it."""
    complete = asked.completeness
    headings = {
        low.mof_class: f"{LABELS[low.mof_class].replace(' - ', ', ')}: {_progress(low.progress, high.progress)}"
        for low, high in zip(complete.low.classes, complete.high.classes, strict=True)
    }
    parts = asked.parts.assign(heading=asked.parts["mof_class"].map(headings))
    return charts.class_parts(parts, title=_finding(asked), source=framework_source(asked))


def next_class(asked: Audit) -> Markup:
    """Return what the next class still needs, and what is not known of it."""
    complete = asked.completeness
    sentences = []
    if complete.low.distance is None:
        sentences.append("Class I is the highest: nothing is missing that the framework requires.")
    else:
        lead = "To be sure of" if complete.unknown else "For"
        sentences.append(f"{lead} {_needs(complete.low.distance)}")
    if complete.unknown and complete.high.distance != complete.low.distance:
        sentences.append(f"Not known: {listed(_lowered(complete.unknown), most=17)}.")
        sentences.append(_at_best(complete.high))
    elsewhere = [part.implementation for part in asked.position.components if part.implementation]
    if elsewhere:
        made = listed(list(dict.fromkeys(elsewhere)))
        sentences.append(f"The framework counts what the release itself delivers. Code found elsewhere ({made}) does not count here.")
    return page.callout("What is missing", page.bullets(sentences), css="finding") + _repairs(asked)


def _finding(asked: Audit) -> str:
    complete = asked.completeness
    low, high = complete.low.mof_class, complete.high.mof_class
    if low:
        reached = f"{asked.name} reaches {_named(low)}"
        return reached if low == high else f"{reached}, {_named(high)} if what is not known came openly"
    if high:
        return f"{asked.name} reaches no class for sure, {_named(high)} if what is not known came openly"
    return f"{asked.name} reaches no class of the Model Openness Framework"


def _named(mof_class: int) -> str:
    return LABELS[mof_class].replace(" - ", ", ")


def _progress(low: float, high: float) -> str:
    share = f"{low:.0f}" if round(low) == round(high) else f"{low:.0f} to {high:.0f}"
    return f"{share} %"


def _needs(distance: Distance) -> str:
    steps = []
    if distance.to_deliver:
        steps.append(f"deliver under an open license {listed(_lowered(distance.to_deliver), most=17)}")
    if distance.to_license:
        steps.append(f"license {listed(_lowered(distance.to_license), most=17)} openly")
    count = f"{distance.n_components} step{'' if distance.n_components == 1 else 's'}"
    return f"class {ROMAN[distance.next_class]} ({count}): {'; '.join(steps)}."


def _at_best(high: MofResult) -> str:
    if high.distance is None:
        return "If all of that came openly, the release is in class I, the highest."
    reached = f"would be in class {ROMAN[high.mof_class]}" if high.mof_class else "would still be in no class"
    return f"If all of that came openly, the release {reached}, and it would take for {_needs(high.distance)}"


def _lowered(names: tuple[str, ...]) -> list[str]:
    return [name[:1].lower() + name[1:] for name in names]


def _repairs(asked: Audit) -> Markup:
    result = asked.completeness.low
    if asked.recorded or not (result.repairs or result.notes or result.warnings):
        return page.plain("")
    items = [f"{item.place}: {item.given!r} read as {item.read_as}. {item.reason}" for item in result.repairs]
    return page.callout("How the file was read", page.bullets([*items, *result.notes, *result.warnings]), css="caveat")
