"""Examples that the essays name, as told against what the tables hold (EX1 to EX7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from openstrat.analysis.strategy.finding import Answer, Basis, Finding, unknown
from openstrat.tables.cells import split_list
from openstrat.terms import OpennessLevel

AS_TOLD = {
    "EX1": "Llama is named as downloadable weights under limited terms.",
    "EX2": "Mistral is named as opening small models and selling the frontier.",
    "EX3": "MLflow is named as a permissive tool that brings users to a paid platform.",
    "EX4": "Anthropic and OpenAI are named as opening client libraries and holding weights.",
    "EX5": "License changes at MongoDB, HashiCorp and Redis are said to have led to a fork each.",
    "EX6": "Custom licenses are said to restrict users above a size.",
    "EX7": "Microsoft's past is named as the model of a company that cheapens what runs beside its platform.",
}
CHANGES = ("mongodb-2018", "terraform-2023", "redis-2024")
THRESHOLD_FAMILIES = ("Llama", "Jamba", "Stability", "Kimi", "Gemma")
FRONTIER = "mistral-large-3-675b-base"
OPEN, WEIGHTS = OpennessLevel.FULLY_OPEN.value, OpennessLevel.OPEN_WEIGHTS.value


def _finding(concept_id: str, answer: Answer, found: str, rows: Iterable[str], sources: Iterable[object], *, n: int) -> Finding:
    cited = tuple(dict.fromkeys(part for cell in sources for part in split_list(cell)))
    sentence = f"{AS_TOLD[concept_id]} {found}"
    return Finding(concept_id, answer, sentence, Basis.MEASURED, n=n, evidence=tuple(rows), source_ids=cited)


def _with_share(finding: Finding, share: float) -> Finding:
    return replace(finding, value=share, unit="share")


def llama(positions: pd.DataFrame, evidence: pd.DataFrame) -> Finding:
    """Return EX1: every Llama release that is recorded has restricted terms, and the flagship that followed came without weights.

    `positions` has one row a release: release_id, family, level, source_ids; `evidence` is the evidence table.
    """
    rows = positions[positions["family"] == "Llama"]
    if rows.empty:
        return unknown("EX1", ("releases of the family Llama",))
    held = int((rows["level"] == WEIGHTS).sum())
    closed = evidence[evidence["evidence_id"] == "meta-closed-flagship"]
    answer = Answer.NO if not held else Answer.PARTLY if held < len(rows) or len(closed) else Answer.YES
    later = f" {closed.iloc[0]['statement']}" if len(closed) else ""
    found = f"True of {held} of {len(rows)} recorded releases.{later}"
    finding = _finding("EX1", answer, found, _rows(rows), [*rows["source_ids"], *closed["source_ids"]], n=len(rows))
    return _with_share(finding, held / len(rows))


def mistral(positions: pd.DataFrame) -> Finding:
    """Return EX2: whether Mistral's largest recorded model is held back."""
    rows = positions[positions["family"] == "Mistral"]
    top = rows[rows["release_id"] == FRONTIER]
    if top.empty:
        return unknown("EX2", ("the terms of Mistral's largest model",))
    is_open = top.iloc[0]["level"] == OPEN
    found = f"Its largest recorded model is {str(top.iloc[0]['level']).replace('_', ' ')}, under {top.iloc[0]['license_id']}."
    return _finding("EX2", Answer.PARTLY if is_open else Answer.YES, found, _rows(rows), rows["source_ids"], n=len(rows))


def mlflow(projects: pd.DataFrame) -> Finding:
    """Return EX3: license, home and contribution terms of MLflow."""
    rows = projects[projects["project_id"] == "mlflow"]
    if rows.empty:
        return unknown("EX3", ("the project MLflow",))
    row = rows.iloc[0]
    is_permissive = row["license_id"] == "Apache-2.0"
    found = f"It is under {row['license_id']}; a {row['governance']} runs it; contributors' terms: {row['contribution_agreement']}."
    sold = (f"Sold beside it: {row['revenue_source']}",)
    return _finding("EX3", Answer.YES if is_permissive else Answer.NO, found, sold, rows["source_ids"], n=1)


def laboratories(projects: pd.DataFrame, positions: pd.DataFrame) -> Finding:
    """Return EX4: whether client libraries are open and weights held."""
    libraries = projects[projects["project_id"].isin(["openai-python", "anthropic-sdk-python"])]
    weights = positions[positions["organization"].isin(["OpenAI", "Anthropic"]) & (positions["level"] == OPEN)]
    if libraries.empty:
        return unknown("EX4", ("the licenses of the client libraries",))
    are_open = bool((libraries["stated_level"] == OPEN).all())
    answer = Answer.NO if not are_open else Answer.PARTLY if len(weights) else Answer.YES
    named = ", ".join(weights["name"]) or "no weights"
    found = f"The libraries are {'open' if are_open else 'not all open'}; released under open terms besides: {named}."
    rows = (f"{row['name']}: {row['license_id']}." for row in libraries.to_dict("records"))
    return _finding("EX4", answer, found, rows, [*libraries["source_ids"], *weights["source_ids"]], n=len(libraries))


def changes_and_forks(license_changes: pd.DataFrame, fork_events: pd.DataFrame) -> Finding:
    """Return EX5: how many of the three license changes have a fork that answered them."""
    changes = license_changes[license_changes["change_id"].isin(CHANGES)]
    if len(changes) < len(CHANGES):
        return unknown("EX5", ("the license changes of MongoDB, Terraform and Redis",))
    answered = fork_events[fork_events["license_change_id"].isin(CHANGES)]
    with_fork = set(answered["license_change_id"])
    share = len(with_fork) / len(CHANGES)
    rows = [
        f"{change}: {', '.join(answered.loc[answered['license_change_id'] == change, 'fork']) or 'no fork in the table'}."
        for change in CHANGES
    ]
    answer = Answer.YES if share == 1 else Answer.PARTLY if with_fork else Answer.NO
    found = f"{len(with_fork)} of {len(CHANGES)} did; a fork is counted when it answered the change."
    finding = _finding("EX5", answer, found, rows, [*changes["source_ids"], *answered["source_ids"]], n=len(CHANGES))
    return _with_share(finding, share)


def thresholds(license_thresholds: pd.DataFrame, license_terms: pd.DataFrame) -> Finding:
    """Return EX6: how many of five families of custom licenses hold a threshold on users or revenue."""
    sized = license_thresholds[license_thresholds["measure"].isin(["users", "revenue"])]
    names = {family: f"LicenseRef-{family}" for family in THRESHOLD_FAMILIES}
    read = {family: license_terms["license_id"].str.startswith(prefix).any() for family, prefix in names.items()}
    if not all(read.values()):
        return unknown("EX6", tuple(f"the terms of {family}" for family, is_read in read.items() if not is_read))
    found = {family: sized[sized["license_id"].str.startswith(prefix)] for family, prefix in names.items()}
    having = [family for family, rows in found.items() if len(rows)]
    without = [family for family in names if family not in having]
    answer = Answer.YES if not without else Answer.PARTLY if having else Answer.NO
    words = f"{', '.join(having) or 'None'} have one; {', '.join(without) or 'none'} do not."
    rows = [f"{family}: {len(items)} tests of size." for family, items in found.items()]
    cells = [cell for items in found.values() for cell in items["source_ids"]]
    return _with_share(_finding("EX6", answer, words, rows, cells, n=len(names)), len(having) / len(names))


def microsoft() -> Finding:
    """Return EX7: no table holds a figure that would test it."""
    return unknown(
        "EX7",
        ("a figure on prices of what ran beside Microsoft's platform",),
        caveats=(AS_TOLD["EX7"], "A teaching story; do not lean on it."),
    )


def _rows(positions: pd.DataFrame) -> tuple[str, ...]:
    return tuple(f"{row['name']}: {str(row['level']).replace('_', ' ')}." for row in positions.to_dict("records"))
