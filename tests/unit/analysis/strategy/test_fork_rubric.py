"""The fork rubric: published values to two decimals, what weighs, and what it refuses to say."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.strategy.finding import Answer
from openstrat.analysis.strategy.fork_rubric import Rubric, contributions, fork_propensity, fork_risk, rubric_from
from openstrat.cases.backtests import load_backtests
from openstrat.errors import InputError
from openstrat.tables.store import read_table

CASE = {"drop_in": 1.0, "host_revenue": 0.75, "external_share": 0.4, "neutral_home": 0.8, "switch_cost": 0.2}
STATED = {
    "hashicorp-2023": "0.81",
    "redis-2024": "0.91",
    "elastic-2021": "0.72",
    "mongodb-2018": "0.06",
    "hf-tgi-2023": "0.49",
    "vault-2023": "0.47",
    "akka-2022": "0.33",
    "nomad-2023": "0.16",
    "packer-2023": "0.20",
    "sentry-2019": "0.16",
    "cockroach-2019": "0.16",
    "grafana-2021-agpl": "0.34",
    "minio-2021-agpl": "0.22",
}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return rubric_from(read_table("fork_rubric"))


def test_every_event_gets_the_stated_value_to_two_decimals(rubric: Rubric) -> None:
    coded = {item.id: item for item in load_backtests().backtests if item.fork_inputs}
    found = {
        name: f"{fork_propensity(item.fork_inputs.model_dump(), rubric, fork_scale=item.fork_scale):.2f}" for name, item in coded.items()
    }
    assert found == STATED


def test_the_sum_is_what_a_reader_adds_up_by_hand(rubric: Rubric) -> None:
    parts = {item.feature: round(item.log_odds, 2) for item in contributions(CASE, rubric)}
    assert parts == {"drop_in": 2.2, "host_revenue": 1.8, "external_share": 0.8, "neutral_home": 0.96, "switch_cost": -0.3}
    assert rubric.constant == -4.0
    assert fork_propensity(CASE, rubric) == pytest.approx(0.81153, abs=1e-5)  # logistic of 1.46


@given(st.tuples(*[st.floats(0, 1)] * 5), st.sampled_from(["drop_in", "host_revenue", "external_share", "neutral_home", "switch_cost"]))
def test_more_of_a_feature_never_moves_the_value_against_its_weight(values: tuple[float, ...], name: str) -> None:
    rubric = rubric_from(read_table("fork_rubric"))
    features = dict(zip(CASE, values, strict=True))
    low, high = (fork_propensity({**features, name: end}, rubric) for end in (0.0, 1.0))
    assert 0 <= min(low, high) <= max(low, high) <= 1
    assert (high > low) == (rubric.weights[name] > 0)


def test_network_copyleft_scales_the_value(rubric: Rubric) -> None:
    assert rubric.network_copyleft == 0.6
    assert fork_propensity(CASE, rubric, fork_scale=0.6) == pytest.approx(0.6 * fork_propensity(CASE, rubric))
    said = fork_risk(CASE, rubric, changes_license=True, fork_scale=0.6)
    assert said.sentence.endswith("The new license's network copyleft takes it times 0.6.")
    assert said.answer == Answer.PARTLY  # .49


def test_the_finding_names_what_weighs_most_and_that_it_is_no_probability(rubric: Rubric) -> None:
    said = fork_risk(CASE, rubric, changes_license=True)
    assert said.concept_id == "RK3"
    assert said.answer == Answer.YES
    assert said.sentence == "The rubric gives 0.81 and expects a funded fork within a year; drop-in weighs most."
    assert said.evidence[0] == "drop-in 1, times +2.20: +2.20"
    assert "not as a probability" in said.caveats[0]
    none = fork_risk({**CASE, "host_revenue": 0.1, "neutral_home": 0.1, "external_share": 0.2}, rubric, changes_license=True)
    assert none.answer == Answer.NO


def test_without_a_license_change_it_does_not_apply_and_without_features_it_asks_for_them(rubric: Rubric) -> None:
    assert fork_risk(CASE, rubric, changes_license=False).answer == Answer.NOT_ASKED
    said = fork_risk(None, rubric, changes_license=True)
    assert said.answer == Answer.UNKNOWN
    assert said.value is None
    assert len(said.asks) == 5


@pytest.mark.parametrize(
    ("features", "message"),
    [
        ({**CASE, "drop_in": 1.2}, r"drop_in: 1\.2 is not between 0 and 1"),
        ({"drop_in": 1.0}, r"missing \['external_share', 'host_revenue', 'neutral_home', 'switch_cost'\]"),
        ({**CASE, "fame": 0.5}, r"unknown \['fame'\]"),
    ],
)
def test_wrong_features_are_refused_with_their_name(rubric: Rubric, features: dict[str, float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        fork_propensity(features, rubric)


def test_a_table_without_its_factor_is_refused() -> None:
    table = pd.DataFrame({"feature": ["constant"], "role": ["constant"], "weight": [-4.0], "source_ids": ["a"]})
    with pytest.raises(InputError, match="needs one constant and the factor network_copyleft"):
        rubric_from(table)
