"""Open, decide or hold follows from shares that a reader can check by hand."""

import pytest

from openstrat.analysis.strategy.layer_map import read_layers, stance_from_facts
from openstrat.cases.load import load_case
from openstrat.terms import Layer


@pytest.mark.parametrize(
    ("adoption", "revenue", "moat", "stance"),
    [
        (0.20, 0.00, 0.0, "open"),  # draws people in, nobody pays for it
        (0.20, 0.05, 0.0, "open"),  # at the cut-off
        (0.20, 0.06, 0.0, "decide"),  # just above it
        (0.16, 0.62, 0.5, "hold"),  # the crown jewel
        (0.60, 0.45, 0.0, "decide"),  # paid for, but draws more people in
        (0.15, 0.15, 0.0, "hold"),  # earns as much as it attracts
        (0.00, 0.10, 0.0, "hold"),  # paid for, draws nobody in
        (0.00, 0.00, 0.0, "decide"),  # says nothing
        (0.50, 0.10, 0.3, "hold"),  # carries the moat
    ],
)
def test_stance_follows_the_shares(adoption, revenue, moat, stance):
    assert stance_from_facts(adoption, revenue, moat)[0] == stance


def test_a_plan_against_the_facts_is_flagged():
    case = load_case("case-frontier-lab")
    readings = {item.layer: item for item in read_layers(case, dict.fromkeys(Layer, "hold"))}
    assert readings[Layer.FRONTIER_WEIGHTS].stance == "hold"
    assert readings[Layer.SDK].moved
    assert not any(item.contradicts_plan for item in readings.values())
