"""A license as clauses: each says whom it shuts out, gates or binds, for which purposes, and which cell or test it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from openstrat.analysis.licenses.askers import EVERY_PURPOSE, OFFERS, Asker, Purpose
from openstrat.analysis.licenses.clause_table import BLANKS, CELLS, NAMING_PURPOSES, Effect, Template
from openstrat.analysis.licenses.notes import as_sentence, note_of
from openstrat.analysis.licenses.placement import cell_values, restrictions_of
from openstrat.analysis.licenses.thresholds import (
    BARS,
    CONSEQUENCES,
    GATES,
    Test,
    is_commercial_only,
    is_crossed,
    purposes_of,
    threshold_in_words,
    who_crosses,
)
from openstrat.tables.license_vocabulary import (
    CommercialGate,
    CompetingUse,
    ExclusionScope,
    Measure,
    NamingDuty,
    Permission,
    Region,
    ThresholdEffect,
    UseScope,
)

REGIONS = {Region.EU: "the European Union", Region.UK: "the United Kingdom", Region.KR: "South Korea"}
SERVICES_OF_IT = (CompetingUse.MANAGED_SERVICE, CompetingUse.FUNCTIONALITY)
"""Limits on business that bar hosting; a cell that bars it already says so once."""
SCOPES = {
    ExclusionScope.ALL: (Effect.BARRED, "No rights are granted in", ""),
    ExclusionScope.MULTIMODAL_MODELS: (Effect.GATED, "Depends on the model in", ", as far as multimodal models are concerned"),
}
"""What an excluded region does to somebody established there: effect, how it is said, and which part of the work is meant."""
SCOPE_UNKNOWN = (Effect.UNKNOWN, "It is not known how far rights are missing in", ", as far as the exclusion reaches")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Clause:
    """What one cell or test of a license does, to whom, and when.

    `who` is blank where nobody is shut out. `decided_by` is the cell as `column = value`, or the number of the test. `regions`
    limits it to askers established there, `test` to those who meet the threshold.
    """

    effect: Effect
    says: str
    decided_by: str
    who: str = ""
    purposes: frozenset[Purpose] = EVERY_PURPOSE
    is_commercial_only: bool = False
    regions: tuple[str, ...] = ()
    test: Test | None = None

    def concerns(self, asker: Asker) -> bool:
        """Whether it is about the asker's purpose at all."""
        return asker.purpose in self.purposes and (asker.is_commercial or not self.is_commercial_only)

    def is_met_by(self, asker: Asker) -> bool | None:
        """Whether place and figures of the asker meet it; None when what it asks is not known."""
        if self.regions:
            return None if asker.territory is None else asker.territory in self.regions
        return True if self.test is None else is_crossed(self.test, asker)


def clauses_of(row: Row, tests: list[Test]) -> list[Clause]:
    """Return all clauses of one row of `license_terms` and its rows of `license_thresholds`, None standing for blank cells."""
    return [*_from_cells(row, tests), *_naming(row), *_place(row), *_from_tests(tests), *_unknown(row, tests)]


def _from_cells(row: Row, tests: list[Test]) -> Iterator[Clause]:
    for (column, value), templates in CELLS.items():
        if value not in cell_values(row[column]) or _is_said_elsewhere(column, value, row, tests):
            continue
        for template in _in_context(column, value, row, templates):
            yield _clause(template, f"{column} = {value}", _note(row, column))
    if row["has_use_restrictions_flow_down"]:
        bound = "Whoever receives it has to be bound to the same limits on use."
        yield Clause(Effect.DUTY, bound, "has_use_restrictions_flow_down = true", "", OFFERS | {Purpose.REDISTRIBUTE})


def _clause(template: Template, decided_by: str, note: str) -> Clause:
    says = f"{template.says} {note}".strip()
    return Clause(template.effect, says, decided_by, template.who, template.purposes, template.is_commercial_only)


def _note(row: Row, column: str) -> str:
    note = note_of(row, column)
    if column == "acceptable_use_policy" and row["is_policy_changeable"]:
        note = f"{note} The licensor may change it.".strip()
    return note


def _is_said_elsewhere(column: str, value: str, row: Row, tests: list[Test]) -> bool:
    """Whether a typed test or another cell says the same more exactly."""
    if (column, value) == ("use_scope", UseScope.NON_PRODUCTION):
        return bool(row["competing_use"] == CompetingUse.SET_BY_LICENSOR)
    if (column, value) == ("competing_use", CompetingUse.SERVICE_BUSINESS):
        return any(test["business"] for test in tests)
    if (column, value) == ("competing_use", CompetingUse.COMPETING_PRODUCT):
        return any(test["measure"] == Measure.COMPETING_PRODUCT for test in tests)
    return False


def _in_context(column: str, value: str, row: Row, templates: tuple[Template, ...]) -> Iterator[Template]:
    """Adjust what a cell says to the cells beside it."""
    gates = cell_values(row["commercial_gate"])
    for template in templates:
        if (column, value) == ("use_scope", UseScope.NON_PRODUCTION) and CommercialGate.PERMISSION in gates:
            yield replace(template, effect=Effect.GATED, says="In production only with permission of the licensor.")
        elif value in SERVICES_OF_IT and template.effect == Effect.BARRED and row["hosted_service"] == Permission.NO:
            continue
        else:
            yield template


def _naming(row: Row) -> Iterator[Clause]:
    duties = [NamingDuty(word) for word in cell_values(row["naming"]) if word != NamingDuty.NONE]
    for duty in duties:
        if NAMING_PURPOSES[duty]:
            yield Clause(Effect.DUTY, duty.definition, f"naming = {duty.value}", "", NAMING_PURPOSES[duty])
    concerned = frozenset[Purpose]().union(*(NAMING_PURPOSES[duty] for duty in duties))
    if row["naming_note"]:
        yield Clause(Effect.DUTY, f"In short: {note_of(row, 'naming')}", "naming_note", "", concerned)


def _place(row: Row) -> Iterator[Clause]:
    regions = tuple(place for place in cell_values(row["geographic_exclusion"]) if place != Region.NONE)
    if not regions:
        return
    where = " or ".join(REGIONS[Region(place)] for place in regions)
    note = note_of(row, "geographic_exclusion")
    effect, how, part = SCOPES.get(row["geographic_exclusion_scope"], SCOPE_UNKNOWN)
    says = f"{how} {where}. {note}".strip()
    yield Clause(effect, says, f"geographic_exclusion = {', '.join(regions)}", f"companies established in {where}{part}", regions=regions)


def _from_tests(tests: list[Test]) -> Iterator[Clause]:
    for test in tests:
        effect = ThresholdEffect(test["effect"])
        note = f" {test['note']}" if test["note"] else ""
        says = f"{as_sentence(f'{threshold_in_words(test)}: {CONSEQUENCES[effect]}')}{note}"
        kind = Effect.BARRED if effect in BARS else Effect.GATED if effect in GATES else Effect.DUTY
        who = "" if kind == Effect.DUTY else who_crosses(test)
        decided_by = f"license_thresholds {test['test_no']}"
        yield Clause(kind, says, decided_by, who, purposes_of(test), is_commercial_only(test), test=test)


def _unknown(row: Row, tests: list[Test]) -> Iterator[Clause]:
    for column in restrictions_of(row).unknown:
        blank = BLANKS[column]
        if row[column] == CompetingUse.SET_BY_LICENSOR:
            continue
        said = "Conditions that are not recorded decide" if row[column] else "Not recorded"
        decided_by = f"{column} = {row[column] or 'blank'}"
        yield replace(_clause(blank, decided_by, ""), says=f"{said}: {blank.says}.")
    if CommercialGate.SCALE in cell_values(row["commercial_gate"]) and not tests:
        says = "A limit of size applies, but its value is not recorded."
        yield Clause(
            Effect.UNKNOWN, says, "commercial_gate = scale", "companies above a size that is not recorded", is_commercial_only=True
        )
