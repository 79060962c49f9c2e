"""Lesson 1: what open means. The exercise's works, and the check of a learner's levels against the tables."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from openstrat.analysis.licenses.placement import Placement, place_license, place_undelivered
from openstrat.tables.store import read_table
from openstrat.teaching.checks import Feedback, check_answer
from openstrat.terms import AssetType, ComponentStatus, OpennessLevel, values

EXERCISE: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "OLMo 7B": ("release", "olmo-7b"),
        "Llama 4 Maverick": ("release", "llama-4-maverick"),
        "Command R 35B": ("release", "command-r-35b"),
        "Terraform": ("project", "terraform"),
        "GPT-4": ("release", "gpt-4"),
    }
)
"""Name in the exercise to the row it stands for: weights of a release, or code of a project."""


@cache
def spectrum_solution() -> dict[str, Placement]:
    """Return the position of every work of the exercise, placed from the shipped tables now."""
    terms, licenses = read_table("license_terms"), read_table("licenses")
    weights = read_table("release_components").query("component == 'weights'").set_index("release_id")
    projects = read_table("projects").set_index("project_id")
    found = {}
    for name, (kind, row_id) in EXERCISE.items():
        if kind == "project":
            found[name] = place_license(str(projects.at[row_id, "license_id"]), AssetType.CODE, terms, licenses)
        elif weights.at[row_id, "status"] == ComponentStatus.CLOSED:
            found[name] = place_undelivered(AssetType.WEIGHTS)
        else:
            found[name] = place_license(str(weights.at[row_id, "license_id"]), AssetType.WEIGHTS, terms, licenses)
    return found


def check_spectrum(answers: object) -> Feedback:
    """Return feedback on a dict from each work of the exercise to its level on the openness spectrum.

    A wrong level is answered with what the license says, not with the right word.
    """
    solution = spectrum_solution()
    return check_answer(
        answers,
        {name: placed.level.value for name, placed in solution.items()},
        key="work",
        reasons={name: _hint(placed) for name, placed in solution.items()},
        allowed=values(OpennessLevel),
    )


def _hint(placed: Placement) -> str:
    if placed.license_id is None:
        return "Nothing that could be copied was handed out."
    if not placed.restrictions:
        return f"Its license, {placed.license_id}, bounds nobody."
    ground = placed.restrictions[0]
    more = f" and {len(placed.restrictions) - 1} more" if len(placed.restrictions) > 1 else ""
    bounds = f"{ground.restriction.value.replace('_', ' ')} ({ground.restriction.definition.rstrip('.').lower()}){more}"
    return f"Its license, {placed.license_id}, bounds the use of the {placed.asset.label}: {bounds}."
