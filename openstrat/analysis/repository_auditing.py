"""The audit of a repository by path or address, with the shipped license tables: what the command line and the notebook call."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from openstrat.analysis.audit.case_facts import case_facts
from openstrat.analysis.audit.dates import audit_dates
from openstrat.analysis.audit.report import AuditReport, audit_repository
from openstrat.analysis.audit.standing import LicenseTables
from openstrat.collect.git.clone import clone, default_cache, is_address
from openstrat.collect.git.command import Repository, open_repository
from openstrat.collect.git.facts import repository_facts
from openstrat.collect.git.log import read_log
from openstrat.collect.histories import name_of
from openstrat.collect.license_text import KnownText
from openstrat.errors import InputError
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table

__all__ = ["case_facts_of", "known_texts", "license_tables", "open_source", "repository_audit"]


def repository_audit(
    source: str | Path,
    *,
    as_of: str = "",
    fetched: str = "",
    since: str = "",
    launched: str = "",
    stewards: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
) -> AuditReport:
    """Return the audit of a repository; see `audit_repository`.

    Parameters
    ----------
    source
        Path of a clone or a bare repository, or an https address; a copy of that is kept in the user's cache folder.
    as_of
        Day that windows end with, `YYYY-MM-DD`; today when empty.
    fetched
        Day on which the copy was made, when it is known; else the day of its newest commit counts, for an address today.
    since, launched
        Start of a fork; day of the first public release.
    stewards
        Mail domains or employer names of whoever runs the project.
    progress
        Called with the number of commits read so far.

    Raises
    ------
    InputError
        If there is no repository, no commit, or a day is not one or does not fit the others; see `audit_dates`.
    DataError
        If git fails.
    """
    today = datetime.now(UTC).date()
    repository, _, is_fresh = open_source(source)
    facts = repository_facts(repository, known_texts())
    log = read_log(repository, revision=facts.head, salt=secrets.token_bytes(16), progress=progress)
    dates = audit_dates(
        facts,
        log,
        as_of=_day("as-of day", as_of) or today,
        known_until=_day("day of the copy", fetched) or (today if is_fresh else None),
        since=_day("start of the fork", since),
        launched=_day("launch day", launched),
    )
    return audit_repository(facts, log, license_tables(), dates, stewards=stewards)


def case_facts_of(report: AuditReport, *, layer: str = "") -> dict[str, object]:
    """Return the part of a case file that an audit settles; see `case_facts`.

    Raises
    ------
    UnknownNameError
        If `layer` is not a layer of the stack.
    """
    return case_facts(report, read_table("licenses"), layer=layer)


def license_tables() -> LicenseTables:
    """Return the shipped tables that license questions are answered from."""
    return LicenseTables(read_table("license_terms"), read_table("licenses"), read_table("license_aliases"))


def known_texts() -> tuple[KnownText, ...]:
    """Return the license texts that can be recognized, from the shipped table license_texts."""
    cells = [
        {str(key): value if isinstance(value, str) else "" for key, value in row.items()}
        for row in read_table("license_texts").to_dict("records")
    ]
    return tuple(
        KnownText(
            text_id=row["text_id"],
            license_ids=tuple(split_list(row["license_ids"])),
            marks=tuple(split_list(row["marks"])),
            forbidden=tuple(split_list(row["forbidden"])),
            heads=tuple(split_list(row["heads"])),
            tails=tuple(split_list(row["tails"])),
            gaps=tuple(map(int, split_list(row["gaps"]))),
            slacks=tuple(map(int, split_list(row["slacks"]))),
            span_sha256=tuple(split_list(row["span_sha256"])),
        )
        for row in cells
    )


def open_source(source: str | Path) -> tuple[Repository, Path, bool]:
    """Return the repository at a path or an https address, its folder, and whether it was fetched just now.

    Raises
    ------
    InputError
        If there is no repository, or the address is not one that is fetched.
    DataError
        If it cannot be fetched.
    """
    is_fresh = is_address(str(source))
    path = clone(str(source), with_contents=True) if is_fresh else Path(source)
    return open_repository(path, label=_label(path)), path, is_fresh


def _label(path: Path) -> str:
    """Return owner and name for a copy in the cache or a folder that names both, else the folder's name."""
    is_copy = path.resolve().parent == default_cache().resolve()
    return "/".join(path.name.split("+")[1:-1]) if is_copy else name_of(str(path))


def _day(what: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"The {what} {text!r} is no day. Write it as YYYY-MM-DD, such as 2026-05-31.") from None
