"""The risks of one option: tiles at a glance, then each risk with its drivers, early sign and response beside published base rates."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from openstrat.analysis.strategy.finding import Answer
from openstrat.analysis.strategy.risks import RiskReading
from openstrat.present import page
from openstrat.present.charts.finding_tiles import finding_tiles
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import capital, counted, readable
from openstrat.tables.cells import SEPARATOR

WORDS = {
    Answer.YES: "applies",
    Answer.PARTLY: "applies in part",
    Answer.NO: "does not apply",
    Answer.UNKNOWN: "not known",
    Answer.NOT_ASKED: "not asked",
}
CSS = {Answer.YES: "contradicts", Answer.PARTLY: "decide", Answer.NO: "open", Answer.UNKNOWN: "missing", Answer.NOT_ASKED: "hold"}
SMALLEST = 0.01
"""Figures below this are not written out."""
SOURCE = "the case file and openstrat tables risks, evidence, assumptions and fork_rubric; thresholds are assumptions"


def risks_figure(option: str, readings: Sequence[RiskReading]) -> Figure:
    """Return one tile a risk for an option, under a title that counts those that apply."""
    rows = pd.DataFrame(
        {
            "name": [reading.name for reading in readings],
            "answer": [reading.finding.answer.value for reading in readings],
            "word": [WORDS[reading.finding.answer] for reading in readings],
            "figure": [_figure(reading) for reading in readings],
        }
    )
    applying = sum(reading.finding.answer is Answer.YES for reading in readings)
    open_questions = sum(reading.finding.answer is Answer.UNKNOWN for reading in readings)
    rest = f"; {open_questions} not known" if open_questions else ""
    title = f"{capital(readable(option))}: {applying} of {counted(len(readings), 'risk')} {'applies' if applying == 1 else 'apply'}{rest}"
    return finding_tiles(rows, yes_is_good=False, title=title, source=SOURCE)


def _figure(reading: RiskReading) -> str:
    found = reading.finding
    if found.value is None:
        return ""
    scale, unit = (100, f"% {found.unit.removeprefix('share ')}") if found.unit.startswith("share") else (1, f" {found.unit}")
    if found.low is None or found.high is None or found.low == found.high:
        return f"{found.value * scale:.2g}{unit}"
    if found.high * scale < SMALLEST:
        return f"below {SMALLEST:g}{unit}"
    return f"{found.low * scale:.2g} to {found.high * scale:.2g}{unit}"


def risk_cards(readings: Sequence[RiskReading]) -> Markup:
    """Return one card a risk: answer, sentence, drivers, base rates for and against, early sign and response."""
    return page.join(_card(reading) for reading in readings)


def _card(reading: RiskReading) -> Markup:
    found = reading.finding
    heading = page.tag("h3", page.pill(WORDS[found.answer], css=CSS[found.answer]) + page.plain(f" {reading.name} ({found.concept_id})"))
    parts = [heading, page.paragraph(found.sentence), page.bullets(f"{driver}: {value}." for driver, value in reading.drivers)]
    if reading.base_rates:
        parts += [page.paragraph("What others found:"), page.bullets(reading.base_rates)]
    parts += [page.paragraph(f"Early sign: {reading.early_sign} Response: {reading.response}")] if reading.early_sign else []
    limits = [*found.caveats, *(f"To find out: {ask}." for ask in found.asks)]
    parts += [page.paragraph(" ".join(limits), css="caveat")] if limits else []
    note = page.plain(f"Rests on: {found.basis.label}. ") + source_refs(SEPARATOR.join(found.source_ids))
    return page.tag("section", page.join(parts) + page.tag("p", note, css="source-note"), css="card")
