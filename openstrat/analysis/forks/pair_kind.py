"""Two kinds of fork: the core moves, or a new team starts; told apart by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

from openstrat.analysis.forks.pair import YEAR, ForkPair, core_rows
from openstrat.terms import Term

HALF = 0.5
FEWEST_CORE = 5
"""Core people that the question needs; with fewer, one person decides it."""
KIND_RULE = (
    "Two questions about the fork's first twelve months. Did at least half of the upstream's core (ten or more commits in the year "
    "before) commit to the fork? Did migrants (an upstream commit in the two years before) make at least half of the fork's own "
    "commits? Twice yes: the core moved. Twice no: a new team started. Otherwise both. No answer with a core of fewer than "
    f"{FEWEST_CORE} or less than twelve months of the fork."
)


class ForkKind(Term):
    """Who made the fork."""

    CORE_MOVED = "core_moved", "The core moved: most of it works on the fork, and people from upstream write most of it."
    NEW_TEAM = "new_team", "A new team started: most of the core is not seen in the fork, and others write most of it."
    BOTH = "both", "Both: either most of the core came or people from upstream write most of it, but not both of these."
    UNDECIDED = "undecided", "Too few core people, or too short a history, to say."


@dataclass(frozen=True)
class KindReading:
    """The kind of a fork and the counts behind it, over its first twelve months; blank where not known."""

    kind: ForkKind
    n_core: int
    n_core_in_fork: int
    n_commits: int | None
    n_migrant_commits: int | None
    n_people: int
    n_people_new: int

    @property
    def core_share(self) -> float | None:
        """Share of the upstream's core that committed to the fork."""
        return self.n_core_in_fork / self.n_core if self.n_core else None

    @property
    def migrant_share(self) -> float | None:
        """Share of the fork's own commits that migrants made."""
        return self.n_migrant_commits / self.n_commits if self.n_commits and self.n_migrant_commits is not None else None


def fork_kind(pair: ForkPair) -> KindReading:
    """Return which kind of fork a pair is, by `KIND_RULE`: a description of who writes, not of why."""
    row = next(row for row in core_rows(pair).to_dict("records") if row["horizon_months"] == YEAR)
    year = pair.migration[pair.migration["months_since_fork"].between(0, YEAR - 1)]
    is_known = len(year) == YEAR and bool(year["n_migrant_commits"].notna().all()) and bool(row["is_complete_fork"])
    commits, migrant = (int(year[name].sum()) if is_known else None for name in ("n_fork_commits", "n_migrant_commits"))
    found = KindReading(
        kind=ForkKind.UNDECIDED,
        n_core=int(row["n_group"]),
        n_core_in_fork=int(row["n_in_fork"]),
        n_commits=commits,
        n_migrant_commits=migrant,
        n_people=int(row["n_fork_authors"]),
        n_people_new=int(row["n_fork_authors_new"]),
    )
    return replace(found, kind=_kind(found))


def _kind(found: KindReading) -> ForkKind:
    if found.n_core < FEWEST_CORE or found.core_share is None or found.migrant_share is None:
        return ForkKind.UNDECIDED
    answers = found.core_share >= HALF, found.migrant_share >= HALF
    return {(True, True): ForkKind.CORE_MOVED, (False, False): ForkKind.NEW_TEAM}.get(answers, ForkKind.BOTH)
