"""What causes of forks are called, and how spreads are said."""

from __future__ import annotations

from openstrat.analysis.stress.fork_record import Spread
from openstrat.tables.fork_terms import AuthorGroup, ForkTrigger

CAUSES = {
    ForkTrigger.RELICENSE: "after a license change",
    ForkTrigger.GOVERNANCE: "after a governance dispute",
    ForkTrigger.ACQUISITION: "after a new owner came",
    ForkTrigger.FEATURE: "for other technical goals",
    ForkTrigger.UNMAINTAINED: "after neglect",
}
GROUP_WORDS = {AuthorGroup.CORE_12M: "of those with ten or more commits", AuthorGroup.ANY_12M: "of all with a commit"}
FEWEST_FOR_QUARTILES = 4
"""Quartiles of fewer forks only repeat them."""
FORKS_SOURCE = "openstrat tables fork_events and core_transitions; well-known forks, not a census"


def cause(trigger: object) -> str:
    """Return a cause of forks in words."""
    return CAUSES[ForkTrigger(str(trigger))]


def days(spread: Spread | None) -> str:
    """Return a median of days: '6', '−8 to 46', 'unknown'."""
    if spread is None or spread.median_low is None or spread.median_high is None:
        return "unknown"
    ends = [f"{end:g}".replace("-", "−") for end in (spread.median_low, spread.median_high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def in_words(spread: Spread) -> str:
    """Return a spread in words: 'median 6 days, middle half 2 to 68, n = 9'."""
    if spread.median_low is None:
        return "none measured"
    middle = f"median {days(spread)} days" if spread.unit == "days" else f"median {spread.median_low:.0%}"
    return f"{middle}, {_quartiles(spread)}n = {spread.n}"


def ends(spread: Spread) -> str:
    """Return the lowest and highest figure in words."""
    return "none" if spread.lowest is None or spread.highest is None else f"{_one(spread, spread.lowest)} to {_one(spread, spread.highest)}"


def _quartiles(spread: Spread) -> str:
    if spread.n < FEWEST_FOR_QUARTILES or spread.quartile_low is None or spread.quartile_high is None:
        return ""
    return f"middle half {_one(spread, spread.quartile_low)} to {_one(spread, spread.quartile_high)}, "


def _one(spread: Spread, value: float) -> str:
    return f"{value:.0%}" if spread.unit == "share" else f"{value:.0f}".replace("-", "−")
