"""Release files of the Model Openness Framework on the spectrum."""

from __future__ import annotations

import pytest

from openstrat.analysis.releases.declared import DeclaredRelease, LicenseTables, place_release_file
from openstrat.collect.mof_file import read_release_file
from openstrat.tables.store import read_table
from openstrat.terms import Component, OpennessLevel

RUNNABLE = "  - name: Model architecture\n  - name: Inference code\n"


def place(components: str, *, distribution: str = "Apache-2.0") -> DeclaredRelease:
    text = f"release:\n name: Mine\n license:\n  distribution:\n   name: {distribution}\n components:\n{components}"
    tables = LicenseTables(read_table("license_terms"), read_table("licenses"), read_table("license_aliases"))
    return place_release_file(read_release_file(text), read_table("mof_components"), read_table("mof_licenses"), tables)


def weights(license_name: str) -> str:
    return f"  - name: Model parameters (Final)\n    license: {license_name}\n{RUNNABLE}"


WITH_CODE = "".join(f"  - name: {name}\n" for name in ("Model parameters (Final)", "Training code")) + RUNNABLE


def test_one_open_license_for_everything_is_not_known_to_reach_the_training_data() -> None:
    position = place(f"{WITH_CODE}  - name: Datasets\n").position
    assert (position.level, position.grade, position.grade_at_most) == (OpennessLevel.FULLY_OPEN, "b", "a")
    assert "may not reach data that was collected from others" in position.reason
    assert "the license of weights, architecture, inference code, training code." in position.reason
    assert position.component(Component.WEIGHTS).is_inherited


def test_training_data_with_an_open_license_of_its_own_is_grade_a() -> None:
    assert place(f"{WITH_CODE}  - name: Datasets\n    license: ODC-By-1.0\n").position.grade == "a"


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ("MIT", OpennessLevel.FULLY_OPEN),
        ("Apache 2.0", OpennessLevel.FULLY_OPEN),
        ("llama3.1", OpennessLevel.OPEN_WEIGHTS),
        ("CC-BY-NC-4.0", OpennessLevel.OPEN_WEIGHTS),
        ("MIT OR CC-BY-NC-4.0", OpennessLevel.FULLY_OPEN),
        ("MIT AND CC-BY-NC-4.0", OpennessLevel.OPEN_WEIGHTS),
        ("unlicensed", OpennessLevel.CLOSED),
        ("Undisclosed", OpennessLevel.UNDETERMINED),
        ("A license that nobody knows", OpennessLevel.UNDETERMINED),
        ("Component not included", OpennessLevel.CLOSED),
    ],
)
def test_the_license_given_for_the_weights_decides(given: str, level: OpennessLevel) -> None:
    assert place(weights(given)).position.level == level


def test_a_file_without_weights_is_closed() -> None:
    position = place(RUNNABLE).position
    assert (position.level, position.limiting) == (OpennessLevel.CLOSED, (Component.WEIGHTS,))


def test_run_code_that_the_file_does_not_list_is_unknown_and_the_answer_says_what_to_do() -> None:
    position = place("  - name: Model parameters (Final)\n  - name: Model architecture\n").position
    assert (position.level, position.unknown) == (OpennessLevel.UNDETERMINED, (Component.INFERENCE_CODE,))
    assert "List it with its license" in position.reason


def test_run_code_marked_as_not_included_leaves_open_weights() -> None:
    kept_back = "  - name: Inference code\n    license: Component not included\n"
    position = place("  - name: Model parameters (Final)\n  - name: Model architecture\n" + kept_back).position
    assert (position.level, position.limiting) == (OpennessLevel.OPEN_WEIGHTS, (Component.INFERENCE_CODE,))


def test_position_and_completeness_are_separate_answers() -> None:
    declared = place(weights("MIT"))
    assert declared.position.level == OpennessLevel.FULLY_OPEN
    assert declared.completeness.mof_class == 0
