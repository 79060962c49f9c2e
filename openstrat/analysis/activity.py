"""Activity of a repository around an event: means before and after, and the same change in projects without an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from openstrat.errors import InputError, UnknownNameError

SEPARATOR = "; "
MIN_MONTHS = 6
"""Complete months that each side needs; with fewer there is no mean."""
MIN_DONOR_MEAN = 3.0
"""Mean before the event that a donor needs: below it, one person more or less moves the change by a third."""
MIN_DONOR_HISTORY_MONTHS = 24
"""Months of own history before the event that a donor needs: younger projects are still growing up."""
DONORS_LEFT_OUT = ("chef/chef",)
"""Donors that are left out unless asked for: chef's owner put its binaries under an agreement in April 2019, an event of its own."""
MEASURES = (
    "n_active_authors",
    "n_active_authors_strict",
    "n_active_with_coauthors",
    "n_active_nonsteward",
    "n_new_authors",
    "n_commits",
    "n_commits_nonsteward",
)
"""Columns of the activity table that count something within one month and so can be averaged over months."""
DESCRIPTION = "A description of one project, not proof of a cause: other things happened in the same months."
NONSTEWARD = "Who belongs to the steward is read from addresses; that is checked for Redis only."
RULE = (
    "Means of complete months by committer date; the event's month and months cut by the end of the history are left out; "
    f"no figure for fewer than {MIN_MONTHS} months on a side."
)


@dataclass(frozen=True)
class ActivityChange:
    """Mean of a monthly measure before and after an event.

    `before_mean` and `after_mean` are in the unit of the measure a month; `change` is relative, -0.38 for a fall by 38 %. All
    three are None where a side has fewer than six complete months, `change` also where the mean before is 0.
    """

    repository: str
    event_month: str
    measure: str
    before_mean: float | None
    after_mean: float | None
    change: float | None
    n_months_before: int
    n_months_after: int
    window: str
    rule: str
    caveats: tuple[str, ...]
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class DonorChanges:
    """The same change in the donors, projects without an event: one value a donor, with median and quartiles.

    `left_out` names each donor that could not be used, with the reason. Median and quartiles are None without a donor.
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
        return sum(value <= change + 1e-9 for _, value in self.changes)


def activity_window(
    activity: pd.DataFrame,
    repository: str,
    event_month: str | pd.Timestamp,
    *,
    months_before: int = 12,
    months_after: int = 12,
    measure: str = "n_active_authors",
) -> ActivityChange:
    """Return the mean of a measure in the months before and after an event, and its relative change.

    `activity` is the activity_monthly table. Months are counted from the event's month, which belongs to neither side.
    The rule is that of the published event studies of relicensings in this package's fork data: means, not medians.

    Raises
    ------
    UnknownNameError
        If the repository or the measure is not in the table.
    InputError
        If a window is shorter than 1 month or `event_month` is not a month.
    """
    event = _month(event_month)
    own = _monthly(activity, repository, measure)
    before, after = _sides(own, event, months_before, months_after)
    means = [float(side["value"].mean()) if len(side) >= MIN_MONTHS else None for side in (before, after)]
    return ActivityChange(
        repository=repository,
        event_month=str(event),
        measure=measure,
        before_mean=means[0],
        after_mean=means[1],
        change=_relative(*means),
        n_months_before=len(before),
        n_months_after=len(after),
        window=_window_text(event, months_before, months_after),
        rule=RULE,
        caveats=_caveats(own, event + months_after, (before, months_before), (after, months_after), measure),
        source_ids=_sources(pd.concat([before, after])),
    )


def activity_around(
    activity: pd.DataFrame,
    repositories: Iterable[str],
    event_month: str | pd.Timestamp,
    *,
    months_before: int = 12,
    months_after: int = 12,
    measure: str = "n_active_authors",
) -> pd.DataFrame:
    """Return a measure month by month around an event, for drawing; one row a repository and month, the event's month included.

    Columns: repository, month (first day), months_since_event (negative before), value, is_partial (the history ends within the
    month), source_ids. Repositories keep the given order; months without a row in the table are absent.

    Raises
    ------
    UnknownNameError
        If a repository or the measure is not in the table.
    InputError
        If a window is shorter than 1 month or `event_month` is not a month.
    """
    event = _month(event_month)
    _check_window(months_before, months_after)
    columns = ["repository", "month", "months_since_event", "value", "is_partial", "source_ids"]
    parts = []
    for repository in dict.fromkeys(repositories):
        own = _monthly(activity, repository, measure)
        offset = _months_since(own["month"], event)
        rows = own.assign(months_since_event=offset)[offset.between(-months_before, months_after)]
        parts.append(rows[columns])
    if not parts:
        raise InputError("Name at least one repository to draw.")
    return pd.concat(parts, ignore_index=True)


def donor_changes(
    activity: pd.DataFrame,
    event_month: str | pd.Timestamp,
    *,
    months_before: int = 12,
    months_after: int = 12,
    measure: str = "n_active_authors",
    leave_out: Iterable[str] = DONORS_LEFT_OUT,
) -> DonorChanges:
    """Return the same change as `activity_window` in every usable donor, with median, quartiles and their number.

    A donor is usable when all months of both windows are complete, its mean before is at least `MIN_DONOR_MEAN`, and its
    history reaches `MIN_DONOR_HISTORY_MONTHS` back. These rules reproduce the donor medians published with the fork data.

    Raises
    ------
    UnknownNameError
        If the measure is not in the table.
    InputError
        If a window is shorter than 1 month or `event_month` is not a month.
    """
    event = _month(event_month)
    dropped = set(leave_out)
    changes: dict[str, float] = {}
    reasons: dict[str, str] = {}
    used: list[pd.DataFrame] = []
    for donor in sorted(set(activity.loc[activity["role"] == "donor", "repository"])):
        own = _monthly(activity, donor, measure)
        before, after = _sides(own, event, months_before, months_after)
        reason = "left out by choice" if donor in dropped else _unusable(own, event, (before, months_before), (after, months_after))
        if reason:
            reasons[donor] = reason
        else:
            changes[donor] = float(after["value"].mean() / before["value"].mean() - 1)
            used += [before, after]
    values = pd.Series(list(changes.values()), dtype="float64")
    low, middle, high = (float(values.quantile(q)) if len(values) else None for q in (0.25, 0.5, 0.75))
    return DonorChanges(
        event_month=str(event),
        measure=measure,
        changes=tuple(changes.items()),
        median=middle,
        quartile_low=low,
        quartile_high=high,
        n=len(changes),
        left_out=tuple(reasons.items()),
        rule=f"{RULE} Donors: every month complete, mean before at least {MIN_DONOR_MEAN:g}, {MIN_DONOR_HISTORY_MONTHS} months of history.",
        source_ids=_sources(pd.concat(used)) if used else (),
    )


def _month(event_month: str | pd.Timestamp) -> pd.Period:
    try:
        if isinstance(period := pd.Period(event_month, freq="M"), pd.Period):
            return period
    except (ValueError, TypeError):
        pass
    raise InputError(f"{event_month!r} is not a month. Write it as YYYY-MM, for example 2024-03.")


def _check_window(months_before: int, months_after: int) -> None:
    if months_before < 1 or months_after < 1:
        raise InputError(f"A window needs at least 1 month on each side; got {months_before} before and {months_after} after.")


def _monthly(activity: pd.DataFrame, repository: str, measure: str) -> pd.DataFrame:
    """Return one repository's months by committer date: repository, month, value, is_partial, source_ids."""
    if measure not in MEASURES:
        raise UnknownNameError("measure", measure, MEASURES)
    own = activity[(activity["repository"] == repository) & (activity["date_basis"] == "committer")]
    if own.empty:
        raise UnknownNameError("repository", repository, set(activity["repository"]), "See: openstrat data show repositories")
    columns = {measure: "value", "is_partial_month": "is_partial"}
    tidy = own.rename(columns=columns)[["repository", "month", "value", "is_partial", "source_ids"]].sort_values("month")
    return tidy.assign(value=tidy["value"].astype("float64"), is_partial=tidy["is_partial"].astype(bool))


def _months_since(months: pd.Series[pd.Timestamp], event: pd.Period) -> pd.Series[int]:
    return (months.dt.year - event.year) * 12 + (months.dt.month - event.month)


def _sides(own: pd.DataFrame, event: pd.Period, months_before: int, months_after: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the complete, known months before and after the event's month."""
    _check_window(months_before, months_after)
    offset = _months_since(own["month"], event)
    complete = ~own["is_partial"] & own["value"].notna()
    return own[complete & offset.between(-months_before, -1)], own[complete & offset.between(1, months_after)]


def _relative(before: float | None, after: float | None) -> float | None:
    return after / before - 1 if before and after is not None else None


def _window_text(event: pd.Period, months_before: int, months_after: int) -> str:
    return f"{event - months_before} to {event - 1} against {event + 1} to {event + months_after}"


def _caveats(
    own: pd.DataFrame, last: pd.Period, before: tuple[pd.DataFrame, int], after: tuple[pd.DataFrame, int], measure: str
) -> tuple[str, ...]:
    said = [DESCRIPTION]
    for name, (side, wanted) in (("before", before), ("after", after)):
        if len(side) < wanted:
            said.append(f"Only {len(side)} of {wanted} months {name} are complete{'' if len(side) >= MIN_MONTHS else '; no mean'}.")
    ends = own["month"].max()
    if len(after[0]) < after[1]:
        ends_early = ends <= last.to_timestamp()
        said.append(f"The history that was read ends in {ends:%Y-%m}." if ends_early else "The history that was read has a gap there.")
    if measure.endswith("nonsteward"):
        said.append(NONSTEWARD)
    return tuple(said)


def _unusable(own: pd.DataFrame, event: pd.Period, before: tuple[pd.DataFrame, int], after: tuple[pd.DataFrame, int]) -> str:
    """Say why a donor cannot be used; an empty string when it can."""
    months_before, months_after = len(before[0]), len(after[0])
    if months_before < before[1] or months_after < after[1]:
        return f"{months_before} of {before[1]} months before and {months_after} of {after[1]} after are complete"
    if (mean := float(before[0]["value"].mean())) < MIN_DONOR_MEAN:
        return f"mean before is {mean:.1f}"
    if (age := -int(_months_since(own["month"], event).min())) < MIN_DONOR_HISTORY_MONTHS:
        return f"only {age} months of history before"
    return ""


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for cell in rows["source_ids"].unique() for part in cell.split(SEPARATOR)))
