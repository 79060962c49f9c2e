"""The go-open checklist: five answers read against rules and facts of the case (concepts CK1 to CK5, ST1).

Rules that look for words are marked "word-list check" in what they say: they warn, and a person confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from openstrat.analysis.strategy import checklist_words as words
from openstrat.terms import Layer, Term

MOST_SENTENCES, MOST_WORDS = 3, 75
GO_FROM, FIX_FROM = 5, 3
"""Clean answers needed for 'go' and for 'fix first' (rule ST1)."""
HELD_REVENUE_FROM = 0.5
"""Share of revenue that held layers must carry (rule CK2, assumption)."""
REBUILD_FROM_MONTHS = 6
HIGHEST_PUBLISHED_PAYING_SHARE = 0.05
"""Upper end of published shares of users who pay; see the base rate of CK1."""
REMAINS_FROM = 2
MOAT_OPENED_BELOW = 0.5
"""Share of the moat that may be opened before what remains no longer counts (rule CK4, assumption)."""
STAFF_FROM, YEARS_FROM = 0.8, 2.0
"""Share of the staff needed, and years funded (rule CK5, assumption)."""


class AnswerState(Term):
    """What an answer is worth; a missing one is not an unclean one."""

    CLEAN = "clean", "Answered, and nothing speaks against it."
    UNCLEAN = "unclean", "Answered, but a rule speaks against it."
    MISSING = "missing", "Not answered."


class ChecklistOutcome(Term):
    """What the number of clean answers amounts to (rule ST1)."""

    GO = "go", "All five answers are clean."
    FIX_FIRST = "fix_first", "Three or four answers are clean: mend the rest first."
    NOT_YET = "not_a_strategy_yet", "Fewer than three answers are clean."


@dataclass(frozen=True)
class MoneyAnswer:
    """CK1: at most three sentences on who pays for what; single fields may be given beside them. `paying_share` is 0 to 1."""

    sentences: tuple[str, ...] = ()
    payer: str | None = None
    unit: str | None = None
    price: str | None = None
    paying_share: float | None = None


@dataclass(frozen=True)
class HeldBackAnswer:
    """CK2: what stays closed and why it is hard to copy."""

    assets: tuple[str, ...] = ()
    why_hard_to_copy: str | None = None
    rebuild_months: float | None = None


@dataclass(frozen=True)
class FirstAdoptersAnswer:
    """CK3: who adopts first and how success shows."""

    group: str | None = None
    success_metric: str | None = None
    target: str | None = None
    by_when: str | None = None


@dataclass(frozen=True)
class FundedForkAnswer:
    """CK4: what remains when a better-funded rival takes the open part."""

    what_remains: tuple[str, ...] = ()
    scenario: str | None = None


@dataclass(frozen=True)
class MaintenanceAnswer:
    """CK5: who keeps it alive; staff in full-time equivalents, budget in USD million."""

    fte: float | None = None
    years: float | None = None
    budget_musd: float | None = None
    deprecation_policy: str | None = None
    owner: str | None = None
    security_contact: str | None = None


@dataclass(frozen=True)
class ChecklistAnswers:
    """The five answers; what is not given is missing."""

    money: MoneyAnswer = MoneyAnswer()
    held_back: HeldBackAnswer = HeldBackAnswer()
    first_adopters: FirstAdoptersAnswer = FirstAdoptersAnswer()
    funded_fork: FundedForkAnswer = FundedForkAnswer()
    maintenance: MaintenanceAnswer = MaintenanceAnswer()


@dataclass(frozen=True)
class ChecklistFacts:
    """What the case says about the option in question: layers opened, shares of revenue and moat by layer (0 to 1), staff needed."""

    opened_layers: frozenset[Layer] = frozenset()
    revenue_shares: Mapping[Layer, float] = field(default_factory=dict)
    moat_shares: Mapping[Layer, float] = field(default_factory=dict)
    fte_required: float | None = None


@dataclass(frozen=True)
class BaseRate:
    """A published or measured figure to hold an answer against."""

    text: str = ""
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerCheck:
    """One answer read: its state, what speaks against it, what would mend it.

    `notes` are weak spots that do not count against it; `not_applied` are rules that the case gives no ground for.
    """

    concept_id: str
    state: AnswerState
    reasons: tuple[str, ...]
    what_would_make_it_clean: str
    notes: tuple[str, ...]
    not_applied: tuple[str, ...]
    base_rate: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Flip:
    """One answer whose change moves the outcome, alone or `together_with` others, and the sentence that says so."""

    concept_id: str
    becomes: AnswerState
    together_with: tuple[str, ...]
    outcome: ChecklistOutcome
    sentence: str


@dataclass(frozen=True)
class ChecklistVerdict:
    """Five checks, how many are clean, what that amounts to, and the answers that would change it soonest."""

    checks: tuple[AnswerCheck, ...]
    n_clean: int
    outcome: ChecklistOutcome
    flips: tuple[Flip, ...]

    @property
    def score(self) -> float:
        """Share of answers that are clean, 0 to 1."""
        return self.n_clean / len(self.checks)

    @property
    def label(self) -> str:
        """The outcome in words."""
        return self.outcome.label


@dataclass
class _Reading:
    """What one question's rules found; a problem is a reason and the move that mends it."""

    is_missing: bool
    ask: str
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_applied: list[str] = field(default_factory=list)

    def need(self, holds: bool, reason: str, fix: str) -> None:
        if not holds:
            self.problems.append((reason, fix))

    def note(self, applies: bool, text: str) -> None:
        if applies:
            self.notes.append(text)


def base_rates_from(questions: pd.DataFrame) -> dict[str, BaseRate]:
    """Return the base rate of each question by `concept_id`, from the checklist table; questions without one are left out."""
    given = questions.dropna(subset=["base_rate"])
    cells = zip(given["concept_id"], given["base_rate"], given["source_ids"], strict=True)
    return {concept_id: BaseRate(text, tuple(sources.split("; "))) for concept_id, text, sources in cells}


def score_checklist(
    answers: ChecklistAnswers, facts: ChecklistFacts, *, base_rates: Mapping[str, BaseRate] = MappingProxyType({})
) -> ChecklistVerdict:
    """Return the checklist's verdict on one option: a check for each of CK1 to CK5, the outcome, and what would flip it.

    Rules follow the checklist table as far as a case holds the fields; the value of the plan under a funded fork and whether a
    statement is true are not judged here. `base_rates` (see `base_rates_from`) are shown beside the answers and do not count.
    """
    readings = {
        "CK1": _read_money(answers.money),
        "CK2": _read_held_back(answers.held_back, facts),
        "CK3": _read_first_adopters(answers.first_adopters),
        "CK4": _read_funded_fork(answers.funded_fork, facts),
        "CK5": _read_maintenance(answers.maintenance, facts),
    }
    checks = tuple(_check(concept_id, reading, base_rates.get(concept_id, BaseRate())) for concept_id, reading in readings.items())
    n_clean = sum(check.state == AnswerState.CLEAN for check in checks)
    return ChecklistVerdict(checks, n_clean, outcome_of(n_clean), _flips(checks, n_clean))


def outcome_of(n_clean: int) -> ChecklistOutcome:
    """Return what a number of clean answers (0 to 5) amounts to (rule ST1)."""
    if n_clean >= GO_FROM:
        return ChecklistOutcome.GO
    return ChecklistOutcome.FIX_FIRST if n_clean >= FIX_FROM else ChecklistOutcome.NOT_YET


def _check(concept_id: str, reading: _Reading, base_rate: BaseRate) -> AnswerCheck:
    problems = [("Not answered.", reading.ask)] if reading.is_missing else reading.problems
    state = AnswerState.MISSING if reading.is_missing else AnswerState.UNCLEAN if problems else AnswerState.CLEAN
    reasons, fix = tuple(reason for reason, _ in problems), " ".join(dict.fromkeys(move for _, move in problems))
    notes, skipped = ((), ()) if reading.is_missing else (tuple(reading.notes), tuple(reading.not_applied))
    return AnswerCheck(concept_id, state, reasons, fix, notes, skipped, base_rate.text, base_rate.source_ids)


def _read_money(answer: MoneyAnswer) -> _Reading:
    text = " ".join(answer.sentences)
    given = (text, answer.payer, answer.unit, answer.price, answer.paying_share)
    reading = _Reading(all(item in ("", None) for item in given), "Say in three sentences who pays, for what unit, and at what price.")
    n_sentences = sum(len(re.split(r"(?<=[.!?])\s+", sentence.strip())) for sentence in answer.sentences)
    n_words = len(text.split())
    too_many = f"{n_sentences} sentences instead of at most {MOST_SENTENCES}."
    reading.need(n_sentences <= MOST_SENTENCES, too_many, "Cut it to three sentences.")
    reading.need(n_words <= MOST_WORDS, f"{n_words} words instead of at most {MOST_WORDS}.", "Cut it to 75 words.")
    reading.need(bool(answer.payer) or words.has(words.PAYERS, text), f"No payer is named {words.MARK}.", "Name who pays.")
    reading.need(bool(answer.unit) or words.has(words.UNITS, text), f"No unit is named {words.MARK}.", "Name the unit on the bill.")
    has_price = bool(answer.price) or answer.paying_share is not None or words.states_price(text)
    reading.need(has_price, f"Neither a price nor a share is named {words.MARK}.", "Give a price or the share that pays.")
    postponed = words.found(words.POSTPONED, text)
    reading.need(not postponed, f"It puts the question off: {_quoted(postponed)} {words.MARK}.", "Say it now instead of putting it off.")
    needs_much = answer.paying_share is not None and answer.paying_share > HIGHEST_PUBLISHED_PAYING_SHARE
    reading.note(needs_much, f"Needs {answer.paying_share or 0:.0%} of adopters to pay; published shares end at 5%. Bring evidence.")
    return reading


def _read_held_back(answer: HeldBackAnswer, facts: ChecklistFacts) -> _Reading:
    why = answer.why_hard_to_copy or ""
    reading = _Reading(not answer.assets and not why, "Name what stays closed and why it is hard to copy.")
    reading.need(bool(answer.assets), "No asset is named.", "Name at least one asset that stays closed.")
    carried = {asset: layers for asset in answer.assets if (layers := _opened_in(asset, facts))}
    overlap = "; ".join(f"'{asset}' reads like {_listed(layers)}" for asset, layers in carried.items())
    all_opened = bool(answer.assets) and len(carried) == len(set(answer.assets))
    reading.need(not all_opened, f"What is held is also opened: {overlap} {words.MARK}.", "Hold something that the option does not open.")
    reading.note(bool(carried) and not all_opened, f"Partly opened by this option: {overlap} {words.MARK}.")
    reading.need(bool(why), "No reason why it is hard to copy.", "Say why a rival cannot rebuild it soon.")
    is_weak = words.has(words.ADMITS_WEAK, why)
    reading.need(not is_weak, f"The reason calls itself weak {words.MARK}.", "Find an asset that rivals do not have already.")
    has_barrier = words.has(words.BARRIERS, why)
    only_ahead = words.has(words.ONLY_AHEAD, why) and not has_barrier
    reading.need(not only_ahead, f"The only reason is being ahead {words.MARK}.", "Name a reason that lasts longer than a lead.")
    months = answer.rebuild_months
    if why and not has_barrier and not only_ahead:
        given = "no rebuild time" if months is None else f"a rebuild of {months:g} months"
        is_long = months is not None and months >= REBUILD_FROM_MONTHS
        fix = "Show a rebuild of at least six months, or a legal or capacity barrier."
        reading.need(is_long, f"The reason gives {given} and no legal or capacity barrier {words.MARK}.", fix)
    _read_held_revenue(reading, facts)
    return reading


def _read_held_revenue(reading: _Reading, facts: ChecklistFacts) -> None:
    total = sum(facts.revenue_shares.values())
    if total == 0:
        reading.not_applied.append("No layer carries revenue in this case: the revenue rule does not apply.")
    else:
        held = sum(share for layer, share in facts.revenue_shares.items() if layer not in facts.opened_layers) / total
        reason = f"Held layers carry {held:.0%} of revenue instead of at least {HELD_REVENUE_FROM:.0%}."
        reading.need(round(held, 9) >= HELD_REVENUE_FROM, reason, "Hold the layers that carry the revenue.")


def _read_first_adopters(answer: FirstAdoptersAnswer) -> _Reading:
    metric = answer.success_metric or ""
    reading = _Reading(not answer.group and not metric, "Name the first group and the measure that shows success.")
    reading.need(bool(answer.group), "No first group is named.", "Name one group that adopts first.")
    reading.note(words.has(r"and|or", answer.group or ""), f"More than one group seems to be named {words.MARK}: say which comes first.")
    reading.need(bool(metric), "No measure of success is named.", "Name a measure of use or money.")
    counted = words.without_negated(metric)
    attention, use = words.found(words.ATTENTION, counted), words.found(words.USE_OR_MONEY, counted)
    if metric and attention and not use:
        reason = f"The measure counts attention: {_quoted(attention)} {words.MARK}."
        reading.need(False, reason, "Replace it with a measure of use or money.")
    elif metric and not use:
        reading.need(False, f"The measure names neither use nor money {words.MARK}.", "Name a measure of use or money.")
    reading.note(bool(attention) and bool(use), f"It also counts attention: {_quoted(attention)} {words.MARK}.")
    stated = f"{metric} {answer.target or ''}"
    has_date = bool(answer.by_when) or words.has(words.DEADLINE, stated)
    reading.need(words.states_number(stated), "No number says when it has worked.", "Set a number that counts as success.")
    reading.need(has_date, "No date says by when.", "Set the date by which it is reached.")
    return reading


def _read_funded_fork(answer: FundedForkAnswer, facts: ChecklistFacts) -> _Reading:
    reading = _Reading(not answer.what_remains, "Say what would still be yours if a funded rival forked it tomorrow.")
    items = list(dict.fromkeys(answer.what_remains))
    names = [item for item in items if words.is_only_a_name(item)]
    carried = {item: layers for item in items if item not in names and (layers := _opened_in(item, facts))}
    n_left = len(items) - len(names) - len(carried)
    short = [f"{n_left} of {len(items)} things would remain, at least {REMAINS_FROM} are needed"]
    short += [f"only a name: {', '.join(names)}"] if names else []
    short += [f"opened anyway: '{item}' reads like {_listed(layers)}" for item, layers in carried.items()]
    fix = "Name two things that are more than the name and stay closed."
    reading.need(n_left >= REMAINS_FROM, f"{'; '.join(short)} {words.MARK}.", fix)
    opened = sum(share for layer, share in facts.moat_shares.items() if layer in facts.opened_layers)
    moat = f"The option opens layers that carry {opened:.0%} of the moat."
    reading.need(round(opened, 9) < MOAT_OPENED_BELOW, moat, "Hold the layers that carry the moat.")
    reading.note(n_left >= REMAINS_FROM and bool(names), f"A name alone does not count: {', '.join(names)} {words.MARK}.")
    reading.note(not answer.scenario, "No scenario says who would fork it and how.")
    return reading


def _read_maintenance(answer: MaintenanceAnswer, facts: ChecklistFacts) -> _Reading:
    given = (answer.fte, answer.years, answer.budget_musd, answer.deprecation_policy, answer.owner, answer.security_contact)
    reading = _Reading(all(item in ("", None) for item in given), "Say who maintains it, with what staff, for how long, and how it ends.")
    reading.need(answer.fte is not None, "No staff is planned.", "Plan the staff.")
    if answer.fte is not None and facts.fte_required:
        covered = answer.fte / facts.fte_required
        reason = f"The staff covers {covered:.0%} of the need instead of at least {STAFF_FROM:.0%}."
        reading.need(round(covered, 9) >= STAFF_FROM, reason, f"Plan at least {STAFF_FROM * facts.fte_required:g} people.")
    if not facts.fte_required:
        reading.not_applied.append("The staff needed is not known: the plan was not compared with it.")
    reading.need(answer.years is not None, "No period is funded.", "Fund at least two years.")
    too_short = answer.years is not None and answer.years < YEARS_FROM
    reading.need(not too_short, f"{answer.years or 0:g} years are funded instead of at least {YEARS_FROM:g}.", "Fund at least two years.")
    policy = answer.deprecation_policy or ""
    has_policy = bool(policy) and not words.has(words.NO_POLICY, policy)
    reading.need(has_policy, "No support policy is published.", "Publish how long a version is supported and how it ends.")
    reading.need(bool(answer.owner), "No owner is named.", "Name the role that answers for it.")
    reading.note(not answer.security_contact, "No security contact is named.")
    return reading


def _flips(checks: Sequence[AnswerCheck], n_clean: int) -> tuple[Flip, ...]:
    """Return the two answers that would lift the outcome soonest; at the top, the two whose loss would end it."""
    ups = GO_FROM - n_clean if n_clean >= FIX_FROM else FIX_FROM - n_clean
    if ups > 0:
        open_checks = [check for check in checks if check.state != AnswerState.CLEAN]
        nearest = sorted(open_checks, key=lambda check: (check.state == AnswerState.MISSING, len(check.reasons), check.concept_id))[:2]
        return tuple(_flip(check, nearest, ups, n_clean, AnswerState.CLEAN) for check in nearest)
    clean = [check for check in checks if check.state == AnswerState.CLEAN]
    weakest = sorted(clean, key=lambda check: (-len(check.notes), check.concept_id))[:2]
    return tuple(_flip(check, weakest, n_clean - GO_FROM + 1, n_clean, AnswerState.UNCLEAN) for check in weakest)


def _flip(check: AnswerCheck, chosen: Sequence[AnswerCheck], n_changes: int, n_clean: int, becomes: AnswerState) -> Flip:
    up = becomes == AnswerState.CLEAN
    before, after = outcome_of(n_clean), outcome_of(n_clean + n_changes if up else n_clean - n_changes)
    others = tuple(other.concept_id for other in chosen if other is not check) if n_changes > 1 else ()
    partners = f" together with {' and '.join(others)}" if others else ""
    partners += " and a third answer" if n_changes > len(chosen) else ""
    change = "were clean" if up else "were no longer clean"
    weak_spot = f"; its weak spot: {_as_clause(check.notes[0])}" if check.notes else ""
    how = f": {_as_clause(check.what_would_make_it_clean)}" if up else weak_spot
    sentence = f"If {check.concept_id} {change}{partners}, the verdict would move from {before.label} to {after.label}{how}."
    return Flip(check.concept_id, becomes, others, after, sentence)


def _opened_in(text: str, facts: ChecklistFacts) -> list[Layer]:
    return [layer for layer in words.layers_in(text) if layer in facts.opened_layers]


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"'{text}'" for text in texts)


def _listed(layers: Iterable[Layer]) -> str:
    return " and ".join(f"the layer {layer.label}" for layer in layers)


def _as_clause(moves: str) -> str:
    """Turn 'Name who pays. Give a price.' into 'name who pays, give a price'."""
    return ", ".join(move[:1].lower() + move[1:] for move in moves.rstrip(".").split(". "))
