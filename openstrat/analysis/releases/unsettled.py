"""What is not known about a release's position, and what would settle it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from openstrat.analysis.licenses.placement import DECIDING_COLUMNS
from openstrat.analysis.releases.positions import COLLECTED_DATA, RUN_CODE, PlacedComponent, ReleasePosition
from openstrat.terms import Component, ComponentStatus


@dataclass(frozen=True)
class OpenQuestion:
    """What would settle the same doubt about one or more components."""

    components: tuple[Component, ...]
    doubt: str
    remedy: str
    source_ids: tuple[str, ...]


def open_questions(position: ReleasePosition, known_licenses: Collection[str]) -> tuple[OpenQuestion, ...]:
    """Return what the position or the grade hangs on and nobody has settled; components with the same remedy are one question.

    Parameters
    ----------
    position
        From `place_release` or `place_release_file`.
    known_licenses
        Licenses whose terms were read: the column license_id of the table license_terms.
    """
    found: dict[str, list[PlacedComponent]] = {}
    for component in position.unknown:
        part = position.component(component)
        found.setdefault(_remedy(part, known_licenses), []).append(part)
    return tuple(
        OpenQuestion(
            components=tuple(part.component for part in parts),
            doubt=parts[0].reason,
            remedy=remedy,
            source_ids=tuple(dict.fromkeys(source for part in parts for source in part.source_ids)),
        )
        for remedy, parts in found.items()
    )


def _remedy(part: PlacedComponent, known_licenses: Collection[str]) -> str:
    if part.status == ComponentStatus.PARTIAL:
        return "What became of the rest, and under which license."
    if part.is_inherited and part.component in COLLECTED_DATA:
        return "A license stated for the data itself."
    if part.license_id is not None:
        return _terms_to_read(part.license_id, part.unknown, known_licenses)
    if part.component in RUN_CODE:
        return "A record that it was delivered and under which license, or an openly licensed implementation that runs the model."
    return "A source that names its license." if part.status else "A record of whether it was delivered, and under which license."


def _terms_to_read(license_id: str, unknown: tuple[str, ...], known_licenses: Collection[str]) -> str:
    versions = sorted(item for item in known_licenses if item.startswith(f"{license_id}-"))
    if versions:
        return f"Which version of {license_id} binds this release. Read so far: {', '.join(versions)}."
    if license_id not in known_licenses and set(unknown) >= set(DECIDING_COLUMNS):
        return f"Reading the text of {license_id}."
    if unknown:
        return f"What {license_id} says on {', '.join(column.replace('_', ' ') for column in unknown)}."
    return f"Which license {license_id!r} means."
