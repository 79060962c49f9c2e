"""Attention and use: stars by month, package downloads, and which package belongs to which repository."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.fork_terms import PackageRelation
from openstrat.tables.model import Date, Integer, Table, Text, table
from openstrat.terms import Confidence

REPOSITORY = r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+"
PACKAGE = r"[a-z0-9]+(-[a-z0-9]+)*"


@table(
    "adoption/stars_monthly.csv",
    key=("repository", "month"),
    title="Stars of repositories by month",
    as_of="2026-08-26",
    gaps=(
        "A repository is absent in months in which it was on none of the lists; absence is not zero.",
        "Chosen because they were on a list of the most starred: stars and downloads are hardly related in such a sample "
        "(rank correlation -0.13 over 56 projects in April 2026).",
        "Renamed repositories are one series under the current name, as far as it was seen on a list or is well known: redis/redis, "
        "ggml-org/llama.cpp, meta-llama/llama, fastapi/fastapi, deepspeedai/DeepSpeed, jax-ml/jax, httpie/cli, AntonOsika/gpt-engineer, "
        "microsoft/LightGBM, meilisearch/meilisearch, openinterpreter/open-interpreter. listed_as keeps the name on the list.",
        "httpie/cli falls from 53,627 to 29,918 stars between 2022-02 and 2023-11; the two parts do not join.",
    ),
)
class StarsMonthly(Table):
    """Stars and forks of repositories, first reading of each month, from daily public lists of the most starred repositories."""

    repository: Text = fields.text("Owner and name on GitHub; the current name.", pattern=REPOSITORY)
    month: Date = fields.month("Calendar month.")
    observed_on: Date = fields.date("Day of the reading.")
    listed_as: Text = fields.text("Name on the list that day.", pattern=REPOSITORY)
    n_stars: Integer = fields.integer("Stars.", "stars")
    n_forks: Integer = fields.integer("Copies made on GitHub; most are never worked on.", "copies")
    source_ids: Text = fields.sources()


@table(
    "adoption/package_downloads.csv",
    key=("package", "observed_on"),
    title="Downloads of Python packages in 30 days",
    as_of="2026-04-01",
    gaps=(
        "The list grew from 4,000 to 15,000 packages: a package that is absent was below the list's end, not at zero.",
        "Mirrors and automated builds count; downloads are not users.",
        "The list states no license of its own; single figures are cited from it.",
    ),
)
class PackageDownloads(Table):
    """Downloads of packages in the 30 days before each reading, with the rank and the length of the list they come from."""

    package: Text = fields.text("Package in the Python package index.", references="repository_packages.package")
    observed_on: Date = fields.date("Day of the reading.")
    n_downloads_30d: Integer = fields.integer("Downloads in the 30 days before.", "downloads")
    rank: Integer = fields.integer("Place on the list, 1 is most downloaded.", "place", low=1)
    list_length: Integer = fields.integer("Packages on the list.", "packages", low=1)
    source_ids: Text = fields.sources()


@table(
    "adoption/repository_packages.csv",
    key=("package",),
    title="Which package belongs to which repository",
    as_of="2026-08-26",
    gaps=(
        "All pairs and relations are judgment. Use only package_is_project pairs to compare stars with downloads.",
        "Fourteen packages have no row in package_downloads.",
    ),
)
class RepositoryPackages(Table):
    """Pairs of repository and Python package, and what the package is to the repository.

    The client of a server measures the server's use only loosely, so such pairs are marked.
    """

    package: Text = fields.text("Package in the Python package index.", pattern=PACKAGE)
    repository: Text = fields.text("Owner and name on GitHub; the current name.", pattern=REPOSITORY)
    relation: Text = fields.choice("What the package is to the repository.", PackageRelation)
    confidence: Text = fields.choice("How the pair was established.", Confidence)
    notes: Text = fields.text("More.", nullable=True)
    source_ids: Text = fields.sources()
