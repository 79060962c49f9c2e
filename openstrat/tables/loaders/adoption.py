"""Loaders of the tables in `data/adoption`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openstrat.tables.store import read_table

if TYPE_CHECKING:
    from pandera.typing import DataFrame

    from openstrat.tables.models_adoption import PackageDownloads, RepositoryPackages, StarsMonthly

__all__ = [
    "load_package_downloads",
    "load_repository_packages",
    "load_stars_monthly",
]


def load_package_downloads() -> DataFrame[PackageDownloads]:
    """Return the table `package_downloads`, one row per package, observed_on.

    Card: `openstrat data describe package_downloads`.
    """
    return cast("DataFrame[PackageDownloads]", read_table("package_downloads"))


def load_repository_packages() -> DataFrame[RepositoryPackages]:
    """Return the table `repository_packages`, one row per package.

    Card: `openstrat data describe repository_packages`.
    """
    return cast("DataFrame[RepositoryPackages]", read_table("repository_packages"))


def load_stars_monthly() -> DataFrame[StarsMonthly]:
    """Return the table `stars_monthly`, one row per repository, month.

    Card: `openstrat data describe stars_monthly`.
    """
    return cast("DataFrame[StarsMonthly]", read_table("stars_monthly"))
