"""What may happen: a backlash, a better-funded host, a fork, and what restriction brings back if nobody forks (equations 7, 8, 10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from openstrat.analysis.economics.adoption import QUARTER
from openstrat.analysis.economics.ranges import Floats
from openstrat.analysis.economics.setting import Setting


@dataclass(frozen=True)
class Events:
    """What events cost and bring; arrays with one entry a draw, `fork_loss` and `entrant_loss` by quarter and draw.

    Attributes
    ----------
    forked : 1 where a funded fork follows a restrictive change.
    host_exposure : share of willingness to pay that others may host, after a fork gave it back.
    gain : factor on revenue from demand that a restriction brings back.
    backlash_loss : share of adopters lost in a backlash, times its chance.
    fork_loss : pull of forks by quarter.
    entrant_loss : revenue lost to a better-funded host by quarter.
    """

    forked: Floats
    host_exposure: Floats
    gain: Floats
    backlash_loss: Floats
    fork_loss: Floats
    entrant_loss: Floats


def events_of(setting: Setting) -> Events:
    """Return the events of one option."""
    n_quarters = int(setting.constants["horizon_quarters"])
    position, relicense, draws = setting.position, setting.relicense, setting.draws
    forked = np.zeros(draws.n) if relicense is None else (draws["fork_draw"] < setting.fork_probability).astype(float)
    exposure = np.full(draws.n, position.host_exposure)
    gain = np.ones(draws.n)
    if relicense is not None:
        freed = max(0.0, relicense.host_before - position.host_exposure)
        exposure = np.where(forked > 0, relicense.host_before, exposure)
        gain = 1 + freed * relicense.host_revenue_ratio * draws["hostcap"] * (1 - forked)
    slow_fork = 1 - compounded(np.exp(-draws["hfork"] * position.openness * QUARTER), n_quarters)
    entrant = 1 - compounded(np.exp(-draws["hcomp"] * exposure * QUARTER), n_quarters)
    return Events(
        forked=forked,
        host_exposure=exposure,
        gain=gain,
        backlash_loss=backlash_chance(setting) * draws["bloss"],
        fork_loss=(slow_fork if relicense is None else np.maximum(forked, slow_fork))
        * draws["floss"]
        * (1 - setting.constants["fork_moat"] * setting.moat),
        entrant_loss=entrant * draws["closs"] * (1 - setting.moat),
    )


def compounded(factor: Floats, n: int) -> Floats:
    """Return the powers 1 to `n` of a factor, shape (n, draws)."""
    powers = np.empty((n, len(factor)))
    powers[0] = factor
    for place in range(1, n):
        np.multiply(powers[place - 1], factor, out=powers[place])
    return powers


def backlash_chance(setting: Setting) -> Floats:
    """Return the chance of a backlash, at most 1, one entry a draw (equation 8)."""
    added = 0.0 if setting.relicense is None else setting.relicense.backlash
    return np.minimum(1.0, setting.draws["pback"] * setting.position.backlash + added)
