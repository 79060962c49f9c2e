"""Trade or giveaway: what each option opens, in shares of adoption, revenue and moat (concept ST0)."""

from __future__ import annotations

from dataclasses import dataclass

from openstrat.cases.schema import CLOSED, Case
from openstrat.terms import Term

TRADE_BELOW = 0.25
"""Opening layers with less than this share of willingness to pay can be a trade (rule ST0)."""
GIVEAWAY_FROM = 0.50
"""Opening layers with at least this share gives the business away (rule ST0)."""


class TradeVerdict(Term):
    """What an option amounts to before any forecast."""

    NOTHING_OPENED = "nothing_opened", "No layer is opened: nothing is given, nothing is received."
    TRADE = "trade", "What is opened is hardly paid for; something can be received for it elsewhere in the stack."
    MIXED = "mixed", "Part of what customers pay for is opened too; it needs a named receipt."
    GIVEAWAY = "giveaway", "Most of what customers pay for is opened."


@dataclass(frozen=True)
class OptionReading:
    """One option in shares of the case's own weights (0 to 1)."""

    option: str
    verdict: TradeVerdict
    adoption_opened: float
    revenue_opened: float
    moat_opened: float
    n_layers_opened: int
    n_layers: int
    paid_layers_opened: tuple[str, ...]


def read_options(case: Case) -> list[OptionReading]:
    """Return one reading for each option, in the case's order.

    Shares count a layer as opened whatever its license. Weights are the case's own.
    """
    return [_read(case, option) for option in case.options]


def _read(case: Case, option: str) -> OptionReading:
    total = sum(facts.adoption_weight for facts in case.layers.values()) or 1.0
    opened = [layer for layer, license_id in case.licenses_of(option).items() if license_id != CLOSED]
    revenue = sum(case.layers[layer].revenue_share for layer in opened)
    return OptionReading(
        option=option,
        verdict=trade_verdict(len(opened), revenue),
        adoption_opened=sum(case.layers[layer].adoption_weight for layer in opened) / total,
        revenue_opened=revenue,
        moat_opened=sum(case.layers[layer].moat_share for layer in opened),
        n_layers_opened=len(opened),
        n_layers=len(case.layers),
        paid_layers_opened=tuple(layer.value for layer in opened if case.layers[layer].revenue_share > 0),
    )


def trade_verdict(n_layers_opened: int, revenue_share: float) -> TradeVerdict:
    """Return the verdict of rule ST0 for a share of willingness to pay that is opened."""
    if n_layers_opened == 0:
        return TradeVerdict.NOTHING_OPENED
    if revenue_share < TRADE_BELOW:
        return TradeVerdict.TRADE
    return TradeVerdict.GIVEAWAY if revenue_share >= GIVEAWAY_FROM else TradeVerdict.MIXED
