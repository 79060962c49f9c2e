"""Component by component: where each part sits, and under which license."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.auditing import Audit
from openstrat.analysis.releases.positions import PlacedComponent
from openstrat.present import charts, page
from openstrat.present.audit.shared import license_phrase, limits_phrase, names_of, sentence_case, source_of
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.tables.cells import SEPARATOR
from openstrat.terms import Component, OpennessLevel

NEEDED, OTHERS = "Needed to run it", "All other parts"


def components_figure(asked: Audit) -> Figure:
    """Return every known part on the spectrum, those that the model cannot run without first."""
    parts = _in_order(asked)
    rows = [
        {
            "group": NEEDED if part.is_run_critical else OTHERS,
            "name": part.component.label,
            "level": part.level.value,
            "license_id": part.license_id,
            "restrictions": SEPARATOR.join(ground.restriction.value for ground in part.restrictions),
            "grade": "",
            "reason": part.reason,
        }
        for part in parts
    ]
    n_open = sum(part.level == OpennessLevel.FULLY_OPEN for part in parts)
    count = f"{n_open or 'none'} of {len(parts)} parts {'are' if n_open > 1 else 'is'} fully open"
    return charts.position_strip(pd.DataFrame(rows), what="components", title=f"{_finding(asked)}; {count}", source=source_of(asked))


def components_table(asked: Audit) -> Markup:
    """Return one row a part: whether the model needs it to run, how it was delivered, license, position, limits, sources."""
    parts = _in_order(asked)
    shown = pd.DataFrame(
        {
            "part": [sentence_case(part.component.label) for part in parts],
            "needed to run": ["yes" if part.is_run_critical else "no" for part in parts],
            "the record says": [part.status.label if part.status else "not recorded" for part in parts],
            "license": [license_phrase(part) for part in parts],
            "position": [part.level.label for part in parts],
            "limited by": [limits_phrase(part) for part in parts],
            "sources": [source_refs(SEPARATOR.join(part.source_ids)) for part in parts],
        }
    )
    if asked.recorded is None:
        shown = shown.drop(columns="the record says")
    title = f"{len(shown)} parts of {asked.name}"
    table = page.data_table(shown, name="components-table", title=title, source=source_of(asked), stub="part", markup=["sources"])
    found = {part.component for part in parts}
    rest = [item for item in Component if item not in found and item != Component.AUTOENCODER_WEIGHTS]
    silent = "Nothing is recorded of" if asked.recorded else "The file does not list"
    notes = ["A star: the license was stated for the whole distribution, not for this part."] * any(part.is_inherited for part in parts)
    notes += [f"{silent} {names_of(rest, most=20)}."] if rest else []
    return table + (page.tag("div", page.bullets(notes), css="caveat") if notes else page.plain(""))


def _in_order(asked: Audit) -> list[PlacedComponent]:
    order = list(Component)
    return sorted(asked.position.components, key=lambda part: (not part.is_run_critical, order.index(part.component)))


def _finding(asked: Audit) -> str:
    position = asked.position
    if position.level == OpennessLevel.FULLY_OPEN:
        return f"Everything needed to run {asked.name} is open"
    if position.level == OpennessLevel.UNDETERMINED:
        return f"Not settled for {asked.name}: {names_of(position.unknown)}"
    if position.level == OpennessLevel.CLOSED:
        return f"The weights of {asked.name} are licensed to nobody"
    return f"{sentence_case(names_of(position.limiting))} of {asked.name} hold some users back"
