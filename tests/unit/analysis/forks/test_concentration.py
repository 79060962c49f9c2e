"""Top shares, absence and elephant factor, Herfindahl index, and their bounds where affiliations are unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.forks.concentration import concentration, organization_bounds


def test_six_three_and_one_commits() -> None:
    found = concentration([3, 6, 1, 0])
    assert (found.n, found.total, found.top1_share, found.top3_share, found.fewest_with_half) == (3, 10, 0.6, 1.0, 1)
    assert found.hhi == pytest.approx(0.36 + 0.09 + 0.01)


def test_without_work_nothing_is_concentrated() -> None:
    found = concentration([0, 0])
    assert (found.total, found.top1_share, found.fewest_with_half, found.hhi) == (0, None, None, None)


def test_exactly_half_is_half() -> None:
    assert concentration([2, 1, 1]).fewest_with_half == 1


def test_unknown_affiliations_give_bounds() -> None:
    # known: 4 and 2 commits; unknown: two people with 3 and 1
    found = organization_bounds([4, 2], [3, 1])
    assert found is not None
    assert found.unknown_share == 0.4
    assert (found.top_share.known, found.top_share.low, found.top_share.high) == (pytest.approx(4 / 6), 0.4, 0.8)
    assert (found.elephant_factor.low, found.elephant_factor.high) == (1, 2)
    assert (found.hhi.low, found.hhi.high) == (pytest.approx(0.30), pytest.approx(0.64 + 0.04))


def test_where_nothing_is_known_anything_is_possible() -> None:
    found = organization_bounds([], [2, 2])
    assert found is not None
    assert (found.top_share.known, found.top_share.low, found.top_share.high) == (None, 0.0, 1.0)


def test_no_commit_gives_no_bounds() -> None:
    assert organization_bounds([], []) is None


@given(st.lists(st.integers(0, 50), max_size=6), st.lists(st.integers(0, 50), max_size=6))
def test_a_known_index_lies_within_its_bounds_when_all_is_known(known: list[int], unknown: list[int]) -> None:
    found = organization_bounds(known, unknown)
    if found is not None:
        assert 0 <= found.hhi.low <= found.hhi.high <= 1 + 1e-9
        assert found.top_share.low <= found.top_share.high
        assert found.elephant_factor.low <= found.elephant_factor.high
