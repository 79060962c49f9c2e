"""What a case's own figures and the default ranges say about gains and losses of one option, before any path of adoption is drawn.

Every figure is a range. What an option gives away is read from its position in the economics, so that both speak of the same numbers;
time, forks, hosts and backlash are left out: the economics hold those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openstrat.analysis.economics.position import Position
from openstrat.analysis.strategy.finding import Answer
from openstrat.cases.schema import Case

HORIZON_YEARS = 5.0
"""Years over which the cost of a release is held against its value (economics, equation 14)."""


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
    position: Position,
    *,
    erosion_cap: float,
    break_even_share: Range | None = None,
) -> Signature:
    """Return the gains and losses of one option.

    Parameters
    ----------
    ranges
        Default ranges of the economics by name (the assumptions table), the case's own overrides applied.
    position
        What the option gives away, from the economics.
    erosion_cap
        Most of the income that opened layers can replace (economics, equation 5).
    break_even_share
        Paying share at which the option breaks even, where the economics were run; 0 where it is worth something at every share,
        infinite where no share is enough.
    """
    facts = case.facts
    eroded = _eroded_share(facts.moat, ranges["subst"], position, erosion_cap)
    paying = ranges["conv"].scaled(facts.conv_scale)
    cost = ranges["fte_cost"].scaled(_fte(case, option) * HORIZON_YEARS)
    low, high = position.friction_low, position.friction_high
    return Signature(
        pull_through=_pull_through(case, ranges["stick"], position),
        eroded_income=_eroded_income(case, eroded, paying, ranges["acv"]),
        eroded_share=eroded,
        reach_gain=ranges["reach"].scaled(facts.reach_scale * position.openness),
        friction=Range(low, (low + high) / 2, high),
        paying_share=paying,
        break_even_share=break_even_share,
        trust_gain=ranges["trust"].scaled(facts.trust_scale * position.audited) if facts.trust_scale else None,
        rival_value=ranges["strat"].scaled(facts.rival_value * position.openness * HORIZON_YEARS) if facts.rival_value else None,
        release_cost=cost.plus(Range(facts.train_cost, facts.train_cost, facts.train_cost)),
    )


def _fte(case: Case, option: str) -> float:
    given = case.options[option].fte
    return case.facts.fte_plan if given is None else given


def _eroded_share(moat: float, substitution: Range, position: Position, cap: float) -> Range:
    """Return the share of income that the opened layers replace (economics, equation 5)."""
    shares = substitution.scaled(position.given_away * (1 - moat * position.moat_left))
    return Range(min(cap, shares.low), min(cap, shares.middle), min(cap, shares.high))


def _pull_through(case: Case, staying: Range, position: Position) -> Range | None:
    """Return what an adopter's computing brings a year (economics, equation 11), less where others may run the management layer."""
    measured = case.measures.playbooks.pull_through
    share = case.facts.infra_share if measured is None else measured
    income = case.facts.infra_spend * share
    if not income:
        return None
    lost = position.control_plane_host
    return Range(*(income * (1 - stick * lost) for stick in (staying.high, staying.middle, staying.low)))


def _eroded_income(case: Case, eroded: Range, paying: Range, contract: Range) -> Range:
    """Return what erosion takes for each adopter and year: from new contracts, and from revenue that exists."""
    facts = case.facts
    contracts = paying.times(contract.scaled(facts.acv)).times(eroded)
    many, few = max(facts.M_max, 1.0), max(facts.N0, facts.M_closed, 1.0)
    today = Range(facts.R0 / many, facts.R0 / ((many * few) ** 0.5), facts.R0 / few)
    return contracts.plus(today.times(eroded))
