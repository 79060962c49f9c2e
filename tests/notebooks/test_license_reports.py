"""The reports on licenses: made by a real kernel, complete, traceable, and honest about what was not read."""

import pytest
from report_pages import check_figures, check_sources, sections_found

from openstrat.errors import ParameterError
from openstrat.reporting.reports import build_report
from openstrat.tables.store import read_table

pytestmark = pytest.mark.notebook
SECTIONS = {
    "license-comparison": [
        "At a glance",
        "Where each license would put it",
        "Side by side, in plain words",
        "For one company",
        "Who is held back",
        "If they were used together",
        "How complicated each license is",
        "Sources",
    ],
    "license-landscape": [
        "At a glance",
        "Where the licenses stand",
        "Whom they let do what",
        "Where size begins to matter",
        "How model families changed their terms",
        "What opens by itself later",
        "The most complicated licenses",
        "How far to trust this",
        "Sources",
    ],
}


@pytest.fixture(scope="module", params=list(SECTIONS))
def report(request, tmp_path_factory):
    result = build_report(request.param, {}, out=tmp_path_factory.mktemp("out"))
    return request.param, result, result.html.read_text(encoding="utf-8")


def test_every_section_is_there_in_order(report):
    name, result, page = report
    assert result.status == "completed"
    assert sections_found(page, SECTIONS[name]) == SECTIONS[name]


def test_every_figure_has_a_finding_a_description_a_source_and_a_table(report):
    _, result, page = report
    assert check_figures(page) == result.n_figures >= 3


def test_the_legal_caution_and_the_share_read_in_the_text_are_said(report):
    _, _, page = report
    grades = read_table("license_terms")["confidence"]
    assert "Not legal advice: the license text decides" in page
    assert f"{len(grades)} licenses, {(grades == 'verified').sum()} read in their text" in page


def test_every_listed_source_stands_in_the_sources_table(report):
    _, _, page = report
    assert {"license-apache-2.0", "license-llama-4"} <= check_sources(page)


def test_a_comparison_accepts_names_as_people_write_them_and_says_what_conflicts(tmp_path):
    asked = {"licenses": ["Llama-3.1", "HyperCLOVA-X-SEED-2025", "CC BY-NC 4.0"], "asset": "weights"}
    page = build_report("license-comparison", asked, out=tmp_path).html.read_text(encoding="utf-8")
    assert "Llama-3.1, HyperCLOVA-X-SEED-2025 and CC-BY-NC-4.0 for weights" in page
    assert "no name starts with both" in page


@pytest.mark.parametrize(("licenses", "said"), [(["Llama", "MIT"], "LicenseRef-Llama-4"), (["MIT", "Apache-9"], "Apache-9")])
def test_a_name_that_means_several_licenses_or_none_is_refused_before_a_kernel_starts(tmp_path, licenses, said):
    with pytest.raises(ParameterError, match=said):
        build_report("license-comparison", {"licenses": licenses}, out=tmp_path)
    assert list(tmp_path.iterdir()) == []
