"""Where a release sits by its own file: a release file of the Model Openness Framework, read and placed by the release rule.

A file says what its author delivers. Weights that it does not list are not part of the release: closed. Run code that it does not
list is unknown, because such files often leave out code that a common library holds; written as "Component not included" it
counts as kept back. A component without any license, at the component or above it, grants nothing; one whose license is given as
unknown or undisclosed stays undetermined. Data collected from others needs a license of its own or one for all data: that of the
distribution alone leaves it undetermined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.expressions import place_expression
from openstrat.analysis.licenses.names import read_name
from openstrat.analysis.licenses.placement import place_license
from openstrat.analysis.releases.mof.evaluation import evaluate
from openstrat.analysis.releases.mof.result import CountedLicense, LicenseOrigin, MofMode, MofResult, Verdict
from openstrat.analysis.releases.positions import CLOSED, RUN_CRITICAL, UNKNOWN, PlacedComponent, ReleasePosition, decide, doubt_reach
from openstrat.collect.mof_file import DISTRIBUTION, ReleaseFile
from openstrat.errors import InputError
from openstrat.terms import AssetType, Component, read_term

if TYPE_CHECKING:
    import pandas as pd

ASSETS = {"code": AssetType.CODE, "data": AssetType.DATA, "document": AssetType.DOCS}
PARAMETERS = (Component.WEIGHTS, Component.INTERMEDIATE_CHECKPOINTS)
NOT_TOLD = {"undisclosed", "not disclosed", "unknown", "not specified", "unspecified", "n/a"}
"""Words in place of a license which say that it is not known, other than that there is none."""


@dataclass(frozen=True)
class LicenseTables:
    """The tables license_terms, licenses and license_aliases."""

    terms: pd.DataFrame
    licenses: pd.DataFrame
    aliases: pd.DataFrame


@dataclass(frozen=True)
class DeclaredRelease:
    """A release file placed on the spectrum, and its class by the Model Openness Framework in repaired mode."""

    position: ReleasePosition
    completeness: MofResult


def place_release_file(
    release: ReleaseFile, mof_components: pd.DataFrame, mof_licenses: pd.DataFrame, tables: LicenseTables
) -> DeclaredRelease:
    """Return position and completeness of a release file; license names are read as people write them.

    A name that could be several licenses, or that nobody here knows, leaves its component undetermined; the reason says what it
    might be.
    """
    result = evaluate(
        release,
        mof_components,
        mof_licenses,
        mode=MofMode.REPAIRED.value,
        read_license=lambda given: read_name(given, tables.licenses, tables.aliases),
    )
    names = dict(zip(mof_components["name"], mof_components["component"], strict=True))
    not_told = {repair.place: repair.given for repair in result.repairs if repair.given.strip().casefold() in NOT_TOLD}
    parts = {}
    for item in result.licenses:
        component = read_term(Component, names[item.component])
        parts[component] = _placed(component, item, tables, not_told.get(_place(item), ""))
    kept_back = {names[repair.place] for repair in result.repairs if repair.read_as == "not delivered"}
    for component in RUN_CRITICAL:
        parts.setdefault(component, _unlisted(component, is_kept_back=component.value in kept_back))
    ordered = [*(parts[item] for item in RUN_CRITICAL), *(part for key, part in parts.items() if key not in RUN_CRITICAL)]
    return DeclaredRelease(decide(release.name or "release", ordered), result)


def _place(item: CountedLicense) -> str:
    """Return where the license of a component stands, as the list of repairs calls it."""
    scopes = {LicenseOrigin.TYPE_WIDE: item.content_type, LicenseOrigin.DISTRIBUTION_WIDE: DISTRIBUTION}
    return f"license.{scopes[item.origin]}" if item.origin in scopes else item.component


def _placed(component: Component, item: CountedLicense, tables: LicenseTables, not_told: str) -> PlacedComponent:
    asset = AssetType.WEIGHTS if component in PARAMETERS else ASSETS[item.content_type]
    is_inherited = item.origin not in (LicenseOrigin.COMPONENT, LicenseOrigin.NONE)
    if not_told:
        return PlacedComponent(component, UNKNOWN, f"The file gives {not_told!r} for its license.", is_inherited=is_inherited)
    if item.verdict == Verdict.UNLICENSED:
        nothing = place_license(None, asset, tables.terms, tables.licenses)
        return PlacedComponent(component, nothing.level, nothing.reason, source_ids=nothing.source_ids)
    try:
        placed = place_expression(item.license, asset, tables.terms, tables.licenses, tables.aliases)
    except InputError as error:
        return PlacedComponent(component, UNKNOWN, str(error), license_id=item.license, is_inherited=is_inherited)
    part = PlacedComponent(
        component=component,
        level=placed.level,
        reason=placed.reason,
        license_id=placed.expression,
        restrictions=() if placed.level == CLOSED else placed.restrictions,
        unknown=placed.unknown,
        is_inherited=is_inherited,
        source_ids=placed.source_ids,
    )
    return doubt_reach(part) if item.origin == LicenseOrigin.DISTRIBUTION_WIDE else part


def _unlisted(component: Component, *, is_kept_back: bool) -> PlacedComponent:
    if is_kept_back:
        return PlacedComponent(component, CLOSED, "The file says that it is not included.")
    if component == Component.WEIGHTS:
        return PlacedComponent(component, CLOSED, "The file does not list the final parameters, so the release comes without weights.")
    remedy = "List it with its license, or write 'Component not included' there if nothing open runs the model."
    return PlacedComponent(component, UNKNOWN, f"The file does not list it. {remedy}")
