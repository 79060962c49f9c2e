"""The days that an audit counts from and to, and over which of them the copy says anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from openstrat.analysis.forks.credit import day_of
from openstrat.errors import InputError

if TYPE_CHECKING:
    from openstrat.collect.git.facts import RepositoryFacts
    from openstrat.collect.git.log import CommitLog

STALE_DAYS = 90
"""A copy that is known up to a day further back than this says nothing about today (rule MI3)."""


@dataclass(frozen=True)
class Dates:
    """The days that rules count from: as-of day, day up to which the copy is known to be complete, start of the fork, launch.

    A quiet end and an old copy look the same, so `known_until` is the head's day unless somebody knows better. `begins_on` is the
    day of the oldest commit of a shallow clone, before which nothing is known; blank for a whole history.
    """

    as_of: date
    known_until: date
    since: date | None = None
    launched: date | None = None
    begins_on: date | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the copy says nothing about the as-of day."""
        return (self.as_of - self.known_until).days > STALE_DAYS

    @property
    def counted_from(self) -> date | None:
        """The day from which commits count: the start of the fork or of the copy, whichever is later; blank: all."""
        return max((day for day in (self.since, self.begins_on) if day), default=None)

    def is_known_from(self, start: date) -> bool:
        """Whether every commit from a day to the as-of day is in the copy."""
        return not self.is_stale and (self.begins_on is None or max(start, self.since or start) > self.begins_on)

    def why_unknown(self) -> str:
        """Return why a window up to the as-of day is not known, and what settles it."""
        if self.is_stale:
            days = (self.as_of - self.known_until).days
            return (
                f"The copy is known up to {self.known_until.isoformat()}, {days} days before the as-of day: an old copy and a quiet "
                f"project look the same. Look at it as of {self.known_until.isoformat()}, fetch it again, or say when it was fetched."
            )
        begins = self.begins_on.isoformat() if self.begins_on else "a later day"
        return f"A shallow clone that begins on {begins}: older commits are missing. Fetch the whole history."


def audit_dates(
    facts: RepositoryFacts,
    log: CommitLog,
    *,
    as_of: date,
    known_until: date | None = None,
    since: date | None = None,
    launched: date | None = None,
) -> Dates:
    """Return the days of an audit, checked against each other and the history.

    `known_until` is the day up to which the copy is known to be complete, by default the day of its newest commit. The other days
    are those of `Dates`.

    Raises
    ------
    InputError
        If nothing had been committed by the as-of day, a start lies after it, or the copy is said to be older than its newest commit.
    """
    first, last = (day_of(int(second)) for second in (log.commit_time.min(), log.commit_time.max()))
    head_day = date.fromisoformat(facts.head_committed.utc_day) if facts.head_committed else last
    if as_of < first:
        raise InputError(f"No commit of {facts.label} is of {as_of} or before; the first is of {first}. Take a later as-of day.")
    for what, day in (("start of the fork", since), ("launch day", launched)):
        if day and day > as_of:
            raise InputError(f"The {what} {day} lies after the as-of day {as_of}. Take an earlier day, or a later as-of day.")
    if known_until and known_until < min(head_day, as_of):
        raise InputError(f"The copy cannot be of {known_until}: its newest commit is of {head_day}. Give the day on which it was fetched.")
    return Dates(as_of, min(as_of, known_until or head_day), since, launched, first if facts.is_shallow else None)
