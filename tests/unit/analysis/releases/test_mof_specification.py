"""Generated releases against an independent reading of the framework.

The reading is that of the Model Openness Framework (White et al., arXiv 2403.13784) and of the evaluation rules in the published
tool's guide: three sets of required components that contain each other; each part delivered under an open license, its own or the
one for its kind of content or for everything; a research paper does for the technical report.
"""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from openstrat.analysis.releases.mof.evaluation import evaluate
from openstrat.analysis.releases.mof.result import MofResult
from openstrat.collect.mof_file import read_release_file
from openstrat.tables.loaders import load_mof_components, load_mof_licenses

OPEN_MODEL = {"Model architecture", "Model parameters (Final)", "Model card", "Data card", "Technical report", "Evaluation results"}
OPEN_TOOLING = OPEN_MODEL | {"Training code", "Inference code", "Evaluation code", "Evaluation data"}
OPEN_SCIENCE = OPEN_TOOLING | {"Datasets", "Data preprocessing code", "Model parameters (Intermediate)", "Research paper"}
CONTENT = {
    "code": {"Model architecture", "Training code", "Inference code", "Evaluation code", "Data preprocessing code"}
    | {"Supporting libraries and tools"},
    "data": {"Model parameters (Final)", "Model parameters (Intermediate)", "Model metadata", "Datasets", "Evaluation data"},
    "document": {"Model card", "Data card", "Technical report", "Research paper", "Evaluation results", "Sample model outputs"},
}
COMPONENTS = sorted(set().union(*CONTENT.values()))
OPEN = ["Apache-2.0", "MIT", "CC-BY-4.0", "CDLA-Permissive-2.0", "OpenMDW-1.0"]
NOT_OPEN = ["CC-BY-NC-4.0", "Llama 3 Community License", "OpenRAIL"]

licenses = st.sampled_from(OPEN * 6 + NOT_OPEN + ["unlicensed"])
stated = st.one_of(licenses, st.none())
releases = st.fixed_dictionaries(
    {
        "left_out": st.sets(st.sampled_from(COMPONENTS), max_size=5) | st.sets(st.sampled_from(COMPONENTS), max_size=17),
        "at_components": st.fixed_dictionaries({name: st.sampled_from(OPEN) | stated for name in COMPONENTS}),
        "by_scope": st.dictionaries(st.sampled_from(["distribution", "code", "data", "document"]), licenses, max_size=4),
        "order": st.permutations(COMPONENTS),
        "is_wrapped": st.booleans(),
    }
)
Release = dict[str, object]


def as_file(release: dict) -> str:  # type: ignore[type-arg]
    """Return a generated release as a release file."""
    listed = []
    for name in release["order"]:
        if name not in release["left_out"]:
            own = release["at_components"][name]
            listed.append({"name": name, "description": "x"} | ({"license": own} if own else {}))
    scopes = {scope: {"name": name, "path": ""} for scope, name in release["by_scope"].items()}
    content = {"name": "Generated-1B", "license": scopes, "components": listed}
    return yaml.safe_dump({"release": content} if release["is_wrapped"] else content)


def open_parts(release: dict) -> set[str]:  # type: ignore[type-arg]
    """Return the components that were delivered under an open license."""
    found = set()
    for content, names in CONTENT.items():
        for name in names - release["left_out"]:
            own = release["at_components"][name]
            wider = release["by_scope"].get(content) or release["by_scope"].get("distribution")
            if (own or wider) in OPEN:
                found.add(name)
    return found


def satisfies(parts: set[str], required: set[str]) -> bool:
    """Say whether the open parts of a release satisfy a class."""
    return required <= parts | ({"Technical report"} if "Research paper" in parts else set())


def class_of(parts: set[str]) -> int:
    """Return the class that the specification gives."""
    return next((number for number, needs in ((1, OPEN_SCIENCE), (2, OPEN_TOOLING), (3, OPEN_MODEL)) if satisfies(parts, needs)), 0)


def judge(text: str, mode: str) -> MofResult:
    return evaluate(read_release_file(text), load_mof_components(), load_mof_licenses(), mode=mode)


@settings(max_examples=250, deadline=None)
@given(releases, st.sampled_from(["strict", "repaired"]))
def test_the_class_is_that_of_the_specification(release: dict, mode: str) -> None:  # type: ignore[type-arg]
    assert judge(as_file(release), mode).mof_class == class_of(open_parts(release))


@settings(max_examples=100, deadline=None)
@given(releases, st.sampled_from(["strict", "repaired"]))
def test_a_class_is_complete_exactly_when_the_specification_is_satisfied(release: dict, mode: str) -> None:  # type: ignore[type-arg]
    for part, needs in zip(judge(as_file(release), mode).classes, (OPEN_MODEL, OPEN_TOOLING, OPEN_SCIENCE), strict=True):
        assert 0 <= part.progress <= 100
        assert (part.progress == 100) == satisfies(open_parts(release), needs)


@settings(max_examples=100, deadline=None)
@given(releases, st.sampled_from(["strict", "repaired"]))
def test_the_lists_of_class_i_sort_every_component_once(release: dict, mode: str) -> None:  # type: ignore[type-arg]
    lowest = judge(as_file(release), mode).classes[-1]
    parts = open_parts(release)
    delivered = set(COMPONENTS) - release["left_out"]
    assert set(lowest.included) == parts & OPEN_SCIENCE
    assert set(lowest.optional) == parts - OPEN_SCIENCE
    assert {*lowest.invalid, *lowest.unlicensed} == delivered - parts
    excused = {"Technical report"} if "Research paper" in (delivered if mode == "strict" else parts) else set()
    assert set(lowest.missing) == OPEN_SCIENCE - delivered - excused
    everything = [*lowest.included, *lowest.optional, *lowest.invalid, *lowest.unlicensed]
    assert len(everything) == len(delivered)


@settings(max_examples=60, deadline=None)
@given(releases, st.sampled_from(["strict", "repaired"]))
def test_doing_what_the_distance_says_reaches_the_next_class_and_no_step_can_be_left_out(release: dict, mode: str) -> None:  # type: ignore[type-arg]
    distance = judge(as_file(release), mode).distance
    if distance is None:
        assert class_of(open_parts(release)) == 1
        return
    steps = [*distance.to_deliver, *distance.to_license]
    for left in (None, *steps):
        done = {name for name in steps if name != left}
        changed = release | {
            "left_out": release["left_out"] - done,
            "at_components": release["at_components"] | dict.fromkeys(done, "MIT"),
        }
        reached = judge(as_file(changed), mode).mof_class
        assert (0 < reached <= distance.next_class) == (left is None)
