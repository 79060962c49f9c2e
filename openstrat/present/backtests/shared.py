"""Figures and phrases that several sections of the back-test report share."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.backtesting.study import BacktestStudy, Skill

EVENTS_SOURCE = (
    "openstrat tables fork_rubric, license_changes, fork_events and activity_monthly; inputs by hand in data/cases/backtests.yaml"
)
RUBRIC, PLAIN = "rubric, inputs by hand", "base rate of the other events"
REFIT = "refit, penalty 1, one day left out"
GROUP_WORDS = {"all": "all", "core": "core", "held_out": "held out"}


def score_row(study: BacktestStudy, forecast: str, group: str = "all") -> dict[str, Any]:
    """Return one row of the scores by forecast and group."""
    rows = study.scores[study.scores["forecast"].eq(forecast) & study.scores["group"].eq(group)]
    return {str(name): value for name, value in rows.iloc[0].items()}


def skill_of(study: BacktestStudy, forecast: str) -> Skill:
    """Return the gain of one forecast over the base rate."""
    return next(item for item in study.skill if item.forecast == forecast)


def brier(row: dict[str, Any]) -> str:
    """Return a Brier score with its interval: '.11 (.05 to .19)'."""
    ends = "" if pd.isna(row["low"]) else f" ({two(row['low'])} to {two(row['high'])})"
    return f"{two(row['brier'])}{ends}"


def two(value: float) -> str:
    """Return a number with two decimals."""
    return f"{value:.2f}".replace("-", "−")
