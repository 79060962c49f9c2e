"""Strict mode: classes, progress and lists worked out by hand, quirk by quirk, as the published tool has them."""

from __future__ import annotations

import pytest

from openstrat.analysis.releases.mof.evaluation import evaluate
from openstrat.analysis.releases.mof.result import ClassResult, LicenseOrigin, MofResult
from openstrat.collect.mof_file import ListedComponent, ReleaseFile
from openstrat.errors import UnknownNameError
from openstrat.tables.loaders import load_mof_components, load_mof_licenses

# Names and classes from the published tool's component list; order within a class is the tool's.
CLASS_III = ["Model architecture", "Model parameters (Final)", "Evaluation results", "Model card", "Data card", "Technical report"]
CLASS_II = ["Training code", "Inference code", "Evaluation code", "Evaluation data"]
CLASS_I = ["Datasets", "Data preprocessing code", "Model parameters (Intermediate)", "Research paper"]
PAPER_FOR_REPORT = [name for name in CLASS_III if name != "Technical report"] + ["Research paper"]


def release(*names: str, each: str | None = "Apache-2.0", licenses: dict[str, str] | None = None, **stated: str | None) -> ReleaseFile:
    """Return a release that lists components, all under one license; `stated` names others by the component's first word."""
    listed = tuple(ListedComponent(name, stated.get(name.split()[0].lower(), each)) for name in names)
    return ReleaseFile("A", listed, licenses or {})


def judge(given: ReleaseFile, mode: str = "strict") -> MofResult:
    return evaluate(given, load_mof_components(), load_mof_licenses(), mode=mode)


def progress(result: MofResult) -> tuple[float, ...]:
    """Return progress in classes III, II, I, to one digit."""
    return tuple(round(part.progress, 1) for part in result.classes)


def class_iii(result: MofResult) -> ClassResult:
    return result.classes[0]


@pytest.mark.parametrize(
    ("names", "mof_class", "label", "percent"),
    [
        ([], 0, "Unclassified", (0.0, 0.0, 0.0)),
        (CLASS_III[:2], 0, "Unclassified", (33.3, 0.0, 0.0)),  # 2 of 6
        (CLASS_III, 3, "Class III - Open Model", (100.0, 60.0, 0.0)),  # 6 of 6, 6 of 10
        ([*CLASS_III, *CLASS_II], 2, "Class II - Open Tooling Model", (100.0, 100.0, 71.4)),  # 10 of 14
        ([*CLASS_III, *CLASS_II, *CLASS_I], 1, "Class I - Open Science Model", (100.0, 100.0, 100.0)),
        ([*PAPER_FOR_REPORT, *CLASS_II], 2, "Class II - Open Tooling Model", (100.0, 100.0, 76.9)),  # 10 of 13: no report needed
        ([*PAPER_FOR_REPORT, *CLASS_II, *CLASS_I[:3]], 1, "Class I - Open Science Model", (100.0, 100.0, 100.0)),
        ([*CLASS_III, *CLASS_II, *CLASS_I[:3]], 2, "Class II - Open Tooling Model", (100.0, 100.0, 92.9)),  # 13 of 14: paper lacks
        ([*CLASS_II, *CLASS_I], 0, "Unclassified", (16.7, 0.0, 0.0)),  # only the paper, as the report: 1 of 6
    ],
)
def test_class_label_and_progress(names: list[str], mof_class: int, label: str, percent: tuple[float, ...]) -> None:
    result = judge(release(*names))
    assert (result.mof_class, result.label, progress(result)) == (mof_class, label, percent)


def test_lists_are_in_the_order_of_the_tool_whatever_the_order_of_the_file() -> None:
    result = judge(release(*reversed([*CLASS_III, *CLASS_II])))
    assert list(result.classes[1].included) == [*CLASS_III, *CLASS_II]
    assert list(result.classes[2].missing) == CLASS_I


def test_optional_components_stand_apart_when_open_and_among_the_others_when_not() -> None:
    names = ("Sample model outputs", "Supporting libraries and tools", "Model metadata")
    result = judge(release(*names, sample="Llama-3", model=""))
    assert [part.optional for part in result.classes] == [(), names[1:2], names[1:2]]
    assert [part.invalid for part in result.classes] == [names[:1]] * 3
    assert [part.unlicensed for part in result.classes] == [(), (), names[2:]]


LICENSE_CASES = {  # what stands at the model card, for documents, for the distribution: license that counts, from where
    "at the component": ("MIT", "ISC", "Zlib", "MIT", LicenseOrigin.COMPONENT),
    "for the kind of content": (None, "ISC", "Zlib", "ISC", LicenseOrigin.TYPE_WIDE),
    "for the distribution": (None, "", "Zlib", "Zlib", LicenseOrigin.DISTRIBUTION_WIDE),
    "nowhere": (None, "", "", "unlicensed", LicenseOrigin.NONE),
    "empty does not fall back": ("", "ISC", "Zlib", "unlicensed", LicenseOrigin.COMPONENT),
    "unlicensed does not fall back": ("unlicensed", "ISC", "Zlib", "unlicensed", LicenseOrigin.COMPONENT),
    "zero is empty": ("0", "ISC", "Zlib", "unlicensed", LicenseOrigin.COMPONENT),
    "zero falls through further out": (None, "0", "Zlib", "Zlib", LicenseOrigin.DISTRIBUTION_WIDE),
    "unlicensed further out counts": (None, "unlicensed", "Zlib", "unlicensed", LicenseOrigin.TYPE_WIDE),
}


@pytest.mark.parametrize(("stated", "document", "distribution", "counts", "origin"), LICENSE_CASES.values(), ids=LICENSE_CASES)
def test_which_license_counts(stated: str | None, document: str, distribution: str, counts: str, origin: LicenseOrigin) -> None:
    licenses = {"document": document, "distribution": distribution, "code": "GPL-2.0-only"}
    counted = judge(release("Model card", each=stated, licenses=licenses)).licenses[0]
    assert (counted.license, counted.origin) == (counts, origin)
    assert counted.verdict == ("unlicensed" if counts == "unlicensed" else "open")


@pytest.mark.parametrize("name", ["Apache 2.0", "apache-2.0", "MIT ", "Proprietary", "PDDL-1.0", "Component not included"])
def test_a_name_that_is_not_on_the_list_letter_by_letter_is_invalid(name: str) -> None:
    result = class_iii(judge(release("Model card", each=name)))
    assert result.invalid == ("Model card",)
    assert "Model card" not in result.missing


@pytest.mark.parametrize(
    ("component", "license_name", "fits"),
    [
        ("Training code", "Apache-2.0", True),
        ("Model card", "Apache-2.0", True),
        ("Datasets", "Apache-2.0", False),
        ("Training code", "GPL-2.0-only", False),  # open, but the list names no content for it
        ("Datasets", "CC0-1.0", False),  # two entries; the later one says documents
        ("Model card", "CC0-1.0", True),
        ("Datasets", "CDLA-Permissive-2.0", True),
        ("Datasets", "OpenMDW-1.0", True),
    ],
)
def test_an_open_license_made_for_other_content_counts_and_warns(component: str, license_name: str, *, fits: bool) -> None:
    result = judge(release(component, each=license_name))
    assert result.licenses[0].verdict == "open"
    assert result.not_type_appropriate == (() if fits else (component,))
    assert len(result.warnings) == (0 if fits else 1)


def test_an_unknown_component_counts_as_the_first_of_the_tools_list() -> None:
    result = judge(release("Tokenizer"))
    assert [item.component for item in result.licenses] == ["Datasets"]
    assert "'Tokenizer'" in result.notes[0]


def test_of_a_component_listed_twice_the_last_entry_counts() -> None:
    listed = (ListedComponent("Model card", "MIT"), ListedComponent("Model card", "Llama-3"))
    assert class_iii(judge(ReleaseFile("A", listed))).invalid == ("Model card",)
    assert class_iii(judge(ReleaseFile("A", listed[::-1]))).included == ("Model card",)


def test_an_invalid_paper_hides_the_missing_report() -> None:
    names = [*CLASS_III[:5], "Sample model outputs", "Research paper"]
    result = judge(release(*names, research="arXiv", sample="Llama-3"))
    assert progress(result) == (83.3, 0.0, 0.0)  # 5 of 6
    assert class_iii(result).missing == ()
    assert class_iii(result).invalid == ("Sample model outputs", "Research paper")


def test_an_unlicensed_paper_hides_the_missing_report_in_every_class() -> None:
    result = judge(release("Research paper", each=None))
    assert ["Technical report" in part.missing for part in result.classes] == [False, False, False]
    assert [part.unlicensed for part in result.classes] == [("Research paper",)] * 3


def test_an_open_paper_replaces_an_invalid_report_that_stays_listed() -> None:
    result = judge(release(*CLASS_III, "Research paper", technical="Llama-3"))
    assert (result.mof_class, class_iii(result).invalid) == (3, ("Technical report",))
    assert class_iii(result).included[-1] == "Research paper"


def test_an_open_report_leaves_the_paper_to_class_i() -> None:
    result = judge(release("Technical report", "Research paper"))
    assert ["Research paper" in part.included for part in result.classes] == [False, False, True]


def test_a_license_in_the_wrong_place_is_not_seen() -> None:
    listed = (ListedComponent("Model card", None),)
    assert class_iii(judge(ReleaseFile("A", listed, misplaced={"distribution": "MIT"}))).unlicensed == ("Model card",)


@pytest.mark.parametrize(
    ("names", "stated", "next_class", "to_deliver", "to_license"),
    [
        ([], {}, 3, CLASS_III, []),
        (CLASS_III[1:], {"data": "Llama-3"}, 3, ["Model architecture"], ["Data card"]),
        ([*CLASS_III[:5], "Research paper"], {"research": "arXiv"}, 3, [], ["Research paper"]),
        (CLASS_III, {"technical": ""}, 3, [], ["Technical report"]),
        (CLASS_III, {}, 2, CLASS_II, []),
        ([*CLASS_III, *CLASS_II, "Datasets"], {"datasets": "Llama-3"}, 1, CLASS_I[1:], ["Datasets"]),
        ([*PAPER_FOR_REPORT, *CLASS_II, *CLASS_I[:2]], {}, 1, ["Model parameters (Intermediate)"], []),
    ],
)
def test_the_distance_names_what_the_next_class_needs(
    names: list[str], stated: dict[str, str | None], next_class: int, to_deliver: list[str], to_license: list[str]
) -> None:
    distance = judge(release(*names, **stated)).distance  # type: ignore[arg-type]
    assert distance is not None
    assert (distance.next_class, list(distance.to_deliver), list(distance.to_license)) == (next_class, to_deliver, to_license)
    assert distance.n_components == len(to_deliver) + len(to_license)


def test_the_highest_class_has_no_distance() -> None:
    assert judge(release(*CLASS_III, *CLASS_II, *CLASS_I)).distance is None


def test_an_unknown_mode_is_refused_with_the_allowed_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"repaired, strict"):
        judge(release("Model card"), mode="lenient")
