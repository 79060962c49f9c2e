"""How far a release is from the next class: the fewest components that still need delivery, or an open license."""

from __future__ import annotations

from collections.abc import Mapping

from openstrat.analysis.releases.mof.framework import PAPER, REPORT, Framework
from openstrat.analysis.releases.mof.result import CountedLicense, Distance, Verdict


def distance_to(mof_class: int, counted: Mapping[str, CountedLicense], framework: Framework) -> Distance:
    """Return what has to be delivered or licensed anew to reach a class.

    Report and paper count as one need: class I is served by the paper alone; in classes III and II a paper that was delivered
    needs a license only, and where neither was delivered the report is named.
    """
    required = [part.name for part in framework.looked_at(mof_class, is_required=True)]
    needed = [name for name in required if not _is_open(name, counted)]
    if _is_open(PAPER, counted) or PAPER in needed:
        needed = [name for name in needed if name != REPORT]
    elif REPORT not in counted and PAPER in counted:
        needed = [PAPER if name == REPORT else name for name in needed]
    return Distance(
        next_class=mof_class,
        to_deliver=tuple(name for name in needed if name not in counted),
        to_license=tuple(name for name in needed if name in counted),
    )


def _is_open(name: str, counted: Mapping[str, CountedLicense]) -> bool:
    return name in counted and counted[name].verdict == Verdict.OPEN
