"""Many events: adjusted p values, and what chance alone would give."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from openstrat.analysis.effects.multiplicity import adjust_for_many
from openstrat.errors import InputError


def test_adjusted_values_as_worked_out_by_hand() -> None:
    found = adjust_for_many({"a": 0.01, "b": 0.04, "c": 0.03, "d": None})
    # ordered 0.01, 0.03, 0.04: Holm 3 * 0.01, 2 * 0.03, then not below it; Hochberg 3 * 0.01, min(3 / 2 * 0.03, 0.04), 0.04
    assert dict(found.holm) == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})
    assert dict(found.benjamini_hochberg) == pytest.approx({"a": 0.03, "c": 0.04, "b": 0.04})
    assert found.n == 3


def test_the_sentence_says_how_many_chance_would_give() -> None:
    found = adjust_for_many({"a": 0.07, "b": 0.4, "c": 0.6, "d": 0.9, "e": 1.0})
    assert found.sentence == (
        "5 events were looked at: 1 with p at or below 0.1, where chance alone would give up to 0.5. After Holm's adjustment 0 remain."
    )


@pytest.mark.parametrize("seed", range(5))
def test_adjusted_values_are_those_of_statsmodels(seed: int) -> None:
    # placebo p values: multiples of 1 / 14, with ties
    values = np.random.default_rng(seed).integers(1, 15, 17) / 14
    found = adjust_for_many({f"{number:02}": float(value) for number, value in enumerate(values)})
    for mine, method in ((found.holm, "holm"), (found.benjamini_hochberg, "fdr_bh")):
        theirs = multipletests(values, method=method)[1]
        assert [mine[f"{number:02}"] for number in range(len(values))] == pytest.approx(list(theirs))


def test_no_known_p_is_said() -> None:
    assert adjust_for_many({"a": None}).sentence == "No event has a p value."


def test_a_p_of_zero_is_refused() -> None:
    with pytest.raises(InputError, match="a: a p value lies above 0"):
        adjust_for_many({"a": 0.0})
