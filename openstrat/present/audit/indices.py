"""One release, all indices: what each asks, what it answers, and why they differ."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.auditing import Audit
from openstrat.analysis.releases.profile import OWN_RECORD, Index, IndexReading, Profile, WhyDiffer
from openstrat.present import page
from openstrat.present.audit.shared import NEEDS_TABLE, sentence_case, without_prefix
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import listed
from openstrat.tables.cells import SEPARATOR

NAMES = {
    Index.RULE: "License position, as in this report",
    Index.RECORD: "Curated record of the weights",
    Index.OSI_WEIGHTS: "List of the Open Source Initiative",
    Index.MOF: "Model Openness Framework, as in this report",
    Index.MOF_RECORD: "Published record of the framework",
    Index.CHAT_INDEX: "Openness index of chat models",
    Index.STACK_MAP: "AI stack map",
    Index.TRANSPARENCY: "Foundation model transparency index",
}
OPEN_WORDS = {True: "open", False: "not open", None: "does not say"}
SOURCE = "openstrat tables release_components, mof_record_classes, openness_index_grades, stack_map_classes, transparency_scores"


def indices_table(asked: Audit) -> Markup:
    """Return one row an index: its question, its answer, whether that means open, which model it looked at, its sources."""
    if asked.recorded is None:
        return page.paragraph(NEEDS_TABLE, css="caveat")
    readings = asked.recorded.profile.readings
    shown = pd.DataFrame(
        {
            "index": [NAMES[item.index] for item in readings],
            "what it asks": [sentence_case(item.index.definition.rpartition(": ")[2]) for item in readings],
            "its answer": [without_prefix(item.value) or "does not cover it" for item in readings],
            "verdict": [OPEN_WORDS[item.is_open] if item.value else "" for item in readings],
            "looked at": [_looked_at(asked, item) for item in readings],
            "sources": [source_refs(SEPARATOR.join(item.source_ids)) for item in readings],
        }
    )
    title = f"{asked.name} in {sum(bool(item.value) for item in readings)} of {len(readings)} indices"
    return page.data_table(shown, name="indices-table", title=title, source=SOURCE, stub="index", markup=["sources"])


def differences_box(asked: Audit) -> Markup:
    """Return which indices call the release open and which do not, with the reasons; a sentence when they agree."""
    if asked.recorded is None:
        return page.plain("")
    found = asked.recorded.profile
    verdicts = {is_open: [item for item in found.readings if item.is_open is is_open] for is_open in (True, False)}
    if not found.differences:
        if not any(verdicts.values()):
            return page.paragraph("No index says whether it is open or not.")
        agreed = verdicts[True] or verdicts[False]
        said = OPEN_WORDS[bool(verdicts[True])]
        return page.paragraph(f"The {len(agreed)} indices that say open or not agree: {said}.")
    items = [page.tag("li", _difference(found, item)) for item in verdicts[False]]
    lead = page.paragraph(f"Open: {_named(verdicts[True])}. Not open: {_named(verdicts[False])}.")
    return page.callout("Why they differ", lead + page.tag("ul", page.join(items)), css="finding")


def _looked_at(asked: Audit, reading: IndexReading) -> str:
    if not reading.value:
        return ""
    return reading.looked_at or asked.name


def _named(readings: list[IndexReading]) -> str:
    return listed([NAMES[item.index].split(", as")[0] for item in readings], most=8)


def _difference(found: Profile, reading: IndexReading) -> Markup:
    own = [item for item in found.differences if item.other_index == reading.index]
    reasons = dict.fromkeys(reason for item in own for reason in item.reasons)
    others = [found.reading(item.open_index) for item in own]
    sentences = [_because(reason, [reading, *others]) for reason in reasons]
    said = f" says {without_prefix(reading.value)}. {' '.join(sentences)}"
    return page.tag("strong", NAMES[reading.index].split(", as")[0]) + page.plain(said)


def _because(reason: WhyDiffer, readings: list[IndexReading]) -> str:
    if reason == WhyDiffer.SIBLING:
        return " ".join(f"{NAMES[item.index]} looked at {item.looked_at}." for item in readings if item.looked_at)
    if reason == WhyDiffer.DATE:
        own = [item.index for item in readings if item.index in OWN_RECORD]
        return " ".join(f"{NAMES[index]}: a record of its own, made at another time." for index in own)
    return reason.definition
