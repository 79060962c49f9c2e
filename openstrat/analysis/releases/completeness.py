"""How complete a release is: its class in the Model Openness Framework, as a range where parts are unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.analysis.releases.mof.evaluation import evaluate
from openstrat.analysis.releases.mof.result import MofMode, MofResult
from openstrat.collect.mof_file import ListedComponent, ReleaseFile
from openstrat.terms import ComponentStatus

if TYPE_CHECKING:
    import pandas as pd

WITHOUT = {ComponentStatus.CLOSED, ComponentStatus.NOT_RELEASED}
UNLICENSED = "unlicensed"
OPEN_FOR = {"code": "Apache-2.0", "data": "CDLA-Permissive-2.0", "document": "CC-BY-4.0"}
"""A license that the framework counts as open, by kind of content: what an unknown part is given for the best case."""


@dataclass(frozen=True)
class Completeness:
    """Class range of a release: `low` as if every unknown part were missing, `high` as if it came under an open license.

    `n_known` of `n_components` parts are known; `unknown` names the others as the framework does. A part is unknown when nothing
    is recorded of it, when it was delivered in part, or when no source names its license. Not found counts as not delivered.
    """

    release_id: str
    low: MofResult
    high: MofResult
    n_known: int
    n_components: int
    unknown: tuple[str, ...]

    @property
    def label(self) -> str:
        """The class, or the range of classes, in words."""
        return self.low.label if self.low.mof_class == self.high.mof_class else f"{self.low.label} to {self.high.label}"

    @property
    def is_open_model(self) -> bool | None:
        """Whether at least class III is reached; None when that hangs on unknown parts."""
        if self.low.mof_class:
            return True
        return None if self.high.mof_class else False


def completeness(release_id: str, components: pd.DataFrame, mof_components: pd.DataFrame, mof_licenses: pd.DataFrame) -> Completeness:
    """Return the class range of one release of the table release_components.

    Licenses are compared by identifier, in repaired mode of the framework's evaluator.
    """
    rows = components.loc[components["release_id"] == release_id].set_index("component")
    names = dict(zip(mof_licenses["license_id"], mof_licenses["name"], strict=True))
    listed, guessed, unknown = [], [], []
    for part in mof_components.sort_values("position").to_dict("records"):
        known = _license_if_known(rows, part["component"], names)
        if known is None:
            unknown.append(part["name"])
            guessed.append(ListedComponent(part["name"], OPEN_FOR[part["content_type"]]))
        elif known:
            listed.append(ListedComponent(part["name"], known))
    low, high = (
        evaluate(ReleaseFile(release_id, tuple(items)), mof_components, mof_licenses, mode=MofMode.REPAIRED.value)
        for items in (listed, [*listed, *guessed])
    )
    return Completeness(release_id, low, high, len(mof_components) - len(unknown), len(mof_components), tuple(unknown))


def _license_if_known(rows: pd.DataFrame, component: str, names: dict[str, str]) -> str | None:
    """Return the license name the framework compares; empty when not delivered, None when it is not known."""
    if component not in rows.index:
        return None
    row = rows.loc[component]
    if row["status"] in WITHOUT:
        return ""
    if row["status"] == ComponentStatus.PUBLISHED_WITHOUT_LICENSE:
        return UNLICENSED
    if row["status"] == ComponentStatus.PARTIAL or not isinstance(row["license_id"], str):
        return None
    return names.get(row["license_id"], row["license_id"])
