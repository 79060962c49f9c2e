"""Who may do what under which license, by which clause and with which duties: from typed terms and thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from openstrat.analysis.licenses.askers import Asker
from openstrat.analysis.licenses.clause_table import Effect
from openstrat.analysis.licenses.clauses import Clause, Row, clauses_of
from openstrat.analysis.licenses.placement import cell_values
from openstrat.analysis.licenses.thresholds import MONTHS, Test, in_words, records
from openstrat.errors import UnknownNameError
from openstrat.tables.cells import SEPARATOR
from openstrat.tables.license_vocabulary import ThresholdUnit
from openstrat.terms import AssetType, Confidence, Term, read_term, values

NO_LIMIT = "Nothing recorded stands in the way."
NOT_READ = "The terms were not read here, and a name or an approval decides nothing."
COLUMNS = ["license_id", "answer", "clause", "decided_by", "duties", "remarks", "evidence", "confidence", "source_ids"]


class Answer(Term):
    """Whether one asker may do one thing under one license: the gravest effect of the clauses that concern it, or none."""

    ALLOWED = "allowed", "Nothing recorded stands in the way; duties may come along."
    GATED = Effect.GATED.value, Effect.GATED.definition
    BARRED = Effect.BARRED.value, Effect.BARRED.definition
    UNKNOWN = Effect.UNKNOWN.value, "A cell that would decide it is blank, or it depends on a figure that was not given."


SEVERITY = (Effect.BARRED, Effect.GATED, Effect.UNKNOWN)
"""What bars wins over what gates, that over what is unknown."""


@dataclass(frozen=True)
class Ruling:
    """What one license answers to one asker.

    `deciding` holds the clauses behind the answer, `duties` what comes along, `remarks` what else is good to know (lists of
    forbidden uses, a grant that can be taken back, tests not reached). `evidence` paraphrases the clauses with their sections.
    """

    license_id: str
    answer: Answer
    deciding: tuple[Clause, ...]
    duties: tuple[str, ...]
    remarks: tuple[str, ...]
    evidence: str
    confidence: Confidence
    source_ids: tuple[str, ...]

    @property
    def clause(self) -> str:
        """Why, in sentences."""
        if self.deciding:
            return " ".join(dict.fromkeys(clause.says for clause in self.deciding))
        if self.answer != Answer.ALLOWED:
            return NOT_READ
        return f"{NO_LIMIT} See the notes." if self.remarks else NO_LIMIT


def may(license_id: str, asker: Asker, terms: pd.DataFrame, thresholds: pd.DataFrame, licenses: pd.DataFrame | None = None) -> Ruling:
    """Return what one license answers to one asker.

    With the table `licenses`, a listed license whose terms were not read answers unknown; without it, it is an unknown name.

    Raises
    ------
    UnknownNameError
        If the license is in none of the tables.
    """
    rows = records(terms.loc[terms["license_id"] == license_id])
    if rows:
        return _ruling(rows[0], records(thresholds.loc[thresholds["license_id"] == license_id]), asker)
    listed = terms if licenses is None else licenses
    unread = records(listed.loc[listed["license_id"] == license_id])
    if not unread:
        raise UnknownNameError("license", license_id, listed["license_id"], "Other spellings stand in the table license_aliases.")
    confidence = read_term(Confidence, unread[0]["confidence"])
    return Ruling(license_id, Answer.UNKNOWN, (), (), (), NOT_READ, confidence, cell_values(unread[0]["source_ids"]))


def who_may(terms: pd.DataFrame, licenses: pd.DataFrame, thresholds: pd.DataFrame, *, asset: str, asker: Asker) -> pd.DataFrame:
    """Return what each license for one kind of asset answers to one asker.

    One row a license whose terms are recorded and that is written for `asset`: license_id, answer (see `Answer`), clause (why),
    decided_by (cells as `column = value`, or `license_thresholds` with the number of the test), duties and remarks (sentences),
    evidence (the clauses with their sections), confidence, source_ids.
    A test that was made once, on a release date, counts with the figures given; the clause says so.

    Parameters
    ----------
    terms, licenses, thresholds
        The tables license_terms, licenses and license_thresholds.
    asset
        A value of `AssetType`.

    Raises
    ------
    UnknownNameError
        If asset is not one of the allowed words.
    """
    if asset not in values(AssetType):
        raise UnknownNameError("asset", asset, values(AssetType))
    written_for = {
        row["license_id"] for row in records(licenses[["license_id", "asset_types"]]) if asset in cell_values(row["asset_types"])
    }
    tests: dict[str, list[Test]] = {}
    for test in records(thresholds):
        tests.setdefault(test["license_id"], []).append(test)
    asked = [row for row in records(terms) if row["license_id"] in written_for]
    return ruling_frame(_ruling(row, tests.get(row["license_id"], []), asker) for row in asked)


def ruling_frame(rulings: Iterable[Ruling]) -> pd.DataFrame:
    """Return rulings as a frame, one row each, with the columns that `who_may` names."""
    return pd.DataFrame([_frame_row(ruling) for ruling in rulings], columns=COLUMNS)


def _frame_row(ruling: Ruling) -> dict[str, str]:
    return {
        "license_id": ruling.license_id,
        "answer": ruling.answer.value,
        "clause": ruling.clause,
        "decided_by": SEPARATOR.join(dict.fromkeys(clause.decided_by for clause in ruling.deciding)),
        "duties": " ".join(ruling.duties),
        "remarks": " ".join(ruling.remarks),
        "evidence": ruling.evidence,
        "confidence": ruling.confidence.value,
        "source_ids": SEPARATOR.join(ruling.source_ids),
    }


def _ruling(row: Row, tests: list[Test], asker: Asker) -> Ruling:
    asked = [_as_met(clause, asker) for clause in clauses_of(row, tests) if clause.concerns(asker)]
    effect = next((effect for effect in SEVERITY if any(clause.effect == effect for clause in asked)), None)
    sources = [*cell_values(row["source_ids"]), *(source for test in tests for source in cell_values(test["source_ids"]))]
    return Ruling(
        license_id=row["license_id"],
        answer=Answer.ALLOWED if effect is None else Answer(effect.value),
        deciding=tuple(clause for clause in asked if clause.effect == effect),
        duties=_said(asked, Effect.DUTY),
        remarks=_said(asked, Effect.LISTED_USES) + _said(asked, Effect.REMARK),
        evidence=row["evidence"],
        confidence=read_term(Confidence, row["confidence"]),
        source_ids=tuple(dict.fromkeys(sources)),
    )


def _said(clauses: list[Clause], effect: Effect) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause.says for clause in clauses if clause.effect == effect))


def _as_met(clause: Clause, asker: Asker) -> Clause:
    """Return a clause as it reaches this asker: as it stands, as a remark where it is not met, or unknown."""
    is_met = clause.is_met_by(asker)
    says = f"{clause.says}{_twelfth(clause, asker)}"
    if is_met is None:
        effect = Effect.REMARK if clause.effect == Effect.DUTY else Effect.UNKNOWN
        return replace(clause, effect=effect, says=f"Depends on what was not given. {says}")
    return replace(clause, says=says) if is_met else replace(clause, effect=Effect.REMARK, says=f"Not met: {says}")


def _twelfth(clause: Clause, asker: Asker) -> str:
    if clause.test is None or clause.test["unit"] != ThresholdUnit.USD_PER_MONTH or asker.revenue_usd is None:
        return ""
    return f" A twelfth of the yearly revenue, USD {in_words(asker.revenue_usd / MONTHS)}, is compared with it."
