"""What a funded fork would leave: the moats that survive opening, and the value when a larger host clones it."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.checking import ChecklistReview, MoatAfter
from openstrat.analysis.strategy.checklist_fork import MOAT_PASSES_FROM
from openstrat.cases.checklist_fields import moat_and_text
from openstrat.present import page
from openstrat.present.checklist.glance import money
from openstrat.present.page import Markup
from openstrat.present.words import listed, readable

SOURCE = "the case file: the asker's own measurements, not checked by anybody; thresholds are assumptions; openstrat table moats"


def fate(item: MoatAfter) -> str:
    """Return what is left of a moat: survives, lost, fails its test, or not shown."""
    if item.test.high < MOAT_PASSES_FROM:
        return "fails its test"
    if item.loss.dies:
        return f"lost: the option opens {listed([layer.value for layer in item.loss.opened])}"
    return "survives" if item.test.low >= MOAT_PASSES_FROM else "not shown"


def moats_table(review: ChecklistReview) -> Markup:
    """Return the five moats under this option: score of the test, what is left, and which entries of the answer rest on it."""
    resting: dict[str, list[str]] = {}
    for entry in review.answers.funded_fork.what_remains:
        moat, text = moat_and_text(entry)
        resting.setdefault(moat or "", []).append(text)
    rows = [
        {
            "moat": f"{item.test.name} ({item.test.concept_id})",
            "score of its test": f"{item.test.low:g}" if item.test.score is not None else f"{item.test.low:g} to {item.test.high:g}",
            "what is left": fate(item),
            "what the answer rests on it": "; ".join(resting.get(item.test.concept_id, [])) or "nothing",
            "facts missing": "; ".join(dict.fromkeys(criterion.ask for criterion in item.test.criteria if criterion.is_met is None))
            or "none",
        }
        for item in review.moats
    ]
    n_left = sum(row["what is left"] == "survives" for row in rows)
    title = f"{n_left} of {len(rows)} moats are shown to survive {readable(review.option)}; a missing fact is not a failed test"
    table = page.data_table(pd.DataFrame(rows), name="moats-table", title=title, source=SOURCE, stub="moat")
    loose = resting.get("", [])
    return table + page.paragraph(f"Rests on none of the five: {'; '.join(loose)}.", css="caveat") if loose else table


def stress_box(review: ChecklistReview) -> Markup:
    """Return the value when a larger host clones the option, beside the value without it."""
    priced = review.priced
    if priced is None or priced.npv_under_clone is None:
        return page.callout("What it is worth when cloned was not computed", page.paragraph("Give an evaluation."), css="caveat")
    under, usual = priced.npv_under_clone, priced.npv_without_clone
    sign = "zero or more" if under >= 0 else "a loss"
    sentences = [
        f"Mean net present value over five years in the named future hyperscaler_clone: {money(under)}, that is {sign}. "
        f"With nothing out of the ordinary: {money(usual)}. Both over {priced.n_draws:,} draws; most ranges behind them are assumptions.",
    ]
    if usual is not None and under < 0 and usual < 0:
        sentences.append("It is a loss without a clone too: the clone is not what sinks it.")
    scenario = review.answers.funded_fork.scenario
    sentences.append(f"The asker's scenario: {scenario}." if scenario else "The asker names no scenario.")
    return page.callout(f"When a larger host clones it: {money(under)}", page.bullets(sentences), css="finding" if under >= 0 else "caveat")
