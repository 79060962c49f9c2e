"""House rules for notebooks: each broken rule is found, and the shipped notebooks break none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openstrat import resources
from openstrat.reporting.lint import lint_notebook, lint_paths

TITLE = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Title\n\nWhat is asked?"}
LAST = {"cell_type": "markdown", "id": "sources", "metadata": {}, "source": "## Sources"}


def code(source: str, **changes: object) -> dict:
    return {"cell_type": "code", "id": "step", "metadata": {}, "source": source, "outputs": [], "execution_count": None} | changes


PARAMETERS = code("n: int = 1  # How many", id="parameters", metadata={"tags": ["parameters"]})
GOOD = [TITLE, PARAMETERS, code("import openstrat"), LAST]


def rules_of(tmp_path: Path, cells: list[dict], folder: str = "reports") -> str:
    path = tmp_path / folder / "sample.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return "\n".join(problem.rule for problem in lint_notebook(path))


def test_a_good_notebook_has_no_problem(tmp_path: Path) -> None:
    assert rules_of(tmp_path, GOOD) == ""


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([PARAMETERS, LAST], "must be Markdown with a title"),
        ([TITLE | {"source": "# Title"}, PARAMETERS, LAST], "the question"),
        ([TITLE, LAST], "has 0 cells tagged 'parameters'"),
        ([TITLE, PARAMETERS, PARAMETERS | {"id": "again"}, LAST], "has 2 cells tagged 'parameters'"),
        ([TITLE, PARAMETERS | {"source": "n: int = 1"}, LAST], "'n' has no help comment"),
        ([TITLE, PARAMETERS | {"source": "n = 1"}, LAST], "is not 'name: type = value"),
        ([TITLE, PARAMETERS, code("x = 1")], "must list sources"),
        ([*GOOD[:2], code("x", outputs=[{"output_type": "stream"}]), LAST], "has outputs"),
        ([*GOOD[:2], code("x", execution_count=3), LAST], "an execution count"),
        ([*GOOD[:2], code("x = 1\n" * 13), LAST], "has 13 lines"),
        ([*GOOD[:2], code("import numpy as np"), LAST], "imports numpy"),
        ([*GOOD[:2], code("from os import path"), LAST], "imports os"),
        ([*GOOD[:2], code("import ipywidgets"), LAST], "imports ipywidgets"),
        ([*GOOD[:2], code("def f(): pass"), LAST], "defines 'f'"),
        ([*GOOD[:2], code("if x:\n    class A: pass"), LAST], "defines 'A'"),
        ([*GOOD[:2], code("%matplotlib inline"), LAST], "is not plain Python"),
        ([*GOOD[:2], code("x", id="3f2a9c1e"), LAST], "needs a readable id"),
        ([*GOOD[:2], code("x"), code("y"), LAST], "'step' stands 2 times"),
    ],
)
def test_a_broken_rule_is_found(tmp_path: Path, cells: list[dict], said: str) -> None:
    assert said in rules_of(tmp_path, cells)


def test_workbooks_may_use_widgets_and_need_no_parameters(tmp_path: Path) -> None:
    assert rules_of(tmp_path, [TITLE, code("import ipywidgets")], folder="explore") == ""


def test_the_shipped_notebooks_break_no_rule() -> None:
    assert [str(problem) for problem in lint_paths([resources.notebooks_path()])] == []
