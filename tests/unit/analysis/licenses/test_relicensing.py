"""Publishing a changed version, or a model trained on outputs, under another license."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.licenses.findings import Finding, Verdict
from openstrat.analysis.licenses.placement import place_license
from openstrat.analysis.licenses.relicensing import Relicensing, relicense_as, train_on_outputs
from openstrat.tables.store import read_table
from openstrat.terms import AssetType, OpennessLevel

LICENSES = sorted(read_table("license_terms")["license_id"])


def publish(base: str, new: str) -> Relicensing:
    return relicense_as(base, new, read_table("license_terms"), read_table("compatibility_clauses"))


def train(source: str, new: str) -> Finding:
    return train_on_outputs(source, new, read_table("license_terms"))


def test_a_llama_fine_tune_cannot_go_out_under_apache_because_the_terms_travel() -> None:
    found = publish("LicenseRef-Llama-3.1", "Apache-2.0")
    assert found.verdict is Verdict.NO
    assert "travel" in found.reason
    assert found.clauses[0].column == "redistribution"


def test_a_gemma_fine_tune_cannot_go_out_under_apache_because_limits_flow_down() -> None:
    found = publish("LicenseRef-Gemma-ToU-2025-03-24", "Apache-2.0")
    assert found.verdict is Verdict.NO
    assert found.clauses[0].column == "has_use_restrictions_flow_down"
    assert found.clauses[0].value == "true"


def test_a_non_commercial_base_cannot_become_apache() -> None:
    assert publish("CC-BY-NC-4.0", "Apache-2.0").verdict is Verdict.NO


def test_an_mit_base_may_become_apache_with_its_notices() -> None:
    found = publish("MIT", "Apache-2.0")
    assert found.verdict is Verdict.YES
    assert [duty.what for duty in found.carried] == ["Keep the copyright and permission notices."]


def test_an_apache_base_under_mit_keeps_its_notice_file_marked_changes_and_patent_terms_for_its_part() -> None:
    found = publish("Apache-2.0", "MIT")
    assert found.verdict is Verdict.PARTLY
    kept = " ".join(duty.what for duty in found.carried)
    assert "notice file" in kept
    assert "Mark what was changed" in kept
    assert "the patent license ends" in kept


def test_a_base_that_bars_changed_versions_has_no_fine_tune_to_publish() -> None:
    found = publish("CC-BY-ND-4.0", "CC-BY-4.0")
    assert found.verdict is Verdict.NO
    assert "derivatives" in {clause.column for clause in found.clauses}
    assert "under the base license" not in found.resolves


def test_copyleft_bases_keep_their_license_unless_a_text_lets_them_go() -> None:
    assert publish("GPL-3.0-only", "Apache-2.0").verdict is Verdict.NO
    assert publish("LGPL-3.0-only", "GPL-3.0-only").verdict is Verdict.YES


@pytest.mark.parametrize(
    ("base", "new"),
    [
        ("EUPL-1.2", "MPL-2.0"),  # Art. 5: a work based on both
        ("EUPL-1.2", "AGPL-3.0-only"),
        ("MPL-2.0", "GPL-2.0-only"),  # s.3.3: a larger work
        ("GPL-3.0-only", "AGPL-3.0-only"),  # s.13: joined into one work
        ("MPL-2.0", "GPL-3.0-only"),  # s.3.3, then the later version of the GPL
    ],
)
def test_a_clause_for_combined_works_does_not_free_a_mere_changed_version(base: str, new: str) -> None:
    found = publish(base, new)
    assert found.verdict is Verdict.DEPENDS
    assert found.reason.startswith("Only as part of a work that joins it with other code: ")


@pytest.mark.parametrize(("base", "new"), [("LGPL-2.1-only", "GPL-2.0-or-later"), ("CC-BY-SA-3.0", "CC-BY-SA-4.0"), ("MPL-1.1", "MPL-2.0")])
def test_a_clause_for_any_changed_version_does(base: str, new: str) -> None:
    assert publish(base, new).verdict is Verdict.YES


def test_two_licenses_with_the_same_kinds_of_limits_are_left_to_a_reader() -> None:
    assert publish("LicenseRef-Llama-3.1", "LicenseRef-Llama-3.3").verdict is Verdict.UNKNOWN


def test_an_unread_base_is_unknown_and_says_which_cells_are_blank() -> None:
    found = publish("LicenseRef-AI2-ImpACT-LR-2.0", "Apache-2.0")
    assert found.verdict is Verdict.UNKNOWN
    assert "redistribution" in found.unknown


@given(st.sampled_from(LICENSES))
def test_a_changed_version_may_stay_under_its_own_license_unless_changes_or_copies_are_barred(license_id: str) -> None:
    terms = read_table("license_terms").set_index("license_id")
    barred = {"no", "private"} & {terms.loc[license_id, "derivatives"], terms.loc[license_id, "redistribution"]} or terms.loc[
        license_id, "grant"
    ] != "license"
    assert (publish(license_id, license_id).verdict is Verdict.YES) is not barred


@given(st.sampled_from(LICENSES))
def test_no_restricted_license_becomes_mit(license_id: str) -> None:
    level = place_license(license_id, AssetType.CODE, read_table("license_terms")).level
    if level is OpennessLevel.SOURCE_AVAILABLE:
        assert publish(license_id, "MIT").verdict in (Verdict.NO, Verdict.UNKNOWN)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("MIT", Verdict.YES),
        ("LicenseRef-Llama-3", Verdict.DEPENDS),  # bars other language models only
        ("LicenseRef-Llama-3.1", Verdict.PARTLY),  # allows it, with the name
        ("LicenseRef-Tencent-Hunyuan-Community-2024", Verdict.NO),
        ("LicenseRef-Gemma-ToU-2025-03-24", Verdict.NO),  # counts as derived, and limits flow down
        ("LicenseRef-AI2-ImpACT-LR-2.0", Verdict.UNKNOWN),
    ],
)
def test_a_model_trained_on_outputs_may_be_apache_only_as_far_as_the_terms_on_outputs_go(source: str, expected: Verdict) -> None:
    assert train(source, "Apache-2.0").verdict is expected


def test_the_reason_quotes_what_the_row_says_on_outputs() -> None:
    assert "other LLMs" in train("LicenseRef-Llama-3", "MIT").reason


def test_a_blank_cell_on_naming_keeps_a_yes_back() -> None:
    terms = read_table("license_terms")
    blanked = pd.concat([terms.loc[terms["license_id"] == "MIT"].assign(naming=None), terms.loc[terms["license_id"] == "Apache-2.0"]])
    assert relicense_as("MIT", "Apache-2.0", blanked, read_table("compatibility_clauses")).verdict is Verdict.UNKNOWN
