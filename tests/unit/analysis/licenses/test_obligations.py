"""Duties of one license and of several together, and where they contradict each other."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.licenses.findings import Verdict
from openstrat.analysis.licenses.obligations import Combination, ConflictKind, Duty, When, combine, obligations_of
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.store import read_table
from openstrat.terms import AssetType, Confidence, Restriction

LICENSES = sorted(read_table("license_terms")["license_id"])


def together(*license_ids: str, asset: AssetType = AssetType.WEIGHTS, outputs: tuple[str, ...] = ()) -> Combination:
    terms, clauses = read_table("license_terms"), read_table("compatibility_clauses")
    return combine(license_ids, terms, asset=asset, output_license_ids=outputs, compatibility_clauses=clauses)


def duties(license_id: str) -> dict[str, Duty]:
    return {duty.what: duty for duty in obligations_of(license_id, read_table("license_terms"))}


def kinds(found: Combination) -> set[ConflictKind]:
    return {conflict.kind for conflict in found.conflicts}


def test_mit_asks_for_its_notices_when_copies_are_passed_on_and_nothing_else() -> None:
    (only,) = duties("MIT").values()
    assert only.what == "Keep the copyright and permission notices."
    assert only.when == (When.ON_PASSING_ON,)
    assert only.columns == ("naming",)
    assert only.confidence is Confidence.VERIFIED
    assert "license-mit" in only.source_ids


def test_llama_asks_for_a_name_twice_once_for_derived_models_and_once_for_models_trained_on_outputs() -> None:
    found = duties("LicenseRef-Llama-3.1")
    assert found['Start the names of derived models with "Llama".'].when == (When.ON_NAMING,)
    assert found['Start the names of models trained on outputs with "Llama".'].when == (When.ON_OUTPUT_TRAINING,)
    assert 'Show the words "Built with Llama".' in found


def test_gemma_asks_that_limits_on_use_are_passed_on() -> None:
    assert "Bind everybody who receives it to the same limits on use." in duties("LicenseRef-Gemma-ToU-2025-03-24")


def test_agpl_bites_on_a_service_too_and_gpl_does_not() -> None:
    def on_service(license_id: str) -> bool:
        return any(When.ON_SERVICE in duty.when for duty in duties(license_id).values())

    assert on_service("AGPL-3.0-only")
    assert not on_service("GPL-3.0-only")


def test_blank_cells_are_open_questions_and_never_silence() -> None:
    blank = [duty for duty in duties("LicenseRef-AI2-ImpACT-LR-2.0").values() if not duty.is_known]
    assert {"naming", "has_use_restrictions_flow_down"} <= {column for duty in blank for column in duty.columns}
    assert all(duty.what.startswith("Not known:") for duty in blank)


def test_where_nothing_is_granted_nothing_is_asked() -> None:
    assert duties("LicenseRef-No-License") == {}


def test_a_shared_duty_is_listed_once_with_both_licenses() -> None:
    notices = [duty for duty in together("MIT", "ISC").duties if "notices" in duty.what]
    assert [duty.license_ids for duty in notices] == [("MIT", "ISC")]


def test_two_name_prefixes_contradict_each_other() -> None:
    found = together("LicenseRef-Llama-3.1", "LicenseRef-HyperCLOVA-X-SEED-2025")
    (conflict,) = [item for item in found.conflicts if item.kind is ConflictKind.NAME_PREFIXES]
    assert conflict.verdict is Verdict.NO
    assert '"Llama"' in conflict.why
    assert '"HyperCLOVA X"' in conflict.why
    assert [clause.column for clause in conflict.clauses] == ["naming", "naming"]
    assert conflict.resolves


def test_a_prefix_that_contains_the_other_satisfies_both() -> None:
    # "Llama 3 ..." also starts with "Llama".
    assert ConflictKind.NAME_PREFIXES not in kinds(together("LicenseRef-Llama-3", "LicenseRef-Llama-3.1"))


def test_name_prefixes_do_not_matter_for_code() -> None:
    found = together("LicenseRef-Llama-3.1", "LicenseRef-HyperCLOVA-X-SEED-2025", asset=AssetType.CODE)
    assert ConflictKind.NAME_PREFIXES not in kinds(found)


def test_a_prefix_beside_an_unread_license_is_not_known_to_be_free_of_conflict() -> None:
    found = together("LicenseRef-Llama-3.1", "LicenseRef-AI2-ImpACT-LR-2.0")
    assert {item.verdict for item in found.conflicts if item.kind is ConflictKind.NAME_PREFIXES} == {Verdict.UNKNOWN}
    assert found.is_free_of_conflicts is None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("CC-BY-SA-4.0", "ODbL-1.0", ConflictKind.TWO_COPYLEFTS),
        ("GPL-2.0-only", "GPL-3.0-only", ConflictKind.TWO_COPYLEFTS),
        ("CC-BY-SA-4.0", "CC-BY-NC-4.0", ConflictKind.COPYLEFT_AGAINST_LIMITS),
        ("GPL-3.0-only", "LicenseRef-Llama-3.1", ConflictKind.COPYLEFT_AGAINST_LIMITS),
        ("GPL-2.0-only", "Apache-2.0", ConflictKind.COPYLEFT_AGAINST_TERMS),
        ("LicenseRef-PolyForm-Strict-1.0.0", "MIT", ConflictKind.NO_DERIVATIVES),
    ],
)
def test_known_contradictions_are_found(first: str, second: str, expected: ConflictKind) -> None:
    found = together(first, second)
    assert expected in kinds(found)
    assert found.is_free_of_conflicts is False


def test_a_work_that_contains_a_no_derivatives_work_can_only_be_kept_to_oneself() -> None:
    (conflict,) = together("CC-BY-ND-4.0", "MIT").conflicts
    assert (conflict.kind, conflict.verdict) == (ConflictKind.NO_DERIVATIVES, Verdict.DEPENDS)
    assert conflict.resolves.startswith("Keep the result to yourself.")


@pytest.mark.parametrize(
    ("license_id", "expected"),
    [
        ("CC-BY-NC-4.0", "Let these terms travel with every copy, also inside changed versions."),
        ("CC-BY-NC-ND-4.0", "Let these terms travel with every copy."),
    ],
)
def test_terms_travel_inside_changed_versions_only_where_these_may_be_passed_on(license_id: str, expected: str) -> None:
    assert expected in duties(license_id)


@pytest.mark.parametrize(
    ("first", "second"), [("MIT", "Apache-2.0"), ("GPL-3.0-only", "Apache-2.0"), ("MPL-2.0", "MIT"), ("GPL-3.0-only", "AGPL-3.0-only")]
)
def test_licenses_that_go_together_have_no_conflict(first: str, second: str) -> None:
    assert together(first, second).is_free_of_conflicts is True


def test_a_limit_of_one_part_binds_the_whole() -> None:
    (limit,) = together("Apache-2.0", "CC-BY-NC-4.0").limits
    assert limit.restriction is Restriction.NON_COMMERCIAL
    assert limit.license_ids == ("CC-BY-NC-4.0",)


def test_outputs_that_may_not_train_the_new_model_are_a_conflict() -> None:
    found = together("Apache-2.0", outputs=("LicenseRef-Tencent-Hunyuan-Community-2024",))
    assert [(item.kind, item.verdict) for item in found.conflicts] == [(ConflictKind.OUTPUT_USE, Verdict.NO)]


def test_without_the_table_of_clauses_a_copyleft_pair_is_open_and_not_a_contradiction() -> None:
    found = combine(["GPL-3.0-only", "AGPL-3.0-only"], read_table("license_terms"), asset=AssetType.CODE)
    assert {item.verdict for item in found.conflicts} == {Verdict.UNKNOWN}


@given(st.lists(st.sampled_from(LICENSES), min_size=1, max_size=3, unique=True))
def test_the_union_keeps_every_duty_and_the_order_of_licenses_changes_no_verdict(names: list[str]) -> None:
    found = together(*names)
    for name in names:
        assert set(duties(name)) <= {duty.what for duty in found.duties if name in duty.license_ids}
    assert found.is_free_of_conflicts == together(*reversed(names)).is_free_of_conflicts
    assert {(item.kind, item.verdict) for item in found.conflicts} == {(i.kind, i.verdict) for i in together(*reversed(names)).conflicts}


@given(st.lists(st.sampled_from(LICENSES), min_size=2, max_size=3, unique=True))
def test_every_conflict_names_two_clauses_why_and_a_way_out(names: list[str]) -> None:
    for conflict in together(*names).conflicts:
        assert len(conflict.clauses) == 2
        assert conflict.why
        assert conflict.resolves


def test_no_license_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="at least one"):
        combine([], pd.DataFrame({"license_id": []}), asset=AssetType.CODE)


def test_an_unread_license_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="Aladdin"):
        together("MIT", "Aladdin")
