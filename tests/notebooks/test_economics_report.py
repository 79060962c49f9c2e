"""The economics report, made by a real kernel for a tie, for a case with a fork at stake, and for an option of the reader's choice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from report_pages import check_figures, check_sources, sections_found

from openstrat.errors import OpenstratError
from openstrat.reporting.portfolio import load_portfolio, plan_portfolio
from openstrat.reporting.reports import ReportResult, build_report

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "What each option is worth",
    "The options in named futures",
    "What drives the choice",
    "What it needs to break even",
    "Where the choice loses",
    "What knowing more would be worth",
    "Over time",
    "Every number that went in",
    "Method, limits and sources",
]
CASES = {
    "tie": {"case": "case-opencore-tooling", "n_draws": 2000},
    "fork": {"case": "case-database-relicense", "n_draws": 2000},
    "asked": {"case": "case-vertical-legal", "n_draws": 1000, "option": "closed", "rival": "evals_open"},
}
Made = tuple[str, ReportResult, str]


@pytest.fixture(scope="module", params=CASES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    result = build_report("economics", CASES[request.param], out=tmp_path_factory.mktemp("out"))
    return request.param, result, result.html.read_text(encoding="utf-8")


def test_every_section_is_there_and_nothing_failed(made: Made) -> None:
    _, result, page = made
    assert sections_found(page, SECTIONS) == SECTIONS
    assert result.warnings == ()
    assert "Traceback" not in page


def test_every_figure_has_a_finding_a_description_a_source_and_a_table(made: Made) -> None:
    _, result, page = made
    assert check_figures(page, source="seed 7") == result.n_figures >= 10


def test_every_cited_source_is_listed_and_known(made: Made) -> None:
    assert {"bass-literature", "mongodb-q4-fy2024", "openstrat-curators"} <= check_sources(made[2])


def test_the_facts_carry_the_choice(made: Made) -> None:
    name, result, _ = made
    verdicts = {
        "tie": r"open core permissive \(a tie\)",
        "fork": "relicense AGPL; mean value USD 8",
        "asked": "evals ft open; mean value USD 1",
    }
    assert re.match(verdicts[name], result.facts["verdict"])


def test_an_option_that_was_asked_for_is_explained_beside_its_rival(made: Made) -> None:
    name, _, page = made
    assert ("This report explains closed, as asked, beside evals open." in page) == (name == "asked")


def test_the_same_inputs_give_the_same_page(tmp_path: Path) -> None:
    given = {"case": "case-public-lab", "n_draws": 500}
    one, two = (build_report("economics", given, out=tmp_path / folder).html.read_bytes() for folder in ("one", "two"))
    assert one == two


def test_an_option_that_the_case_does_not_have_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(OpenstratError, match="fuly_open"):
        build_report("economics", {"case": "case-public-lab", "n_draws": 500, "option": "fuly_open"}, out=tmp_path)


def test_the_portfolio_plans_one_report_a_worked_case() -> None:
    plans = plan_portfolio(load_portfolio("economics"))
    assert len(plans) == 6
