"""Thresholds in licenses: whether a company meets one, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from openstrat.tables.license_vocabulary import Measure, TestedWhen, ThresholdEffect, ThresholdUnit

MONTHS = 12
GATES = {
    ThresholdEffect.SEPARATE_LICENSE: "a separate license is needed",
    ThresholdEffect.PRIOR_AUTHORIZATION: "written authorization is needed first",
    ThresholdEffect.SECURITY_REVIEW: "the licensor's security review must be passed",
}
BARS = {
    ThresholdEffect.NO_COMMERCIAL_USE: "commercial use is not covered",
    ThresholdEffect.NO_RIGHTS: "no right may be exercised",
    ThresholdEffect.LICENSE_TERMINATES: "the license ends",
}
DUTIES = {
    ThresholdEffect.DISPLAY: "the name must be shown",
    ThresholdEffect.DISPLAY_AND_NOTICE: "a phrase must be shown and the licensor told once",
}
CONSEQUENCES = GATES | BARS | DUTIES
"""What follows once a threshold is met, in words: a gate, a bar, or a duty that forbids nothing."""


def is_crossed(test: Mapping[str, Any], *, users: float, revenue_usd: float) -> bool | None:
    """Return whether a company meets a threshold; None when the figure it counts (people, daily users) is not at hand.

    `test` is a row of license_thresholds, with None for blank cells; `users` are monthly, `revenue_usd` is a year's.

    `above` means more than the value, `at_least` the value or more. Monthly users bound daily users from above, so too few
    monthly users settle a daily limit, and enough of them leave it open.
    """
    if test["value"] is None:
        return True
    if test["measure"] == Measure.PEOPLE:
        return None
    figure = users if test["measure"] == Measure.USERS else revenue_usd
    if test["unit"] == ThresholdUnit.USD_PER_MONTH:
        figure /= MONTHS
    reached = bool(figure > test["value"] if test["comparison"] == "above" else figure >= test["value"])
    return None if reached and test["unit"] == ThresholdUnit.DAU else reached


def in_words(figure: float) -> str:
    """Return a large number as people say it: '700 million', '20,000', '1.5 billion'."""
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if figure >= size:
            return f"{figure / size:,.1f}".removesuffix(".0") + name
    return f"{figure:,.0f}"


UNITS = {
    ThresholdUnit.MAU: "{} monthly users",
    ThresholdUnit.DAU: "{} daily users",
    ThresholdUnit.USD_PER_MONTH: "USD {} a month",
    ThresholdUnit.USD_PER_YEAR: "USD {} a year",
    ThresholdUnit.USD_PER_12_MONTHS: "USD {} in twelve months",
    ThresholdUnit.PEOPLE: "{} people",
}
VALUELESS = {
    Measure.COMPETING_PRODUCT: "for a product that competes with the licensor's, at any size",
    Measure.BUSINESS_TYPE: "at any size",
    Measure.COMMERCIAL_USE: "for any commercial use",
}


def threshold_in_words(test: Mapping[str, Any]) -> str:
    """Return one threshold as a phrase: 'above 700 million monthly users (counted once, on the release date)'."""
    if test["value"] is None:
        said = VALUELESS[test["measure"]]
    else:
        side = "above" if test["comparison"] == "above" else "from"
        said = f"{side} {UNITS[test['unit']].format(in_words(test['value']))}"
    if test["business"]:
        said += f", as a {test['business'].replace('_', ' ').replace('model as a service', 'model-as-a-service business')}"
    once = " (counted once, on the release date)" if test["tested_when"] == TestedWhen.RELEASE_DATE else ""
    return said + once


def threshold_ladder(thresholds: pd.DataFrame, *, users: float, revenue_usd: float) -> pd.DataFrame:
    """Return the thresholds on monthly users and on revenue as points of two scales, and on which side of each a company is.

    One row a test with a number of users or dollars: license_id, measure (users or revenue), value (users, or USD a year: monthly
    limits times twelve), says (the test in words with what follows), state (reached, not_reached, open), source_ids.
    """
    known = thresholds.astype(object).where(thresholds.notna(), None)
    rows = []
    for test in ({str(name): cell for name, cell in row.items()} for row in known.to_dict("records")):
        if test["value"] is None or test["measure"] not in (Measure.USERS, Measure.REVENUE):
            continue
        reached = is_crossed(test, users=users, revenue_usd=revenue_usd)
        rows.append(
            {
                "license_id": test["license_id"],
                "measure": test["measure"],
                "value": test["value"] * (MONTHS if test["unit"] == ThresholdUnit.USD_PER_MONTH else 1),
                "says": f"{threshold_in_words(test)}: {CONSEQUENCES[ThresholdEffect(test['effect'])]}",
                "state": "open" if reached is None else "reached" if reached else "not_reached",
                "source_ids": test["source_ids"],
            }
        )
    return pd.DataFrame(rows, columns=["license_id", "measure", "value", "says", "state", "source_ids"])
