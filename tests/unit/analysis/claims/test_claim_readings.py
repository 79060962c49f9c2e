"""Readings: shares, medians and rank comparisons with intervals, and which side of the line they fall on."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.claims.readings import ClaimTest, Reading, amount, figure, median, ranked, share, superiority
from openstrat.analysis.claims.standing import Standing
from openstrat.analysis.strategy.finding import Answer
from openstrat.errors import InputError

ABOUT = {"window": "2024", "sample": "made up"}
NUMBERS = st.lists(st.integers(0, 30), min_size=1, max_size=12)


def reading(low: float | None, high: float | None, *, needs_above: bool = True, is_main: bool = True) -> Reading:
    value = None if low is None or high is None else (low + high) / 2
    return Reading("x", value, low, high, "share of x", 9, "2024", "made up", 0.5, needs_above, is_main)


def test_a_share_has_wilsons_interval() -> None:
    found = share("x", 8, 10, unit="x", needs_above=True, **ABOUT)
    assert (found.value, found.note) == (0.8, "8 of 10")
    assert [found.low, found.high] == pytest.approx([0.4902, 0.9433], abs=1e-4)  # Wilson (1927), 95 percent


def test_a_share_of_nothing_is_no_figure() -> None:
    found = share("x", 0, 0, unit="x", needs_above=True, **ABOUT)
    assert (found.value, found.low, found.standing) == (None, None, Standing.NOT_TESTABLE)


@pytest.mark.parametrize(
    ("low", "high", "needs_above", "expected"),
    [
        (0.6, 0.8, True, Standing.SUPPORTED),
        (0.6, 0.8, False, Standing.CONTRADICTED),
        (0.2, 0.4, True, Standing.CONTRADICTED),
        (0.2, 0.4, False, Standing.SUPPORTED),
        (0.4, 0.6, True, Standing.UNDECIDED),
        (0.5, 0.8, True, Standing.UNDECIDED),  # the line itself is inside
        (None, None, True, Standing.NOT_TESTABLE),
    ],
)
def test_the_interval_decides_against_the_line(low: float | None, high: float | None, needs_above: bool, expected: Standing) -> None:
    assert reading(low, high, needs_above=needs_above).standing == expected


def test_two_values_give_a_median_without_interval_and_decide_nothing() -> None:
    found = median("x", [0.1, 0.3], unit="change", line=0.0, needs_above=True, seed=1, **ABOUT)
    assert (found.value, found.low, found.standing) == (pytest.approx(0.2), None, Standing.UNDECIDED)


def test_superiority_counts_pairs_and_halves_ties() -> None:
    # 3 beats 1 and 2 and ties with 3: 2.5; 2 beats 1 and ties with 2: 1.5; 4 of 6 pairs
    assert superiority([3, 2], [1, 2, 3])[0] == pytest.approx(4 / 6)


def test_superiority_of_complete_groups_reaches_one_and_keeps_a_lower_end() -> None:
    value, low, high = superiority([2, 3], [1])
    assert (value, high) == (1.0, 1.0)
    assert low == pytest.approx(0.283, abs=5e-4)  # (1 - t) = 1.96 sqrt(t (1 - t) (1 + .5 (1 - t)/(2 - t) + .5 t/(1 + t)) / 2)


@given(NUMBERS, NUMBERS)
def test_superiority_mirrors_and_its_interval_holds_it(first: list[int], second: list[int]) -> None:
    value, low, high = superiority(first, second)
    mirrored = superiority(second, first)
    assert 0 <= low <= value <= high <= 1
    assert mirrored == pytest.approx((1 - value, 1 - high, 1 - low), abs=1e-6)
    wins = sum((a > b) + 0.5 * (a == b) for a, b in itertools.product(first, second))
    assert value == pytest.approx(wins / (len(first) * len(second)))


def test_an_empty_group_has_no_superiority() -> None:
    with pytest.raises(InputError, match="got 0 and 1"):
        superiority([], [1])
    assert ranked("x", [], [1.0], unit="more", needs_above=True, **ABOUT).standing == Standing.NOT_TESTABLE


def made(*readings: Reading, not_enough: str = "") -> ClaimTest:
    return ClaimTest("t", "q?", "p.", readings, "r.", "s.", ("c.",), ("a-source",), not_enough)


def test_main_readings_that_contradict_each_other_make_a_test_mixed() -> None:
    assert made(reading(0.6, 0.8), reading(0.1, 0.2)).standing == Standing.MIXED
    assert made(reading(0.6, 0.8), reading(0.4, 0.6)).standing == Standing.UNDECIDED
    assert made(reading(0.6, 0.8), reading(0.1, 0.2, is_main=False)).standing == Standing.SUPPORTED


def test_a_test_that_counts_what_is_only_needed_contradicts_but_never_supports() -> None:
    assert made(reading(0.6, 0.8), not_enough="More is needed.").standing == Standing.UNDECIDED
    assert made(reading(0.1, 0.2), not_enough="More is needed.").standing == Standing.CONTRADICTED


def test_a_finding_carries_value_interval_n_window_sample_and_selection() -> None:
    found = made(reading(0.1, 0.3)).finding("MY2", "A sentence.")
    assert (found.answer, found.value, found.low, found.high, found.n) == (Answer.NO, 0.2, 0.1, 0.3, 9)
    assert found.caveats == ("Window: 2024.", "Sample: made up.", "s.", "c.")
    assert found.source_ids == ("a-source",)


def test_figures_are_written_in_their_unit_with_a_true_minus() -> None:
    assert figure(reading(0.1, 0.3)) == "20% (95% interval 10% to 30%, n = 9)"
    assert amount(-0.14, "rank correlation") == "−0.14"
    assert amount(-0.001, "change of x") == "0%"
