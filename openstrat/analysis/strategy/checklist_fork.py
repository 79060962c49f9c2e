"""The rules of the funded fork (concept CK4): what remains is held against the moats that survive opening, and against the value left."""

from __future__ import annotations

from openstrat.analysis.strategy import checklist_words as words
from openstrat.analysis.strategy.checklist_reading import Reading, listed_layers, money, opened_in
from openstrat.analysis.strategy.checklist_records import ChecklistFacts, Priced
from openstrat.cases.checklist_fields import moat_and_text
from openstrat.cases.schema import FundedFork

REMAINS_FROM = 2
"""Things that have to remain (rule CK4, assumption)."""
MOAT_PASSES_FROM = 0.5
"""Score of a moat's test from which on an entry that rests on it counts (rule CK4, assumption)."""
MOAT_OPENED_BELOW = 0.5
"""Share of the moat that may be opened before what remains no longer counts (rule CK4, assumption)."""


def read_funded_fork(answer: FundedFork, facts: ChecklistFacts) -> Reading:
    """Return what speaks against the answer on a funded fork (rule CK4)."""
    is_missing = not answer.what_remains and not answer.scenario
    reading = Reading(is_missing, "Say what would still be yours if a funded rival forked it tomorrow.", "what_remains")
    items = list(dict.fromkeys(answer.what_remains))
    names = [item for item in items if words.is_only_a_name(moat_and_text(item)[1])]
    others = [item for item in items if item not in names]
    against = {item: why for item in others if (why := _against(item, facts))}
    n_left = len(others) - len(against)
    short = [f"{n_left} of {len(items)} things would remain, at least {REMAINS_FROM} are needed"]
    short += [f"only a name: {', '.join(names)}"] if names else []
    short += against.values()
    fix = "Name two things that are more than the name and stay closed."
    reading.need(n_left >= REMAINS_FROM, f"{'; '.join(short)} {words.MARK}.", fix, "what_remains")
    opened = sum(share for layer, share in facts.moat_shares.items() if layer in facts.opened_layers)
    moat = f"The option opens layers that carry {opened:.0%} of the moat."
    reading.need(round(opened, 9) < MOAT_OPENED_BELOW, moat, "Hold the layers that carry the moat.", "what_remains")
    if n_left >= REMAINS_FROM:
        reading.note(bool(names), f"A name alone does not count: {', '.join(names)} {words.MARK}.")
        reading.note(bool(against), f"Does not count: {'; '.join(against.values())}.")
    _note_untested(reading, [item for item in others if item not in against], facts)
    reading.note(not answer.scenario, "No scenario says who would fork it and how.")
    if facts.priced is not None:
        _read_value(reading, answer.scenario or "", facts.priced)
    return reading


def _against(item: str, facts: ChecklistFacts) -> str:
    """Return why an entry does not count: its moat fails or is opened, or it reads like an opened layer."""
    moat_id, _ = moat_and_text(item)
    if moat_id is None:
        layers = opened_in(item, facts)
        return f"opened anyway: '{item}' reads like {listed_layers(layers)}" if layers else ""
    lost = next((loss for loss in facts.losses if loss.concept_id == moat_id and loss.dies), None)
    if lost is not None:
        return f"'{item}' is lost: the option opens {listed_layers(lost.opened)}"
    test = next((test for test in facts.moats if test.concept_id == moat_id), None)
    if test is not None and test.high < MOAT_PASSES_FROM:
        return f"'{item}' fails: the test of {moat_id} gives {test.high:g} of 1 at most"
    return ""


def _note_untested(reading: Reading, items: list[str], facts: ChecklistFacts) -> None:
    """Say which entries rest on a moat that nobody has shown, and which on none."""
    shown = {test.concept_id for test in facts.moats if test.low >= MOAT_PASSES_FROM}
    tied = {item: moat_id for item in items if (moat_id := moat_and_text(item)[0])}
    unshown = [item for item, moat_id in tied.items() if moat_id not in shown]
    reading.note(bool(unshown), f"Not shown yet, the facts that the moat's test needs are missing: {'; '.join(unshown)}.")
    loose = [item for item in items if item not in tied]
    reading.note(bool(loose), f"Rests on no tested moat: {'; '.join(loose)}.")


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
