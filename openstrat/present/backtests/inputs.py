"""Were the inputs coded blind: what tables give by rule beside what was coded by hand, and which input may hold the outcome."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.backtesting.features import DROP_IN_RULE, HAND_CODED, PUBLISHED_RULE, SHARE_RULE
from openstrat.analysis.backtesting.study import BacktestStudy
from openstrat.present import page
from openstrat.present.backtests.shared import EVENTS_SOURCE, RUBRIC, score_row, two
from openstrat.present.page import Markup
from openstrat.present.theme import percent
from openstrat.present.words import listed, readable


def inputs_note() -> Markup:
    """Return the written rules by which two inputs are taken from tables, and what stays coded by hand."""
    rules = [f"Drop-in: {DROP_IN_RULE}", f"Outsiders' share: {SHARE_RULE}", f"Published: {PUBLISHED_RULE}"]
    hand = f"Still coded by hand, by somebody who knew the outcomes: {listed(list(HAND_CODED))}. No table holds them."
    return page.callout("Two of five inputs come from tables by rule", page.bullets([*rules, hand]), css="finding")


def blind_table(study: BacktestStudy) -> Markup:
    """Return drop-in and outsiders' share by hand beside what the tables give."""
    rows = study.events.to_dict("records")
    shown = pd.DataFrame(
        {
            "event": [f"{row['project']}, {row['changed_on'][:4]}" for row in rows],
            "drop-in by hand": [f"{row['drop_in']:g}" for row in rows],
            "drop-in by rule": ["unknown" if pd.isna(row["drop_in_rule"]) else f"{row['drop_in_rule']:g}" for row in rows],
            "outsiders by hand": [percent(row["external_share"]) for row in rows],
            "outsiders in commits": [_counted(row) for row in rows],
            "outsiders as published": [_range(row["published_low"], row["published_high"]) for row in rows],
            "verdict": [_verdict(row) for row in rows],
        }
    )
    title = "Inputs by hand beside what the tables give"
    return page.data_table(shown, name="blind-table", title=title, source=EVENTS_SOURCE, stub="event")


def hindsight_table(study: BacktestStudy) -> Markup:
    """Return how far each input alone tells forked events from the others, and the score without it."""
    rows = study.inputs.to_dict("records")
    shown = pd.DataFrame(
        {
            "input": [readable(row["feature"]) for row in rows],
            "coded": ["partly by rule" if row["is_by_rule"] else "by hand" for row in rows],
            "forked": [f"from {row['least_forked']:g}" for row in rows],
            "others": [f"up to {row['most_unforked']:g}" for row in rows],
            "pairs": [percent(row["ordered_share"]) for row in rows],
            "parts": ["yes" if row["parts_all"] else "no" for row in rows],
            "without": [two(row["brier_without"]) for row in rows],
        }
    )
    labels = {
        "forked": "where a fork followed",
        "others": "elsewhere",
        "pairs": "pairs ordered rightly",
        "parts": "parts all events alone",
        "without": "Brier score with its median for all",
    }
    full = two(score_row(study, RUBRIC)["brier"])
    title = f"Which input carries the outcome: the rubric with all of them scores {full}"
    table = page.data_table(shown, name="hindsight-table", title=title, source=EVENTS_SOURCE, stub="input", labels=labels)
    note = (
        "A pair is one event with and one without a fork; one half is chance. An input that parts all events and was coded by hand is "
        "suspect."
    )
    return table + page.paragraph(note, css="caveat")


def _counted(row: dict[Any, Any]) -> str:
    if pd.isna(row["share_low"]) or pd.isna(row["share_high"]):
        return "unknown"
    months = "" if row["share_n_months"] == 12 else f", {row['share_n_months']} months only"
    return f"{_range(row['share_low'], row['share_high'])} of {row['share_n_commits']:,}{months}"


def _range(low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return "none"
    return percent(low) if percent(low) == percent(high) else f"{percent(low)} to {percent(high)}"


def _verdict(row: dict[Any, Any]) -> str:
    found = []
    for name, low, high in (("commits", "share_low", "share_high"), ("the published count", "published_low", "published_high")):
        if pd.isna(row[low]) or pd.isna(row[high]):
            continue
        side = "below" if row["external_share"] < row[low] else "above" if row["external_share"] > row[high] else ""
        found.append(f"by hand {side} {name}" if side else f"within {name}")
    return "; ".join(found) or "cannot be checked"
