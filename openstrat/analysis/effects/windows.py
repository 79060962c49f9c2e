"""Activity of a repository before and after an event: means over months, and distinct authors in twelve months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from openstrat.errors import InputError, UnknownNameError

SEPARATOR = "; "
MIN_MONTHS = 6
"""Complete months that each side needs; with fewer there is no mean."""
AUTHORS_12M = "n_authors_12m"
MONTHLY_MEASURES = (
    "n_active_authors",
    "n_active_authors_strict",
    "n_active_with_coauthors",
    "n_active_nonsteward",
    "n_new_authors",
    "n_commits",
    "n_commits_nonsteward",
)
"""Columns of the activity table that count something within one month and so can be averaged over months."""
MEASURES = (*MONTHLY_MEASURES, AUTHORS_12M)
DESCRIPTION = "A description of one project, not proof of a cause: other things happened in the same months."
NONSTEWARD = "Who belongs to the steward is read from addresses; that is checked for Redis only."
RULE = (
    "Means of complete months by committer date; the event's month and months cut by the end of the history are left out; "
    f"no figure for fewer than {MIN_MONTHS} months on a side."
)
AUTHORS_RULE = "Distinct authors in the twelve months that end on the named months, by committer date; complete months only."


@dataclass(frozen=True)
class ActivityChange:
    """A measure before and after an event.

    `before_mean` and `after_mean` are in the unit of the measure a month; for distinct authors they are counts over twelve
    months. `change` is relative, -0.38 for a fall by 38 %. All three are None where a side has fewer than six complete months,
    `change` also where the value before is 0.
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
        If the repository is not in the table or the measure cannot be averaged over months.
    InputError
        If a window is shorter than 1 month or `event_month` is not a month.
    """
    event = month_of(event_month)
    own = monthly(activity, repository, measure, MONTHLY_MEASURES)
    before, after = sides(own, event, months_before, months_after)
    means = [float(side["value"].mean()) if len(side) >= MIN_MONTHS else None for side in (before, after)]
    return ActivityChange(
        repository=repository,
        event_month=str(event),
        measure=measure,
        before_mean=means[0],
        after_mean=means[1],
        change=relative(*means),
        n_months_before=len(before),
        n_months_after=len(after),
        window=_window_text(event, months_before, months_after),
        rule=RULE,
        caveats=_caveats(own, event + months_after, (before, months_before), (after, months_after), measure),
        source_ids=sources_of(pd.concat([before, after])),
    )


def authors_window(activity: pd.DataFrame, repository: str, event_month: str | pd.Timestamp, *, months_after: int = 12) -> ActivityChange:
    """Return distinct authors in the twelve months up to the month before an event, and in twelve later months.

    The later count ends `months_after` months after the event's month; 12 starts right after it, 11 includes it, which helps
    where a history ends in the twelfth month.

    Raises
    ------
    UnknownNameError
        If the repository is not in the table.
    InputError
        If `months_after` is below 1 or `event_month` is not a month.
    """
    event = month_of(event_month)
    own = monthly(activity, repository, AUTHORS_12M)
    before, after = author_sides(own, event, months_after)
    counts = [float(side["value"].iloc[0]) if len(side) else None for side in (before, after)]
    unknown = [f"Twelve complete months {name} are not known." for name, side in (("before", before), ("after", after)) if side.empty]
    return ActivityChange(
        repository=repository,
        event_month=str(event),
        measure=AUTHORS_12M,
        before_mean=counts[0],
        after_mean=counts[1],
        change=relative(*counts),
        n_months_before=12 * len(before),
        n_months_after=12 * len(after),
        window=f"{event - 12} to {event - 1} against {event + months_after - 11} to {event + months_after}",
        rule=AUTHORS_RULE,
        caveats=(DESCRIPTION, *unknown),
        source_ids=sources_of(pd.concat([before, after])),
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
    event = month_of(event_month)
    check_window(months_before, months_after)
    wanted = list(repositories)
    if not wanted:
        raise InputError("Name at least one repository to draw.")
    own = months_of_many(activity, wanted, measure)
    offset = months_since(own["month"], event)
    columns = ["repository", "month", "months_since_event", "value", "is_partial", "source_ids"]
    return own.assign(months_since_event=offset).loc[offset.between(-months_before, months_after), columns].reset_index(drop=True)


def month_of(event_month: str | pd.Timestamp) -> pd.Period:
    """Return the month of an event.

    Raises
    ------
    InputError
        If it is not a month.
    """
    try:
        if isinstance(period := pd.Period(event_month, freq="M"), pd.Period):
            return period
    except (ValueError, TypeError):
        pass
    raise InputError(f"{event_month!r} is not a month. Write it as YYYY-MM, for example 2024-03.")


def monthly(activity: pd.DataFrame, repository: str, measure: str, allowed: tuple[str, ...] = MEASURES) -> pd.DataFrame:
    """Return one repository's months by committer date: repository, month, value, is_partial, source_ids.

    Distinct authors in twelve months are unknown where the twelve months are not all in the history.

    Raises
    ------
    UnknownNameError
        If the repository or the measure is not in the table.
    """
    return months_of_many(activity, [repository], measure, allowed)


def months_of_many(activity: pd.DataFrame, repositories: Iterable[str], measure: str, allowed: tuple[str, ...] = MEASURES) -> pd.DataFrame:
    """Return the rows of `monthly` for several repositories, in the order given, then by month.

    Raises
    ------
    UnknownNameError
        If a repository or the measure is not in the table.
    """
    if measure not in allowed:
        raise UnknownNameError("measure", measure, allowed)
    place = {name: number for number, name in enumerate(dict.fromkeys(repositories))}
    wanted = activity["repository"].isin(list(place)) & activity["date_basis"].eq("committer")
    whole = ["is_full_12m"] if measure == AUTHORS_12M else []
    own = activity.loc[wanted, ["repository", "month", measure, *whole, "is_partial_month", "source_ids"]]
    if unknown := sorted(set(place) - set(own["repository"])):
        raise UnknownNameError("repository", unknown[0], set(activity["repository"]), "See: openstrat data show repositories")
    value = own[measure].astype("float64")
    if whole:
        value = value.where(own["is_full_12m"].fillna(False).astype(bool))
    tidy = own.assign(value=value, is_partial=own["is_partial_month"].astype(bool), place=own["repository"].map(place))
    return tidy.sort_values(["place", "month"])[["repository", "month", "value", "is_partial", "source_ids"]]


def months_since(months: pd.Series[pd.Timestamp], event: pd.Period) -> pd.Series[int]:
    """Return how many months after the event's month each month lies."""
    return (months.dt.year - event.year) * 12 + (months.dt.month - event.month)


def sides(own: pd.DataFrame, event: pd.Period, months_before: int, months_after: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the complete, known months before and after the event's month."""
    check_window(months_before, months_after)
    offset = months_since(own["month"], event)
    complete = ~own["is_partial"] & own["value"].notna()
    return own[complete & offset.between(-months_before, -1)], own[complete & offset.between(1, months_after)]


def author_sides(own: pd.DataFrame, event: pd.Period, months_after: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the month before the event and the last month of the later twelve, one row each, or none where unknown."""
    check_window(1, months_after)
    offset = months_since(own["month"], event)
    complete = ~own["is_partial"] & own["value"].notna()
    return own[complete & (offset == -1)], own[complete & (offset == months_after)]


def relative(before: float | None, after: float | None) -> float | None:
    """Return the relative change, None where a side is unknown or nothing was there before."""
    return after / before - 1 if before and after is not None else None


def sources_of(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the sources of rows, once each."""
    return tuple(dict.fromkeys(part for cell in rows["source_ids"].unique() for part in cell.split(SEPARATOR)))


def check_window(months_before: int, months_after: int) -> None:
    """Check that a window has a month on each side.

    Raises
    ------
    InputError
        If it has none.
    """
    if months_before < 1 or months_after < 1:
        raise InputError(f"A window needs at least 1 month on each side; got {months_before} before and {months_after} after.")


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
