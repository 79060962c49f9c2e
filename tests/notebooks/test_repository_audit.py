"""The repository audit as a report: complete, self-explaining, and about one repository at one commit."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from license_samples import ISC, MIT, built
from small_repositories import BEN, SmallRepository

from openstrat.analysis.repository_auditing import known_texts
from openstrat.errors import ParameterError
from openstrat.reporting.plan import plan_report
from openstrat.reporting.reports import build_report

pytestmark = pytest.mark.notebook
SECTIONS = [
    "At a glance",
    "The license over time",
    "Declared against detected",
    "How it is run",
    "Activity and concentration",
    "What the rules say",
    "For a case file",
    "Sources",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SmallRepository:
    made = SmallRepository(tmp_path_factory.mktemp("made") / "odd-tool")
    elastic = built({item.text_id: item for item in known_texts()}["Elastic-2.0"])
    made.commit({"LICENSE": MIT, "README.md": "open source <script>alert(1)</script>"}, at="2022-01-01T00:00:00Z")
    for month in range(1, 13):
        made.commit({f"<b>{month}.py": "1"}, at=f"2023-{month:02d}-03T00:00:00Z", author=BEN)
    made.commit({"LICENSE": elastic, "LICENSE-<script>alert(1)</script>.md": ISC}, at="2023-12-30T00:30:00+0200")
    return made


@pytest.fixture(scope="module")
def page(made: SmallRepository, tmp_path_factory: pytest.TempPathFactory) -> str:
    parameters = {"repository": str(made.folder), "as_of": "2024-01-15"}
    result = build_report("repository-audit", parameters, out=tmp_path_factory.mktemp("out"))
    assert (result.status, result.n_figures) == ("completed", 4)
    return result.html.read_text(encoding="utf-8")


def test_every_section_is_there_in_order(page: str) -> None:
    found = [html.unescape(re.sub(r"<[^>]+>", "", item)).strip() for item in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)]
    assert [item for item in found if item in SECTIONS] == SECTIONS


def test_the_change_and_the_flag_are_said(page: str) -> None:
    assert "MIT to " in page
    assert "2023-12-29 in UTC, 2023-12-30 where it was written" in page
    assert "open-washing" in page


def test_every_figure_names_the_repository_and_the_commit(page: str, made: SmallRepository) -> None:
    head = made.git("rev-parse", "HEAD")[:12]
    figures = re.findall(r"<figure class=\"chart\".*?</figure>", page, re.DOTALL)
    assert len(figures) == 4
    assert all(f"git history of odd-tool at {head}" in figure for figure in figures)


def test_hostile_names_stay_text_and_no_private_path_or_address_shows(page: str, made: SmallRepository) -> None:
    assert "<script>alert(1)" not in page
    assert str(made.folder.parent) not in page
    assert "beta.example" not in page


def test_a_plan_shows_the_folders_name_and_hangs_on_the_head(made: SmallRepository, tmp_path: Path) -> None:
    plan = plan_report("repository-audit", {"repository": str(made.folder)}, out=tmp_path)
    assert (plan.shown["repository"], plan.slug.split("--")[:2]) == ("odd-tool", ["repository-audit", "odd-tool"])
    assert plan.inputs["repositories"] == {"repository": made.git("rev-parse", "HEAD").strip()}
    assert str(made.folder.parent) not in json.dumps(plan.inputs)


def test_a_folder_that_is_no_repository_is_refused_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="No git repository"):
        plan_report("repository-audit", {"repository": str(tmp_path)}, out=tmp_path)
