"""Rank correlation of stars and downloads: by hand on small frames, against the published figure on the shipped tables."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.adoption.correlation import correlations_by_month, month_correlation, pooled_correlation, spearman
from openstrat.analysis.adoption.pairs import EVERY_RELATION, SELECTION, paired_months
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.store import read_table

APRIL = pd.Timestamp("2026-04-01")


def frame(rows: list[tuple[str, str, int, int, str]]) -> pd.DataFrame:
    """Pairs from (package, month, stars, downloads, relation)."""
    made = pd.DataFrame(rows, columns=["package", "month", "n_stars", "n_downloads_30d", "relation"])
    made["month"] = pd.to_datetime(made["month"]).astype("datetime64[ns]")
    return made.assign(repository=made["package"], months_listed=30, source_ids="stars; downloads")


#  stars      10 20 30 40    ranks 1 2 3 4
#  downloads   5  9  7 50    ranks 1 3 2 4    differences 0 1 1 0: 1 - 6 * 2 / (4 * 15) = 0.8
FOUR = [("a", "2024-03", 10, 5), ("b", "2024-03", 20, 9), ("c", "2024-03", 30, 7), ("d", "2024-03", 40, 50)]
PROJECTS = frame([(*row, "package_is_project") for row in FOUR])
MARCH = pd.Timestamp("2024-03-01")


def test_spearman_of_four_pairs() -> None:
    assert spearman([10, 20, 30, 40], [5, 9, 7, 50]) == pytest.approx(0.8)


def test_ties_take_their_mean_rank() -> None:
    # ranks 1 2.5 2.5 4 and 1 2 3 4: covariance 4.5, variances 4.5 and 5: 4.5 / sqrt(22.5)
    assert spearman([1, 2, 2, 9], [1, 2, 3, 4]) == pytest.approx(4.5 / 22.5**0.5)


@pytest.mark.parametrize(("x", "y"), [([1, 2, 3], [1, 2, 3]), ([5, 5, 5, 5], [1, 2, 3, 4]), ([], [])])
def test_too_few_or_constant_values_give_no_figure(x: list[float], y: list[float]) -> None:
    assert spearman(x, y) is None


def test_unknown_values_and_unequal_lengths_are_refused() -> None:
    with pytest.raises(InputError, match="unknown side"):
        spearman([1, 2, 3, float("nan")], [1, 2, 3, 4])
    with pytest.raises(InputError, match="same length"):
        spearman([1, 2, 3, 4], [1, 2, 3])


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=4, max_size=30))
def test_it_stays_between_minus_one_and_one_and_ignores_the_scale(values: list[tuple[int, int]]) -> None:
    x, y = [float(a) for a, _ in values], [float(b) for _, b in values]
    rho = spearman(x, y)
    assert rho is None or -1 - 1e-9 <= rho <= 1 + 1e-9
    assert rho == (None if rho is None else pytest.approx(spearman([a**3 for a in x], [2 * b + 7 for b in y])))


def test_a_month_has_its_number_window_interval_and_selection() -> None:
    found = month_correlation(PROJECTS, MARCH, n_least=4, seed=1)
    assert (found.rho, found.n, found.window) == (pytest.approx(0.8), 4, "2024-03")
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low <= found.high <= 1
    assert SELECTION in found.caveats
    assert found.source_ids == ("stars", "downloads")


def test_the_same_seed_gives_the_same_interval() -> None:
    first, again = (month_correlation(PROJECTS, MARCH, n_least=4, seed=3) for _ in range(2))
    assert (first.low, first.high) == (again.low, again.high)


def test_below_the_least_number_there_is_no_figure_and_it_says_why() -> None:
    found = month_correlation(PROJECTS, MARCH, n_least=5, seed=1)
    assert (found.rho, found.low, found.high, found.n) == (None, None, None, 4)
    assert "Too few projects" in found.caveats[0]


def test_clients_are_counted_only_when_asked_for() -> None:
    mixed = frame([(*row, "package_is_project") for row in FOUR] + [("e-client", "2024-03", 1_000, 1, "client_of_server")])
    assert month_correlation(mixed, MARCH, n_least=4, seed=1).n == 4
    # with the client: ranks 1 2 3 4 5 and 2 4 3 5 1, squared differences 1 4 0 1 16: 1 - 6 * 22 / 120 = -0.1
    everything = month_correlation(mixed, MARCH, relations=EVERY_RELATION, n_least=4, seed=1)
    assert (everything.n, everything.rho) == (5, pytest.approx(-0.1))


def test_changes_are_ranked_against_the_same_month_a_year_before() -> None:
    before = [("a", "2023-03", 10, 10), ("b", "2023-03", 10, 10), ("c", "2023-03", 10, 10), ("d", "2023-03", 10, 10)]
    # stars grow 1.1 1.2 1.3 1.4 times, downloads 4 3 2 1 times
    after = [("a", "2024-03", 11, 40), ("b", "2024-03", 12, 30), ("c", "2024-03", 13, 20), ("d", "2024-03", 14, 10)]
    both = frame([(*row, "package_is_project") for row in before + after])
    found = month_correlation(both, MARCH, measure="change_12m", n_least=4, seed=1)
    assert (found.rho, found.n, found.window) == (pytest.approx(-1), 4, "2024-03, each against 12 months before")


def test_pooling_ranks_within_each_month_so_that_common_growth_does_not_count() -> None:
    # within each month downloads fall with stars; across months both grow a hundredfold
    rows = [(name, "2023-03", 10 + i, 40 - i) for i, name in enumerate("abcd")]
    rows += [(name, "2024-03", 1_000 + i, 4_000 - i) for i, name in enumerate("abcd")]
    found = pooled_correlation(frame([(*row, "package_is_project") for row in rows]), n_least=4, seed=1)
    assert (found.rho, found.n, found.n_rows, found.window) == (pytest.approx(-1), 4, 8, "2023-03 to 2024-03")


def test_pooling_leaves_out_months_with_too_few_projects() -> None:
    rows = [*PROJECTS.to_dict("records"), *frame([("a", "2024-04", 1, 9, "package_is_project")]).to_dict("records")]
    assert pooled_correlation(pd.DataFrame(rows), n_least=4, seed=1).n_rows == 4


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(UnknownNameError, match="change_12m"):
        month_correlation(PROJECTS, MARCH, measure="growth", seed=1)
    with pytest.raises(InputError, match="n_resamples=0"):
        month_correlation(PROJECTS, MARCH, n_resamples=0, seed=1)


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    return paired_months(read_table("stars_monthly"), read_table("package_downloads"), read_table("repository_packages"))


def test_the_published_figure_of_april_2026_comes_out(shipped: pd.DataFrame) -> None:
    # The gaps of table stars_monthly state -0.13 over 56 projects, clients and parts among them
    found = month_correlation(shipped, APRIL, relations=EVERY_RELATION, seed=7)
    assert (found.n, found.rho) == (56, pytest.approx(-0.13, abs=0.005))


def test_in_april_2026_growth_moved_together_while_levels_did_not(shipped: pd.DataFrame) -> None:
    level, growth = (month_correlation(shipped, APRIL, measure=measure, seed=7) for measure in ("level", "change_12m"))
    assert (level.n, growth.n) == (44, 34)
    assert level.low is not None
    assert level.high is not None
    assert growth.low is not None
    assert level.low < 0 < level.high
    assert growth.low > 0


def test_months_with_too_few_projects_stay_in_the_table_without_a_figure(shipped: pd.DataFrame) -> None:
    by_month = correlations_by_month(shipped, n_least=40, seed=7)
    assert by_month["rho"].isna().eq(by_month["n"] < 40).all()
    assert by_month["rho"].isna().any()
    assert by_month["month"].is_unique
