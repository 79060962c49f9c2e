"""The landscape of forks: one build, every section, numbers with what stands behind them, nothing that is known to be wrong."""

import html
import re

import pytest
from report_pages import check_figures, check_sources, sections_found

from openstrat.analysis.forks.statements import wrong_statements
from openstrat.reporting.reports import build_report
from openstrat.tables.store import read_table

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "All forks over time",
    "How long forks last",
    "How forks end",
    "How soon a fork follows a license change",
    "What became of them, by who led them",
    "What was published, counted again",
    "Sources",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    result = build_report("fork-landscape", {}, out=tmp_path_factory.mktemp("out"))
    return result, html.unescape(result.html.read_text(encoding="utf-8"))


def text_of(page):
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"[ \t]+", " ", re.sub(r"<[^>]+>", "\n", body))


def test_every_section_is_there_in_order(report):
    result, page = report
    assert result.status == "completed"
    assert sections_found(page, SECTIONS) == SECTIONS


def test_every_figure_has_a_finding_a_source_and_a_table(report):
    result, page = report
    assert check_figures(page, has_number=True) == result.n_figures == 4


def test_shares_carry_their_interval_and_the_number_still_observed(report):
    _, page = report
    assert re.search(r"\d+%(–\d+%)? of forks last longer than 5 years \(95% interval \d+% to \d+%\)", page)
    assert re.search(r"\d+( to \d+)? of \d+ still observed", page)
    assert "forks that died unnoticed are missing" in page


def test_forks_that_are_left_out_are_named_with_the_reason(report):
    _, page = report
    assert "redis-redict: nobody looked at its outcome" in page


def test_every_published_finding_is_listed_with_its_verdict(report):
    _, page = report
    table = re.search(r'id="findings-table".*?</table>', page, re.DOTALL).group()
    for claim in read_table("published_findings")["claim"]:
        assert claim in table


def test_nothing_known_to_be_wrong_is_said(report):
    _, page = report
    text = text_of(page)
    assert "MariaDB forked MySQL after an acquisition" in text
    assert [found.sentence for found in wrong_statements(text)] == []


def test_every_listed_source_stands_in_the_sources_table(report):
    _, page = report
    assert {"git-histories", "chaoss-forks"} <= check_sources(page)


def test_only_the_asked_verdicts_are_listed(tmp_path):
    page = build_report("fork-landscape", {"verdicts": ["does_not_hold"]}, out=tmp_path).html.read_text(encoding="utf-8")
    table = html.unescape(re.search(r'id="findings-table".*?</table>', page, re.DOTALL).group())
    shown = [claim for claim in read_table("published_findings")["claim"] if claim in table]
    assert 0 < len(shown) < len(read_table("published_findings"))
