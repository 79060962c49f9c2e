"""The audit of one repository: licenses, declarations, governance, activity and findings, put together from facts and commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from openstrat.analysis.audit.activity import SignOffs, months_table, sign_offs, window_table
from openstrat.analysis.audit.agreement import agreement_table, stated_expression
from openstrat.analysis.audit.dates import Dates
from openstrat.analysis.audit.findings import RuleFinding, conduct_of, maintenance_findings, open_washing_findings
from openstrat.analysis.audit.governance import governance_table
from openstrat.analysis.audit.standing import LicenseTables, Standing, standing_of
from openstrat.analysis.audit.timeline import license_timeline, own_places, place_name
from openstrat.analysis.forks.credit import until
from openstrat.analysis.releases.claims import Conduct
from openstrat.collect.git.facts import LicenseFile, RepositoryFacts
from openstrat.collect.license_text import TextReading, TextState
from openstrat.tables.cells import SEPARATOR

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

FILE_COLUMNS = ["path", "place", "state", "licenses", "is_verbatim", "n_other_words", "parameters", "is_bundled", "kind"]


@dataclass(frozen=True)
class AuditReport:
    """What a repository shows about its license, how it is run, and whether it is kept up.

    Frames: `files` one row a license file now, `periods` and `changes` as `license_timeline`, `declared` as `agreement_table`,
    `governance` one row a topic, `windows` one row a window, `months` one row a month. `standings` holds what the license files
    come to today, by folder; the root is "".
    """

    label: str
    head: str
    dates: Dates
    standings: dict[str, Standing]
    files: pd.DataFrame
    periods: pd.DataFrame
    changes: pd.DataFrame
    declared: pd.DataFrame
    governance: pd.DataFrame
    sign_offs: SignOffs
    windows: pd.DataFrame
    months: pd.DataFrame
    conduct: Conduct
    findings: tuple[RuleFinding, ...]
    n_commits: int
    n_quarantined: int
    notes: tuple[str, ...]

    @property
    def standing(self) -> Standing:
        """What the license files at the root come to."""
        return self.standings[""]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Sources of the license terms that the audit rests on."""
        return tuple(dict.fromkeys(source for item in self.standings.values() for source in item.source_ids))


def audit_repository(
    facts: RepositoryFacts, log: CommitLog, tables: LicenseTables, dates: Dates, *, stewards: Sequence[str] = ()
) -> AuditReport:
    """Return the audit of a repository from its files' facts and its commits.

    Parameters
    ----------
    facts, log
        From `repository_facts` and `read_log`, at the same commit.
    tables
        The license tables.
    dates
        From `audit_dates`. Commits after the as-of day are left out of activity; files and licenses are those of the newest commit.
    stewards
        Mail domains or employer names of whoever runs the project.
    """
    seen = until(log, dates.as_of)
    standings = _standings(facts, tables)
    places = own_places(facts.license_changes, standings)
    periods, changes = license_timeline(facts.license_changes, tables, places=places, begins_at=facts.begins_at)
    signed = sign_offs(seen, dates)
    governance = governance_table(facts.governance, facts.mentions, signed, is_partial=_is_missing(facts))
    windows = window_table(seen, dates)
    conduct = conduct_of(seen, dates, stewards=stewards)
    findings = [
        *maintenance_findings(seen, dates, windows, facts.readme, facts.newest_tag),
        *open_washing_findings(conduct, dates, standings[""], governance, facts.readme),
    ]
    return AuditReport(
        label=facts.label,
        head=facts.head,
        dates=dates,
        standings=standings,
        files=_file_table(facts.license_files),
        periods=periods,
        changes=changes,
        declared=agreement_table(facts.declared, facts.headers, standings, tables),
        governance=governance,
        sign_offs=signed,
        windows=windows,
        months=months_table(seen, since=dates.counted_from),
        conduct=conduct[0],
        findings=tuple(findings),
        n_commits=len(seen),
        n_quarantined=log.n_quarantined,
        notes=_notes(facts, log, dates),
    )


def _notes(facts: RepositoryFacts, log: CommitLog, dates: Dates) -> tuple[str, ...]:
    """Return what limits the copy, and that files are not those of an as-of day before the newest commit."""
    head = facts.head_committed
    is_later = head is not None and head.utc_day > dates.as_of.isoformat()
    now = f"Licenses, declarations and files are those of the newest commit, {head.utc_day if head else ''}; the as-of day bounds activity."
    return tuple(dict.fromkeys([*facts.notes, *log.notes, *([now] if is_later else [])]))


def _standings(facts: RepositoryFacts, tables: LicenseTables) -> dict[str, Standing]:
    """Return what the license files of each own folder come to today; the root always."""
    folders: dict[str, dict[str, TextReading]] = {"": {}}
    for item in facts.license_files:
        if not (item.file.is_bundled or item.file.is_notice or item.file.is_collected):
            folders.setdefault(item.file.folder, {})[item.file.path] = item.reading
    return {folder: standing_of(readings, tables, stated=stated_expression(facts.declared, folder)) for folder, readings in folders.items()}


def _is_missing(facts: RepositoryFacts) -> bool:
    return any(item.reading.state is TextState.MISSING for item in facts.license_files) or (facts.readme is None and bool(facts.notes))


def _file_table(files: Sequence[LicenseFile]) -> pd.DataFrame:
    rows = []
    for item in files:
        verbatim = [text.is_verbatim for text in item.reading.texts]
        kind = "notice" if item.file.is_notice else "collection" if item.file.is_collected else "license"
        rows.append(
            {
                "path": item.file.path,
                "place": place_name(item.file.folder),
                "state": item.reading.state.value,
                "licenses": SEPARATOR.join(
                    [*(text.text_id for text in item.reading.texts), *([] if item.reading.texts else item.reading.named)]
                ),
                "is_verbatim": None if None in verbatim or not verbatim else all(verbatim),
                "n_other_words": item.reading.n_other_words,
                "parameters": SEPARATOR.join(f"{name}: {value}" for text in item.reading.texts for name, value in text.parameters),
                "is_bundled": item.file.is_bundled,
                "kind": kind,
            }
        )
    return pd.DataFrame(rows, columns=FILE_COLUMNS)
