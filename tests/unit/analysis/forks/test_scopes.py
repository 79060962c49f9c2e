"""What a commit is to its repository: inherited, carried over, imported, repeated or own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from commit_logs import ANA, BO, CY, SALT, Commit, RealRepository, log_of
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.forks.scopes import SCOPES, commit_scopes, count_scopes
from openstrat.collect.git.people import unite
from openstrat.collect.histories import read_history

START = date(2024, 6, 1)
UPSTREAM = [
    Commit(ANA, "2024-01-05", "start", sha="a"),
    Commit(BO, "2024-02-05", "speed up", sha="b"),
    Commit(BO, "2024-07-05", "fix a leak", sha="c"),
]


def scopes_of(fork: list[Commit], upstream: list[Commit] | None = UPSTREAM) -> list[str]:
    """Return the scopes of the fork's commits, in the order given."""
    logs = unite([log_of(fork, "acme/fork"), *([log_of(upstream, "acme/tool")] if upstream else [])])
    codes = commit_scopes(logs[0], logs[1] if upstream else None, START)
    return [SCOPES[code] for code in reversed(codes)]


def test_a_commit_that_the_upstream_reaches_is_inherited_and_a_new_one_is_own() -> None:
    assert scopes_of([*UPSTREAM[:2], Commit(CY, "2024-06-05", "rename")]) == ["inherited", "inherited", "own"]


def test_a_cherry_pick_is_ported_by_author_second_and_subject_whoever_committed_it() -> None:
    picked = Commit(CY, "2024-08-01", "fix a leak", written="2024-07-05")
    assert scopes_of([picked]) == ["ported"]


def test_a_cherry_pick_with_a_new_subject_is_ported_by_author_second_and_address() -> None:
    assert scopes_of([Commit(BO, "2024-08-01", "fork: fix a leak", written="2024-07-05")]) == ["ported"]


def test_the_same_second_alone_does_not_make_a_commit_ported() -> None:
    assert scopes_of([Commit(CY, "2024-08-01", "other", written="2024-07-05")]) == ["own"]


def test_a_change_that_the_fork_committed_first_is_its_own() -> None:
    upstream = [*UPSTREAM, Commit(CY, "2024-09-01", "faster start", written="2024-08-15")]
    assert scopes_of([Commit(CY, "2024-08-15", "faster start")], upstream) == ["own"]


def test_where_the_upstream_carries_nothing_over_a_shared_change_is_the_upstreams() -> None:
    upstream = log_of([*UPSTREAM, Commit(CY, "2024-09-01", "faster start", written="2024-08-15")])
    fork, upstream = unite([log_of([Commit(CY, "2024-08-15", "faster start")], "acme/fork"), upstream])
    assert count_scopes(commit_scopes(fork, upstream, START, is_two_way=False))["ported"] == 1


def test_a_side_history_from_before_the_fork_is_imported() -> None:
    assert scopes_of([Commit(CY, "2019-03-01", "plugin: start")]) == ["imported"]


def test_of_a_repeated_commit_the_earlier_one_is_own() -> None:
    again = Commit(CY, "2024-09-01", "rename", written="2024-06-05")
    assert scopes_of([Commit(CY, "2024-06-05", "rename"), again]) == ["own", "duplicate"]


def test_a_merge_is_set_apart_even_when_it_is_inherited() -> None:
    assert scopes_of([Commit(ANA, "2024-01-05", "start", sha="a", parents=2)]) == ["merge"]


def test_without_an_upstream_everything_before_the_start_is_inherited() -> None:
    assert scopes_of([Commit(ANA, "2024-05-31", "old"), Commit(ANA, "2024-06-01", "new")], None) == ["inherited", "own"]


def test_an_upstream_that_takes_over_a_change_of_its_fork_does_not_count_it() -> None:
    fork = log_of([*UPSTREAM[:1], Commit(CY, "2024-08-15", "faster start")], "acme/fork")
    upstream = log_of([*UPSTREAM[:1], Commit(CY, "2024-09-01", "faster start", written="2024-08-15")])
    upstream, fork = unite([upstream, fork])
    assert count_scopes(commit_scopes(upstream, siblings=[fork]))["ported_from_fork"] == 1


@given(st.lists(st.tuples(st.sampled_from([ANA, BO, CY]), st.integers(1, 28), st.sampled_from("pqr"), st.integers(0, 2)), min_size=1))
def test_every_commit_has_exactly_one_scope(rows: list[tuple[str, int, str, int]]) -> None:
    fork = log_of([Commit(who, f"2024-06-{day:02}", subject, parents=parents) for who, day, subject, parents in rows], "acme/fork")
    fork, upstream = unite([fork, log_of(UPSTREAM)])
    assert sum(count_scopes(commit_scopes(fork, upstream, START)).values()) == len(rows)


def test_real_repositories_part_into_inherited_ported_imported_and_own(tmp_path: Path) -> None:
    upstream = RealRepository(tmp_path / "tool")
    upstream.commit(ANA, "2024-01-05", "start")
    fork = RealRepository(tmp_path / "fork", clone_of=upstream)
    upstream.commit(BO, "2024-07-05", "fix a leak")
    upstream.git("checkout", "-q", "-b", "release")
    upstream.commit(BO, "2024-07-09", "only on a branch")
    upstream.git("checkout", "-q", "main")
    fork.commit(CY, "2024-06-05", "rename")
    fork.git("fetch", "-q", str(upstream.path), "main", "release")
    fork.git("cherry-pick", "--allow-empty", upstream.git("rev-parse", "main"), on="2024-08-01", author=CY)
    fork.git("cherry-pick", "--allow-empty", upstream.git("rev-parse", "release"), on="2024-08-02", author=CY)
    side = RealRepository(tmp_path / "side")
    side.commit(CY, "2019-03-01", "plugin")
    fork.git("pull", "-q", "--no-rebase", "--allow-unrelated-histories", "--no-edit", str(side.path), "main", on="2024-09-01")
    read = [read_history(str(repository.path), salt=SALT, with_branches=True) for repository in (fork, upstream)]
    logs = unite([history.log for history in read])
    counts = count_scopes(commit_scopes(logs[0], logs[1], START, upstream_branches=read[1].branches))
    assert counts == {"own": 1, "inherited": 1, "ported": 2, "ported_from_fork": 0, "imported": 1, "duplicate": 0, "merge": 1}


def test_a_tie_goes_to_the_upstream() -> None:
    rewritten = Commit(BO, "2024-07-05", "fix a leak", sha="another hash")
    assert scopes_of([rewritten]) == ["ported"]
