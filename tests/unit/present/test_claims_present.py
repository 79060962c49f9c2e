"""The claim ledger as charts and blocks: what a reader can rely on."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.claims.entries import EVIDENCE, LedgerEntry, entry
from openstrat.analysis.claims.readings import ClaimTest, Reading
from openstrat.present.charts.claims import claim_intervals
from openstrat.present.claims import contents, ledger_figure, ledger_glance, topic_cards, verdict_table

ROW = {"claim": "Forks fail.", "topic": "forks", "said_by": "Some", "form": "tendency", "concept_ids": "RK3", "source_ids": "essay-s1"}
FACT = {
    "evidence_id": "a-fact",
    "statement": "A <b>fork</b> ended.",
    "why": "It is one.",
    "stance": "for",
    "n": 4,
    "period": "2020",
    "mark": "published",
    "caveat": None,
    "reach": "one_case",
    "is_in_test": False,
    "source_ids": "essay-s1",
}


def ledger_entry(claim_id: str, low: float | None, high: float | None, *, needs_above: bool = True) -> LedgerEntry:
    value = None if low is None or high is None else (low + high) / 2
    reading = Reading("forks that ended", value, low, high, "share of forks", 9, "2024", "made up", 0.5, needs_above)
    test = None if value is None else ClaimTest("t", "Do they?", "Most.", (reading,), "Counted.", "Known ones only.", (), ("essay-s1",))
    row = ROW | {"claim_id": claim_id, "what_would_settle_it": "More forks."}
    evidence = pd.DataFrame([FACT]).reindex(columns=EVIDENCE)
    return entry(row, evidence, test, "" if test else "Nothing to count.", n_later=0, as_of="2026-08-26")


LEDGER = (
    ledger_entry("forks-fail", 0.6, 0.8),
    ledger_entry("forks-last", 0.6, 0.8, needs_above=False),
    ledger_entry("forks-win", None, None),
)


def test_the_chart_puts_what_speaks_for_a_claim_on_the_right() -> None:
    data = ledger_figure(LEDGER).chart.to_dict()["datasets"]
    drawn = {row["name"]: (row["from"], row["to"]) for rows in data.values() for row in rows if row.get("at") is not None}
    assert drawn["Forks fail"] == pytest.approx((0.1, 0.3))
    assert drawn["Forks last"] == pytest.approx((-0.3, -0.1))  # the same interval against a claim that needs it below


def test_the_chart_names_every_group_with_its_number() -> None:
    figure = ledger_figure(LEDGER)
    assert {"SUPPORTED (1)", "CONTRADICTED (1)", "NOT TESTABLE HERE (1)"} <= set(
        figure.chart.to_dict()["layer"][1]["encoding"]["y"]["sort"]
    )
    assert figure.title == "Of 3 claims: 1 supported, 1 contradicted, 0 mixed, 0 undecided, 1 not testable here"
    assert len(figure.table) == 3


def test_a_chart_without_any_test_still_shows_the_claims() -> None:
    table = pd.DataFrame(
        [
            {
                "name": "A",
                "claim": "A.",
                "verdict": "mixed",
                "label": None,
                "unit": None,
                "n": None,
                "needs_above": None,
                "n_for": 1,
                "n_against": 2,
            }
        ]
    ).assign(value=None, low=None, high=None, line=None)
    figure = claim_intervals(table, order=["mixed"], title="T.", source="S", n="1 claim")
    assert "1 for, 2 against" in str(figure.chart.to_dict())


def test_a_card_escapes_what_it_shows_and_says_n_period_and_source() -> None:
    shown = topic_cards(LEDGER, "forks").html
    assert "A &lt;b&gt;fork&lt;/b&gt; ended." in shown
    assert "published; n = 4; 2020; one case" in shown
    assert "#source-essay-s1" in shown
    assert "Selection: Known ones only." in shown
    assert "Nothing to count." in shown


def test_the_first_screen_repeats_the_figure_of_what_is_decided() -> None:
    text = ledger_glance(LEDGER).text
    assert "Supported: “Forks fail.” Forks that ended: 70% (95% interval 60% to 80%, n = 9), 2024." in text
    assert "None of this says why" in text


def test_contents_and_table_list_every_claim() -> None:
    assert contents(LEDGER).html.count("#claim-forks-") == 3
    assert "forks that ended: 70% (60% to 80%), n = 9" in verdict_table(LEDGER).text
