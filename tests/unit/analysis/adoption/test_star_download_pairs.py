"""Stars and downloads of the same month: what is joined, what is left out, who is missing."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.adoption.pairs import EVERY_RELATION, coverage_of_month, known_by, paired_months, yearly_changes
from openstrat.errors import InputError

PACKAGES = pd.DataFrame(
    [
        ("alpha", "o/alpha", "package_is_project", "curators"),
        ("beta", "o/beta", "package_is_project", "curators"),
        ("gamma-client", "o/gamma", "client_of_server", "curators"),
        ("delta", "o/delta", "package_is_project", "curators"),
    ],
    columns=["package", "repository", "relation", "source_ids"],
)
#  alpha is on both lists in both years, beta has stars only in 2024-03, gamma is a client, delta is on no list
STARS = pd.DataFrame(
    [
        ("o/alpha", "2023-03-01", "2023-03-01", 1_000, "stars"),
        ("o/alpha", "2024-03-01", "2024-03-04", 1_500, "stars"),
        ("o/beta", "2024-03-01", "2024-03-04", 9_000, "stars"),
        ("o/gamma", "2024-03-01", "2024-03-04", 7_000, "stars"),
    ],
    columns=["repository", "month", "observed_on", "n_stars", "source_ids"],
).astype({"month": "datetime64[ns]", "observed_on": "datetime64[ns]", "n_stars": "Int64"})
DOWNLOADS = pd.DataFrame(
    [
        ("alpha", "2023-03-01", 100, 3_900, 4_000, "downloads"),
        ("alpha", "2024-03-01", 400, 900, 5_000, "downloads"),
        ("alpha", "2024-03-30", 999, 1, 5_000, "downloads"),
        ("gamma-client", "2024-03-01", 50, 4_000, 5_000, "downloads"),
    ],
    columns=["package", "observed_on", "n_downloads_30d", "rank", "list_length", "source_ids"],
).astype({"observed_on": "datetime64[ns]", "n_downloads_30d": "Int64"})
MARCH = pd.Timestamp("2024-03-01")


def pairs() -> pd.DataFrame:
    return paired_months(STARS, DOWNLOADS, PACKAGES)


def test_a_row_needs_both_readings_in_the_same_month() -> None:
    rows = pairs()
    assert list(zip(rows["package"], rows["month"].dt.strftime("%Y-%m"), strict=True)) == [
        ("alpha", "2023-03"),
        ("alpha", "2024-03"),
        ("gamma-client", "2024-03"),
    ]


def test_of_two_readings_in_a_month_the_first_counts_and_the_days_between_the_lists_are_said() -> None:
    row = pairs().query("package == 'alpha' and month == @MARCH").iloc[0]
    assert (row["n_stars"], row["n_downloads_30d"], row["rank"], row["list_length"]) == (1_500, 400, 900, 5_000)
    assert (row["days_apart"], row["months_listed"]) == (-3, 12)


def test_every_row_carries_the_sources_of_pair_stars_and_downloads() -> None:
    assert set(pairs()["source_ids"]) == {"curators; stars; downloads"}


def test_a_project_that_is_off_a_list_has_no_row_rather_than_a_zero() -> None:
    rows = pairs()
    assert "beta" not in set(rows["package"])
    assert (rows[["n_stars", "n_downloads_30d"]] > 0).all(axis=None)


def test_a_client_of_a_server_is_marked() -> None:
    rows = pairs().set_index("package")
    assert rows.loc["gamma-client", "is_client"]
    assert not rows.loc[["alpha"], "is_client"].any()


def test_a_change_needs_both_months_on_both_lists() -> None:
    changes = yearly_changes(pairs())
    assert changes[["package", "star_change", "download_change"]].to_numpy().tolist() == [["alpha", 0.5, 3.0]]


def test_coverage_counts_who_is_on_which_list_among_comparable_pairs() -> None:
    cover = coverage_of_month(STARS, DOWNLOADS, PACKAGES, MARCH)
    assert (cover.n_pairs, cover.n_both, cover.n_stars_only, cover.n_downloads_only, cover.n_neither) == (3, 1, 1, 0, 1)
    assert (cover.list_length, cover.n_stars_least) == (5_000, 1_500)
    assert coverage_of_month(STARS, DOWNLOADS, PACKAGES, MARCH, relations=EVERY_RELATION).n_both == 2


def test_a_month_without_lists_has_no_length_and_no_least() -> None:
    cover = coverage_of_month(STARS, DOWNLOADS, PACKAGES, pd.Timestamp("2022-01-01"))
    assert (cover.n_neither, cover.list_length, cover.n_stars_least) == (3, None, None)


def test_only_readings_up_to_the_day_are_known() -> None:
    assert len(known_by(STARS, "2024-03-03")) == 1
    with pytest.raises(InputError, match="first reading is of 2023-03-01"):
        known_by(STARS, "2020-01-01")
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        known_by(STARS, "spring")
