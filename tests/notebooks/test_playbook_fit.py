"""The playbook-fit report, made by a real kernel: on a case without measurements, and on a copy with some."""

from __future__ import annotations

from pathlib import Path

import pytest
from measured_cases import CASE, MEASURES, Made, made_with
import yaml
from report_pages import check_concepts, check_figures, check_sources, sections_found

from openstrat.cases.load import case_path, load_case
from openstrat.collect.documents import load_yaml
from openstrat.reporting.reports import ReportResult, build_report

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "Which playbook the facts select",
    "What each one needs, and what would break it",
    "Why open at all",
    "When openness helps",
    "Trade or giveaway, plan or slogan",
    "Sources",
]


@pytest.fixture(scope="module")
def unmeasured(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made_with("playbook-fit", {}, tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made_with("playbook-fit", MEASURES, tmp_path_factory.mktemp("own"))


@pytest.fixture(params=["unmeasured", "measured"])
def made(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


def test_every_section_is_there_and_nothing_failed(made: Made) -> None:
    result, page = made
    assert sections_found(page, SECTIONS) == SECTIONS
    assert result.warnings == ()
    assert "Traceback" not in page


def test_every_figure_has_a_finding_a_description_a_source_and_a_table(made: Made) -> None:
    result, page = made
    assert check_figures(page, source="Source: ") == result.n_figures == 2


def test_every_cited_source_is_listed_and_known(made: Made) -> None:
    _, page = made
    assert check_sources(page)


def test_measured_facts_decide_what_was_open(measured: Made) -> None:
    _, page = measured
    assert "Open core leads: 100% of the facts that select it" in page
    assert "Open core fits" in page


def test_the_facts_carry_title_and_verdict(unmeasured: Made) -> None:
    result, _ = unmeasured
    assert result.title == "Which playbook fits: " + load_case(CASE).title
    assert result.facts["verdict"] == "Open core leads on what is known: 33% to 100% of the facts that select it"


def test_every_concept_that_it_stands_for_is_named(made: Made) -> None:
    assert check_concepts(made[1], "playbook-fit") == 17
