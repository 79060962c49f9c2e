"""Numbers of a text with value and unit; digits that belong to names are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.reporting.numbers import numbers_in, skeleton, unit_in


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("84% of adoption", 84, "percent"),
        ("a share of 8.5 %", 8.5, "percent"),
        ("1,234 rows", 1234, ""),
        ("p = .06", 0.06, ""),
        ("it fell by \u22124.5", -4.5, ""),
        ("for 12 months", 12, "months"),
        ("USD 2,116 million", 2116000000.0, "USD"),
        ("$1.2bn", 1200000000.0, "USD"),
        ("on 2024-05-01", "2024-05-01", "date"),
        ("in 2024-05", "2024-05", "date"),
        ("5k stars", 5000.0, ""),
    ],
)
def test_a_number_has_its_value_and_unit(text: str, value: object, unit: str) -> None:
    (found,) = numbers_in(text)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("text", ["GPT-4", "Apache-2.0", "v1.2", "CK1", "1.10.2", "5m high", "#12"])
def test_digits_in_names_and_versions_are_no_numbers(text: str) -> None:
    assert numbers_in(text) == []
    assert skeleton(text) == text


def test_sentences_that_differ_in_numbers_only_share_a_skeleton() -> None:
    assert skeleton("4 of 7 options, 84% on 2024-05-01") == skeleton("5 of 9 options, 7% on 2025-06-02") == "# of # options, # on #"


def test_the_unit_of_a_column_counts_where_the_cell_states_none() -> None:
    assert unit_in("mean value, USD million (P5)") == "USD million"
    assert [number.unit for number in numbers_in("12 and 8%", "age in months")] == ["months", "percent"]
    assert unit_in("stars") == ""


@given(st.integers(0, 10**12))
def test_a_whole_number_with_commas_comes_back(value: int) -> None:
    (found,) = numbers_in(f"there are {value:,} of them")
    assert found.value == value
