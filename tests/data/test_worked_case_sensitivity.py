"""Sobol indices of a worked case beside an independent implementation on the same model."""

import numpy as np
import pytest
from SALib.analyze import sobol as salib_sobol
from SALib.sample import sobol as salib_sample

from openstrat.analysis.economics.draws import from_quantiles
from openstrat.analysis.economics.model import npv_of
from openstrat.analysis.evaluating import evaluate, sobol_of
from openstrat.cases.load import load_case

OPTION = "open_core_permissive"
N = 4096
EDGE = 1e-6


def test_indices_of_a_case_agree_with_an_independent_implementation():
    evaluation = evaluate(load_case("case-opencore-tooling"), n=200)
    names = list(evaluation.draws.ranges)
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
    points = np.clip(salib_sample.sample(problem, N, calc_second_order=False, seed=3), EDGE, 1 - EDGE)
    drawn = from_quantiles(evaluation.draws.ranges, dict(zip(names, points.T, strict=True)))
    theirs = salib_sobol.analyze(problem, npv_of(evaluation.model, OPTION, drawn), calc_second_order=False, seed=3)
    ours = sobol_of(evaluation, OPTION, n=N).set_index("input").loc[names]
    assert ours["total"].to_numpy() == pytest.approx(theirs["ST"], abs=0.05)
    assert ours["first"].to_numpy() == pytest.approx(theirs["S1"], abs=0.05)
    # conversion carries about four fifths of the variance
    assert ours["total"].idxmax() == "conv"
    assert 0.7 < ours.loc["conv", "total"] < 0.9
