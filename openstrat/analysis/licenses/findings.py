"""What questions about licenses are answered with: a verdict, the reason in words, and the clauses it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.notes import note_of
from openstrat.analysis.licenses.placement import cell_values
from openstrat.errors import UnreadTermsError
from openstrat.terms import Confidence, Term, read_term

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, object]

WEAKEST_FIRST = (Confidence.JUDGMENT, Confidence.SECONDARY, Confidence.VERIFIED)


class Verdict(Term):
    """What a question about licenses comes out as."""

    YES = "yes", "The terms allow it."
    PARTLY = "partly", "The terms allow it for one's own part; the part taken over keeps its own terms."
    DEPENDS = "depends", "The terms allow it in some situations only; the reason names them."
    NO = "no", "The terms do not allow it."
    UNKNOWN = "unknown", "A cell that would decide it is blank, or the texts have to be compared."


@dataclass(frozen=True)
class TermClause:
    """What one license says on one point; `value` is the cell and None when it is not known."""

    license_id: str
    column: str
    value: str | None
    says: str
    confidence: Confidence
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """A verdict with the reason in a sentence, the clauses it rests on, what would resolve it, and the cells that are blank."""

    verdict: Verdict
    reason: str
    clauses: tuple[TermClause, ...]
    resolves: str
    unknown: tuple[str, ...]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources of all clauses, each once."""
        return tuple(dict.fromkeys(source for clause in self.clauses for source in clause.source_ids))

    @property
    def confidence(self) -> Confidence | None:
        """The weakest confidence among the clauses; None when the finding rests on no clause."""
        return weakest(clause.confidence for clause in self.clauses)


def weakest(grades: Iterable[Confidence]) -> Confidence | None:
    """Return the weakest of some confidences; None for none."""
    found = set(grades)
    return next((grade for grade in WEAKEST_FIRST if grade in found), None)


def known_cells(row: Mapping[str, object]) -> dict[str, object]:
    """Return a table row as a dict in which every blank cell is None."""
    import pandas as pd

    return {str(column): None if pd.isna(value) else value for column, value in row.items()}  # type: ignore[call-overload]


def terms_of(license_id: str, terms: pd.DataFrame) -> Row:
    """Return the row of `license_terms` for one license, blank cells as None.

    Raises
    ------
    UnreadTermsError
        If the table has no row for that license; an expression has to be taken apart first.
    """
    rows = terms.loc[terms["license_id"] == license_id]
    if rows.empty:
        raise UnreadTermsError(license_id)
    return known_cells({str(column): value for column, value in rows.iloc[0].items()})


def values_of(row: Row, column: str) -> tuple[str, ...]:
    """Return the values of one cell: a list cell's one by one, true and false in lower case, nothing for a blank one."""
    cell = row[column]
    return cell_values(cell) if cell is None or isinstance(cell, str) else (str(cell).lower(),)


def clause_of(row: Row, column: str) -> TermClause:
    """Return what a row of `license_terms` says on one column: its note, if there is one, then its evidence."""
    return TermClause(
        license_id=str(row["license_id"]),
        column=column,
        value="; ".join(values_of(row, column)) or None,
        says=f"{note_of(row, column)} {row['evidence']}".strip(),
        confidence=read_term(Confidence, row["confidence"]),
        source_ids=cell_values(row["source_ids"]),
    )
