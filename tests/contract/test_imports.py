"""What is imported where: promises about start-up time, layers, data and notebooks."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
HEAVY = {"pandas", "altair", "papermill", "pandera", "pydantic", "jsonschema", "numpy"}
TOOLBOX = {"openstrat", "pandas", "altair", "ipywidgets"}


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter loads for `code`."""
    done = subprocess.run([sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rsplit("|", 1)[1].strip().partition(".")[0] for line in lines}


def statements_of(notebook: Path) -> list[ast.stmt]:
    """Return the statements of all code cells, at every depth; magics are left out."""
    cells = [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    code = "\n".join(line for source in cells for line in source.splitlines() if not line.lstrip().startswith(("%", "!")))
    return [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.stmt)]


@pytest.mark.parametrize("code", ["import openstrat", "import openstrat.cli.main"])
def test_start_up_loads_nothing_heavy(code: str) -> None:
    assert loaded_by(code) & HEAVY == set()


@pytest.mark.parametrize("module", ["errors", "terms", "resources"])
def test_base_modules_import_the_standard_library_only(module: str) -> None:
    tree = ast.parse((ROOT / "openstrat" / f"{module}.py").read_text(encoding="utf-8"))
    outside = {name for name in imported(list(ast.walk(tree))) if name.partition(".")[0] not in sys.stdlib_module_names}
    assert outside <= {"openstrat.errors", "openstrat.terms"}


def test_data_holds_no_code() -> None:
    assert [path.name for path in (ROOT / "data").rglob("*.py")] == []


def test_layers_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-logo", "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "Contracts: 4 kept, 0 broken." in done.stdout, done.stdout + done.stderr


def test_notebooks_are_found() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"strategy-brief", "license-explorer", "01-what-open-means"}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_imports_only_the_public_toolbox(notebook: Path) -> None:
    assert {name for name in imported(statements_of(notebook)) if name.partition(".")[0] not in TOOLBOX} <= {"IPython.display"}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_defines_no_function_or_class(notebook: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert [node.name for node in statements_of(notebook) if isinstance(node, kinds)] == []


def imported(nodes: list[ast.AST] | list[ast.stmt]) -> set[str]:
    """Return the modules that import statements name; `from __future__` is not one."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found - {"__future__"}
