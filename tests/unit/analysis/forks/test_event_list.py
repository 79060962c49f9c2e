"""The shipped fork events as a list."""

from __future__ import annotations

import pytest

from openstrat.analysis.forks.event_list import event_list
from openstrat.errors import UnknownNameError
from openstrat.tables.loaders import load_fork_events, load_license_changes


def test_a_fork_has_three_dates_and_says_that_the_license_came_back() -> None:
    events = event_list(load_fork_events(), load_license_changes()).set_index("event_id")
    row = events.loc["redis-valkey"]
    assert row[["effective_on", "announced_on", "first_own_commit_on", "reversed_on"]].tolist() == [
        "2024-03-20",
        "2024-03-28",
        "2024-03-22",
        "2025-05",
    ]


def test_mariadb_answered_an_acquisition_and_no_license_change() -> None:
    row = event_list(load_fork_events(), load_license_changes()).set_index("event_id").loc["mysql-mariadb"]
    assert (row["trigger"], row[["reversed_on"]].isna().all()) == ("acquisition", True)


def test_a_trigger_selects_its_forks() -> None:
    listed = event_list(load_fork_events(), load_license_changes(), trigger="acquisition")
    assert set(listed["trigger"]) == {"acquisition"}


def test_an_unknown_trigger_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="relicense"):
        event_list(load_fork_events(), load_license_changes(), trigger="relicence")
