"""How concentrated both sides of a fork are, and how many newcomers stay."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.effects.windows import month_of, months_since
from openstrat.analysis.forks.pair import FORK, UPSTREAM, YEAR, ForkPair
from openstrat.analysis.statistics import wilson_interval
from openstrat.tables.fork_terms import DateBasis

MOST_UNKNOWN = 0.5
"""Above this share of commits without a known organization, figures on organizations are not shown."""
WINDOWS = (
    (UPSTREAM, "12 months before", -YEAR, -1),
    (UPSTREAM, "12 months after", 1, YEAR),
    (FORK, "first 12 months", 0, YEAR - 1),
    (FORK, "second 12 months", YEAR, 2 * YEAR - 1),
)
"""Side, name, and first and last month after the start; the month of the start is the fork's first and no window of the upstream."""
LATEST = "last 12 months"
COPIED = (
    "n_authors_12m",
    "n_commits_12m",
    "absence_factor_12m",
    "top1_share_12m",
    "org_unknown_share_12m",
    "org_top_12m",
    "org_top_share_of_known_12m",
    "elephant_factor_12m",
)


def concentration(pair: ForkPair) -> pd.DataFrame:
    """Return how concentrated each side is in twelve months: before the start, after it, and at the end of what was read.

    Columns: side, window, first_month, last_month, those of the activity table that end in 12m, organization_low and
    organization_high (the largest known organization's share of all commits, were all unknown ones somebody else's, or all its
    own). Organizations are blank where more than half of the commits name none. Windows that are not whole are left out.
    """
    rows = []
    for side in pair.sides:
        months = _months(pair, side)
        whole = months[months["is_full_12m"].fillna(False).astype(bool) & ~months["is_partial_month"].astype(bool)]
        ends = [(name, last) for own, name, _, last in WINDOWS if own == side]
        known, last = set(whole["since"]), int(whole["since"].max()) if len(whole) else -YEAR
        ends += [(LATEST, last)] if last > max([0, *(end for _, end in ends if end in known)]) else []
        rows += [_concentration_row(side, name, row) for name, end in ends for row in whole[whole["since"] == end].to_dict("records")]
    columns = ["side", "window", "first_month", "last_month", *COPIED, "organization_low", "organization_high"]
    return pd.DataFrame(rows, columns=columns)


def _months(pair: ForkPair, side: str) -> pd.DataFrame:
    own = pair.activity[(pair.activity["repository"] == pair.sides[side]) & (pair.activity["date_basis"] == DateBasis.COMMITTER)]
    return own.assign(since=months_since(own["month"], month_of(pd.Timestamp(pair.started_on))))


def _concentration_row(side: str, name: str, row: dict[Any, Any]) -> dict[str, Any]:
    end = month_of(row["month"])
    found = {"side": side, "window": name, "first_month": str(end - (YEAR - 1)), "last_month": str(end)}
    found |= {column: row[column] for column in COPIED}
    unknown = row["org_unknown_share_12m"]
    if pd.isna(unknown) or unknown > MOST_UNKNOWN or pd.isna(row["org_top_share_of_known_12m"]):
        blank = dict.fromkeys(("org_top_12m", "org_top_share_of_known_12m", "elephant_factor_12m"), None)
        return found | blank | {"organization_low": None, "organization_high": None}
    low = (1 - unknown) * row["org_top_share_of_known_12m"]
    return found | {"organization_low": low, "organization_high": low + unknown}


def retention(pair: ForkPair) -> pd.DataFrame:
    """Return how many newcomers came back in each window: side, window, first_month, last_month, n_months, n_new, n_back, share, low, high.

    Back means another commit between day 181 and 365. Months whose newcomers could not be watched for a year are left out and
    not counted in `n_months`; windows without any newcomer that could be watched are left out. `low` and `high` are the Wilson interval.
    """
    rows = []
    for side, name, first, last in WINDOWS:
        if side not in pair.sides:
            continue
        months = _months(pair, side)
        inside = months[months["since"].between(first, last) & ~months["is_partial_month"].astype(bool)]
        watched = inside.dropna(subset=["n_new_authors", "n_new_retained_6m"])
        n, back = int(watched["n_new_authors"].sum()), int(watched["n_new_retained_6m"].sum())
        if n:
            span = {"first_month": f"{watched['month'].min():%Y-%m}", "last_month": f"{watched['month'].max():%Y-%m}"}
            low, high = wilson_interval(back, n)
            counts = {"n_months": len(watched), "n_new": n, "n_back": back, "share": back / n, "low": low, "high": high}
            rows.append({"side": side, "window": name, **span, **counts})
    columns = ["side", "window", "first_month", "last_month", "n_months", "n_new", "n_back", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)
