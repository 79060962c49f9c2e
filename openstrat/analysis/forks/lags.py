"""From a license change to the fork: days to the announcement, the first own commit and the first release."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.forks.dates import first_days, last_days
from openstrat.analysis.statistics import median_with_bootstrap
from openstrat.tables.fork_terms import DatePrecision, ForkTrigger

STEPS = {"announced": "announced", "first_own_commit": "first own commit", "first_release": "first release"}
"""What is waited for, and how it is called in words."""
BOOTSTRAP_SEED = 20240328
RULE = (
    "Days from the license change to each step; a step before the change is negative. A date known by month gives the fewest and the "
    "most days that it can mean; one that is marked as about is taken as it stands. Medians with a bootstrap over forks; forks of "
    "one license change are not independent."
)
COLUMNS = ["event_id", "upstream", "fork", "step", "days_low", "days_high", "is_exact", "is_about", "changed_on", "step_on", "source_ids"]


def fork_lags(events: pd.DataFrame) -> pd.DataFrame:
    """Return the days from license change to each dated step of the forks that answered one; one row a fork and step.

    `events` is the table fork_events. Columns: event_id, upstream, fork, step (announced, first_own_commit, first_release), days_low
    and days_high (fewest and most days that the dates can mean), is_exact (both days are known), is_about (a date is marked as
    about), changed_on and step_on (as written), source_ids. Steps without a date have no row.
    """
    forks = events[events["trigger_category"].eq(ForkTrigger.RELICENSE)]
    parts = []
    for step in STEPS:
        dated = forks[forks[f"{step}_on"].notna()]
        own = step == "first_own_commit"
        written = dated[f"{step}_on"].dt.strftime("%Y-%m-%d") if own else dated[f"{step}_on"]
        precision = pd.Series(str(DatePrecision.DAY), index=dated.index) if own else dated[f"{step}_precision"]
        parts.append(
            dated.assign(
                step=step,
                days_low=(first_days(written) - last_days(dated["triggered_on"])).dt.days,
                days_high=(last_days(written) - first_days(dated["triggered_on"])).dt.days,
                is_exact=dated["triggered_precision"].eq(DatePrecision.DAY) & precision.eq(DatePrecision.DAY),
                is_about=dated["triggered_precision"].eq(DatePrecision.ABOUT) | precision.eq(DatePrecision.ABOUT),
                changed_on=dated["triggered_on"],
                step_on=written,
            )[COLUMNS]
        )
    return pd.concat(parts, ignore_index=True)


def lag_summary(lags: pd.DataFrame, *, seed: int = BOOTSTRAP_SEED) -> pd.DataFrame:
    """Return the median lag of each step with its interval and how few stand behind it; one row a step.

    Columns: step, n (forks), n_changes (different days on which a license changed), n_exact, median_low and median_high (medians of
    the fewest and of the most days), low and high (outer ends of the two bootstrap intervals; blank below three forks), fewest_days,
    most_days.
    """
    rows = []
    for step, group in lags.groupby("step", sort=False):
        fewest = median_with_bootstrap(group["days_low"], seed=seed)
        most = median_with_bootstrap(group["days_high"], seed=seed)
        changes, exact = group["changed_on"].nunique(), int(group["is_exact"].sum())
        ends = (fewest.low, most.high, group["days_low"].min(), group["days_high"].max())
        rows.append((step, len(group), changes, exact, fewest.median, most.median, *ends))
    names = ["step", "n", "n_changes", "n_exact", "median_low", "median_high", "low", "high", "fewest_days", "most_days"]
    return pd.DataFrame(rows, columns=names)
