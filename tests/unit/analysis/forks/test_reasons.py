"""Why a rebuilt fork table differs from the shipped one: a reason for each differing cell."""

from __future__ import annotations

from datetime import date

import pandas as pd

from openstrat.analysis.forks.reasons import Tables, reasons

KEYS = {
    "repositories": ("repository",),
    "activity_monthly": ("repository", "date_basis", "month"),
    "migration_monthly": ("fork", "month"),
    "core_transitions": ("fork", "author_group", "horizon_months"),
}
MONTHS = pd.date_range("2024-01-01", periods=15, freq="MS")
NUMBERS = ("n_commits", "n_commits_bot", "n_commits_bot_uncredited", "n_active_authors", "n_active_with_coauthors", "n_commits_12m")
OTHERS = ("n_new_retained_6m", "org_known_share", "n_active_nonsteward")


def tables(changed: dict[str, dict[int, int]], ends: date | None = None, repositories: dict[str, int] | None = None) -> Tables:
    """Return fifteen months of ones, and the same with some cells changed: column -> number of the month -> new value."""
    shipped = pd.DataFrame({"repository": "acme/fork", "date_basis": "committer", "month": MONTHS})
    shipped = shipped.assign(**dict.fromkeys((*NUMBERS, *OTHERS), 1))
    rebuilt = shipped.copy()
    for column, cells in changed.items():
        for number, value in cells.items():
            rebuilt.loc[number, column] = value
    whole = pd.DataFrame({"repository": ["acme/fork"], "n_commits_own": [5], "n_commits_bot": [1], "n_authors_own": [3]})
    moved = pd.DataFrame({"fork": "acme/fork", "month": MONTHS[:2], "n_migrants": 1})
    core = pd.DataFrame(
        {"fork": ["acme/fork"], "author_group": ["core_12m"], "horizon_months": [6], "upstream": ["acme/tool"], "n_both": [1]}
    )
    every = {"repositories": whole, "activity_monthly": shipped, "migration_monthly": moved, "core_transitions": core}
    new = {
        "repositories": whole.assign(**(repositories or {})),
        "activity_monthly": rebuilt,
        "migration_monthly": moved.assign(n_migrants=[1, 2]),
    }
    return Tables(every, new, KEYS, {"acme/fork": ends} if ends else {})


def found(changed: dict[str, dict[int, int]], ends: date | None = None) -> dict[str, int]:
    """Return how many cells of the monthly table differ, by reason."""
    counted = reasons(tables(changed, ends))
    own = counted[counted["table"] == "activity_monthly"]
    return dict(zip(own["reason"], own["n_cells"].tolist(), strict=True))


def test_equal_tables_have_no_reasons() -> None:
    assert found({}) == {}


def test_other_own_commits_explain_their_month_and_twelve_months_of_windows() -> None:
    late = {"n_commits": {2: 9}, "n_active_authors": {2: 2, 3: 2}, "n_commits_12m": {13: 9, 14: 9}}
    # month 2 and the window that ends in month 13 hold it; the window that ends in month 14 does not
    assert found(late) == {"commits": 3, "people": 2}


def test_a_commit_that_only_changes_from_person_to_bot_is_a_matter_of_bots() -> None:
    assert found({"n_commits": {2: 0}, "n_commits_bot": {2: 2}, "n_commits_bot_uncredited": {2: 2}, "n_active_authors": {2: 0}}) == {
        "bots": 4
    }


def test_without_other_commits_the_column_says_what_differs() -> None:
    changed = {"org_known_share": {1: 0}, "n_active_nonsteward": {1: 0}, "n_active_with_coauthors": {1: 2}, "n_active_authors": {3: 2}}
    assert found(changed) == {"coauthors": 1, "organizations": 1, "people": 1, "steward": 1}


def test_months_that_a_clone_does_not_reach_are_not_held_against_it() -> None:
    ends = date(2024, 10, 18)
    assert found({"n_active_authors": {8: 2, 9: 2, 10: 2}}, ends) == {"clone_ends": 2, "people": 1}
    assert found({"n_new_retained_6m": {7: 0, 11: 0}, "n_active_nonsteward": {0: 0}}, ends) == {"clone_ends": 3}


def test_people_who_moved_differ_because_of_commits_where_the_scopes_do() -> None:
    by_table = reasons(tables({}, repositories={"n_commits_own": 6, "n_authors_own": 4})).set_index("table")
    assert by_table.loc["migration_monthly", "reason"] == "commits"
    assert by_table.loc["repositories", ["reason", "n_cells"]].tolist() == ["commits", 2]


def test_people_who_moved_differ_because_of_people_where_all_commits_are_the_same() -> None:
    assert reasons(tables({})).set_index("table").loc["migration_monthly", "reason"] == "people"
