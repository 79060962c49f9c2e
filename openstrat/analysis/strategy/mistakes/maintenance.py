"""MI3, under-maintenance: a project that is left without enough work while users still depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openstrat.analysis.audit.activity import months_before
from openstrat.analysis.audit.dates import STALE_DAYS
from openstrat.analysis.audit.findings import MI3_RELEASE_MONTHS, MI3_SHARE
from openstrat.analysis.strategy.finding import Answer, Basis, Finding, unknown
from openstrat.tables.models_conduct import CopyBasis

CONCEPT = "MI3"
ONE_AUTHOR = "One person writes at least half of it: a warning beside the rule."
ASKS = {
    "its commits": "commits of the last twelve months and of the best year",
    "its newest release": "the day of the newest release",
    "its README": "what the README says about upkeep",
}
FINISHED = "The rule cannot tell finished code from abandoned code, nor work that moved elsewhere."


@dataclass(frozen=True)
class MaintenanceFacts:
    """What a copy of a repository shows up to a day; None is unknown.

    `known_on` is the day up to which it is taken to be known, `copied_on` the day of the copy's files, `archived_on` the day from
    which nothing can have come, `counted_on` the last day of the twelve months where that is not `as_of`. `n_best` counts over 365
    days or, for monthly data, twelve calendar months.
    """

    repository: str
    as_of: date
    known_on: date
    n_commits: int | None
    n_best: int | None
    last_release_on: date | None = None
    readme_words: tuple[str, ...] = ()
    is_readme_read: bool = True
    n_authors_for_half: int | None = None
    copied_on: date | None = None
    archived_on: date | None = None
    known_basis: CopyBasis = CopyBasis.COPIED
    counted_on: date | None = None
    note: str = ""
    source_ids: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """Commits of the last twelve months as a share of the best."""
        return None if self.n_commits is None or not self.n_best else self.n_commits / self.n_best


def under_maintenance(facts: MaintenanceFacts, *, is_strict: bool = False) -> Finding:
    """Return whether a project is under-maintained: yes, no, or unknown.

    Yes when the last twelve months fall below 10 % of the best year, no release came in 18 months, or the README says so. A copy
    more than 90 days older than the as-of day gives unknown, unless the repository was read-only by then.

    Parameters
    ----------
    facts
        What the copy shows.
    is_strict
        Take a copy to be known up to the day of its files, whatever is said about it otherwise.
    """
    known_on = _known_on(facts, is_strict=is_strict)
    age = (facts.as_of - known_on).days
    if age > STALE_DAYS:
        caveat = f"The copy is known up to {known_on}, {age} days before {facts.as_of}: an old copy and a quiet project look the same."
        return unknown(
            CONCEPT, (f"a copy of {facts.repository} of {facts.as_of} or shortly before",), caveats=(caveat,), source_ids=facts.source_ids
        )
    parts = _parts(facts)
    flagged, missing = [name for name, state in parts.items() if state], [name for name, state in parts.items() if state is None]
    answer = Answer.YES if flagged else Answer.UNKNOWN if missing else Answer.NO
    return Finding(
        concept_id=CONCEPT,
        answer=answer,
        sentence=_sentence(facts, answer, flagged),
        basis=Basis.MEASURED,
        value=facts.ratio,
        unit="" if facts.ratio is None else "share of the best year",
        n=facts.n_commits,
        evidence=_evidence(facts),
        caveats=_caveats(facts, answer, missing),
        asks=tuple(ASKS[name] for name in missing) if answer is Answer.UNKNOWN else (),
        source_ids=facts.source_ids,
    )


def is_one_author_project(facts: MaintenanceFacts) -> bool | None:
    """Return whether one person wrote at least half of the commits; None when nobody's were counted."""
    return None if facts.n_authors_for_half is None else facts.n_authors_for_half == 1


def _known_on(facts: MaintenanceFacts, *, is_strict: bool) -> date:
    copied = facts.copied_on or facts.known_on
    if facts.archived_on and facts.archived_on <= facts.as_of and (facts.archived_on - copied).days <= STALE_DAYS:
        return facts.as_of
    return copied if is_strict else facts.known_on


def _parts(facts: MaintenanceFacts) -> dict[str, bool | None]:
    since = months_before(facts.as_of, MI3_RELEASE_MONTHS)
    return {
        "its commits": None if facts.ratio is None else facts.ratio < MI3_SHARE,
        "its newest release": None if facts.last_release_on is None else facts.last_release_on < since,
        "its README": bool(facts.readme_words) if facts.is_readme_read else None,
    }


def _sentence(facts: MaintenanceFacts, answer: Answer, flagged: list[str]) -> str:
    kept = "an unknown share" if facts.ratio is None else f"{facts.ratio:.1%}"
    said = f"{facts.repository} made {kept} of its best year's commits in the twelve months to {facts.counted_on or facts.as_of}"
    if answer is Answer.YES:
        return f"{said}; against it: {' and '.join(flagged)}."
    return f"{said}; {'nothing speaks against its upkeep' if answer is Answer.NO else 'not every part of the rule is known'}."


def _evidence(facts: MaintenanceFacts) -> tuple[str, ...]:
    rows = []
    if facts.ratio is not None:
        commits = "commit" if facts.n_commits == 1 else "commits"
        rows.append(f"{facts.n_commits:,} {commits} against {facts.n_best:,} in the best year; the line is {MI3_SHARE:.0%}.")
    if facts.last_release_on is not None:
        rows.append(f"Newest release: {facts.last_release_on}; the line is {MI3_RELEASE_MONTHS} months.")
    if facts.readme_words:
        rows.append(f"The README says: {', '.join(facts.readme_words)}.")
    if facts.archived_on:
        rows.append(f"Read-only since {facts.archived_on}.")
    return tuple(rows)


def _caveats(facts: MaintenanceFacts, answer: Answer, missing: list[str]) -> tuple[str, ...]:
    found = [f"Not known: {name}." for name in missing]
    if facts.copied_on and facts.known_basis is CopyBasis.COLLECTED:
        found.append(
            f"The newest copy at hand on {facts.known_on} was of {facts.copied_on}; that nothing came after was not seen. "
            "Counted strictly the answer is unknown."
        )
    if is_one_author_project(facts):
        found.append(ONE_AUTHOR)
    if answer is Answer.YES:
        found.append(FINISHED)
    return (*found, *([facts.note] if facts.note else []))
