"""Phrases and source lines that several sections share."""

from __future__ import annotations

from openstrat.analysis.audit.report import AuditReport
from openstrat.analysis.audit.standing import Standing

CAPITALS = {"cla": "CLA", "dco": "DCO"}
NOT_ADVICE = "Not legal advice: the license text decides, and a lawyer reads it for you."


def source_of(report: AuditReport) -> str:
    """Return the source line of everything that was read in the repository."""
    return f"git history of {report.label} at {report.head[:12]}, as of {report.dates.as_of}"


def license_source(report: AuditReport) -> str:
    """Return the source line of what rests on the license tables too."""
    return f"{source_of(report)}; openstrat tables license_texts and license_terms"


def plain_label(label: str) -> str:
    """Return licenses as charts call them, without `LicenseRef-`."""
    return label.replace("LicenseRef-", "")


def level_words(standing: Standing) -> str:
    """Return the level in words; for an undetermined one the range."""
    if standing.lowest is standing.highest:
        return standing.level.label
    return f"{standing.level.label}, between {standing.lowest.label} and {standing.highest.label}"


def topic_label(topic: str) -> str:
    """Return a topic of governance in words: 'code of conduct', 'CLA'."""
    return CAPITALS.get(topic, topic.replace("_", " "))
