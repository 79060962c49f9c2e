"""Features of the fork rubric that the tables give without anybody's judgment, each by a written rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from openstrat.analysis.strategy.precedents import family_of
from openstrat.tables.fork_terms import DateBasis
from openstrat.terms import LicenseFamily

DROP_IN = {LicenseFamily.PERMISSIVE: 1.0, LicenseFamily.WEAK_COPYLEFT: 1.0, LicenseFamily.NETWORK_COPYLEFT: 0.3}
"""Coding of the license before the change (economics, section 9); families it does not name stay unknown."""
MONTHS_BEFORE = 12
HAND_CODED = ("host_revenue", "neutral_home", "switch_cost")
"""Features that no table holds: they stay coded by hand, by somebody who knew the outcome."""
DERIVED = ("drop_in", "external_share")
DROP_IN_RULE = "1 when the license before was permissive or copyleft by file, .3 when it was network copyleft, otherwise unknown."
SHARE_RULE = (
    f"Share of the commits in the {MONTHS_BEFORE} full months before the month of the change, by committer date. High end: everybody "
    "without an address of the steward is an outsider. Low end: only those are whose address names another organization. Between "
    "the two lie commits from addresses that name nobody's employer."
)
PUBLISHED_RULE = "A published count of the year before by employer, where there is one: the vendor's share, or outsiders over vendor."


@dataclass(frozen=True)
class OutsiderShare:
    """Outsiders' share of commits before a change: both ends (0 to 1), commits and months counted, sources; None where unknown."""

    low: float | None
    high: float | None
    n_commits: int
    n_months: int
    source_ids: tuple[str, ...] = ()


def drop_in(license_before: str, families: Mapping[str, str]) -> float | None:
    """Return how far the last open release can be shipped on as it is, from the family of its license; None where the rule is silent."""
    family = family_of(license_before, families)
    return DROP_IN.get(LicenseFamily(family)) if family else None


def outsider_share(activity: pd.DataFrame, repository: object, changed_on: str) -> OutsiderShare:
    """Return outsiders' share of commits before a license change, by `SHARE_RULE`.

    `activity` is the table activity_monthly, `changed_on` a date at least to the month; otherwise, or where the steward's
    addresses are not known, both ends are None.
    """
    if not isinstance(repository, str) or len(changed_on) < len("2024-03"):
        return OutsiderShare(None, None, 0, 0)
    month = pd.Timestamp(changed_on[:7])
    own = activity[activity["repository"].eq(repository) & activity["date_basis"].eq(DateBasis.COMMITTER)]
    window = own[(own["month"] < month) & (own["month"] >= month - pd.DateOffset(months=MONTHS_BEFORE))].sort_values("month")
    window = window[~window["is_partial_month"].astype(bool)]
    commits = int(window["n_commits"].sum())
    if commits == 0 or window["n_commits_nonsteward"].isna().any():
        return OutsiderShare(None, None, commits, len(window))
    high = float(window["n_commits_nonsteward"].sum()) / commits
    sources = tuple(dict.fromkeys(part for cell in window["source_ids"] for part in str(cell).split("; ")))
    return OutsiderShare(_known_outsiders(window.iloc[-1]), high, commits, len(window), sources)


def _known_outsiders(last: pd.Series[Any]) -> float | None:
    """Return the share of commits from other named organizations; None where the largest organization is not the steward."""
    stewards = {name.strip() for name in str(last["steward_orgs"]).split(";")}
    if pd.isna(last["org_top_12m"]) or last["org_top_12m"] not in stewards:
        return 0.0
    return float((1 - last["org_unknown_share_12m"]) * (1 - last["org_top_share_of_known_12m"]))


def published_outsider_share(findings: pd.DataFrame, upstream: object, changed_on: str) -> tuple[float, float] | None:
    """Return a published range of outsiders' share of commits in the year before a change, or None.

    `findings` is the table published_findings: its rows on the vendor's share of commits, or on outsiders over vendor, whose window
    ends in the month of the change. A ratio r of outsiders to vendor is a share of r / (1 + r).
    """
    if not isinstance(upstream, str):
        return None
    ends = pd.to_datetime(findings["window_to_on"]).dt.strftime("%Y-%m")
    rows = findings[findings["repository"].eq(upstream) & ends.eq(changed_on[:7])]
    vendor = rows[rows["finding_id"].str.contains("vendor-commits-before") & rows["measure"].eq("share")]
    if len(vendor):
        return 1 - float(vendor["published_high"].iloc[0]), 1 - float(vendor["published_low"].iloc[0])
    ratio = rows[rows["finding_id"].str.contains("outsiders-ratio") & rows["measure"].eq("ratio")]
    if len(ratio):
        low, high = (float(ratio[name].iloc[0]) for name in ("published_low", "published_high"))
        return low / (1 + low), high / (1 + high)
    return None
