"""What decides the position: the limiting parts with their clauses, and what is not known."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.auditing import Audit
from openstrat.analysis.licenses.comparison import HELD_BACK
from openstrat.analysis.licenses.placement import Ground
from openstrat.analysis.releases.positions import PlacedComponent
from openstrat.analysis.releases.unsettled import OpenQuestion
from openstrat.present import page
from openstrat.present.audit.shared import names_of, sentence_case, source_of, without_prefix
from openstrat.present.charts.shared import short_license
from openstrat.present.licensing import excluded_table
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import listed
from openstrat.tables.cells import SEPARATOR
from openstrat.terms import Component, OpennessLevel


def deciding_box(asked: Audit) -> Markup:
    """Return the parts that decide the position, each with the sentence it rests on, and the range it can still take."""
    position = asked.position
    critical = [part for part in position.components if part.is_run_critical]
    deciding = [part for part in critical if part.component in position.limiting] or critical
    alike: dict[tuple[object, ...], list[PlacedComponent]] = {}
    for part in deciding:
        alike.setdefault((part.license_id, part.restrictions or part.reason), []).append(part)
    items = [page.tag("li", _parts_sentence(parts)) for parts in alike.values()]
    return page.callout(_heading(asked), page.tag("ul", page.join(items)), css="finding")


def restrictions_table(asked: Audit) -> Markup:
    """Return each restriction on anything needed to run the model: what it means, and what the terms say; a sentence if none."""
    limited: dict[tuple[str, str], list[PlacedComponent]] = {}
    grounds: dict[tuple[str, str], Ground] = {}
    for part in asked.position.components:
        for ground in part.restrictions if part.is_run_critical else ():
            key = (str(part.license_id), ground.restriction.value)
            limited.setdefault(key, []).append(part)
            grounds[key] = ground
    if not limited and asked.position.level == OpennessLevel.CLOSED:
        return page.plain("")
    if not limited:
        return page.paragraph("No term is known that bounds who may use what is needed to run it, for what, or how.")
    shown = pd.DataFrame(
        {
            "limit": [sentence_case(restriction.replace("_", " ")) for _, restriction in limited],
            "on": [names_of(part.component for part in parts) for parts in limited.values()],
            "license": [short_license(license_id) for license_id, _ in limited],
            "what it means": [ground.restriction.definition for ground in grounds.values()],
            "what the terms say": [ground.note or "See the clauses below." for ground in grounds.values()],
        }
    )
    licenses = list(dict.fromkeys(shown["license"]))
    shown = shown.drop(columns="license") if len(licenses) == 1 else shown
    title = f"Every limit on what is needed to run it, by {listed(licenses)}"
    table = page.data_table(shown, name="limits-table", title=title, source=source_of(asked), stub="limit")
    said = [f"The clauses of {short_license(license_id)}, in our words: {text}" for license_id, text in asked.evidence.items() if text]
    return table + page.bullets(said)


def questions_box(asked: Audit) -> Markup:
    """Return what is not known, what would settle it, and whether that could still move the position."""
    position = asked.position
    if not asked.questions:
        return page.paragraph("Nothing that the position rests on is unknown.")
    items = [page.tag("li", _question(question) + _refs(question.source_ids)) for question in asked.questions]
    if position.lowest != position.highest:
        effect = f"Answers can move it to anything from {position.lowest.label} to {position.highest.label}."
    elif position.grade_at_most not in (None, position.grade):
        effect = f"It stays fully open; answers could raise the grade to {position.grade_at_most}."
    else:
        effect = "None of this would change the position."
    return page.callout("Not known, and what would settle it", page.tag("ul", page.join(items)) + page.paragraph(effect), css="caveat")


def held_back(asked: Audit) -> Markup:
    """Return whom the license of the weights shuts out or gates, by which clause."""
    weights = asked.position.component(Component.WEIGHTS)
    if weights.level == OpennessLevel.CLOSED:
        return page.paragraph(f"Everybody outside: no license reaches the weights. {without_prefix(weights.reason)}")
    if asked.excluded is None:
        return page.paragraph(f"Not known, because no license of the weights could be read. {without_prefix(weights.reason)}", css="caveat")
    licenses = listed(list(dict.fromkeys(map(short_license, asked.excluded["license_id"]))), most=6)
    if asked.excluded.empty:
        return page.paragraph(f"Nobody is known to be held back by {short_license(weights.license_id)}, the license of the weights.")
    choice = "A taker may choose one of the licenses. " if " OR " in str(weights.license_id) else ""
    return page.paragraph(f"The weights came under {licenses}. {choice}".rstrip()) + excluded_table(asked.excluded)


def _heading(asked: Audit) -> str:
    position = asked.position
    if position.level == OpennessLevel.FULLY_OPEN:
        return f"Fully open, grade {position.grade}: all that is needed to run it is open"
    if position.level == OpennessLevel.UNDETERMINED:
        return f"Undetermined: the lowest it can be is {position.lowest.label}, the highest {position.highest.label}"
    firm = "" if position.lowest == position.highest else f", and {position.lowest.label} if the weights turn out to have no license"
    return f"{sentence_case(position.level.label)}: decided by the {names_of(position.limiting)}{firm}"


def _parts_sentence(parts: list[PlacedComponent]) -> Markup:
    """Say once what parts under the same terms share."""
    first = parts[0]
    names = page.tag("strong", sentence_case(names_of(part.component for part in parts)))
    said = f". {without_prefix(first.reason)} "
    if first.restrictions:
        held = "; ".join(HELD_BACK[ground.restriction] for ground in first.restrictions)
        said = f". The license {short_license(first.license_id)} holds back: {held}. The clauses stand in the table below. "
    return names + page.plain(said) + _refs(tuple(dict.fromkeys(source for part in parts for source in part.source_ids)))


def _question(question: OpenQuestion) -> Markup:
    name = page.tag("strong", sentence_case(names_of(question.components)))
    remedy = question.remedy[:1].lower() + question.remedy[1:]
    return name + page.plain(f". {without_prefix(question.doubt)} It would take: {without_prefix(remedy)} ")


def _refs(source_ids: tuple[str, ...]) -> Markup:
    return page.tag("small", source_refs(SEPARATOR.join(source_ids)))
