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
    WITH_BOTS = "with_bots", "All commits, also those of bots that name no person."
    WITH_COAUTHORS = "with_coauthors", "Whoever is credited, and all named co-authors."
    ADDRESSES = "addresses", "Addresses instead of people: identities are not merged."
    NONSTEWARD = "nonsteward", "Only people without an address of the upstream's steward."


Columns = Mapping[str, int]
"""Columns of the activity table that add up to a measure, with their signs."""


@dataclass(frozen=True)
class Measure:
    """Something that is counted each month: what it is called, and the columns behind each rule, the default first."""

    name: str
    label: str
    rules: Mapping[PairRule, Columns]
    is_share: bool = False
    is_over_12m: bool = False


PEOPLE: dict[PairRule, Columns] = {
    PairRule.CREDITED: {"n_active_authors": 1},
    PairRule.STRICT: {"n_active_authors_strict": 1},
    PairRule.WITH_COAUTHORS: {"n_active_with_coauthors": 1},
    PairRule.ADDRESSES: {"n_active_addresses": 1},
    PairRule.NONSTEWARD: {"n_active_nonsteward": 1},
}
COMMITS: dict[PairRule, Columns] = {
    PairRule.CREDITED: {"n_commits": 1},
    PairRule.STRICT: {"n_commits": 1, "n_commits_bot": -1, "n_commits_bot_uncredited": 1},
    PairRule.WITH_BOTS: {"n_commits": 1, "n_commits_bot_uncredited": 1},
    PairRule.NONSTEWARD: {"n_commits_nonsteward": 1},
}
NEWCOMERS: dict[PairRule, Columns] = {PairRule.CREDITED: {"n_new_authors": 1}, PairRule.NONSTEWARD: {"n_new_nonsteward": 1}}


def _over_12m(name: str, label: str, column: str, *, is_share: bool = False) -> Measure:
    return Measure(name, label, {PairRule.CREDITED: {column: 1}}, is_share, is_over_12m=True)


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("people", "people active a month", PEOPLE),
        Measure("commits", "own commits a month", COMMITS),
        Measure("newcomers", "people with their first commit", NEWCOMERS),
        _over_12m("people_12m", "people in twelve months", "n_authors_12m"),
        _over_12m("top_share_12m", "busiest person's share in twelve months", "top1_share_12m", is_share=True),
        _over_12m("absence_factor_12m", "fewest people with half of twelve months' commits", "absence_factor_12m"),
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
    if rule not in chosen.rules:
        raise UnknownNameError(f"rule for {measure}", rule, [item.value for item in chosen.rules])
    parts = [sign * activity[column].astype("float64") for column, sign in chosen.rules[PairRule(rule)].items()]
    values = pd.concat(parts, axis=1).sum(axis=1, min_count=len(parts))
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
