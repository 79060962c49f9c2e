"""What is left of each moat, and whether an option outlives a better-funded fork."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.stress.remains import MoatState, survives, what_is_left
from openstrat.errors import InputError
from openstrat.terms import Layer

MOATS = pd.DataFrame(
    [("MO1", "Default choice", None, "No layer carries it."),
     ("MO3", "Best hosted version", "commercial_tooling", "Others lack the tooling."),
     ("MO4", "Domain tuning", "training_data; small_weights", "Published data carry it.")],
    columns=["concept_id", "name", "dies_when", "why_it_dies"],
)  # fmt: skip
HIGH = {"MO1": 1.0, "MO3": 0.5, "MO4": 1.0}


def states(scores: dict[str, float | None], *opened: Layer) -> dict[str, str]:
    return {item.moat: item.state.value for item in what_is_left(MOATS, scores, opened)}


def test_a_moat_is_gone_when_any_layer_that_carries_it_is_opened() -> None:
    assert states(HIGH, Layer.SMALL_WEIGHTS) == {"MO1": "left", "MO3": "left", "MO4": "gone"}
    assert states(HIGH, Layer.COMMERCIAL_TOOLING, Layer.SDK) == {"MO1": "left", "MO3": "gone", "MO4": "left"}
    gone = what_is_left(MOATS, HIGH, [Layer.TRAINING_DATA])[2]
    assert (gone.after_low, gone.after_high) == (0.0, 0.0)
    assert gone.why == "Opened: training data. Published data carry it."


def test_a_moat_that_does_not_hold_today_cannot_be_lost_and_an_untested_one_is_not_known() -> None:
    assert states({"MO1": 0.0, "MO3": None}, Layer.COMMERCIAL_TOOLING) == {"MO1": "absent", "MO3": "gone", "MO4": "not_tested"}
    assert states({"MO1": 0.49}) == {"MO1": "absent", "MO3": "not_tested", "MO4": "not_tested"}


def test_findings_may_narrow_a_score_without_settling_it() -> None:
    known = Finding("MO1", Answer.PARTLY, "half", Basis.STATED, value=0.5)
    narrow = Finding("MO3", Answer.UNKNOWN, "half or all", Basis.STATED, low=0.5, high=1.0)
    left = what_is_left(MOATS, [known, narrow], [])
    assert [item.state for item in left] == [MoatState.LEFT, MoatState.LEFT, MoatState.UNKNOWN]
    assert (left[1].low, left[1].high) == (0.5, 1.0)


def test_two_moats_and_a_value_that_is_not_negative_outlive_the_fork() -> None:
    two = what_is_left(MOATS, {**HIGH, "MO4": 0.0}, [])
    said = survives(two, npv_under_clone=0.0)
    assert (said.concept_id, said.answer, said.value) == ("CK4", Answer.YES, 2)
    assert survives(two, npv_under_clone=-0.1).answer == Answer.NO
    assert survives(two, npv_under_clone=-0.1, loss_accepted=True).answer == Answer.YES
    assert survives(two, npv_under_clone=None).answer == Answer.PARTLY


def test_one_moat_is_not_enough_and_untested_ones_leave_it_open() -> None:
    one = what_is_left(MOATS, {**HIGH, "MO1": 0.0}, [Layer.SMALL_WEIGHTS])
    said = survives(one, npv_under_clone=5.0)
    assert said.answer == Answer.NO
    assert said.sentence == "It would not survive such a fork as it stands: at most 1 of the 2 moats needed."
    open_still = survives(what_is_left(MOATS, {"MO1": 1.0}, []), npv_under_clone=5.0)
    assert open_still.answer == Answer.UNKNOWN
    assert open_still.asks == ("the test of MO3 (best hosted version)", "the test of MO4 (domain tuning)")


def test_a_score_outside_its_scale_is_refused() -> None:
    with pytest.raises(InputError, match="Moat MO1: 2"):
        what_is_left(MOATS, {"MO1": 2.0}, [])
