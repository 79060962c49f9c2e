"""MI2, bad-faith relicensing: tighter terms at short notice, against a promise or against the work of outsiders."""

from __future__ import annotations

from dataclasses import dataclass

from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.ranks import RelicenseDirection, relicense_direction

CONCEPT = "MI2"
NOTICE_DAYS = 90
"""Days of notice below which a change counts as abrupt (rule MI2, assumption)."""
OUTSIDE_SHARE = 0.2
"""Share of the last year's commits by outsiders above which a change takes their work along (rule MI2, assumption)."""
OUTSIDE_RULE = "People without an address of the steward count as outside, so a private address of an employee counts as outside too."


@dataclass(frozen=True)
class RelicensingFacts:
    """One change of license. Shares are of commits in about twelve months before it; None is unknown.

    `outside_share_low` counts only commits whose address names another organization. `is_open_after` says whether the new terms
    are approved as open source.
    """

    name: str
    changed_on: str
    family_before: str | None
    family_after: str | None
    is_open_after: bool | None
    notice_days_low: int | None = None
    notice_days_high: int | None = None
    has_promise: bool | None = None
    promise: str = ""
    outside_share: float | None = None
    outside_share_low: float | None = None
    n_commits: int | None = None
    source_ids: tuple[str, ...] = ()

    @property
    def is_short_notice(self) -> bool | None:
        """Whether the notice was below the threshold, where the dates settle it."""
        if self.notice_days_high is not None and self.notice_days_high < NOTICE_DAYS:
            return True
        if self.notice_days_low is not None and self.notice_days_low >= NOTICE_DAYS:
            return False
        return None

    @property
    def is_against_somebody(self) -> bool | None:
        """Whether a promise or the work of outsiders stood against it."""
        if self.has_promise or (self.outside_share is not None and self.outside_share > OUTSIDE_SHARE):
            return True
        return False if self.has_promise is False and self.outside_share is not None else None


def bad_faith_relicensing(facts: RelicensingFacts) -> Finding:
    """Return whether a change of license was made in bad faith: yes, partly (tighter but open source), no, or unknown.

    Yes needs tighter terms, short notice, and a promise or outside work against it. A change to terms that stay open source is at
    most partly so. A change toward opener terms never is.
    """
    direction = relicense_direction(facts.family_before, facts.family_after)
    answer, sentence = _judged(facts, direction)
    asks = _asks(facts, direction) if answer in (Answer.UNKNOWN, Answer.PARTLY) else ()
    return Finding(
        concept_id=CONCEPT,
        answer=answer,
        sentence=f"{facts.name}, {facts.changed_on}: {sentence}",
        basis=Basis.NOTHING if answer is Answer.UNKNOWN else Basis.MEASURED if facts.outside_share is not None else Basis.PUBLISHED,
        value=facts.outside_share,
        low=facts.outside_share_low,
        high=facts.outside_share,
        unit="" if facts.outside_share is None else "share of commits by outsiders",
        n=facts.n_commits,
        evidence=_evidence(facts, direction),
        caveats=() if facts.outside_share is None else (OUTSIDE_RULE,),
        asks=asks,
        source_ids=facts.source_ids,
    )


def _judged(facts: RelicensingFacts, direction: RelicenseDirection) -> tuple[Answer, str]:
    if cleared := _cleared(facts, direction):
        return Answer.NO, cleared
    if direction is RelicenseDirection.UNCERTAIN or facts.is_short_notice is None:
        return Answer.UNKNOWN, "whether the terms became tighter, or how much notice there was, is not known."
    if facts.is_open_after:
        return Answer.PARTLY, "tighter terms at short notice, which are still open source: a lower grade of the mistake."
    if facts.is_against_somebody is None or facts.is_open_after is None:
        return Answer.UNKNOWN, "tighter terms at short notice; whether a promise or outside work stood against them is not known."
    return Answer.YES, "tighter terms at short notice, against a promise or against much outside work."


def _cleared(facts: RelicensingFacts, direction: RelicenseDirection) -> str:
    """Return what clears a change of the mistake; empty when nothing known does."""
    reasons = {
        "the terms became opener.": direction is RelicenseDirection.OPENER,
        "the terms are no tighter by family.": direction is RelicenseDirection.SAME,
        f"it was announced at least {facts.notice_days_low} days before.": facts.is_short_notice is False,
        "neither a promise nor much outside work stood against it.": facts.is_against_somebody is False,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _evidence(facts: RelicensingFacts, direction: RelicenseDirection) -> tuple[str, ...]:
    rows = [f"From {_words(facts.family_before)} to {_words(facts.family_after)}: {direction.label}."]
    if facts.notice_days_low is not None and facts.notice_days_high is not None:
        low, high = facts.notice_days_low, facts.notice_days_high
        rows.append(f"Notice: {low if low == high else f'{low} to {high}'} days; short below {NOTICE_DAYS}.")
    if facts.promise:
        rows.append(f"Promise: {facts.promise}")
    if facts.outside_share is not None:
        least = "" if facts.outside_share_low is None else f"; addresses of other organizations alone: {facts.outside_share_low:.1%}"
        over = f"{facts.n_commits:,} commits" if facts.n_commits is not None else "the commits"
        rows.append(f"Outside share: {facts.outside_share:.1%} of {over} in twelve months{least}; much above {OUTSIDE_SHARE:.0%}.")
    return tuple(rows)


def _asks(facts: RelicensingFacts, direction: RelicenseDirection) -> tuple[str, ...]:
    found = {
        "the license families before and after": direction is RelicenseDirection.UNCERTAIN,
        "the day of the announcement": facts.is_short_notice is None,
        "whether the steward had promised the old terms": facts.has_promise is None,
        "the share of commits by outsiders in the year before": facts.outside_share is None,
    }
    return tuple(ask for ask, is_missing in found.items() if is_missing)


def _words(family: str | None) -> str:
    return (family or "unknown terms").replace("_", " ")
