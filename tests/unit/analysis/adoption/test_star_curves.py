"""Star curves: gains a month, waves and their half-life, launches, bursts in the month of an event."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pytest

from openstrat.analysis.adoption.bursts import star_burst
from openstrat.analysis.adoption.curves import half_lives, halved_within, launches, monthly_gains
from openstrat.errors import InputError, UnknownNameError


def readings(days: Iterable[str], stars: Iterable[int], repository: str = "o/a") -> pd.DataFrame:
    """Readings of one repository on some days."""
    frame = pd.DataFrame({"repository": repository, "observed_on": pd.to_datetime(list(days)), "n_stars": list(stars)})
    frame["month"] = frame["observed_on"].dt.to_period("M").dt.to_timestamp()
    return frame.astype({"n_stars": "Int64"}).assign(source_ids="star-lists")


def gaining(gains: list[float], repository: str = "o/a", first: str = "2020-01-01") -> pd.DataFrame:
    """Gains of one repository month by month, as `monthly_gains` returns them."""
    months = pd.date_range(first, periods=len(gains), freq="MS")
    return pd.DataFrame({"repository": repository, "month": months, "n_stars": 0, "gained_30d": gains, "source_ids": "star-lists"})


def test_a_gain_belongs_to_the_month_it_starts_in_and_is_scaled_to_30_days() -> None:
    # 62 stars in the 31 days of January: 60 for 30 days; nothing follows February's reading
    gains = monthly_gains(readings(["2024-01-01", "2024-02-01"], [1_000, 1_062]))["gained_30d"]
    assert gains.iloc[0] == pytest.approx(60)
    assert pd.isna(gains.iloc[1])


def test_a_gap_between_readings_is_unknown_and_not_spread() -> None:
    gains = monthly_gains(readings(["2024-01-01", "2024-03-01", "2024-03-31"], [1_000, 2_000, 2_030]))["gained_30d"]
    assert pd.isna(gains.iloc[0])
    assert gains.iloc[1] == pytest.approx(30)


def test_repositories_do_not_run_into_each_other() -> None:
    both = pd.concat([readings(["2024-01-01"], [1_000]), readings(["2024-02-01"], [9_000], "o/b")])
    assert monthly_gains(both)["gained_30d"].isna().all()


def test_a_wave_halves_when_its_three_month_mean_is_at_half() -> None:
    #  gains          10  10  90  90  90  60  30  30  30
    #  centered mean  10  37  63  90  80  60  40  30  30    peak in the fourth month, 45 or less three months later
    wave = half_lives(gaining([10, 10, 90, 90, 90, 60, 30, 30, 30])).iloc[0]
    assert (wave["peak_month"], wave["peak_gained_30d"]) == (pd.Timestamp("2020-04-01"), pytest.approx(90))
    assert (wave["months_to_half"], wave["months_watched"], wave["is_peak_first"]) == (3, 5, False)


def test_a_wave_that_has_not_halved_is_open() -> None:
    wave = half_lives(gaining([90, 90, 90, 80, 80])).iloc[0]
    assert pd.isna(wave["months_to_half"])
    assert (wave["months_watched"], wave["is_peak_first"]) == (4, True)


def test_a_series_too_short_for_a_wave_is_left_out() -> None:
    assert half_lives(gaining([50, 60])).empty


def test_only_waves_watched_long_enough_count_in_the_share() -> None:
    waves = half_lives(
        pd.concat(
            [gaining([90, 90, 90, 10, 10, 10, 10, 10]), gaining([90] * 8, "o/b"), gaining([90, 90, 90, 90], "o/c")], ignore_index=True
        )
    )
    share = halved_within(waves, 6)
    assert (share.n_halved, share.n, share.share, share.n_left_out) == (1, 2, 0.5, 1)
    assert share.source_ids == ("star-lists",)


def test_without_a_wave_watched_long_enough_there_is_no_share() -> None:
    share = halved_within(half_lives(gaining([90, 90, 90, 90])), 12)
    assert (share.share, share.low, share.high, share.n) == (None, None, None, 0)


START = pd.DataFrame({"repository": ["o/a"], "started_on": [pd.Timestamp("2024-01-01")], "source_ids": ["page"]})


def test_a_launch_compares_its_first_pace_with_days_90_to_365() -> None:
    # 3,000 stars in 30 days; from day 90 to day 150 another 120 in 60 days: 60 a month, a fiftieth
    stars = readings(["2024-01-31", "2024-03-31", "2024-04-30", "2024-05-30"], [3_000, 4_000, 4_060, 4_120])
    launch = launches(stars, START).iloc[0]
    assert (launch["first_30d"], launch["settled_30d"]) == (pytest.approx(3_000), pytest.approx(60))
    assert (launch["ratio"], launch["is_front_page"]) == (pytest.approx(0.02), True)
    assert launch["source_ids"] == "page; star-lists"


def test_a_launch_that_was_first_read_too_late_is_left_out() -> None:
    assert launches(readings(["2024-06-01", "2024-07-01"], [5_000, 5_100]), START).empty


def test_a_launch_without_later_readings_has_no_verdict() -> None:
    launch = launches(readings(["2024-01-31"], [3_000]), START).iloc[0]
    assert pd.isna(launch["ratio"])
    assert pd.isna(launch["is_front_page"])


def around(event_gain: float, repository: str = "o/a", usual: float = 100, after: float = 50) -> pd.DataFrame:
    """Twelve months at the usual gain, the month of the event (2021-01), twelve months after."""
    return gaining([usual] * 12 + [event_gain] + [after] * 12, repository)


def test_a_burst_is_the_month_of_the_event_over_the_usual_gain() -> None:
    burst = star_burst(around(250), "o/a", "2021-01")
    assert (burst.gained_30d, burst.usual_30d, burst.ratio, burst.after_ratio) == (250, 100, 2.5, 0.5)
    assert (burst.n_months_before, burst.n_months_after) == (12, 12)
    assert burst.window == "2021-01 against 2020-01 to 2020-12, then up to 2022-01"


def test_everybody_else_in_the_same_month_stands_beside_it() -> None:
    burst = star_burst(pd.concat([around(250), around(300, "o/b"), around(80, "o/c")]), "o/a", "2021-01")
    assert (burst.n_others, burst.n_others_as_large, burst.others_median_ratio) == (2, 1, pytest.approx(1.9))


def test_fewer_than_six_known_months_before_give_no_usual_gain() -> None:
    burst = star_burst(gaining([100] * 5 + [250], first="2020-08-01"), "o/a", "2021-01")
    assert (burst.gained_30d, burst.usual_30d, burst.ratio, burst.n_others_as_large) == (250, None, None, None)


def test_unknown_repositories_and_months_are_named() -> None:
    with pytest.raises(UnknownNameError, match="o/b"):
        star_burst(around(250), "o/b", "2021-01")
    with pytest.raises(InputError, match="YYYY-MM"):
        star_burst(around(250), "o/a", "spring")
