"""Star curves: stars gained a month, how long a wave of attention lasts, and how much of it is left after a launch."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.statistics import wilson_interval
from openstrat.tables.cells import SEPARATOR, split_list

MONTH_DAYS = 30
MAX_GAP_DAYS = 45
"""Two readings further apart than this belong to no one month."""
SMOOTH_MONTHS, SMOOTH_LEAST = 3, 2
"""A wave is read off means over three months, of which two have to be known: one day's news makes no wave."""
LAUNCH_DAYS = 62
"""How many days after a start the first reading may come and still show the launch."""
LAUNCH_LIMIT = 0.10
"""Rule MY1 of the strategy guidance: less than a tenth of the first month's stars a month after month 3."""
SETTLED_DAYS = (90, 365)
"""Days after the start between which attention counts as settled."""
HALF_LIFE_RULE = (
    f"Highest {SMOOTH_MONTHS}-month mean of stars gained, then months until that mean is at or below half of it. A wave that is still "
    "above half when the readings end is open, not long. Where the highest mean is among a series' first, the wave may have begun before."
)


@dataclass(frozen=True)
class HalfLifeShare:
    """How many waves of attention had halved within some months, among those watched for as long; `n_left_out` were not."""

    months: int
    n_halved: int
    n: int
    share: float | None
    low: float | None
    high: float | None
    n_left_out: int
    rule: str
    source_ids: tuple[str, ...]


def monthly_gains(stars: pd.DataFrame) -> pd.DataFrame:
    """Return the stars gained from each month's first reading to the next month's, scaled to 30 days.

    One row a reading: repository, month, n_stars, gained_30d, source_ids. `gained_30d` is blank for the last reading of a series
    and where the next one is more than 45 days away: nothing is filled in. It can be negative: stars are taken back, and
    repositories made private lose theirs.
    """
    rows = stars.sort_values(["repository", "observed_on"], ignore_index=True)
    following = rows.groupby("repository")[["n_stars", "observed_on"]].shift(-1)
    days = (following["observed_on"] - rows["observed_on"]).dt.days
    gained = following["n_stars"].astype("float64") - rows["n_stars"].astype("float64")
    per_month = (gained / days * MONTH_DAYS).where(days <= MAX_GAP_DAYS)
    return rows.assign(gained_30d=per_month)[["repository", "month", "n_stars", "gained_30d", "source_ids"]]


def half_lives(gains: pd.DataFrame) -> pd.DataFrame:
    """Return how many months a repository's largest wave of stars took to halve, one row a repository with at least a wave to see.

    `gains` is what `monthly_gains` returns. Columns: repository, peak_month, peak_gained_30d (the mean over three months),
    months_to_half (blank: still above half), months_watched (after the peak), is_peak_first (the highest mean is the first known
    one, so the wave may have begun before), source_ids. See `HALF_LIFE_RULE`.
    """
    found = [_half_life(str(repository), rows) for repository, rows in gains.groupby("repository")]
    columns = ["repository", "peak_month", "peak_gained_30d", "months_to_half", "months_watched", "is_peak_first", "source_ids"]
    frame = pd.DataFrame([row for row in found if row], columns=columns)
    return frame.astype({"months_to_half": "Int64", "months_watched": "Int64"})


def _half_life(repository: str, rows: pd.DataFrame) -> dict[str, object] | None:
    by_month = rows.set_index("month")["gained_30d"].asfreq("MS")
    means = by_month.rolling(SMOOTH_MONTHS, min_periods=SMOOTH_LEAST, center=True).mean().dropna()
    if len(means) < SMOOTH_MONTHS or means.max() <= 0:
        return None
    peak = pd.Timestamp(means.index[int(means.to_numpy().argmax())])
    below = means[(means.index > peak) & (means <= means.max() / 2)]
    last = means.index[-1]
    return {
        "repository": repository,
        "peak_month": peak,
        "peak_gained_30d": float(means.max()),
        "months_to_half": _months(peak, below.index[0]) if len(below) else None,
        "months_watched": _months(peak, last),
        "is_peak_first": bool(peak == means.index[0]),
        "source_ids": SEPARATOR.join(dict.fromkeys(part for cell in rows["source_ids"] for part in split_list(cell))),
    }


def _months(first: pd.Timestamp, last: pd.Timestamp) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def halved_within(waves: pd.DataFrame, months: int) -> HalfLifeShare:
    """Return the share of waves that had halved within some months, with Wilson's interval.

    `waves` is what `half_lives` returns. Only waves that were watched for `months` count, so that an open one is not taken for a
    long one; the number of the others is given.
    """
    watched = waves[waves["months_watched"] >= months]
    n, halved = len(watched), int((watched["months_to_half"] <= months).sum())
    low, high = wilson_interval(halved, n) if n else (None, None)
    sources = dict.fromkeys(part for cell in watched["source_ids"] for part in split_list(cell))
    return HalfLifeShare(months, halved, n, halved / n if n else None, low, high, len(waves) - n, HALF_LIFE_RULE, tuple(sources))


def launches(stars: pd.DataFrame, starts: pd.DataFrame) -> pd.DataFrame:
    """Return how attention held after a launch, for the repositories whose first reading came within 62 days of their start.

    `starts` has repository, started_on (a day) and source_ids. A launch is taken to begin at zero stars. Columns: repository,
    started_on, first_read_on, n_stars_first, first_30d (stars a month up to the first reading), settled_30d (stars a month between
    day 90 and day 365; blank without readings there), ratio (settled to first), is_front_page (the ratio is below a tenth, rule
    MY1 of the strategy guidance; blank without a ratio), source_ids. The week after a launch, which that rule asks for first, is
    not in monthly readings.
    """
    found = []
    for start in starts.sort_values(["repository", "started_on"]).drop_duplicates("repository").to_dict("records"):
        series = stars[stars["repository"] == start["repository"]].set_index("observed_on")["n_stars"].astype("float64").sort_index()
        days = (series.index - start["started_on"]).days
        if not len(series) or not 0 < days[0] <= LAUNCH_DAYS:
            continue
        settled = series[(days >= SETTLED_DAYS[0]) & (days <= SETTLED_DAYS[1])]
        first = float(series.iloc[0] / days[0] * MONTH_DAYS)
        later = _per_month(settled)
        sources = dict.fromkeys([*split_list(start["source_ids"]), *split_list(stars["source_ids"].iloc[0])])
        found.append(
            {
                "repository": start["repository"],
                "started_on": start["started_on"],
                "first_read_on": series.index[0],
                "n_stars_first": int(series.iloc[0]),
                "first_30d": first,
                "settled_30d": later,
                "ratio": None if later is None else later / first,
                "is_front_page": None if later is None else later / first < LAUNCH_LIMIT,
                "source_ids": SEPARATOR.join(sources),
            }
        )
    columns = ["repository", "started_on", "first_read_on", "n_stars_first", "first_30d", "settled_30d", "ratio", "is_front_page"]
    frame = pd.DataFrame(found, columns=[*columns, "source_ids"])
    return frame.astype({"settled_30d": "float64", "ratio": "float64", "is_front_page": "boolean"})


def _per_month(series: pd.Series[float]) -> float | None:
    if len(series) < SMOOTH_MONTHS:
        return None
    days = (series.index[-1] - series.index[0]).days
    return float((series.iloc[-1] - series.iloc[0]) / days * MONTH_DAYS)
