"""The back-test on the shipped tables: stated scores, checked outcomes, what is in-sample."""

from __future__ import annotations

import pytest

from openstrat.analysis.backtesting.study import BacktestStudy
from openstrat.analysis.rehearsing import backtests_of
from openstrat.errors import InputError


@pytest.fixture(scope="module")
def study() -> BacktestStudy:
    return backtests_of(as_of="2026-08-26")


def brier(study: BacktestStudy, forecast: str, group: str) -> float:
    rows = study.scores[study.scores["forecast"].eq(forecast) & study.scores["group"].eq(group)]
    return float(rows["brier"].iloc[0])


def test_core_and_held_out_events_score_as_stated(study: BacktestStudy) -> None:
    assert round(brier(study, "rubric, inputs by hand", "core"), 3) == 0.074
    assert round(brier(study, "rubric, inputs by hand", "held_out"), 3) == 0.127
    right = study.scores[study.scores["forecast"].eq("rubric, inputs by hand")].set_index("group")["n_right"]
    assert right.to_dict() == {"all": 11, "core": 5, "held_out": 6}


def test_the_base_rate_stands_beside_it_on_the_same_events(study: BacktestStudy) -> None:
    assert brier(study, "base rate of the other events", "all") == pytest.approx(0.27778, abs=1e-5)
    assert brier(study, "base rate of the other events", "all") > brier(study, "refit, penalty 1, one day left out", "all")


def test_outcomes_come_from_the_fork_tables_and_agree_with_the_coding(study: BacktestStudy) -> None:
    assert (study.n, study.n_forked) == (13, 5)
    assert study.events["agrees"].all()
    forks = study.events.set_index("event_id")["fork"]
    assert forks["hashicorp-2023"] == "opentofu/opentofu"
    assert (study.base_rate.n_forked, study.base_rate.n) == (6, 34)


def test_what_is_in_sample_says_so(study: BacktestStudy) -> None:
    standing = study.scores.set_index(["forecast", "group"])["standing"]
    assert standing["rubric, inputs by hand", "core"].startswith("in-sample")
    assert "knew the outcomes" in standing["rubric, inputs by hand", "held_out"]
    assert standing["refit, penalty 1, nothing left out", "all"].startswith("in-sample")
    assert "leaves the event out" in standing["refit, penalty 1, one event left out", "all"]


def test_hindsight_shows_in_the_one_hand_coded_input_that_parts_all_events(study: BacktestStudy) -> None:
    inputs = study.inputs.set_index("feature")
    assert inputs.index[inputs["parts_all"]].tolist() == ["neutral_home"]
    assert inputs.loc["neutral_home", ["least_forked", "most_unforked"]].tolist() == [0.5, 0.3]
    assert not inputs.loc["neutral_home", "is_by_rule"]


def test_inputs_by_rule_are_given_as_a_range_where_histories_were_read(study: BacktestStudy) -> None:
    events = study.events.set_index("event_id")
    assert events["rubric_low"].notna().sum() == 9
    assert events.loc["hashicorp-2023", ["published_low", "published_high"]].astype(float).round(4).tolist() == [0.1833, 0.1833]
    assert events.loc["hf-tgi-2023", "share_high"] < events.loc["hf-tgi-2023", "external_share"]
    assert events.loc["hf-tgi-2023", "share_n_months"] == 9
    assert (events["drop_in"] == events["drop_in_rule"]).all()


def test_decisions_without_inputs_are_left_out_with_the_reason(study: BacktestStudy) -> None:
    assert study.left_out["event_id"].tolist() == ["redis-2025-reversal", "elastic-2024-reversal", "meta-llama"]
    assert study.left_out["reason"].str.startswith("no fork inputs").all()


def test_events_whose_year_is_not_over_are_not_scored() -> None:
    then = backtests_of(as_of="2024-08-01")
    assert "hashicorp-2023" not in set(then.events["event_id"])
    assert "elastic-2021" in set(then.events["event_id"])
    assert then.left_out.set_index("event_id").loc["hashicorp-2023", "reason"].startswith("its license change is not in the table")


def test_a_day_that_leaves_too_few_events_or_lies_ahead_is_refused() -> None:
    with pytest.raises(InputError, match="at least 2 events"):
        backtests_of(as_of="2012-01-01")
    with pytest.raises(InputError, match="after the tables' own day"):
        backtests_of(as_of="2030-01-01")
    with pytest.raises(InputError, match="is not a day"):
        backtests_of(as_of="2024")
