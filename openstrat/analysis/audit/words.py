"""Counts in words, as findings, pages and the command line write them."""

from __future__ import annotations

PLURALS = {"person": "people"}


def counted(n: int, noun: str) -> str:
    """Return a count with its noun: '1 person', '3 people', '1,540 commits'."""
    return f"{n:,} {noun if n == 1 else PLURALS.get(noun, noun + 's')}"
