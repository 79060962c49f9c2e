"""What forks did to others, by what set them off: how soon they began, whom they took along, what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from openstrat.analysis.backtesting.outcomes import is_funded
from openstrat.analysis.forks.dates import first_days, last_days
from openstrat.tables.fork_terms import AuthorGroup, ForkOutcome, ForkTrigger

HORIZON_MONTHS = 12
FEWEST_PEOPLE = 5
"""Of fewer people upstream, a share that went along says nothing (assumption)."""
STEPS = {
    "began": "from its cause to its beginning",
    "first_release": "from its cause to its first release",
    "to_release": "from its beginning to its first release",
}
NO_CAUSE_DAY = ForkTrigger.FEATURE
"""A fork with other technical goals has no day that it answers: the table dates its cause by the fork itself."""
GROUPS = {AuthorGroup.CORE_12M: "ten or more commits in the year before", AuthorGroup.ANY_12M: "any commit in the year before"}
LAG_RULE = (
    "Days from what the fork answered to its beginning (announcement or first own commit, the earlier one) and to its first release, "
    "and from its beginning to its first release. A date known by month or year gives the fewest and the most days that it can mean; "
    "work that began before counts below zero. A fork with other technical goals has no day that it answers."
)
PEOPLE_RULE = (
    f"People of the upstream's year before who were seen in the fork within {HORIZON_MONTHS} months; they may have stayed upstream too. "
    f"Left out are groups below {FEWEST_PEOPLE} people and forks whose history ends earlier. A name and address that both changed make "
    "two people of one, so shares are low ends."
)
LAG_COLUMNS = ["event_id", "upstream", "fork", "trigger", "is_funded", "step", "days_low", "days_high", "source_ids"]
PEOPLE_COLUMNS = [
    "event_id",
    "fork",
    "trigger",
    "is_funded",
    "author_group",
    "n_group",
    "n_in_fork",
    "share",
    "n_fork_authors",
    "n_fork_authors_new",
    "source_ids",
]
OUTCOME_COLUMNS = ["event_id", "upstream", "fork", "trigger", "is_funded", "outcome", "ended_on", "steward", "source_ids"]


@dataclass(frozen=True)
class ForkRecord:
    """Forks up to a day, one row a fork and fact; triggers are never mixed.

    `lags`: `LAG_COLUMNS`, days from the trigger. `people`: `PEOPLE_COLUMNS`, share (0 to 1) of the upstream's people seen in the fork.
    `outcomes`: `OUTCOME_COLUMNS`; unknown where the outcome was seen after the day.
    """

    lags: pd.DataFrame
    people: pd.DataFrame
    outcomes: pd.DataFrame


@dataclass(frozen=True)
class Spread:
    """Median, quartiles and ends of a figure over the forks of one trigger, with the events behind it.

    `median_low` and `median_high` differ only where dates are half-known. None throughout where no fork is measured.
    """

    trigger: str
    what: str
    unit: str
    n: int
    median_low: float | None
    median_high: float | None
    quartile_low: float | None
    quartile_high: float | None
    lowest: float | None
    highest: float | None
    events: tuple[str, ...]


def fork_record(events: pd.DataFrame, transitions: pd.DataFrame, *, as_of: str) -> ForkRecord:
    """Return lags, people carried over and outcomes of all forks that had begun by `as_of`.

    `events` and `transitions` are the tables fork_events and core_transitions.
    """
    own = events["first_own_commit_on"]
    began_first = pd.concat([own, first_days(events["announced_on"])], axis=1).min(axis=1)
    began_last = pd.concat([own, last_days(events["announced_on"])], axis=1).min(axis=1)
    frame = events.assign(
        trigger=events["trigger_category"],
        is_funded=is_funded(events["steward_type"], events["steward"]),
        began_first=began_first,
        began_last=began_last,
    )
    day = pd.Timestamp(as_of)
    begun = frame[frame["began_last"].fillna(last_days(frame["triggered_on"])).le(day)]
    return ForkRecord(_lags(begun, day), _people(begun, transitions, day), _outcomes(begun, day))


def lag_spreads(lags: pd.DataFrame, *, only_funded: bool = False) -> tuple[Spread, ...]:
    """Return the spread of days for each trigger and step; `only_funded` keeps forks with a company or foundation behind them."""
    rows = lags[lags["is_funded"]] if only_funded else lags
    found = []
    for trigger in _triggers(lags):
        for step in STEPS:
            own = rows[rows["trigger"].eq(trigger) & rows["step"].eq(step)]
            found.append(_spread((trigger, step, "days"), own["days_low"], own["days_high"], own["event_id"]))
    return tuple(found)


def people_spreads(people: pd.DataFrame) -> tuple[Spread, ...]:
    """Return the spread of the share of people who went along, for each trigger and group of people."""
    found = []
    for trigger in _triggers(people):
        for group in GROUPS:
            own = people[people["trigger"].eq(trigger) & people["author_group"].eq(group.value)]
            found.append(_spread((trigger, group.value, "share"), own["share"], own["share"], own["event_id"]))
    return tuple(found)


def outcome_counts(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return how many forks of each trigger had which outcome: columns trigger, n, n_funded, one a `ForkOutcome`, events."""
    rows = []
    for trigger in _triggers(outcomes):
        own = outcomes[outcomes["trigger"].eq(trigger)]
        counts = {outcome.value: int(own["outcome"].eq(outcome.value).sum()) for outcome in ForkOutcome}
        funded, named = int(own["is_funded"].sum()), "; ".join(own["event_id"])
        rows.append({"trigger": trigger, "n": len(own), "n_funded": funded, **counts, "events": named})
    return pd.DataFrame(rows, columns=["trigger", "n", "n_funded", *(item.value for item in ForkOutcome), "events"])


def spread_of(spreads: Iterable[Spread], trigger: str, what: str) -> Spread | None:
    """Return the spread of one trigger and figure, or None where there is none."""
    return next((item for item in spreads if item.trigger == trigger and item.what == what), None)


def _triggers(frame: pd.DataFrame) -> list[str]:
    present = set(frame["trigger"])
    return [trigger.value for trigger in ForkTrigger if trigger.value in present]


def _lags(events: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    caused = first_days(events["triggered_on"]), last_days(events["triggered_on"])
    began = events["began_first"], events["began_last"]
    released = first_days(events["first_release_on"]), last_days(events["first_release_on"])
    steps = {"began": (caused, began), "first_release": (caused, released), "to_release": (began, released)}
    parts = []
    for step, (start, end) in steps.items():
        part = events.assign(step=step, days_low=(end[0] - start[1]).dt.days, days_high=(end[1] - start[0]).dt.days)
        known = start[0].notna() & end[1].notna() & end[1].le(day)
        known &= events["trigger"].ne(NO_CAUSE_DAY) | (step == "to_release")
        parts.append(part.loc[known, LAG_COLUMNS])
    return pd.concat(parts, ignore_index=True).astype({"days_low": int, "days_high": int})


def _people(events: pd.DataFrame, transitions: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    ends = pd.to_datetime(transitions["fork_started_on"]) + pd.DateOffset(months=HORIZON_MONTHS)
    kept = transitions["horizon_months"].eq(HORIZON_MONTHS) & transitions["is_complete_fork"].astype(bool) & ends.le(day)
    kept &= transitions["n_group"].ge(FEWEST_PEOPLE) & transitions["author_group"].isin([item.value for item in GROUPS])
    forks = events[["event_id", "fork_repository", "trigger", "is_funded"]].dropna(subset="fork_repository")
    rows = transitions[kept].merge(forks, left_on="fork", right_on="fork_repository")
    return rows.assign(share=rows["n_in_fork"].astype(float) / rows["n_group"].astype(float))[PEOPLE_COLUMNS].reset_index(drop=True)


def _outcomes(events: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    seen_later = events["observed_until_on"].gt(day) | first_days(events["ended_on"]).gt(day)
    outcome = events["outcome"].mask(seen_later, ForkOutcome.UNKNOWN.value)
    return events.assign(outcome=outcome, ended_on=events["ended_on"].mask(seen_later))[OUTCOME_COLUMNS].reset_index(drop=True)


def _spread(named: tuple[str, str, str], low: pd.Series[Any], high: pd.Series[Any], events: pd.Series[Any]) -> Spread:
    if low.empty:
        return Spread(*named, 0, None, None, None, None, None, None, ())
    ends = low.quantile([0.5, 0.25, 0]).tolist(), high.quantile([0.5, 0.75, 1]).tolist()
    (median_low, quartile_low, lowest), (median_high, quartile_high, highest) = ([float(value) for value in side] for side in ends)
    return Spread(*named, len(low), median_low, median_high, quartile_low, quartile_high, lowest, highest, tuple(events))
