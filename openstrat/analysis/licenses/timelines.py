"""When versions under a license that opens later do open, and to what: Business Source, Functional Source, Fair Core."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.findings import TermClause, clause_of, known_cells, terms_of, values_of
from openstrat.errors import InputError
from openstrat.terms import Term

if TYPE_CHECKING:
    import pandas as pd


class OpeningState(Term):
    """Where a version stands on a day."""

    OPEN = "open", "It may be had under the later license."
    WAITING = "waiting", "It opens on a known day."
    WAITING_AT_MOST = "waiting_at_most", "It opens on a day the licensor states, which is not known here; at the latest on the day given."
    NEVER = "never", "Its license has no rule that opens it."


@dataclass(frozen=True)
class Opening:
    """When one version opens and to what.

    `opens_on` is the day, None when the licensor's own day is not known; `opens_at_latest` the day on which it has opened in
    any case, None when it never does. `license_ids` is empty when the licensor's later license is not known.
    """

    project: str
    version: str
    license_id: str
    released_on: date
    opens_on: date | None
    opens_at_latest: date | None
    license_ids: tuple[str, ...]
    reason: str
    clause: TermClause

    def state_on(self, as_of: date) -> OpeningState:
        """Return whether the version is open on a day."""
        if self.opens_at_latest is None:
            return OpeningState.NEVER
        if as_of >= self.opens_at_latest:
            return OpeningState.OPEN
        return OpeningState.WAITING_AT_MOST if self.opens_on is None else OpeningState.WAITING

    def days_left(self, as_of: date) -> int | None:
        """Return the days until it opens, at the latest; 0 when it is open, None when it never opens."""
        return None if self.opens_at_latest is None else max(0, (self.opens_at_latest - as_of).days)


def add_years(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March where that year has none.

    The later day is taken so that nobody relies on an opening one day too early.
    """
    if (day.month, day.day) == (2, 29) and not calendar.isleap(day.year + years):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)


def opening_of(
    license_id: str,
    version: str,
    released_on: date,
    terms: pd.DataFrame,
    *,
    project: str = "",
    change_on: date | None = None,
    change_after_years: int | None = None,
    change_license_id: str | None = None,
) -> Opening:
    """Return when a version opens: on the licensor's change date or the license's own anniversary, whichever comes first.

    Business Source caps every change date at four years, so without the licensor's parameters the fourth anniversary is a
    latest day only (`is_change_at_latest`), and the later license is not known. Functional Source and Fair Core state both
    themselves: two years, Apache-2.0 or MIT. Licenses without such a rule never open a version.

    Raises
    ------
    UnknownNameError
        If the terms of the license were not read.
    InputError
        If the licensor's change date lies before the release.
    """
    row = terms_of(license_id, terms)
    clause = clause_of(row, "change_after_years")
    own_named = values_of(row, "change_license_ids")
    named = (change_license_id,) if change_license_id else own_named
    own_years = None if row["change_after_years"] is None else int(str(row["change_after_years"]))
    if change_on is not None and change_on < released_on:
        raise InputError(f"Change date {change_on} of {version} lies before its release on {released_on}; check both.")
    stated = [change_on] if change_on else []
    stated += [add_years(released_on, change_after_years)] if change_after_years is not None else []
    anniversary = None if own_years is None else add_years(released_on, own_years)
    days = [*stated, *([] if anniversary is None else [anniversary])]
    opens_at_latest = min(days) if days else None
    is_exact = bool(stated) or values_of(row, "is_change_at_latest") != ("true",)
    reason = _reason(opens_at_latest, stated, own_years, is_exact=is_exact, named=named)
    opens_on = opens_at_latest if is_exact else None
    return Opening(project, version, license_id, released_on, opens_on, opens_at_latest, named, reason, clause)


def openings_in(delayed_openings: pd.DataFrame, terms: pd.DataFrame, *, project: str | None = None) -> tuple[Opening, ...]:
    """Return the openings of the versions in the table `delayed_openings`, of one project or of all, by project and release day.

    Raises
    ------
    UnknownNameError
        If the terms of a license were not read.
    InputError
        If no version of that project is in the table.
    """
    rows = [known_cells({str(column): value for column, value in row.items()}) for row in delayed_openings.to_dict("records")]
    wanted = [row for row in rows if project is None or str(row["project"]).casefold() == project.casefold()]
    if not wanted:
        known = ", ".join(sorted({str(row["project"]) for row in rows}))
        raise InputError(f"No version of {project!r} is listed. Projects: {known}.")
    found = [
        opening_of(
            str(row["license_id"]),
            str(row["version"]),
            _day(row["released_on"]),
            terms,
            project=str(row["project"]),
            change_on=None if row["change_on"] is None else _day(row["change_on"]),
            change_after_years=None if row["change_after_years"] is None else int(str(row["change_after_years"])),
            change_license_id=None if row["change_license_id"] is None else str(row["change_license_id"]),
        )
        for row in wanted
    ]
    return tuple(sorted(found, key=lambda item: (item.project, item.released_on)))


def _day(value: object) -> date:
    return date.fromisoformat(str(value)[:10])


def _reason(opens: date | None, stated: list[date], own_years: int | None, *, is_exact: bool, named: tuple[str, ...]) -> str:
    later = " or ".join(named) if named else "a license that the licensor names"
    if opens is None:
        return "The license has no rule that opens a version."
    if not is_exact:
        return f"On the licensor's change date, at the latest {own_years} years after release, to {later}."
    if not stated:
        return f"{own_years} years after release, to {later}."
    if own_years is not None and opens < min(stated):
        return f"The licensor states {min(stated)}, but the license opens it {own_years} years after release, to {later}."
    return f"On the day the licensor states, to {later}."
