"""Every notebook that is no report runs from top to bottom in a fresh kernel without an error."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from openstrat import resources

pytestmark = pytest.mark.notebook
NOTEBOOKS = sorted(path for folder in ("lessons", "explore") for path in (resources.root() / "notebooks" / folder).glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=180, allow_errors=True).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [f"{output.ename}: {output.evalue}" for output in outputs if output.output_type == "error"] == []
    assert outputs
