"""The shipped fork events as a list: three dates, trigger, steward, outcome, and whether the license change was taken back."""

from __future__ import annotations

import pandas as pd

from openstrat.tables.fork_terms import ForkTrigger
from openstrat.terms import Direction, read_term

COLUMNS = (
    "event_id",
    "upstream",
    "fork",
    "trigger",
    "announced_on",
    "effective_on",
    "first_own_commit_on",
    "steward",
    "outcome",
    "ended_on",
    "reversed_on",
    "source_ids",
)


def event_list(fork_events: pd.DataFrame, license_changes: pd.DataFrame, *, trigger: str | None = None) -> pd.DataFrame:
    """Return one row a fork, by the day of what it answered: dates as precise as their source, blank where unknown.

    `effective_on` is when the trigger took effect, `reversed_on` when the upstream brought an open license back after the
    license change that the fork answered.

    Raises
    ------
    UnknownNameError
        If `trigger` is no trigger.
    """
    events = fork_events.rename(columns={"trigger_category": "trigger", "triggered_on": "effective_on"})
    if trigger is not None:
        events = events[events["trigger"] == read_term(ForkTrigger, trigger).value]
    own_commit = events["first_own_commit_on"].dt.strftime("%Y-%m-%d")
    listed = events.assign(first_own_commit_on=own_commit, reversed_on=_reversals(events, license_changes))
    return listed[list(COLUMNS)].sort_values(["effective_on", "event_id"]).reset_index(drop=True)


def _reversals(events: pd.DataFrame, changes: pd.DataFrame) -> pd.Series[str]:
    project = changes.set_index("change_id")["project"]
    back = changes[changes["direction"] == Direction.REVERSAL].set_index("project")["changed_on"]
    return events["license_change_id"].map(project).map(back)
