"""What a reader of an audit is told, on the real tables; expected statements were worked out from the rows by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
import vl_convert

import openstrat
from openstrat.errors import DocumentError, UnknownNameError
from openstrat.present import audit, charts
from openstrat.present.page import Markup

OWN_FILE = """
release:
  name: Harbor 3B
  license:
    distribution: {name: Apache 2.0}
  components:
    - {name: Model parameters (Final), license: Llama 4 Community License}
    - {name: Model architecture}
    - {name: Inference code}
    - {name: Model card, license: undisclosed}
"""


def told(piece: object) -> str:
    """Return what a piece says as text: a box or a table by its words, a figure by its finding and description."""
    return piece.text if isinstance(piece, Markup) else f"{piece.title} {piece.description}"  # type: ignore[attr-defined]


@pytest.fixture
def own_file(tmp_path: Path) -> str:
    """The path of a small release file."""
    path = tmp_path / "harbor.yml"
    path.write_text(OWN_FILE, encoding="utf-8")
    return str(path)


def test_llama_4_is_flagged_with_the_clauses_that_contradict_its_name() -> None:
    text = told(audit.claim_box(openstrat.audit_of("llama-4-maverick")))
    assert "Flagged" in text
    assert "called open source" in text
    assert "700 million" in text
    assert "reported by others" in text


def test_olmo_is_not_flagged() -> None:
    asked = openstrat.audit_of("olmo-7b")
    assert "The name holds" in told(audit.claim_box(asked))
    assert "flagged" not in audit.audit_facts(asked).values["verdict"]


@pytest.mark.parametrize(
    ("release", "figures"),
    [
        ("llama-4-maverick", ["open weights", "unclassified", "31 of 100"]),
        ("olmo-7b", ["fully open", "class I", "no score"]),
        ("mistral-7b-v0-1", ["fully open", "unclassified", "55 of 100"]),
        ("gpt-4", ["closed", "unclassified", "49 of 100"]),
    ],
)
def test_the_three_axes_stand_side_by_side(release: str, figures: list[str]) -> None:
    shown = audit.at_a_glance(openstrat.audit_of(release))
    assert re.findall(r'<div class="kpi"><strong>(.*?)</strong>', shown.html) == figures


def test_a_score_around_another_flagship_says_so() -> None:
    text = told(audit.at_a_glance(openstrat.audit_of("deepseek-v3")))
    assert "flagship of the time, which was DeepSeek-R1, and not this release" in text


def test_grade_c_says_what_others_cannot_do() -> None:
    text = told(audit.at_a_glance(openstrat.audit_of("mistral-7b-v0-1")))
    assert "Anybody may run, change, pass on and sell" in text
    assert "not make it again" in text


def test_an_undetermined_release_says_what_would_settle_it() -> None:
    asked = openstrat.audit_of("nemotron-4-340b-base")
    text = told(audit.questions_box(asked))
    assert "which version of NVIDIA-Open-Model binds this release" in text
    assert "NVIDIA-Open-Model-2025-04" in text
    assert "anything from open weights to fully open" in text
    assert "between open weights and fully open" in told(audit.at_a_glance(asked))


def test_an_unknown_that_cannot_move_the_position_is_called_that() -> None:
    assert "None of this would change the position" in told(audit.questions_box(openstrat.audit_of("llama-4-maverick")))


def test_a_license_of_the_training_data_could_raise_the_grade_of_olmo_2() -> None:
    assert "could raise the grade to a" in told(audit.questions_box(openstrat.audit_of("olmo-2-32b")))


def test_each_limit_of_llama_4_is_explained_with_what_the_terms_say() -> None:
    text = told(audit.restrictions_table(openstrat.audit_of("llama-4-maverick")))
    for limit in ("Scale gate", "Output duty", "Use policy", "Territory"):
        assert limit in text
    assert "s.2 700M MAU" in text


def test_nobody_is_held_back_by_apache_and_everybody_by_withheld_weights() -> None:
    assert "Nobody is known to be held back by Apache-2.0" in told(audit.held_back(openstrat.audit_of("olmo-7b")))
    assert "Everybody outside" in told(audit.held_back(openstrat.audit_of("gpt-4")))


def test_companies_above_the_size_limit_are_named() -> None:
    assert "more than 700 million monthly users" in told(audit.held_back(openstrat.audit_of("llama-4-maverick")))


def test_run_code_found_elsewhere_opens_the_position_and_not_the_class() -> None:
    asked = openstrat.audit_of("mistral-7b-v0-1")
    assert "mistralai/mistral-inference" in told(audit.components_table(asked))
    assert "Code found elsewhere (mistralai/mistral-inference) does not count here" in told(audit.next_class(asked))


def test_the_next_class_is_named_with_every_step() -> None:
    text = told(audit.next_class(openstrat.audit_of("gpt-oss-120b")))
    assert "class III (1 step): deliver under an open license data card." in text
    assert "Class I is the highest" in told(audit.next_class(openstrat.audit_of("olmo-7b")))


def test_indices_that_disagree_say_why() -> None:
    text = told(audit.differences_box(openstrat.audit_of("mistral-7b-v0-1")))
    assert "They look at different parts of the release" in text
    assert "looked at Mistral 7B-Instruct" in text


def test_indices_that_agree_are_said_to() -> None:
    assert told(audit.differences_box(openstrat.audit_of("llama-4-maverick"))) == "The 5 indices that say open or not agree: not open."


def test_an_index_without_an_answer_says_that_it_does_not_cover_the_release() -> None:
    assert "does not cover it" in told(audit.indices_table(openstrat.audit_of("llama-4-maverick")))


def test_the_history_is_that_of_the_family_or_of_its_publisher() -> None:
    assert "Llama: 7 licenses since 2023, none of them fully open" in told(audit.history_figure(openstrat.audit_of("llama-4-maverick")))
    assert told(audit.history_figure(openstrat.audit_of("kimi-k2"))).startswith("Moonshot: ")
    assert "which is not a constant license" in told(audit.history_figure(openstrat.audit_of("olmo-7b")))


def test_terms_known_from_descriptions_only_are_named_as_such() -> None:
    terms = openstrat.load_license_terms()
    described = set(terms.loc[terms["confidence"] == "secondary", "license_id"])
    components = openstrat.load_release_components()
    weights = components[(components["component"] == "weights") & components["license_id"].isin(described)]
    for row in weights.itertuples():
        assert str(row.license_id) in openstrat.audit_of(str(row.release_id)).secondary
    assert openstrat.audit_of("llama-4-maverick").secondary == ()


def test_a_release_file_is_audited_by_what_it_declares(own_file: str) -> None:
    asked = openstrat.audit_of(own_file)
    assert asked.name == "Harbor 3B"
    assert "companies above a size limit" in told(audit.at_a_glance(asked))
    assert "'Apache 2.0' read as Apache-2.0" in told(audit.next_class(asked))
    assert "The file does not list" in told(audit.components_table(asked))


@pytest.mark.parametrize("section", [audit.claim_box, audit.indices_table, audit.history_figure])
def test_sections_that_need_the_table_say_so_for_a_file(own_file: str, section: object) -> None:
    assert "needs a release of the table" in told(section(openstrat.audit_of(own_file)))  # type: ignore[operator]


def test_what_is_no_release_and_no_file_is_refused_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean 'olmo-7b'.*Or give the path of a release file"):
        openstrat.audit_of("olmo-7c")
    with pytest.raises(DocumentError, match=r"missing\.yml"):
        openstrat.audit_of(str(tmp_path / "missing.yml"))


@pytest.mark.parametrize("release", openstrat.load_releases()["release_id"])
def test_every_release_of_the_table_can_be_audited_and_every_source_it_cites_is_listed(release: str) -> None:
    asked = openstrat.audit_of(release)
    pieces = [getattr(audit, name)(asked) for name in audit.__all__ if name not in ("audit_facts", "sources_used")]
    cited = {source for piece in pieces if isinstance(piece, Markup) for source in re.findall(r'#source-([^"]+)"', piece.html)}
    listed = set(re.findall(r'id="source-([^"]+)"', audit.sources_used(asked).html))
    assert cited <= listed <= set(openstrat.load_sources()["source_id"])


def test_the_picture_of_the_classes_draws_every_component_under_its_class() -> None:
    asked = openstrat.audit_of("olmo-7b")
    figure = audit.classes_figure(asked)
    assert figure.title == "OLMo 7B reaches Class I, Open Science Model"
    assert figure.table["heading"].nunique() == 3
    assert figure.table.set_index("component").loc["Technical report", "state"] == "stood_in"
    drawn = vl_convert.vegalite_to_svg(figure.spec())
    for word in ("the open paper stands in", "Class II, Open Tooling Model", "Supporting libraries and tools *"):
        assert word in drawn


def test_a_state_is_told_by_shape_and_word() -> None:
    states = ["open", "stood_in", "invalid", "unlicensed", "missing", "unknown"]
    parts = pd.DataFrame({"heading": "Class III", "component": states, "is_required": True, "state": states, "license": None})
    drawn = vl_convert.vegalite_to_svg(charts.class_parts(parts, title="A finding.", source="A source").spec())
    for word in ("open license", "not open", "no license", "not delivered", "not known"):
        assert re.search(rf"[●◐○–?]\s+{word}", drawn)
