"""One block a claim: how it stands, the facts on each side, its test, and what would settle it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from openstrat.analysis.claims.entries import SIDES, LedgerEntry
from openstrat.analysis.claims.readings import ClaimTest, Reading, amount, figure
from openstrat.analysis.claims.standing import ClaimForm
from openstrat.present import page
from openstrat.present.claims.shared import PILLS, WORDS, anchor_of
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import counted, readable

SIDE_WORDS = {"for": "For it", "against": "Against it", "context": "To keep in mind"}
FORMS = {ClaimForm.TENDENCY: "most cases", ClaimForm.EVERY_CASE: "every case, without exception"}
SEEN = {"for": "supports", "against": "contradicts", "context": "context"}


def topic_cards(ledger: Sequence[LedgerEntry], topic: str) -> Markup:
    """Return a block for every claim of a topic."""
    found = [item for item in ledger if item.topic == topic]
    return page.join(_card(item) for item in found) if found else page.paragraph("No claim on this topic.", css="caveat")


def _card(item: LedgerEntry) -> Markup:
    heading = page.anchored("h3", page.plain(item.claim), anchor_of(item.claim_id))
    verdict = page.tag("p", page.pill(WORDS[item.standing], css=PILLS[item.standing]) + page.plain(f" {item.reason}"))
    about = {
        "who says it": item.said_by,
        "said of": FORMS[item.form],
        "concepts": ", ".join(item.concept_ids),
        "what would settle it": item.what_would_settle_it,
    }
    facts = page.join(page.tag("dt", label) + page.tag("dd", text) for label, text in about.items())
    parts = [heading, verdict, _test(item), *_sides(item), page.tag("dl", facts, css="facts")]
    return page.tag("section", page.join(parts), css="card")


def _sides(item: LedgerEntry) -> list[Markup]:
    parts = []
    for side in SIDES:
        rows = item.evidence[item.evidence["stance"].eq(side)].to_dict("records")
        if rows or side != "context":
            title = page.tag("h4", f"{SIDE_WORDS[side]}: {counted(len(rows), 'fact') if rows else 'no fact in the table'}")
            parts.append(title + (page.tag("ul", page.join(_fact(row) for row in rows), css="evidence") if rows else page.plain("")))
    if item.n_later:
        parts.append(page.paragraph(f"{counted(item.n_later, 'later fact')} left out: not known by {item.as_of}.", css="source-note"))
    return parts


def _fact(row: dict[Any, Any]) -> Markup:
    size = f"n = {row['n']:,.0f}" if pd.notna(row["n"]) else "n not given"
    period = row["period"] if isinstance(row["period"], str) else "no period given"
    details = [readable(row["mark"]), size, period, readable(row["reach"])]
    details += ["the test counts the same"] * bool(row["is_in_test"])
    details += [row["caveat"]] if isinstance(row["caveat"], str) else []
    note = page.tag("small", f" ({'; '.join(details)}) ") + page.tag("small", source_refs(row["source_ids"]))
    return page.tag("li", page.pill(row["stance"], css=SEEN[row["stance"]]) + page.plain(f" {row['statement']} {row['why']}") + note)


def _test(item: LedgerEntry) -> Markup:
    if item.test is None:
        return page.callout("No test", page.paragraph(item.why_no_test), css="caveat")
    test = item.test
    main = [reading for reading in test.readings if reading.is_main]
    sentences = [
        f"{test.question} For the claim to hold: {test.prediction}",
        *(_main_sentence(reading) for reading in main),
        f"Selection: {test.selection}",
    ]
    limits = page.bullets([*test.caveats, f"Counting rule: {test.rule}"])
    refs = page.tag("small", source_refs("; ".join(test.source_ids)))
    box = page.callout("The test", page.bullets(sentences), css="finding")
    more = page.tag(
        "details", page.tag("summary", "Every reading, the sample and the counting rule") + _readings(item, test) + limits + refs
    )
    return box + more


def _main_sentence(reading: Reading) -> str:
    what = f"{reading.label[:1].upper()}{reading.label[1:]}"
    return f"{what}: {figure(reading)}, {WORDS[reading.standing]}. Window: {reading.window}. Sample: {reading.sample}."


def _readings(item: LedgerEntry, test: ClaimTest) -> Markup:
    rows = pd.DataFrame([_reading(reading) for reading in test.readings])
    title = f"{counted(len(rows), 'reading')} of the test"
    source = f"openstrat, test {test.test_id}"
    return page.data_table(rows, name=f"test-{item.claim_id}", title=title, source=source, whole=["n"])


def _reading(reading: Reading) -> dict[str, object]:
    known = reading.low is not None and reading.high is not None
    return {
        "what": reading.label + ("" if reading.is_main else " (beside)"),
        "figure": "none" if reading.value is None else amount(reading.value, reading.unit),
        "95% interval": f"{amount(reading.low or 0.0, reading.unit)} to {amount(reading.high or 0.0, reading.unit)}" if known else "none",
        "the claim needs": f"{'above' if reading.needs_above else 'below'} {amount(reading.line, reading.unit)}",
        "n": reading.n,
        "counted": reading.note or "",
        "window": reading.window,
        "sample": reading.sample,
        "reads": WORDS[reading.standing],
    }
