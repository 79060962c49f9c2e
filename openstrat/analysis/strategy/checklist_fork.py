"""The rules of the funded fork (concept CK4): what remains is held against the moats that survive opening, and against the value left."""

from __future__ import annotations

from collections.abc import Iterable

from openstrat.analysis.strategy import checklist_words as words
from openstrat.analysis.strategy.checklist_reading import Reading, listed_layers, money, opened_in
from openstrat.analysis.strategy.checklist_records import ChecklistFacts, Priced
from openstrat.cases.checklist_fields import moat_and_text
from openstrat.cases.schema import FundedFork

REMAINS_FROM = 2
"""Things that have to remain (rule CK4, assumption)."""
MOAT_PASSES_FROM = 0.5
"""Score of a moat's test from which on an entry that rests on it counts (rule CK4, assumption)."""
FIX = "Tie two things to moats that stay closed and pass their test, each written like 'MO3: hosted reliability'."
MOAT_OPENED_BELOW = 0.5
"""Share of the moat that may be opened before what remains no longer counts (rule CK4, assumption)."""


def read_funded_fork(answer: FundedFork, facts: ChecklistFacts) -> Reading:
    """Return what speaks against the answer on a funded fork (rule CK4): an entry counts when it rests on a moat whose test passes."""
    is_missing = not answer.what_remains and not answer.scenario
    reading = Reading(is_missing, "Say what would still be yours if a funded rival forked it tomorrow.", "what_remains")
    items = list(dict.fromkeys(answer.what_remains))
    against = _by_reason(items, facts)
    n_left = len(items) - sum(map(len, against.values()))
    clauses = [f"{why}: {', '.join(found)}" for why, found in against.items()]
    short = "; ".join([f"{n_left} of {len(items)} things are shown to remain, at least {REMAINS_FROM} are needed", *clauses])
    reading.need(n_left >= REMAINS_FROM, f"{short} {words.MARK}.", FIX, "what_remains")
    opened = sum(share for layer, share in facts.moat_shares.items() if layer in facts.opened_layers)
    moat = f"The option opens layers that carry {opened:.0%} of the moat."
    reading.need(round(opened, 9) < MOAT_OPENED_BELOW, moat, "Hold the layers that carry the moat.", "what_remains")
    reading.note(n_left >= REMAINS_FROM and bool(clauses), f"Does not count: {'; '.join(clauses)} {words.MARK}.")
    reading.note(not answer.scenario, "No scenario says who would fork it and how.")
    if facts.priced is not None:
        _read_value(reading, answer.scenario or "", facts.priced)
    return reading


def _by_reason(items: Iterable[str], facts: ChecklistFacts) -> dict[str, list[str]]:
    """Return the entries that do not count by the reason why, in order of appearance."""
    found: dict[str, list[str]] = {}
    for item in items:
        moat_id, text = moat_and_text(item)
        why = _against(moat_id, text, facts)
        if why:
            found.setdefault(why, []).append(f"'{item}'")
    return found


def _against(moat_id: str | None, text: str, facts: ChecklistFacts) -> str:
    """Return why an entry does not count; empty when it does."""
    if words.is_only_a_name(text):
        return "only a name"
    if moat_id is None:
        layers = opened_in(text, facts)
        return f"opened anyway, since it reads like {listed_layers(layers)}" if layers else "tied to none of the five moats"
    lost = next((loss for loss in facts.losses if loss.concept_id == moat_id and loss.dies), None)
    if lost is not None:
        return f"lost, since the option opens {listed_layers(lost.opened)}"
    test = next((test for test in facts.moats if test.concept_id == moat_id), None)
    if test is None or test.high >= MOAT_PASSES_FROM > test.low:
        return f"not shown, since the test of {moat_id} lacks facts"
    return "" if test.low >= MOAT_PASSES_FROM else f"fails, since the test of {moat_id} gives {test.high:g} of 1 at most"


def _read_value(reading: Reading, scenario: str, priced: Priced) -> None:
    if priced.npv_under_clone is None:
        reading.not_applied.append("What the option is worth when a larger host clones it was not computed.")
        return
    value = money(priced.npv_under_clone)
    before = "" if priced.npv_without_clone is None else f" ({money(priced.npv_without_clone)} with nothing out of the ordinary)"
    reading.figures.append(
        f"When a larger host clones it (hyperscaler_clone), the mean value is {value}{before}; {priced.n_draws:,} draws."
    )
    is_loss, is_accepted = priced.npv_under_clone < 0, words.accepts_loss(scenario)
    reason = f"When a larger host clones it, the mean value is {value}, and nobody accepts that loss in writing {words.MARK}."
    fix = "Change the plan until that value is zero or more, or write into the scenario that the loss is accepted."
    reading.need(not is_loss or is_accepted, reason, fix, "scenario")
    reading.note(is_loss and is_accepted, f"A mean value of {value} under a clone is accepted in writing {words.MARK}.")
