"""From a list of components to the license that counts for each: what stands at it, for its kind of content, or for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openstrat.analysis.releases.mof.framework import Framework, FrameworkComponent, OpenLicense
from openstrat.analysis.releases.mof.result import CountedLicense, LicenseOrigin, Repair, Verdict
from openstrat.collect.mof_file import DISTRIBUTION

UNLICENSED = "unlicensed"
"""How a release file says that a component has no license, and what the tool shows when it finds none."""

EMPTY_NAMES = {"", "0", "0.0", "false"}
"""What the published tool treats as no name: PHP calls zero and false empty as well."""

Fit = Callable[[OpenLicense, str], bool]


@dataclass(frozen=True)
class Listing:
    """Delivered components of the framework with the license stated at each, licenses by scope, and what was repaired or noted.

    A license of None means that nothing is said at the component; an empty one, that it has none.
    """

    components: Mapping[str, str | None]
    licenses: Mapping[str, str]
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()


def is_empty(name: str) -> bool:
    """Say whether the published tool takes a license name for none."""
    return name.lower() in EMPTY_NAMES


def count_licenses(listing: Listing, framework: Framework, is_made_for: Fit) -> dict[str, CountedLicense]:
    """Return the license that counts for each delivered component, by component, in the tool's order of evaluation."""
    order = sorted(framework.components, key=lambda part: (-part.mof_class, not part.is_required))
    return {part.name: _count(part, listing, framework, is_made_for) for part in order if part.name in listing.components}


def _count(part: FrameworkComponent, listing: Listing, framework: Framework, is_made_for: Fit) -> CountedLicense:
    name, origin = _resolve(part, listing)
    found = framework.licenses.get(name)
    if found:
        return CountedLicense(part.name, part.content_type, name, origin, Verdict.OPEN, is_made_for(found, part.content_type))
    verdict = Verdict.UNLICENSED if name == UNLICENSED else Verdict.INVALID
    return CountedLicense(part.name, part.content_type, name, origin, verdict, is_made_for_it=False)


def _resolve(part: FrameworkComponent, listing: Listing) -> tuple[str, LicenseOrigin]:
    stated = listing.components[part.name]
    if stated is not None:
        return (UNLICENSED if is_empty(stated) else stated), LicenseOrigin.COMPONENT
    for scope, origin in ((part.content_type, LicenseOrigin.TYPE_WIDE), (DISTRIBUTION, LicenseOrigin.DISTRIBUTION_WIDE)):
        name = listing.licenses.get(scope, "")
        if not is_empty(name):
            return name, origin
    return UNLICENSED, LicenseOrigin.NONE
