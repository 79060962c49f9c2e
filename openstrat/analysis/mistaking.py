"""The four rules on mistakes, asked by name of what is in the shipped tables."""

from __future__ import annotations

from datetime import date

import pandas as pd

from openstrat.analysis.licensing import complexities_of, license_id_of
from openstrat.analysis.releases.claims import check_claim
from openstrat.analysis.releasing import position_of
from openstrat.analysis.strategy.finding import Finding
from openstrat.analysis.strategy.mistakes import from_tables
from openstrat.analysis.strategy.mistakes.complicated import over_complicated
from openstrat.analysis.strategy.mistakes.maintenance import under_maintenance
from openstrat.analysis.strategy.mistakes.open_washing import open_washing
from openstrat.analysis.strategy.mistakes.relicensing import bad_faith_relicensing
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.store import read_table

__all__ = [
    "complicated_of",
    "maintenance_of",
    "mistakes_of",
    "model_relicensing_of",
    "open_washing_of",
    "relicensing_of",
]


def mistakes_of(
    *, release: str = "", license_change: str = "", repository: str = "", license_name: str = "", as_of: str, is_strict: bool = False
) -> tuple[Finding, ...]:
    """Return the rules MI1 to MI4 for what is named: a release, a license change, a repository, a license; only for those given.

    Parameters
    ----------
    release
        A release of the table (MI1).
    license_change
        A change of the table license_changes (MI2).
    repository
        Owner and name, from the tables maintenance or repositories (MI3).
    license_name
        A license, spelled as people spell it (MI4).
    as_of
        Day of the question, `YYYY-MM-DD`, for MI3.
    is_strict
        See `maintenance_of`.

    Raises
    ------
    InputError
        If nothing is named, or the day is none.
    UnknownNameError
        If something is not in the tables.
    """
    found = []
    if release:
        found.append(open_washing_of(release))
    if license_change:
        found.append(relicensing_of(license_change))
    if repository:
        found.append(maintenance_of(repository, as_of=as_of, is_strict=is_strict))
    if license_name:
        found.append(complicated_of(license_name))
    if not found:
        raise InputError("Nothing to look at. Name a release, a license change, a repository or a license.")
    return tuple(found)


def open_washing_of(release: str) -> Finding:
    """Return MI1 for a release of the table: its claim against terms and, where its code was read, conduct.

    Raises
    ------
    UnknownNameError
        If there is no such release.
    """
    rows = read_table("release_conduct")
    rows = rows[rows["release_id"] == release]
    conduct = from_tables.release_conduct(rows.iloc[0].to_dict()) if len(rows) else None
    check = check_claim(position_of(release), read_table("release_claims"), conduct.conduct if conduct else None)
    return open_washing(check, conduct)


def relicensing_of(change_id: str) -> Finding:
    """Return MI2 for a change of the table license_changes.

    Raises
    ------
    UnknownNameError
        If there is no such change.
    """
    changes = read_table("license_changes")
    rows = changes[changes["change_id"] == change_id]
    if rows.empty:
        raise UnknownNameError("license change", change_id, changes["change_id"])
    change = rows.iloc[0].to_dict()
    conduct = read_table("license_change_conduct")
    conduct = conduct[conduct["license_change_id"] == change_id]
    outside = from_tables.outside_share(read_table("activity_monthly"), str(change["repository"]), str(change["changed_on"]))
    known = conduct.iloc[0].to_dict() if len(conduct) else None
    return bad_faith_relicensing(from_tables.relicensing_facts(change, known, outside, read_table("licenses")))


def model_relicensing_of(family: str, artifact: str) -> Finding:
    """Return MI2 for a step of the table license_history, such as Gemma and Gemma 4; notice and promises are not recorded there.

    Raises
    ------
    UnknownNameError
        If there is no such step.
    """
    history = read_table("license_history")
    own = history[history["family"] == family]
    rows = own[own["artifact"] == artifact]
    if rows.empty:
        raise UnknownNameError("license step", artifact, own["artifact"] if len(own) else history["family"])
    return bad_faith_relicensing(from_tables.relicensing_facts(rows.iloc[0].to_dict(), None, None, read_table("licenses")))


def maintenance_of(repository: str, *, as_of: str, is_strict: bool = False) -> Finding:
    """Return MI3 for a repository: from the count of its copy where there is one not after the day, else from monthly activity.

    Parameters
    ----------
    repository
        Owner and name.
    as_of
        Day of the question, `YYYY-MM-DD`.
    is_strict
        Take a copy to be known only up to the day of its files.

    Raises
    ------
    InputError
        If the day is none.
    UnknownNameError
        If the repository is in neither table.
    """
    day = _day(as_of)
    counted = read_table("maintenance")
    rows = counted[(counted["repository"] == repository) & (counted["as_of"] <= pd.Timestamp(day))]
    if len(rows):
        return under_maintenance(from_tables.maintenance_facts(rows.sort_values("as_of").iloc[-1].to_dict(), day), is_strict=is_strict)
    repositories = read_table("repositories")
    if repository not in set(repositories["repository"]):
        raise UnknownNameError("repository", repository, [*repositories["repository"], *counted["repository"]])
    return under_maintenance(from_tables.maintenance_from_months(read_table("activity_monthly"), repositories, repository, day))


def complicated_of(license_name: str) -> Finding:
    """Return MI4 for a license, spelled as people spell it.

    Raises
    ------
    InputError, UnknownNameError
        If the name means several licenses or none, or its terms were not read.
    """
    return over_complicated(complexities_of([license_id_of(license_name)])[0])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"as_of: {text!r} is not a day. Write it as YYYY-MM-DD, for example 2026-08-22.") from None
