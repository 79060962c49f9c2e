"""Phrases and source lines that several sections share."""

from __future__ import annotations

from collections.abc import Iterable

from openstrat.analysis.auditing import Audit
from openstrat.analysis.releases.positions import PlacedComponent, ReleasePosition
from openstrat.present.charts.shared import short_license
from openstrat.present.words import listed
from openstrat.terms import Component, OpennessLevel

ROMAN = {3: "III", 2: "II", 1: "I"}
NEEDS_TABLE = "This section needs a release of the table; a release file says nothing on it."


def source_of(asked: Audit) -> str:
    """Return the source line of everything that rests on the components and their terms."""
    own = "openstrat tables release_components and run_code" if asked.recorded else "the release file"
    return f"{own}; terms from openstrat table license_terms; rule: a release is as open as the least open part needed to run it"


def without_prefix(sentence: str) -> str:
    """Return a sentence that calls licenses as charts do, without `LicenseRef-`."""
    return sentence.replace("LicenseRef-", "")


def level_phrase(position: ReleasePosition) -> str:
    """Return level and grade in words; for an undetermined release the range."""
    if position.level == OpennessLevel.UNDETERMINED:
        return f"undetermined, between {position.lowest.label} and {position.highest.label}"
    return position.level.label + (f", grade {position.grade}" if position.grade else "")


def names_of(components: Iterable[Component], most: int = 6) -> str:
    """Return components as a phrase: 'weights, architecture and inference code'."""
    return listed([component.label for component in components], most=most)


def sentence_case(text: str) -> str:
    """Return text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def license_phrase(part: PlacedComponent) -> str:
    """Return the license of a component in a few words; a star means that it was stated for the whole distribution."""
    if part.license_id is None:
        return "none" if part.level == OpennessLevel.CLOSED else "not named"
    by = f", of {part.implementation}" if part.implementation else ""
    return f"{short_license(part.license_id)}{by}{' *' * part.is_inherited}"


def limits_phrase(part: PlacedComponent) -> str:
    """Return what limits the use of a component, in a few words."""
    if part.restrictions:
        return listed([ground.restriction.value for ground in part.restrictions], most=16)
    words = {OpennessLevel.FULLY_OPEN: "nothing", OpennessLevel.CLOSED: "all rights kept"}
    return words.get(part.level, "not known")
