"""The framework as data: components in the order of the published tool, and the licenses that count as open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.tables.cells import split_list

if TYPE_CHECKING:
    import pandas as pd

CLASSES = (3, 2, 1)
"""Classes from the least to the most complete; each asks for everything that the one before it asks for."""

LABELS = {
    3: "Class III - Open Model",
    2: "Class II - Open Tooling Model",
    1: "Class I - Open Science Model",
    0: "Unclassified",
}
REPORT = "Technical report"
PAPER = "Research paper"
"""The report may be left out when there is a paper."""


@dataclass(frozen=True)
class FrameworkComponent:
    """One component: its kind of content, the class that first looks at it, and whether that class asks for it."""

    name: str
    content_type: str
    mof_class: int
    is_required: bool


@dataclass(frozen=True)
class OpenLicense:
    """A license that counts as open: why (`osi`, `fsf`, `open_data`, `named`), and the content it was made for."""

    name: str
    license_id: str
    grounds: frozenset[str]
    content_types: frozenset[str]


@dataclass(frozen=True)
class Framework:
    """Components in the tool's order, and open licenses by the name that the tool compares."""

    components: tuple[FrameworkComponent, ...]
    licenses: Mapping[str, OpenLicense]

    def looked_at(self, mof_class: int, *, is_required: bool) -> tuple[FrameworkComponent, ...]:
        """Return what a class asks for, or only looks at: the parts of class III first, then II, then I."""
        return tuple(
            component
            for part in CLASSES
            if part >= mof_class
            for component in self.components
            if component.mof_class == part and component.is_required is is_required
        )

    def component(self, name: str) -> FrameworkComponent | None:
        """Return a component by its exact name, or None."""
        return next((component for component in self.components if component.name == name), None)


def read_framework(components: pd.DataFrame, mof_licenses: pd.DataFrame) -> Framework:
    """Return the framework that the tables `mof_components` and `mof_licenses` describe."""
    parts = tuple(
        FrameworkComponent(str(row["name"]), str(row["content_type"]), int(row["mof_class"]), bool(row["is_required"]))
        for row in components.sort_values("position").to_dict("records")
    )
    licenses = [
        OpenLicense(
            str(row["name"]),
            str(row["license_id"]),
            frozenset(split_list(row["grounds"])),
            frozenset(split_list(row["content_types"])),
        )
        for row in mof_licenses.to_dict("records")
    ]
    return Framework(parts, {item.name: item for item in licenses})
