"""The relicensing study: one build for Redis and one for all events, every section, numbers beside their limits, no claim of a cause."""

from __future__ import annotations

import html
import re

import pytest
from report_pages import check_figures, check_sources, sections_found

from openstrat.analysis.forks.statements import wrong_statements
from openstrat.errors import ParameterError
from openstrat.reporting.reports import build_report

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "How activity moved",
    "Three ways to ask",
    "How far the answer hangs on counting",
    "What else happened in these months",
    "Where people went",
    "What others published",
    "Among all events",
    "Method and caveats",
    "Sources",
]
N_FIGURES = {"redis-2024": 5, "all": 1}
CAUSAL = re.compile(
    r"\bcaused\b|\bproves?\b|\bproved\b|because of the license|due to the license|led to a (?:fall|rise)|effect of the license change", re.I
)


@pytest.fixture(scope="module", params=list(N_FIGURES))
def report(request, tmp_path_factory):
    result = build_report("relicensing-study", {"change": request.param}, out=tmp_path_factory.mktemp("out"))
    return request.param, result, html.unescape(result.html.read_text(encoding="utf-8"))


def text_of(page):
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"[ \t]+", " ", re.sub(r"<[^>]+>", "\n", body))


def test_every_section_is_there_in_order(report):
    _, result, page = report
    assert result.status == "completed"
    assert sections_found(page, SECTIONS) == SECTIONS


def test_every_figure_has_a_finding_a_description_a_source_and_a_table(report):
    change, result, page = report
    assert check_figures(page, has_number=True) == result.n_figures == N_FIGURES[change]


def test_every_number_stands_beside_its_uncertainty_and_what_cannot_be_told_apart(report):
    _, _, page = report
    table = text_of(re.search(r'id="ways-table".*?</table>', page, re.DOTALL).group())
    assert re.search(r"p 0\.\d\d, smallest possible 0\.0[67]", table)
    assert re.search(r"−\d+% to [−+]\d+%", table)
    for words in ("A description, not proof", "chance alone would give up to", "After Holm's adjustment", "is in the figure too"):
        assert words in page


def test_nothing_is_called_a_cause_and_nothing_known_to_be_wrong_is_said(report):
    _, _, page = report
    text = text_of(page)
    assert CAUSAL.findall(text) == []
    assert [found.sentence for found in wrong_statements(text)] == []


def test_every_listed_source_stands_in_the_sources_table_and_every_reference_is_listed(report):
    _, _, page = report
    assert {"git-histories", "chaoss-forks"} <= check_sources(page)


@pytest.mark.parametrize(("change", "said"), [("redis2024", "Did you mean 'redis-2024'"), ("mongodb-2018", "mongodb/mongo was not read")])
def test_a_change_that_is_unknown_or_was_not_read_is_refused_before_a_kernel_starts(tmp_path, change, said):
    with pytest.raises(ParameterError, match=said):
        build_report("relicensing-study", {"change": change}, out=tmp_path)
    assert list(tmp_path.iterdir()) == []
