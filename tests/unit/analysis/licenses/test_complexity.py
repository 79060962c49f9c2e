"""The complexity score: counted by hand for five licenses, then properties over all."""

from __future__ import annotations

import pytest

from openstrat.analysis.licenses.complexity import Complexity, complexity_of, complexity_table
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.store import read_table


def score(expression: str) -> Complexity:
    tables = [read_table(name) for name in ("license_terms", "license_thresholds", "licenses", "edited_standard_texts")]
    return complexity_of(expression, *tables)


def conditions(expression: str) -> list[str]:
    return [condition.kind.value for condition in score(expression).conditions]


@pytest.mark.parametrize(
    ("license_id", "expected"),
    [
        # 700 million users; "Built with Llama" and the prefix; acceptable use policy; EU; name on output-trained models
        ("LicenseRef-Llama-4", ["scale_cap", "naming", "field_of_use", "region", "output_use"]),
        # MIT plus a display in large products: its two thresholds forbid nothing, so they are no caps
        ("LicenseRef-Kimi-K2-Modified-MIT", ["naming"]),
        # prohibited use policy; models trained on outputs count as derived. No threshold, no region, no prescribed name
        ("LicenseRef-Gemma-ToU-2025-03-24", ["field_of_use", "output_use"]),
        ("Apache-2.0", []),
        ("MIT", []),
    ],
)
def test_conditions_counted_by_hand(license_id: str, expected: list[str]) -> None:
    found = score(license_id)
    assert conditions(license_id) == expected
    assert (found.score, found.high) == (len(expected), len(expected))


@pytest.mark.parametrize("license_id", ["LicenseRef-Llama-4", "LicenseRef-Dify-Open-Source", "LicenseRef-Open-WebUI", "LicenseRef-GLM-4"])
def test_the_examples_of_the_concept_are_flagged(license_id: str) -> None:
    assert score(license_id).is_flagged is True


def test_apache_is_not_flagged() -> None:
    assert score("Apache-2.0").is_flagged is False
    assert score("Apache-2.0").remarks == ()


def test_what_is_not_a_condition_is_said_beside_the_score() -> None:
    found = score("LicenseRef-Kimi-K2-Modified-MIT")
    assert found.is_complicated is False
    assert found.remarks == ("No SPDX identifier.", "Looks like MIT, but was changed in substance.")


def test_blank_cells_widen_the_score_and_leave_the_verdict_open() -> None:
    found = score("LicenseRef-Jamba-Open-Model")
    assert found.high > found.score
    assert found.is_complicated is None
    assert found.unknown


def test_several_licenses_in_one_tree_are_a_condition_of_their_own() -> None:
    assert conditions("Apache-2.0 AND LicenseRef-Commons-Clause-1.0") == ["field_of_use", "several_licenses"]


def test_every_condition_points_to_a_clause_with_sources() -> None:
    for condition in score("LicenseRef-Llama-4").conditions:
        assert all(clause.says and clause.source_ids for clause in condition.clauses)


def test_a_cap_quotes_its_threshold() -> None:
    (cap,) = [condition for condition in score("LicenseRef-Llama-4").conditions if condition.kind == "scale_cap"]
    assert "700 million monthly users" in cap.clauses[0].says


def test_the_table_scores_every_license_that_grants_something_once() -> None:
    terms = read_table("license_terms")
    table = complexity_table(terms, read_table("license_thresholds"), read_table("licenses"))
    assert sorted(table["license_id"]) == sorted(terms.loc[terms["grant"] != "none", "license_id"])
    assert table["score"].is_monotonic_decreasing
    assert (table["high"] >= table["score"]).all()


def test_a_choice_is_refused_because_its_alternatives_differ() -> None:
    with pytest.raises(InputError, match="one by one"):
        score("MIT OR LicenseRef-Llama-4")


def test_nothing_granted_has_nothing_to_count() -> None:
    with pytest.raises(InputError, match="grants nothing"):
        score("LicenseRef-No-License")


def test_an_unread_license_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="Aladdin"):
        score("Aladdin")
