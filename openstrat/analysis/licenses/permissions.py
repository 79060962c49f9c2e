"""Who may use what: the licenses of one kind of asset, answered for one company and one purpose, from typed terms and thresholds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from openstrat.analysis.licenses.thresholds import BARS, CONSEQUENCES, GATES, is_crossed, threshold_in_words
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.cells import SEPARATOR
from openstrat.tables.license_vocabulary import (
    OUTPUT_DUTIES,
    CommercialGate,
    CompetingUse,
    CopyleftTrigger,
    Grant,
    Measure,
    OutputUse,
    Permission,
    ServiceBusiness,
    ThresholdEffect,
    ThresholdScope,
    UseScope,
)
from openstrat.terms import AssetType, Term, values

NO_LIMIT = "The recorded terms put no limit on this use."
COLUMNS = ["license_id", "answer", "clause", "decided_by", "source_ids"]


class Purpose(Term):
    """What a company wants to do with a licensed work."""

    PRODUCT = "product", "Build it into a product of one's own that is sold or earns money."
    HOSTED_SERVICE = "hosted_service", "Offer the work itself to others as a paid service."
    REDISTRIBUTE = "redistribute", "Fine-tune or change it, and publish the result."
    TRAIN_ON_OUTPUTS = "train_on_outputs", "Train another model on what it produces."
    RESEARCH = "research", "Study it, and publish findings; nothing is sold."


class Answer(Term):
    """Whether one company may do one thing under one license."""

    ALLOWED = "allowed", "Nothing recorded stands in the way; duties such as notices may come along."
    GATED = "gated", "Only with somebody's permission, or only if a condition about the company or its product holds."
    BARRED = "barred", "The terms do not cover this use."
    UNKNOWN = "unknown", "A cell that would decide it is blank, or the question needs a figure that was not asked."


@dataclass(frozen=True)
class Asker:
    """The company that asks: monthly active users, revenue in USD a year, and what it wants to do."""

    users: float
    revenue_usd: float
    purpose: Purpose

    @property
    def is_commercial(self) -> bool:
        """Every purpose but research counts as commercial."""
        return self.purpose is not Purpose.RESEARCH


@dataclass(frozen=True)
class Finding:
    """What one column says about the question."""

    answer: Answer
    clause: str
    column: str


Row = Mapping[str, Any]
UNRECORDED = {
    "use_scope": "for which kind of use it is granted",
    "commercial_use": "whether commercial use is allowed",
    "commercial_gate": "what stands before commercial use",
    "competing_use": "which business of others is held back",
    "hosted_service": "whether it may be offered as a service",
    "redistribution": "whether copies may be passed on",
    "derivatives": "whether changed versions may be made",
    "output_use": "what may be done with outputs",
}
SEVERITY = [Answer.BARRED, Answer.GATED, Answer.UNKNOWN, Answer.ALLOWED]


def who_may(
    terms: pd.DataFrame,
    licenses: pd.DataFrame,
    thresholds: pd.DataFrame,
    *,
    asset: str,
    users: float,
    revenue_usd: float,
    purpose: str,
) -> pd.DataFrame:
    """Return what each license for one kind of asset answers to one company.

    One row a license whose terms are recorded and that is written for `asset`: license_id, answer (see `Answer`), clause (why, in
    words), decided_by (columns of license_terms, or `license_thresholds` with the number of the test), source_ids.
    What bars wins over what gates, that over what is unknown. A blank cell that would decide the question answers unknown.
    Thresholds count even when they were tested once, on a release date; the clause says so. Not asked, so not decided: place
    (excluded regions are named in the clause), daily users, number of people, and whether the company keeps to use policies.

    Parameters
    ----------
    terms, licenses, thresholds
        The tables license_terms, licenses and license_thresholds.
    asset
        A value of `AssetType`.
    users
        Monthly active users, of the product and of the company alike.
    revenue_usd
        Revenue in USD a year, of the product and of the company alike; a twelfth of it is compared with monthly limits.
    purpose
        A value of `Purpose`.

    Raises
    ------
    UnknownNameError
        If asset or purpose is not one of the allowed words.
    InputError
        If users or revenue is negative or not a finite number.
    """
    for what, value, vocabulary in (("asset", asset, AssetType), ("purpose", purpose, Purpose)):
        if value not in values(vocabulary):
            raise UnknownNameError(what, value, values(vocabulary))
    for name, figure in (("users", users), ("revenue_usd", revenue_usd)):
        if not math.isfinite(figure) or figure < 0:
            raise InputError(f"{name} is {figure}; a finite number of at least 0 is needed.")
    asker = Asker(users, revenue_usd, Purpose(purpose))
    kinds = {row["license_id"]: _words(row["asset_types"]) for row in _rows(licenses)}
    tests: dict[str, list[Row]] = {}
    for test in _rows(thresholds):
        tests.setdefault(test["license_id"], []).append(test)
    found = [_answer(row, tests.get(row["license_id"], []), asker) for row in _rows(terms) if asset in kinds.get(row["license_id"], [])]
    return pd.DataFrame(found, columns=COLUMNS)


def _rows(frame: pd.DataFrame) -> list[Row]:
    known = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in known.to_dict("records")]


def _words(cell: str | None) -> list[str]:
    return cell.split(SEPARATOR) if cell else []


def _answer(row: Row, tests: list[Row], asker: Asker) -> dict[str, object]:
    findings = [*_grant(row), *_scope(row, asker), *_tested(tests, asker)]
    if asker.is_commercial:
        findings += _commercial(row, tests)
    findings += PURPOSE_RULES[asker.purpose](row, tests)
    answer = next(level for level in SEVERITY if level is Answer.ALLOWED or any(item.answer is level for item in findings))
    deciding = [item for item in findings if item.answer is answer]
    clauses = list(dict.fromkeys(item.clause for item in deciding)) or [NO_LIMIT]
    away = [place for place in _words(row["geographic_exclusion"]) if place != "none"]
    if away and answer is not Answer.BARRED:
        clauses.append(f"Regions with excluded rights: {', '.join(away)}.")
    sources = _words(row["source_ids"]) + [source for test in tests for source in _words(test["source_ids"])]
    return {
        "license_id": row["license_id"],
        "answer": answer.value,
        "clause": " ".join(clauses),
        "decided_by": SEPARATOR.join(dict.fromkeys(item.column for item in deciding)),
        "source_ids": SEPARATOR.join(dict.fromkeys(sources)),
    }


def _grant(row: Row) -> Iterator[Finding]:
    if row["grant"] == Grant.NONE:
        yield Finding(Answer.BARRED, "No license is given, so copyright reserves every use.", "grant")
    elif row["grant"] is None:
        yield _blank("grant")


def _blank(column: str) -> Finding:
    return Finding(Answer.UNKNOWN, f"Not recorded: {UNRECORDED.get(column, column.replace('_', ' '))}.", column)


def _sentence(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _scope(row: Row, asker: Asker) -> Iterator[Finding]:
    scope = row["use_scope"]
    if scope is None:
        yield _blank("use_scope")
    elif scope == UseScope.RESEARCH and asker.is_commercial:
        yield Finding(Answer.BARRED, "Granted for research only.", "use_scope")
    elif scope == UseScope.EVALUATION:
        yield Finding(Answer.BARRED, "Granted for a limited trial only.", "use_scope")
    elif scope == UseScope.INTERNAL and asker.is_commercial:
        yield Finding(Answer.BARRED, "Granted for use inside the own organization only.", "use_scope")
    elif scope == UseScope.NON_PRODUCTION and asker.is_commercial:
        if row["competing_use"] == CompetingUse.SET_BY_LICENSOR:
            yield Finding(Answer.UNKNOWN, "Each licensor states which production use is granted.", "competing_use")
        elif CommercialGate.PERMISSION not in _words(row["commercial_gate"]):
            yield Finding(Answer.BARRED, "Granted for development and testing only.", "use_scope")


def _commercial(row: Row, tests: list[Row]) -> Iterator[Finding]:
    allowed, gate = row["commercial_use"], _words(row["commercial_gate"])
    if allowed == Permission.NO:
        yield Finding(Answer.BARRED, "Commercial use is not covered.", "commercial_use")
        return
    if allowed is None:
        yield _blank("commercial_use")
    if not gate:
        yield _blank("commercial_gate")
    if CommercialGate.PERMISSION in gate:
        said = row["commercial_threshold"] or "permission of the licensor"
        yield Finding(Answer.GATED, f"Commercial use needs: {said}.", "commercial_gate")
    if CommercialGate.SCALE in gate and not tests:
        yield Finding(Answer.UNKNOWN, "A limit of size applies, but its value is not recorded.", "commercial_gate")
    explained = tests or set(gate) - {"none"} or row["use_scope"] != UseScope.ANY or row["competing_use"] != CompetingUse.NONE
    if allowed == Permission.CONDITIONAL and not explained:
        yield Finding(Answer.UNKNOWN, "Commercial use has conditions that are not recorded.", "commercial_use")


def _competing(row: Row, held_back: Mapping[str, str]) -> Iterator[Finding]:
    use = row["competing_use"]
    if use is None:
        yield _blank("competing_use")
    elif use in held_back:
        yield Finding(Answer.GATED, row["competing_use_note"] or held_back[use], "competing_use")


COMPETES = {
    CompetingUse.COMPETING_PRODUCT: "Not for a product that competes with the licensor's.",
    CompetingUse.SALE: "Not for a product whose value comes mainly from this work.",
    CompetingUse.COMPETING_MODELS: "Not for models that compete with the licensor's.",
}
COMPETES_AS_SERVICE = COMPETES | {
    CompetingUse.COMPETING_SERVICE: "Not for an online service that competes with the licensor's.",
    CompetingUse.MANAGED_SERVICE: "Not for offering the work itself as a managed service.",
}


def _by_business(row: Row, tests: list[Row]) -> dict[str, str]:
    """Say what a bar on service businesses means when no typed test says it more exactly."""
    typed = any(test["business"] for test in tests)
    return {} if typed else {CompetingUse.SERVICE_BUSINESS: "Not for some kinds of service business."}


def _product(row: Row, tests: list[Row]) -> Iterator[Finding]:
    yield from _competing(row, COMPETES | _by_business(row, tests))


def _hosted(row: Row, tests: list[Row]) -> Iterator[Finding]:
    hosted, trigger = row["hosted_service"], row["copyleft_trigger"]
    if hosted is None:
        yield _blank("hosted_service")
    elif hosted == Permission.NO:
        said = COMPETES_AS_SERVICE.get(row["competing_use"], "The terms do not cover offering it as a service.")
        yield Finding(Answer.BARRED, said, "hosted_service")
        return
    yield from _competing(row, COMPETES_AS_SERVICE | _by_business(row, tests))
    if trigger == CopyleftTrigger.NETWORK:
        yield Finding(Answer.ALLOWED, "Users of the service must be offered the source of the version that runs.", "copyleft_trigger")
    elif trigger == CopyleftTrigger.SERVICE:
        yield Finding(Answer.GATED, "Only if everything that runs the service is published under these terms.", "copyleft_trigger")
    elif trigger is None:
        yield _blank("copyleft_trigger")
    elif hosted == Permission.CONDITIONAL and row["competing_use"] == CompetingUse.NONE and not tests:
        yield Finding(Answer.UNKNOWN, "Offering it as a service has conditions that are not recorded.", "hosted_service")


def _redistribute(row: Row, tests: list[Row]) -> Iterator[Finding]:
    conditions = {
        "derivatives": (Answer.GATED, "Changed versions only for some uses; see the text."),
        "redistribution": (Answer.ALLOWED, "The terms, with any limits on use, travel with every copy."),
    }
    for column, (answer, said) in conditions.items():
        if row[column] is None:
            yield _blank(column)
        elif row[column] == Permission.NO:
            yield Finding(Answer.BARRED, f"The terms do not allow {column.replace('derivatives', 'changed versions')}.", column)
        elif row[column] == Permission.CONDITIONAL:
            yield Finding(answer, said, column)
    if row["copyleft_trigger"] not in (None, CopyleftTrigger.NONE):
        yield Finding(Answer.ALLOWED, "Changed versions stay under the same terms, with source.", "copyleft_trigger")
    yield from _competing(row, COMPETES | _by_business(row, tests))


def _outputs(row: Row, tests: list[Row]) -> Iterator[Finding]:
    uses = _words(row["output_use"])
    if not uses:
        yield _blank("output_use")
    for use in (OutputUse(word) for word in uses):
        said = row["output_use_note"] or use.definition
        if use in OUTPUT_DUTIES:
            yield Finding(Answer.ALLOWED, said, "output_use")
        elif use in (OutputUse.NO_COMPETING_MODELS, OutputUse.NO_FOUNDATION_MODELS):
            yield Finding(Answer.GATED, f"Depends on the new model: {said[0].lower()}{said[1:]}", "output_use")
        elif use is not OutputUse.UNRESTRICTED:
            yield Finding(Answer.BARRED, said, "output_use")


def _research(row: Row, tests: list[Row]) -> Iterator[Finding]:
    return iter(())


PURPOSE_RULES = {
    Purpose.PRODUCT: _product,
    Purpose.HOSTED_SERVICE: _hosted,
    Purpose.REDISTRIBUTE: _redistribute,
    Purpose.TRAIN_ON_OUTPUTS: _outputs,
    Purpose.RESEARCH: _research,
}


def _tested(tests: list[Row], asker: Asker) -> Iterator[Finding]:
    for test in tests:
        if not _concerns(test, asker):
            continue
        crossed = is_crossed(test, users=asker.users, revenue_usd=asker.revenue_usd)
        column = f"license_thresholds {test['test_no']}"
        if crossed is None:
            yield Finding(Answer.UNKNOWN, f"Not asked here: {threshold_in_words(test)}.", column)
            continue
        effect = ThresholdEffect(test["effect"])
        answer, consequence = (
            (Answer.GATED if effect in GATES else Answer.BARRED if effect in BARS else Answer.ALLOWED),
            CONSEQUENCES[effect],
        )
        if not crossed:
            yield Finding(Answer.ALLOWED, f"Not reached: {threshold_in_words(test)}, where {consequence}.", column)
        else:
            note = f" {test['note']}" if test["note"] else ""
            yield Finding(answer, f"{_sentence(threshold_in_words(test))}: {consequence}.{note}", column)


def _concerns(test: Row, asker: Asker) -> bool:
    """Whether a test is about this purpose at all."""
    serving = {Purpose.HOSTED_SERVICE}
    if test["business"] == ServiceBusiness.MODEL_AS_A_SERVICE_OR_AI_ASSISTANT:
        serving = {Purpose.HOSTED_SERVICE, Purpose.PRODUCT}
    if test["business"]:
        return asker.purpose in serving
    if test["scope"] == ThresholdScope.PRODUCT_OR_SERVICE or test["measure"] == Measure.COMPETING_PRODUCT:
        return asker.purpose in (Purpose.PRODUCT, Purpose.HOSTED_SERVICE)
    commercial_only = test["effect"] == ThresholdEffect.NO_COMMERCIAL_USE or test["measure"] == Measure.COMMERCIAL_USE
    return asker.is_commercial or not commercial_only
