"""Licenses side by side for one kind of asset: where each puts it, and what each answers to the same questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from openstrat.analysis.licenses.placement import Placement, cell_values, place_license
from openstrat.analysis.licenses.questions import QUESTIONS, Question, Reply, State
from openstrat.errors import InputError
from openstrat.tables.cells import SEPARATOR
from openstrat.terms import AssetType, Confidence, OpennessLevel, Restriction

MOST = 6
"""More licenses than this cannot be compared on one page."""
HELD_BACK: dict[Restriction, str] = {
    Restriction.NON_COMMERCIAL: "anybody who earns money with it",
    Restriction.SCALE_GATE: "companies above a size limit",
    Restriction.PERMISSION_GATE: "companies without permission in advance",
    Restriction.SERVICE_GATE: "some kinds of service business",
    Restriction.USE_LIMITED: "every use beyond the kind that is granted",
    Restriction.NO_REDISTRIBUTION: "anybody who passes copies on",
    Restriction.NO_DERIVATIVES: "anybody who changes it, or who passes changed versions on",
    Restriction.LIMITED_DERIVATIVES: "some changed versions",
    Restriction.NO_HOSTING: "anybody who hosts it for others",
    Restriction.COMPETITION: "competitors of the licensor",
    Restriction.SERVICE_COPYLEFT: "hosts who keep the code of their service closed",
    Restriction.OUTPUT_BAN: "some who train models on its outputs",
    Restriction.OUTPUT_DUTY: "models trained on its outputs, unless they carry the name or the terms",
    Restriction.USE_POLICY: "uses on a list of forbidden ones",
    Restriction.TERRITORY: "some regions",
    Restriction.REVOCABLE: "everybody, once the grant is taken back",
}
"""Who or what each restriction holds back, in words."""
ANSWER_COLUMNS = ["license_id", "question_id", "question", "state", "word", "sentence", "columns", "source_ids"]


@dataclass(frozen=True)
class Comparison:
    """Two to six licenses for one kind of asset.

    `placements` in the order asked; `answers` one row a license and question (license_id, question_id, question, state, word,
    sentence, columns, source_ids); `cautions` sentences on what the comparison does not rest on firmly.
    """

    asset: AssetType
    placements: tuple[Placement, ...]
    answers: pd.DataFrame
    cautions: tuple[str, ...]

    @property
    def license_ids(self) -> tuple[str, ...]:
        """The licenses in the order asked."""
        return tuple(str(placed.license_id) for placed in self.placements)


def compare_licenses(
    license_ids: list[str], asset: AssetType, *, terms: pd.DataFrame, thresholds: pd.DataFrame, licenses: pd.DataFrame
) -> Comparison:
    """Return licenses side by side for one kind of asset.

    `terms`, `thresholds` and `licenses` are the tables license_terms, license_thresholds and licenses. A license whose terms were
    not read answers every question with "not known".

    Raises
    ------
    InputError
        If fewer than two or more than six different licenses are named.
    UnknownNameError
        If a license is not in the table licenses.
    """
    asked = list(dict.fromkeys(license_ids))
    if not 2 <= len(asked) <= MOST:
        counted = "Only one license was named" if len(asked) == 1 else f"{len(asked)} licenses were named"
        raise InputError(f"{counted} ({', '.join(asked)}); name two to {MOST}.")
    placements = tuple(place_license(license_id, asset, terms, licenses) for license_id in asked)
    answers = pd.concat([answers_of(license_id, asset, terms=terms, thresholds=thresholds) for license_id in asked], ignore_index=True)
    cautions = (*_written_for(asked, asset, licenses), *_not_read(placements), *_rest_on_descriptions(placements))
    return Comparison(asset, placements, answers, cautions)


def answers_of(license_id: str, asset: AssetType, *, terms: pd.DataFrame, thresholds: pd.DataFrame) -> pd.DataFrame:
    """Return what one license answers to every question that makes sense for an asset; columns as in `Comparison.answers`."""
    rows = _rows(terms[terms["license_id"] == license_id])
    tests = _rows(thresholds[thresholds["license_id"] == license_id])
    asked = [question for question in QUESTIONS if asset in question.assets]
    replies = [(question, question.answer(rows[0], tests) if rows else _unread(question)) for question in asked]
    sources = rows[0]["source_ids"] if rows else ""
    return pd.DataFrame(
        [
            {
                "license_id": license_id,
                "question_id": question.id,
                "question": question.text,
                "state": reply.state.value,
                "word": reply.word,
                "sentence": reply.sentence,
                "columns": SEPARATOR.join(reply.columns),
                "source_ids": sources,
            }
            for question, reply in replies
        ],
        columns=ANSWER_COLUMNS,
    )


def bottom_line(placed: Placement) -> str:
    """Return in one sentence what a placement means for somebody who would use the work."""
    what = placed.asset.label
    if placed.level == OpennessLevel.FULLY_OPEN:
        return f"Fully open: nobody who uses the {what} is held back."
    if placed.level == OpennessLevel.UNDETERMINED:
        return "Undetermined: no restriction is known, but terms that could restrict are not known either."
    if placed.level == OpennessLevel.CLOSED:
        return f"Closed: nobody receives the {what} under terms that grant a right."
    held = "; ".join(HELD_BACK[ground.restriction] for ground in placed.restrictions)
    extra = f" Not known: {', '.join(column.replace('_', ' ') for column in placed.unknown)}." if placed.unknown else ""
    return f"{placed.level.label.capitalize()}. Held back: {held}.{extra}"


def _unread(question: Question) -> Reply:
    return Reply(State.UNKNOWN, "Not known", "The terms of this license were not read here.", ())


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    known = frame.astype(object).where(frame.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in known.to_dict("records")]


def _written_for(asked: list[str], asset: AssetType, licenses: pd.DataFrame) -> list[str]:
    kinds = licenses.set_index("license_id")["asset_types"]
    return [
        f"{license_id} was written for {' and '.join(cell_values(kinds[license_id]))}; how it would be read on {asset.label} is open."
        for license_id in asked
        if cell_values(kinds[license_id]) and asset not in cell_values(kinds[license_id])
    ]


def _not_read(placements: tuple[Placement, ...]) -> list[str]:
    unread = [str(placed.license_id) for placed in placements if not placed.is_read]
    return [f"The terms of {', '.join(unread)} were not read here; every answer is 'not known'."] if unread else []


def _rest_on_descriptions(placements: tuple[Placement, ...]) -> list[str]:
    second = [str(placed.license_id) for placed in placements if placed.confidence == Confidence.SECONDARY]
    return [f"{', '.join(second)}: from descriptions of the text, not the text itself."] if second else []
