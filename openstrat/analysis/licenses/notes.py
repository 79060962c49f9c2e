"""What a row of `license_terms` adds in words: which column says the same as a typed one, and how a note reads as a sentence."""

from __future__ import annotations

from collections.abc import Mapping

COLUMN_NOTES = {
    "commercial_gate": "commercial_threshold",
    "competing_use": "competing_use_note",
    "output_use": "output_use_note",
    "naming": "naming_note",
    "acceptable_use_policy": "acceptable_use_policy_note",
    "geographic_exclusion": "geographic_exclusion_note",
    "change_after_years": "change_note",
}
"""Typed columns of `license_terms` and the column that says the same in words."""


def as_sentence(phrase: str) -> str:
    """Return a phrase with a capital letter at its start and one full stop at its end."""
    return f"{phrase[:1].upper()}{phrase[1:].rstrip('.')}."


def note_of(row: Mapping[str, object], column: str) -> str:
    """Return what a row says in words on one typed column, as a sentence; empty when it adds nothing."""
    note = row.get(COLUMN_NOTES.get(column, ""))
    return as_sentence(note) if isinstance(note, str) and note else ""
