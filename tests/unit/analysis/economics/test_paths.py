"""Quarterly percentiles of adopters and cash, against figures worked out by hand."""

import numpy as np
import pytest
from plain import model, world

from openstrat.analysis.economics.model import outcomes_of
from openstrat.analysis.economics.paths import ADOPTERS, CASH, QUANTILES, paths_of
from openstrat.analysis.modeling import draws_of, model_of
from openstrat.cases.load import load_case


def of(paths, measure):
    return paths[paths["measure"] == measure].reset_index(drop=True)


def test_adopters_start_today_and_cash_with_the_end_of_the_first_quarter():
    paths = paths_of(model(), "it", world())
    assert list(of(paths, ADOPTERS)["years"]) == [quarter / 4 for quarter in range(21)]
    assert list(of(paths, CASH)["years"]) == [quarter / 4 for quarter in range(1, 21)]


def test_without_spread_every_percentile_is_the_figure_by_hand():
    # 999 adopters; a tenth pays USD 10,000 a year; two maintainers at USD 0.2 million
    paths = paths_of(model(), "it", world())
    for name in [*QUANTILES, "mean"]:
        assert of(paths, ADOPTERS)[name].to_numpy() == pytest.approx(999.0)
        assert of(paths, CASH)[name].to_numpy() == pytest.approx(999 * 0.1 * 0.01 - 0.4)


def test_training_and_discount_are_not_in_the_cash():
    plain, other = (of(paths_of(model(train_cost=cost), "it", world(disc=rate)), CASH) for cost, rate in ((0.0, 0.0), (9.0, 0.2)))
    assert plain["p50"].to_numpy() == pytest.approx(other["p50"].to_numpy())


def test_percentiles_rise_and_end_where_the_outcome_ends():
    case = load_case("case-opencore-tooling")
    priced, draws = model_of(case), draws_of(case, n=500, seed=3)
    paths = paths_of(priced, "sdk_only", draws)
    assert (np.diff(paths[list(QUANTILES)].to_numpy(), axis=1) >= 0).all()
    adopters = outcomes_of(priced, draws)["sdk_only"].adopters
    assert of(paths, ADOPTERS)["p50"].iloc[-1] == pytest.approx(np.median(adopters))
