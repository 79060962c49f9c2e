"""Thresholds at their edge, and what is not known."""

import pytest

from openstrat.analysis.strategy.criteria import any_met, asks_of, at_least, at_most, holds


@pytest.mark.parametrize(("value", "met"), [(0.39, False), (0.4, True), (0.1 + 0.3, True), (0.5, True), (None, None)])
def test_at_least_is_met_from_the_threshold_on(value, met):
    assert at_least("Share", value, 0.4, "share", "the share").is_met is met


@pytest.mark.parametrize(("value", "met"), [(0.5, False), (0.51, True)])
def test_more_than_is_not_met_at_the_threshold(value, met):
    assert at_least("Share", value, 0.5, "share", "the share", more_than=True).is_met is met


@pytest.mark.parametrize(("value", "met", "ratio"), [(10.0, True, 1.5), (15.0, True, 1.0), (30.0, False, 0.5), (None, None, None)])
def test_at_most_reaches_further_as_the_figure_falls(value, met, ratio):
    found = at_most("Time", value, 15.0, "minutes", "the time")
    assert (found.is_met, found.ratio) == (met, ratio)


def test_a_condition_says_what_is_given_against_what_is_needed():
    assert at_least("New projects", 0.43, 0.4, "share", "").sentence == "New projects: 43%, needed at least 40%."
    assert at_least("Quarters", 1, 4, "quarters", "").sentence == "Quarters: 1 quarter, needed at least 4 quarters."
    assert holds("Rights are exclusive", False, "").sentence == "Rights are exclusive: no."


def test_one_of_several_is_enough_and_an_unknown_one_leaves_it_open():
    yes, no, unknown = (holds("Condition", value, "a fact") for value in (True, False, None))
    assert any_met([no, yes, unknown]) is True
    assert any_met([no, unknown]) is None
    assert any_met([no, no]) is False
    assert asks_of([yes, unknown, unknown]) == ("a fact",)
