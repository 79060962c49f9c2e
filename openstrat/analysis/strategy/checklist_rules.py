"""The rules of the questions on money, held assets, first users and upkeep (concepts CK1, CK2, CK3, CK5).

Rules that look for words are marked "word-list check" in what they say: they warn, and a person confirms.
"""

from __future__ import annotations

import re

from openstrat.analysis.strategy import checklist_words as words
from openstrat.analysis.strategy.checklist_reading import Reading, listed_layers, opened_in, percent, quoted
from openstrat.analysis.strategy.checklist_records import ChecklistFacts, Priced
from openstrat.cases.schema import FirstAdopters, HeldBack, Maintenance, Money

MOST_SENTENCES, MOST_WORDS = 3, 75
LIKELY_FROM = 0.5
"""Share of draws with a value above zero below which a plan is called a weak spot (rule CK1, assumption)."""
HELD_REVENUE_FROM = 0.5
"""Share of revenue that held layers must carry (rule CK2, assumption)."""
REBUILD_FROM_MONTHS = 6
HIGHEST_PUBLISHED_PAYING_SHARE = 0.05
"""Upper end of published shares of users who pay; see the base rate of CK1."""
STAFF_FROM, YEARS_FROM = 0.8, 2.0
"""Share of the staff needed, and years funded (rule CK5, assumption)."""


def read_money(answer: Money, facts: ChecklistFacts) -> Reading:
    """Return what speaks against the answer on money (rule CK1)."""
    text, price = " ".join(answer.sentences), answer.price or ""
    is_missing = not text and not price and answer.paying_share is None
    reading = Reading(is_missing, "Say in three sentences who pays, for what unit, and at what price.", "sentences")
    n_sentences = sum(len(re.split(r"(?<=[.!?])\s+", sentence.strip())) for sentence in answer.sentences)
    n_words = len(text.split())
    too_many = f"{n_sentences} sentences instead of at most {MOST_SENTENCES}."
    reading.need(n_sentences <= MOST_SENTENCES, too_many, "Cut it to three sentences.", "sentences")
    reading.need(n_words <= MOST_WORDS, f"{n_words} words instead of at most {MOST_WORDS}.", "Cut it to 75 words.", "sentences")
    reading.need(words.has(words.PAYERS, text), f"No payer is named {words.MARK}.", "Name who pays.", "sentences")
    has_unit = words.has(words.UNITS, f"{text} {price}")
    reading.need(has_unit, f"No unit is named {words.MARK}.", "Name the unit on the bill.", "price")
    has_price = bool(price) or answer.paying_share is not None or words.states_price(text)
    reading.need(has_price, f"Neither a price nor a share is named {words.MARK}.", "Give a price or the share that pays.", "price")
    postponed = words.found(words.POSTPONED, f"{text} {price}")
    delays = f"It puts the question off: {quoted(postponed)} {words.MARK}."
    reading.need(not postponed, delays, "Say it now instead of putting it off.", "sentences")
    needs_much = answer.paying_share is not None and answer.paying_share > HIGHEST_PUBLISHED_PAYING_SHARE
    much = f"Needs {percent(answer.paying_share or 0)} of adopters to pay; published shares end at 5%"
    is_backed = needs_much and facts.paying_range is not None and (answer.paying_share or 0) <= facts.paying_range[1]
    fix = "Lower the share, or back it with a range, its reason and who set it (assumptions.conv of the case)."
    reading.need(not needs_much or is_backed, f"{much}, and the case backs no such range.", fix, "paying_share")
    reading.note(is_backed, f"{much}; the case's own range reaches it.")
    if facts.priced is not None:
        _read_price_of_plan(reading, facts.priced, answer.paying_share)
    return reading


def _read_price_of_plan(reading: Reading, priced: Priced, stated: float | None) -> None:
    """Take down the chance of a positive value, and the paying share that breaks even beside the model's range."""
    today = f", today's revenue of USD {priced.revenue_today:,g}m a year included" if priced.revenue_today else ""
    reading.figures.append(f"The option's value is above zero in {priced.p_npv_positive:.0%} of {priced.n_draws:,} draws{today}.")
    reading.note(priced.p_npv_positive < LIKELY_FROM, "In most draws the option's value is not above zero.")
    needed, (low, high) = priced.conversion_needed, priced.conversion_range
    if needed is None:
        side = "above" if priced.stays_positive else "below"
        reading.figures.append(f"Its median value stays {side} zero whatever share of adopters pays.")
        return
    place = "above" if needed > high else "below" if needed < low else "inside"
    against = (
        f"It breaks even (median) when {percent(needed)} of adopters pay, {place} the model's range of {percent(low)} to {percent(high)}"
    )
    reading.figures.append(f"{against}{'' if stated is None else f'; the case states {percent(stated)}'}.")
    reading.note(
        needed > high, f"Breaking even takes {percent(needed)} of adopters; published shares end at {percent(high)}. Bring evidence."
    )
    is_short = stated is not None and stated < needed
    reading.note(is_short, f"Breaking even takes {percent(needed)} of adopters; the case states {percent(stated or 0)}.")


def read_held_back(answer: HeldBack, facts: ChecklistFacts) -> Reading:
    """Return what speaks against the answer on held assets (rule CK2)."""
    why = answer.why_hard_to_copy or ""
    is_missing = not answer.assets and not why and answer.rebuild_months is None
    reading = Reading(is_missing, "Name what stays closed and why it is hard to copy.", "assets")
    reading.need(bool(answer.assets), "No asset is named.", "Name at least one asset that stays closed.", "assets")
    carried = {asset: layers for asset in answer.assets if (layers := opened_in(asset, facts))}
    overlap = "; ".join(f"'{asset}' reads like {listed_layers(layers)}" for asset, layers in carried.items())
    all_opened = bool(answer.assets) and len(carried) == len(set(answer.assets))
    also_opened = f"What is held is also opened: {overlap} {words.MARK}."
    reading.need(not all_opened, also_opened, "Hold something that the option does not open.", "assets")
    reading.note(bool(carried) and not all_opened, f"Partly opened by this option: {overlap} {words.MARK}.")
    reading.need(bool(why), "No reason why it is hard to copy.", "Say why a rival cannot rebuild it soon.", "why_hard_to_copy")
    is_weak = words.has(words.ADMITS_WEAK, why)
    weak = f"The reason calls itself weak {words.MARK}."
    reading.need(not is_weak, weak, "Find an asset that rivals do not have already.", "why_hard_to_copy")
    _read_barrier(reading, why, answer.rebuild_months)
    _read_held_revenue(reading, facts)
    return reading


def _read_barrier(reading: Reading, why: str, months: float | None) -> None:
    has_barrier = words.has(words.BARRIERS, why)
    only_ahead = words.has(words.ONLY_AHEAD, why) and not has_barrier
    ahead = f"The only reason is being ahead {words.MARK}."
    reading.need(not only_ahead, ahead, "Name a reason that lasts longer than a lead.", "why_hard_to_copy")
    if why and not has_barrier and not only_ahead:
        given = "no rebuild time" if months is None else f"a rebuild of {months:g} months"
        is_long = months is not None and months >= REBUILD_FROM_MONTHS
        reason = f"The reason gives {given} and no legal or capacity barrier {words.MARK}."
        reading.need(is_long, reason, "Show a rebuild of at least six months, or a legal or capacity barrier.", "rebuild_months")


def _read_held_revenue(reading: Reading, facts: ChecklistFacts) -> None:
    total = sum(facts.revenue_shares.values())
    if total == 0:
        reading.not_applied.append("No layer carries revenue in this case: the revenue rule does not apply.")
    else:
        held = sum(share for layer, share in facts.revenue_shares.items() if layer not in facts.opened_layers) / total
        reason = f"Held layers carry {held:.0%} of revenue instead of at least {HELD_REVENUE_FROM:.0%}."
        reading.need(round(held, 9) >= HELD_REVENUE_FROM, reason, "Hold the layers that carry the revenue.", "assets")


def read_first_adopters(answer: FirstAdopters) -> Reading:
    """Return what speaks against the answer on the first group and its measure (rule CK3)."""
    metric, target = answer.success_metric or "", answer.target or ""
    is_missing = not answer.group and not metric and not target
    reading = Reading(is_missing, "Name the first group and the measure that shows success.", "group")
    reading.need(bool(answer.group), "No first group is named.", "Name one group that adopts first.", "group")
    reading.note(words.has(r"and|or", answer.group or ""), f"More than one group seems to be named {words.MARK}: say which comes first.")
    reading.need(bool(metric), "No measure of success is named.", "Name a measure of use or money.", "success_metric")
    counted = words.without_negated(metric)
    attention, use = words.found(words.ATTENTION, counted), words.found(words.USE_OR_MONEY, counted)
    if metric and attention and not use:
        reason = f"The measure counts attention: {quoted(attention)} {words.MARK}."
        reading.need(False, reason, "Replace it with a measure of use or money.", "success_metric")
    elif metric and not use:
        reason = f"The measure names neither use nor money {words.MARK}."
        reading.need(False, reason, "Name a measure of use or money.", "success_metric")
    reading.note(bool(attention) and bool(use), f"It also counts attention: {quoted(attention)} {words.MARK}.")
    stated = f"{metric} {target}"
    number = "No number says when it has worked."
    reading.need(words.states_number(stated), number, "Set a number that counts as success.", "target")
    reading.need(words.states_date(stated), "No date says by when.", "Set the date by which it is reached.", "target")
    return reading


def read_maintenance(answer: Maintenance, facts: ChecklistFacts) -> Reading:
    """Return what speaks against the answer on upkeep (rule CK5)."""
    fte = answer.fte if facts.fte_of_option is None else facts.fte_of_option
    is_missing = answer == Maintenance() and fte is None
    reading = Reading(is_missing, "Say who maintains it, with what staff, for how long, and how it ends.", "fte")
    reading.need(fte is not None, "No staff is planned.", "Plan the staff.", "fte")
    if answer.fte is not None and fte != answer.fte:
        reading.figures.append(f"The option itself plans {fte:g} people; that is what counts for it, not the {answer.fte:g} of the answer.")
    if fte is not None and facts.fte_required:
        covered = fte / facts.fte_required
        reason = f"The staff covers {covered:.0%} of the need instead of at least {STAFF_FROM:.0%}."
        reading.need(round(covered, 9) >= STAFF_FROM, reason, f"Plan at least {STAFF_FROM * facts.fte_required:g} people.", "fte")
    if not facts.fte_required:
        reading.not_applied.append("The staff needed is not known: the plan was not compared with it.")
    reading.need(answer.years is not None, "No period is funded.", "Fund at least two years.", "years")
    too_short = answer.years is not None and answer.years < YEARS_FROM
    short = f"{answer.years or 0:g} years are funded instead of at least {YEARS_FROM:g}."
    reading.need(not too_short, short, "Fund at least two years.", "years")
    reading.need(bool(answer.owner), "No owner is named.", "Name the role that answers for it.", "owner")
    policy = answer.deprecation_policy or ""
    has_policy = bool(policy) and not words.has(words.NO_POLICY, policy)
    fix = "Publish how long a version is supported and how it ends."
    reading.need(has_policy, "No support policy is published.", fix, "deprecation_policy")
    return reading
