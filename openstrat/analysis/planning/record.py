"""A plan as plain data for programs: the same case, draws and seed give the same text to the last byte."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.evaluation_record import rounded
from openstrat.analysis.planning.advice import LayerAdvice
from openstrat.analysis.planning.plan import OpeningPlan


def record_of(plan: OpeningPlan, *, most: int = 10) -> dict[str, Any]:
    """Return a plan as plain data; amounts in USD million, shares between 0 and 1, unknowns None; `most` combinations by mean value."""
    choice = plan.choice
    licenses = plan.licenses.set_index("layer")["license_id"]
    return {
        "case": plan.case.id,
        "n": plan.n,
        "seed": plan.seed,
        "combinations": plan.searched.n,
        "on_frontier": len(plan.front),
        "taken": choice.taken,
        "licenses": {layer.value: family for layer, family in plan.taken.families.items()},
        "standing": choice.standing.value,
        "tie_up_to": rounded(choice.tolerance),
        "best_listed": choice.listed.option,
        "best_unlisted": None if choice.unlisted is None else choice.unlisted.option,
        "gain_of_unlisted": None if choice.gain is None else rounded(float(choice.gain.mean())),
        "layers": {item.layer.value: _layer(item, licenses[item.layer.value]) for item in plan.layers},
        "options": {str(row["option"]): _option(row) for row in plan.options.to_dict("records")},
        "top": [_member(row) for row in plan.members.sort_values("mean", ascending=False).head(most).to_dict("records")],
        "frontier": [_member(row) for row in plan.members[plan.members["is_on_front"]].to_dict("records")],
        "conflicts": [{"layer": item.layer.value, "kind": item.kind.value, "sentence": item.sentence} for item in plan.conflicts],
        "notes": [plan.staffing.sentence, *plan.candidates.notes],
    }


def _layer(item: LayerAdvice, license_id: object) -> dict[str, Any]:
    return {
        "advice": item.advice.value,
        "in_case": item.is_in_case,
        "family": item.family,
        "license_id": license_id if isinstance(license_id, str) else None,
        "by_shares": None if item.stance is None else item.stance.value,
        "gain_of_opening": _known(item.gain),
        "low": _known(item.low),
        "high": _known(item.high),
        "is_tie": item.is_tie,
    }


def _option(row: dict[Any, Any]) -> dict[str, Any]:
    by = row["dominated_by"]
    figures = {name: _known(row[name]) for name in ("adopters", "risk", "mean")}
    return {**figures, "is_on_frontier": bool(row["is_on_front"]), "dominated_by": by if isinstance(by, str) else None}


def _member(row: dict[Any, Any]) -> dict[str, Any]:
    names = ("adopters", "risk", "p5", "p50", "p95", "mean", "p_positive", "mean_regret", "worst_regret")
    return {"name": row["name"], "what": row["words"], **{name: _known(row[name]) for name in names}}


def _known(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else rounded(float(value))
