"""One release, every index side by side, and why they differ. The three axes (license, completeness, disclosure) are never mixed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.licenses.placement import cell_values
from openstrat.analysis.releases.completeness import Completeness, completeness
from openstrat.analysis.releases.mof.framework import LABELS
from openstrat.analysis.releases.positions import ReleasePosition, place_release
from openstrat.errors import UnknownNameError
from openstrat.tables.release_vocabulary import IndexGrade
from openstrat.terms import Component, ComponentStatus, OpennessLevel, Term

CHAT_INDEX_OPEN = ("llmweights", "license")
"""Dimensions that have to be open for the chat-model index to count as calling the weights open."""
FRAMEWORK_SOURCE = "model-openness-tool"


class Index(Term):
    """Who says how open a release is; the definition is the question asked."""

    RULE = "license_rule", "License position: do the terms of anything run-critical bound anybody?"
    RECORD = "curated_record", "Curated record: does the source of the record call the terms of the weights open?"
    OSI_WEIGHTS = "osi_list", "Is the license of the weights one that the Open Source Initiative approved?"
    MOF = "openness_framework", "Completeness: which parts came under an open license, up to class III, II or I?"
    MOF_RECORD = "published_record", "Published record of the framework: which class does the published tool's own entry come to?"
    CHAT_INDEX = "chat_model_index", "Openness index of chat models: how many of fourteen aspects are open, partial or closed?"
    STACK_MAP = "stack_map", "AI stack map: which class of openness has the product, data and training code included?"
    TRANSPARENCY = "transparency_index", "Disclosure: how many of 100 facts did the company disclose around its flagship?"


class WhyDiffer(Term):
    """Why two indices come to different answers."""

    QUESTION = "question", "They ask different questions."
    PARTS = "parts", "They look at different parts of the release."
    SIBLING = "sibling", "One of them looked at a related model."
    DATE = "date", "One of them looked at another time, or at a record of its own."


WHY: dict[Index, WhyDiffer] = {
    Index.RECORD: WhyDiffer.QUESTION,
    Index.OSI_WEIGHTS: WhyDiffer.QUESTION,
    Index.MOF: WhyDiffer.PARTS,
    Index.MOF_RECORD: WhyDiffer.PARTS,
    Index.STACK_MAP: WhyDiffer.PARTS,
}
"""What sets an index apart from the others; the chat-model index has a reason of its own (a sibling, or its date)."""


OWN_RECORD = (Index.MOF_RECORD, Index.CHAT_INDEX)
"""Indices that keep a record of their own, made at another time than ours."""


@dataclass(frozen=True)
class ReleaseTables:
    """The tables that profiles are made from, each under its own name."""

    releases: pd.DataFrame
    release_components: pd.DataFrame
    run_code: pd.DataFrame
    license_terms: pd.DataFrame
    licenses: pd.DataFrame
    mof_components: pd.DataFrame
    mof_licenses: pd.DataFrame
    mof_record_classes: pd.DataFrame
    transparency_scores: pd.DataFrame
    openness_index_grades: pd.DataFrame
    stack_map_classes: pd.DataFrame


@dataclass(frozen=True)
class IndexReading:
    """What one index says. `value` is empty and `is_open` None when it says nothing; `looked_at` names another model, if it is one."""

    index: Index
    value: str
    is_open: bool | None
    looked_at: str = ""
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndexDifference:
    """Two indices of which one calls the release open and the other does not, with typed reasons and a sentence."""

    open_index: Index
    other_index: Index
    reasons: tuple[WhyDiffer, ...]
    sentence: str


@dataclass(frozen=True)
class Profile:
    """One release: its position, its completeness, what every index says, and where they differ."""

    release_id: str
    name: str
    organization: str
    position: ReleasePosition
    completeness: Completeness
    readings: tuple[IndexReading, ...]
    differences: tuple[IndexDifference, ...]

    def reading(self, index: Index) -> IndexReading:
        """Return what one index says."""
        return next(item for item in self.readings if item.index == index)


def profile(release_id: str, tables: ReleaseTables) -> Profile:
    """Return one release with all indices and the reasons why they differ.

    An index that does not cover the release has an empty value. The transparency index never says open or not, so it takes no
    part in the differences.

    Raises
    ------
    UnknownNameError
        If there is no such release.
    """
    rows = tables.releases.loc[tables.releases["release_id"] == release_id]
    if rows.empty:
        raise UnknownNameError("release", release_id, tables.releases["release_id"], "List: openstrat release list")
    release = rows.iloc[0]
    position = place_release(release_id, tables.release_components, tables.license_terms, tables.licenses, run_code=tables.run_code)
    complete = completeness(release_id, tables.release_components, tables.mof_components, tables.mof_licenses)
    readings = (
        _rule(position),
        _record(position),
        _osi(position, tables.licenses),
        IndexReading(Index.MOF, complete.label, complete.is_open_model, source_ids=(FRAMEWORK_SOURCE,)),
        _mof_record(release_id, tables.mof_record_classes),
        _chat_index(release_id, release["name"], tables.openness_index_grades),
        _stack_map(release_id, release["name"], tables.stack_map_classes),
        _transparency(release_id, release["organization"], tables.transparency_scores),
    )
    return Profile(
        release_id, release["name"], release["organization"], position, complete, readings, tuple(_differences(readings, position))
    )


def index_disagreement(profiles: Iterable[Profile]) -> pd.DataFrame:
    """Return one row a pair of indices that both say open or not: how often they agree, and which releases they differ on.

    Columns: first, second, n_both (releases both judge), n_agree, n_differ, only_first_open and only_second_open (release ids,
    '; '-joined).
    """
    known = list(profiles)
    rows = []
    for first, second in itertools.combinations([item for item in Index if item != Index.TRANSPARENCY], 2):
        both = [(item.release_id, item.reading(first).is_open, item.reading(second).is_open) for item in known]
        both = [row for row in both if row[1] is not None and row[2] is not None]
        rows.append(
            {
                "first": first.value,
                "second": second.value,
                "n_both": len(both),
                "n_agree": sum(left == right for _, left, right in both),
                "n_differ": sum(left != right for _, left, right in both),
                "only_first_open": "; ".join(name for name, left, right in both if left and not right),
                "only_second_open": "; ".join(name for name, left, right in both if right and not left),
            }
        )
    return pd.DataFrame(rows)


def _rule(position: ReleasePosition) -> IndexReading:
    value = position.level.label + (f", grade {position.grade}" if position.grade else "")
    is_open = None if position.level == OpennessLevel.UNDETERMINED else position.level == OpennessLevel.FULLY_OPEN
    return IndexReading(Index.RULE, value, is_open, source_ids=position.source_ids)


def _record(position: ReleasePosition) -> IndexReading:
    weights = position.component(Component.WEIGHTS)
    if weights.status is None:
        return IndexReading(Index.RECORD, "", None)
    return IndexReading(Index.RECORD, weights.status.label, weights.status == ComponentStatus.OPEN, source_ids=weights.source_ids)


def _osi(position: ReleasePosition, licenses: pd.DataFrame) -> IndexReading:
    weights = position.component(Component.WEIGHTS)
    if weights.license_id is None:
        return IndexReading(Index.OSI_WEIGHTS, "", None)
    row = licenses.loc[licenses["license_id"] == weights.license_id].iloc[0]
    if pd.isna(row["is_osi_approved"]) and row["is_spdx_listed"]:
        return IndexReading(Index.OSI_WEIGHTS, f"{weights.license_id}: not checked", None)
    is_approved = pd.notna(row["is_osi_approved"]) and bool(row["is_osi_approved"])
    value = f"{weights.license_id}: {'approved' if is_approved else 'not approved'}"
    return IndexReading(Index.OSI_WEIGHTS, value, is_approved, source_ids=cell_values(row["source_ids"]))


def _mof_record(release_id: str, classes: pd.DataFrame) -> IndexReading:
    rows = classes.loc[classes["release_id"] == release_id]
    if rows.empty:
        return IndexReading(Index.MOF_RECORD, "", None)
    row = rows.iloc[0]
    value = f"{LABELS[int(row['mof_class'])]}, {row['progress_3']:.0f} percent of class III"
    return IndexReading(Index.MOF_RECORD, value, bool(row["mof_class"]), source_ids=cell_values(row["source_ids"]))


def _chat_index(release_id: str, name: str, grades: pd.DataFrame) -> IndexReading:
    rows = grades.loc[grades["release_id"] == release_id]
    if rows.empty:
        return IndexReading(Index.CHAT_INDEX, "", None)
    by_dimension = rows.set_index("dimension")["grade"]
    counts = [f"{int((rows['grade'] == grade).sum())} {grade}" for grade in IndexGrade]
    is_open = all(by_dimension[item] == IndexGrade.OPEN for item in CHAT_INDEX_OPEN)
    value = f"{', '.join(counts)} of {len(rows)}; weights {by_dimension['llmweights']}, license {by_dimension['license']}"
    return IndexReading(
        Index.CHAT_INDEX, value, is_open, _other(name, rows.iloc[0]["graded_model"]), cell_values(rows.iloc[0]["source_ids"])
    )


def _stack_map(release_id: str, name: str, classes: pd.DataFrame) -> IndexReading:
    rows = classes.loc[classes["release_id"] == release_id]
    if rows.empty:
        return IndexReading(Index.STACK_MAP, "", None)
    row = rows.iloc[0]
    is_open = row["openness_class"] in ("open", "open_source")
    value = f"{str(row['openness_class']).replace('_', ' ')}, {row['score']} of 5"
    return IndexReading(Index.STACK_MAP, value, is_open, _other(name, row["graded_product"]), cell_values(row["source_ids"]))


def _transparency(release_id: str, organization: str, scores: pd.DataFrame) -> IndexReading:
    """Return the latest score around this very release, else the company's latest score around another flagship."""
    company = scores.loc[scores["organization"] == organization].sort_values("edition")
    if company.empty:
        return IndexReading(Index.TRANSPARENCY, "", None)
    own = company.loc[company["release_id"] == release_id]
    row = (company if own.empty else own).iloc[-1]
    flagship = row["model"] if isinstance(row["model"], str) else "not named"
    about = f"flagship of {organization} in {row['edition']}: {flagship}"
    whose = "this release" if not own.empty else "not this release"
    return IndexReading(
        Index.TRANSPARENCY,
        f"{row['score']} of 100 ({about}; {whose})",
        None,
        "" if not own.empty else flagship,
        cell_values(row["source_ids"]),
    )


def _other(name: str, looked_at: str) -> str:
    return "" if name.casefold() == looked_at.casefold() else looked_at


def _differences(readings: Iterable[IndexReading], position: ReleasePosition) -> Iterable[IndexDifference]:
    judged = [item for item in readings if item.is_open is not None]
    for first, second in itertools.combinations(judged, 2):
        if first.is_open != second.is_open:
            yes, no = (first, second) if first.is_open else (second, first)
            rule = f" {position.component(Component.WEIGHTS).reason}" if Index.RULE in (yes.index, no.index) else ""
            yield IndexDifference(yes.index, no.index, tuple(_reasons(yes, no)), _sentence(yes, no) + rule)


def _reasons(*readings: IndexReading) -> Iterable[WhyDiffer]:
    found = {WHY[item.index] for item in readings if item.index in WHY}
    found |= {WhyDiffer.SIBLING for item in readings if item.looked_at}
    found |= {WhyDiffer.DATE for item in readings if item.index in OWN_RECORD}
    return (item for item in WhyDiffer if item in found)


def _sentence(yes: IndexReading, no: IndexReading) -> str:
    siblings = "".join(f" {item.index.label.capitalize()} looked at {item.looked_at}." for item in (yes, no) if item.looked_at)
    return f"{yes.index.definition} {yes.value}. {no.index.definition} {no.value}.{siblings}"
