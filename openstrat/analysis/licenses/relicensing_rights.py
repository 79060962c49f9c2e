"""Who may change a project's license: what the terms of its contributions allow the steward to do alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.findings import Finding, Row, TermClause, Verdict, known_cells
from openstrat.analysis.licenses.placement import cell_values
from openstrat.analysis.licenses.relicensing import relicense_as
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.rights_vocabulary import OutboundRight
from openstrat.terms import Confidence, read_term

if TYPE_CHECKING:
    import pandas as pd

PAST = "Versions already published stay under the old license."


def can_relicense(
    contribution_terms_id: str,
    from_license_id: str,
    to_license_id: str,
    share_outside: float,
    *,
    contribution_terms: pd.DataFrame,
    terms: pd.DataFrame,
    compatibility_clauses: pd.DataFrame | None = None,
) -> Finding:
    """Return whether a steward may publish new versions under another license without asking outside contributors.

    Yes: nothing came from outside, or the agreement lets the steward choose terms. Depends: the agreement bounds the terms.
    Without such a right the steward is a licensee like everybody: yes where the new license asks at least what the old one
    does, partly where outside work keeps the old terms inside a whole with new ones, no where the old license is copyleft or
    limits use, so that every holder has to agree.

    Parameters
    ----------
    contribution_terms_id
        A row of the table `contribution_terms`; `possible_terms` gives those that an entry of the projects table may mean.
    from_license_id, to_license_id
        Licenses with a row in `license_terms`.
    share_outside
        Share of the work that outsiders hold, 0 to 1.

    Raises
    ------
    UnknownNameError
        If the contribution terms or one of the licenses are not in the tables.
    InputError
        If the share is not between 0 and 1.
    """
    if math.isnan(share_outside) or not 0 <= share_outside <= 1:
        raise InputError(f"share_outside is {share_outside}; a share between 0 and 1 is needed.")
    row = _terms_row(contribution_terms_id, contribution_terms)
    clause = _clause(row)
    as_licensee = relicense_as(from_license_id, to_license_id, terms, compatibility_clauses)
    right = read_term(OutboundRight, row["outbound_right"])
    if share_outside == 0:
        return Finding(Verdict.YES, f"Nothing came from outside, so the steward decides alone. {PAST}", (clause,), "", ())
    if right is OutboundRight.YES:
        return Finding(Verdict.YES, f"{row['name']}: {row['outbound_note']} {PAST}", (clause,), "", ())
    if right is OutboundRight.NAMED_TERMS:
        how = f"Check that {to_license_id} is among the terms that the agreement allows."
        return Finding(Verdict.DEPENDS, f"{row['name']}: {row['outbound_note']} {PAST}", (clause,), how, ())
    reason = f"{row['name']}: {row['outbound_note']} {as_licensee.reason} {PAST}"
    resolves = "" if as_licensee.verdict is Verdict.YES else _way_out(share_outside, from_license_id)
    return Finding(as_licensee.verdict, reason, (clause, *as_licensee.clauses), resolves, as_licensee.unknown)


def possible_terms(contribution_agreement: str, contribution_terms: pd.DataFrame) -> tuple[str, ...]:
    """Return the contribution terms that an entry of `projects.contribution_agreement` may mean, by name.

    Raises
    ------
    UnknownNameError
        If it is not a value of that column.
    """
    kinds = contribution_terms["agreement_kind"]
    if contribution_agreement not in set(kinds):
        raise UnknownNameError("contribution agreement", contribution_agreement, set(kinds))
    return tuple(sorted(contribution_terms.loc[kinds == contribution_agreement, "contribution_terms_id"]))


def _terms_row(contribution_terms_id: str, contribution_terms: pd.DataFrame) -> Row:
    rows = contribution_terms.loc[contribution_terms["contribution_terms_id"] == contribution_terms_id]
    if rows.empty:
        raise UnknownNameError("contribution terms", contribution_terms_id, contribution_terms["contribution_terms_id"])
    return known_cells({str(column): value for column, value in rows.iloc[0].items()})


def _clause(row: Row) -> TermClause:
    return TermClause(
        license_id=str(row["contribution_terms_id"]),
        column="outbound_right",
        value=str(row["outbound_right"]),
        says=f"{row['grants']} {row['outbound_note']}",
        confidence=read_term(Confidence, row["confidence"]),
        source_ids=cell_values(row["source_ids"]),
    )


def _way_out(share_outside: float, from_license_id: str) -> str:
    return (
        f"Ask every outside holder, replace their share ({share_outside:.0%}), or keep that part under {from_license_id};"
        " for later contributions, an agreement that lets the steward choose terms."
    )
