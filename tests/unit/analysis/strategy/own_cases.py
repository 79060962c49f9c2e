"""A small case to change one fact at a time."""

from __future__ import annotations

import copy
from typing import Any

from openstrat.cases.load import parse_case
from openstrat.cases.schema import Case

SMALL: dict[str, Any] = {
    "id": "own-case",
    "title": "A small company with two layers",
    "status": "made up",
    "playbook": "open_core",
    "situation": {"sells": "hosting", "asset": "framework", "stack_position": "tooling", "pressure": "rivals"},
    "layers": {
        "orchestration": {"adoption_weight": 1.0, "revenue_share": 0.2},
        "commercial_tooling": {"revenue_share": 0.8, "moat_share": 0.6},
    },
    "options": {
        "core": {"licenses": {"orchestration": "permissive"}},
        "everything": {"licenses": {"orchestration": "permissive", "commercial_tooling": "permissive"}},
        "closed": {"licenses": {}},
    },
    "facts": {"moat": 0.5, "M_closed": 100.0, "M_max": 1000.0, "acv": 0.05, "fte_req": 10.0, "fte_plan": 10.0},
}


def small_case(**changes: object) -> Case:
    """Return the small case; a change is a block, a dotted path, written with two underscores: `measures__attention`."""
    document = copy.deepcopy(SMALL)
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = document
        for name in parents:
            place = place.setdefault(name, {})
        place[last] = {**place[last], **value} if isinstance(value, dict) and isinstance(place.get(last), dict) else value
    return parse_case(document, name="own")
