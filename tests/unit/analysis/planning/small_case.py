"""A made-up case of three layers, small enough to count its combinations by hand."""

from __future__ import annotations

from typing import Any

from openstrat.cases.load import parse_case
from openstrat.cases.schema import Case

SMALL: dict[str, Any] = {
    "id": "case-small",
    "title": "A small company that asks what to open",
    "status": "made up",
    "playbook": "open_core",
    "situation": {"sells": "hosting", "asset": "a framework", "stack_position": "tools", "pressure": "rivals"},
    "layers": {
        "sdk": {"adoption_weight": 0.3},
        "orchestration": {"adoption_weight": 0.7, "revenue_share": 0.2},
        "commercial_tooling": {"revenue_share": 0.8, "moat_share": 0.6},
    },
    "options": {
        "closed_all": {"licenses": {}, "fte": 4.0},
        "core_open": {"licenses": {"sdk": "permissive", "orchestration": "permissive"}, "fte": 8.0},
    },
    "facts": {"moat": 0.5, "M_closed": 1000, "M_max": 9000, "acv": 0.05, "fte_req": 10, "fte_plan": 8},
}


def small_case(**changes: Any) -> Case:
    """Return the small case with some of its blocks replaced."""
    return parse_case({**SMALL, **changes}, name="small.yaml")
