"""Scenarios in which openness helps: the condition in the case's facts, and the signature in its figures (concepts WH0 to WH4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from math import inf

from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.criteria import Criterion, as_percent, asks_of, evidence_of, holds
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.signatures import Range, Signature, exceeds
from openstrat.cases.schema import Case
from openstrat.terms import Layer

ERODED_BELOW = 0.05
"""Share of income that may be eroded where openness buys trust (rule WH3, assumption)."""
TENDERS_FROM = 0.20
"""Share of tenders that ask for inspection or self-hosting from which a trade needs trust (rule WH3, assumption)."""
USD_IN_MILLION = 1e6
STATIC = "Read off the case's figures and default ranges, without time, forks and hosts; the economics hold those."


def place_of_income(case: Case, option: str, money: AnswerState, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether the place where money is made is named and stays closed (rule WH0). Without it no scenario helps."""
    earning = {layer: facts.revenue_share for layer, facts in case.layers.items() if facts.revenue_share > 0}
    opened = set(case.opened_layers(option))
    held = {layer: share for layer, share in earning.items() if layer not in opened}
    evidence = tuple(
        f"{layer.label.capitalize()} carries {as_percent(share)} of what customers pay for and stays closed."
        for layer, share in held.items()
    )
    asks = () if money == AnswerState.CLEAN else ("a clean answer to the money question (CK1)",)
    if not earning:
        sentence = "No layer of the case earns anything: openness is the mission here, not a way to earn."
        return Finding("WH0", Answer.NOT_ASKED, sentence, Basis.STATED, source_ids=source_ids)
    share = sum(held.values()) / sum(earning.values())
    kept = f"{as_percent(share)} of what customers pay for stays closed"
    if not held:
        answer, sentence = Answer.NO, "The option opens every layer that earns: the place of income is erased, not supported."
    elif money == AnswerState.CLEAN:
        answer, sentence = Answer.YES, f"The place of income is named and kept: {kept}."
    elif money == AnswerState.UNCLEAN:
        answer, sentence = Answer.PARTLY, f"The place of income is kept ({kept}), but the money answer is not clean."
    else:
        answer, sentence = Answer.UNKNOWN, f"Layers that earn are kept ({kept}), but nobody said how money is made."
    return Finding("WH0", answer, sentence, Basis.STATED, value=share, unit="share", evidence=evidence, asks=asks, source_ids=source_ids)


def infrastructure_pull(case: Case, figures: Signature, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether an opened model pulls work to own machines (rule WH1): it runs best there, and pull exceeds what is eroded."""
    facts = case.measures.playbooks
    owns = holds("Owns or has committed capacity", facts.owns_capacity, "whether capacity is owned or committed")
    signature = exceeds(figures.pull_through, figures.eroded_income)
    pulled, eroded = (given and given.scaled(USD_IN_MILLION) for given in (figures.pull_through, figures.eroded_income))
    said = _against("Income pulled in", pulled, "income eroded", eroded, "USD for each adopter and year")
    ask = "an adopter's computing spend and the share that lands here"
    return _Scenario("WH1", "Infrastructure that pulls work in", (owns,), signature, said, ask).finding(source_ids)


def default_tooling(case: Case, figures: Signature, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether tooling that becomes the default helps (rule WH2): reach gained beats friction, paying share beats break-even."""
    tier = holds("Teams can buy hosting later", case.measures.playbooks.has_paid_tier, "whether a hosted or premium tier is on sale")
    reach, pays = exceeds(figures.reach_gain, figures.friction), exceeds(figures.paying_share, figures.break_even_share)
    said = _against("Reach gained", figures.reach_gain, "lost to the terms", figures.friction, "share")
    is_carried = case.facts.R0 > 0 and figures.break_even_share is not None and figures.break_even_share.middle == 0
    pays = Answer.PARTLY if is_carried else pays
    said += " " + _paying_words(figures) + (" Revenue that exists already carries it." if is_carried else "")
    ask = "the paying share at which the option breaks even (from the economics)"
    return _Scenario("WH2", "Tooling that becomes the default", (tier,), _both(reach, pays), said, ask).finding(source_ids)


def _paying_words(figures: Signature) -> str:
    needed = figures.break_even_share
    if needed is None or 0 < needed.middle < inf:
        return _against("Paying share", figures.paying_share, "break-even", needed, "share")
    verdict = "its median value is above zero whatever it is" if needed.middle == 0 else "no share lifts its median value above zero"
    return f"Paying share {_words(figures.paying_share, 'share')}: {verdict}."


def trade_needing_trust(case: Case, option: str, figures: Signature, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether openness buys trust in a trade (rule WH3): buyers ask to inspect, the design stays closed, little is eroded."""
    share = case.measures.motives.inspection_tender_share
    asked = holds(
        "Tenders ask for inspection or self-hosting",
        None if share is None else share >= TENDERS_FROM,
        "the share of tenders that ask for inspection or self-hosting",
        given="" if share is None else as_percent(share),
    )
    closed = holds("The product itself stays closed", Layer.COMMERCIAL_TOOLING not in case.opened_layers(option), "")
    small = exceeds(Range(ERODED_BELOW, ERODED_BELOW, ERODED_BELOW), figures.eroded_share)
    gains = exceeds(figures.trust_gain, Range(0.0, 0.0, 0.0))
    gains = Answer.YES if gains == Answer.PARTLY else gains
    said = f"Gain in conversion {_words(figures.trust_gain, 'share')}; income eroded {_words(figures.eroded_share, 'share')}."
    ask = "whether buyers pay for what they can inspect (facts.trust_scale)"
    return _Scenario("WH3", "A trade that needs trust", (asked, closed), _both(gains, small), said, ask).finding(source_ids)


def attack_on_incumbent(case: Case, figures: Signature, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether cheapening a rival's layer pays (rule WH4): a neighbor is sold, and the value exceeds the cost of the release."""
    sold = case.measures.motives.complement_sold
    if not sold and figures.rival_value is None:
        sentence = (
            "Attacking a closed incumbent: not asked; the case puts no value on a rival's lower price and names no neighbor that it sells."
        )
        return Finding("WH4", Answer.NOT_ASKED, sentence, Basis.STATED, source_ids=source_ids)
    named = holds("A neighboring product is named and sold", True if sold else None, "which neighboring product is sold", given=sold or "")
    signature = exceeds(figures.rival_value, figures.release_cost)
    said = _against(
        "Value of a cheaper neighbor", figures.rival_value, "cost of the release", figures.release_cost, "USD million in five years"
    )
    ask = "what a rival's lower price is worth a year (facts.rival_value)"
    return _Scenario("WH4", "Attacking a closed incumbent", (named,), signature, said, ask).finding(source_ids)


def _both(first: Answer, second: Answer) -> Answer:
    """Return the weaker of two answers; unknown when one is unknown and the other is not a no."""
    if Answer.NO in (first, second):
        return Answer.NO
    if Answer.UNKNOWN in (first, second):
        return Answer.UNKNOWN
    return Answer.PARTLY if Answer.PARTLY in (first, second) else Answer.YES


@dataclass(frozen=True)
class _Scenario:
    """One scenario read: conditions in the case's facts, the answer of its figures, what they are, and what would decide them."""

    concept_id: str
    name: str
    conditions: tuple[Criterion, ...]
    signature: Answer
    said: str
    ask: str

    def finding(self, source_ids: tuple[str, ...]) -> Finding:
        """Return the weakest of conditions and figures as a finding."""
        answer = reduce(_both, (condition.answer for condition in self.conditions), self.signature)
        words = {Answer.YES: "helps", Answer.PARTLY: "may help, the ranges overlap", Answer.NO: "does not help here"}
        known = evidence_of(self.conditions)
        failed = [condition.sentence for condition in self.conditions if condition.is_met is False]
        sentence = f"{self.name}: {words.get(answer, 'not known whether it helps')}. {' '.join([*failed, self.said])}"
        return Finding(
            self.concept_id,
            answer,
            sentence,
            Basis.STATED if known else Basis.ASSUMED,
            evidence=(*known, self.said),
            caveats=(STATIC,),
            asks=(*asks_of(self.conditions), *((self.ask,) if self.signature == Answer.UNKNOWN else ())),
            source_ids=source_ids,
        )


def _against(gain: str, gained: Range | None, loss: str, lost: Range | None, unit: str) -> str:
    return f"{gain} {_words(gained, unit)} against {loss} {_words(lost, unit)}{'' if unit == 'share' else ' ' + unit}."


def _words(given: Range | None, unit: str) -> str:
    if given is None:
        return "not known"
    texts = [as_percent(value) if unit == "share" else _in_two_digits(value) for value in (given.low, given.high)]
    return texts[0] if texts[0] == texts[1] else f"{texts[0]} to {texts[1]}"


def _in_two_digits(value: float) -> str:
    """Return a figure in two significant digits: '1,100', '0.52'."""
    return f"{float(f'{value:.2g}'):,g}"
