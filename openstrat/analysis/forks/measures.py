"""Measures of a month that both sides of a fork can be compared by, and the ways of counting each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from openstrat.errors import UnknownNameError
from openstrat.terms import Term


class PairRule(Term):
    """Who or what counts in a month."""

    CREDITED = "credited", "Whoever is credited with a commit: its author; for a bot's commit the first human co-author."
    STRICT = "strict", "Authors only; a bot's commit counts for nobody."
    WITH_COAUTHORS = "with_coauthors", "Whoever is credited, and all named co-authors."
    ADDRESSES = "addresses", "Addresses instead of people: identities are not merged."
    NONSTEWARD = "nonsteward", "Only people without an address of the upstream's steward."


@dataclass(frozen=True)
class Measure:
    """Something that is counted each month: what it is called, and the column behind each rule, the default first."""

    name: str
    label: str
    columns: Mapping[PairRule, str]
    is_share: bool = False
    is_over_12m: bool = False


PEOPLE = {
    PairRule.CREDITED: "n_active_authors",
    PairRule.STRICT: "n_active_authors_strict",
    PairRule.WITH_COAUTHORS: "n_active_with_coauthors",
    PairRule.ADDRESSES: "n_active_addresses",
    PairRule.NONSTEWARD: "n_active_nonsteward",
}
COMMITS = {PairRule.CREDITED: "n_commits_bot_uncredited", PairRule.STRICT: "n_commits_bot", PairRule.NONSTEWARD: "n_commits_nonsteward"}
LEFT_OUT = (PairRule.CREDITED, PairRule.STRICT)
"""Rules of commits whose column is what they leave out of all own commits."""
MEASURES = {
    measure.name: measure
    for measure in (
        Measure("people", "people active a month", PEOPLE),
        Measure("commits", "own commits a month", COMMITS),
        Measure(
            "newcomers", "people with their first commit", {PairRule.CREDITED: "n_new_authors", PairRule.NONSTEWARD: "n_new_nonsteward"}
        ),
        Measure("people_12m", "people in twelve months", {PairRule.CREDITED: "n_authors_12m"}, is_over_12m=True),
        Measure(
            "top_share_12m",
            "busiest person's share in twelve months",
            {PairRule.CREDITED: "top1_share_12m"},
            is_share=True,
            is_over_12m=True,
        ),
        Measure(
            "absence_factor_12m",
            "fewest people with half of twelve months' commits",
            {PairRule.CREDITED: "absence_factor_12m"},
            is_over_12m=True,
        ),
    )
}


def column_of(activity: pd.DataFrame, measure: str, rule: str) -> pd.Series[float]:
    """Return the values of a measure under a rule, one a row of the activity table; blank where unknown.

    Raises
    ------
    UnknownNameError
        If there is no such measure, or no such rule for it.
    """
    chosen = measure_named(measure)
    if rule not in chosen.columns:
        raise UnknownNameError(f"rule for {measure}", rule, [item.value for item in chosen.columns])
    values = activity[chosen.columns[PairRule(rule)]].astype("float64")
    if measure == "commits" and rule in LEFT_OUT:
        values = activity["n_commits"].astype("float64") - values
    return values.where(activity["is_full_12m"].fillna(False).astype(bool)) if chosen.is_over_12m else values


def measure_named(name: str) -> Measure:
    """Return a measure by its name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    if name not in MEASURES:
        raise UnknownNameError("measure", name, MEASURES)
    return MEASURES[name]
