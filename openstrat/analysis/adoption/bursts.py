"""Star bursts: stars gained in the month of an event against the months before and after, and against everybody else's."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.cells import split_list

MONTHS_EACH_SIDE = 12
MIN_MONTHS = 6
"""Known months that a side needs; with fewer there is no usual gain."""
RULE = (
    f"Stars gained from a month's first reading to the next month's, scaled to 30 days; usual: median of the known months among the "
    f"{MONTHS_EACH_SIDE} before, at least {MIN_MONTHS}; afterwards: the same over the {MONTHS_EACH_SIDE} after."
)
CAVEATS = (
    "A star in the month of an event may be applause, protest or a bookmark, some are bought, and other news falls in the same month.",
    "The month holds days before the event too: with monthly readings a burst late in a month spills into the next.",
)


@dataclass(frozen=True)
class StarBurst:
    """Stars a repository gained in the month of an event, the usual gain before, and the gain afterwards, all for 30 days.

    `ratio` is gained over usual, `after_ratio` afterwards over usual. `n_others` other repositories had the same months; in
    `n_others_as_large` of them the ratio was at least as large. Blank where a side has fewer than six known months.
    """

    repository: str
    event_month: str
    gained_30d: float | None
    usual_30d: float | None
    ratio: float | None
    after_30d: float | None
    after_ratio: float | None
    n_months_before: int
    n_months_after: int
    n_others: int
    n_others_as_large: int | None
    others_median_ratio: float | None
    window: str
    rule: str
    caveats: tuple[str, ...]
    source_ids: tuple[str, ...]


def star_burst(gains: pd.DataFrame, repository: str, event_month: str | pd.Timestamp) -> StarBurst:
    """Return a repository's stars in the month of an event against its own months around it and against all others' that month.

    `gains` is what `curves.monthly_gains` returns.

    Raises
    ------
    UnknownNameError
        If the repository has no reading.
    InputError
        If `event_month` is not a month.
    """
    event = _month(event_month)
    if repository not in set(gains["repository"]):
        raise UnknownNameError("repository", repository, set(gains["repository"]), "See: openstrat data show stars_monthly")
    sides = _sides(gains, event)
    own = {name: float(sides[name].loc[repository]) for name in sides.columns}
    others = sides.drop(index=repository)["ratio"].dropna()
    ratio = _known(own["ratio"])
    around = gains[(gains["repository"] == repository) & _offset(gains, event).between(-MONTHS_EACH_SIDE, MONTHS_EACH_SIDE)]
    return StarBurst(
        repository=repository,
        event_month=f"{event:%Y-%m}",
        gained_30d=_known(own["gained"]),
        usual_30d=_known(own["usual"]),
        ratio=ratio,
        after_30d=_known(own["after"]),
        after_ratio=_known(own["after"] / own["usual"]) if own["usual"] > 0 else None,
        n_months_before=int(own["n_before"]),
        n_months_after=int(own["n_after"]),
        n_others=len(others),
        n_others_as_large=None if ratio is None else int((others >= ratio - 1e-9).sum()),
        others_median_ratio=_known(others.median()),
        window=_window(event),
        rule=RULE,
        caveats=CAVEATS,
        source_ids=tuple(dict.fromkeys(part for cell in around["source_ids"] for part in split_list(cell))),
    )


def _month(event_month: str | pd.Timestamp) -> pd.Timestamp:
    try:
        return pd.Timestamp(event_month).to_period("M").to_timestamp()
    except (ValueError, TypeError):
        raise InputError(f"{event_month!r} is not a month. Write it as YYYY-MM, for example 2024-03.") from None


def _offset(gains: pd.DataFrame, event: pd.Timestamp) -> pd.Series[int]:
    months = gains["month"]
    since: pd.Series[int] = (months.dt.year - event.year) * 12 + (months.dt.month - event.month)
    return since


def _sides(gains: pd.DataFrame, event: pd.Timestamp) -> pd.DataFrame:
    """Return for each repository: gained in the month, usual before, after, known months of each side, and the ratio."""
    known = gains[gains["gained_30d"].notna()]
    offset = _offset(known, event)
    by = {
        name: known[offset.between(low, high)].groupby("repository")["gained_30d"]
        for name, low, high in (("before", -MONTHS_EACH_SIDE, -1), ("event", 0, 0), ("after", 1, MONTHS_EACH_SIDE))
    }
    sides = pd.DataFrame(index=pd.Index(sorted(set(gains["repository"])), name="repository"))
    sides["gained"] = by["event"].first()
    for name, column in (("before", "usual"), ("after", "after")):
        sides[f"n_{name}"] = by[name].size()
        sides[f"n_{name}"] = sides[f"n_{name}"].fillna(0)
        sides[column] = by[name].median().where(by[name].size() >= MIN_MONTHS)
    return sides.assign(ratio=sides["gained"] / sides["usual"].where(sides["usual"] > 0))


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _window(event: pd.Timestamp) -> str:
    first, last = event - pd.DateOffset(months=MONTHS_EACH_SIDE), event + pd.DateOffset(months=MONTHS_EACH_SIDE)
    return f"{event:%Y-%m} against {first:%Y-%m} to {event - pd.DateOffset(months=1):%Y-%m}, then up to {last:%Y-%m}"
