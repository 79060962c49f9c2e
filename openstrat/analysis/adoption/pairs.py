"""Stars and downloads of the same project in the same month, and who is missing from a month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from openstrat.errors import InputError
from openstrat.tables.cells import SEPARATOR, split_list
from openstrat.tables.fork_terms import PackageRelation

COMPARABLE = (PackageRelation.PACKAGE_IS_PROJECT.value,)
"""Relations that may be compared: installing the package installs the project. A client is not its server."""
EVERY_RELATION = tuple(relation.value for relation in PackageRelation)
SELECTION = (
    "Repositories are in the sample because they were on a list of the most starred. In a sample picked by its stars, stars rank "
    "weaker against anything than they would among all projects (range restriction); how much weaker, the lists do not show."
)
ABSENCE = "A project that is on no list in a month is unknown in it, not zero: it drops out of that month."
LIST_GROWTH = "The list of downloads grew from 4,000 to 15,000 packages, so later months let in less used projects."
MEANING = "Mirrors and automated builds count as downloads, stars can be bought: neither counts users."
CAVEATS = (SELECTION, ABSENCE, LIST_GROWTH, MEANING)


@dataclass(frozen=True)
class Coverage:
    """How many repository-package pairs a month shows: on both lists, on one, on neither.

    `list_length` is that of the list of downloads and None without a reading; `n_stars_least` are the fewest stars in the month.
    """

    month: pd.Timestamp
    n_pairs: int
    n_both: int
    n_stars_only: int
    n_downloads_only: int
    n_neither: int
    list_length: int | None
    n_stars_least: int | None


def known_by(readings: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the readings made up to a day.

    Raises
    ------
    InputError
        If `as_of` is not a day, or nothing had been read by then.
    """
    try:
        day = pd.Timestamp(as_of)
    except ValueError:
        raise InputError(f"{as_of!r} is not a day. Write it as YYYY-MM-DD.") from None
    known = readings[readings["observed_on"] <= day]
    if known.empty:
        raise InputError(
            f"Nothing was read by {as_of}; the first reading is of {readings['observed_on'].min():%Y-%m-%d}. Take a later day."
        )
    return known


def paired_months(stars: pd.DataFrame, downloads: pd.DataFrame, packages: pd.DataFrame) -> pd.DataFrame:
    """Return stars and downloads side by side, one row a package and month in which both were read.

    Stars, downloads and packages are the tables stars_monthly, package_downloads and repository_packages. Taken is the first
    reading of a calendar month on each side; nothing is filled in. Columns: package, repository, relation, is_client, month,
    n_stars, n_downloads_30d, rank, list_length, months_listed (since the package's first reading), days_apart (between the two
    readings), source_ids.
    """
    left = packages[["package", "repository", "relation", "source_ids"]]
    used = _first_of_month(downloads)
    both = left.merge(stars[["repository", "month", "observed_on", "n_stars", "source_ids"]], on="repository", suffixes=("_pair", "_stars"))
    both = both.merge(used, on=["package", "month"], suffixes=("_starred", "_used"))
    cells = both[["source_ids_pair", "source_ids_stars", "source_ids"]].itertuples(index=False)
    both["source_ids"] = [SEPARATOR.join(dict.fromkeys(part for cell in row for part in split_list(cell))) for row in cells]
    both["is_client"] = both["relation"] == PackageRelation.CLIENT_OF_SERVER.value
    both["days_apart"] = (both["observed_on_used"] - both["observed_on_starred"]).dt.days
    names = ["package", "repository", "relation", "is_client", "month", "n_stars", "n_downloads_30d", "rank", "list_length"]
    return both[[*names, "months_listed", "days_apart", "source_ids"]].sort_values(["month", "package"], ignore_index=True)


def _first_of_month(downloads: pd.DataFrame) -> pd.DataFrame:
    rows = downloads.sort_values("observed_on").assign(month=_month_of(downloads["observed_on"]))
    first = rows.drop_duplicates(["package", "month"])
    began = rows.groupby("package")["month"].min()
    return first.assign(months_listed=months_between(first["package"].map(began), first["month"]))


def _month_of(days: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
    return days - pd.to_timedelta(days.dt.day - 1, unit="D")


def months_between(earlier: pd.Series[pd.Timestamp], later: pd.Series[pd.Timestamp]) -> pd.Series[int]:
    """Return whole calendar months from one column of months to another."""
    return (later.dt.year - earlier.dt.year) * 12 + (later.dt.month - earlier.dt.month)


def yearly_changes(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs that were also read 12 months before, with both relative changes: star_change and download_change.

    Both sides of both months are needed, so a project that was off a list a year ago has no change. Columns otherwise as
    `paired_months`.
    """
    before = pairs[["package", "month", "n_stars", "n_downloads_30d"]].assign(month=pairs["month"] + pd.DateOffset(months=12))
    both = pairs.merge(before, on=["package", "month"], suffixes=("", "_before"))
    for change, measure in (("star_change", "n_stars"), ("download_change", "n_downloads_30d")):
        both[change] = both[measure].astype("float64") / both[f"{measure}_before"].astype("float64") - 1
    return both.drop(columns=["n_stars_before", "n_downloads_30d_before"])


def coverage_of_month(
    stars: pd.DataFrame, downloads: pd.DataFrame, packages: pd.DataFrame, month: pd.Timestamp, *, relations: Iterable[str] = COMPARABLE
) -> Coverage:
    """Return how many pairs of the given relations a month shows on both lists, on one, on neither."""
    pairs = packages[packages["relation"].isin(set(relations))]
    starred = stars[stars["month"] == month]
    used = downloads[_month_of(downloads["observed_on"]) == month]
    has_stars = pairs["repository"].isin(set(starred["repository"]))
    has_downloads = pairs["package"].isin(set(used["package"]))
    return Coverage(
        month=month,
        n_pairs=len(pairs),
        n_both=int((has_stars & has_downloads).sum()),
        n_stars_only=int((has_stars & ~has_downloads).sum()),
        n_downloads_only=int((~has_stars & has_downloads).sum()),
        n_neither=int((~has_stars & ~has_downloads).sum()),
        list_length=int(used["list_length"].max()) if len(used) else None,
        n_stars_least=int(starred["n_stars"].min()) if len(starred) else None,
    )
