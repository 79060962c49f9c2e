"""What an audit can put into a case file, and as a comment what it measured that a person has to weigh first."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.audit.findings import UNDER_MAINTENANCE
from openstrat.analysis.audit.governance import Presence, presence_of
from openstrat.analysis.audit.report import AuditReport
from openstrat.analysis.audit.timeline import ROOT_PLACE, is_change
from openstrat.analysis.audit.words import counted
from openstrat.collect.git.governance import Topic
from openstrat.errors import UnknownNameError
from openstrat.terms import Layer, LicenseFamily, OpennessLevel, values


def case_facts(report: AuditReport, licenses: pd.DataFrame, *, layer: str = "") -> dict[str, Any]:
    """Return a block in the shape of a case file with the fields that an audit settles; what it does not settle is left out.

    `precedent.family_before`: the family of the license, when there is one license and its level is known. `layers`: the license
    in force, when `layer` says which layer the repository is. `measures.governance.security_contact`: the file that says where
    vulnerabilities are reported. The block is merged into a case by hand; the schema accepts every field of it.

    Parameters
    ----------
    report
        An audit.
    licenses
        The table licenses, for the license families.
    layer
        A layer of the stack; empty when it is not to be said.

    Raises
    ------
    UnknownNameError
        If `layer` is not a layer of the stack.
    """
    if layer and layer not in values(Layer):
        raise UnknownNameError("layer", layer, values(Layer))
    block: dict[str, Any] = {}
    license_id = _settled_license(report)
    if license_id:
        families = dict(zip(licenses["license_id"], licenses["family"], strict=True))
        family = families.get(license_id)
        precedent = {"layer": layer} if layer else {}
        if isinstance(family, str) and family in values(LicenseFamily):
            precedent["family_before"] = family
        if precedent:
            block["precedent"] = precedent
        if layer:
            block["layers"] = {layer: {"license_now": license_id}}
    paths = report.governance.set_index("topic")["paths"]
    if presence_of(report.governance, Topic.SECURITY) is Presence.FOUND:
        block["measures"] = {"governance": {"security_contact": f"{paths[Topic.SECURITY.value].split('; ')[0]} in the repository"}}
    return block


def measured_lines(report: AuditReport) -> list[str]:
    """Return what was measured and belongs to a case only after a person weighed it, a line each: figure, window, rule."""
    year = report.windows.iloc[0]
    window = f"{year['from_on']} to {year['to_on']}"
    signed = report.sign_offs
    share = "not known" if signed.share_12m is None else f"{signed.share_12m:.0%} of {counted(signed.n_commits_12m, 'commit')}"
    maintained = next(item for item in report.findings if item.rule == UNDER_MAINTENANCE)
    lines = [
        f"License at the root: {report.standing.label} ({report.standing.level.label}); {_n_changes(report)} since the first.",
        f"{_activity(year)}; {window}.",
        f"Signed off: {share}; {window}.",
        f"Under-maintenance (MI3): {maintained.state.label} ({maintained.value}).",
    ]
    outside = report.conduct.n_outside_changes
    lines.append(f"Commits from outside the steward in 180 days: {'unknown' if outside is None else f'at least {outside}'}.")
    return lines


def _n_changes(report: AuditReport) -> str:
    return counted(int((report.changes["place"].eq(ROOT_PLACE) & is_change(report.changes["direction"])).sum()), "change")


def _settled_license(report: AuditReport) -> str:
    standing = report.standing
    is_settled = standing.level is not OpennessLevel.UNDETERMINED and len(standing.license_ids) == 1
    return standing.license_ids[0] if is_settled else ""


def _activity(year: pd.Series[Any]) -> str:
    if pd.isna(year["n_commits"]):
        return "Commits and people: not known"
    factor = "unknown" if pd.isna(year["absence_factor"]) else year["absence_factor"]
    return f"{counted(int(year['n_commits']), 'commit')} by {counted(int(year['n_authors']), 'person')}, absence factor {factor}"
