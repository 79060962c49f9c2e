"""Five risks of one option of a case, each with its drivers, a figure where one can be computed, and published base rates (RK1 to RK5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.criteria import as_percent
from openstrat.analysis.strategy.families import LayerChange
from openstrat.analysis.strategy.finding import Answer, Basis, Finding, unknown
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.analysis.strategy.mistakes.relicensing import NOTICE_DAYS
from openstrat.analysis.strategy.ranks import RelicenseDirection
from openstrat.analysis.strategy.signatures import Range
from openstrat.cases.schema import Case
from openstrat.terms import Layer

PAYS_FROM = 0.5
"""Chance of a positive value from which the plan is taken to carry its cost (rule RK1, assumption)."""
BACKLASH_FROM = 0.5
"""Strength of the reaction from which backlash counts as a risk of its own (rule RK2, assumption)."""
CLOSE_SUBSTITUTE = 0.9
"""Quality of a cleaner substitute, as a share of one's own, from which users can leave (rule MY4)."""
FRICTION_FROM = 0.2
"""Share of adopters deterred by the terms from which they count as tight (rule MY4)."""
ERODED_FROM, ERODED_BELOW = 0.15, 0.05
"""Share of income that opened layers replace: from the first a risk, below the second none (rules RK5, WH3, assumption)."""
NAMED_ACTOR = "The best-known name is asked first, and clauses on use bind little."


@dataclass(frozen=True)
class RiskNumbers:
    """What the economics say of one option; None where they were not run. Costs in USD million, shares 0 to 1."""

    release_cost: Range | None = None
    eroded_share: Range | None = None
    friction: Range | None = None
    misuse_cost: Range | None = None
    p_npv_positive: float | None = None
    npv_under_clone: float | None = None


@dataclass(frozen=True)
class RiskReading:
    """One risk of one option: the finding, its drivers as (driver, what the case says), base rates, early sign, response."""

    finding: Finding
    drivers: tuple[tuple[str, str], ...]
    name: str = ""
    base_rates: tuple[str, ...] = ()
    early_sign: str = ""
    response: str = ""


def cost_without_plan(case: Case, option: str, numbers: RiskNumbers, money: AnswerState) -> RiskReading:
    """Return RK1: what the release costs over five years, against the money answer and the chance that the plan pays."""
    fte = case.options[option].fte
    people = case.facts.fte_plan if fte is None else fte
    drivers = (
        ("Money question", money.label),
        ("Training", f"USD {case.facts.train_cost:,.1f}m"),
        ("People", f"{people:,.1f} full-time equivalents"),
        ("Serving for free", f"USD {case.facts.free_serving:g}m an adopter and year"),
        ("Chance of a positive value", "not computed" if numbers.p_npv_positive is None else as_percent(numbers.p_npv_positive)),
    )
    cost, chance = numbers.release_cost, numbers.p_npv_positive
    answer = _cost_answer(case, option, money, chance)
    spent = "an unknown amount" if cost is None else f"USD {cost.low:,.1f} to {cost.high:,.1f}m in five years"
    said = {
        Answer.YES: "with no clean answer on who pays",
        Answer.PARTLY: "with an answer on who pays, and less than an even chance that it carries the cost",
        Answer.NO: "with a clean answer on who pays, and better than even odds",
        Answer.NOT_ASKED: "and opens nothing",
    }.get(answer, "and " + _not_known(money))
    finding = _ranged(Finding("RK1", answer, f"It costs {spent}, {said}.", Basis.STATED), cost, "USD million in five years")
    return RiskReading(replace(finding, asks=_cost_asks(money, chance) if answer is Answer.UNKNOWN else ()), drivers)


def _not_known(money: AnswerState) -> str:
    if money is AnswerState.MISSING:
        return "whether anybody pays is not answered"
    return "whether what comes in carries that was not computed"


def _cost_answer(case: Case, option: str, money: AnswerState, chance: float | None) -> Answer:
    if not case.opened_layers(option):
        return Answer.NOT_ASKED
    if money is AnswerState.UNCLEAN:
        return Answer.YES
    if money is AnswerState.MISSING or chance is None:
        return Answer.UNKNOWN
    return Answer.NO if chance >= PAYS_FROM else Answer.PARTLY


def _cost_asks(money: AnswerState, chance: float | None) -> tuple[str, ...]:
    asks = ("who pays, for what unit, at what price (CK1)",) if money is AnswerState.MISSING else ()
    return asks if chance is not None else (*asks, "the chance of a positive value (run the economics)")


def backlash(
    case: Case, option: str, numbers: RiskNumbers, changes: Sequence[LayerChange], *, n_conditions: int | None = None
) -> RiskReading:
    """Return RK2: tighter terms on what is open, or terms that deter, with notice, conditions and substitutes as drivers.

    `n_conditions` is the largest number of conditions of a license that the option uses (MI4), None when not counted.
    """
    relicense, facts = case.options[option].relicense, case.measures.switching
    tighter = [item for item in changes if item.option == option and item.direction is RelicenseDirection.TIGHTER]
    friction = numbers.friction
    is_tight = friction is not None and friction.middle > FRICTION_FROM
    strength = relicense.backlash if relicense else None
    drivers = (
        ("Tighter terms on what is open", ", ".join(map(_change, tighter)) or "none"),
        ("Strength of the reaction", "not given" if strength is None else as_percent(strength)),
        ("Notice", "not given" if facts.notice_days is None else f"{facts.notice_days:g} days; short below {NOTICE_DAYS}"),
        ("Conditions in the terms", "not counted" if n_conditions is None else f"{n_conditions} of nine kinds"),
        (
            "Adopters that the terms deter",
            "not computed" if friction is None else f"{as_percent(friction.low)} to {as_percent(friction.high)}",
        ),
        ("Cleaner substitute", _substitute(facts.substitute_quality)),
    )
    answer = _backlash_answer(strength, is_tighter=bool(tighter or relicense), is_tight=is_tight, substitute=facts.substitute_quality)
    asks = ("how strongly users would react", "quality of the cleaner substitute") if answer is Answer.UNKNOWN else ()
    said = {
        Answer.YES: "Users have reason to react, and somewhere to go or much to say.",
        Answer.PARTLY: "The terms tighten or deter, without a strong reaction or a close substitute known.",
        Answer.NO: "Nothing that is open gets tighter terms, and the terms deter few.",
    }.get(answer, "Terms tighten; how users would react is not known.")
    finding = Finding("RK2", answer, said, Basis.STATED, value=strength, unit="" if strength is None else "strength, 0 to 1", asks=asks)
    return RiskReading(finding, drivers)


def _backlash_answer(strength: float | None, *, is_tighter: bool, is_tight: bool, substitute: float | None) -> Answer:
    if not is_tighter and not is_tight:
        return Answer.NO
    can_leave = substitute is not None and substitute >= CLOSE_SUBSTITUTE
    if can_leave or (is_tighter and strength is not None and strength >= BACKLASH_FROM):
        return Answer.YES
    return Answer.UNKNOWN if is_tighter and strength is None and substitute is None else Answer.PARTLY


def _substitute(quality: float | None) -> str:
    return "not given" if quality is None else f"{as_percent(quality)} of own quality; close from {CLOSE_SUBSTITUTE:.0%}"


def fork_and_split(case: Case, option: str, numbers: RiskNumbers, rubric: Finding) -> RiskReading:
    """Return RK3: what the fork rubric says, and the value that is left in the future in which a host clones it.

    `rubric` is what `fork_rubric.fork_risk` returns for the option.
    """
    clone = numbers.npv_under_clone
    given = case.fork_inputs.model_dump() if case.fork_inputs else {}
    drivers = tuple((name.replace("_", " ").capitalize(), f"{value:g} of 1") for name, value in given.items())
    drivers += (("Value when a larger host clones it", "not computed" if clone is None else f"USD {clone:,.1f}m"),)
    weeks = case.measures.switching.switch_weeks
    drivers += (("Engineer-weeks to switch", "not given" if weeks is None else f"{weeks:g}"),)
    if rubric.answer is Answer.NOT_ASKED and not case.opened_layers(option):
        rubric = replace(rubric, sentence="Nothing is opened, so there is nothing to fork.")
    return RiskReading(rubric, drivers)


def misuse(case: Case, option: str, numbers: RiskNumbers) -> RiskReading:
    """Return RK4: weights in the hands of others, with the expected yearly cost of incidents."""
    opened = case.opened_layers(option)
    is_frontier, is_small = Layer.FRONTIER_WEIGHTS in opened, Layer.SMALL_WEIGHTS in opened
    answer = Answer.YES if is_frontier else Answer.PARTLY if is_small else Answer.NO
    drivers = (
        ("Frontier weights opened", "yes" if is_frontier else "no"),
        ("Smaller weights opened", "yes" if is_small else "no"),
        ("Factor on the cost of incidents", f"{case.facts.misuse:g}"),
        ("Security contact", case.measures.governance.security_contact or "not given"),
    )
    said = {
        Answer.YES: "The best weights can be copied, changed and passed on.",
        Answer.PARTLY: "Weights below the top can be copied, changed and passed on.",
        Answer.NO: "No weights leave the house; code can still be tampered with on its way.",
    }[answer]
    finding = _ranged(Finding("RK4", answer, said, Basis.STATED), numbers.misuse_cost, "USD million a year")
    return RiskReading(replace(finding, caveats=(NAMED_ACTOR,)) if answer is not Answer.NO else finding, drivers)


def self_commoditization(case: Case, option: str, numbers: RiskNumbers) -> RiskReading:
    """Return RK5: the share of income that the opened layers replace."""
    opened = [layer for layer in case.opened_layers(option) if layer in case.layers]
    paid = [layer for layer in opened if case.layers[layer].revenue_share > 0]
    drivers = (
        (
            "Opened layers that are paid for",
            ", ".join(f"{layer_name(layer)} {as_percent(case.layers[layer].revenue_share)}" for layer in paid) or "none",
        ),
        ("Moat lost with them", as_percent(sum(case.layers[layer].moat_share for layer in opened))),
        ("Factor on the price decline", f"{case.facts.price_scale:g}"),
    )
    eroded = numbers.eroded_share
    if eroded is None:
        return RiskReading(unknown("RK5", ("the share of income that the opened layers replace (run the economics)",)), drivers)
    answer = Answer.YES if eroded.middle >= ERODED_FROM else Answer.NO if eroded.middle < ERODED_BELOW else Answer.PARTLY
    said = f"What is opened replaces {_between(eroded)} of income."
    return RiskReading(_ranged(Finding("RK5", answer, said, Basis.STATED), eroded, "share of income"), drivers)


def with_guidance(reading: RiskReading, row: Mapping[str, str], base_rates: Sequence[str], source_ids: Sequence[str]) -> RiskReading:
    """Return a reading with the name, early sign and response of the risks table, and sourced base rates beside it."""
    sources = tuple(dict.fromkeys([*reading.finding.source_ids, *source_ids]))
    return replace(
        reading,
        finding=replace(reading.finding, source_ids=sources),
        name=row["name"],
        early_sign=row["early_sign"],
        response=row["response"],
        base_rates=tuple(base_rates),
    )


def _ranged(finding: Finding, value: Range | None, unit: str) -> Finding:
    if value is None:
        return finding
    return replace(finding, basis=Basis.ASSUMED, value=value.middle, low=value.low, high=value.high, unit=unit)


def _between(value: Range) -> str:
    return as_percent(value.low) if value.low == value.high else f"{as_percent(value.low)} to {as_percent(value.high)}"


def _change(item: LayerChange) -> str:
    return f"{layer_name(item.layer)}: {item.before} to {item.after}".replace("_", " ")
