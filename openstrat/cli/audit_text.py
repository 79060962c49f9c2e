"""What `openstrat audit` prints: one page for people, a record for programs, a block for a case file."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from openstrat.analysis.audit.activity import RULE
from openstrat.analysis.audit.case_facts import measured_lines
from openstrat.analysis.audit.findings import Flag, RuleFinding
from openstrat.analysis.audit.governance import ENFORCED_FROM, MIN_COMMITS, Presence
from openstrat.analysis.audit.timeline import ROOT_PLACE, Direction
from openstrat.analysis.audit.words import counted
from openstrat.collect.git.bots import bot_rule

if TYPE_CHECKING:
    from openstrat.analysis.audit.report import AuditReport

WIDTH, LABEL = 100, 18
CAUTION = "Not legal advice: the license text decides, and a person reads what a word list found."
MARKS = {Flag.FLAG: "!", Flag.NO_FLAG: "+", Flag.UNKNOWN: "?"}
MARK_WORDS = "! speaks against it, + checked and does not, ? not known"
MOST_ROWS = 6
HEADING_DATES = "Days are the committer's in UTC; other clocks in brackets where they differ."


def audit_text(report: AuditReport) -> str:
    """Return the audit on one page: license and since when, declarations, governance, activity, rules with windows."""
    dates = report.dates
    known = "" if dates.known_until == dates.as_of else f", copy known up to {dates.known_until}"
    lines = [f"{report.label} at {report.head[:12]}, as of {dates.as_of}{known}", ""]
    lines += ["LICENSE", *_license(report), "", "DECLARED AGAINST DETECTED", *_declared(report), "", "HOW IT IS RUN", *_governance(report)]
    lines += ["", "ACTIVITY AND CONCENTRATION", *_activity(report), "", f"RULES ({MARK_WORDS})", *_rules(report.findings), ""]
    bots = f"Bots are known by {len(bot_rule())} patterns of names and addresses (--json lists them)."
    lines += [_wrapped(f"Counting rule: {RULE} {bots}"), *(_wrapped(f"Note: {note}") for note in report.notes), CAUTION]
    return "\n".join(lines)


def _license(report: AuditReport) -> list[str]:
    standing = report.standing
    between = f", between {standing.lowest.label} and {standing.highest.label}" if standing.lowest is not standing.highest else ""
    limits = f"; limits: {', '.join(item.label for item in standing.restrictions)}" if standing.restrictions else ""
    lines = [_item("Today", f"{_plain(standing.label)}: {standing.level.label}{between}{limits}")]
    lines += [_item("Doubt", doubt) for doubt in standing.doubts[:3]]
    own = report.changes[report.changes["place"] == ROOT_PLACE]
    lines += [_item("Since", _change(row)) for row in own.tail(MOST_ROWS).to_dict("records")[::-1]] or [_item("Since", "no license file")]
    if len(own) > MOST_ROWS:
        lines.append(_item("", f"and {len(own) - MOST_ROWS} earlier changes (--json lists all)"))
    folders = [(folder, item) for folder, item in report.standings.items() if folder]
    lines += [_item("In a folder", f"{folder}/ {_plain(item.label)}: {item.level.label}") for folder, item in folders[:MOST_ROWS]]
    lines += [_item("", f"and {len(folders) - MOST_ROWS} more folders (--json lists all)")] if len(folders) > MOST_ROWS else []
    if n_bundled := int(report.files["is_bundled"].sum()):
        lines.append(_item("Bundled", f"{counted(n_bundled, 'license file')} in folders of bundled code or samples, not counted"))
    return [*lines, HEADING_DATES] if len(own) else lines


def _change(row: dict[Any, Any]) -> str:
    clocks = {
        "committer's local day": row["committed_local_on"],
        "author, UTC": row["authored_on"],
        "author's local day": row["authored_local_on"],
    }
    other = "; ".join(f"{name} {day}" for name, day in clocks.items() if day != row["committed_on"])
    day = row["committed_on"] or "a day that is no date"
    if row["direction"] == Direction.EARLIER.value:
        return f"{day} or earlier: {_plain(row['license_after'])} (this shallow copy begins there)"
    return f"{day}: {_plain(row['license_before'])} -> {_plain(row['license_after'])} ({row['direction']}){f' [{other}]' if other else ''}"


def _declared(report: AuditReport) -> list[str]:
    rows = report.declared.head(MOST_ROWS).to_dict("records")
    if not rows:
        return [_item("", "No package file that is read states a license, and no sampled source file has an SPDX line.")]
    lines = []
    for row in rows:
        note = f" ({row['note']})" if row["note"] else ""
        lines.append(_item(row["agreement"].replace("_", " "), f"{row['where']}: {row['declared'] or 'nothing readable'}{note}"))
    more = len(report.declared) - len(rows)
    return [*lines, *([_item("", f"and {more} more (--json lists all)")] if more else [])]


def _governance(report: AuditReport) -> list[str]:
    rows = report.governance.to_dict("records")
    lines = [
        _item(
            row["topic"].replace("_", " "),
            f"{row['state'].replace('_', ' ')}{': ' if row['paths'] else ''}{row['paths'].replace('; ', ', ')}",
        )
        for row in rows
        if row["state"] != Presence.NOT_FOUND
    ]
    absent = [row["topic"].replace("_", " ") for row in rows if row["state"] == Presence.NOT_FOUND]
    lines += [_item("not found here", f"{', '.join(absent)} (may be in another place)")] if absent else []
    signed = report.sign_offs
    year = "unknown" if signed.share_12m is None else f"{signed.share_12m:.1%} of {counted(signed.n_commits_12m, 'commit')}"
    whole = "unknown" if signed.share_all is None else f"{signed.share_all:.1%} of {signed.n_commits_all:,}"
    whole += f" ({report.windows['window'].iloc[-1]})"
    said = f"{year} in 12 months, {whole}; from {ENFORCED_FROM:.0%} of {MIN_COMMITS} or more it counts as enforced"
    return [*lines, _item("sign-off lines", said)]


def _activity(report: AuditReport) -> list[str]:
    lines = []
    for row in report.windows.to_dict("records"):
        span = f"{row['from_on']} to {row['to_on']}"
        if pd.isna(row["n_commits"]):
            lines.append(_item(row["window"], f"unknown ({span}): the copy does not hold all of it"))
            continue
        share = "unknown" if pd.isna(row["top_author_share"]) else f"{row['top_author_share']:.0%}"
        factor = "unknown" if pd.isna(row["absence_factor"]) else row["absence_factor"]
        cut = "" if row["is_complete"] else "; older commits are missing" if report.dates.begins_on else "; the history starts later"
        people = (
            f"{counted(row['n_commits'], 'commit')} by {counted(row['n_authors'], 'person')}, {row['n_bot_commits']:,} by bots set apart"
        )
        lines.append(_item(row["window"], f"{people}; busiest {share}, absence factor {factor} ({span}{cut})"))
    odd = [_item("set aside", counted(report.n_quarantined, "odd commit"))] if report.n_quarantined else []
    return [*lines, *odd, _item("", "absence factor: fewest people with half the commits")]


def _rules(findings: tuple[RuleFinding, ...]) -> list[str]:
    return [_wrapped(_rule(item), "      " if item.is_part else "    ") for item in findings]


def _rule(item: RuleFinding) -> str:
    value = item.value or "not known"
    head = f"  {MARKS[item.state]} {item.name}" if item.is_part else f"{MARKS[item.state]} {item.rule} {item.name}"
    return f"{head}: {_plain(value)}. Rule: {item.threshold}; {item.window}. {item.why}".rstrip()


def audit_record(report: AuditReport) -> dict[str, Any]:
    """Return the audit as a record; an unknown cell is null."""
    dates = report.dates
    return {
        "repository": report.label,
        "head": report.head,
        "as_of": dates.as_of.isoformat(),
        "known_until": dates.known_until.isoformat(),
        "since": dates.since.isoformat() if dates.since else None,
        "begins_on": dates.begins_on.isoformat() if dates.begins_on else None,
        "licenses": [
            {
                "place": folder or ".",
                "license": item.label,
                "license_ids": list(item.license_ids),
                "connection": item.connection.value,
                "level": item.level.value,
                "lowest": item.lowest.value,
                "highest": item.highest.value,
                "restrictions": [limit.value for limit in item.restrictions],
                "doubts": list(item.doubts),
            }
            for folder, item in report.standings.items()
        ],
        "license_files": _records(report.files),
        "license_periods": _records(report.periods),
        "license_changes": _records(report.changes),
        "declared": _records(report.declared),
        "governance": _records(report.governance),
        "sign_offs": vars(report.sign_offs),
        "activity": _records(report.windows),
        "months": _records(report.months),
        "findings": [vars(item) for item in report.findings],
        "counting_rule": RULE,
        "bot_rule": list(bot_rule()),
        "n_commits": report.n_commits,
        "n_quarantined": report.n_quarantined,
        "notes": list(report.notes),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", date_format="iso", double_precision=6))
    return [
        {name: value[:10] if name in ("from_on", "to_on", "month") and value else value for name, value in row.items()} for row in loaded
    ]


def facts_text(report: AuditReport, block: dict[str, object]) -> str:
    """Return the block for a case file as YAML, with what was measured as comments above it."""
    import yaml

    head = [
        f"# From openstrat audit of {report.label} at {report.head[:12]}, as of {report.dates.as_of}. Copy the blocks into a case file.",
        "# Measured, to be weighed by a person before it becomes part of a case:",
        *(f"# - {line}" for line in measured_lines(report)),
    ]
    body = yaml.safe_dump(block, sort_keys=False, allow_unicode=True) if block else "# The audit settles no field of a case.\n"
    return "\n".join(head) + "\n" + body


def _plain(label: str) -> str:
    return label.replace("LicenseRef-", "")


def _item(label: str, text: str) -> str:
    return _wrapped(f"  {label[:LABEL]:<{LABEL}} {text}", " " * (LABEL + 3))


def _wrapped(text: str, hanging: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=hanging, break_on_hyphens=False, break_long_words=False)
