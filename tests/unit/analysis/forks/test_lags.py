"""Days from a license change to the fork, with what half-known dates leave open."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.forks.lags import fork_lags, lag_summary
from openstrat.tables.store import read_table


@pytest.fixture(scope="module")
def lags() -> pd.DataFrame:
    return fork_lags(read_table("fork_events")).set_index(["event_id", "step"])


@pytest.mark.parametrize(
    ("event_id", "announced", "first_own_commit", "first_release"),
    [
        ("redis-valkey", 8, 2, 26),  # 2024-03-20 to 03-28, 03-22, 04-15
        ("elasticsearch-opensearch", 68, 68, 159),  # 2021-02-03 to 04-12, 04-12, 07-12
        ("vault-openbao", 120, 120, 342),  # 2023-08-10 to 12-08, 12-08, 2024-07-17
        ("terraform-opentofu", 15, 6, 55),  # 2023-08-10 to about 08-25, 08-16, 10-04
    ],
)
def test_days_are_counted_from_the_license_change(
    lags: pd.DataFrame, event_id: str, announced: int, first_own_commit: int, first_release: int
) -> None:
    found = lags.loc[event_id]
    assert found["days_low"].to_dict() == {"announced": announced, "first_own_commit": first_own_commit, "first_release": first_release}
    assert (found["days_low"] == found["days_high"]).all()


def test_a_day_marked_as_about_is_not_called_exact(lags: pd.DataFrame) -> None:
    tofu = lags.loc[("terraform-opentofu", "announced")]
    assert (tofu["is_exact"], tofu["is_about"]) == (False, True)
    assert lags.loc[("redis-valkey", "announced"), "is_exact"]


def test_an_announcement_known_by_month_can_lie_before_or_after_the_change(lags: pd.DataFrame) -> None:
    # Emby closed its source on 2018-12-08; Jellyfin was announced in December: 1 December is -7 days, 31 December 23.
    jellyfin = lags.loc[("emby-jellyfin", "announced")]
    assert (jellyfin["days_low"], jellyfin["days_high"], jellyfin["is_exact"]) == (-7, 23, False)


def test_only_forks_after_a_license_change_have_a_lag(lags: pd.DataFrame) -> None:
    forks = read_table("fork_events").set_index("event_id")["trigger_category"]
    assert set(forks[lags.index.get_level_values("event_id")]) == {"relicense"}
    assert "mysql-mariadb" not in lags.index.get_level_values("event_id")


def test_the_median_lag_has_an_interval_and_says_how_few_stand_behind_it(lags: pd.DataFrame) -> None:
    found = lag_summary(lags.reset_index()).set_index("step")
    # first own commits: -47, 2, 2, 6, 54, 68, 120
    own = found.loc["first_own_commit"]
    assert (own["n"], own["n_exact"], own["median_low"], own["median_high"]) == (7, 7, 6, 6)
    assert own["fewest_days"] <= own["low"] <= 6 <= own["high"] <= own["most_days"]
    # announced: 8 forks of changes on 5 days, 6 of them to the day; with Jellyfin at -7 or at 23 days
    announced = found.loc["announced"]
    assert (announced["n"], announced["n_changes"], announced["n_exact"]) == (8, 5, 6)
    assert (announced["median_low"], announced["median_high"]) == (28.5, 32.5)
