"""Reading notebooks as plain JSON: cells, sources, tags, hashes. Nothing is executed and no Jupyter package is imported."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from openstrat.errors import InputError

Cell = dict[str, Any]
MAX_BYTES = 64 * 1024 * 1024
INJECTED = "injected-parameters"


@dataclass(frozen=True)
class Notebook:
    """A notebook file as it stands on disk."""

    path: Path
    data: bytes
    content: dict[str, Any]

    @property
    def name(self) -> str:
        """File name, as messages call it."""
        return self.path.name

    @cached_property
    def sha256(self) -> str:
        """Hash of the file's bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def cells(self) -> list[Cell]:
        """The cells in order."""
        cells: list[Cell] = self.content["cells"]
        return cells

    @property
    def metadata(self) -> dict[str, Any]:
        """The notebook's metadata."""
        metadata: dict[str, Any] = self.content.get("metadata", {})
        return metadata

    @property
    def title(self) -> str:
        """The first level-one heading, or the file's stem in words."""
        for cell in self.cells:
            for line in source_of(cell).splitlines() if cell["cell_type"] == "markdown" else ():
                if line.startswith("# "):
                    return line[2:].strip()
        return self.path.stem.replace("-", " ").capitalize()


def read_notebook(path: Path) -> Notebook:
    """Return the notebook at `path`.

    Raises
    ------
    InputError
        If it cannot be read, is not JSON, or is not an nbformat 4 notebook for Python.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}. Check the path.") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"{path.name}: larger than {MAX_BYTES // 1024 // 1024} MB. Clear its outputs and save it again.")
    try:
        content = json.loads(data)
    except ValueError as error:
        raise InputError(f"{path.name}: not a notebook: {error}. Open and save it in JupyterLab.") from None
    problem = _shape_problem(content)
    if problem:
        raise InputError(f"{path.name}: {problem}. Open and save it in JupyterLab.")
    language = content.get("metadata", {}).get("kernelspec", {}).get("language", "python")
    if language != "python":
        raise InputError(f"{path.name}: written for {language!r}. Allowed: python.")
    return Notebook(path, data, content)


def _shape_problem(content: object) -> str:
    if not isinstance(content, dict) or content.get("nbformat") != 4:
        return "not a version 4 notebook"
    cells = content.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) and isinstance(cell.get("cell_type"), str) for cell in cells):
        return "its cells are damaged"
    return ""


def source_of(cell: Cell) -> str:
    """Return the source of a cell as one string."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def tags_of(cell: Cell) -> frozenset[str]:
    """Return the tags of a cell."""
    return frozenset(cell.get("metadata", {}).get("tags", []))


def cell_with_tag(cells: list[Cell], tag: str) -> int | None:
    """Return the index of the first cell with `tag`, or None."""
    return next((index for index, cell in enumerate(cells) if tag in tags_of(cell)), None)


def cell_label(cells: list[Cell], index: int) -> str:
    """Return how messages call a cell: 'cell 7 (#fork-lag)', numbered from 1 as in the source, injected cells not counted."""
    number = sum(INJECTED not in tags_of(cell) for cell in cells[: index + 1])
    cell_id = cells[index].get("id")
    return f"cell {number}" + (f" (#{cell_id})" if cell_id else "")
