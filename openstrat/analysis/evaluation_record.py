"""An evaluation as plain data for programs: the same case, draws and seed give the same text to the last byte."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from openstrat.analysis.evaluating import Evaluation, checks_of, information_of, inputs_of, summaries_of, turns_of

DIGITS = 6
"""Significant digits: more would print the noise of the last bits."""


def record_of(evaluation: Evaluation) -> dict[str, Any]:
    """Return an evaluation as plain data; amounts in USD million, shares between 0 and 1, infinite paybacks as None."""
    information = information_of(evaluation)
    taken = evaluation.recommendation
    return {
        "case": evaluation.case.id,
        "n": evaluation.draws.n,
        "seed": evaluation.seed,
        "recommended": taken.option,
        "tie": list(taken.tie) if taken.is_tie else [],
        "near": list(taken.near),
        "decided_by": taken.decided_by,
        "reason": taken.reason,
        "options": {str(row["option"]): _option(row) for row in summaries_of(evaluation).to_dict("records")},
        "futures": {
            str(future): {str(name): rounded(value) for name, value in row.items()} for future, row in evaluation.payoffs.iterrows()
        },
        "evpi": rounded(information.evpi),
        "evppi": {str(name): rounded(value) for name, value in information.by_input.set_index("input")["evppi"].items()},
        "evppi_noise_floor": rounded(information.noise_floor),
        "would_change_it": [_turn(evaluation, turn) for turn in turns_of(evaluation, information)],
        "checks": checks_of(evaluation),
        "inputs": {str(row["input"]): _input(row) for row in inputs_of(evaluation).to_dict("records")},
    }


def _option(row: dict[Any, Any]) -> dict[str, Any]:
    npv = {name: rounded(row[name]) for name in ("p5", "p50", "p95", "mean")}
    plain = ["p_positive", "p_best", "mean_regret", "p95_regret", "max_regret", "satisficing", "adopters", "revenue_year_5"]
    figures = {name: rounded(row[name]) for name in [*plain, "payback_years", "fork_probability"]}
    return {"npv": npv, **figures, "worst_future": row["worst_future"]}


def _turn(evaluation: Evaluation, turn: Any) -> dict[str, Any]:
    item = evaluation.draws.ranges[turn.input]
    value = float(item.at(np.array([turn.quantile]))[0])
    return {
        "input": turn.input,
        "meaning": item.meaning,
        "unit": item.unit,
        "side": turn.side,
        "value": rounded(value),
        "share_of_draws": rounded(turn.share),
        "then_best": turn.rival,
    }


def _input(row: dict[Any, Any]) -> dict[str, Any]:
    numbers = {name: rounded(row[name]) for name in ("low", "mode", "high")}
    return {"unit": row["unit"], "shape": row["shape"], **numbers, "mark": row["mark"], "set_by": row["set_by"]}


def rounded(value: float) -> float | None:
    """Return a figure with six significant digits; None when it is unknown or infinite."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}")
