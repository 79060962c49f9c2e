"""What licenses ask when they are used together: the union of their duties and limits, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.compatibility import side_of
from openstrat.analysis.licenses.conflicts import Conflict, ConflictKind, conflicts_between
from openstrat.analysis.licenses.duties import Duty, When, merge_duties, obligations_of
from openstrat.analysis.licenses.findings import TermClause, Verdict, clause_of
from openstrat.errors import InputError
from openstrat.terms import AssetType, Restriction

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Combination", "Conflict", "ConflictKind", "Duty", "Limit", "When", "combine", "obligations_of"]


@dataclass(frozen=True)
class Limit:
    """One restriction that binds the whole because a part brings it, with the clauses of the parts that do."""

    restriction: Restriction
    clauses: tuple[TermClause, ...]

    @property
    def license_ids(self) -> tuple[str, ...]:
        """The licenses that bring it."""
        return tuple(dict.fromkeys(clause.license_id for clause in self.clauses))


@dataclass(frozen=True)
class Combination:
    """Several licenses in one work: every duty once, every limit once, contradictions, and what is not known.

    `unknown` lists license and column of every blank cell that could add a duty, a limit or a conflict.
    """

    license_ids: tuple[str, ...]
    asset: AssetType
    duties: tuple[Duty, ...]
    limits: tuple[Limit, ...]
    conflicts: tuple[Conflict, ...]
    unknown: tuple[tuple[str, str], ...]

    @property
    def is_free_of_conflicts(self) -> bool | None:
        """True when no conflict was found and nothing is unknown, False for a contradiction, None when something is open."""
        if any(conflict.verdict is Verdict.NO for conflict in self.conflicts):
            return False
        return None if self.conflicts or self.unknown else True


def combine(
    license_ids: Sequence[str],
    terms: pd.DataFrame,
    *,
    asset: AssetType,
    output_license_ids: Sequence[str] = (),
    compatibility_clauses: pd.DataFrame | None = None,
) -> Combination:
    """Return what licenses ask whose works become one work (one program, one merged or fine-tuned model, one data set).

    Parts that are shipped side by side keep their licenses and do not conflict by copyleft or by name. Duties and limits of
    all are joined. Conflicts are those that a term makes explicit: two name prefixes, copyleft against copyleft, against
    limits on use (share-alike against non-commercial) or against added terms, no derivatives, and outputs that may not train
    the new model. A blank cell gives a conflict with the verdict unknown or an entry in `unknown`, never silence.

    Parameters
    ----------
    license_ids
        Licenses with a row in `license_terms`; an expression is taken apart first.
    terms
        The table `license_terms`.
    asset
        What the work is; names of derived models matter for weights only.
    output_license_ids
        Licenses of models whose outputs the work was trained on.
    compatibility_clauses
        The table of clauses that name another license. Without it, copyleft conflicts are unknown.

    Raises
    ------
    UnknownNameError
        If the terms of one of the licenses were not read.
    InputError
        If no license is given.
    """
    names = tuple(dict.fromkeys(license_ids))
    if not names:
        raise InputError("No license was given; name at least one license of the table license_terms.")
    duties = merge_duties(duty for name in names for duty in obligations_of(name, terms))
    conflicts = conflicts_between(
        names, terms, asset=asset, output_license_ids=output_license_ids, compatibility_clauses=compatibility_clauses
    )
    return Combination(names, asset, duties, _limits(names, terms), conflicts, _unknown(names, duties, terms))


def _limits(names: Sequence[str], terms: pd.DataFrame) -> tuple[Limit, ...]:
    found: dict[Restriction, list[TermClause]] = {}
    for side in (side_of(name, terms) for name in names):
        for ground in side.reading.restrictions:
            found.setdefault(ground.restriction, []).extend(clause_of(side.row, column) for column, _ in ground.cells)
    return tuple(Limit(item, tuple(found[item])) for item in Restriction if item in found)


def _unknown(names: Sequence[str], duties: Sequence[Duty], terms: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    blanks = [(clause.license_id, clause.column) for duty in duties if not duty.is_known for clause in duty.clauses]
    blanks += [(name, column) for name in names for column in side_of(name, terms).reading.unknown]
    return tuple(dict.fromkeys(blanks))
