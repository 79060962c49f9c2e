"""How complicated a license is: its conditions counted by the rule on over-complicated licensing (concept MI4), each with its clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.findings import Row, TermClause, clause_of, known_cells, terms_of, values_of
from openstrat.analysis.licenses.placement import cell_values
from openstrat.analysis.licenses.thresholds import BARS, CONSEQUENCES, GATES, threshold_in_words
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.cells import license_ids_in
from openstrat.tables.license_vocabulary import (
    DISPLAY_DUTIES,
    OUTPUT_BANS,
    OUTPUT_DUTIES,
    CommercialGate,
    CompetingUse,
    Grant,
    Measure,
    Permission,
    Region,
    ThresholdEffect,
    UsePolicy,
    UseScope,
)
from openstrat.terms import Confidence, Term, read_term

if TYPE_CHECKING:
    import pandas as pd

FLAGGED_FROM = 3
"""Conditions from which a license counts as over-complicated (concept MI4)."""


class ConditionKind(Term):
    """The nine conditions that are counted, each once however many clauses ask it."""

    SCALE_CAP = "scale_cap", "Above a number of users or people another agreement is needed, or the grant ends."
    REVENUE_CAP = "revenue_cap", "Above an amount of revenue another agreement is needed, or the grant ends."
    NAMING = "naming", "A name or phrase has to be shown, or names of derived models are prescribed."
    FIELD_OF_USE = "field_of_use", "Some uses, users or businesses are outside the grant."
    REGION = "region", "In some regions nobody is licensed, or not for every model."
    OUTPUT_USE = "output_use", "Outputs may not be used for some purpose, or models trained on them have duties."
    REGISTRATION = "registration", "Registration, an application, a subscription or a notice to the licensor comes first."
    HOSTING_BAR = "hosting_bar", "It may not be offered as a service, or some service businesses are shut out."
    SEVERAL_LICENSES = "several_licenses", "Several licenses apply to one tree."


CELLS: dict[ConditionKind, dict[str, tuple[str, ...]]] = {
    ConditionKind.NAMING: {"naming": DISPLAY_DUTIES},
    ConditionKind.FIELD_OF_USE: {
        "commercial_use": (Permission.NO,),
        "use_scope": tuple(scope for scope in UseScope if scope is not UseScope.ANY),
        "competing_use": (
            CompetingUse.COMPETING_PRODUCT,
            CompetingUse.COMPETING_MODELS,
            CompetingUse.SALE,
            CompetingUse.FUNCTIONALITY,
            CompetingUse.SET_BY_LICENSOR,
        ),
        "acceptable_use_policy": (UsePolicy.INLINE, UsePolicy.BY_REFERENCE),
    },
    ConditionKind.REGION: {"geographic_exclusion": tuple(region for region in Region if region is not Region.NONE)},
    ConditionKind.OUTPUT_USE: {"output_use": (*OUTPUT_BANS, *OUTPUT_DUTIES)},
    ConditionKind.REGISTRATION: {"commercial_gate": (CommercialGate.PERMISSION,)},
    ConditionKind.HOSTING_BAR: {
        "hosted_service": (Permission.NO,),
        "competing_use": (CompetingUse.MANAGED_SERVICE, CompetingUse.COMPETING_SERVICE, CompetingUse.SERVICE_BUSINESS),
    },
}
"""Which value of which column is which condition."""

GATE = {"commercial_gate": (CommercialGate.SCALE,)}
OPEN_CELLS = CELLS | {ConditionKind.SCALE_CAP: GATE, ConditionKind.REVENUE_CAP: GATE}
"""Columns that have to be known before a condition can be called absent."""

CAPS = {Measure.USERS: ConditionKind.SCALE_CAP, Measure.PEOPLE: ConditionKind.SCALE_CAP, Measure.REVENUE: ConditionKind.REVENUE_CAP}


@dataclass(frozen=True)
class Condition:
    """One counted condition with the clauses that ask it."""

    kind: ConditionKind
    clauses: tuple[TermClause, ...]


@dataclass(frozen=True)
class Complexity:
    """The complexity score of a license or of several in one tree.

    `score` counts the conditions that are known, `high` adds those that a blank cell may hide (`unknown`). `is_complicated` is
    None when only the blank cells would decide. `is_standard` says whether every license has an SPDX identifier, and
    `edited_from` which standard text was changed.
    """

    expression: str
    score: int
    high: int
    conditions: tuple[Condition, ...]
    unknown: tuple[ConditionKind, ...]
    is_standard: bool
    edited_from: tuple[str, ...]

    @property
    def is_complicated(self) -> bool | None:
        """Whether at least three conditions are counted; None when blank cells decide."""
        return True if self.score >= FLAGGED_FROM else None if self.high >= FLAGGED_FROM else False

    @property
    def is_flagged(self) -> bool | None:
        """Whether concept MI4 in full flags it: complicated, without SPDX identifier, or an edited standard text."""
        return True if not self.is_standard or self.edited_from else self.is_complicated

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said beside the score: no SPDX identifier, an edited standard text, blank cells."""
        edited = [f"Looks like {base}, but was changed in substance." for base in self.edited_from]
        blank = [f"Not known: {', '.join(kind.label for kind in self.unknown)}."] if self.unknown else []
        return (*([] if self.is_standard else ["No SPDX identifier."]), *edited, *blank)


def complexity_of(
    expression: str,
    terms: pd.DataFrame,
    thresholds: pd.DataFrame,
    licenses: pd.DataFrame,
    edited_standard_texts: pd.DataFrame | None = None,
) -> Complexity:
    """Return the complexity score of a license, or of several joined by AND or WITH in one tree.

    Nine conditions are counted (concept MI4), from typed cells and thresholds. Notices, copyleft and patent terms are not
    conditions. A threshold that only asks a display counts as naming, not as a cap.

    Raises
    ------
    UnknownNameError
        If the terms of one of the licenses were not read.
    InputError
        If the expression offers a choice (OR): the alternatives are scored one by one. Or if nothing is granted at all.
    """
    if " OR " in f" {expression} ":
        raise InputError(f"{expression!r} offers a choice; score its alternatives one by one.")
    names = tuple(dict.fromkeys(license_ids_in(expression)))
    found: dict[ConditionKind, list[TermClause]] = {}
    hidden: set[ConditionKind] = set()
    for name in names:
        row, tests = terms_of(name, terms), _tests(name, thresholds)
        if row["grant"] == Grant.NONE:
            raise InputError(f"{name} grants nothing, so it has no conditions to count.")
        for kind, clause in [*_from_cells(row), *_from_tests(row, tests)]:
            found.setdefault(kind, []).append(clause)
        hidden |= {kind for kind, cells in OPEN_CELLS.items() if any(not values_of(row, column) for column in cells)}
        if len(names) > 1:
            found.setdefault(ConditionKind.SEVERAL_LICENSES, []).append(clause_of(row, "grant"))
    unknown = tuple(kind for kind in ConditionKind if kind in hidden and kind not in found)
    conditions = tuple(Condition(kind, tuple(found[kind])) for kind in ConditionKind if kind in found)
    edited = (
        {}
        if edited_standard_texts is None
        else dict(zip(*(edited_standard_texts[c] for c in ("license_id", "base_license_id")), strict=True))
    )
    return Complexity(
        expression=expression,
        score=len(conditions),
        high=len(conditions) + len(unknown),
        conditions=conditions,
        unknown=unknown,
        is_standard=all(_is_listed(name, licenses) for name in names),
        edited_from=tuple(edited[name] for name in names if name in edited),
    )


def complexity_table(
    terms: pd.DataFrame, thresholds: pd.DataFrame, licenses: pd.DataFrame, edited_standard_texts: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the scores of all licenses that grant something and whose terms were read, most complicated first, then by name.

    One row a license: license_id, score, high, is_complicated and is_flagged (blank when not known), conditions and unknown
    (values of `ConditionKind`, joined by '; '), is_standard, edited_from.
    """
    import pandas as pd

    granting = terms.loc[terms["grant"] != Grant.NONE, "license_id"]
    scores = [complexity_of(str(name), terms, thresholds, licenses, edited_standard_texts) for name in granting]
    rows = [
        {
            "license_id": item.expression,
            "score": item.score,
            "high": item.high,
            "is_complicated": pd.NA if item.is_complicated is None else item.is_complicated,
            "is_flagged": pd.NA if item.is_flagged is None else item.is_flagged,
            "conditions": "; ".join(condition.kind for condition in item.conditions),
            "unknown": "; ".join(item.unknown),
            "is_standard": item.is_standard,
            "edited_from": "; ".join(item.edited_from),
        }
        for item in sorted(scores, key=lambda item: (-item.score, -item.high, item.expression))
    ]
    return pd.DataFrame(rows).astype({"is_complicated": "boolean", "is_flagged": "boolean"})


def _from_cells(row: Row) -> Iterator[tuple[ConditionKind, TermClause]]:
    for kind, cells in CELLS.items():
        for column, restricting in cells.items():
            if set(values_of(row, column)) & set(restricting):
                yield kind, clause_of(row, column)


def _from_tests(row: Row, tests: Sequence[Row]) -> Iterator[tuple[ConditionKind, TermClause]]:
    caps = [test for test in tests if test["effect"] in (*GATES, *BARS)]
    for test in caps:
        measure = read_term(Measure, test["measure"])
        if measure in CAPS:
            yield CAPS[measure], _test_clause(test)
    if CommercialGate.SCALE in values_of(row, "commercial_gate") and not any(test["measure"] in CAPS for test in caps):
        yield ConditionKind.SCALE_CAP, clause_of(row, "commercial_gate")
    for test in tests:
        if test["effect"] == ThresholdEffect.DISPLAY_AND_NOTICE:
            yield ConditionKind.REGISTRATION, _test_clause(test)


def _tests(license_id: str, thresholds: pd.DataFrame) -> list[Row]:
    rows = thresholds.loc[thresholds["license_id"] == license_id].to_dict("records")
    return [known_cells({str(column): value for column, value in row.items()}) for row in rows]


def _test_clause(test: Row) -> TermClause:
    said = f"{threshold_in_words(test)}: {CONSEQUENCES[read_term(ThresholdEffect, test['effect'])]}."
    return TermClause(
        license_id=str(test["license_id"]),
        column="license_thresholds",
        value=f"test {test['test_no']}",
        says=f"{said[:1].upper()}{said[1:]}",
        confidence=read_term(Confidence, test["confidence"]),
        source_ids=cell_values(test["source_ids"]),
    )


def _is_listed(license_id: str, licenses: pd.DataFrame) -> bool:
    rows = licenses.loc[licenses["license_id"] == license_id, "is_spdx_listed"]
    if rows.empty:
        raise UnknownNameError("license", license_id, licenses["license_id"])
    return bool(rows.iloc[0])
