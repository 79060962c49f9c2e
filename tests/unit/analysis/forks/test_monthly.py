"""Activity by month, worked out by hand for small histories."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from commit_logs import ANA, BO, BOT, CY, Commit, by_day, commits, log_of
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.forks.columns import ACTIVITY
from openstrat.analysis.forks.credit import until
from openstrat.analysis.forks.monthly import activity_monthly
from openstrat.analysis.forks.organizations import with_organizations
from openstrat.errors import UnknownNameError
from openstrat.tables.loaders import load_activity_monthly

#        January 2024: Ana 5, Bo 3, Cy 2
JANUARY = by_day(
    commits(ANA, *(f"2024-01-0{day}" for day in range(1, 6))),
    commits(BO, *(f"2024-01-1{day}" for day in range(3))),
    commits(CY, "2024-01-20", "2024-01-21"),
)


def month_of(frame: pd.DataFrame, month: str) -> pd.Series:
    """Return the row of one month."""
    return frame.set_index("month").loc[pd.Timestamp(month)]


def test_shares_and_absence_factor_of_five_three_and_two_commits() -> None:
    row = activity_monthly(log_of(JANUARY)).iloc[0]
    assert (row["n_commits"], row["n_active_authors"]) == (10, 3)
    assert (row["top1_share"], row["top3_share"], row["absence_factor"]) == (0.5, 1.0, 1)


def test_half_the_commits_need_two_people_when_the_first_has_less_than_half() -> None:
    four_four_two = by_day(
        commits(ANA, *(f"2024-01-0{day}" for day in range(1, 5))),
        commits(BO, *(f"2024-01-1{day}" for day in range(1, 5))),
        commits(CY, "2024-01-20", "2024-01-21"),
    )
    assert activity_monthly(log_of(four_four_two)).iloc[0]["absence_factor"] == 2


def test_a_bots_commit_goes_to_its_first_human_co_author_and_to_nobody_without_one() -> None:
    history = [Commit(BOT, "2024-01-05", co=(BOT, BO, CY)), Commit(BOT, "2024-01-06"), Commit(ANA, "2024-01-07")]
    row = activity_monthly(log_of(history)).iloc[0]
    assert (row["n_commits"], row["n_commits_bot"], row["n_commits_bot_uncredited"]) == (2, 2, 1)
    assert (row["n_active_authors"], row["n_active_authors_strict"], row["n_active_with_coauthors"]) == (2, 1, 3)


def test_merges_do_not_count() -> None:
    row = activity_monthly(log_of([Commit(ANA, "2024-01-05"), Commit(BO, "2024-01-06", parents=2)])).iloc[0]
    assert (row["n_commits"], row["n_active_authors"]) == (1, 1)


@pytest.mark.parametrize(
    ("back_on", "retained"),
    [("2024-07-08T11:59:59", 0), ("2024-07-08T12:00:00", 1), ("2025-01-09T11:59:59", 1), ("2025-01-09T12:00:00", 0)],
)
def test_a_newcomer_is_retained_who_is_back_between_day_181_and_day_365(back_on: str, retained: int) -> None:
    # the first commit at noon of 2024-01-10 opens day 1; day 181 opens 180 days later, day 365 closes after 365 days
    log = log_of([Commit(ANA, "2024-01-10T12:00:00"), Commit(ANA, back_on), Commit(BO, "2025-03-01")])
    assert month_of(activity_monthly(log), "2024-01")["n_new_retained_6m"] == retained


def test_retention_is_blank_where_the_history_ends_before_everybody_had_a_year() -> None:
    frame = activity_monthly(log_of([Commit(ANA, "2024-01-10"), Commit(BO, "2024-02-10"), Commit(ANA, "2025-02-01")]))
    assert month_of(frame, "2024-01")["n_new_retained_6m"] == 0  # 2024-01-31 and 365 days end on 2025-01-30
    assert pd.isna(month_of(frame, "2024-02")["n_new_retained_6m"])


def test_months_without_a_commit_are_rows_and_the_last_month_is_partial() -> None:
    frame = activity_monthly(log_of([Commit(ANA, "2024-01-10"), Commit(ANA, "2024-03-10")]))
    assert frame["n_commits"].tolist() == [1, 0, 1]
    assert frame["is_partial_month"].tolist() == [False, False, True]
    assert pd.isna(frame["top1_share"][1])


def test_twelve_month_columns_cover_the_month_and_the_eleven_before() -> None:
    frame = activity_monthly(log_of(by_day(commits(ANA, "2024-01-10", "2024-12-10", "2025-01-10"), commits(BO, "2024-02-10"))))
    december, january = month_of(frame, "2024-12"), month_of(frame, "2025-01")
    assert (december["n_commits_12m"], december["n_authors_12m"], december["is_full_12m"]) == (3, 2, True)
    assert (january["n_commits_12m"], january["top1_share_12m"]) == (3, pytest.approx(0.6667))
    assert not month_of(frame, "2024-11")["is_full_12m"]


def test_organizations_are_counted_among_commits_that_name_one() -> None:
    row = activity_monthly(log_of(JANUARY)).iloc[0]  # acme.io has 8 of 10, gmail.com names nobody's employer
    assert (row["org_known_share"], row["org_top_12m"], row["elephant_factor_12m"]) == (0.8, "acme.io", 1)
    assert row["org_unknown_share_12m"] == pytest.approx(0.2)


def test_a_person_with_one_address_of_the_steward_is_inside_with_every_commit() -> None:
    private = "Ana Alm <ana.alm@gmail.com>"
    history = [Commit(ANA, "2024-01-05"), Commit(private, "2024-02-05"), Commit(CY, "2024-02-06"), Commit(CY, "2024-02-07")]
    row = month_of(activity_monthly(log_of(history), steward_organizations=("acme.io",)), "2024-02")
    assert (row["n_active_authors"], row["n_active_nonsteward"], row["n_commits_nonsteward"], row["n_new_nonsteward"]) == (2, 1, 2, 1)


def test_the_buyer_of_a_steward_is_inside_from_the_day_of_the_purchase_on() -> None:
    early, late = "Ana Alm <ana@ibm.com>", "Bo Berg <bo@ibm.com>"
    history = [Commit(early, "2025-02-05"), Commit(late, "2025-03-05"), Commit(CY, "2025-03-06")]
    frame = activity_monthly(with_organizations(log_of(history)), steward_organizations=("hashicorp",))
    assert month_of(frame, "2025-02")["n_active_nonsteward"] == 1
    assert month_of(frame, "2025-03")["n_active_nonsteward"] == 1


def test_steward_columns_are_blank_without_a_steward() -> None:
    assert activity_monthly(log_of(JANUARY))["n_active_nonsteward"].isna().all()


def test_the_author_date_moves_a_commit_to_the_month_it_was_written() -> None:
    log = log_of([Commit(ANA, "2024-01-05"), Commit(ANA, "2024-02-01", written="2024-01-31")])
    assert activity_monthly(log, basis="author")["n_commits"].tolist() == [2, 0]
    assert activity_monthly(log, basis="committer")["n_commits"].tolist() == [1, 1]


def test_a_fork_has_no_months_before_it_started() -> None:
    log = log_of([Commit(ANA, "2024-06-05", written="2019-01-01"), Commit(ANA, "2024-06-06")])
    assert activity_monthly(log, basis="author", started_on=date(2024, 6, 1))["n_commits"].tolist() == [1]


def test_commits_after_a_day_are_left_out_with_their_co_authors() -> None:
    log = until(log_of([Commit(ANA, "2024-01-05", co=(BO,)), Commit(CY, "2024-01-06", co=(ANA,))]), date(2024, 1, 5))
    row = activity_monthly(log).iloc[0]
    assert (row["n_commits"], row["n_active_with_coauthors"]) == (1, 2)


def test_an_unknown_date_basis_is_refused_with_the_allowed_ones() -> None:
    with pytest.raises(UnknownNameError, match="author, committer"):
        activity_monthly(log_of(JANUARY), basis="calendar")  # type: ignore[arg-type]


def test_the_columns_are_those_of_the_shipped_table() -> None:
    assert tuple(activity_monthly(log_of(JANUARY)).columns) == ACTIVITY == tuple(load_activity_monthly().columns)


@given(st.lists(st.tuples(st.sampled_from([ANA, BO, CY, BOT]), st.dates(date(2023, 1, 1), date(2024, 12, 31))), min_size=1, max_size=40))
def test_shares_lie_between_0_and_1_and_commits_add_up(rows: list[tuple[str, date]]) -> None:
    history = by_day([Commit(who, day.isoformat()) for who, day in rows])
    frame = activity_monthly(log_of(history))
    shares = frame[[name for name in frame if name.endswith(("_share", "_share_12m"))]]
    assert ((shares.isna()) | ((shares >= 0) & (shares <= 1))).all(axis=None)
    assert frame["n_commits"].sum() + frame["n_commits_bot_uncredited"].sum() == len(rows)
    assert frame["n_new_authors"].sum() == len({who for who, _ in rows} - {BOT})
