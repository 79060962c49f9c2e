"""From a name and parameters to a checked plan: where it goes, what it is made from, and nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openstrat import resources
from openstrat.errors import DocumentError, InputError, OutputPathError, ParameterError, UnknownNameError
from openstrat.reporting.manifest import complete, dump, is_current, key_of
from openstrat.reporting.plan import plan_report
from openstrat.reporting.specs import find_report


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one small report, in which the test stands."""
    cells = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Small report\n\nDoes it?"},
        {
            "cell_type": "code",
            "id": "parameters",
            "metadata": {"tags": ["parameters"]},
            "source": 'case: str = "case-frontier-lab"\nn: int = 3\nlabel: str = "a"',
            "outputs": [],
        },
    ]
    path = tmp_path / "notebooks" / "reports" / "small.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def own_case(workspace: Path) -> Path:
    path = workspace / "cases" / "mine.yaml"
    path.parent.mkdir()
    path.write_bytes(resources.data_path("cases", "case-public-lab.yaml").read_bytes())
    return path


def write_spec(workspace: Path, text: str) -> Path:
    path = workspace / "reports" / "specs" / "small.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_planning_writes_nothing(workspace: Path) -> None:
    before = sorted(workspace.rglob("*"))
    plan = plan_report("small")
    assert plan.folder == workspace / "reports" / "out" / "small--case-frontier-lab"
    assert plan.outputs == ("report.html", "report.ipynb", "facts.json", "manifest.json")
    assert sorted(workspace.rglob("*")) == before


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ({}, "small--case-frontier-lab"),
        ({"n": "3"}, "small--case-frontier-lab"),
        ({"n": "4", "label": "bee"}, "small--case-frontier-lab--n-4--label-bee"),
        ({"case": "case-public-lab"}, "small--case-public-lab"),
    ],
)
def test_the_folder_is_named_after_what_differs(workspace: Path, given: dict[str, str], slug: str) -> None:
    assert plan_report("small", given).slug == slug


def test_values_that_look_alike_get_different_folders(workspace: Path) -> None:
    slugs = {plan_report("small", {"label": label}).slug for label in ("x y", "x-y", "x/y", "../x", "x" * 300)}
    assert len(slugs) == 5
    assert all(len(slug) <= 120 for slug in slugs)


def test_a_case_file_is_passed_by_path_and_shown_by_name(workspace: Path) -> None:
    path = own_case(workspace)
    plan = plan_report("small", {"case": "cases/mine.yaml"})
    assert plan.values["case"] == str(path)
    assert plan.shown["case"] == "mine.yaml"
    assert plan.slug == "small--mine"
    assert str(workspace) not in json.dumps(plan.inputs)


def test_a_bad_case_is_refused_before_anything_runs(workspace: Path) -> None:
    path = own_case(workspace)
    path.write_text(path.read_text(encoding="utf-8").replace("playbook: ", "playbok: "), encoding="utf-8")
    with pytest.raises(InputError, match="playbok"):
        plan_report("small", {"case": "cases/mine.yaml"})
    with pytest.raises(ParameterError, match="Did you mean 'case-frontier-lab'"):
        plan_report("small", {"case": "case-frontier-lap"})


def test_a_report_is_not_written_over_its_notebook(workspace: Path) -> None:
    with pytest.raises(OutputPathError, match="lies in the output folder"):
        plan_report("small", out=workspace / "notebooks", slug="reports")


def test_an_unknown_report_is_named_with_the_closest(workspace: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'small'"):
        find_report("smal")
    with pytest.raises(UnknownNameError, match="no such file"):
        find_report("smal.ipynb")


def test_images_are_outputs_and_part_of_the_key(workspace: Path) -> None:
    plan = plan_report("small", images="both")
    assert plan.outputs == ("report.html", "report.ipynb", "figure-*.svg", "figure-*.png", "facts.json", "manifest.json")
    assert plan.inputs["formats"] == ["html", "ipynb", "png", "svg"]
    assert plan.key != plan_report("small").key


def test_a_changed_shipped_case_changes_the_key(workspace: Path) -> None:
    inputs = plan_report("small").inputs
    documents = inputs["documents"]
    assert "cases/case-frontier-lab.yaml" in documents
    assert key_of(inputs) != key_of(inputs | {"documents": documents | {"cases/case-frontier-lab.yaml": "other"}})


def test_a_spec_adds_title_parameters_and_outputs(workspace: Path) -> None:
    write_spec(workspace, "title: Better title\nnotebook: reports/small.ipynb\nparameters: {label: 1.10}\noutputs: [html]")
    plan = plan_report("small", {"n": "5"})
    assert (plan.inputs["title"], plan.values["label"], plan.values["n"]) == ("Better title", "1.10", 5)
    assert plan.outputs == ("report.html", "facts.json", "manifest.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("notebok: x", "Did you mean 'notebook'"),
        ("title: x", "'notebook' is missing"),
        ("notebook: reports/none.ipynb", "no notebook 'reports/none.ipynb'"),
        ("notebook: reports/small.ipynb\noutputs: [docx]", "Allowed: a list of html, ipynb, pdf"),
        ("notebook: reports/small.ipynb\nparameters: [1]", "Allowed: lines of"),
    ],
)
def test_a_bad_spec_says_what_to_change(workspace: Path, text: str, said: str) -> None:
    write_spec(workspace, text)
    with pytest.raises(DocumentError, match=said):
        find_report("small")


def test_the_key_follows_what_decides_the_report(workspace: Path) -> None:
    path = own_case(workspace)
    keys = [plan_report("small").key, plan_report("small", {"n": "4"}).key, plan_report("small", {"case": str(path)}).key]
    path.write_bytes(path.read_bytes() + b"# a comment\n")
    keys.append(plan_report("small", {"case": str(path)}).key)
    assert len(set(keys)) == 4
    assert plan_report("small").key == keys[0]


def test_a_report_is_current_until_a_file_of_it_changes(workspace: Path) -> None:
    plan = plan_report("small")
    run = {"status": "completed", "started_at": "2026-01-01T00:00:00Z"}
    plan.folder.mkdir(parents=True)
    (plan.folder / "report.html").write_bytes(b"x")
    (plan.folder / "manifest.json").write_bytes(dump(complete(plan.inputs, outputs={"report.html": b"x"}, run=run)))
    assert is_current(plan.folder, plan.key)
    assert not is_current(plan.folder, "other")
    (plan.folder / "report.html").write_bytes(b"y")
    assert not is_current(plan.folder, plan.key)


def test_the_manifest_keeps_volatile_facts_under_run(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_report("small")
    manifest = complete(plan.inputs, outputs={"report.html": b"x"}, run={"status": "completed"})
    assert list(manifest)[-3:] == ["key", "outputs", "run"]
    assert manifest["outputs"]["report.html"]["bytes"] == 1
    assert manifest["tables"]["licenses"].startswith("sha256:")
    assert manifest["environment"]["packages"]["papermill"]
