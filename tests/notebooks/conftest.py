"""Small notebooks written on the spot."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def make_notebook(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a notebook: a title, a parameters cell, then one code cell per text."""

    def make(*sources: str, parameters: str = 'case: str = "a"  # A case', name: str = "sample.ipynb") -> Path:
        cells = [
            {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Sample\n\nDoes it run?"},
            _code("parameters", parameters, tags=["parameters"]),
            *(_code(f"step-{number}", source) for number, source in enumerate(sources, start=1)),
        ]
        path = tmp_path / name
        path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
        return path

    return make


def _code(cell_id: str, source: str, tags: list[str] | None = None) -> dict[str, object]:
    metadata = {"tags": tags} if tags else {}
    return {"cell_type": "code", "id": cell_id, "metadata": metadata, "source": source, "outputs": [], "execution_count": None}
