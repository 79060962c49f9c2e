"""The whole model of one case: positions of its options once, then cash flows for any draws of the inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from openstrat.analysis.economics.adoption import QUARTER, adopted_share, reach
from openstrat.analysis.economics.cost import yearly_cost
from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.events import events_of
from openstrat.analysis.economics.position import Position
from openstrat.analysis.economics.ranges import Floats
from openstrat.analysis.economics.setting import Setting
from openstrat.analysis.economics.value import (
    Times,
    adopters_of,
    existing_factor,
    existing_revenue,
    infrastructure_revenue,
    kept_share,
    revenue_of_adopters,
    strategic_value,
    times_of,
)
from openstrat.cases.schema import Facts, Relicense

QUARTERS_A_YEAR = 4
BLOCK = 1_000
"""Draws that are worked on at once: their arrays fit into a processor's cache."""


@dataclass(frozen=True)
class OptionModel:
    """One option, ready to be priced: its position, its maintainers, and the chance that its license change is answered by a fork."""

    name: str
    position: Position
    fte: float
    relicense: Relicense | None = None
    fork_probability: float = 0.0


@dataclass(frozen=True)
class CaseModel:
    """A case, ready to be priced: facts, options, the position of today's licenses, and the constants."""

    facts: Facts
    options: Mapping[str, OptionModel]
    today: Position
    constants: Mapping[str, float]

    def with_facts(self, **changes: float) -> CaseModel:
        """Return the case with some of its facts changed, for break-evens."""
        return replace(self, facts=self.facts.model_copy(update=changes))


@dataclass(frozen=True)
class Outcome:
    """What an option comes to, one entry a draw.

    Attributes
    ----------
    npv : net present value over the horizon, USD million.
    adopters : adopting organizations at the horizon.
    revenue_year_5 : revenue of the last year of the horizon, USD million (adopters, existing customers and infrastructure).
    payback_years : years until the cumulated cash flow, not discounted, is back at zero or above; infinite when it never is.
    """

    npv: Floats
    adopters: Floats
    revenue_year_5: Floats
    payback_years: Floats


@dataclass(frozen=True)
class Flows:
    """One option's streams for a block of draws, shape (quarters, draws)."""

    revenue: Floats
    adopters: Floats
    cash: Floats


def outcomes_of(model: CaseModel, draws: Draws) -> dict[str, Outcome]:
    """Return what every option of a case comes to over the same draws."""
    blocks = [_block_outcomes(model, block) for block in _blocks(draws)]
    return {name: _joined([block[name] for block in blocks]) for name in model.options}


def npvs_of(model: CaseModel, draws: Draws, options: Iterable[str] | None = None) -> dict[str, Floats]:
    """Return the net present value of every option, or of the named ones, USD million, one entry a draw."""
    names = list(model.options if options is None else options)
    blocks = [_block_npvs(model, names, block) for block in _blocks(draws)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in names}


def npv_of(model: CaseModel, option: str, draws: Draws) -> Floats:
    """Return the net present value of one option, USD million, one entry a draw."""
    return npvs_of(model, draws, [option])[option]


def _block_npvs(model: CaseModel, names: list[str], draws: Draws) -> dict[str, Floats]:
    times = times_of(model.facts, draws, model.constants)
    today = factor_today_of(model, times, draws)
    return {name: _npv(model, flows_of(model, model.options[name], times, today, draws), times) for name in names}


def _block_outcomes(model: CaseModel, draws: Draws) -> dict[str, Outcome]:
    times = times_of(model.facts, draws, model.constants)
    today = factor_today_of(model, times, draws)
    outcomes = {}
    for name, option in model.options.items():
        flows = flows_of(model, option, times, today, draws)
        outcomes[name] = Outcome(
            npv=_npv(model, flows, times),
            adopters=flows.adopters[-1].copy(),
            revenue_year_5=flows.revenue[-QUARTERS_A_YEAR:].sum(axis=0) * QUARTER,
            payback_years=_payback(flows.cash, model.facts.train_cost),
        )
    return outcomes


def flows_of(model: CaseModel, option: OptionModel, times: Times, factor_today: Floats | None, draws: Draws) -> Flows:
    """Return the streams of one option, its equations in order; `factor_today` is what today's licenses keep of existing revenue."""
    facts, constants = model.facts, model.constants
    setting = Setting(facts, option.position, draws, constants, option.fte, option.relicense, option.fork_probability)
    reachable = reach(setting)
    events = events_of(setting)
    adopters = adopters_of(reachable, adopted_share(setting, reachable), events, constants)
    kept = kept_share(setting, events)
    sold = revenue_of_adopters(setting, adopters, kept, events, times)
    if factor_today is not None:
        sold = sold + existing_revenue(facts, existing_factor(kept, events, constants), factor_today, times)
    cash = sold * draws["gm"]
    if facts.infra_spend:
        pulled = infrastructure_revenue(setting, adopters, times)
        sold, cash = sold + pulled, cash + pulled * facts.infra_gm
    if facts.rival_value:
        cash = cash + strategic_value(setting, times)
    return Flows(sold, adopters, cash - yearly_cost(setting, adopters))


def factor_today_of(model: CaseModel, times: Times, draws: Draws) -> Floats | None:
    """Return what today's licenses keep of existing revenue, shape (quarters, draws); None when there is none."""
    if not model.facts.R0:
        return None
    setting = Setting(model.facts, model.today, draws, model.constants)
    events = events_of(setting)
    return existing_factor(kept_share(setting, events), events, model.constants)


def _npv(model: CaseModel, flows: Flows, times: Times) -> Floats:
    return np.asarray(np.einsum("qd,qd->d", flows.cash, times.discount) * QUARTER - model.facts.train_cost)


def _payback(cash: Floats, train_cost: float) -> Floats:
    """Years until money spent is back; the first quarter already counts as a quarter of a year."""
    back = np.cumsum(cash, axis=0) * QUARTER >= train_cost
    first = np.argmax(back, axis=0)
    return np.where(back.any(axis=0), (first + 1) * QUARTER, np.inf)


def _blocks(draws: Draws) -> list[Draws]:
    if draws.n <= BLOCK:
        return [draws]
    starts = range(0, draws.n, BLOCK)
    return [Draws(draws.ranges, {}, {name: values[start : start + BLOCK] for name, values in draws.values.items()}) for start in starts]


def _joined(parts: list[Outcome]) -> Outcome:
    return Outcome(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in ("npv", "adopters", "revenue_year_5", "payback_years")}
    )
