"""A case's economics under a better-funded fork: the named future of a clone, and the same with the fork there from the first day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from openstrat.analysis.economics.adoption import QUARTER
from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.events import events_of
from openstrat.analysis.economics.model import QUARTERS_A_YEAR, CaseModel, outcomes_of
from openstrat.analysis.economics.ranges import Floats
from openstrat.analysis.economics.setting import Setting
from openstrat.analysis.economics.value import Times, existing_factor, existing_revenue, kept_share, times_of
from openstrat.analysis.stress.losses import Figures, Lever, StressMoney, mean_of

AT_ONCE = 50.0
"""Arrivals a year of a fork that is there from the first day: 98 percent within a month (assumption of the stress test)."""
LEVER_WORDS = {
    "moat": "moat that the case states",
    "fps": "first-party share of hosted demand",
    "conv": "share of adopting organizations that pay",
}
HIGHEST_CONVERSION = 0.2
"""Far above any published share of adopters that pay; the search for a break-even ends here (assumption)."""
BASIS = (
    "The case's economics over {n:,} draws, seed {seed}. Without a fork, nobody answers a license change with one, and other forks and "
    "hosts come at their usual rates. Under the clone a far larger host offers the opened parts at cost, as the named future has it; "
    "tomorrow, that host and a fork are there from the first day, and a license change is answered by a fork for certain. Existing "
    "revenue is held against what today's licenses would keep if nobody forked."
)


def money_under_fork(model: CaseModel, option: str, draws: Draws, clone: Draws, *, seed: int) -> StressMoney:
    """Return what one option comes to without a fork, under the clone, and with the fork there tomorrow, all from the same draws.

    The economics scale existing revenue by what an option keeps beside the present licenses in the same future; here the present
    licenses stay without a fork, so that an option which changes nothing does not look immune.

    Parameters
    ----------
    model
        The case's economics.
    option
        The option that is tested.
    draws, clone
        The draws as they are, and pinned to the future in which a far larger host offers the opened parts.
    seed
        What the draws were made from; named in the basis.
    """
    quiet, certain = (replace(model, options={option: replace(model.options[option], fork_probability=chance)}) for chance in (0.0, 1.0))
    tomorrow = clone.with_value("hcomp", AT_ONCE).with_value("hfork", AT_ONCE)
    return StressMoney(
        baseline=_figures(quiet, option, draws, draws),
        clone=_figures(model, option, clone, draws),
        tomorrow=_figures(certain, option, tomorrow, draws),
        value_given=_value_given(certain, option, tomorrow, draws),
        levers=_levers(model, tomorrow),
        basis=BASIS.format(n=draws.n, seed=seed),
    )


def _figures(model: CaseModel, option: str, draws: Draws, calm: Draws) -> Figures:
    """Return the figures of one option in a future; `calm` are the same draws without it."""
    without = replace(model.with_facts(R0=0.0), options={option: model.options[option]})
    found = outcomes_of(without, draws)[option]
    if not model.facts.R0:
        return Figures(found.npv, found.adopters, found.revenue_year_5)
    existing, times = _existing(model, option, draws, calm)
    worth = np.einsum("qd,qd->d", existing * draws["gm"], times.discount) * QUARTER
    last_year = existing[-QUARTERS_A_YEAR:].sum(axis=0) * QUARTER
    return Figures(found.npv + worth, found.adopters, found.revenue_year_5 + last_year)


def _existing(model: CaseModel, option: str, draws: Draws, calm: Draws) -> tuple[Floats, Times]:
    """Return existing revenue by quarter and draw, USD million a year."""
    facts, chosen, times = model.facts, model.options[option], times_of(model.facts, draws, model.constants)
    ours = Setting(facts, chosen.position, draws, model.constants, chosen.fte, chosen.relicense, chosen.fork_probability)
    today = Setting(facts, model.today, calm, model.constants)
    factors = []
    for setting in (ours, today):
        events = events_of(setting)
        factors.append(existing_factor(kept_share(setting, events), events, model.constants))
    return existing_revenue(facts, factors[0], factors[1], times), times


def _levers(model: CaseModel, draws: Draws) -> tuple[Lever, ...]:
    paying = draws.ranges["conv"].middle * model.facts.conv_scale
    ends: Mapping[str, tuple[float, float, float, str]] = {
        "moat": (model.facts.moat, 0.0, 1.0, ""),
        "fps": (float(np.median(draws["fps"])), 0.0, 1.0, "share"),
        "conv": (paying, 0.0, HIGHEST_CONVERSION, "share"),
    }
    return tuple(Lever(name, LEVER_WORDS[name], *ends[name]) for name in LEVER_WORDS)


def _value_given(model: CaseModel, option: str, draws: Draws, calm: Draws) -> Callable[..., float]:
    def value_given(**lever: float) -> float:
        """Return the mean value of the option, USD million, with one lever set."""
        ((name, value),) = lever.items()
        if name == "moat":
            return mean_of(_figures(model.with_facts(moat=value), option, draws, calm).npv) or 0.0
        drawn = value / model.facts.conv_scale if name == "conv" and model.facts.conv_scale else value
        return mean_of(_figures(model, option, draws.with_value(name, drawn), calm).npv) or 0.0

    return value_given
