"""The stress-test report, made by a real kernel: once for an option that changes a license, once by default."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_pages import check_figures, check_sources, sections_found

from openstrat.errors import OpenstratError
from openstrat.reporting.reports import ReportResult, build_report

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "What would be left",
    "What would have to be true to survive",
    "What it would cost",
    "How soon",
    "Who would go along",
    "What became of such forks",
    "Who stood here before",
    "Sources",
]
Made = tuple[ReportResult, str]


@pytest.fixture(scope="module")
def of_change(tmp_path_factory: pytest.TempPathFactory) -> Made:
    given = {"case": "case-database-relicense", "option": "relicense_source_available"}
    result = build_report("stress-test", given, out=tmp_path_factory.mktemp("out"))
    return result, result.html.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def of_default(tmp_path_factory: pytest.TempPathFactory) -> Made:
    result = build_report("stress-test", {"case": "case-infra-provider"}, out=tmp_path_factory.mktemp("default"))
    return result, result.html.read_text(encoding="utf-8")


@pytest.fixture(params=["of_change", "of_default"])
def made(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


def test_every_section_is_there_and_nothing_failed(made: Made) -> None:
    result, page = made
    assert sections_found(page, SECTIONS) == SECTIONS
    assert result.warnings == ()


def test_every_figure_and_every_cited_source_is_complete(made: Made) -> None:
    result, page = made
    assert check_figures(page, has_number=True) == result.n_figures == 2
    assert check_sources(page) >= {"git-histories", "chaoss-forks"}


def test_a_license_change_is_measured_against_forks_that_answered_one(of_change: Made) -> None:
    result, page = of_change
    assert result.title == "Forked tomorrow: relicense source available"
    assert "The rubric gives 0.89 and expects a funded fork" in page
    assert "median 6 days, middle half 2 to 68, n = 9" in page
    assert "after a license change (this option&#x27;s kind)" in page or "after a license change (this option's kind)" in page


def test_by_default_the_cases_own_recommendation_is_tested_and_model_families_are_near(of_default: Made) -> None:
    result, page = of_default
    assert result.title == "Forked tomorrow: small permissive"
    assert "no day to count from" in page
    assert "Gone with small permissive: domain tuning and evaluations" in page
    assert "Gemma 4, 2026-04-02" in page


def test_an_unknown_option_fails_with_the_ones_there_are(tmp_path: Path) -> None:
    with pytest.raises(OpenstratError, match="stay_permissive"):
        build_report("stress-test", {"option": "stay_permisive"}, out=tmp_path / "out")
