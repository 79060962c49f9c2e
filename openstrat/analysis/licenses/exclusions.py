"""Who is excluded from one license: everybody whom its terms shut out, gate, or may shut out by what is not known."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.licenses.clause_table import Effect
from openstrat.analysis.licenses.clauses import clauses_of
from openstrat.analysis.licenses.placement import cell_values
from openstrat.analysis.licenses.thresholds import records
from openstrat.errors import UnknownNameError
from openstrat.tables.cells import SEPARATOR
from openstrat.terms import Restriction

COLUMNS = ["license_id", "who", "effect", "clause", "column", "source_ids"]
NAMES_NOBODY = (Restriction.REVOCABLE,)
"""Restrictions without a row: a grant that can be taken back shuts nobody out until it is."""
LISTED = (Effect.BARRED, Effect.GATED, Effect.LISTED_USES, Effect.UNKNOWN)


def who_is_excluded(license_id: str, terms: pd.DataFrame, thresholds: pd.DataFrame) -> pd.DataFrame:
    """Return who is shut out of one license or gated, one row a group of people: barred first, then gated, listed uses, unknown.

    Columns: license_id, who (in words), effect (see `Effect`), clause (what the terms say), column (the cell as `column =
    value`, or the number of the test), source_ids. Every restriction has a row but those of `NAMES_NOBODY`; no row means that the
    terms are known to shut nobody out.

    Raises
    ------
    UnknownNameError
        If the terms of the license are not in the table.
    """
    rows = records(terms.loc[terms["license_id"] == license_id])
    if not rows:
        hint = "Only licenses whose terms were read can say whom they shut out; other spellings stand in the table license_aliases."
        raise UnknownNameError("license", license_id, terms["license_id"], hint)
    tests = records(thresholds.loc[thresholds["license_id"] == license_id])
    found = [
        {
            "license_id": license_id,
            "who": clause.who,
            "effect": clause.effect.value,
            "clause": clause.says,
            "column": clause.decided_by,
            "source_ids": SEPARATOR.join(cell_values(clause.test["source_ids"] if clause.test else rows[0]["source_ids"])),
        }
        for effect in LISTED
        for clause in clauses_of(rows[0], tests)
        if clause.effect == effect and clause.who
    ]
    return pd.DataFrame(found, columns=COLUMNS)
