"""Rule ST0 on the worked cases, with shares added up by hand."""

import pytest

from openstrat.analysis.strategy.tradeoff import read_options, trade_verdict
from openstrat.cases.load import load_case


@pytest.mark.parametrize(
    ("n_layers", "revenue", "verdict"),
    [(0, 0.0, "nothing_opened"), (3, 0.0, "trade"), (3, 0.2499, "trade"), (3, 0.25, "mixed"), (3, 0.4999, "mixed"), (3, 0.5, "giveaway")],
)
def test_the_cut_offs_of_rule_st0(n_layers, revenue, verdict):
    assert trade_verdict(n_layers, revenue) == verdict


def test_the_frontier_lab_gives_its_business_away_with_the_frontier_weights():
    readings = {item.option: item for item in read_options(load_case("case-frontier-lab"))}
    # weights .2 + .12 + .2 + .08 + .06 + .18 + .16 = 1.0; edge_open opens .2 + .12 + .2
    assert readings["edge_open"].adoption_opened == pytest.approx(0.52)
    assert readings["edge_open"].verdict == "trade"
    assert readings["frontier_permissive"].revenue_opened == pytest.approx(0.62 + 0.08)
    assert readings["frontier_permissive"].verdict == "giveaway"
    assert readings["frontier_permissive"].paid_layers_opened == ("small_weights", "frontier_weights")
