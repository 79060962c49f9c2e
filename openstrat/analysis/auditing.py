"""The openness audit of one release: everything that its report asks, from the shipped tables or from a release file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from openstrat.analysis.licenses.expressions import license_ids, parse_expression
from openstrat.analysis.licensing import evidence_of, exclusions_of
from openstrat.analysis.releases.claims import ClaimCheck
from openstrat.analysis.releases.completeness import Completeness
from openstrat.analysis.releases.mof.result import MofResult
from openstrat.analysis.releases.mof.states import part_states
from openstrat.analysis.releases.positions import PlacedComponent, ReleasePosition
from openstrat.analysis.releases.profile import FRAMEWORK_SOURCE, IndexReading, Profile
from openstrat.analysis.releases.unsettled import OpenQuestion, open_questions
from openstrat.analysis.releasing import claim_of, declared_of, periods_of, profile_of
from openstrat.collect.mof_file import read_release_file
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_column, read_table, resource
from openstrat.terms import Component, Confidence, OpennessLevel

__all__ = ["Audit", "audit_of", "release_file"]

FILE_ENDINGS = (".yml", ".yaml")


@dataclass(frozen=True)
class TableFacts:
    """What only a release of the table has. `periods` is None when no license change of `family` is recorded."""

    organization: str
    released_on: str
    family: str
    periods: pd.DataFrame | None
    profile: Profile
    claim: ClaimCheck
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """One release: position, completeness, what would settle the rest, whom the weights' license holds back.

    `parts` are the framework's components as `part_states` has them. `excluded` has the columns of `exclusions_of`; None means
    that no license of the weights could be read. `evidence` holds the clauses of each license that bounds anything run-critical,
    by license; `secondary` names the licenses of such parts whose terms rest on descriptions of the text. `recorded` is None for a
    release file.
    """

    name: str
    position: ReleasePosition
    completeness: Completeness
    parts: pd.DataFrame
    questions: tuple[OpenQuestion, ...]
    excluded: pd.DataFrame | None
    evidence: dict[str, str]
    secondary: tuple[str, ...]
    recorded: TableFacts | None

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source that anything of the audit rests on, once each."""
        found = [FRAMEWORK_SOURCE, *_sources_of(self.position.components), *_sources_of(self.questions), *_cells_of(self.excluded)]
        if self.recorded:
            own = self.recorded
            found += [*own.source_ids, *_sources_of(own.profile.readings), *own.claim.source_ids, *_cells_of(own.periods)]
        return tuple(dict.fromkeys(found))


def _sources_of(results: Iterable[PlacedComponent | OpenQuestion | IndexReading]) -> Iterable[str]:
    return (source for item in results for source in item.source_ids)


def _cells_of(frame: pd.DataFrame | None) -> Iterable[str]:
    return () if frame is None else (source for cell in frame["source_ids"] for source in split_list(cell))


def audit_of(release: str) -> Audit:
    """Return the audit of a release of the table, or of a release file in the Model Openness Framework's format.

    Parameters
    ----------
    release
        A release id, or the path of a file.

    Raises
    ------
    UnknownNameError
        If there is neither such a release nor such a file.
    DocumentError
        If the file cannot be read as a release file.
    """
    path = release_file(release)
    return _of_table(release) if path is None else _of_file(path)


def release_file(release: str) -> Path | None:
    """Return the path of a release file once it could be read; None for a release of the table.

    Raises
    ------
    UnknownNameError
        If there is neither such a release nor such a file.
    DocumentError
        If the file cannot be read as a release file.
    """
    ids = read_column("releases", "release_id")
    if release in ids:
        return None
    path = Path(release)
    if path.is_file() or release.endswith(FILE_ENDINGS):
        read_release_file(path)
        return path
    hint = "List: openstrat release list. Or give the path of a release file, such as my-model.yml."
    raise UnknownNameError("release", release, ids, hint)


def _of_table(release_id: str) -> Audit:
    releases = read_table("releases").set_index("release_id")
    row, found = releases.loc[release_id], profile_of(release_id)
    family, periods = _history(str(row["family"]), str(row["organization"]))
    facts = TableFacts(
        str(row["organization"]),
        str(row["released_on"]),
        family,
        periods,
        found,
        claim_of(release_id),
        tuple(split_list(row["source_ids"])),
    )
    return _audit(str(row["name"]), found.position, found.completeness, facts)


def _of_file(path: Path) -> Audit:
    declared = declared_of(path)
    name = read_release_file(path).name or path.stem
    return _audit(name, replace(declared.position, release_id=name), _declared(name, declared.completeness), None)


def _audit(name: str, position: ReleasePosition, complete: Completeness, recorded: TableFacts | None) -> Audit:
    critical = [part for part in position.components if part.is_run_critical and part.license_id]
    licenses = {part.license_id: _licenses_in(str(part.license_id)) for part in critical}
    bounded = dict.fromkeys(item for part in critical if part.restrictions for item in licenses[part.license_id])
    terms = read_table("license_terms")
    not_read = set(terms.loc[terms["confidence"] != Confidence.VERIFIED, "license_id"])
    return Audit(
        name=name,
        position=position,
        completeness=complete,
        parts=part_states(complete.low, read_table("mof_components"), unknown=complete.unknown),
        questions=open_questions(position, set(terms["license_id"])),
        excluded=_excluded(position),
        evidence={item: evidence_of(item) for item in bounded},
        secondary=tuple(dict.fromkeys(item for found in licenses.values() for item in found if item in not_read)),
        recorded=recorded,
    )


def _declared(name: str, result: MofResult) -> Completeness:
    """Return the completeness that a file declares: what it does not list is not delivered, so nothing is unknown."""
    n_components = len(read_table("mof_components"))
    return Completeness(name, result, result, n_components, n_components, ())


def _excluded(position: ReleasePosition) -> pd.DataFrame | None:
    weights = position.component(Component.WEIGHTS)
    if weights.license_id is None or weights.level == OpennessLevel.CLOSED:
        return None
    found = _licenses_in(weights.license_id)
    return exclusions_of(found) if found else None


def _licenses_in(expression: str) -> tuple[str, ...]:
    """Return the licenses of an expression; none when it cannot be read."""
    try:
        return license_ids(parse_expression(expression, read_table("licenses"), read_table("license_aliases")))
    except InputError:
        return ()


def _history(family: str, organization: str) -> tuple[str, pd.DataFrame | None]:
    """Return the license periods of the family, else those that stand under its publisher's name."""
    known = dict.fromkeys(read_column("license_history", "family"))
    named = family if family in known else next((name for name in known if organization.split(maxsplit=1)[0] == name), None)
    if named is None:
        return family, None
    return named, periods_of([named], as_of=str(resource("license_history")["as_of"]))
