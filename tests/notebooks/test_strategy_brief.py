"""The flagship report on all six cases: made by a real kernel, complete, traceable, and the same when made again."""

import html
import json

import pytest
from report_pages import check_concepts, check_figures, check_sources, sections_found

from openstrat import resources
from openstrat.cases.load import load_case, shipped_cases
from openstrat.reporting.notebooks import read_notebook
from openstrat.reporting.parameters import read_schema
from openstrat.reporting.reports import build_report
from openstrat.tables.store import read_table, resource

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "What is asked",
    "What each option is worth",
    "What each option gives, and what it gives away",
    "Where each component would sit on the openness spectrum",
    "Layer by layer: open, decide, or hold",
    "The licenses side by side",
    "What happened to others",
    "If a better-funded rival forks it tomorrow",
    "The go-open checklist",
    "Risks and moats that the case names",
    "Every concept, applied to this case",
    "Sources, assumptions and reproducibility",
]


@pytest.fixture(scope="module", params=shipped_cases())
def report(request, tmp_path_factory):
    result = build_report("strategy-brief", {"case": request.param}, out=tmp_path_factory.mktemp("out"))
    return request.param, result, result.html.read_text(encoding="utf-8")


def test_every_section_is_there_and_named_after_the_case(report):
    name, result, page = report
    assert result.status == "completed"
    assert sections_found(page, SECTIONS) == SECTIONS
    assert html.escape(load_case(name).title, quote=False) in page


def test_every_figure_has_a_finding_a_description_a_source_and_a_table(report):
    _, result, page = report
    assert check_figures(page, source="Source: ") == result.n_figures >= 4


def test_every_concept_is_applied(report):
    _, _, page = report
    assert check_concepts(page, "strategy-brief") == len(read_table("concepts"))


def test_every_cited_source_stands_in_the_sources_table(report):
    _, _, page = report
    assert len(check_sources(page)) > 20


def test_no_warning_and_no_error_output_is_in_the_page(report):
    _, result, page = report
    assert result.warnings == ()
    assert "Traceback" not in page


def test_the_manifest_names_parameters_and_table_hashes(report):
    name, result, _ = report
    manifest = json.loads((result.plan.folder / "manifest.json").read_text(encoding="utf-8"))
    text = json.dumps(manifest)
    assert name in text
    assert "2026-08-26" in text
    assert text.count("sha256:") >= 33 or text.count('"tables"') == 1


def test_the_same_inputs_give_the_same_page(tmp_path):
    pages = []
    for folder in ("one", "two"):
        result = build_report("strategy-brief", {"case": "case-public-lab"}, out=tmp_path / folder)
        pages.append(result.html.read_bytes())
    assert pages[0] == pages[1]


def test_the_as_of_day_hides_what_came_later(tmp_path):
    result = build_report("strategy-brief", {"case": "case-database-relicense", "as_of": "2020-01-01"}, out=tmp_path)
    page = result.html.read_text(encoding="utf-8")
    assert "Redis, 2024-03-20" not in page
    assert "TimescaleDB, 2018-12-29" in page


def test_the_allowed_days_are_those_that_the_tables_know():
    schema = read_schema(read_notebook(resources.notebooks_path("reports", "strategy-brief.ipynb")))
    changes = read_table("license_changes")
    assert (schema["as_of"].low, schema["as_of"].high) == (changes["changed_on"].min(), resource("license_changes")["as_of"])
