"""The back-test report, made by a real kernel."""

from __future__ import annotations

import pytest
from report_pages import check_figures, check_sources, sections_found

from openstrat.reporting.reports import ReportResult, build_report

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "The events",
    "Scores beside the base rate",
    "Were the inputs coded blind?",
    "What a refit would say",
    "Where this case stands",
    "Sources",
]
Made = tuple[ReportResult, str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    result = build_report("back-tests", {"case": "case-database-relicense"}, out=tmp_path_factory.mktemp("out"))
    return result, result.html.read_text(encoding="utf-8")


def test_every_section_is_there_and_nothing_failed(made: Made) -> None:
    result, page = made
    assert sections_found(page, SECTIONS) == SECTIONS
    assert result.warnings == ()
    assert result.title == "The fork rubric against the past"


def test_every_figure_and_every_cited_source_is_complete(made: Made) -> None:
    result, page = made
    assert check_figures(page, has_number=True) == result.n_figures == 1
    assert check_sources(page) >= {"git-histories", "chaoss-forks"}


def test_the_first_screen_says_what_the_numbers_cannot_carry(made: Made) -> None:
    result, page = made
    first = page[page.index("What the past says") : page.index("<h2", page.index("What the past says"))]
    assert "it gives no probability" in first
    assert "14% to 68%" in first
    assert "in-sample" in first
    assert "neutral home is at least 0.5 wherever a fork followed" in first
    assert result.facts["verdict"].startswith("11 of 13 events on the right side")


def test_the_options_of_the_case_stand_among_the_events(made: Made) -> None:
    _, page = made
    assert "0.89, an option of this case" in page
    assert "Redis, 2024-03-20" in page
    assert "No license step of a model family shares a feature with this case" in page
