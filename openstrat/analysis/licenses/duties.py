"""What one license asks in return: each duty in plain words, when it bites, and the clause it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.findings import Row, TermClause, clause_of, terms_of, values_of, weakest
from openstrat.tables.license_vocabulary import (
    ChangedVersions,
    CommercialGate,
    CopyleftTrigger,
    Grant,
    LitigationTermination,
    NamingDuty,
    OutputUse,
    PatentRetaliation,
    Permission,
    UsePolicy,
)
from openstrat.terms import Confidence, Term

if TYPE_CHECKING:
    import pandas as pd

PREFIX = re.compile(r'name starting "([^"]+)"')
PHRASE = re.compile(r'"((?:Built|Powered|Improved|built) [^"]+)"')


class When(Term):
    """What makes a duty bite."""

    ON_USE = "on_use", "Using it, even without passing anything on."
    ON_PASSING_ON = "on_passing_on", "Passing on copies, changed versions, or products that contain it."
    ON_SERVICE = "on_service", "Offering it to others as a service."
    ON_NAMING = "on_naming", "Naming a model that was derived from it."
    ON_OUTPUT_TRAINING = "on_output_training", "Training another model on what it produces."


@dataclass(frozen=True)
class Duty:
    """One duty: what, when, under which licenses, and by which clauses.

    `is_known` is False where a cell that would add a duty is blank: `what` then names the open question.
    """

    what: str
    when: tuple[When, ...]
    clauses: tuple[TermClause, ...]
    is_known: bool = True

    @property
    def license_ids(self) -> tuple[str, ...]:
        """The licenses that ask it."""
        return tuple(dict.fromkeys(clause.license_id for clause in self.clauses))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of `license_terms` it comes from."""
        return tuple(dict.fromkeys(clause.column for clause in self.clauses))

    @property
    def confidence(self) -> Confidence | None:
        """The weakest confidence among its clauses."""
        return weakest(clause.confidence for clause in self.clauses)

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources of its clauses, each once."""
        return tuple(dict.fromkeys(source for clause in self.clauses for source in clause.source_ids))


PASSING, SERVICE, USE = (When.ON_PASSING_ON,), (When.ON_PASSING_ON, When.ON_SERVICE), (When.ON_USE,)
OUTPUTS = (When.ON_OUTPUT_TRAINING,)

PLAIN: dict[tuple[str, str], tuple[str, tuple[When, ...]]] = {
    ("naming", NamingDuty.NOTICE): ("Keep the copyright and permission notices.", PASSING),
    ("naming", NamingDuty.LICENSE_COPY): ("Pass on a copy of the terms, or the link the terms ask for.", PASSING),
    ("naming", NamingDuty.NOTICE_FILE): ("Pass on the licensor's notice file.", PASSING),
    ("naming", NamingDuty.CHANGES_MARKED): ("Mark what was changed.", PASSING),
    ("naming", NamingDuty.ATTRIBUTION): ("Credit the author or the work.", PASSING),
    ("naming", NamingDuty.SOURCE): ("Offer the source of the covered files.", PASSING),
    ("naming", NamingDuty.DISPLAY_AT_SCALE): ("Show the name in the product once it is large; the thresholds say when.", USE),
    ("naming", NamingDuty.PUBLIC_STATEMENT): ("Put the prescribed sentence into public statements about the work.", USE),
    ("copyleft_trigger", CopyleftTrigger.FILE): ("Keep changed files under the same terms and offer their source.", PASSING),
    ("copyleft_trigger", CopyleftTrigger.LIBRARY): (
        "Keep the library, changes included, under the same terms with its source, and let users replace it.",
        PASSING,
    ),
    ("copyleft_trigger", CopyleftTrigger.DISTRIBUTION): ("Put the work that contains it under the same terms, with its source.", PASSING),
    ("copyleft_trigger", CopyleftTrigger.NETWORK): (
        "Put the work that contains it under the same terms, with its source; users over a network are offered it too.",
        SERVICE,
    ),
    ("copyleft_trigger", CopyleftTrigger.SERVICE): (
        "Put the work that contains it under the same terms; who offers it as a service publishes everything that runs the service.",
        SERVICE,
    ),
    ("acceptable_use_policy", UsePolicy.INLINE): ("Keep to the list of forbidden uses in the terms.", USE),
    ("acceptable_use_policy", UsePolicy.BY_REFERENCE): ("Keep to the policy on forbidden uses that the terms refer to.", USE),
    ("is_policy_changeable", "true"): ("Follow the use policy as the licensor changes it.", USE),
    ("has_use_restrictions_flow_down", "true"): ("Bind everybody who receives it to the same limits on use.", PASSING),
    ("output_use", OutputUse.DISPLAY_DUTY): ("Say the prescribed words about models trained on outputs.", OUTPUTS),
    ("output_use", OutputUse.COUNTS_AS_DERIVATIVE): ("Treat models trained on outputs as derived: the same terms follow them.", OUTPUTS),
}
"""Cells that ask something, what they ask, and when."""

OPEN_QUESTIONS: dict[str, tuple[str, tuple[When, ...]]] = {
    "naming": ("Not known: what must be kept, named or shown.", PASSING),
    "copyleft_trigger": ("Not known: whether own work falls under the same terms.", PASSING),
    "acceptable_use_policy": ("Not known: whether a list of forbidden uses binds.", USE),
    "has_use_restrictions_flow_down": ("Not known: whether limits on use must be passed on.", PASSING),
    "redistribution": ("Not known: on which terms copies may be passed on.", PASSING),
    "patent_retaliation": ("Not known: whether rights end for somebody who sues.", USE),
    "output_use": ("Not known: what may be done with outputs.", OUTPUTS),
    "commercial_gate": ("Not known: what stands before commercial use.", USE),
}

UNSHARED = {ChangedVersions.NO, ChangedVersions.PRIVATE}
"""Changed versions that reach nobody else."""

ENDS: dict[str, str] = {PatentRetaliation.PATENT_LICENSE: "the patent license ends", PatentRetaliation.ALL_RIGHTS: "all rights end"}
SUITS: dict[str, str] = {
    LitigationTermination.PATENT: "patent ",
    LitigationTermination.PATENT_OR_COPYRIGHT: "patent or copyright ",
    LitigationTermination.ANY_IP: "intellectual property ",
}


def obligations_of(license_id: str, terms: pd.DataFrame) -> tuple[Duty, ...]:
    """Return what one license asks in return, one duty a cell value, and an open question for every blank cell that could add one.

    `terms` is the table `license_terms`. Where nothing is granted, nothing is asked: the answer is empty. Limits on who may
    use a work and for what are restrictions and stand in `placement.restrictions_of`; thresholds that ask a display stand in
    `license_thresholds`.

    Raises
    ------
    UnknownNameError
        If the terms of the license were not read.
    """
    row = terms_of(license_id, terms)
    return () if row["grant"] == Grant.NONE else tuple(_duties(row))


def merge_duties(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Return duties with the same words and the same occasion as one, which carries the clauses of all."""
    merged: dict[tuple[str, tuple[When, ...]], Duty] = {}
    for duty in duties:
        key = (duty.what, duty.when)
        merged[key] = replace(merged[key], clauses=merged[key].clauses + duty.clauses) if key in merged else duty
    return tuple(merged.values())


def name_prefix(row: Row) -> str | None:
    """Return the word that names of derived models have to start with; None when no note gives it."""
    found = PREFIX.search(str(row["naming_note"] or ""))
    return found.group(1) if found else None


def _duties(row: Row) -> Iterator[Duty]:
    for (column, value), (what, when) in PLAIN.items():
        if value in values_of(row, column):
            yield Duty(what, when, (clause_of(row, column),))
    yield from _worded(row)
    for column, (what, when) in OPEN_QUESTIONS.items():
        if not values_of(row, column):
            yield Duty(what, when, (clause_of(row, column),), is_known=False)


def _worded(row: Row) -> Iterator[Duty]:
    """Duties whose words depend on what the row notes."""
    prefix = name_prefix(row)
    start = f'with "{prefix}"' if prefix else "with the prescribed word"
    if NamingDuty.DISPLAY in values_of(row, "naming"):
        phrase = PHRASE.search(str(row["naming_note"] or ""))
        what = f'Show the words "{phrase.group(1)}".' if phrase else "Show the prescribed words."
        yield Duty(what, SERVICE, (clause_of(row, "naming"),))
    if NamingDuty.MODEL_NAME_PREFIX in values_of(row, "naming"):
        yield Duty(f"Start the names of derived models {start}.", (When.ON_NAMING,), (clause_of(row, "naming"),))
    if OutputUse.NAMING_DUTY in values_of(row, "output_use"):
        yield Duty(f"Start the names of models trained on outputs {start}.", OUTPUTS, (clause_of(row, "output_use"),))
    if Permission.CONDITIONAL in values_of(row, "redistribution"):
        inside = "" if set(values_of(row, "derivatives")) & UNSHARED else ", also inside changed versions"
        yield Duty(f"Let these terms travel with every copy{inside}.", PASSING, (clause_of(row, "redistribution"),))
    if CommercialGate.PERMISSION in values_of(row, "commercial_gate"):
        said = row["commercial_threshold"] or "permission of the licensor"
        yield Duty(f"Obtain before commercial use: {said}.", USE, (clause_of(row, "commercial_gate"),))
    yield from _suits(row)


def _suits(row: Row) -> Iterator[Duty]:
    for retaliation in values_of(row, "patent_retaliation"):
        if retaliation in ENDS:
            suits = values_of(row, "litigation_termination")
            which = SUITS.get(suits[0], "") if suits else ""
            what = f"Bring no {which}suit about the work; otherwise {ENDS[retaliation]}."
            yield Duty(what, USE, (clause_of(row, "patent_retaliation"),))
