"""Survival by hand and by a published example: the leukemia remissions of Freireich et al. (Blood 1963), as commonly tabulated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf, logrank

from openstrat.analysis.forks.survival import compare_survival, cumulative_incidence, number_at_risk, survival_curve
from openstrat.errors import InputError

# Weeks in remission under 6-mercaptopurine, then under placebo; a plus in the published table means still in remission.
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [True, True, True, False, True, False, True, False, False, True, True, *[False] * 3, True, True, *[False] * 5]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

lives = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["", "ended", "merged_back", "stalled"])), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("week", "share", "low", "high"),
    [
        (6, 0.8571, 0.6197, 0.9516),
        (7, 0.8067, 0.5631, 0.9228),
        (10, 0.7529, 0.5032, 0.8894),
        (13, 0.6902, 0.4316, 0.8491),
        (16, 0.6275, 0.3675, 0.8049),
        (22, 0.5378, 0.2678, 0.7468),
        (23, 0.4482, 0.1881, 0.6801),
    ],
)
def test_the_published_remissions_give_the_published_curve_and_log_log_interval(week: int, share: float, low: float, high: float) -> None:
    found = survival_curve(TREATED, RELAPSED).at(week)
    assert (found.share, found.low, found.high) == pytest.approx((share, low, high), abs=5e-5)


def test_half_of_the_treated_relapse_by_week_23_and_half_of_the_others_by_week_8() -> None:
    assert survival_curve(TREATED, RELAPSED).median_days == 23
    assert survival_curve(PLACEBO, [True] * 21).median_days == 8


def test_a_small_curve_by_hand() -> None:
    #        A ends with 4 at risk, C with 2: (3/4) * (1/2)
    curve = survival_curve([100, 200, 300, 400], [True, False, True, False])
    assert curve.at(99).share == 1
    assert curve.at(350).share == pytest.approx(3 / 8)
    assert [curve.at(day).n_at_risk for day in (0, 100, 150, 300, 400)] == [4, 4, 3, 2, 1]


def test_something_last_seen_on_the_day_of_an_end_is_at_risk_on_that_day() -> None:
    assert survival_curve([10, 10], [True, False]).at(10).share == 0.5


def test_there_is_no_interval_before_the_first_end_nor_when_nothing_is_left() -> None:
    steps = survival_curve([10, 20], [True, True]).steps
    assert steps["share"].tolist() == [1, 0.5, 0]
    assert steps[["low", "high"]].isna().all(axis=1).tolist() == [True, False, True]


def test_nothing_is_said_about_days_after_the_last_one_observed() -> None:
    found = survival_curve([10, 20], [True, False]).at(21)
    assert (found.share, found.low, found.n_at_risk) == (None, None, 0)


def test_a_curve_that_stays_above_one_half_has_no_median() -> None:
    assert survival_curve([5, 9, 9], [True, False, False]).median_days is None


def test_competing_ends_by_hand() -> None:
    # day 1: one of 4 merges back (1/4). day 2: one of 3 left ends (3/4 * 1/3). day 3: last seen. day 4: the last one ends (1/2 * 1).
    found = cumulative_incidence([1, 2, 3, 4], ["merged_back", "ended", "", "ended"])
    shares = found.pivot_table(index="time_days", columns="end", values="share")
    assert shares["merged_back"].tolist() == pytest.approx([0, 0.25, 0.25, 0.25, 0.25])
    assert shares["ended"].tolist() == pytest.approx([0, 0, 0.25, 0.25, 0.75])
    assert found.groupby("end")["n_ended"].sum().to_dict() == {"ended": 2, "merged_back": 1}


def test_the_published_remissions_differ_by_the_published_log_rank_statistic() -> None:
    groups = ["treated"] * 21 + ["placebo"] * 21
    found = compare_survival(TREATED + PLACEBO, RELAPSED + [True] * 21, groups, seed=1)
    assert found.statistic == pytest.approx(16.79, abs=0.005)
    expected = found.groups.set_index("group")["n_expected"].to_dict()
    assert expected == pytest.approx({"treated": 19.25, "placebo": 10.75}, abs=0.005)
    assert found.p_value < 0.001
    assert found.p_shuffled == pytest.approx(1 / 2001)


def test_groups_that_end_alike_cannot_be_told_apart() -> None:
    found = compare_survival([1, 2, 3, 1, 2, 3], [True] * 6, ["a"] * 3 + ["b"] * 3, seed=1)
    assert found.statistic == pytest.approx(0)
    assert (found.p_value, found.p_shuffled) == (pytest.approx(1), 1)


def test_three_groups_have_two_degrees_of_freedom_and_expect_as_many_ends_as_happened() -> None:
    found = compare_survival([1, 2, 3, 4, 5, 6], [True, True, False, True, False, True], ["a", "b", "c"] * 2, seed=1)
    assert found.degrees == 2
    assert found.groups["n_expected"].sum() == pytest.approx(4)


@given(lives)
def test_survival_never_rises_and_makes_up_one_with_the_ends(life: list[tuple[int, str]]) -> None:
    days, ends = [day for day, _ in life], [end for _, end in life]
    curve = survival_curve(days, [end != "" for end in ends]).steps.set_index("time_days")["share"]
    assert (np.diff(curve) <= 1e-12).all()
    ended = cumulative_incidence(days, ends).groupby("time_days")["share"].sum()
    assert (curve + ended.reindex(curve.index, fill_value=0)).tolist() == pytest.approx([1] * len(curve))


@given(lives)
def test_the_curve_is_that_of_scipy(life: list[tuple[int, str]]) -> None:
    ended = [day for day, end in life if end]
    seen = [day for day, end in life if not end]
    theirs = ecdf(CensoredData(uncensored=ended, right=seen)).sf
    ours = survival_curve([day for day, _ in life], [end != "" for _, end in life])
    assert [ours.at(day).share for day in theirs.quantiles] == pytest.approx(theirs.probabilities.tolist())


@given(lives, lives)
def test_the_comparison_of_two_groups_is_that_of_scipy(first: list[tuple[int, str]], second: list[tuple[int, str]]) -> None:
    both = [*first, (40, "ended"), *second, (41, "ended"), (41, "")]
    groups = ["a"] * (len(first) + 1) + ["b"] * (len(second) + 2)
    sides = [
        CensoredData(uncensored=[day for day, end in part if end], right=[day for day, end in part if not end])
        for part in (both[: len(first) + 1], both[len(first) + 1 :])
    ]
    found = compare_survival([day for day, _ in both], [end != "" for _, end in both], groups, seed=1, n_shuffles=1)
    assert found.statistic == pytest.approx(float(logrank(*sides).statistic) ** 2, abs=1e-8)


def test_numbers_at_risk_count_who_is_still_observed() -> None:
    assert number_at_risk([10, 20, 30], [0, 10, 11, 31]) == [3, 3, 2, 0]


@pytest.mark.parametrize("days", [[-1.0], [float("nan")], [float("inf")]])
def test_a_duration_that_is_no_length_of_time_is_refused(days: list[float]) -> None:
    with pytest.raises(InputError, match="not a length of time"):
        survival_curve(days, [True])


def test_a_comparison_without_two_groups_or_an_end_is_refused() -> None:
    with pytest.raises(InputError, match="at least two groups"):
        compare_survival([1, 2], [True, True], ["a", "a"], seed=1)
    with pytest.raises(InputError, match="0 ends"):
        compare_survival([1, 2], [False, False], ["a", "b"], seed=1)
