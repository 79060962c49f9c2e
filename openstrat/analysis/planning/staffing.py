"""Maintainers of a combination that the case does not list: as its own options are staffed at that openness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from openstrat.analysis.economics.ranges import Floats


@dataclass(frozen=True)
class Staffing:
    """People by openness: a straight line, kept within `least` and `most`; full-time equivalents."""

    start: float
    slope: float
    least: float
    most: float
    n: int

    def people(self, openness: Floats) -> Floats:
        """Return the people planned at each openness (0 to 1), same shape."""
        return np.clip(self.start + self.slope * openness, self.least, self.most)

    @property
    def sentence(self) -> str:
        """The rule in words."""
        ends = self.people(np.array([0.0, 1.0]))
        return (
            f"Every combination is staffed by one rule, so that licenses are compared and not head counts: a line through the {self.n} "
            f"options of the case, from {ends[0]:.3g} people with nothing open to {ends[1]:.3g} with everything (assumption)."
        )


def staffing_from(openness: Sequence[float], people: Sequence[float]) -> Staffing:
    """Return the line of least squares through openness and people of the case's options.

    It never falls with openness, and never leaves the range of the options' own head counts. Options that all open the same give their
    mean.
    """
    x, y = np.asarray(openness, dtype=np.float64), np.asarray(people, dtype=np.float64)
    spread = float(((x - x.mean()) ** 2).sum())
    slope = max(0.0, float(((x - x.mean()) * (y - y.mean())).sum()) / spread) if spread > 0 else 0.0
    return Staffing(float(y.mean() - slope * x.mean()), slope, float(y.min()), float(y.max()), len(y))
