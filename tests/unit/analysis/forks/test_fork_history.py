"""When a fork started, and what its history says about both sides."""

from __future__ import annotations

from datetime import date

import pytest
from commit_logs import ANA, BO, CY, Commit, by_day, commits, log_of

from openstrat.analysis.forks.history import START_FIRST_OWN, START_GIVEN, START_MAIN_LINE, fork_history, fork_start
from openstrat.collect.git.people import unite
from openstrat.errors import DataError

SHARED = [Commit(ANA, "2023-01-05", "start", sha="a"), Commit(ANA, "2024-05-05", "go on", sha="b")]
UPSTREAM, FORK = unite(
    [
        log_of([*SHARED, *commits(BO, "2024-06-20", "2025-08-01")]),
        log_of(
            [Commit(CY, "2019-03-01", "plugin"), *SHARED, Commit(CY, "2024-06-10", "rename"), *commits(CY, "2024-07-01", "2025-08-01")],
            "acme/fork",
        ),
    ]
)
MAIN_LINE = [*(sha.ljust(20, b".") for sha in (b"a", b"b"))]


def test_a_fork_starts_with_its_first_commit_after_the_last_shared_one() -> None:
    assert fork_start(FORK, UPSTREAM, None, MAIN_LINE) == (date(2024, 6, 10), START_MAIN_LINE)


def test_a_given_start_is_kept() -> None:
    assert fork_start(FORK, UPSTREAM, date(2024, 6, 1), MAIN_LINE) == (date(2024, 6, 1), START_GIVEN)


def test_where_no_hash_is_shared_the_first_own_commit_is_the_start_and_that_is_said() -> None:
    rewritten, upstream = unite([log_of([Commit(CY, "2024-06-10", "rename")], "acme/fork"), UPSTREAM])
    assert fork_start(rewritten, upstream) == (date(2024, 6, 10), START_FIRST_OWN)


def test_a_repository_without_own_commits_is_no_fork() -> None:
    same, upstream = unite([log_of(SHARED, "acme/copy"), UPSTREAM])
    with pytest.raises(DataError, match="acme/copy has no commit of its own beside acme/tool"):
        fork_start(same, upstream)


def test_a_side_history_from_before_the_start_is_imported_and_counts_nowhere() -> None:
    found = fork_history(UPSTREAM, FORK, first_parents=MAIN_LINE)
    fork = found.summary["repositories"][1]
    assert (fork["scopes"]["imported"], fork["scopes"]["own"], fork["n_authors_own"]) == (1, 3, 1)
    assert found.activity[found.activity["repository"] == "acme/fork"]["month"].min().strftime("%Y-%m") == "2024-06"


def test_the_panel_compares_a_year_before_with_a_year_after() -> None:
    windows = set(fork_history(UPSTREAM, FORK, first_parents=MAIN_LINE).panel["window"])
    before, after = "2023-06-10 to before 2024-06-10", "2024-06-10 to before 2025-06-10"
    assert windows == {before, after, f"{before}; {after}"}


def test_no_figure_is_given_where_a_history_does_not_cover_a_month_after_the_start() -> None:
    panel = fork_history(UPSTREAM, FORK, first_parents=MAIN_LINE, as_of=date(2024, 6, 30)).panel
    assert panel[panel["window"].str.contains("; ")]["value"].isna().all()


def test_with_a_steward_the_panel_has_the_stewards_share_and_the_outsiders() -> None:
    upstream = log_of(by_day(SHARED, commits(BO, "2024-05-20", "2024-07-01", "2025-08-01")))
    fork, upstream = unite([FORK, upstream])
    panel = fork_history(upstream, fork, first_parents=MAIN_LINE, steward_organizations=("redis",)).panel
    assert {"steward's share of commits", "outsiders with 5 or more commits"} <= set(panel["headline"])
