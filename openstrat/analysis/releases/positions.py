"""Where an AI release sits on the openness spectrum: every component by its own terms, then the release as a whole.

The release rule. Weights, architecture and inference code are run-critical: nobody can run the model without them.

1. Weights withheld, or published without a license: closed.
2. Anything run-critical restricted, or kept back on purpose, or published without a license: open weights.
3. Otherwise, anything run-critical unknown: undetermined, with the lowest and the highest level that the unknown can turn into.
4. Otherwise fully open: grade c for weights and run code, b with open training code too, a with open training data as well.

Run code that the publisher did not deliver. Records often leave out architecture and inference code. That silence is not
knowledge that the code was withheld, and the question is whether anybody may run the model, not who wrote the code. So run code
that is not recorded as open is looked for in the table `run_code`: an openly licensed implementation, by the publisher or by
others, counts, and the answer names it. Where none is known the part stays unknown; it is neither open nor restricted.

Training code and training data that were not found count as not open. Delivered ones whose license nobody names do not raise
the grade either, but `grade_at_most` shows what they could make of it.

Data that was collected from others (for training, fine-tuning and measuring) is theirs to license. One license that is stated for
the whole distribution does not show that it reaches such data, so the data stays undetermined until a license is stated for it.
For weights and code, which the publisher made, such a license counts, and the reason says that it was stated for the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from openstrat.analysis.licenses.placement import Ground, Placement, cell_values, place_license, place_undelivered
from openstrat.errors import UnknownNameError
from openstrat.tables.release_vocabulary import Grade, Provider
from openstrat.terms import AssetType, Component, ComponentStatus, OpennessLevel, Restriction, Term, read_term

if TYPE_CHECKING:
    from typing import Any

UNDELIVERED = {ComponentStatus.CLOSED, ComponentStatus.NOT_RELEASED}
RUN_CODE = (Component.ARCHITECTURE, Component.INFERENCE_CODE)
RUN_CRITICAL = (Component.WEIGHTS, *RUN_CODE)
"""Components without which nobody can run the released model."""

GRADED = (Component.TRAINING_CODE, Component.TRAINING_DATA)
"""Components that raise the grade of a fully open release."""
COLLECTED_DATA = (Component.TRAINING_DATA, Component.FINETUNING_DATA, Component.EVAL_DATA)
"""Data that usually comes from others, so that the publisher's license for the whole may not reach it."""

OPEN, WEIGHTS_ONLY, CLOSED, UNKNOWN = (
    OpennessLevel.FULLY_OPEN,
    OpennessLevel.OPEN_WEIGHTS,
    OpennessLevel.CLOSED,
    OpennessLevel.UNDETERMINED,
)
POSITION_COLUMNS = [
    "release_id",
    "name",
    "organization",
    "family",
    "level",
    "grade",
    "lowest",
    "highest",
    "grade_at_most",
    "license_id",
    "restrictions",
    "limiting",
    "unknown",
    "reason",
    "source_ids",
]


@dataclass(frozen=True)
class PlacedComponent:
    """One component of a release with its own position, and what that follows from.

    `status` is None when nothing is recorded. `implementation` names run code that was found outside the record. `is_inherited`
    means that the license was stated for the whole distribution, not for this part. `unknown` holds license cells that are blank.
    """

    component: Component
    level: OpennessLevel
    reason: str
    status: ComponentStatus | None = None
    license_id: str | None = None
    restrictions: tuple[Ground, ...] = ()
    unknown: tuple[str, ...] = ()
    implementation: str | None = None
    is_inherited: bool = False
    source_ids: tuple[str, ...] = ()

    @property
    def is_run_critical(self) -> bool:
        """Whether the model cannot be run without it."""
        return self.component in RUN_CRITICAL


@dataclass(frozen=True)
class ReleasePosition:
    """Position of a release: level, grade when fully open, and every component it follows from.

    `lowest` and `highest` differ only for an undetermined release. `limiting` holds what keeps the level down, `unknown` what
    keeps it undetermined or could raise the grade to `grade_at_most`.
    """

    release_id: str
    level: OpennessLevel
    grade: Grade | None
    lowest: OpennessLevel
    highest: OpennessLevel
    grade_at_most: Grade | None
    components: tuple[PlacedComponent, ...]
    limiting: tuple[Component, ...]
    unknown: tuple[Component, ...]
    reason: str
    source_ids: tuple[str, ...]

    def component(self, component: Component) -> PlacedComponent:
        """Return one component; one that nothing is recorded of comes back as undetermined."""
        return next((part for part in self.components if part.component == component), _unrecorded(component))

    @property
    def restrictions(self) -> tuple[Restriction, ...]:
        """Restrictions on anything run-critical, in the order of the vocabulary."""
        found = {ground.restriction for part in self.components if part.is_run_critical for ground in part.restrictions}
        return tuple(item for item in Restriction if item in found)


def place_release(
    release_id: str, components: pd.DataFrame, terms: pd.DataFrame, licenses: pd.DataFrame, *, run_code: pd.DataFrame | None = None
) -> ReleasePosition:
    """Return the position of one release by the rule of this module.

    Parameters
    ----------
    release_id
        A release of the table release_components.
    components, terms, licenses
        The tables release_components, license_terms and licenses.
    run_code
        The table run_code; without it only the record of the release counts.

    Raises
    ------
    UnknownNameError
        If no component is recorded for the release, or a license is in neither license table.
    """
    rows = components.loc[components["release_id"] == release_id]
    if rows.empty:
        raise UnknownNameError("release", release_id, sorted(set(components["release_id"])), "List: openstrat release list")
    placed = {part.component: part for part in (_place_row(row, terms, licenses) for row in rows.to_dict("records"))}
    parts = [placed.pop(item, _unrecorded(item)) for item in RUN_CRITICAL] + list(placed.values())
    if run_code is not None:
        found = run_code.loc[run_code["release_id"] == release_id].to_dict("records")
        parts = [_with_run_code(part, found, terms, licenses) for part in parts]
    return decide(release_id, parts)


def release_positions(
    releases: pd.DataFrame, components: pd.DataFrame, terms: pd.DataFrame, licenses: pd.DataFrame, *, run_code: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the position of every release, one row a release in the order of `releases`; see `place_release`.

    Columns: release_id, name, organization, family, level, grade (blank unless fully open), lowest, highest, grade_at_most,
    license_id (of the weights), restrictions, limiting and unknown (each '; '-joined), reason, source_ids.
    """
    rows = []
    for release in releases.to_dict("records"):
        position = place_release(str(release["release_id"]), components, terms, licenses, run_code=run_code)
        rows.append({key: release[key] for key in ("name", "organization", "family")} | _position_cells(position))
    return pd.DataFrame(rows, columns=POSITION_COLUMNS)


def decide(release_id: str, parts: Iterable[PlacedComponent]) -> ReleasePosition:
    """Return the position of a release whose components are placed already; the rule itself."""
    given = tuple(parts)
    by_component = {part.component: part for part in given}
    critical = [by_component.get(item, _unrecorded(item)) for item in RUN_CRITICAL]
    weights = critical[0]
    limiting = [part for part in critical if part.level not in (OPEN, UNKNOWN)]
    unknown = [part for part in critical if part.level == UNKNOWN]
    grade, best = _grade(by_component, {OPEN}), _grade(by_component, {OPEN, UNKNOWN})
    if weights.level == CLOSED:
        level, lowest, highest, limiting = CLOSED, CLOSED, CLOSED, [weights]
    elif limiting:
        level, lowest, highest = WEIGHTS_ONLY, CLOSED if _may_lack_license(weights) else WEIGHTS_ONLY, WEIGHTS_ONLY
    elif unknown:
        level, lowest, highest = UNKNOWN, CLOSED if _may_lack_license(weights) else WEIGHTS_ONLY, OPEN
    else:
        level, lowest, highest = OPEN, OPEN, OPEN
        unknown = [part for part in given if part.component in GRADED and part.level == UNKNOWN] if best != grade else []
    counted = critical + [by_component[item] for item in GRADED if item in by_component and by_component[item].level == OPEN]
    return ReleasePosition(
        release_id=release_id,
        level=level,
        grade=grade if level == OPEN else None,
        lowest=lowest,
        highest=highest,
        grade_at_most=best if highest == OPEN else None,
        components=given,
        limiting=tuple(part.component for part in limiting),
        unknown=tuple(part.component for part in unknown),
        reason=_reason(level, (grade, best), counted, limiting, unknown),
        source_ids=tuple(dict.fromkeys(source for part in critical for source in part.source_ids)),
    )


def place_releases(components: pd.DataFrame, terms: pd.DataFrame, licenses: pd.DataFrame, *, component: str = "weights") -> pd.DataFrame:
    """Return the position of one component of every release that records it, one row a release.

    Columns: release_id, license_id (blank: none named), level, restrictions ('; '-joined), reason, source_ids. What was not
    delivered is closed; a delivered part for which no source names a license is undetermined, and so is one whose license was
    not read.

    Parameters
    ----------
    components, terms, licenses
        The tables release_components, license_terms and licenses.
    component
        A value of `Component`.
    """
    rows = []
    for part in components[components["component"] == component].to_dict("records"):
        placed = _place(part["status"], part["license_id"], AssetType(part["asset"]), terms, licenses)
        if placed is None:
            level, reason = "undetermined", "Delivered, but no source names its license."
        else:
            level, reason = placed.level.value, placed.reason
        restrictions = [] if placed is None else [ground.restriction.value for ground in placed.restrictions]
        row = {"release_id": part["release_id"], "license_id": part["license_id"], "level": level, "restrictions": "; ".join(restrictions)}
        rows.append(row | {"reason": reason, "source_ids": part["source_ids"]})
    return pd.DataFrame(rows, columns=["release_id", "license_id", "level", "restrictions", "reason", "source_ids"])


def _place(status: str, license_id: object, asset: AssetType, terms: pd.DataFrame, licenses: pd.DataFrame) -> Placement | None:
    if status in UNDELIVERED:
        return place_undelivered(asset)
    if isinstance(license_id, str):
        return place_license(license_id, asset, terms, licenses)
    return place_license(None, asset, terms, licenses) if status == ComponentStatus.PUBLISHED_WITHOUT_LICENSE else None


def _place_row(row: Mapping[Any, Any], terms: pd.DataFrame, licenses: pd.DataFrame) -> PlacedComponent:
    component, status = read_term(Component, row["component"]), read_term(ComponentStatus, row["status"])
    sources = cell_values(row["source_ids"])
    if status == ComponentStatus.NOT_RELEASED and component != Component.WEIGHTS:
        level = UNKNOWN if component in RUN_CODE else CLOSED
        return PlacedComponent(component, level, "Not found among the delivered parts.", status, source_ids=sources)
    placed = _place(status, row["license_id"], AssetType(row["asset"]), terms, licenses)
    if placed is None:
        return PlacedComponent(component, UNKNOWN, "Delivered, but no source names its license.", status, source_ids=sources)
    level, reason = placed.level, placed.reason
    if status == ComponentStatus.PARTIAL and level == OPEN:
        level, reason = UNKNOWN, f"Only a part was delivered, under {placed.license_id}; nothing is known of the rest."
    part = PlacedComponent(
        component=component,
        level=level,
        reason=reason,
        status=status,
        license_id=placed.license_id if status not in UNDELIVERED else None,
        restrictions=() if level == CLOSED else placed.restrictions,
        unknown=placed.unknown,
        is_inherited=row["license_basis"] == "inherited_from_distribution",
        source_ids=tuple(dict.fromkeys([*sources, *placed.source_ids])),
    )
    return doubt_reach(part) if part.is_inherited else part


def doubt_reach(part: PlacedComponent) -> PlacedComponent:
    """Return a part whose license was stated for the whole distribution: undetermined when it is data collected from others."""
    if part.component not in COLLECTED_DATA or part.level != OPEN:
        return part
    reason = f"{part.license_id} is stated for the whole distribution and may not reach data that was collected from others."
    return replace(part, level=UNKNOWN, reason=reason)


def _with_run_code(
    part: PlacedComponent, found: Iterable[Mapping[Any, Any]], terms: pd.DataFrame, licenses: pd.DataFrame
) -> PlacedComponent:
    """Return the run code by the first open implementation that is known, when the record itself has none."""
    if part.component not in RUN_CODE or part.level == OPEN:
        return part
    for row in found:
        placed = place_license(row["license_id"], AssetType.CODE, terms, licenses)
        if part.component in cell_values(row["components"]) and placed.level == OPEN:
            maker = "the publisher" if row["provider"] == Provider.PUBLISHER else "others"
            reason = (
                f"The release's own record names none that is open; {row['implementation']}, made by {maker}, is under {row['license_id']}."
            )
            sources = tuple(dict.fromkeys([*part.source_ids, *cell_values(row["source_ids"]), *placed.source_ids]))
            return PlacedComponent(
                part.component, OPEN, reason, part.status, row["license_id"], implementation=row["implementation"], source_ids=sources
            )
    return part


def _unrecorded(component: Component) -> PlacedComponent:
    return PlacedComponent(component, UNKNOWN, "Nothing is recorded.")


def _may_lack_license(weights: PlacedComponent) -> bool:
    return weights.level == UNKNOWN and weights.license_id is None


def _grade(parts: Mapping[Component, PlacedComponent], accepted: set[OpennessLevel]) -> Grade:
    has_code, has_data = (item in parts and parts[item].level in accepted for item in (Component.TRAINING_CODE, Component.TRAINING_DATA))
    return Grade.A if has_code and has_data else Grade.B if has_code else Grade.C


def _reason(
    level: OpennessLevel,
    grades: tuple[Grade, Grade],
    counted: Sequence[PlacedComponent],
    limiting: Iterable[PlacedComponent],
    unknown: Iterable[PlacedComponent],
) -> str:
    if level == OPEN:
        grade, best = grades
        found = " ".join(dict.fromkeys(part.reason for part in counted if part.implementation))
        stated = ", ".join(part.component.label for part in counted if part.is_inherited)
        whole = f"Stated for the whole distribution only: the license of {stated}." if stated else ""
        could = f"It could be grade {best}. {_by_reason(unknown)}" if best != grade else ""
        answer = f"Weights, architecture and inference code are open: grade {grade}, {grade.definition.rstrip('.').lower()}."
        return " ".join(sentence for sentence in (answer, found, whole, could) if sentence)
    if level == UNKNOWN:
        return f"Nothing run-critical is known to be restricted, but not everything is known. {_by_reason(unknown)}"
    return _by_reason(limiting)


def _by_reason(parts: Iterable[PlacedComponent]) -> str:
    """Say each reason once, after the components that it holds for; one license counts as one reason."""
    named: dict[str, tuple[list[str], str]] = {}
    for part in parts:
        named.setdefault(part.license_id or part.reason, ([], part.reason))[0].append(part.component.label)
    return " ".join(f"{', '.join(names).capitalize()}: {reason}" for names, reason in named.values())


def _position_cells(position: ReleasePosition) -> dict[str, object]:
    def joined(terms: Iterable[Term]) -> str:
        return "; ".join(item.value for item in terms)

    return {
        "release_id": position.release_id,
        "level": position.level.value,
        "grade": position.grade.value if position.grade else None,
        "lowest": position.lowest.value,
        "highest": position.highest.value,
        "grade_at_most": position.grade_at_most.value if position.grade_at_most else None,
        "license_id": position.component(Component.WEIGHTS).license_id,
        "restrictions": joined(position.restrictions),
        "limiting": joined(position.limiting),
        "unknown": joined(position.unknown),
        "reason": position.reason,
        "source_ids": "; ".join(position.source_ids),
    }
