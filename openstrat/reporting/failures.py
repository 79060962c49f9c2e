"""What is said when a notebook fails: notebook, cell, error, source lines, parameter values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openstrat.reporting.notebooks import Cell, cell_label, source_of

CONTEXT_LINES = 2
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_CELL_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")


@dataclass(frozen=True)
class Failure:
    """A failed cell: its place, what went wrong, the line if it is known."""

    notebook: str
    label: str
    what: str
    source: str
    line: int | None = None

    def message(self, parameters: Mapping[str, object], partial: object = None) -> str:
        """Return the text for the user, several lines."""
        parts = [f"{self.notebook}: {self.label} {self.what}", *numbered_lines(self.source, self.line)]
        if parameters:
            parts.append("Parameters: " + ", ".join(f"{name}={value!r}" for name, value in parameters.items()))
        if partial is not None:
            parts.append(f"Partial notebook: {partial}")
        return "\n".join(parts)


def numbered_lines(source: str, line: int | None) -> list[str]:
    """Return up to five source lines around `line`, which is marked; the first five when the line is not known."""
    lines = source.splitlines()
    first = max(0, min((line or 1) - 1 - CONTEXT_LINES, len(lines) - 2 * CONTEXT_LINES - 1))
    return [
        f"  {'->' if number == line else '  '} {number:>3} | {text}"
        for number, text in enumerate(lines[first : first + 2 * CONTEXT_LINES + 1], start=first + 1)
    ]


def cell_failure(notebook: str, cells: list[Cell], index: int) -> Failure:
    """Return the failure of a cell that raised, from its error output."""
    cell = cells[index]
    error: dict[str, Any] = next((item for item in cell.get("outputs", []) if item["output_type"] == "error"), {})
    name, value = error.get("ename", "Error"), _ANSI.sub("", error.get("evalue", "")).strip()
    if name == "SystemExit":
        value = f"{value or 0} (a report may not end early)"
    found = _CELL_LINE.search(_ANSI.sub("", "\n".join(error.get("traceback", []))))
    line = int(found.group(1)) if found else None
    return Failure(notebook, cell_label(cells, index), f"failed: {name}: {value}", source_of(cell), line)


def stopped(notebook: str, cells: list[Cell], index: int | None, what: str) -> Failure:
    """Return the failure of a run that ended at cell `index`, or before the first one."""
    if index is None:
        return Failure(notebook, "no cell", what, "")
    return Failure(notebook, cell_label(cells, index), what, source_of(cells[index]))
