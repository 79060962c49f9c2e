"""A shipped table beside a rebuilt one."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.forks.compare import compare_tables, differing_cells, match_rows
from openstrat.errors import InputError

SHIPPED = pd.DataFrame({"repository": ["a", "b", "c"], "n_commits": [1, 2, 3], "share": [0.5, None, 0.25], "org": ["x", None, "z"]})
REBUILT = pd.DataFrame({"repository": ["a", "b", "d"], "n_commits": [1, 7, 3], "share": [0.50001, None, 0.25], "org": ["x", "y", "z"]})


def test_each_column_says_how_many_cells_are_equal_and_where_the_largest_difference_is() -> None:
    found = compare_tables(SHIPPED, REBUILT, ["repository"]).set_index("column")
    assert found.loc["n_commits", ["n_equal", "n_differ", "largest_difference", "largest_at"]].tolist() == [1, 1, 5.0, "b"]


def test_each_cell_says_whether_it_differs() -> None:
    cells = differing_cells(SHIPPED, REBUILT, ["repository"])
    assert cells.loc["a"].tolist() == [False, False, False]
    assert cells.loc["b"].tolist() == [True, False, True]


def test_a_difference_in_the_fifth_digit_is_rounding_and_blank_beside_blank_is_equal() -> None:
    assert compare_tables(SHIPPED, REBUILT, ["repository"]).set_index("column").loc["share", "n_differ"] == 0


def test_a_cell_that_only_one_table_knows_differs() -> None:
    found = compare_tables(SHIPPED, REBUILT, ["repository"]).set_index("column").loc["org"]
    assert (found["n_differ"], found["n_blank_shipped_only"], found["n_blank_rebuilt_only"]) == (1, 1, 0)


def test_rows_of_one_table_only_are_counted() -> None:
    rows = match_rows(SHIPPED, REBUILT, ["repository"])
    assert (rows.n_both, rows.n_shipped_only, rows.n_rebuilt_only) == (2, 1, 1)


def test_a_key_that_repeats_is_refused() -> None:
    with pytest.raises(InputError, match="repeats"):
        compare_tables(pd.concat([SHIPPED, SHIPPED]), REBUILT, ["repository"])


def test_a_missing_key_column_is_named() -> None:
    with pytest.raises(InputError, match="'month'"):
        match_rows(SHIPPED, REBUILT, ["month"])
