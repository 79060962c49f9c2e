"""The checklist report, made by a real kernel: a case that needs work, and a case with blank answers."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from report_pages import check_concepts, check_sources, sections_found

from openstrat.cases.load import case_path
from openstrat.collect.documents import load_yaml
from openstrat.reporting.reports import ReportResult, build_report

pytestmark = pytest.mark.notebook
SECTIONS = ["At a glance", "The five questions", "If a larger host clones it", "Sources"]
Made = tuple[ReportResult, str]


def made_of(case: str, folder: Path) -> Made:
    result = build_report("checklist", {"case": case}, out=folder / "out")
    return result, result.html.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made_of("case-opencore-tooling", tmp_path_factory.mktemp("worked"))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("blank")
    own = folder / "own.yaml"
    own.write_text(yaml.safe_dump(load_yaml(case_path("case-opencore-tooling")) | {"checklist": {}}, sort_keys=False), encoding="utf-8")
    return made_of(str(own), folder)


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("name", ["worked", "blank"])
def test_every_section_is_there_every_source_is_known_and_nothing_failed(name: str, request: pytest.FixtureRequest) -> None:
    result, page = request.getfixturevalue(name)
    assert sections_found(page, SECTIONS) == SECTIONS
    assert result.warnings == ()
    assert check_sources(page) >= {"nagle-yue-2025-11-19", "avelino-1906.08058", "openstrat-stars-downloads"}


def test_the_first_page_holds_verdict_states_flips_and_the_next_answer(worked: Made) -> None:
    result, page = worked
    assert result.facts["verdict"].startswith("3 of 5 clean: fix first; 13 of 15 fields filled; ")
    first = words(page.split("The five questions</h2>")[0])
    assert "Open core permissive: 3 of 5 answers are clean, fix first" in first
    assert "What would change the verdict" in first
    assert "In the case file: checklist.first_adopters.target" in first


def test_a_card_holds_the_answer_in_the_asker_s_words_the_reasons_and_the_base_rate_with_its_n(worked: Made) -> None:
    _, page = worked
    text = words(page)
    assert "MO3: hosted reliability" in text
    assert "nobody accepts that loss in writing (word-list check)" in text
    assert "Among 35 much-starred projects the rank correlation of stars and downloads is 0.02. (n = 35)" in text
    assert "their units differ. (n not published)" in text


def test_the_moats_that_survive_and_the_value_under_a_clone_are_shown(worked: Made) -> None:
    _, page = worked
    text = words(page)
    assert "of 5 moats are shown to survive open core permissive" in text
    assert re.search(r"When a larger host clones it: −USD [\d.]+m", text)
    assert "Both over 8,000 draws" in text


def test_blank_answers_are_missing_and_the_first_field_comes_next(blank: Made) -> None:
    result, page = blank
    assert result.facts["verdict"].startswith("0 of 5 clean: not a strategy yet; 0 of 15 fields filled; ")
    assert page.count('class="pill missing"') == 10  # in the verdict and on the card of each question
    assert "In the case file: checklist.money.sentences" in words(page)


def test_every_concept_that_it_stands_for_is_named(worked: Made) -> None:
    assert check_concepts(worked[1], "checklist") == 5
