"""What goes out: maintainers, misuse and free serving (equation 13)."""

from __future__ import annotations

import numpy as np

from openstrat.analysis.economics.ranges import Floats
from openstrat.analysis.economics.setting import Setting


def yearly_cost(setting: Setting, adopters: Floats) -> Floats:
    """Return cost, USD million a year, shape (quarters, draws) or (1, draws) when nothing is served for free."""
    facts, position, draws = setting.facts, setting.position, setting.draws
    staff = setting.fte * draws["fte_cost"] * (1 - draws["talent"] * position.openness)
    floor = setting.constants["misuse_floor"]
    misuse = draws["hmis"] * draws["cmis"] * (facts.misuse * (floor + (1 - floor) * position.weights_open))
    fixed = (staff + misuse)[np.newaxis, :]
    return np.asarray(fixed + facts.free_serving * adopters[1:]) if facts.free_serving else fixed
