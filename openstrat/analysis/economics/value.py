"""What comes in: paying adopters, existing customers, infrastructure and strategic value (equations 5, 6, 9, 11 and 12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openstrat.analysis.economics.adoption import QUARTER
from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.events import Events, compounded
from openstrat.analysis.economics.ranges import Floats
from openstrat.analysis.economics.setting import Setting
from openstrat.cases.schema import Facts

MOST_DECLINE = 0.95
"""Prices fall by at most this share a year."""
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Times:
    """What depends on time and draw only, shared by all options; shape (quarters, draws) unless said otherwise.

    `years` is the end of each quarter, shape (quarters, 1); `price` the factor of falling prices; `growth` price times retention;
    `discount` the discount factor; `paid_from` the place of the adopters that pay in each quarter, in the flattened array of
    adopters (quarters + 1, draws).
    """

    years: Floats
    price: Floats
    growth: Floats
    discount: Floats
    paid_from: Rows


def times_of(facts: Facts, draws: Draws, constants: Mapping[str, float]) -> Times:
    """Return the shared factors of a case: a price decline, a retention that compounds for some years, a discount, a sales lag."""
    n_quarters = int(constants["horizon_quarters"])
    n_retained = round(constants["retention_years"] / QUARTER)
    quarters = np.arange(1, n_quarters + 1)[:, np.newaxis]
    years = np.asarray(quarters * QUARTER, dtype=np.float64)
    price = compounded((1 - np.minimum(MOST_DECLINE, draws["pdec"] * facts.price_scale)) ** QUARTER, n_quarters)
    retention = compounded(draws["nrr"] ** QUARTER, min(n_retained, n_quarters))
    growth = price.copy()
    growth[:n_retained] *= retention
    growth[n_retained:] *= retention[-1]
    lag = np.rint(draws["lag"]).astype(np.intp)
    paid_from = np.maximum(quarters - lag, 0) * draws.n + np.arange(draws.n)
    return Times(years, price, growth, compounded((1 + draws["disc"]) ** -QUARTER, n_quarters), paid_from)


def kept_share(setting: Setting, events: Events) -> Floats:
    """Return the share of revenue that self-commoditization and other hosts leave, with what a restriction brings back (5, 6, 10)."""
    draws, constants, moat = setting.draws, setting.constants, setting.moat
    erosion = np.minimum(constants["erosion_cap"], setting.position.given_away * draws["subst"] * (1 - moat))
    first_party = 1 - events.host_exposure * (1 - np.minimum(1.0, draws["fps"] + constants["hosting_moat"] * moat))
    return np.asarray((1 - erosion) * first_party * events.gain)


def adopters_of(reachable: Floats, share: Floats, events: Events, constants: Mapping[str, float]) -> Floats:
    """Return adopting organizations, shape (quarters + 1, draws), after forks and backlash (equation 4)."""
    adopters = share * (reachable * (1 - events.backlash_loss))
    adopters[1:] *= 1 - constants["fork_adopter_share"] * events.fork_loss
    adopters[0] *= 1 - constants["fork_adopter_share"] * events.forked * events.fork_loss[0]
    return adopters


def revenue_of_adopters(setting: Setting, adopters: Floats, kept: Floats, events: Events, times: Times) -> Floats:
    """Return revenue from adopters, USD million a year, shape (quarters, draws) (equation 9).

    Adopters pay after a lag; those of today already do.
    """
    facts, draws = setting.facts, setting.draws
    trust = 1 + draws["trust"] * facts.trust_scale * setting.position.audited
    yearly = draws["conv"] * (facts.conv_scale * facts.acv) * draws["acv"] * trust * kept
    revenue = adopters.ravel().take(times.paid_from)
    revenue *= yearly
    revenue *= times.growth
    revenue *= 1 - events.entrant_loss
    revenue *= 1 - events.fork_loss
    return revenue


def existing_factor(kept: Floats, events: Events, constants: Mapping[str, float]) -> Floats:
    """Return the share of existing revenue that an option leaves, shape (quarters, draws).

    Existing customers feel a fork and a backlash less than adopters do.
    """
    fork = 1 - constants["existing_fork_share"] * events.fork_loss
    backlash = 1 - constants["existing_backlash_share"] * events.backlash_loss
    return np.asarray(kept * backlash * fork * (1 - events.entrant_loss))


def existing_revenue(facts: Facts, factor: Floats, factor_today: Floats, times: Times) -> Floats:
    """Return existing revenue, USD million a year: today's, growing, scaled by what the option keeps beside the present licenses."""
    return np.asarray(facts.R0 * (1 + facts.g0) ** times.years * factor / factor_today)


def infrastructure_revenue(setting: Setting, adopters: Floats, times: Times) -> Floats:
    """Return revenue from adopters' computing, USD million a year (equation 11)."""
    facts, host = setting.facts, setting.position.control_plane_host
    sticking = facts.infra_spend * facts.infra_share * (1 - setting.draws["stick"] * host)
    return np.asarray(adopters[1:] * sticking * times.price)


def strategic_value(setting: Setting, times: Times) -> Floats:
    """Return the value of weakening a rival's profit layer, USD million a year (equation 12)."""
    ramp = np.minimum(1.0, times.years / setting.constants["strategic_ramp_years"])
    return np.asarray(setting.draws["strat"] * (setting.facts.rival_value * setting.position.openness) * ramp)
