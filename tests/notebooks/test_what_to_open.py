"""The what-to-open report, made by a real kernel: on a company with a paid layer, and on a lab without."""

from __future__ import annotations

import pytest
from report_pages import check_concepts, check_figures, check_sources, sections_found

from openstrat.cases.load import load_case
from openstrat.reporting.reports import ReportResult, build_report

pytestmark = pytest.mark.notebook
CASES = ["case-opencore-tooling", "case-public-lab"]
SECTIONS = [
    "At a glance",
    "Layer by layer",
    "Where openness and money pull apart",
    "Every combination on one map",
    "The best combination that is not on the list",
    "What others do with these layers",
    "Sources",
]
Made = tuple[ReportResult, str]


@pytest.fixture(scope="module", params=CASES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    result = build_report("what-to-open", {"case": request.param, "n_draws": 1000}, out=tmp_path_factory.mktemp("out"))
    return result, result.html.read_text(encoding="utf-8")


def test_every_section_is_there_and_nothing_failed(made: Made) -> None:
    result, page = made
    assert sections_found(page, SECTIONS) == SECTIONS
    assert result.warnings == ()
    assert "Traceback" not in page


def test_every_figure_has_a_finding_a_description_a_source_and_a_table(made: Made) -> None:
    result, page = made
    assert check_figures(page, source="Source: ") == result.n_figures == 3


def test_every_cited_source_is_listed_and_known(made: Made) -> None:
    _, page = made
    assert check_sources(page)


def test_the_facts_carry_title_and_verdict(made: Made) -> None:
    result, page = made
    assert result.title in {f"What to open: {load_case(name).title}" for name in CASES}
    assert result.title in page
    assert result.facts["verdict"].startswith("open ")


def test_the_page_says_how_the_list_of_the_case_stands(made: Made) -> None:
    _, page = made
    assert "that the case does not list" in page or "Not on the list" in page
    assert "Rule: an unlisted combination is taken only when" in page


def test_every_concept_that_it_stands_for_is_named(made: Made) -> None:
    assert check_concepts(made[1], "what-to-open") == 3
