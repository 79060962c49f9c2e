"""Repaired mode: what is read differently, and that each difference is listed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from openstrat.analysis.releases.mof.evaluation import evaluate
from openstrat.analysis.releases.mof.result import MofResult
from openstrat.collect.mof_file import ListedComponent, ReleaseFile
from openstrat.tables.loaders import load_mof_components, load_mof_licenses


@dataclass(frozen=True)
class Reading:
    license_id: str | None
    candidates: tuple[str, ...] = ()
    reason: str = "Known spelling."


SPELLINGS = {
    "Apache 2.0": Reading("Apache-2.0"),
    "BSD": Reading(None, ("BSD-2-Clause", "BSD-3-Clause"), "Says no variant."),
    "PDDL-1.0": Reading("PDDL-1.0"),
    "Gemma Terms of Use": Reading("LicenseRef-Gemma"),
}


def read(given: str) -> Reading:
    """Return what a license name means, from the few above."""
    return SPELLINGS.get(given, Reading(None))


def repair(*listed: tuple[str, str | None], licenses: dict[str, str] | None = None, misplaced: dict[str, str] | None = None) -> MofResult:
    """Return the evaluation of components with their licenses, in repaired mode."""
    release = ReleaseFile("A", tuple(ListedComponent(*entry) for entry in listed), licenses or {}, misplaced or {})
    return evaluate(release, load_mof_components(), load_mof_licenses(), mode="repaired", read_license=read)


def test_a_license_spelled_differently_is_read_and_listed() -> None:
    result = repair(("Model card", "Apache 2.0"))
    assert result.classes[0].included == ("Model card",)
    assert [(item.place, item.given, item.read_as) for item in result.repairs] == [("Model card", "Apache 2.0", "Apache-2.0")]


def test_the_spdx_name_of_a_license_that_the_tool_spells_otherwise_counts() -> None:
    result = repair(("Datasets", "PDDL-1.0"))
    assert (result.licenses[0].license, result.licenses[0].verdict) == ("ODC-PDDL-1.0", "open")


def test_a_name_that_fits_several_licenses_stays_invalid_and_says_what_it_might_be() -> None:
    result = repair(("Training code", "BSD"))
    assert result.classes[1].invalid == ("Training code",)
    assert "BSD-2-Clause, BSD-3-Clause" in result.repairs[0].read_as


def test_a_license_that_is_read_but_not_open_needs_no_repair() -> None:
    result = repair(("Model card", "Gemma Terms of Use"))
    assert (result.classes[0].invalid, result.repairs) == (("Model card",), ())


NOT_DELIVERED = [
    "Component not included",
    "Component not include.",
    "Component Component not included",
    "Component Not Include",
    "Component not included but listed sources",
    "not released",
]


@pytest.mark.parametrize("words", NOT_DELIVERED)
def test_words_that_say_absent_make_a_component_missing(words: str) -> None:
    result = repair(("Model card", words))
    assert "Model card" in result.classes[0].missing
    assert result.repairs[0].read_as == "not delivered"


@pytest.mark.parametrize("words", ["Undisclosed", "unknown", "None"])
def test_where_no_grant_is_known_a_component_is_unlicensed(words: str) -> None:
    result = repair(("Model card", words))
    assert (result.classes[0].unlicensed, len(result.repairs)) == (("Model card",), 1)


@pytest.mark.parametrize("name", ["Proprietary", "Unlicense Plus", "Llama-3"])
def test_terms_that_are_not_open_stay_invalid(name: str) -> None:
    result = repair(("Model card", name))
    assert (result.classes[0].invalid, result.repairs) == (("Model card",), ())


def test_a_component_spelled_differently_is_read_and_an_unknown_one_is_not_counted() -> None:
    result = repair(("data  CARD", "MIT"), ("Dataset", "MIT"))
    assert [item.component for item in result.licenses] == ["Data card"]
    assert result.repairs[1].read_as == "not counted"
    assert "Did you mean 'Datasets'?" in result.repairs[1].reason


def test_a_license_in_the_wrong_place_is_read_unless_the_right_place_holds_one() -> None:
    assert repair(("Model card", None), misplaced={"distribution": "MIT"}).classes[0].included == ("Model card",)
    both = repair(("Model card", None), licenses={"distribution": "ISC"}, misplaced={"distribution": "MIT"})
    assert (both.licenses[0].license, both.repairs) == ("ISC", ())


def test_an_invalid_paper_leaves_the_report_missing() -> None:
    result = repair(("Research paper", "arXiv"))
    assert "Technical report" in result.classes[0].missing
    assert [part.invalid for part in result.classes] == [(), (), ("Research paper",)]


def test_progress_is_stated_in_every_class() -> None:
    result = repair(("Model card", "MIT"), ("Training code", "MIT"), ("Research paper", "MIT"))
    # paper for report: 2 of 6, 3 of 10; in class I the report is not asked for: 3 of 13
    assert [round(part.progress, 1) for part in result.classes] == [33.3, 30.0, 23.1]


@pytest.mark.parametrize(("component", "name"), [("Datasets", "CC0-1.0"), ("Datasets", "ODbL-1.0"), ("Training code", "GPL-2.0-only")])
def test_licenses_for_data_fit_data_and_approved_ones_fit_code(component: str, name: str) -> None:
    assert repair((component, name)).warnings == ()


def test_a_component_listed_twice_with_different_licenses_is_noted() -> None:
    result = repair(("Model card", "MIT"), ("Model card", "Llama-3"))
    assert result.classes[0].invalid == ("Model card",)
    assert "more than once" in result.notes[0]


def test_without_a_reader_only_listed_names_count() -> None:
    release = ReleaseFile("A", (ListedComponent("Model card", "Apache 2.0"), ListedComponent("Data card", "MIT")))
    result = evaluate(release, load_mof_components(), load_mof_licenses(), mode="repaired")
    assert (result.classes[0].included, result.classes[0].invalid) == (("Data card",), ("Model card",))
