"""What others did at a layer of the stack: the best evidenced precedents, and how often it is open."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.statistics import wilson_interval
from openstrat.errors import InputError, UnknownNameError
from openstrat.terms import Layer, OpennessLevel, values

SEPARATOR = "; "
GRADES = ["high", "medium", "low"]
FIELD_LABELS = {"license_id": "license", "first_released_on": "release date"}
OPEN_CLASSES = ("open", "open_source", "open_weights")
"""Classes of the base rate table under which the product itself may be used freely."""
PARTLY_OPEN_CLASSES = ("open_core", "source_available", "restricted", "gated")
"""Classes under which something is delivered, but a part or a use is held back."""
PRECEDENT_COLUMNS = [
    "project_id",
    "name",
    "organization",
    "license_id",
    "stated_level",
    "playbook",
    "governance",
    "n_authors_12m",
    "n_authors_for_half",
    "why_chosen",
    "source_ids",
]


@dataclass(frozen=True)
class LayerBaseRate:
    """How often products of one layer are open in a curated sample, with a Wilson 95% interval.

    `table` names the sample. `share_open` and its interval are None when the sample holds nothing on the layer.
    """

    layer: Layer
    table: str
    n: int
    n_open: int
    n_partly_open: int
    share_open: float | None
    low: float | None
    high: float | None


def precedents_for_layer(layer: Layer, projects: pd.DataFrame, indicators: pd.DataFrame, *, most: int = 4) -> pd.DataFrame:
    """Return up to `most` precedents of a layer, the best evidenced first, one row a project.

    Columns are `PRECEDENT_COLUMNS`. Evidence ranks by: license read in a source, confidence, number of columns read. Levels take
    turns from both ends of the spectrum, so that open and held examples both appear where the layer has them. Author counts
    are unknown for projects whose repository was not measured. No rows when the layer has no project.

    Raises
    ------
    UnknownNameError
        If `layer` is not a layer.
    InputError
        If `most` is below 1.
    """
    if most < 1:
        raise InputError(f"Ask for at least 1 precedent; got most={most}.")
    ranked = _by_evidence(projects[projects["layer"] == _checked(layer).value])
    turns = ranked.groupby("stated_level").cumcount()
    ends_first = _ends_first([level for level in values(OpennessLevel) if level in set(ranked["stated_level"])])
    place = ranked["stated_level"].map({level: index for index, level in enumerate(ends_first)})
    picked = ranked.assign(turn=turns, place=place).sort_values(["turn", "place"]).head(most).sort_index()
    return _with_indicators(picked, indicators)


def base_rate_for_layer(layer: Layer, projects: pd.DataFrame, base_rates: pd.DataFrame) -> LayerBaseRate:
    """Return how often products of a layer are open, from the curated base rates or, where they are silent, from the projects.

    In the base rates open means the classes `OPEN_CLASSES`; open_weights there covers weights under permissive terms with data or
    code withheld. In the projects it means stated_level fully_open; they were chosen as lessons, so that share runs high.

    Raises
    ------
    UnknownNameError
        If `layer` is not a layer.
    """
    layer = _checked(layer)
    informs = base_rates["layers"].fillna("").str.split(SEPARATOR).map(lambda layers: layer.value in layers).astype(bool)
    if informs.any():
        counts = base_rates[informs].groupby("openness_class")["n_products"].sum().to_dict()
        n_open, n_partly = (sum(int(counts.get(key, 0)) for key in keys) for keys in (OPEN_CLASSES, PARTLY_OPEN_CLASSES))
        return _rate(layer, "openness_base_rates", sum(map(int, counts.values())), n_open, n_partly)
    levels = projects.loc[projects["layer"] == layer.value, "stated_level"]
    partly = levels.isin([OpennessLevel.OPEN_WEIGHTS.value, OpennessLevel.SOURCE_AVAILABLE.value])
    return _rate(layer, "projects", len(levels), int((levels == OpennessLevel.FULLY_OPEN.value).sum()), int(partly.sum()))


def _checked(layer: str) -> Layer:
    known = {member.value: member for member in Layer}
    if layer not in known:
        raise UnknownNameError("layer", layer, known)
    return known[layer]


def _rate(layer: Layer, table: str, n: int, n_open: int, n_partly: int) -> LayerBaseRate:
    if n == 0:
        return LayerBaseRate(layer, table, 0, 0, 0, share_open=None, low=None, high=None)
    low, high = wilson_interval(n_open, n)
    return LayerBaseRate(layer, table, n, n_open, n_partly, share_open=n_open / n, low=low, high=high)


def _by_evidence(candidates: pd.DataFrame) -> pd.DataFrame:
    """Sort projects by how well they are evidenced; ties by `project_id`, so that row order of the input does not matter."""
    read = candidates["verified_fields"].fillna("").str.split(SEPARATOR)
    rank = candidates.assign(
        unread=read.map(lambda fields: "license_id" not in fields).astype(bool),
        doubt=candidates["confidence_grade"].map(GRADES.index).astype(int),
        n_read=read.map(lambda fields: -len([field for field in fields if field])).astype(int),
    )
    return rank.sort_values(["unread", "doubt", "n_read", "project_id"]).reset_index(drop=True)


def _ends_first(levels: list[str]) -> list[str]:
    """Take turns from the open and the held end: [1, 2, 3, 4] gives [1, 4, 2, 3]."""
    return [level for pair in zip(levels, reversed(levels), strict=True) for level in dict.fromkeys(pair)][: len(levels)]


def _with_indicators(picked: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    measured = indicators.dropna(subset=["project_id"]).sort_values("repository").drop_duplicates("project_id")
    columns = ["project_id", "n_authors_12m", "n_authors_for_half", "source_ids"]
    joined = picked.merge(measured[columns], on="project_id", how="left", suffixes=("", "_measured"))
    joined["why_chosen"] = [_why(row.stated_level, row.turn, row.verified_fields, row.confidence_grade) for row in joined.itertuples()]
    both = zip(joined["source_ids"], joined["source_ids_measured"].fillna(""), strict=True)
    joined["source_ids"] = [SEPARATOR.join(_unique(*pair)) for pair in both]
    return joined[PRECEDENT_COLUMNS]


def _unique(*cells: str) -> list[str]:
    return list(dict.fromkeys(part for cell in cells for part in cell.split(SEPARATOR) if part))


def _why(level: object, turn: object, verified: object, grade: object) -> str:
    fields = _unique(verified) if isinstance(verified, str) else []
    read = [FIELD_LABELS.get(field, field.replace("_", " ")) for field in fields]
    lead = "Best evidenced" if turn == 0 else "Further"
    return f"{lead} {str(level).replace('_', ' ')} example: {', '.join(read) or 'nothing'} read in a source; {grade} confidence."
