"""ARCHITECTURE.md names exactly the packages and folders that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_SOURCE = {"__pycache__", ".ipynb_checkpoints", "_bundled", "out"}


def tree_lines() -> list[str]:
    """Return the lines of the first fenced block of the page."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = re.search(r"^```[a-z]*\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert block, "ARCHITECTURE.md has no fenced tree"
    return block[1].splitlines()


def named_below(top: str) -> set[str]:
    """Return the folders that the tree names below `top`: on its own line, and at the start of the indented lines that follow."""
    names: set[str] = set()
    inside = False
    for line in tree_lines():
        if line.startswith(" ") and inside:
            names.update(re.findall(r"[a-z_]+/", re.sub(r"^((?: +[a-z_]+/)*).*", r"\1", line)))
        elif not line.startswith(" "):
            first, *rest = line.split() or [""]
            inside = first == f"{top}/"
            names.update(word for word in rest if inside and re.fullmatch(r"[a-z_]+/", word))
    return {name.rstrip("/") for name in names} - NO_SOURCE


def folders_below(top: str) -> set[str]:
    """Return the folders below `top` that hold a file which is not generated."""
    files = [path.relative_to(ROOT / top) for path in (ROOT / top).rglob("*") if path.is_file()]
    return {path.parts[0] for path in files if len(path.parts) > 1 and not NO_SOURCE & set(path.parts)}


@pytest.mark.parametrize("top", ["openstrat", "data", "notebooks", "reports", "tests"])
def test_page_names_the_folders_that_are_there(top: str) -> None:
    assert named_below(top) == folders_below(top)


def test_every_top_folder_of_the_page_is_there() -> None:
    named = {line.split("/")[0] for line in tree_lines() if re.match(r"[a-z]+/", line)}
    assert named == {name for name in named if (ROOT / name).is_dir()}
    assert named >= {"data", "notebooks", "openstrat", "tests"}
