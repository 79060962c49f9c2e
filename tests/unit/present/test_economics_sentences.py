"""Figures and findings of the economics in words."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.decision.break_even import BreakEven
from openstrat.analysis.decision.information import Turn
from openstrat.analysis.economics.ranges import InputRange
from openstrat.analysis.evaluating import evaluate, information_of
from openstrat.cases.load import load_case
from openstrat.present.economics.names import INPUTS
from openstrat.present.economics.sentences import (
    break_even_sentence,
    in_one_unit,
    in_unit,
    information_sentence,
    musd,
    plain_amount,
    span,
    turn_sentence,
    years,
)
from openstrat.present.economics.shared import mark_pill
from openstrat.tables.models_economics import MARKS
from openstrat.tables.store import read_table

CONVERSION = InputRange(
    "conv", "value", "Share that pays; of some", "share of adopting organizations", "log_uniform", 0.003, None, 0.05, "sourced", "", "test"
)


def crossing(needed, at_low=-1.0, at_high=1.0):
    return BreakEven(needed, 0.0, 1.0, at_low, at_high)


@pytest.mark.parametrize(
    ("value", "shown"), [(-1.166, "−1.17"), (12.44, "12.4"), (1697.4, "1,697"), (-0.001, "0.00"), (0.0, "0.00"), (-99.96, "−100.0")]
)
def test_an_amount_has_the_digits_that_its_size_deserves(value, shown):
    assert plain_amount(value) == shown


def test_money_names_its_currency_and_unit():
    assert musd(-1.166) == "USD −1.17 million"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.0245, "share of adopting organizations", "2.45%"),
        (0.12, "per year", "12% a year"),
        (2.54, "multiple", "2.54 times"),
        (1.1, "ratio", "1.1"),
        (4.45, "quarters", "4.45 quarters"),
        (0.0749, "USD million", "USD 0.0749 million"),
        (25.0, "USD million a year", "USD 25 million a year"),
        (7622.9, "organizations", "7,620 organizations"),
    ],
)
def test_a_figure_carries_its_unit(value, unit, shown):
    assert in_unit(value, unit) == shown


def test_a_range_says_its_unit_once():
    assert span(CONVERSION) == "0.3 to 5%"
    assert in_one_unit([2, 4, 8], "quarters", " / ") == "2 / 4 / 8 quarters"


@given(st.floats(min_value=-1e6, max_value=1e6, allow_nan=False))
def test_no_amount_is_written_with_an_exponent_or_a_negative_zero(value):
    shown = plain_amount(value)
    assert "e" not in shown
    assert shown != "−0.00"


def test_a_break_even_stands_beside_its_range():
    assert break_even_sentence("open_core_agpl", CONVERSION, crossing(0.0245)) == (
        "open core AGPL needs at least 2.45% (sourced range 0.3 to 5%)."
    )
    assert "at most" in break_even_sentence("sdk_only", CONVERSION, crossing(0.0245, at_low=1.0, at_high=-1.0))


def test_no_value_that_helps_is_said_so():
    assert break_even_sentence("sdk_only", CONVERSION, crossing(None, at_high=-0.5)) == (
        "SDK only: the median value stays below zero, whatever the share of adopters that pay (looked at: 0 to 100%)."
    )
    assert "stays above zero" in break_even_sentence("sdk_only", CONVERSION, crossing(None, at_low=0.5))


def test_a_payback_that_never_comes_is_said_in_words():
    assert (years(math.inf), years(2.5)) == ("not within the horizon", "2.5 years")


def test_turning_points_name_input_side_limit_share_and_rival():
    evaluation = evaluate(load_case("case-opencore-tooling"), n=500)
    turn = Turn("lag", "sdk_only", "above", 0.5, 0.5)
    middle = float(evaluation.draws.ranges["lag"].at(np.array([0.5]))[0])
    assert turn_sentence(evaluation, turn) == (
        f"If the time from adoption to payment is above {middle:.3g} quarters (50% of draws), SDK only has the better mean."
    )


def test_a_fork_is_turned_into_words():
    evaluation = evaluate(load_case("case-database-relicense"), n=500)
    said = turn_sentence(evaluation, Turn("fork_draw", "stay_permissive", "below", 0.54, 0.54))
    assert said.startswith("If a funded fork appears after the change (the rubric's value for a fork is 0.54)")
    assert "whether a funded fork appears: find that out next" in information_sentence(evaluation, information_of(evaluation))


def test_where_knowing_all_is_worth_less_than_a_tie_more_study_is_advised_against():
    evaluation = evaluate(load_case("case-public-lab"), n=500)
    assert "within the USD 0.66 million that count as a tie" in information_sentence(evaluation, information_of(evaluation))


def test_every_shipped_input_has_a_short_name_of_its_own():
    names = set(read_table("assumptions")["name"])
    assert names == set(INPUTS)
    assert len(set(INPUTS.values())) == len(INPUTS)


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_has_a_word(mark):
    assert mark.split("_")[0] in mark_pill(mark).text
