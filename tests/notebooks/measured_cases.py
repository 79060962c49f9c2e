"""Reports on a copy of a shipped case that holds given measurements and no others."""

from __future__ import annotations

from pathlib import Path

import yaml

from openstrat.cases.load import case_path
from openstrat.collect.documents import load_yaml
from openstrat.reporting.reports import ReportResult, build_report

CASE = "case-opencore-tooling"
MEASURES = {
    "playbooks": {
        "has_sales_and_support": True,
        "has_paid_tier": True,
        "has_upgrade_paths": True,
        "core_as_good_as_paid": False,
        "owns_capacity": False,
        "infrastructure_revenue_share": 0.0,
        "has_exclusive_domain_data": False,
        "work_runs_through_it": False,
    },
    "best_hosting": {"hosted_share": 0.52, "sla_quarters_kept": 4, "price_premiums": [0.1, 0.2]},
    "feedback_loop": {"reporting_share": 0.1, "improvements_per_quarter": 0.5},
}
Made = tuple[ReportResult, str]


def made_with(report: str, measures: dict[str, object], folder: Path) -> Made:
    """Return the report on a copy of the shipped case that has these measurements and no others, with its page."""
    document = load_yaml(case_path(CASE))
    assert isinstance(document, dict)
    own = folder / "own.yaml"
    own.write_text(yaml.safe_dump(document | {"measures": measures}, sort_keys=False), encoding="utf-8")
    result = build_report(report, {"case": str(own)}, out=folder / "out")
    return result, result.html.read_text(encoding="utf-8")
