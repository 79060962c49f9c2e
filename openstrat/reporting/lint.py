"""House rules for notebooks, checked without running them: `python -m openstrat.reporting.lint PATH...`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openstrat.errors import InputError
from openstrat.reporting.notebooks import Cell, Notebook, cell_label, read_notebook, source_of, tags_of
from openstrat.reporting.parameters import read_schema

MAX_LINES = 12
IMPORTS = frozenset({"openstrat", "pandas", "altair"})
EXPLORE_IMPORTS = IMPORTS | {"ipywidgets"}
_READABLE_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RANDOM_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}.*)?")
_LAST_CELL = re.compile(r"sources?|stamp|manifest", re.IGNORECASE)


@dataclass(frozen=True)
class Problem:
    """One broken rule: the file, the cell, what to change."""

    path: Path
    place: str
    rule: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"{self.path}: {self.place + ': ' if self.place else ''}{self.rule}"


def lint_notebook(path: Path) -> list[Problem]:
    """Return the house rules that a notebook breaks; the folder (`reports`, `explore`, `lessons`) decides which apply."""
    try:
        notebook = read_notebook(path)
    except InputError as error:
        return [Problem(path, "", str(error))]
    rules = [_whole_rules(notebook), *(_cell_rules(notebook, index, cell) for index, cell in enumerate(notebook.cells))]
    return [Problem(path, place, rule) for found in rules for place, rule in found]


def _whole_rules(notebook: Notebook) -> Iterator[tuple[str, str]]:
    cells, ids = notebook.cells, [cell.get("id", "") for cell in notebook.cells]
    if not cells:
        yield "", "has no cells"
        return
    first = source_of(cells[0])
    if cells[0]["cell_type"] != "markdown" or not first.startswith("# ") or "?" not in first:
        yield cell_label(cells, 0), "must be Markdown with a title ('# ...') and the question, which ends in '?'"
    for cell_id in sorted({cell_id for cell_id in ids if ids.count(cell_id) > 1}):
        yield "", f"cell id {cell_id!r} stands {ids.count(cell_id)} times"
    if "reports" in notebook.path.parts:
        yield from _report_rules(notebook)


def _report_rules(notebook: Notebook) -> Iterator[tuple[str, str]]:
    cells = notebook.cells
    n_tagged = sum("parameters" in tags_of(cell) for cell in cells)
    if n_tagged != 1:
        yield "", f"has {n_tagged} cells tagged 'parameters'; a report has exactly one"
    try:
        schema = read_schema(notebook)
    except InputError as error:
        yield "", " ".join(str(error).split())
    else:
        yield from (("", f"parameter {parameter.name!r} has no help comment") for parameter in schema.parameters if not parameter.help)
    last = cells[-1]
    if not _LAST_CELL.search(source_of(last) + str(last.get("id", ""))):
        yield cell_label(cells, len(cells) - 1), "the last cell must list sources and the manifest"


def _cell_rules(notebook: Notebook, index: int, cell: Cell) -> Iterator[tuple[str, str]]:
    place, cell_id = cell_label(notebook.cells, index), str(cell.get("id", ""))
    if not _READABLE_ID.fullmatch(cell_id) or _RANDOM_ID.fullmatch(cell_id):
        yield place, "needs a readable id, such as 'fork-lag'"
    if cell["cell_type"] == "code":
        yield from ((place, rule) for rule in _code_rules(notebook, cell))


def _code_rules(notebook: Notebook, cell: Cell) -> Iterator[str]:
    source = source_of(cell)
    if cell.get("outputs") or cell.get("execution_count") is not None:
        yield "has outputs or an execution count; clear them"
    n_lines = len(source.strip().splitlines())
    if n_lines > MAX_LINES:
        yield f"has {n_lines} lines; allowed are {MAX_LINES}"
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        yield f"is not plain Python: {error.msg} in line {error.lineno}"
        return
    allowed = EXPLORE_IMPORTS if "explore" in notebook.path.parts else IMPORTS
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield f"defines {node.name!r}; move it into openstrat"
        yield from (f"imports {name}; allowed are {', '.join(sorted(allowed))}" for name in _imported(node) if name not in allowed)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    return [(node.module or "").split(".")[0]] if isinstance(node, ast.ImportFrom) else []


def lint_paths(paths: Sequence[Path]) -> list[Problem]:
    """Return the problems of all notebooks at or below `paths`, in order of their paths."""
    found = sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*.ipynb")))
    return [problem for path in found if ".ipynb_checkpoints" not in path.parts for problem in lint_notebook(path)]


def main(arguments: Sequence[str]) -> int:
    """Print the problems of the notebooks named on the command line; return 1 if there are any."""
    problems = lint_paths([Path(argument) for argument in arguments])
    for problem in problems:
        print(problem)  # noqa: T201 - this is the program's output
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["notebooks"]))
