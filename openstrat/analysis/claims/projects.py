"""Claims about how projects are run and licensed: foundations, contributor agreements, permissive licenses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from openstrat.analysis.claims.readings import HALF, ClaimTest, ranked, share
from openstrat.tables.cells import license_ids_in, split_list
from openstrat.tables.fork_terms import PackageRelation

OWN_WINDOW = "12 months up to the last commit of each snapshot"
TAUGHT = "Projects were chosen because they teach something, most of them well known: not a sample of all projects."
CODED = "Who governs and what contributors sign is coded by the curators; 'nothing seen' is not 'nothing there'."


def foundation_spread(indicators: pd.DataFrame, governance: Mapping[str, str]) -> ClaimTest:
    """Return whether work in foundation projects is spread more widely than in company projects.

    `indicators` is the table project_indicators; `governance` gives foundation, company or community by repository.
    """
    rows = indicators.assign(governance=indicators["repository"].map(governance))
    foundation, company = (rows[rows["governance"].eq(name)] for name in ("foundation", "company"))
    options: dict[str, Any] = {"window": OWN_WINDOW, "sample": "repositories whose history was read"}
    spread = ranked(
        "authors needed for half of the changes: foundation above company",
        foundation["n_authors_for_half"].astype(float).tolist(),
        company["n_authors_for_half"].astype(float).tolist(),
        unit="needing more authors",
        needs_above=True,
        **options,
    )
    leading = ranked(
        "largest mail domain's share of changes: foundation above company",
        foundation["top_domain_share"].tolist(),
        company["top_domain_share"].tolist(),
        unit="a larger leading domain",
        needs_above=False,
        **options,
    )
    one = int(foundation["n_authors_for_half"].eq(1).sum())
    return ClaimTest(
        test_id="foundation_spread",
        question="Is the work in foundation projects spread over more people and employers than in company projects?",
        prediction=f"A chance above {HALF:.0%} that a foundation project needs more authors for half of its changes than a company's.",
        readings=(spread, leading.beside()),
        rule="Rank comparison of every foundation project with every company project (Mann and Whitney), ties counted half.",
        selection=f"{TAUGHT} Snapshots end on different days.",
        caveats=(
            CODED,
            f"In {one} of {len(foundation)} foundation projects one author makes half of the changes.",
            "Spread of work is not independence: who may decide is not in a git history. Masked domains can be one person's.",
        ),
        source_ids=_sources(rows[rows["governance"].notna()]),
        not_enough="Work is spread wider, as independence needs; who may decide is not in a git history.",
    )


def agreement_authors(indicators: pd.DataFrame, projects: pd.DataFrame) -> ClaimTest:
    """Return whether projects that ask for a contributor agreement have fewer authors a year than those that do not.

    `indicators` and `projects` are the tables project_indicators and projects.
    """
    rows = indicators.merge(projects[["project_id", "contribution_agreement", "governance"]], on="project_id")
    run_by_company = rows[rows["governance"].eq("company")]
    pairs = {
        "authors a year: agreement above no agreement": (_authors(rows, "cla"), _authors(rows, "dco", "none_seen")),
        "the same, company-run projects only": (_authors(run_by_company, "cla"), _authors(run_by_company, "dco", "none_seen")),
        "authors a year: agreement above sign-off": (_authors(rows, "cla"), _authors(rows, "dco")),
    }
    readings = [
        ranked(
            label, first, second, unit="having more authors", window=OWN_WINDOW, sample="projects with a history read", needs_above=False
        )
        for label, (first, second) in pairs.items()
    ]
    return ClaimTest(
        test_id="agreement_authors",
        question="Do projects with a contributor agreement have fewer authors than others?",
        prediction=f"A chance below {HALF:.0%} that a project with an agreement has more authors than one without.",
        readings=(readings[0], *(item.beside() for item in readings[1:])),
        rule="Rank comparison of human authors in 12 months (Mann and Whitney), ties counted half.",
        selection=f"{TAUGHT} Larger projects of larger companies ask for agreements more often, and they have more authors anyway.",
        caveats=(CODED, "Who turned away before a first change leaves no trace in a history."),
        source_ids=_sources(rows),
    )


def _authors(rows: pd.DataFrame, *agreements: str) -> list[float]:
    return rows.loc[rows["contribution_agreement"].isin(agreements), "n_authors_12m"].astype(float).tolist()


def permissive_share(
    projects: pd.DataFrame, packages: pd.DataFrame, licenses: pd.DataFrame, base_rates: pd.DataFrame, *, as_of: str
) -> ClaimTest:
    """Return how many known projects, and how many much-downloaded ones, are under permissive licenses, against one half.

    Parameters
    ----------
    projects, licenses, base_rates
        The tables projects, licenses and openness_base_rates.
    packages
        Packages on the list of downloads by the day asked for, with the columns repository and relation.
    as_of
        The day of the list of downloads.
    """
    permissive = set(licenses.loc[licenses["family"].eq("permissive"), "license_id"])
    known = projects[projects["license_id"].notna()]
    is_permissive = known["license_id"].map(lambda cell: set(license_ids_in(cell)) <= permissive)
    repository = known["repository_url"].str.extract(r"github\.com/([^/]+/[^/]+)", expand=False)
    own = packages[packages["relation"].eq(PackageRelation.PACKAGE_IS_PROJECT.value)]
    downloaded = is_permissive[repository.isin(set(own["repository"]))]
    software = base_rates[base_rates["kind"].eq("software")]
    n_open = int(software.loc[software["openness_class"].eq("open_source"), "n_products"].sum())
    options: dict[str, Any] = {"needs_above": True}
    return ClaimTest(
        test_id="permissive_share",
        question="Are known projects, and the much-downloaded ones among them, under permissive licenses?",
        prediction=f"More than {HALF:.0%} of both.",
        readings=(
            share("projects under a permissive license", int(is_permissive.sum()), len(known), unit="projects", window="as of 2026-08-26",
                  sample="projects of the table with a known license", **options),
            share("much-downloaded projects under one", int(downloaded.sum()), len(downloaded), unit="projects", window=f"up to {as_of}",
                  sample="those whose package is on a list of the most downloaded", **options),
            share("software products of a map that are open source at all", n_open, int(software["n_products"].sum()), unit="products",
                  window="as of 2026-06-11", sample="a curated map of AI products", **options).beside(),
        ),
        rule="A project counts as permissive when every license of its expression is of the permissive family.",
        selection=f"{TAUGHT} Most of the table is open, so the share says which open license is usual, not how many products are open.",
        caveats=(
            "Being usual is not winning: too few projects under other terms have download figures to compare the two.",
            "A family of models counts with the license of its current flagship.",
        ),
        source_ids=_sources(known, software),
        not_enough="Permissive is the usual license here; that it wins would need like projects under other terms beside them.",
    )  # fmt: skip


def _sources(*frames: pd.DataFrame) -> tuple[str, ...]:
    columns = ("source_ids", "source_ids_x")
    cells = (cell for rows in frames for name in columns if name in rows for cell in rows[name])
    return tuple(dict.fromkeys(part for cell in cells for part in split_list(cell)))
