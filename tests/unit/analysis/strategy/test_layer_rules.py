"""Layer rules: adoption against revenue, the paid layer beside, the name, and the middle layers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_cases import small_case

from openstrat.analysis.strategy import layer_rules
from openstrat.analysis.strategy.layer_rules import LayerDefault, middle_layer
from openstrat.cases.load import load_case
from openstrat.terms import Layer

DATABASE = load_case("case-database-relicense")
RATE = st.floats(0, 1)


@pytest.mark.parametrize(
    ("given_numbers", "answer", "value"),
    [
        ({"new_adopters": 1000, "conv": 0.02, "acv": 0.05, "erosion": 0.1, "revenue": 5.0}, "yes", 0.5),  # 1.0 against 0.5
        ({"new_adopters": 1000, "conv": 0.02, "acv": 0.05, "erosion": 0.3, "revenue": 5.0}, "no", -0.5),  # 1.0 against 1.5
        ({"new_adopters": 1000, "conv": 0.02, "acv": 0.05, "erosion": 0.2, "revenue": 5.0}, "partly", 0.0),
    ],
)
def test_a_middle_layer_is_opened_when_new_contracts_outweigh_lost_revenue(given_numbers, answer, value):
    finding = middle_layer(**given_numbers)
    assert finding.answer == answer
    assert finding.value == pytest.approx(value)


def test_a_missing_number_is_asked_for():
    finding = middle_layer(new_adopters=1000, conv=None, acv=0.05, erosion=0.1, revenue=5.0)
    assert (finding.answer, finding.asks) == ("unknown", ("share of them that pays",))


@given(RATE, RATE)
def test_more_erosion_never_speaks_for_opening(first, second):
    less, more = sorted((first, second))
    values = [middle_layer(new_adopters=100, conv=0.01, acv=1.0, erosion=erosion, revenue=3.0).value for erosion in (less, more)]
    assert values[0] >= values[1]


def test_opening_what_is_paid_for_is_only_partly_right():
    finding = layer_rules.adoption_against_revenue(DATABASE, "stay_permissive")
    assert finding.answer == "partly"
    assert finding.value == pytest.approx(1.0 - 0.45)


def test_a_paid_layer_stands_beside_what_is_opened():
    finding = layer_rules.paid_layer_beside(DATABASE, "stay_permissive")
    assert (finding.answer, finding.n) == ("yes", 1)
    assert finding.value == pytest.approx(0.55)


def test_the_name_is_asked_for():
    assert layer_rules.name_is_kept(small_case()).answer == "unknown"


def test_each_layer_keeps_its_default_or_moves():
    defaults = {layer: LayerDefault("LY1", "open", "It is sold.", ("one",)) for layer in Layer}
    answers = [item.answer.value for item in layer_rules.layer_findings(DATABASE, defaults)]
    assert answers == ["yes", "yes", "yes", "no", "no"]  # SDK, docs, connectors open; database to decide, tooling held
