"""What would be left of each moat, and what the rubric says of the fork itself."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.rehearsing import StressTest
from openstrat.analysis.strategy.checklist_fork import MOAT_PASSES_FROM, REMAINS_FROM
from openstrat.analysis.strategy.finding import Answer
from openstrat.analysis.stress.remains import MoatLeft, MoatState
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.words import listed, readable


def risk_box(test: StressTest) -> Markup:
    """Return what the rubric says of a funded fork after this option's license change, feature by feature."""
    if test.risk.answer == Answer.NOT_ASKED:
        return page.callout("How much speaks for a fork", page.paragraph(test.risk.sentence), css="finding")
    items = [*test.risk.evidence, *(f"To find out: {ask}." for ask in test.risk.asks)]
    body = page.paragraph(test.risk.sentence) + page.bullets(items) + page.bullets(test.risk.caveats)
    return page.callout("How much speaks for a fork", body, css="finding")


def remains_table(test: StressTest) -> Markup:
    """Return each moat before and after the fork, with what carries it."""
    shown = pd.DataFrame(
        {
            "moat": [f"{item.moat} {item.name}" for item in test.moats],
            "counted on": ["yes" if item.moat in test.case.moats else "no" for item in test.moats],
            "today": [_score(item.low, item.high) for item in test.moats],
            "after": ["0" if item.state == MoatState.GONE else _score(item.after_low, item.after_high) for item in test.moats],
            "state": [readable(item.state.value) for item in test.moats],
            "why": [item.why for item in test.moats],
        }
    )
    labels = {"counted on": "the case counts on it", "today": "score today", "after": "score after the fork"}
    gone = [item.name.lower() for item in test.moats if item.state == MoatState.GONE]
    title = f"Gone with {readable(test.option)}: {listed(gone, most=5)}"
    source = "openstrat table moats; scores from the case's own measures, which nobody checked"
    table = page.data_table(shown, name="remains-table", title=title, source=source, stub="moat", labels=labels)
    return table + page.paragraph(_note(test), css="caveat")


def _score(low: float, high: float) -> str:
    return f"{low:g}" if low == high else "not tested" if (low, high) == (0, 1) else f"{low:g} to {high:g}"


def _note(test: StressTest) -> str:
    counted_on = [item for item in test.moats if item.moat in test.case.moats]
    untested = [_named(item) for item in counted_on if item.state == MoatState.UNKNOWN]
    asked = f" The case counts on {listed(untested, most=5)} without a test." if untested else ""
    return (
        f"A moat counts from a score of {MOAT_PASSES_FROM:g}; {REMAINS_FROM} have to be left. One that an opened layer "
        "carries is gone under whatever "
        f"license. In the case's own figures the moat is {test.moat_stated:g} today and {test.moat_left:.2g} with this option.{asked}"
    )


def _named(item: MoatLeft) -> str:
    return f"{item.name.lower()} ({item.moat})"
