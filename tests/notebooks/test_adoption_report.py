"""The report on adoption signals: one build, every section, every number traceable, the selection said."""

import html
import re

import pytest
from report_pages import check_figures, check_sources, sections_found

from openstrat.analysis.adoption.pairs import SELECTION
from openstrat.errors import ReportError
from openstrat.reporting.reports import build_report

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "Do stars say what is used?",
    "What moves together, and what does not",
    "When a project is forked: stars and authors",
    "Upstream against fork",
    "How long attention lasts",
    "Sources",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    result = build_report("adoption-signals", {}, out=tmp_path_factory.mktemp("out"))
    return result, html.unescape(result.html.read_text(encoding="utf-8"))


def test_every_section_is_there_in_order(report):
    result, page = report
    assert result.status == "completed"
    assert sections_found(page, SECTIONS) == SECTIONS


def test_every_figure_has_a_finding_a_source_and_a_table(report):
    result, page = report
    assert check_figures(page, has_number=True) == result.n_figures == 4


def test_the_selection_of_the_sample_is_said_with_the_correlations(report):
    _, page = report
    assert page.count(SELECTION) >= 2
    assert "A project that is on no list in a month is unknown in it, not zero" in page
    assert "A client is downloaded by those who talk to a server" in page


def test_every_correlation_has_its_number_of_projects_and_its_interval(report):
    _, page = report
    table = re.search(r'id="correlations-table".*?</table>', page, re.DOTALL).group()
    rows = [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)[2:]]
    assert len(rows) == 6
    assert all(re.search(r"[−0-9.]+ to [−0-9.]+\s+\d+\s", row) for row in rows)
    assert page.count("seed 7") >= 2


def test_every_listed_source_stands_in_the_sources_table(report):
    _, page = report
    assert {"star-lists", "download-lists", "git-histories"} <= check_sources(page)


def test_an_event_that_is_not_known_fails_with_the_known_ones(tmp_path):
    with pytest.raises(ReportError, match="redis-valkey"):
        build_report("adoption-signals", {"events": ["redis-vallkey"]}, out=tmp_path)
