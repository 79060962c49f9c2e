"""Facts that users of the guidance tables rely on."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from openstrat.cases.schema import Facts
from openstrat.tables.integrity import split_list
from openstrat.tables.store import read_table
from openstrat.terms import Layer, Stance, values

CONCEPT_IDS = """
ST0 ST1  SP0 SP1 SP2 SP3 SP4 SP5 SP6 SP7
M0 M1 M2 M3 M4 M5  BR1 BR2 BR3 BR4  PB0 PB1 PB2 PB3
MO0 MO1 MO2 MO3 MO4 MO5  MY1 MY2 MY3 MY4  RK1 RK2 RK3 RK4 RK5  WH0 WH1 WH2 WH3 WH4  CK1 CK2 CK3 CK4 CK5
LY0 LY1 LY2 LY3  LY-SDK LY-DOC LY-INT LY-SW LY-FT LY-EV LY-FW LY-TR LY-CT
LF1 LF2 LF3 LF4  CG1 CG2 CG3 CG4  MI1 MI2 MI3 MI4  EX1 EX2 EX3 EX4 EX5 EX6 EX7
"""
SENTENCES = {
    "concepts": ["definition"],
    "evidence": ["statement"],
    "layers": ["why", "precedent", "adopt_role", "revenue_role"],
    "playbooks": ["logic"],
    "risks": ["early_sign", "response"],
    "moats": ["why_it_dies"],
    "mistakes": ["rule"],
}


def sentences_in(text: str) -> int:
    """Count sentences: a period, exclamation or question mark that ends the text or stands before a space."""
    return len(re.findall(r"[.!?](?=\s|$)", text))


def fact(evidence_id: str) -> pd.Series:
    return read_table("evidence").set_index("evidence_id").loc[evidence_id]


def test_concepts_are_exactly_the_81_of_the_two_essays_in_their_order() -> None:
    assert read_table("concepts")["concept_id"].tolist() == CONCEPT_IDS.split()
    assert len(CONCEPT_IDS.split()) == 81


def test_every_definition_is_one_sentence_of_at_most_40_words() -> None:
    definitions = read_table("concepts").set_index("concept_id")["definition"]
    wrong = [key for key, text in definitions.items() if not text.endswith(".") or sentences_in(text) != 1 or len(text.split()) > 40]
    assert wrong == []


def test_no_two_concepts_share_a_definition_or_a_name() -> None:
    concepts = read_table("concepts")
    assert concepts["definition"].is_unique
    assert concepts["name"].is_unique


@pytest.mark.parametrize(("table", "column"), [(name, column) for name, columns in SENTENCES.items() for column in columns])
def test_texts_are_sentences_with_a_full_stop(table: str, column: str) -> None:
    cells = read_table(table)[column]
    assert cells[~cells.str.endswith((".", "?"))].tolist() == []


@pytest.mark.parametrize("group", ["risk", "moat", "myth", "motive", "playbook", "scenario", "license_family", "governance", "mistake"])
def test_every_concept_of_these_groups_has_evidence(group: str) -> None:
    concepts = read_table("concepts")
    cited = {concept for cell in read_table("evidence")["concept_ids"] for concept in split_list(cell)}
    wanted = set(concepts.loc[concepts["group"] == group, "concept_id"])
    assert wanted - cited - {"PB0"} == set()  # selecting a playbook is a method: nothing to cite


def test_evidence_against_the_concepts_is_kept_too() -> None:
    against = read_table("evidence").query("stance == 'contradicts'")
    assert {"RK1", "RK2", "RK3", "M1", "M3", "M5", "MO0", "WH2"} <= {one for cell in against["concept_ids"] for one in split_list(cell)}


def test_a_figure_has_a_unit_and_a_unit_has_a_figure() -> None:
    evidence = read_table("evidence")
    has_figure = evidence[["value", "low", "high"]].notna().any(axis=1)
    assert evidence.loc[has_figure != evidence["unit"].notna(), "evidence_id"].tolist() == []


def test_a_figure_lies_inside_its_range() -> None:
    full = read_table("evidence").dropna(subset=["value", "low", "high"])
    assert full.loc[(full["value"] < full["low"]) | (full["value"] > full["high"]), "evidence_id"].tolist() == []


@pytest.mark.parametrize(
    ("evidence_id", "value", "n"),
    [
        ("license-drift", 0.355, None),  # the published share of model-to-application steps that drop restrictive terms
        ("core-developers-lost", 0.16, 1932),
        ("core-loss-survived", 0.41, 315),
        ("redis-authors-halved", 15, None),
        ("valkey-authors-first-quarter", 66, None),
        ("closed-models-revenue-share", 0.96, None),
        ("stars-downloads-35", 0.02, 35),
        ("models-without-license", 0.644, 1873342),
        ("frontier-cost-growth", 2.4, None),
        ("transparency-open-weight", 31.5, 6),  # median of 18, 26, 31, 32, 66, 95
        ("transparency-other", 39, 7),  # median of 14, 14, 35, 39, 41, 46, 72
        ("eu-compute-line", 1e25, None),
    ],
)
def test_published_and_measured_figures_stand_as_found(evidence_id: str, value: float, n: int | None) -> None:
    row = fact(evidence_id)
    assert row["value"] == value
    assert (None if pd.isna(row["n"]) else row["n"]) == n


def test_training_hours_times_rental_prices_give_the_stated_cost() -> None:
    cost, hours, price = fact("llama31-compute-cost"), fact("llama31-compute"), fact("gpu-hour-price")
    assert [cost["low"], cost["high"]] == pytest.approx([hours["value"] * price["low"], hours["value"] * price["high"]], rel=0.01)


def test_survey_figures_of_vendors_are_marked_as_such() -> None:
    evidence = read_table("evidence").set_index("evidence_id")
    assert evidence.loc[["iac-users-disrupted", "end-of-life-in-use", "enterprise-open-share-fell"], "mark"].eq("vendor_survey").all()


def test_13_layers_stand_in_stack_order_with_the_defaults_of_the_essays() -> None:
    layers = read_table("layers").set_index("layer_id")
    assert layers.index.tolist() == values(Layer)
    by_stance = {stance: layers.index[layers["stance"] == stance].tolist() for stance in values(Stance)}
    assert by_stance == {
        "open": ["sdk", "docs", "integration", "inference_infra", "orchestration"],
        "decide": ["eval", "fine_tuning", "small_weights", "database"],
        "hold": ["frontier_weights", "training_code", "training_data", "commercial_tooling"],
    }
    assert layers.index[layers["mark"] == "judgment"].tolist() == ["inference_infra", "orchestration", "database"]


def test_errors_of_the_essays_are_corrected() -> None:
    concepts = read_table("concepts").set_index("concept_id")
    assert "MariaDB forked MySQL" in concepts.at["EX5", "effect"]
    assert "Gemma 1 to 3 had use rules without one" in concepts.at["EX6", "effect"]
    assert concepts.at["EX7", "mark"] == "unverified"


def test_four_business_reasons_match_four_of_five_motives() -> None:
    motives = read_table("motives").set_index("concept_id")["business_reason_id"]
    assert motives.dropna().to_dict() == {"M1": "BR1", "M3": "BR2", "M4": "BR4", "M5": "BR3"}


def test_risk_variables_are_inputs_of_the_economics() -> None:
    known = set(read_table("assumptions")["name"]) | set(Facts.model_fields)
    assert {name for cell in read_table("risks")["variables"] for name in split_list(cell)} - known == set()


def test_mistakes_name_what_to_flag_and_what_to_leave() -> None:
    mistakes = read_table("mistakes").set_index("concept_id")
    assert split_list(mistakes.at["MI2", "must_flag"]) == ["Terraform 2023", "Redis 2024", "Text Generation Inference 2023"]
    assert split_list(mistakes.at["MI2", "must_not_flag"]) == ["Redis 2025", "Elasticsearch 2024", "Gemma 2026"]
    both = [set(split_list(row.must_flag)) & set(split_list(row.must_not_flag)) for row in mistakes.itertuples()]
    assert both == [set()] * 4


def test_moats_say_which_opened_layers_end_them() -> None:
    moats = read_table("moats").set_index("concept_id")["dies_when"]
    assert moats.map(split_list).to_dict() == {
        "MO1": [],
        "MO2": [],
        "MO3": ["commercial_tooling"],
        "MO4": ["training_data", "small_weights"],
        "MO5": ["commercial_tooling"],
    }
