"""Maintainers of a combination that the case does not list: those of one option of the case, and more where more is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from openstrat.analysis.economics.model import OptionModel
from openstrat.analysis.economics.ranges import Floats


@dataclass(frozen=True)
class Staffing:
    """People by openness, full-time equivalents: a line through the option `reference`, kept between `least` and `most`."""

    reference: str
    openness: float
    fte: float
    slope: float
    least: float
    most: float

    def people(self, openness: Floats) -> Floats:
        """Return the people at each openness (0 to 1), same shape."""
        return np.clip(self.fte + self.slope * (openness - self.openness), self.least, self.most)

    def people_at(self, openness: float) -> float:
        """Return the people at one openness."""
        return float(self.people(np.array(openness)))

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return (
            f"A combination that the case does not list has the people of {self.reference.replace('_', ' ')} ({self.fte:g}), and "
            f"{self.slope / 10:.2g} more or fewer for every tenth of openness, as the case's options have it (assumption)."
        )


def staffing_from(options: Mapping[str, OptionModel], reference: str) -> Staffing:
    """Return the rule that fits a case: through one of its options, with the slope of least squares over all of them.

    People never fall with openness, and never leave the range of the options' own. Options that all open the same give no slope.
    """
    openness = np.array([option.position.openness for option in options.values()])
    fte = np.array([option.fte for option in options.values()])
    away = openness - openness.mean()
    spread = float((away**2).sum())
    slope = max(0.0, float((away * (fte - fte.mean())).sum()) / spread) if spread > 0 else 0.0
    own = options[reference]
    return Staffing(reference, own.position.openness, own.fte, slope, float(fte.min()), float(fte.max()))
