"""The openness audit, made by a real kernel: once for a release of the table, once for a release file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from report_pages import check_figures, check_sources, sections_found

from openstrat.errors import ParameterError
from openstrat.reporting.reports import ReportResult, build_report

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "Component by component",
    "What decides the position",
    "Completeness",
    "Who is held back by the license of the weights",
    "All indices side by side, and why they differ",
    "The license history of its family",
    "Sources",
]
OWN_FILE = """
name: Harbor 3B
components:
  - {name: Model parameters (Final), license: Apache-2.0}
  - {name: Model architecture, license: Apache-2.0}
  - {name: Inference code, license: Apache-2.0}
"""
Made = tuple[ReportResult, str]


@pytest.fixture(scope="module")
def of_table(tmp_path_factory: pytest.TempPathFactory) -> Made:
    result = build_report("openness-audit", {"release": "llama-4-maverick"}, out=tmp_path_factory.mktemp("out"))
    return result, result.html.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def of_file(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("own")
    (folder / "harbor.yml").write_text(OWN_FILE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = build_report("openness-audit", {"release": "harbor.yml"}, out=folder / "out")
    return result, result.html.read_text(encoding="utf-8")


@pytest.fixture(params=["of_table", "of_file"])
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
    assert check_figures(page, source="Source: ") == result.n_figures >= 2


def test_every_cited_source_is_listed_and_known(made: Made) -> None:
    _, page = made
    assert re.search(r'href="#source-', page)
    assert check_sources(page)


def test_the_facts_carry_title_and_verdict_of_a_release_of_the_table(of_table: Made) -> None:
    result, _ = of_table
    assert result.title == "How open is Llama 4 Maverick?"
    assert result.facts["verdict"] == "open weights; unclassified; flagged: the name promises more than the terms give"
    assert result.plan.slug == "openness-audit--llama-4-maverick"


def test_a_file_is_found_from_the_folder_of_the_command_and_its_path_stays_private(of_file: Made) -> None:
    result, page = of_file
    assert result.title == "How open is Harbor 3B?"
    assert result.facts["verdict"].startswith("fully open, grade c; unclassified")
    assert page.count("This section needs a release of the table") == 3
    private = str(result.plan.input_files["release"].parent)
    manifest = (result.plan.folder / "manifest.json").read_text(encoding="utf-8")
    assert private not in page + manifest
    assert json.loads(manifest)["input_files"]["release"]["file"] == "harbor.yml"


@pytest.mark.parametrize(
    ("release", "said"),
    [("llama-4", "Did you mean"), ("missing.yml", "missing.yml"), ("broken.yml", "not a release file of the Model Openness Framework")],
)
def test_a_bad_release_is_refused_before_a_kernel_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str, said: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.yml").write_text("title: no components here\n", encoding="utf-8")
    with pytest.raises(ParameterError, match=said) as refused:
        build_report("openness-audit", {"release": release}, out=tmp_path / "out")
    assert refused.value.exit_code == 2
    assert not (tmp_path / "out").exists()
