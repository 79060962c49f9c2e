"""What `openstrat release` prints: text for people, records for programs."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from openstrat.terms import OpennessLevel

if TYPE_CHECKING:
    import pandas as pd

    from openstrat.analysis.releases.claims import ClaimCheck
    from openstrat.analysis.releases.completeness import Completeness
    from openstrat.analysis.releases.mof.result import MofResult
    from openstrat.analysis.releases.positions import PlacedComponent, ReleasePosition
    from openstrat.analysis.releases.profile import Profile

WIDTH = 100
CAUTION = "Not legal advice: the license text decides."
LIST_COLUMNS = ["release_id", "level", "grade", "restrictions"]


def table_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one record a release; an unknown cell is null."""
    known = table.astype(object).where(table.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in known.to_dict("records")]


def table_text(table: pd.DataFrame) -> str:
    """Return one line a release, and the count of each level."""
    rows = [LIST_COLUMNS, *([_cell(row[column]) for column in LIST_COLUMNS] for row in table.to_dict("records"))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(LIST_COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    counts = ", ".join(f"{count} {str(level).replace('_', ' ')}" for level, count in table["level"].value_counts().items())
    return "\n".join([*lines, f"{len(table)} releases: {counts}."])


def position_record(position: ReleasePosition, mof: MofResult | None) -> dict[str, Any]:
    """Return a position as a record; `mof` is null for a release of the table."""
    return {
        "release": position.release_id,
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
        "sources": list(position.source_ids),
    }


def position_text(position: ReleasePosition, mof: MofResult | None) -> str:
    """Return the position in words: level, reason, then each run-critical part and what the grade hangs on."""
    lines = [f"{position.release_id}: {_level(position)}", _wrapped(position.reason), ""]
    lines += [_component_line(part) for part in sorted(position.components, key=lambda part: not part.is_run_critical)]
    lines += ["", f"Completeness, a separate axis: {mof.label} (Model Openness Framework)."] if mof else [""]
    return "\n".join([*lines, CAUTION])


def profile_record(profile: Profile, claim: ClaimCheck) -> dict[str, Any]:
    """Return a profile as a record."""
    complete = profile.completeness
    return {
        "release": profile.release_id,
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
            | {"looked_at": item.looked_at, "sources": list(item.source_ids)}
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
    complete = profile.completeness
    lines = [f"{profile.name} ({profile.organization})", ""]
    for item in profile.readings:
        looked_at = f" Looked at {item.looked_at}." if item.looked_at else ""
        lines.append(_wrapped(f"{item.index.definition} {item.value or 'Says nothing of this release'}.{looked_at}", hanging="  "))
    lines += ["", _wrapped(_completeness(complete)), "", *_differences(profile), "", _wrapped(f"Claim: {_claim(claim)}"), CAUTION]
    return "\n".join(lines)


def _completeness(complete: Completeness) -> str:
    known = f"Parts known: {complete.n_known} of {complete.n_components}; not known: {', '.join(complete.unknown).lower() or 'none'}."
    needs = complete.high.distance
    if needs is None:
        return known
    deliver = f" to deliver {', '.join(needs.to_deliver).lower()};" if needs.to_deliver else ""
    anew = f" to license {', '.join(needs.to_license).lower()} openly;" if needs.to_license else ""
    return f"{known} Class {needs.next_class} would still need, at best:{deliver}{anew}".rstrip(";") + "."


def _differences(profile: Profile) -> list[str]:
    """Say for each index that does not call the release open which others do, and why that is so."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for item in profile.differences:
        others, reasons = found.setdefault(item.other_index.label, ([], []))
        others.append(item.open_index.label)
        reasons += [reason.definition for reason in item.reasons]
    if not found:
        return ["The indices that say open or not agree."]
    lines = [
        f"Not open by {name}, open by {', '.join(others)}. {' '.join(dict.fromkeys(reasons))}" for name, (others, reasons) in found.items()
    ]
    return ["Why they differ", *(_wrapped(line, hanging="  ") for line in lines)]


def _claim(claim: ClaimCheck) -> str:
    if claim.claim is None:
        return " ".join(claim.reasons)
    speaker = "by the publisher" if str(claim.said_by) == "publisher" else "as others report"
    found = f"called {claim.claim.label} {speaker} ({claim.stated_in}); {claim.verdict.label}. {' '.join(claim.reasons)} {claim.clause}"
    return found.strip()


def _level(position: ReleasePosition) -> str:
    if position.level == OpennessLevel.UNDETERMINED:
        return f"undetermined, between {position.lowest.label} and {position.highest.label}"
    return position.level.label + (f", grade {position.grade}" if position.grade else "")


def _component_line(part: PlacedComponent) -> str:
    where = "" if part.license_id is None else f" under {part.license_id}"
    stated = " (stated for the whole distribution)" if part.is_inherited else ""
    found = "; ".join(ground.restriction.label for ground in part.restrictions)
    bounds = f": {found}" if found else ""
    missing = f". {part.reason}" if part.level in (OpennessLevel.UNDETERMINED, OpennessLevel.CLOSED) else ""
    mark = "*" if part.is_run_critical else "-"
    return _wrapped(f"{mark} {part.component.label}: {part.level.label}{where}{stated}{bounds}{missing}", hanging="  ")


def _component_record(part: PlacedComponent) -> dict[str, Any]:
    return {
        "component": part.component.value,
        "is_run_critical": part.is_run_critical,
        "level": part.level.value,
        "status": _value(part.status),
        "license": part.license_id,
        "is_inherited": part.is_inherited,
        "implementation": part.implementation,
        "restrictions": [
            {
                "restriction": ground.restriction.value,
                "cells": [f"{column}={value}" for column, value in ground.cells],
                "clause": ground.clause,
            }
            for ground in part.restrictions
        ],
        "unknown": list(part.unknown),
        "reason": part.reason,
        "sources": list(part.source_ids),
    }


def _value(term: Any) -> str | None:
    return None if term is None else str(term.value)


def _cell(value: object) -> str:
    return value if isinstance(value, str) else ""


def _wrapped(text: str, hanging: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=hanging, break_on_hyphens=False)
