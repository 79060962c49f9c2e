"""Thresholds in licenses: whether somebody meets one, whom it is about, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from openstrat.analysis.licenses.askers import EVERY_PURPOSE, OFFERS, Asker, Purpose
from openstrat.tables.license_vocabulary import (
    Comparison,
    Measure,
    ServiceBusiness,
    TestedWhen,
    ThresholdEffect,
    ThresholdScope,
    ThresholdUnit,
)

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

COMMERCIAL_EFFECTS = (ThresholdEffect.NO_COMMERCIAL_USE, ThresholdEffect.PRIOR_AUTHORIZATION)
"""Effects that reach commercial use only; the license that asks for authorization grants other use to everybody."""

BUSINESS_PURPOSES = {
    ServiceBusiness.MODEL_AS_A_SERVICE: frozenset({Purpose.HOSTED_SERVICE, Purpose.COMPETE}),
    ServiceBusiness.MODEL_AS_A_SERVICE_OR_AI_ASSISTANT: OFFERS,
}
BUSINESSES = {
    ServiceBusiness.MODEL_AS_A_SERVICE: "model-as-a-service businesses",
    ServiceBusiness.MODEL_AS_A_SERVICE_OR_AI_ASSISTANT: "model-as-a-service businesses and makers of AI coding or office assistants",
}
WHOSE = {
    ThresholdScope.LICENSEE: "companies",
    ThresholdScope.LICENSEE_AND_AFFILIATES: "companies",
    ThresholdScope.LEGAL_ENTITY: "legal entities",
    ThresholdScope.COMPANY: "companies",
    ThresholdScope.COMPANY_OR_EMPLOYER: "companies (and people who work for them)",
    ThresholdScope.PRODUCT_OR_SERVICE: "products and services",
}
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
    Measure.COMMERCIAL_USE: "for any commercial use, at any size",
}

Test = Mapping[str, Any]
"""A row of license_thresholds, with None for blank cells."""


def is_crossed(test: Test, asker: Asker) -> bool | None:
    """Return whether an asker meets a threshold; None when the figure it counts is not known.

    `above` means more than the value, `at_least` the value or more; a test without value is met at any size. Monthly users
    bound daily users from above, so too few monthly users settle a daily limit even where daily users are not known.
    """
    if test["value"] is None:
        return True
    figure = _figure(test, asker)
    if figure is None and test["unit"] == ThresholdUnit.DAU and asker.users is not None:
        return False if not _reaches(asker.users, test) else None
    return None if figure is None else _reaches(figure, test)


def _figure(test: Test, asker: Asker) -> float | None:
    if test["unit"] == ThresholdUnit.USD_PER_MONTH:
        return None if asker.revenue_usd is None else asker.revenue_usd / MONTHS
    if test["measure"] == Measure.REVENUE:
        return asker.revenue_usd
    figures = {ThresholdUnit.MAU: asker.users, ThresholdUnit.DAU: asker.daily_users, ThresholdUnit.PEOPLE: asker.people}
    return figures[ThresholdUnit(test["unit"])]


def _reaches(figure: float, test: Test) -> bool:
    return bool(figure > test["value"] if test["comparison"] == Comparison.ABOVE else figure >= test["value"])


def purposes_of(test: Test) -> frozenset[Purpose]:
    """Return the purposes that a test is about; `is_commercial_only` says whether it also spares non-commercial use."""
    if test["business"]:
        return BUSINESS_PURPOSES[ServiceBusiness(test["business"])]
    if test["measure"] == Measure.COMPETING_PRODUCT:
        return frozenset({Purpose.COMPETE, Purpose.HOSTED_SERVICE})
    return OFFERS if test["scope"] == ThresholdScope.PRODUCT_OR_SERVICE else EVERY_PURPOSE


def is_commercial_only(test: Test) -> bool:
    """Return whether a test leaves non-commercial use alone."""
    return test["effect"] in COMMERCIAL_EFFECTS or test["measure"] == Measure.COMMERCIAL_USE


def in_words(figure: float) -> str:
    """Return a large number as people say it: '700 million', '20,000', '1.5 billion'."""
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if figure >= size:
            return f"{figure / size:,.1f}".removesuffix(".0") + name
    return f"{figure:,.0f}"


def threshold_in_words(test: Test) -> str:
    """Return one threshold as a phrase: 'above 700 million monthly users (counted once, on the release date)'."""
    if test["value"] is None:
        said = VALUELESS[Measure(test["measure"])]
    else:
        side = "above" if test["comparison"] == Comparison.ABOVE else "from"
        said = f"{side} {_amount(test)}"
    if test["business"]:
        said += f", for {BUSINESSES[ServiceBusiness(test['business'])]}"
    once = " (counted once, on the release date)" if test["tested_when"] == TestedWhen.RELEASE_DATE else ""
    return said + once


def _amount(test: Test) -> str:
    return UNITS[ThresholdUnit(test["unit"])].format(in_words(test["value"]))


def who_crosses(test: Test) -> str:
    """Return whom a threshold is about: 'companies that have revenue of more than USD 50 million a year'."""
    if test["measure"] == Measure.COMPETING_PRODUCT:
        return "makers of products that compete with the licensor's or are substantially similar"
    if test["measure"] == Measure.COMMERCIAL_USE:
        return "everybody who uses it commercially"
    business = BUSINESSES[ServiceBusiness(test["business"])] if test["business"] else None
    if test["value"] is None:
        return f"{business}, at any size"
    is_once = test["tested_when"] == TestedWhen.RELEASE_DATE
    with_affiliates = ", with their affiliates," if test["scope"] == ThresholdScope.LICENSEE_AND_AFFILIATES else ""
    amount = f"more than {_amount(test)}" if test["comparison"] == Comparison.ABOVE else f"{_amount(test)} or more"
    revenue = "revenue of " if test["measure"] == Measure.REVENUE else ""
    subject = business or WHOSE[ThresholdScope(test["scope"])]
    return f"{subject} that{with_affiliates} {'had' if is_once else 'have'} {revenue}{amount}{' on the release date' if is_once else ''}"


LADDER_COLUMNS = ["license_id", "test_no", "measure", "value", "says", "effect", "state", "source_ids"]


def threshold_ladder(thresholds: pd.DataFrame, asker: Asker) -> pd.DataFrame:
    """Return the thresholds with a number as points of scales, and on which side of each an asker is.

    One row a test with a value: license_id, test_no, measure (users, revenue or people), value (users, people, or USD a year:
    monthly limits times twelve), says (the test in words with what follows), effect (barred, gated or duty), state (reached,
    not_reached, unknown), source_ids.
    """
    rows = []
    for test in records(thresholds):
        if test["value"] is None:
            continue
        reached = is_crossed(test, asker)
        effect = ThresholdEffect(test["effect"])
        rows.append(
            {
                "license_id": test["license_id"],
                "test_no": test["test_no"],
                "measure": test["measure"],
                "value": test["value"] * (MONTHS if test["unit"] == ThresholdUnit.USD_PER_MONTH else 1),
                "says": f"{threshold_in_words(test)}: {CONSEQUENCES[effect]}",
                "effect": "barred" if effect in BARS else "gated" if effect in GATES else "duty",
                "state": "unknown" if reached is None else "reached" if reached else "not_reached",
                "source_ids": test["source_ids"],
            }
        )
    return pd.DataFrame(rows, columns=LADDER_COLUMNS)


def records(frame: pd.DataFrame) -> list[Mapping[str, Any]]:
    """Return the rows of a table as dictionaries with None for blank cells."""
    known = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in known.to_dict("records")]
