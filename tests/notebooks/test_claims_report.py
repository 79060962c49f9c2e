"""The claim ledger as a report: every claim has its block, every verdict its ground, every source its line."""

import html
import re

import pytest
from report_pages import check_figures, check_sources, sections_found

from openstrat.errors import ReportError
from openstrat.reporting.reports import build_report
from openstrat.tables.store import read_table

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "Every claim in one look",
    "Adoption",
    "Licenses",
    "Forks",
    "Community",
    "Models",
    "Money",
    "All verdicts as a table",
    "Sources",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    result = build_report("claims", {}, out=tmp_path_factory.mktemp("out"))
    return result, html.unescape(result.html.read_text(encoding="utf-8"))


def test_every_section_is_there_in_order(report):
    result, page = report
    assert result.status == "completed"
    assert sections_found(page, SECTIONS) == SECTIONS


def test_the_one_figure_has_a_finding_a_source_and_every_claim_in_its_table(report):
    _, page = report
    assert check_figures(page, source="Source: openstrat tables claims", has_number=True) == 1
    assert "33 claims, 17 tested" in page


def test_every_claim_has_one_block_that_the_contents_lead_to(report):
    _, page = report
    wanted = {f"claim-{claim_id}" for claim_id in read_table("claims")["claim_id"]}
    assert wanted <= set(re.findall(r'id="(claim-[^"]+)"', page))
    assert wanted <= set(re.findall(r'href="#(claim-[^"]+)"', page))


def test_every_block_says_what_would_settle_its_claim(report):
    _, page = report
    assert [text for text in read_table("claims")["what_would_settle_it"] if text not in page] == []


def test_every_test_says_selection_window_sample_and_interval(report):
    _, page = report
    tested = read_table("claims").dropna(subset="test_id")["claim_id"]
    n_tests = len(tested)
    assert page.count("The test</strong>") == n_tests
    assert page.count("Selection: ") == n_tests
    assert page.count("Window: ") >= n_tests
    assert [claim_id for claim_id in tested if page.count(f'id="test-{claim_id}"') != 1] == []


def test_every_listed_source_stands_in_the_sources_table(report):
    _, page = report
    assert {"star-lists", "git-histories", "fmti-2025-12", "openstrat-curators"} <= check_sources(page)


def test_a_day_that_is_none_fails_with_the_form(tmp_path):
    with pytest.raises(ReportError, match="YYYY-MM-DD"):
        build_report("claims", {"as_of": "yesterday"}, out=tmp_path)
