"""What would settle an undetermined position."""

from __future__ import annotations

import pytest

from openstrat.analysis.licenses.placement import DECIDING_COLUMNS
from openstrat.analysis.releases.positions import PlacedComponent, decide
from openstrat.analysis.releases.unsettled import open_questions
from openstrat.terms import Component, ComponentStatus, OpennessLevel

OPEN, UNKNOWN = OpennessLevel.FULLY_OPEN, OpennessLevel.UNDETERMINED
KNOWN = {"Apache-2.0", "LicenseRef-House-1.0", "LicenseRef-House-2.0", "LicenseRef-Half-Read"}


def unknown(component: Component, **facts: object) -> PlacedComponent:
    return PlacedComponent(component, UNKNOWN, "Not known.", **facts)  # type: ignore[arg-type]


def remedies(*parts: PlacedComponent) -> dict[str, list[str]]:
    """Return the components by remedy, for a release whose other run-critical parts are open."""
    given = {part.component: part for part in parts}
    critical = (Component.WEIGHTS, Component.ARCHITECTURE, Component.INFERENCE_CODE)
    every = [PlacedComponent(item, OPEN, "Open.") for item in critical if item not in given] + list(parts)
    return {item.remedy: [part.value for part in item.components] for item in open_questions(decide("x", every), KNOWN)}


@pytest.mark.parametrize(
    ("part", "remedy"),
    [
        (unknown(Component.WEIGHTS), "A record of whether it was delivered, and under which license."),
        (unknown(Component.WEIGHTS, status=ComponentStatus.OPEN), "A source that names its license."),
        (unknown(Component.WEIGHTS, status=ComponentStatus.PARTIAL), "What became of the rest, and under which license."),
        (
            unknown(Component.WEIGHTS, license_id="LicenseRef-House", unknown=DECIDING_COLUMNS),
            "Which version of LicenseRef-House binds this release. Read so far: LicenseRef-House-1.0, LicenseRef-House-2.0.",
        ),
        (
            unknown(Component.WEIGHTS, license_id="LicenseRef-Never-Read", unknown=DECIDING_COLUMNS),
            "Reading the text of LicenseRef-Never-Read.",
        ),
        (
            unknown(Component.WEIGHTS, license_id="LicenseRef-Half-Read", unknown=("output_use", "revocable")),
            "What LicenseRef-Half-Read says on output use, revocable.",
        ),
        (unknown(Component.WEIGHTS, license_id="Our License"), "Which license 'Our License' means."),
    ],
)
def test_each_kind_of_doubt_has_its_own_remedy(part: PlacedComponent, remedy: str) -> None:
    assert remedies(part) == {remedy: ["weights"]}


def test_run_code_with_the_same_remedy_is_one_question() -> None:
    found = remedies(unknown(Component.ARCHITECTURE), unknown(Component.INFERENCE_CODE))
    assert list(found.values()) == [["architecture", "inference_code"]]
    assert "openly licensed implementation" in next(iter(found))


def test_a_settled_release_leaves_nothing_to_ask() -> None:
    assert remedies() == {}
