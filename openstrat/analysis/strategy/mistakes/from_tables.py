"""The facts that the four rules ask for, taken from rows of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from openstrat.analysis.audit.activity import months_before
from openstrat.analysis.strategy.mistakes.maintenance import MaintenanceFacts
from openstrat.analysis.strategy.mistakes.open_washing import ReleaseConduct
from openstrat.analysis.strategy.mistakes.relicensing import RelicensingFacts
from openstrat.analysis.strategy.precedents import family_of
from openstrat.errors import UnknownNameError
from openstrat.tables.cells import license_ids_in, split_list
from openstrat.tables.models_conduct import CopyBasis
from openstrat.terms import read_term

MID_MONTH = 16
"""From this day on the month of a change counts among the twelve before it: most of it lies before."""
MONTHS = 12
LATEST_DAY = len("2024-03-20")


@dataclass(frozen=True)
class Outside:
    """Commits of twelve months by people outside the steward; `share_low` counts only those whose address names another organization."""

    share: float
    share_low: float | None
    n_commits: int
    source_ids: tuple[str, ...]


def outside_share(activity: pd.DataFrame, repository: str, changed_on: str) -> Outside | None:
    """Return the outside share of the commits in the twelve months before a license change; None where it cannot be told.

    Months are by author date. The month of the change counts when the day is the 16th or later. All twelve months, or as many as the
    project has, must have been counted; without a named steward there is no outside.
    """
    if len(changed_on) < LATEST_DAY:
        return None
    day = pd.Timestamp(changed_on)
    last = day.to_period("M") if day.day >= MID_MONTH else day.to_period("M") - 1
    rows = activity[(activity["repository"] == repository) & (activity["date_basis"] == "author")]
    rows = rows[rows["month"].between((last - MONTHS + 1).to_timestamp(), last.to_timestamp())]
    n = int(rows["n_commits"].sum())
    if rows.empty or not n or rows["n_commits_nonsteward"].isna().any() or rows["month"].max() < last.to_timestamp():
        return None
    end = rows.sort_values("month").iloc[-1]
    known, own = 1 - end["org_unknown_share_12m"], end["org_top_share_of_known_12m"]
    is_steward_largest = str(end["org_top_12m"]) in split_list(end["steward_orgs"])
    low = float(known * (1 - own)) if is_steward_largest and pd.notna(known) and pd.notna(own) else None
    cited = tuple(dict.fromkeys(part for cell in rows["source_ids"] for part in split_list(cell)))
    return Outside(float(rows["n_commits_nonsteward"].sum()) / n, low, n, cited)


def relicensing_facts(
    change: Mapping[Any, Any], conduct: Mapping[Any, Any] | None, outside: Outside | None, licenses: pd.DataFrame
) -> RelicensingFacts:
    """Return the facts of one row of license_changes or license_history, with notice and promise where they are recorded.

    `is_open_after` follows from the approval of the new license; for an expression it is true when one choice is approved as a whole.
    """
    known = licenses.dropna(subset="family")
    families = {str(key): str(value) for key, value in zip(known["license_id"], known["family"], strict=True)}
    approved = dict(zip(licenses["license_id"], licenses["is_osi_approved"], strict=True))
    before, after = (_text(change[name]) for name in ("license_before", "license_after"))
    given = dict(conduct or {})
    sources = [*split_list(change["source_ids"]), *split_list(given.get("source_ids")), *(outside.source_ids if outside else ())]
    return RelicensingFacts(
        name=str(change.get("project") or change.get("artifact")),
        changed_on=_text(change["changed_on"]) or "undated",
        family_before=family_of(before, families) if before else None,
        family_after=family_of(after, families) if after else None,
        is_open_after=_is_open(after, approved),
        notice_days_low=_whole(given.get("notice_days_low")),
        notice_days_high=_whole(given.get("notice_days_high")),
        has_promise=_flag(given.get("has_promise")),
        promise=_text(given.get("promise_note")),
        outside_share=outside.share if outside else None,
        outside_share_low=outside.share_low if outside else None,
        n_commits=outside.n_commits if outside else None,
        source_ids=tuple(dict.fromkeys(sources)),
    )


def _is_open(expression: str, approved: Mapping[Any, Any]) -> bool | None:
    if not expression:
        return None
    choices = [[_flag(approved.get(item)) for item in license_ids_in(choice)] for choice in expression.split(" OR ")]
    states = [True if all(choice) else False if False in choice else None for choice in choices]
    return True if True in states else None if None in states else False


def maintenance_facts(row: Mapping[Any, Any], as_of: date) -> MaintenanceFacts:
    """Return the facts of one row of the maintenance table, asked as of a day; figures are those of the day that it was counted on."""
    counted = _day(row["as_of"])
    archived = _day(row["archived_on"])
    copied = _day(row["copied_on"])
    basis = read_term(CopyBasis, row["known_basis"])
    if counted is None or copied is None:
        raise UnknownNameError("day of the count", row["as_of"], ())
    return MaintenanceFacts(
        repository=str(row["repository"]),
        as_of=as_of,
        known_on=counted if basis is CopyBasis.COLLECTED else copied,
        n_commits=_whole(row["n_commits_12m"]),
        n_best=_whole(row["n_commits_best"]),
        last_release_on=_day(row["last_tag_on"]),
        readme_words=tuple(split_list(row["readme_words"])),
        n_authors_for_half=_whole(row["n_authors_for_half"]),
        copied_on=copied,
        archived_on=archived,
        known_basis=basis,
        counted_on=counted,
        note=_text(row["note"]),
        source_ids=tuple(split_list(row["source_ids"])),
    )


def maintenance_from_months(activity: pd.DataFrame, repositories: pd.DataFrame, repository: str, as_of: date) -> MaintenanceFacts:
    """Return the facts of a repository of the monthly table: own commits only, so a fork counts from its start.

    The last twelve months are the full ones that end by the as-of day or with the copy; the best are the best twelve calendar months
    in a row. Releases and README are not in that table.

    Raises
    ------
    UnknownNameError
        If the repository is not in the table.
    """
    known = repositories.loc[repositories["repository"] == repository]
    if known.empty:
        raise UnknownNameError("repository", repository, repositories["repository"])
    head = known.iloc[0]["snapshot_head_on"].date()
    rows = activity[(activity["repository"] == repository) & (activity["date_basis"] == "committer") & ~activity["is_partial_month"]]
    rows = rows[rows["month"] + pd.offsets.MonthEnd(0) <= pd.Timestamp(as_of)]
    total = (rows["n_commits"] + rows["n_commits_bot_uncredited"]).groupby(rows["month"]).sum().asfreq("MS", fill_value=0)
    by_year = total.rolling(MONTHS).sum().dropna()
    since = months_before(min(as_of, head), MONTHS)
    last = total[total.index >= pd.Timestamp(since.replace(day=1))].tail(MONTHS)
    half = rows.sort_values("month")["absence_factor_12m"].tail(1)
    return MaintenanceFacts(
        repository=repository,
        as_of=as_of,
        known_on=head,
        n_commits=int(last.sum()) if len(by_year) else None,
        n_best=int(by_year.max()) if len(by_year) else None,
        is_readme_read=False,
        n_authors_for_half=_whole(half.iloc[0]) if len(half) else None,
        note="By calendar months; releases and the README were not looked at.",
        source_ids=tuple(split_list(known.iloc[0]["source_ids"])),
    )


def release_conduct(row: Mapping[Any, Any]) -> ReleaseConduct:
    """Return what a row of release_conduct says."""
    return ReleaseConduct(
        repository=str(row["repository"]),
        n_changes_after_launch=int(row["n_changes_90d"]),
        n_outside_low=int(row["n_outside_180d_low"]),
        n_outside_high=int(row["n_outside_180d_high"]),
        has_contributing=_flag(row["has_contributing"]),
        source_ids=tuple(split_list(row["source_ids"])),
    )


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _whole(cell: Any) -> int | None:
    return None if cell is None or pd.isna(cell) else int(cell)


def _flag(cell: Any) -> bool | None:
    return None if cell is None or pd.isna(cell) else bool(cell)


def _day(cell: Any) -> date | None:
    return None if cell is None or pd.isna(cell) else pd.Timestamp(cell).date()
