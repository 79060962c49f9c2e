"""The claim ledger: what is often said about openness, the evidence on each claim, and its test over the shipped tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from re import findall
from typing import Any

import pandas as pd

from openstrat.analysis.adopting import Adoption, adoption_of, half_lives_of, launches_of
from openstrat.analysis.adoption.curves import halved_within
from openstrat.analysis.adoption.pairs import known_by
from openstrat.analysis.claims import attention, forking, models, projects, relicensing
from openstrat.analysis.claims.entries import LedgerEntry, entry, ledger_table
from openstrat.analysis.claims.readings import ClaimTest
from openstrat.analysis.claims.standing import Standing
from openstrat.analysis.effects.study import relicensing_study
from openstrat.analysis.fork_landscape import fork_landscape
from openstrat.analysis.releasing import claims_table, release_table
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.cells import SEPARATOR, split_list
from openstrat.tables.store import read_table, resource

__all__ = ["claims_of", "ledger_table"]

AS_OF = "2026-08-26"
"""Day of the tables; a test over a snapshot cannot be made for an earlier day."""
SEED = 7
ESTABLISHED_MONTHS = 48
HALVED_MONTHS = (12, 6, 24)


def claims_of(*, as_of: str = AS_OF) -> tuple[LedgerEntry, ...]:
    """Return every claim of the ledger, in the order of topics and ids, as known on a day.

    Raises
    ------
    InputError
        If `as_of` is not a day.
    """
    table = read_table("claims")
    topics = {topic: place for place, topic in enumerate(_topics())}
    ordered = sorted(table.to_dict("records"), key=lambda row: (topics[row["topic"]], row["claim_id"]))
    return tuple(claim_of(row["claim_id"], as_of) for row in ordered)


def claim_of(claim_id: str, as_of: str = AS_OF) -> LedgerEntry:
    """Return one claim with its evidence, its test and how it stands, as known on a day.

    Evidence counts when its period was over and one of its sources published by that day, as far as they are dated. Tests over dated
    tables stop there; tests over a snapshot of a later day are not made.

    Raises
    ------
    UnknownNameError
        If there is no such claim.
    InputError
        If `as_of` is not a day.
    """
    _check_day(as_of)
    table = read_table("claims")
    rows = table[table["claim_id"].eq(claim_id)].to_dict("records")
    if not rows:
        raise UnknownNameError("claim", claim_id, table["claim_id"], "List: openstrat claims list")
    row: dict[str, Any] = {str(name): cell for name, cell in rows[0].items()}
    evidence, n_later = _evidence(claim_id, as_of)
    if isinstance(row["test_id"], str):
        test, why = _tested(row["test_id"], as_of)
    else:
        test, why = None, row["why_no_test"]
    return entry(row, evidence, test, why, n_later=n_later, as_of=as_of)


def _topics() -> list[str]:
    return ["adoption", "licenses", "forks", "community", "models", "money"]


def _check_day(as_of: str) -> None:
    try:
        date.fromisoformat(as_of)
    except ValueError:
        raise InputError(f"{as_of!r} is not a day. Write it as YYYY-MM-DD.") from None


def _evidence(claim_id: str, as_of: str) -> tuple[pd.DataFrame, int]:
    links = read_table("claim_evidence").drop(columns="source_ids")
    facts = read_table("evidence").drop(columns=["stance", "concept_ids"])
    rows = links[links["claim_id"].eq(claim_id)].merge(facts, on="evidence_id")
    published = read_table("sources").set_index("source_id")["published_on"]
    known = [
        not _is_later(row["period"], as_of) and any(not _is_later(published.get(part), as_of) for part in split_list(row["source_ids"]))
        for row in rows.to_dict("records")
    ]
    return rows[known], len(rows) - sum(known)


def _is_later(text: object, as_of: str) -> bool:
    """Return whether the last date that a text names lies after a day; a text without a date does not."""
    last = max(findall(r"\d{4}(?:-\d{2}){0,2}", text), default="") if isinstance(text, str) else ""
    return last > as_of[: len(last)]


@cache
def _tested(test_id: str, as_of: str) -> tuple[ClaimTest | None, str]:
    """Return the test, or None and the reason why nothing can be tested for that day."""
    try:
        test = TESTS[test_id](as_of)
    except InputError as error:
        return None, f"Nothing to test by {as_of}. {error}"
    return (None, f"Nothing to test by {as_of}: no observation.") if test.standing == Standing.NOT_TESTABLE else (test, "")


def _snapshot(as_of: str, *names: str) -> None:
    """Refuse a day before the state of a table whose rows are not dated one by one."""
    for name in names:
        state = str(resource(name)["as_of"])
        if as_of < state:
            raise InputError(f"The table {name} shows the state of {state} and cannot be turned back.")


@cache
def _adoption(as_of: str) -> Adoption:
    return adoption_of(as_of=as_of, seed=SEED, months_listed=ESTABLISHED_MONTHS)


def _stars_downloads(as_of: str) -> ClaimTest:
    found = _adoption(as_of)
    beside = {"the same, clients and parts included": found.every_relation, "the same, all months": found.pooled_level}
    return attention.stars_show_use(found.level, beside)


def _star_growth(as_of: str) -> ClaimTest:
    found = _adoption(as_of)
    beside = {"the same, long on the list": found.established, "the same, all months": found.pooled_change}
    return attention.star_growth_shows_growth(found.change, beside)


def _attention_fades(as_of: str) -> ClaimTest:
    stars = known_by(read_table("stars_monthly"), as_of)
    waves = half_lives_of(as_of=as_of)
    window = f"{stars['month'].min():%Y-%m} to {stars['month'].max():%Y-%m}"
    return attention.attention_lasts([halved_within(waves, months) for months in HALVED_MONTHS], launches_of(as_of=as_of), window=window)


@cache
def _studied(as_of: str) -> pd.DataFrame:
    activity, changes = read_table("activity_monthly"), read_table("license_changes")
    study = relicensing_study(
        "all",
        activity=activity[activity["month"] + pd.offsets.MonthEnd(1) <= pd.Timestamp(as_of)],
        changes=changes[changes["changed_on"].le(as_of)],
        forks=read_table("fork_events"),
        confounders=read_table("confounders"),
    )
    rows = [
        {
            "event_id": item.event.event_id,
            "happened_on": item.event.happened_on,
            "did": item.comparison.did if item.comparison and item.verdict != "refused" else None,
            "verdict": item.verdict.value,
            "source_ids": SEPARATOR.join(item.source_ids),
        }
        for item in study.estimates
    ]
    if not rows:
        raise InputError("No change to stricter terms had been read.")
    return pd.DataFrame(rows).astype({"did": "float64"})


def _fork_survival(as_of: str) -> ClaimTest:
    _snapshot(as_of, "fork_events")
    found = fork_landscape()
    return forking.forks_fail(found.by_year, as_of=found.lifetimes.as_of, source_ids=found.source_ids)


def _forks_overtake(as_of: str) -> ClaimTest:
    _snapshot(as_of, "fork_events", "migration_monthly")
    return forking.forks_win(read_table("fork_events"), read_table("migration_monthly"), as_of=str(resource("fork_events")["as_of"]))


def _core_follows(as_of: str) -> ClaimTest:
    _snapshot(as_of, "fork_events", "core_transitions")
    return forking.community_follows(read_table("core_transitions"), read_table("fork_events"))


def _foundation_spread(as_of: str) -> ClaimTest:
    _snapshot(as_of, "project_indicators")
    return projects.foundation_spread(read_table("project_indicators"), {item: group for (item, _), group in _groups("foundation_spread")})


def _agreement_authors(as_of: str) -> ClaimTest:
    _snapshot(as_of, "project_indicators", "projects")
    return projects.agreement_authors(read_table("project_indicators"), read_table("projects"))


def _permissive_share(as_of: str) -> ClaimTest:
    _snapshot(as_of, "projects", "openness_base_rates")
    listed = set(known_by(read_table("package_downloads"), as_of)["package"])
    packages = read_table("repository_packages")
    on_list = packages[packages["package"].isin(listed)]
    tables = (read_table("licenses"), read_table("openness_base_rates"))
    return projects.permissive_share(read_table("projects"), on_list, *tables, as_of=as_of)


def _open_weights_transparency(as_of: str) -> ClaimTest:
    scores = read_table("transparency_scores")
    if not scores["edition"].le(as_of[:7]).any():
        raise InputError(f"The first edition of the transparency index is of {scores['edition'].min()}.")
    return models.open_weights_transparent(scores, dict(_groups("open_weights_transparency")), as_of=as_of)


def _groups(test_id: str) -> list[tuple[tuple[str, str], str]]:
    rows = read_table("claim_groups")
    chosen = rows[rows["test_id"].eq(test_id)].to_dict("records")
    return [((str(row["item"]), str(row["edition"])), str(row["group"])) for row in chosen]


def _open_washed(as_of: str) -> ClaimTest:
    _snapshot(as_of, "release_claims", "release_components")
    return models.open_washed(claims_table(), as_of=as_of)


def _can_be_made_again(as_of: str) -> ClaimTest:
    _snapshot(as_of, "release_components")
    return models.can_be_made_again(release_table(), read_table("release_components"), as_of=as_of)


def _weights_open_source(as_of: str) -> ClaimTest:
    _snapshot(as_of, "release_components")
    return models.weights_open_source(release_table(), read_table("licenses"), as_of=as_of)


TESTS: dict[str, Callable[[str], ClaimTest]] = {
    "agreement_authors": _agreement_authors,
    "attention_fades": _attention_fades,
    "can_be_made_again": _can_be_made_again,
    "cloud_reason": lambda as_of: relicensing.cloud_is_the_reason(read_table("license_changes"), as_of=as_of),
    "core_follows": _core_follows,
    "fork_survival": _fork_survival,
    "forks_overtake": _forks_overtake,
    "foundation_spread": _foundation_spread,
    "open_washed": _open_washed,
    "open_weights_transparency": _open_weights_transparency,
    "permissive_share": _permissive_share,
    "relicensing_fewer": lambda as_of: relicensing.relicensing_fewer(_studied(as_of)),
    "relicensing_halves": lambda as_of: relicensing.relicensing_halves(_studied(as_of)),
    "star_growth": _star_growth,
    "stars_downloads": _stars_downloads,
    "tightening_forked": lambda as_of: relicensing.tightening_forked(read_table("license_changes"), read_table("fork_events"), as_of=as_of),
    "weights_open_source": _weights_open_source,
}
"""One test a claim, by the name in the table of claims; each takes the day."""
