"""What an AI company gains and gives away by opening each part of its stack, and under which license.

Public names load on first use: `import openstrat` itself loads neither pandas, altair, papermill nor pandera.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from openstrat.analysis.adopting import *  # noqa: F403
    from openstrat.analysis.auditing import *  # noqa: F403
    from openstrat.analysis.brief import *  # noqa: F403
    from openstrat.analysis.checking import checklist_review_of as checklist_review_of
    from openstrat.analysis.claiming import claims_of as claims_of
    from openstrat.analysis.concluding import *  # noqa: F403
    from openstrat.analysis.evaluating import evaluate as evaluate
    from openstrat.analysis.fork_landscape import fork_landscape as fork_landscape
    from openstrat.analysis.fork_landscape import published_findings as published_findings
    from openstrat.analysis.forking import *  # noqa: F403
    from openstrat.analysis.judging import *  # noqa: F403
    from openstrat.analysis.licensing import *  # noqa: F403
    from openstrat.analysis.opening import *  # noqa: F403
    from openstrat.analysis.rehearsing import *  # noqa: F403
    from openstrat.analysis.releasing import *  # noqa: F403
    from openstrat.analysis.studying import *  # noqa: F403
    from openstrat.analysis.weighing import weighing_of as weighing_of
    from openstrat.cases.backtests import load_backtests as load_backtests
    from openstrat.cases.load import load_case as load_case
    from openstrat.cases.load import shipped_cases as shipped_cases
    from openstrat.reporting.reports import build_report as build_report
    from openstrat.tables.loaders import *  # noqa: F403

_LICENSING = (
    "agreement_of",
    "cards_of",
    "comparison_of",
    "compatibility_of",
    "complexities_of",
    "contribution_rights_of",
    "duties_of",
    "exclusions_of",
    "ladder_of",
    "landscape_of",
    "license_id_of",
    "notes_of",
    "openings_of",
    "placement_of",
    "reach_of",
    "relicensing_of",
    "scores_of",
    "training_of",
    "verdicts_by_purpose_of",
    "verdicts_of",
)
_ADOPTING = ("adoption_of", "fork_curves_of", "fork_sides_of", "half_lives_of", "launches_of", "star_bursts_of")
_FORKING = ("fork_pair_of", "fork_pairs_of")
_JUDGING = (
    "moat_check_of",
    "moats_of",
    "motives_of",
    "myth_records_of",
    "myths_of",
    "playbook_check_of",
    "playbooks_of",
    "scenarios_of",
    "trade_and_plan_of",
)
_REHEARSING = ("backtests_of", "fork_risks_of", "release_precedents_of", "stress_money_of", "stress_of")
_RELEASING = ("claim_of", "declared_of", "history_of", "periods_of", "position_of", "profile_of")
_STUDYING = ("counting_of", "findings_of", "happened_of", "moved_of", "series_of", "studied_change_of", "study_of")
_PUBLIC = (
    dict.fromkeys(_LICENSING, "openstrat.analysis.licensing")
    | dict.fromkeys(_ADOPTING, "openstrat.analysis.adopting")
    | dict.fromkeys(_FORKING, "openstrat.analysis.forking")
    | dict.fromkeys(_JUDGING, "openstrat.analysis.judging")
    | dict.fromkeys(_REHEARSING, "openstrat.analysis.rehearsing")
    | dict.fromkeys(_RELEASING, "openstrat.analysis.releasing")
    | dict.fromkeys(_STUDYING, "openstrat.analysis.studying")
    | {
        "audit_of": "openstrat.analysis.auditing",
        "checklist_review_of": "openstrat.analysis.checking",
        "claims_of": "openstrat.analysis.claiming",
        "concept_findings_of": "openstrat.analysis.concluding",
        "concepts_of": "openstrat.analysis.concluding",
        "evaluate": "openstrat.analysis.evaluating",
        "build_report": "openstrat.reporting.reports",
        "fork_landscape": "openstrat.analysis.fork_landscape",
        "load_backtests": "openstrat.cases.backtests",
        "load_case": "openstrat.cases.load",
        "opening_plan_of": "openstrat.analysis.opening",
        "published_findings": "openstrat.analysis.fork_landscape",
        "shipped_cases": "openstrat.cases.load",
        "weighing_of": "openstrat.analysis.weighing",
    }
)


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    module = _PUBLIC.get(name)
    if name.startswith("load_"):
        module = module or "openstrat.tables.loaders"
    elif name.endswith("_of"):
        module = module or "openstrat.analysis.brief"
    if module is None:
        raise AttributeError(f"module 'openstrat' has no attribute {name!r}")
    try:
        return getattr(importlib.import_module(module), name)
    except AttributeError:
        raise AttributeError(f"module 'openstrat' has no attribute {name!r}. Tables: openstrat data list") from None


def __dir__() -> list[str]:
    """Return the public names."""
    from openstrat.analysis import brief
    from openstrat.tables import loaders

    return sorted({"__version__", *_PUBLIC, *brief.__all__, *loaders.__all__})
