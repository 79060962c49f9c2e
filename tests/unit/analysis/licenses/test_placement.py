"""Positions on the openness spectrum, from rows made by hand and from the shipped terms."""

from __future__ import annotations

import pandas as pd
import pytest
from rows import OPEN_ROW

from openstrat.analysis.licenses.placement import (
    DECIDING_COLUMNS,
    Placement,
    TermReading,
    place_license,
    place_undelivered,
    restriction_table,
    restrictions_of,
)
from openstrat.errors import UnknownNameError
from openstrat.tables.store import read_table
from openstrat.terms import AssetType, Confidence, Obligation, OpennessLevel, Restriction


def reading(**cells: str | None) -> TermReading:
    return restrictions_of(OPEN_ROW | cells)


def place(license_id: str | None, asset: AssetType = AssetType.WEIGHTS) -> Placement:
    return place_license(license_id, asset, read_table("license_terms"), read_table("licenses"))


def place_row(asset: AssetType = AssetType.WEIGHTS, **cells: str | None) -> Placement:
    return place_license("LicenseRef-Test", asset, pd.DataFrame([OPEN_ROW | cells]))


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("commercial_use", "no", Restriction.NON_COMMERCIAL),
        ("commercial_gate", "scale", Restriction.SCALE_GATE),
        ("commercial_gate", "permission", Restriction.PERMISSION_GATE),
        ("competing_use", "service_business", Restriction.SERVICE_GATE),
        ("use_scope", "internal", Restriction.USE_LIMITED),
        ("redistribution", "no", Restriction.NO_REDISTRIBUTION),
        ("derivatives", "no", Restriction.NO_DERIVATIVES),
        ("derivatives", "private", Restriction.NO_DERIVATIVES),
        ("derivatives", "conditional", Restriction.LIMITED_DERIVATIVES),
        ("hosted_service", "no", Restriction.NO_HOSTING),
        ("competing_use", "managed_service", Restriction.NO_HOSTING),
        ("competing_use", "competing_product", Restriction.COMPETITION),
        ("copyleft_trigger", "service", Restriction.SERVICE_COPYLEFT),
        ("output_use", "no_other_llms", Restriction.OUTPUT_BAN),
        ("output_use", "naming_duty", Restriction.OUTPUT_DUTY),
        ("acceptable_use_policy", "inline", Restriction.USE_POLICY),
        ("geographic_exclusion", "EU; UK", Restriction.TERRITORY),
        ("revocable", "revocable", Restriction.REVOCABLE),
    ],
)
def test_one_cell_is_enough_for_a_restriction_and_is_named_as_its_ground(column: str, value: str, expected: Restriction) -> None:
    found = reading(**{column: value})
    assert found.restriction_set == (expected,)
    assert found.restrictions[0].cells[0] == (column, value.split("; ", maxsplit=1)[0])
    assert "s.1 grants everything." in found.restrictions[0].clause


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("naming", "display", Obligation.DISPLAY),
        ("naming", "display_at_scale", Obligation.DISPLAY),
        ("naming", "attribution", Obligation.NOTICES),
        ("copyleft_trigger", "distribution", Obligation.COPYLEFT),
        ("copyleft_trigger", "network", Obligation.COPYLEFT),
        ("patent_retaliation", "all_rights", Obligation.PATENT_RETALIATION),
    ],
)
def test_notices_copyleft_retaliation_and_display_are_obligations_and_leave_a_work_fully_open(
    column: str, value: str, expected: Obligation
) -> None:
    assert expected in reading(**{column: value}).obligations
    assert place_row(**{column: value}).level == OpennessLevel.FULLY_OPEN


def test_restrictions_stand_in_the_order_of_the_vocabulary() -> None:
    found = reading(revocable="revocable", output_use="research_only; display_duty", commercial_use="no")
    assert found.restriction_set == (Restriction.NON_COMMERCIAL, Restriction.OUTPUT_BAN, Restriction.OUTPUT_DUTY, Restriction.REVOCABLE)


@pytest.mark.parametrize("column", DECIDING_COLUMNS)
def test_a_blank_cell_that_could_restrict_makes_the_level_undetermined(column: str) -> None:
    placed = place_row(**{column: None})
    assert placed.level == OpennessLevel.UNDETERMINED
    assert placed.unknown == (column,)
    assert column in placed.reason


def test_a_restriction_decides_even_beside_an_unknown_cell() -> None:
    placed = place_row(revocable=None, hosted_service="no")
    assert (placed.level, placed.unknown) == (OpennessLevel.OPEN_WEIGHTS, ("revocable",))


def test_a_condition_that_no_other_cell_names_is_unknown() -> None:
    assert reading(hosted_service="conditional").unknown == ("hosted_service",)
    assert reading(hosted_service="conditional", copyleft_trigger="network").unknown == ()
    assert reading(commercial_use="conditional", commercial_gate="scale").unknown == ()


@pytest.mark.parametrize(
    ("asset", "level"),
    [
        (AssetType.WEIGHTS, OpennessLevel.OPEN_WEIGHTS),
        (AssetType.CODE, OpennessLevel.SOURCE_AVAILABLE),
        (AssetType.DATA, OpennessLevel.SOURCE_AVAILABLE),
        (AssetType.DOCS, OpennessLevel.SOURCE_AVAILABLE),
        (AssetType.API, OpennessLevel.CLOSED),
    ],
)
def test_the_same_restriction_has_a_level_per_kind_of_asset(asset: AssetType, level: OpennessLevel) -> None:
    assert place_row(asset, commercial_use="no").level == level


def test_name_and_confidence_do_not_enter_the_level() -> None:
    renamed = pd.DataFrame([OPEN_ROW | {"license_id": "LicenseRef-Proprietary-Community-NC", "confidence": "secondary"}])
    placed = place_license("LicenseRef-Proprietary-Community-NC", AssetType.WEIGHTS, renamed)
    assert (placed.level, placed.confidence) == (OpennessLevel.FULLY_OPEN, Confidence.SECONDARY)


@pytest.mark.parametrize("license_id", [None, "LicenseRef-No-License", "LicenseRef-API-OpenAI"])
def test_no_license_and_service_terms_are_closed(license_id: str | None) -> None:
    assert place(license_id).level == OpennessLevel.CLOSED


def test_what_was_not_delivered_is_closed_and_rests_on_the_callers_word() -> None:
    placed = place_undelivered(AssetType.WEIGHTS)
    assert (placed.level, placed.license_id, placed.confidence) == (OpennessLevel.CLOSED, None, None)


@pytest.mark.parametrize("license_id", ["APSL-2.0", "LicenseRef-NVIDIA-Open-Model"])
def test_unread_terms_are_undetermined_even_when_an_authority_approves_the_license(license_id: str) -> None:
    placed = place(license_id)
    assert placed.level == OpennessLevel.UNDETERMINED
    assert "not read" in placed.reason


def test_unknown_license_suggests_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError, match=r"LicenseRef-Llama-44.*Did you mean 'LicenseRef-Llama-4'"):
        place("LicenseRef-Llama-44")


@pytest.mark.parametrize(
    "license_id", ["Apache-2.0", "MIT", "MPL-2.0", "GPL-3.0-only", "AGPL-3.0-only", "CC-BY-SA-4.0", "OpenMDW-1.0", "LicenseRef-OpenMDW-1.1"]
)
def test_licenses_that_only_ask_in_return_are_fully_open(license_id: str) -> None:
    assert place(license_id, AssetType.CODE).level == OpennessLevel.FULLY_OPEN


def test_nothing_that_osi_approves_comes_out_restricted() -> None:
    licenses = read_table("licenses")
    approved = licenses[licenses["is_osi_approved"].fillna(False) & licenses["has_terms"]]["license_id"]
    levels = {license_id: place(license_id, AssetType.CODE).level for license_id in approved}
    assert len(levels) == 38
    assert set(levels.values()) == {OpennessLevel.FULLY_OPEN}


@pytest.mark.parametrize(
    ("license_id", "expected"),
    [
        ("LicenseRef-Llama-2", {"scale_gate", "output_ban", "use_policy"}),
        ("LicenseRef-Llama-4", {"scale_gate", "output_duty", "use_policy", "territory"}),
        ("LicenseRef-Gemma-ToU-2024-04-01", {"output_duty", "use_policy"}),
        ("LicenseRef-Kimi-K2-Modified-MIT", set()),
        ("LicenseRef-Kimi-K3", {"service_gate"}),
        ("LicenseRef-Yi-2.1", {"permission_gate", "output_duty", "use_policy", "revocable"}),
        ("LicenseRef-Tencent-Hunyuan-Community-2024", {"scale_gate", "output_ban", "use_policy", "territory"}),
        ("SSPL-1.0", {"service_copyleft"}),
        ("Elastic-2.0", {"no_hosting", "limited_derivatives"}),
        ("LicenseRef-RSALv2", {"no_hosting", "competition"}),
        ("CC-BY-ND-4.0", {"no_derivatives"}),
        ("BUSL-1.1", {"use_limited"}),
        ("FSL-1.1-ALv2", {"competition"}),
        ("SUL-1.0", {"use_limited", "no_hosting"}),
        ("LicenseRef-PolyForm-Strict-1.0.0", {"non_commercial", "no_redistribution", "no_derivatives", "no_hosting"}),
        ("CC-BY-NC-4.0", {"non_commercial"}),
    ],
)
def test_restriction_sets_known_from_the_texts(license_id: str, expected: set[str]) -> None:
    row = restriction_table(read_table("license_terms")).loc[license_id]
    assert set(row.index[row]) == expected


def test_the_reason_names_level_deciding_cells_and_sections() -> None:
    placed = place("LicenseRef-Llama-4")
    assert placed.level == OpennessLevel.OPEN_WEIGHTS
    assert "bounds the use of the weights (scale gate: commercial_gate = scale; output duty: output_use = naming_duty;" in placed.reason
    assert "s.2 700M MAU" in placed.reason
    assert "license-llama-4" in placed.source_ids


def test_a_bar_that_each_licensor_fills_in_counts_as_unknown() -> None:
    assert place("BUSL-1.1", AssetType.CODE).unknown == ("competing_use",)
    assert place("LicenseRef-BUSL-1.1-HashiCorp", AssetType.CODE).unknown == ()
