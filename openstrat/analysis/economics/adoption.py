"""Who adopts: reach, friction and the spread of adoption by quarter (equations 2 to 4)."""

from __future__ import annotations

import numpy as np

from openstrat.analysis.economics.position import maintainers_needed
from openstrat.analysis.economics.ranges import Floats
from openstrat.analysis.economics.setting import Setting

QUARTER = 0.25
"""Length of a step, years."""
START_AT_MOST = 0.999
"""Share of the reachable organizations that may have adopted at the start."""


def reach(setting: Setting) -> Floats:
    """Return the organizations that can be reached, one entry a draw (equations 2 and 3)."""
    facts, position, draws = setting.facts, setting.position, setting.draws
    friction = position.friction_low + (position.friction_high - position.friction_low) * draws["fr"]
    grown = facts.M_closed * (1 + draws["reach"] * facts.reach_scale * position.openness)
    return np.minimum(facts.M_max, grown * (1 - friction))


def staff_gap(setting: Setting) -> Floats:
    """Return the share of the needed maintainers that is missing, 0 to 1, one entry a draw (equation 4)."""
    need = maintainers_needed(setting.facts, setting.position.openness, setting.constants) * setting.draws["mreq"]
    return np.where(need > 0, np.maximum(0.0, 1 - setting.fte / np.where(need > 0, need, 1.0)), 0.0)


def adopted_share(setting: Setting, reachable: Floats) -> Floats:
    """Return the share of reachable organizations that have adopted, shape (quarters + 1, draws), row 0 being today.

    Bass (1969) with openness speeding both first trials and imitation, and adopters leaving what nobody maintains; Euler steps of a
    quarter.
    """
    draws, openness, constants = setting.draws, setting.position.openness, setting.constants
    n_quarters = int(constants["horizon_quarters"])
    innovation = draws["p"] * (1 + draws["kp"] * openness) * QUARTER
    imitation = draws["q"] * (1 + draws["kq"] * openness) * QUARTER
    staying = 1 - constants["understaffed_loss"] * staff_gap(setting) * QUARTER
    share = np.empty((n_quarters + 1, draws.n))
    share[0] = np.minimum(START_AT_MOST, setting.facts.N0 / np.maximum(reachable, 1e-9))
    grown = np.empty(draws.n)
    for quarter in range(n_quarters):
        now, then = share[quarter], share[quarter + 1]
        np.multiply(imitation, now, out=grown)
        grown += innovation
        np.subtract(1.0, now, out=then)
        then *= grown
        np.multiply(staying, now, out=grown)
        then += grown
        np.minimum(then, 1.0, out=then)
    return share
