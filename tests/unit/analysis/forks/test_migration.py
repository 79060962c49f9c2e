"""Who moved from upstream to fork, by month and after 6, 12 and 24 months."""

from __future__ import annotations

from datetime import date

import pandas as pd
from commit_logs import ANA, BO, CY, Commit, by_day, commits, log_of

from openstrat.analysis.forks.columns import MIGRATION, TRANSITIONS
from openstrat.analysis.forks.core import core_transitions
from openstrat.analysis.forks.migration import Sides, fork_sides, migration_monthly
from openstrat.analysis.forks.scopes import commit_scopes
from openstrat.collect.git.people import unite
from openstrat.tables.loaders import load_core_transitions, load_migration_monthly

START = date(2024, 6, 15)
#   Ana: core (10 commits in the year before), goes to the fork.   Bo: one commit 30 months before, a veteran.   Cy: new.
TEN = commits(ANA, *(f"2024-{month:02}-0{day}" for month in (3, 4) for day in range(1, 6)))
UPSTREAM = by_day(
    TEN, commits(BO, "2021-12-15"), commits(CY, "2024-06-14"), commits(ANA, "2024-06-10"), commits(CY, "2024-07-20", "2025-12-31")
)
FORK = by_day(
    commits(ANA, "2024-06-20", "2024-07-01"), commits(BO, "2024-07-02"), commits("Di Dahl <di@acme.io>", "2024-07-03", "2024-08-31")
)


def sides(fork: list[Commit] = FORK, upstream: list[Commit] | None = UPSTREAM) -> Sides:
    """Return both sides, ready to be counted."""
    logs = unite([log_of(fork, "acme/fork"), *([log_of(upstream)] if upstream else [])])
    other = logs[1] if upstream else None
    return fork_sides(logs[0], commit_scopes(logs[0], other, START), other, START)


def test_migrants_veterans_and_strangers_in_the_fork() -> None:
    row = migration_monthly(sides()).set_index("month").loc[pd.Timestamp("2024-07-01")]
    assert (row["n_fork_active"], row["n_migrants"], row["n_veterans"], row["n_no_upstream_history"]) == (3, 1, 2, 1)
    assert (row["n_migrant_commits"], row["n_core_active_fork"], row["months_since_fork"]) == (1, 1, 1)


def test_in_the_month_of_the_start_the_upstream_counts_from_that_day_on() -> None:
    assert migration_monthly(sides()).iloc[0]["n_upstream_active"] == 0  # Ana's 10th and Cy's 14th lie before the 15th


def test_columns_of_a_side_are_blank_after_its_history_has_ended() -> None:
    frame = migration_monthly(sides()).set_index("month")
    after = frame.loc[pd.Timestamp("2024-09-01")]
    assert pd.isna(after["n_fork_active"])
    assert pd.isna(after["n_both_active"])
    assert after["n_upstream_only"] == after["n_upstream_active"]
    assert frame.index[-1] == pd.Timestamp("2025-12-01")


def test_where_everybody_of_the_core_is_after_six_months() -> None:
    row = core_transitions(sides()).set_index(["author_group", "horizon_months"]).loc[("any_12m", 6)]
    # Ana and Cy had a commit in the year before; Ana is in the fork, Cy stays upstream
    assert (row["n_group"], row["n_in_fork"], row["n_fork_only"], row["n_upstream_only"], row["n_neither"]) == (2, 1, 1, 1, 0)
    assert (row["n_fork_authors"], row["n_fork_authors_new"]) == (3, 1)


def test_a_horizon_beyond_the_upstreams_end_blanks_what_needs_both_sides() -> None:
    row = core_transitions(sides()).set_index(["author_group", "horizon_months"]).loc[("core_12m", 24)]
    assert (row["n_group"], row["n_in_fork"], row["is_complete_upstream"]) == (1, 1, False)
    assert pd.isna(row["n_upstream_only"])


def test_a_fork_whose_upstream_was_not_read_knows_its_past_from_inherited_commits() -> None:
    inside = sides([*commits(ANA, "2024-05-01"), *commits(ANA, "2024-07-01")], None)
    row = migration_monthly(inside).iloc[1]
    assert (row["is_upstream_inside_fork"], row["n_migrants"]) == (True, 1)
    assert pd.isna(row["n_upstream_active"])
    assert pd.isna(row["upstream"])


def test_both_tables_have_the_columns_of_the_shipped_ones() -> None:
    assert tuple(migration_monthly(sides()).columns) == MIGRATION == tuple(load_migration_monthly().columns)
    assert tuple(core_transitions(sides()).columns) == TRANSITIONS == tuple(load_core_transitions().columns)
