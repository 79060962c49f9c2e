"""What `openstrat release` prints: text for people, records for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from openstrat.cli.text import CAUTION, listed, records, wrapped
from openstrat.terms import OpennessLevel

if TYPE_CHECKING:
    import pandas as pd

    from openstrat.analysis.releases.claims import ClaimCheck
    from openstrat.analysis.releases.completeness import Completeness
    from openstrat.analysis.releases.mof.result import MofResult
    from openstrat.analysis.releases.positions import PlacedComponent, ReleasePosition
    from openstrat.analysis.releases.profile import Profile

NO_LICENSE = "LicenseRef-No-License"
ROMAN = {3: "III", 2: "II", 1: "I"}
INDEX_NAMES = {
    "license_rule": "the license rule",
    "curated_record": "the curated record",
    "osi_list": "the list of the Open Source Initiative",
    "openness_framework": "the Model Openness Framework",
    "published_record": "the framework's own record",
    "chat_model_index": "the openness index of chat models",
    "stack_map": "the AI stack map",
    "transparency_index": "the transparency index",
}
"""What each index is called in a sentence."""
CLAIM_VERDICTS = {
    "flag": "That says more than the terms, or the conduct, allow.",
    "note": "That is so for a part only.",
    "consistent": "The terms bear that out.",
    "undetermined": "Whether that is so is not known.",
    "no_claim": "So there is nothing to check.",
}
LIST_COLUMNS = ["release_id", "level", "grade", "restrictions"]


def table_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one record a release; an unknown cell is null."""
    return records(table, lists=("restrictions", "limiting", "unknown", "source_ids"))


def table_text(table: pd.DataFrame) -> str:
    """Return one line a release, and the count of each level."""
    rows = [LIST_COLUMNS, *([_cell(row[column]) for column in LIST_COLUMNS] for row in table.to_dict("records"))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(LIST_COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    counts = ", ".join(f"{count} {str(level).replace('_', ' ')}" for level, count in table["level"].value_counts().items())
    return "\n".join([*lines, f"{len(table)} releases: {counts}.", CAUTION])


def position_record(position: ReleasePosition, mof: MofResult | None) -> dict[str, Any]:
    """Return a position as a record; `mof` is null for a release of the table."""
    return {
        "release_id": position.release_id,
        "level": position.level.value,
        "grade": _value(position.grade),
        "lowest": position.lowest.value,
        "highest": position.highest.value,
        "grade_at_most": _value(position.grade_at_most),
        "restrictions": [item.value for item in position.restrictions],
        "limiting": [item.value for item in position.limiting],
        "unknown": [item.value for item in position.unknown],
        "reason": position.reason,
        "components": [_component_record(part) for part in position.components],
        "mof": None if mof is None else {"class": mof.mof_class, "label": mof.label},
        "source_ids": list(position.source_ids),
    }


def position_text(position: ReleasePosition, mof: MofResult | None) -> str:
    """Return the position in words: level, reason, then each run-critical part and what the grade hangs on."""
    lines = [f"{position.release_id}: {_level(position)}", wrapped(position.reason), ""]
    lines += [_component_line(part) for part in sorted(position.components, key=lambda part: not part.is_run_critical)]
    lines += ["", f"Completeness, a separate axis: {mof.label} (Model Openness Framework)."] if mof else [""]
    return "\n".join([*lines, CAUTION])


def profile_record(profile: Profile, claim: ClaimCheck) -> dict[str, Any]:
    """Return a profile as a record."""
    complete = profile.completeness
    return {
        "release_id": profile.release_id,
        "name": profile.name,
        "organization": profile.organization,
        "position": position_record(profile.position, None),
        "completeness": {
            "class_low": complete.low.mof_class,
            "class_high": complete.high.mof_class,
            "n_known": complete.n_known,
            "n_components": complete.n_components,
            "unknown": list(complete.unknown),
        },
        "indices": [
            {"index": item.index.value, "question": item.index.definition, "value": item.value, "is_open": item.is_open}
            | {"looked_at": item.looked_at, "source_ids": list(item.source_ids)}
            for item in profile.readings
        ],
        "differences": [
            {"open": item.open_index.value, "not_open": item.other_index.value, "reasons": [reason.value for reason in item.reasons]}
            | {"sentence": item.sentence}
            for item in profile.differences
        ],
        "claim": {
            "claim": _value(claim.claim),
            "said_by": _value(claim.said_by),
            "stated_in": claim.stated_in,
            "verdict": claim.verdict.value,
            "reasons": list(claim.reasons),
            "clause": claim.clause,
            "unknown": list(claim.unknown),
        },
    }


def profile_text(profile: Profile, claim: ClaimCheck) -> str:
    """Return all indices of a release, why they differ, and how its name for itself compares."""
    lines = [f"{profile.name} ({profile.organization})", ""]
    for item in (item for item in profile.readings if item.value):
        looked_at = f" Looked at {item.looked_at}." if item.looked_at else ""
        lines.append(wrapped(f"{item.index.definition} {item.value}.{looked_at}", rest="  "))
    silent = [INDEX_NAMES[item.index] for item in profile.readings if not item.value]
    lines += [wrapped(f"Nothing on this release: {', '.join(silent)}.", rest="  ")] if silent else []
    if profile.position.grade:
        lines.append(wrapped(f"Grade {profile.position.grade} stands for: {profile.position.grade.definition.lower()}"))
    lines += ["", *map(wrapped, _completeness(profile.completeness)), "", *_differences(profile), "", wrapped(_claim(claim)), CAUTION]
    return "\n".join(lines)


def _completeness(complete: Completeness) -> Iterable[str]:
    unknown = f" Nothing is known of {', '.join(complete.unknown).lower()}." if complete.unknown else ""
    yield f"{complete.n_known} of {complete.n_components} parts of the release are known.{unknown}"
    needs = complete.high.distance
    if needs is None:
        return
    steps = [("be delivered under an open license", needs.to_deliver), ("come under an open license", needs.to_license)]
    asked = "; ".join(f"{', '.join(parts).lower()} would have to {step}" for step, parts in steps if parts)
    best = ", even if everything unknown turned out open" if complete.unknown else ""
    yield f"For Class {ROMAN[needs.next_class]} of the Model Openness Framework{best}: {asked}."


def _differences(profile: Profile) -> list[str]:
    """Say for each index that does not call the release open which others do, and why that is so."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for item in profile.differences:
        others, reasons = found.setdefault(INDEX_NAMES[item.other_index], ([], []))
        others.append(INDEX_NAMES[item.open_index])
        reasons += [reason.definition for reason in item.reasons]
    if not found:
        return ["The indices that say open or not agree."]
    said = (
        f"Not open for {name}, open for {' and '.join(others)}. {' '.join(dict.fromkeys(why))}" for name, (others, why) in found.items()
    )
    return listed("Why they differ", said)


def _claim(claim: ClaimCheck) -> str:
    if claim.claim is None:
        return " ".join(claim.reasons)
    if str(claim.claim) == "none_found":
        called = "No word of openness was found in the public text"
    else:
        speaker = "The publisher calls it" if str(claim.said_by) == "publisher" else "Others report that it is called"
        called = f"{speaker} {claim.claim.label}"
    return f"{called} ({claim.stated_in}). {CLAIM_VERDICTS[claim.verdict]} {' '.join(claim.reasons)} {claim.clause}".strip()


def _level(position: ReleasePosition) -> str:
    if position.level == OpennessLevel.UNDETERMINED:
        return f"undetermined, between {position.lowest.label} and {position.highest.label}"
    return position.level.label + (f", grade {position.grade}" if position.grade else "")


def _component_line(part: PlacedComponent) -> str:
    mark = "*" if part.is_run_critical else "-"
    if part.level == OpennessLevel.CLOSED and NO_LICENSE in (part.license_id, part.reason.partition(" ")[0]):
        return f"{mark} {part.component.label}: closed, published without a license"
    where = "" if part.license_id is None else f" under {part.license_id}"
    stated = " (stated for the whole distribution)" if part.is_inherited else ""
    found = "; ".join(ground.restriction.label for ground in part.restrictions)
    bounds = f": {found}" if found else ""
    missing = f". {part.reason}" if part.level in (OpennessLevel.UNDETERMINED, OpennessLevel.CLOSED) else ""
    return wrapped(f"{mark} {part.component.label}: {part.level.label}{where}{stated}{bounds}{missing}", rest="  ")


def _component_record(part: PlacedComponent) -> dict[str, Any]:
    return {
        "component": part.component.value,
        "is_run_critical": part.is_run_critical,
        "level": part.level.value,
        "status": _value(part.status),
        "license_id": part.license_id,
        "is_inherited": part.is_inherited,
        "implementation": part.implementation,
        "restrictions": [
            {
                "restriction": ground.restriction.value,
                "cells": [list(cell) for cell in ground.cells],
                "clause": ground.clause,
            }
            for ground in part.restrictions
        ],
        "unknown": list(part.unknown),
        "reason": part.reason,
        "source_ids": list(part.source_ids),
    }


def _value(term: Any) -> str | None:
    return None if term is None else str(term.value)


def _cell(value: object) -> str:
    return value if isinstance(value, str) else ""
