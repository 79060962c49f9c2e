"""The first screen of the claim ledger: how many claims stand, which fell, every verdict in one chart, and the rule behind it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from openstrat.analysis.claims.entries import LedgerEntry, ledger_table
from openstrat.analysis.claims.readings import amount, figure
from openstrat.analysis.claims.standing import RULE, Standing
from openstrat.present import page
from openstrat.present.charts.claims import claim_intervals
from openstrat.present.claims.shared import LEDGER_SOURCE, WORDS, anchor_of, short_name
from openstrat.present.figure import Figure
from openstrat.present.page import Facts, Markup
from openstrat.present.words import counted

NO_PROOF = (
    "None of this says why: a test compares what was counted, in samples that were not drawn at random. A verdict holds for its sample and "
    "window, which stand beside it."
)
UNDECIDED_NOTE = "Undecided is a result: the data at hand are as good as a tie, and whoever claims to know has other data or none."


def claims_facts(ledger: Sequence[LedgerEntry]) -> Facts:
    """Return the report's title and verdict line."""
    return Facts({"title": "Common claims about openness, tested", "verdict": _counts(ledger), "as_of": ledger[0].as_of, "status": "real"})


def ledger_glance(ledger: Sequence[LedgerEntry]) -> Markup:
    """Return how the claims stand in numbers and sentences."""
    tested = [item for item in ledger if item.test]
    facts = {evidence_id for item in ledger for evidence_id in item.evidence["evidence_id"]}
    figures = {
        "claims": (str(len(ledger)), "as they are often said, each with what would settle it"),
        "tested": (str(len(tested)), "over the tables, with an interval, a window and a sample"),
        "decided by a test": (str(_decided(tested)), "whole interval on one side of the line"),
        "facts": (str(len(facts)), "for, against or as context, each with its source"),
    }
    sentences = [
        f"{_counts(ledger)}.",
        *_sentences(ledger, Standing.SUPPORTED),
        *_sentences(ledger, Standing.CONTRADICTED),
        UNDECIDED_NOTE,
        NO_PROOF,
    ]
    box = page.callout("What may be repeated, and what not", page.bullets(sentences), css="verdict")
    return page.kpis(figures) + box


def _decided(tested: Sequence[LedgerEntry]) -> int:
    decided = (Standing.SUPPORTED, Standing.CONTRADICTED)
    return sum(item.test is not None and item.test.standing in decided for item in tested)


def _counts(ledger: Sequence[LedgerEntry]) -> str:
    numbers = {standing: sum(item.standing == standing for item in ledger) for standing in WORDS}
    said = ", ".join(f"{number} {WORDS[standing]}" for standing, number in numbers.items())
    return f"Of {counted(len(ledger), 'claim')}: {said}"


def _sentences(ledger: Sequence[LedgerEntry], standing: Standing) -> list[str]:
    found = [item for item in ledger if item.standing == standing]
    word = WORDS[standing].capitalize()
    return [f"{word}: “{item.claim}” {_ground(item)}" for item in found] or [f"{word}: none."]


def _ground(item: LedgerEntry) -> str:
    if item.test is None:
        return item.reason
    main = item.test.main
    found = f"{main.label[:1].upper()}{main.label[1:]}: {figure(main)}, {main.window}."
    return f"{found} {item.test.leans}" if item.test.leans else found


def ledger_figure(ledger: Sequence[LedgerEntry]) -> Figure:
    """Return every claim in one chart: its verdict as the group, the interval of its test beside the line."""
    table = ledger_table(ledger)
    table["name"] = [short_name(claim_id) for claim_id in table["claim_id"]]
    table["verdict"] = [WORDS[Standing(value)] for value in table["standing"]]
    tested = int(table["value"].notna().sum())
    title = f"{_counts(ledger)}"
    return claim_intervals(table, order=list(WORDS.values()), title=title, source=LEDGER_SOURCE, n=f"{len(table)} claims, {tested} tested")


def contents(ledger: Sequence[LedgerEntry]) -> Markup:
    """Return links to every claim, by verdict."""
    parts = []
    for standing, word in WORDS.items():
        found = [item for item in ledger if item.standing == standing]
        if found:
            links = page.join((page.tag("li", page.anchor_link(item.claim, anchor_of(item.claim_id))) for item in found), "")
            parts.append(page.tag("h4", f"{word[:1].upper()}{word[1:]} ({len(found)})") + page.tag("ul", links))
    return page.join(parts)


def verdict_table(ledger: Sequence[LedgerEntry]) -> Markup:
    """Return every claim with its verdict, the figure of its test and the facts on each side."""
    rows = [
        {
            "claim": item.claim,
            "verdict": WORDS[item.standing],
            "test": _cell(item),
            "for": item.count("for"),
            "against": item.count("against"),
        }
        for item in ledger
    ]
    title = f"{len(rows)} claims, their verdicts and what stands behind them"
    return page.data_table(pd.DataFrame(rows), name="verdicts-table", title=title, source=LEDGER_SOURCE, whole=["for", "against"])


def _cell(item: LedgerEntry) -> str:
    if item.test is None:
        return "none"
    main = item.test.main
    value = "none" if main.value is None else amount(main.value, main.unit)
    ends = [amount(end, main.unit) for end in (main.low, main.high) if end is not None]
    interval = f" ({' to '.join(ends)})" if ends else ""
    return f"{main.label}: {value}{interval}, n = {main.n}"


def rule_box() -> Markup:
    """Return how verdicts are made, and what each word means."""
    words = page.bullets(f"{word[:1].upper()}{word[1:]}: {standing.definition}" for standing, word in WORDS.items())
    return page.callout("How verdicts are made", page.paragraph(RULE) + words, css="finding")
