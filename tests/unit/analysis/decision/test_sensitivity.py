"""Tornado and Sobol indices against functions whose answers are known, and against an independent implementation."""

import numpy as np
import pytest
from SALib.analyze import sobol as salib_sobol
from SALib.sample import sobol as salib_sample

from openstrat.analysis.decision.sensitivity import sobol_indices, tornado

NAMES = ["x1", "x2", "x3"]


INPUTS = dict.fromkeys(NAMES, lambda quantile: np.pi * (2 * quantile - 1))
UNIT = dict.fromkeys(NAMES, lambda quantile: quantile)


def ishigami(values):
    """Ishigami and Homma (1990), a = 7, b = .1, on [-pi, pi]."""
    x1, x2, x3 = (values[name] for name in NAMES)
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def analytic():
    """First and total indices of that function, from its variance decomposition."""
    v1 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2
    v2 = 7**2 / 8
    v13 = 0.1**2 * np.pi**8 * (1 / 18 - 1 / 50)
    total = v1 + v2 + v13
    return {"x1": (v1 / total, (v1 + v13) / total), "x2": (v2 / total, v2 / total), "x3": (0.0, v13 / total)}


def test_ishigami_indices_are_within_two_hundredths_of_the_analytic_ones():
    found = sobol_indices(ishigami, INPUTS, n=8192, seed=1).set_index("input")
    for name, (first, total) in analytic().items():
        assert found.loc[name, "first"] == pytest.approx(first, abs=0.02)
        assert found.loc[name, "total"] == pytest.approx(total, abs=0.02)


def test_the_analytic_values_are_the_published_ones():
    assert analytic()["x1"] == pytest.approx((0.3139, 0.5576), abs=5e-4)
    assert analytic()["x2"][0] == pytest.approx(0.4424, abs=5e-4)
    assert analytic()["x3"][1] == pytest.approx(0.2437, abs=5e-4)


def test_intervals_hold_the_estimate():
    found = sobol_indices(ishigami, INPUTS, n=1024, seed=2)
    assert ((found["total_low"] <= found["total"]) & (found["total"] <= found["total_high"])).all()
    assert ((found["first_low"] <= found["first"]) & (found["first"] <= found["first_high"])).all()


def test_indices_agree_with_an_independent_implementation():
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[-np.pi, np.pi]] * 3}
    points = salib_sample.sample(problem, 4096, calc_second_order=False, seed=3)
    theirs = salib_sobol.analyze(problem, ishigami(dict(zip(NAMES, points.T, strict=True))), calc_second_order=False, seed=3)
    ours = sobol_indices(ishigami, INPUTS, n=4096, seed=3).set_index("input").loc[NAMES]
    assert ours["total"].to_numpy() == pytest.approx(theirs["ST"], abs=0.05)
    assert ours["first"].to_numpy() == pytest.approx(theirs["S1"], abs=0.05)


def test_a_value_that_does_not_vary_has_no_indices():
    found = sobol_indices(lambda values: np.zeros_like(values["x1"]), UNIT, n=64, seed=1)
    assert found["total"].isna().all()


def test_a_tornado_moves_one_input_at_a_time():
    found = tornado(lambda values: 10 * values["x1"] - 2 * values["x2"] + 1, {"x2": UNIT["x2"], "x1": UNIT["x1"]})
    assert found["input"].tolist() == ["x1", "x2"]
    assert found.loc[0, ["at_low", "at_middle", "at_high", "swing"]].tolist() == pytest.approx([1, 5, 9, 8])
    assert found.loc[1, ["at_low", "at_high", "swing"]].tolist() == pytest.approx([5.8, 4.2, 1.6])
