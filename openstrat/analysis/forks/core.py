"""What became of an upstream's people 6, 12 and 24 months after a fork: in the fork, upstream, on both sides or nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from openstrat.analysis.forks.columns import TRANSITIONS
from openstrat.analysis.forks.credit import DAY_SECONDS, Flags
from openstrat.analysis.forks.migration import CORE_COMMITS, Sides, second_after
from openstrat.tables.fork_terms import AuthorGroup

HORIZONS = (6, 12, 24)
GROUPS = {AuthorGroup.CORE_12M: (12, CORE_COMMITS), AuthorGroup.ANY_12M: (12, 1), AuthorGroup.ANY_24M: (24, 1)}
"""Months before the fork, and upstream commits in them, that put a person into a group."""


def core_transitions(sides: Sides, *, source_ids: str = "") -> pd.DataFrame:
    """Return three groups times three horizons, with the columns of the shipped table.

    Counted from the fork's first day to the same day 6, 12 and 24 months later, that day excluded. Where a history ends before
    the horizon the counts are lower bounds; columns that need the upstream are blank where its history does not reach so far.
    """
    frame = pd.DataFrame(list(_rows(sides)), columns=list(TRANSITIONS))
    counts = [name for name in TRANSITIONS if name.startswith("n_")]
    return frame.astype(dict.fromkeys(counts, "Int64")).assign(source_ids=source_ids, fork_started_on=pd.Timestamp(sides.started_on))


def _rows(sides: Sides) -> Iterator[dict[str, object]]:
    veteran = sides.seen_before(0)
    for group, (months, commits) in GROUPS.items():
        members = sides.seen_before(months, commits)
        for horizon in HORIZONS:
            end = second_after(sides.started_on, horizon)
            here = sides.fork.counts(sides.starts_at, end, sides.n_people) > 0
            is_complete = end - DAY_SECONDS <= sides.upstream.ends_at and not sides.is_inside
            yield {
                "fork": sides.fork.repository,
                "author_group": group.value,
                "horizon_months": horizon,
                "upstream": sides.upstream.repository,
                "is_upstream_inside_fork": sides.is_inside,
                "n_group": np.count_nonzero(members),
                "n_in_fork": np.count_nonzero(members & here),
                **(_both_sides(sides, members, here, end) if is_complete else {}),
                "n_fork_authors": np.count_nonzero(here),
                "n_fork_authors_new": np.count_nonzero(here & ~veteran),
                "is_complete_fork": end - DAY_SECONDS <= sides.fork.ends_at,
                "is_complete_upstream": is_complete,
            }


def _both_sides(sides: Sides, members: Flags, here: Flags, end: int) -> dict[str, object]:
    there = sides.upstream.counts(sides.starts_at, end, sides.n_people) > 0
    return {
        "n_fork_only": np.count_nonzero(members & here & ~there),
        "n_both": np.count_nonzero(members & here & there),
        "n_upstream_only": np.count_nonzero(members & there & ~here),
        "n_neither": np.count_nonzero(members & ~here & ~there),
    }
