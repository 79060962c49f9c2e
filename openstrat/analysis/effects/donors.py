"""The same change in projects without an event (donors), and how far an event's change stands out from it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.effects.windows import (
    AUTHORS_12M,
    AUTHORS_RULE,
    RULE,
    ActivityChange,
    check_window,
    month_of,
    months_of_many,
    months_since,
    sources_of,
)

MIN_DONOR_MEAN = 3.0
"""Mean before the event that a donor needs: below it, one person more or less moves the change by a third."""
MIN_DONOR_AUTHORS = 10.0
"""Distinct authors in the twelve months before that a donor needs, for the same reason."""
MIN_DONOR_HISTORY_MONTHS = 24
"""Months of own history before the event that a donor needs: younger projects are still growing up."""
DONORS_LEFT_OUT = ("chef/chef",)
"""Donors that are left out unless asked for: chef's owner put its binaries under an agreement in April 2019, an event of its own."""
TIE = 1e-9
"""Changes closer than this count as equal, and equal ones count as moved as far."""
LEAST_RATIO = 1e-12
"""Stands for a fall to nothing on the scale of ratios."""


@dataclass(frozen=True)
class DonorChanges:
    """The same change in the donors, projects without an event: one value a donor, with median and quartiles.

    Changes are ratios, so the middle between two donors is their geometric mean. `left_out` names each donor that could not be
    used, with the reason. Median and quartiles are None without a donor.
    """

    event_month: str
    measure: str
    changes: tuple[tuple[str, float], ...]
    median: float | None
    quartile_low: float | None
    quartile_high: float | None
    n: int
    left_out: tuple[tuple[str, str], ...]
    rule: str
    source_ids: tuple[str, ...]

    def n_at_or_below(self, change: float) -> int:
        """Return how many donors changed by `change` or fell further: the more, the less a fall says."""
        return sum(value <= change + TIE for _, value in self.changes)


@dataclass(frozen=True)
class DonorComparison:
    """How an event's change stands beside the donors' changes.

    `did` is relative to the donors' median: -0.25 when the event's project kept 75 % of what the median donor kept. `p_two_sided`
    and `p_fall` are ranks among the event and its donors, counted on the ratio: the share that moved as far from the median, and
    the share that fell as far. They cannot be smaller than `smallest_p`. `low` and `high` bound `did` if the project would have
    moved within the donors' range; were it exchangeable with them, that would hold in `confidence` of cases. `n_as_far` donors
    moved at least as far in the same direction.
    """

    did: float
    low: float
    high: float
    confidence: float
    p_two_sided: float
    p_fall: float
    smallest_p: float
    n_as_far: int
    n: int


def donor_changes(
    activity: pd.DataFrame,
    event_month: str | pd.Timestamp,
    *,
    months_before: int = 12,
    months_after: int = 12,
    measure: str = "n_active_authors",
    leave_out: Iterable[str] = DONORS_LEFT_OUT,
) -> DonorChanges:
    """Return the same change as `activity_window` or `authors_window` in every usable donor, with median, quartiles and number.

    A donor is usable when both windows are complete, its value before is at least `MIN_DONOR_MEAN` (`MIN_DONOR_AUTHORS` for
    distinct authors), and its history reaches `MIN_DONOR_HISTORY_MONTHS` back. These rules reproduce the donor medians published
    with the fork data. For distinct authors the window before is always twelve months.

    Raises
    ------
    UnknownNameError
        If the measure is not in the table.
    InputError
        If a window is shorter than 1 month or `event_month` is not a month.
    """
    event = month_of(event_month)
    check_window(months_before, months_after)
    rows = _with_sides(months_of_many(activity, donor_names(activity), measure), event, months_before, months_after, measure)
    wanted = (1, 1) if measure == AUTHORS_12M else (months_before, months_after)
    dropped = set(leave_out)
    changes: dict[str, float] = {}
    reasons: dict[str, str] = {}
    for donor, seen in _by_donor(rows).items():
        if reason := "left out by choice" if donor in dropped else _unusable(seen, wanted, measure):
            reasons[donor] = reason
        else:
            changes[donor] = seen.after / seen.before - 1
    used = rows[rows["repository"].isin(list(changes)) & rows["side"].ne("")]
    low, middle, high = (ratio_quantile(list(changes.values()), share) for share in (0.25, 0.5, 0.75))
    return DonorChanges(
        event_month=str(event),
        measure=measure,
        changes=tuple(changes.items()),
        median=middle,
        quartile_low=low,
        quartile_high=high,
        n=len(changes),
        left_out=tuple(reasons.items()),
        rule=_rule(measure),
        source_ids=sources_of(used),
    )


def compare_with_donors(own: ActivityChange, donors: DonorChanges) -> DonorComparison | None:
    """Return how an event's change stands beside its donors; None when the change or every donor is unknown.

    Two-sided p follows the ratio (log change), as in the event study published with the fork data: a fall to a half is as far as
    a doubling. Ties count as moved as far.
    """
    if own.change is None or donors.median is None:
        return None
    change, n = own.change, donors.n
    others = [value for _, value in donors.changes]
    far = sum(abs(_log(value) - _log(donors.median)) >= abs(_log(change) - _log(donors.median)) - TIE for value in others)
    as_far = sum(value <= change + TIE if change < 0 else value >= change - TIE for value in others)
    return DonorComparison(
        did=_against(change, donors.median),
        low=_against(change, max(others)),
        high=_against(change, min(others)),
        confidence=(n - 1) / (n + 1),
        p_two_sided=(1 + far) / (n + 1),
        p_fall=(1 + donors.n_at_or_below(change)) / (n + 1),
        smallest_p=1 / (n + 1),
        n_as_far=as_far,
        n=n,
    )


def donor_names(activity: pd.DataFrame) -> list[str]:
    """Return the repositories whose role is donor, sorted."""
    return sorted(set(activity.loc[activity["role"] == "donor", "repository"]))


def ratio_quantile(changes: Sequence[float], share: float) -> float | None:
    """Return a quantile of relative changes, between two of them their geometric mean weighted by nearness; None without any."""
    if not changes:
        return None
    ratios = sorted(1 + value for value in changes)
    place = share * (len(ratios) - 1)
    below, part = int(place), place - int(place)
    above = min(below + 1, len(ratios) - 1)
    return float(ratios[below] ** (1 - part) * ratios[above] ** part - 1)


def _against(change: float, other: float) -> float:
    return math.inf if other <= -1 else (1 + change) / (1 + other) - 1


def _log(change: float) -> float:
    return math.log(max(1 + change, LEAST_RATIO))


def _rule(measure: str) -> str:
    if measure == AUTHORS_12M:
        needs = f"at least {MIN_DONOR_AUTHORS:g} authors before"
        return f"{AUTHORS_RULE} Donors: both counts known, {needs}, {MIN_DONOR_HISTORY_MONTHS} months of history."
    return f"{RULE} Donors: every month complete, mean before at least {MIN_DONOR_MEAN:g}, {MIN_DONOR_HISTORY_MONTHS} months of history."


@dataclass(frozen=True)
class _Seen:
    """What one donor shows: complete months and mean on each side, and months from its first one to the event."""

    n_before: int
    n_after: int
    before: float
    after: float
    age: int


def _with_sides(rows: pd.DataFrame, event: pd.Period, months_before: int, months_after: int, measure: str) -> pd.DataFrame:
    """Return the months with their distance from the event and the side they count on: before, after or none (blank)."""
    offset = months_since(rows["month"], event)
    complete = ~rows["is_partial"] & rows["value"].notna()
    counts_authors = measure == AUTHORS_12M
    before = complete & offset.between(-1 if counts_authors else -months_before, -1)
    after = complete & offset.between(months_after if counts_authors else 1, months_after)
    side = pd.Series("", index=rows.index).mask(before, "before").mask(after, "after")
    return rows.assign(months_since_event=offset, side=side)


def _by_donor(rows: pd.DataFrame) -> dict[str, _Seen]:
    first = rows.groupby("repository", sort=False)["months_since_event"].min()
    sides = {side: rows[rows["side"].eq(side)].groupby("repository")["value"].agg(["size", "mean"]) for side in ("before", "after")}
    sizes = {side: table["size"].to_dict() for side, table in sides.items()}
    means = {side: table["mean"].to_dict() for side, table in sides.items()}
    return {
        str(donor): _Seen(
            n_before=sizes["before"].get(donor, 0),
            n_after=sizes["after"].get(donor, 0),
            before=means["before"].get(donor, math.nan),
            after=means["after"].get(donor, math.nan),
            age=-int(offset),
        )
        for donor, offset in first.items()
    }


def _unusable(seen: _Seen, wanted: tuple[int, int], measure: str) -> str:
    """Say why a donor cannot be used; an empty string when it can."""
    counts_authors = measure == AUTHORS_12M
    if seen.n_before < wanted[0] or seen.n_after < wanted[1]:
        months = f"{seen.n_before} of {wanted[0]} months before and {seen.n_after} of {wanted[1]} after are complete"
        return "authors in twelve months are not known on both sides" if counts_authors else months
    if seen.before < (MIN_DONOR_AUTHORS if counts_authors else MIN_DONOR_MEAN):
        return f"{seen.before:.0f} authors before" if counts_authors else f"mean before is {seen.before:.1f}"
    return f"only {seen.age} months of history before" if seen.age < MIN_DONOR_HISTORY_MONTHS else ""
