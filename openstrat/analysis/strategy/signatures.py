"""What a case's own figures and the default ranges say about gains and losses of one option, before any path of adoption is drawn.

Every figure is a range. They follow the equations of the economics that are named beside them, with grades taken for what an option
opens, and leave out time, forks, hosts and backlash: the economics hold those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openstrat.analysis.strategy.finding import Answer
from openstrat.cases.schema import CLOSED, Case
from openstrat.terms import Layer

HORIZON_YEARS = 5.0
"""Years over which the cost of a release is held against its value (economics, equation 14)."""
AUDITED = {
    Layer.EVAL: "audit_eval",
    Layer.DOCS: "audit_docs",
    Layer.SMALL_WEIGHTS: "audit_weights",
    Layer.FRONTIER_WEIGHTS: "audit_weights",
    Layer.TRAINING_DATA: "audit_data",
    Layer.FINE_TUNING: "audit_tuning",
}
"""Which constant weighs a layer in what buyers audit (economics, equation 9)."""


@dataclass(frozen=True)
class Range:
    """A low, a middle and a high value."""

    low: float
    middle: float
    high: float

    def scaled(self, factor: float) -> Range:
        """Return the range times a factor that is not negative."""
        return Range(self.low * factor, self.middle * factor, self.high * factor)

    def times(self, other: Range) -> Range:
        """Return the product of two ranges that are not negative."""
        return Range(self.low * other.low, self.middle * other.middle, self.high * other.high)

    def plus(self, other: Range) -> Range:
        """Return the sum of two ranges."""
        return Range(self.low + other.low, self.middle + other.middle, self.high + other.high)


@dataclass(frozen=True)
class Coefficients:
    """What a license family does to a layer: share of the value given away, and adopters deterred, low and high (0 to 1)."""

    grade: float
    friction_low: float
    friction_high: float


@dataclass(frozen=True)
class Signature:
    """Gains and losses of one option as ranges; None where the case holds no figure for it.

    `pull_through` and `eroded_income` are in USD million for each adopting organization and year, `rival_value` and `release_cost`
    in USD million over five years, `paying_share` and `break_even_share` shares of adopting organizations, the others shares.
    """

    pull_through: Range | None = None
    eroded_income: Range | None = None
    eroded_share: Range | None = None
    reach_gain: Range | None = None
    friction: Range | None = None
    paying_share: Range | None = None
    break_even_share: Range | None = None
    trust_gain: Range | None = None
    rival_value: Range | None = None
    release_cost: Range | None = None


def exceeds(gain: Range | None, loss: Range | None) -> Answer:
    """Return whether a gain is larger than a loss: yes or no when the ranges lie apart, partly when they overlap."""
    if gain is None or loss is None:
        return Answer.UNKNOWN
    if gain.low > loss.high:
        return Answer.YES
    return Answer.PARTLY if gain.high > loss.low else Answer.NO


def signature_of(
    case: Case,
    option: str,
    ranges: Mapping[str, Range],
    coefficients: Mapping[Layer, Coefficients],
    constants: Mapping[str, float],
    *,
    break_even_share: Range | None = None,
) -> Signature:
    """Return the gains and losses of one option.

    Parameters
    ----------
    ranges
        Default ranges of the economics by name (the assumptions table), the case's own overrides applied.
    coefficients
        For each layer of the case, those of the license family that the option gives it.
    constants
        The economics' constants by name.
    break_even_share
        Paying share at which the option breaks even, where the economics were run.
    """
    opened = case.opened_layers(option)
    facts = case.facts
    total = sum(item.adoption_weight for item in case.layers.values()) or 1.0
    openness = sum(case.layers[layer].adoption_weight * coefficients[layer].grade for layer in opened) / total
    eroded = _eroded_share(case, option, ranges, coefficients, constants)
    paying = ranges["conv"].scaled(facts.conv_scale)
    audited = min(1.0, sum(constants[AUDITED[layer]] * coefficients[layer].grade for layer in opened if layer in AUDITED))
    cost = ranges["fte_cost"].scaled(_fte(case, option) * HORIZON_YEARS)
    return Signature(
        pull_through=_pull_through(case, option, ranges),
        eroded_income=_eroded_income(case, eroded, paying, ranges),
        eroded_share=eroded,
        reach_gain=ranges["reach"].scaled(facts.reach_scale * openness),
        friction=_friction(case, option, coefficients),
        paying_share=paying,
        break_even_share=break_even_share,
        trust_gain=ranges["trust"].scaled(facts.trust_scale * audited) if facts.trust_scale else None,
        rival_value=ranges["strat"].scaled(facts.rival_value * openness * HORIZON_YEARS) if facts.rival_value else None,
        release_cost=cost.plus(Range(facts.train_cost, facts.train_cost, facts.train_cost)),
    )


def _fte(case: Case, option: str) -> float:
    given = case.options[option].fte
    return case.facts.fte_plan if given is None else given


def _eroded_share(
    case: Case, option: str, ranges: Mapping[str, Range], coefficients: Mapping[Layer, Coefficients], constants: Mapping[str, float]
) -> Range:
    """Return the share of income that the opened layers replace (economics, equation 5)."""
    opened = case.opened_layers(option)
    given = sum(case.layers[layer].revenue_share * coefficients[layer].grade for layer in opened if layer in case.layers)
    lost = sum(case.layers[layer].moat_share * coefficients[layer].grade for layer in opened if layer in case.layers)
    moat_left = case.facts.moat * max(0.0, 1 - lost)
    shares = ranges["subst"].scaled(given * (1 - moat_left))
    cap = constants["erosion_cap"]
    return Range(min(cap, shares.low), min(cap, shares.middle), min(cap, shares.high))


def _pull_through(case: Case, option: str, ranges: Mapping[str, Range]) -> Range | None:
    """Return what an adopter's computing brings a year (economics, equation 11), less where the management layer is opened."""
    measured = case.measures.playbooks.pull_through
    share = case.facts.infra_share if measured is None else measured
    income = case.facts.infra_spend * share
    if not income:
        return None
    if Layer.COMMERCIAL_TOOLING not in case.opened_layers(option):
        return Range(income, income, income)
    stay = ranges["stick"]
    return Range(income * (1 - stay.high), income * (1 - stay.middle), income * (1 - stay.low))


def _eroded_income(case: Case, eroded: Range, paying: Range, ranges: Mapping[str, Range]) -> Range:
    """Return what erosion takes for each adopter and year: from new contracts, and from revenue that exists."""
    facts = case.facts
    contracts = paying.times(ranges["acv"].scaled(facts.acv)).times(eroded)
    many, few = max(facts.M_max, 1.0), max(facts.N0, facts.M_closed, 1.0)
    today = Range(facts.R0 / many, facts.R0 / ((many * few) ** 0.5), facts.R0 / few)
    return contracts.plus(today.times(eroded))


def _friction(case: Case, option: str, coefficients: Mapping[Layer, Coefficients]) -> Range:
    """Return the adopters that the terms deter, weighted by what makes people adopt (economics, equation 2)."""
    opened = [layer for layer, given in case.licenses_of(option).items() if given != CLOSED and layer in case.layers]
    weights = {layer: case.layers[layer].adoption_weight for layer in opened}
    total = sum(weights.values())
    if not total:
        return Range(0.0, 0.0, 0.0)
    low = sum(weight * coefficients[layer].friction_low for layer, weight in weights.items()) / total
    high = sum(weight * coefficients[layer].friction_high for layer, weight in weights.items()) / total
    return Range(low, (low + high) / 2, high)
