"""The first screen: license, change, activity, concentration and flags as key figures, and what they come to."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.audit.findings import Flag
from openstrat.analysis.audit.governance import Presence
from openstrat.analysis.audit.report import AuditReport
from openstrat.analysis.audit.standing import NO_FILE
from openstrat.analysis.audit.timeline import ROOT_PLACE, is_change
from openstrat.analysis.audit.words import counted
from openstrat.present import page
from openstrat.present.page import Facts, Markup
from openstrat.present.repository_audit.shared import NOT_ADVICE, level_words, plain_label, topic_label
from openstrat.present.theme import percent
from openstrat.present.words import listed
from openstrat.terms import OpennessLevel


def audit_facts(report: AuditReport) -> Facts:
    """Return the report's title and verdict line for the page head and the index of a portfolio."""
    flags = [item.name for item in report.findings if item.state is Flag.FLAG and not item.is_part]
    verdict = f"{plain_label(report.standing.label)}: {report.standing.level.label}; {listed(flags) if flags else 'no rule'} flagged"
    return Facts({"title": f"What {report.label} shows", "verdict": verdict, "as_of": report.dates.as_of.isoformat(), "status": "real"})


def at_a_glance(report: AuditReport) -> Markup:
    """Return four key figures and what to know before relying on the repository."""
    sentences = [_license(report), _change(report), _agreement(report), _people(report), _governance(report), *_flags(report)]
    box = page.callout("What to know before relying on it", page.bullets(item for item in sentences if item), css="verdict")
    limits = page.callout("What this copy lacks", page.bullets(report.notes), css="caveat") if report.notes else page.plain("")
    return _figures(report) + box + limits + page.paragraph(f"A description of one repository on one day. {NOT_ADVICE}", css="meta")


def _figures(report: AuditReport) -> Markup:
    year = report.windows.iloc[0]
    window = f"{year['from_on']} to {year['to_on']}"
    known = not pd.isna(year["n_commits"])
    people = f"{year['n_authors']:,}" if known else "unknown"
    factor = "unknown" if pd.isna(year["absence_factor"]) else str(year["absence_factor"])
    rules = [item for item in report.findings if not item.is_part]
    n_flags, n_unknown = (sum(item.state is state for item in rules) for state in (Flag.FLAG, Flag.UNKNOWN))
    return page.kpis(
        {
            "License at the root": (plain_label(report.standing.label), level_words(report.standing)),
            "People with a commit": (people, window if known else _limit(report)),
            "Fewest people with half the commits": (factor, f"contributor absence factor, {window}"),
            "Rules that speak against it": (
                str(n_flags),
                f"of {len(rules)}: {', '.join(item.name for item in rules)}; {n_unknown} not known",
            ),
        }
    )


def _license(report: AuditReport) -> str:
    standing = report.standing
    if standing.label == NO_FILE:
        return "There is no license file at the root: nothing was found that grants anybody a right to use it."
    if standing.level is OpennessLevel.FULLY_OPEN:
        return f"The license at the root is {plain_label(standing.label)}: it holds nobody back."
    if standing.level is OpennessLevel.UNDETERMINED:
        doubt = standing.doubts[0] if standing.doubts else "the level of the license is not known."
        return f"What the license files at the root ({plain_label(standing.label)}) come to cannot be said: {doubt}"
    limits = listed([item.label for item in standing.restrictions])
    return f"The license at the root is {plain_label(standing.label)}, which is {standing.level.label}: {limits}."


def _change(report: AuditReport) -> str:
    own = report.changes[report.changes["place"].eq(ROOT_PLACE) & is_change(report.changes["direction"])]
    if own.empty:
        begins = f", which begins on {report.dates.begins_on}" if report.dates.begins_on else ""
        return f"No change of the license at the root is in the history{begins}; edits that leave the license as it is are not counted."
    last = own.iloc[-1]
    clock = "" if last["is_one_day"] else f" (by the author's clock {last['authored_local_on']})"
    said = f"{plain_label(last['license_before'])} to {plain_label(last['license_after'])}"
    return f"The license changed {counted(len(own), 'time')}; last on {last['committed_on']}{clock}: {said}, {last['direction']}."


def _agreement(report: AuditReport) -> str:
    conflicts = report.declared[report.declared["agreement"].eq("conflicts")]
    if report.declared.empty:
        return "No package file states a license that could be compared with the text."
    if conflicts.empty:
        return "What package files and SPDX lines declare does not contradict the license texts."
    where = "; ".join(dict.fromkeys(conflicts["where"]))
    return f"Declarations that do not fit the license texts: {len(conflicts)} of {len(report.declared)} ({where})."


def _people(report: AuditReport) -> str:
    year = report.windows.iloc[0]
    if pd.isna(year["n_commits"]):
        return f"How many people worked on it in the 12 months to {report.dates.as_of} is not known: {_limit(report)}."
    if not year["n_commits"]:
        return "No person committed in the last 12 months."
    share = percent(year["top_author_share"])
    done = f"{counted(year['n_commits'], 'commit')} by {counted(year['n_authors'], 'person')} in 12 months"
    return f"{done}; the busiest made {share}."


def _limit(report: AuditReport) -> str:
    dates = report.dates
    return f"the copy ends on {dates.known_until}" if dates.is_stale else f"this shallow copy begins on {dates.begins_on}"


def _governance(report: AuditReport) -> str:
    absent = report.governance.loc[report.governance["state"].eq(Presence.NOT_FOUND.value), "topic"].tolist()
    return (
        f"Not found in the repository: {listed([topic_label(item) for item in absent], most=8)}. They may be in another place."
        if absent
        else "Every topic of governance is spoken of."
    )


def _flags(report: AuditReport) -> list[str]:
    rules = [item for item in report.findings if not item.is_part]
    flagged = [f"{item.name} ({item.value})" for item in rules if item.state is Flag.FLAG]
    missing = [(item.name, item.value.rpartition("unknown: ")[2]) for item in rules if item.state is Flag.UNKNOWN]
    open_rules = [f"{name} (not known: {parts})" if parts else name for name, parts in missing]
    none = "No rule that could be answered speaks against it." if len(missing) < len(rules) else "No rule could be answered."
    against = f"Rules that speak against it: {'; '.join(flagged)}." if flagged else none
    return [against, f"Rules that cannot be answered: {'; '.join(open_rules)}." if open_rules else ""]
