"""What a cell may hold: patterns of written values, lists, license expressions. Standard library only."""

from __future__ import annotations

import re

SEPARATOR = "; "
PATTERNS = {
    "integer": r"-?\d+",
    "number": r"-?\d+(\.\d+)?(e-?\d+)?",
    "boolean": r"true|false",
    "date": r"\d{4}-\d{2}-\d{2}",
    "month": r"\d{4}-\d{2}",
    "partial_date": r"\d{4}(-\d{2}(-\d{2})?)?",
}
LICENSE_OPERATORS = re.compile(r"\(|\)|\bAND\b|\bOR\b|\bWITH\b")


def split_list(cell: object) -> list[str]:
    """Return the values of a list cell; an unknown cell gives an empty list."""
    return [part.strip() for part in cell.split(SEPARATOR.strip())] if isinstance(cell, str) and cell.strip() else []


def license_ids_in(expression: object) -> list[str]:
    """Return the identifiers of a license expression in order; operators and parentheses are left out."""
    return LICENSE_OPERATORS.sub(" ", expression).split() if isinstance(expression, str) else []
