"""What the fork would cost, and what would have to be true to survive it."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.rehearsing import StressTest
from openstrat.analysis.stress.conditions import ConditionState
from openstrat.analysis.stress.losses import LossSpread
from openstrat.present import page
from openstrat.present.page import Markup

NOT_COMPUTED = "What the fork would cost was not computed for this option."
MONEY_SOURCE = "openstrat tables assumptions, family_coefficients, model_constants and futures; most coefficients are assumed"
STATES = {
    ConditionState.HOLDS: "holds",
    ConditionState.SHORT: "falls short",
    ConditionState.NOT_GIVEN: "not stated in the case",
    ConditionState.NEVER: "cannot save it alone",
    ConditionState.ALWAYS: "not needed",
    ConditionState.SEVERAL: "no single threshold",
}


def losses_table(test: StressTest) -> Markup:
    """Return what is lost of adopters, revenue and value, in both futures, with the spread over draws."""
    both = [("a fork there tomorrow", item) for item in test.losses] + [
        ("the named future of a clone", item) for item in test.losses_under_clone
    ]
    if not both:
        return page.paragraph(NOT_COMPUTED, css="caveat")
    shown = pd.DataFrame([_row(future, item) for future, item in both])
    labels = {
        "before": "without a fork",
        "after": "with it",
        "loss": "loss, median (90% of draws)",
        "share": "part of it",
        "draws": "draws with a loss",
    }
    title = "What a better-funded fork would cost"
    table = page.data_table(shown, name="losses-table", title=title, source=MONEY_SOURCE, stub="figure", labels=labels)
    return table + page.paragraph(f"{test.money.basis} A model of assumed coefficients orders futures; it forecasts no loss.", css="caveat")


def conditions_box(test: StressTest) -> Markup:
    """Return what would have to be true to survive, one lever at a time, needed against what the case has."""
    if not test.conditions:
        return page.paragraph(NOT_COMPUTED, css="caveat")
    items = [f"{STATES[item.state].capitalize()}. {item.sentence}" for item in test.conditions]
    note = (
        "To survive means a mean value of zero or more with the fork there tomorrow; one lever moves, all else stays as the case has it. "
        "The first-party share is the one that this future assumes, not one that somebody measured."
    )
    return page.callout("One lever at a time", page.bullets(items) + page.paragraph(note, css="meta"), css="finding")


def _row(future: str, item: LossSpread) -> dict[str, str]:
    spread = f" ({_number(item.loss_low)} to {_number(item.loss_high)})" if item.n > 1 else ""
    return {
        "figure": f"{item.what}, {item.unit}",
        "future": future,
        "before": _number(item.before),
        "after": _number(item.after),
        "loss": f"{_number(item.loss)}{spread}",
        "share": "–" if item.share is None else f"{item.share:.0%}",
        "draws": f"{item.p_loss:.0%} of {item.n:,}",
    }


def _number(value: float) -> str:
    shown = f"{abs(value):,.0f}" if abs(value) >= 100 else f"{abs(value):.1f}" if abs(value) >= 1 else f"{abs(value):.2g}"
    return f"{'−' if value < 0 else ''}{shown}"
