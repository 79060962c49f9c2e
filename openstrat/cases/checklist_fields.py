"""The fifteen fields of the go-open checklist: what each asks for, which are filled, what was typed and what it means."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from openstrat.cases.schema import Checklist

MOAT_ID = re.compile(r"(MO\d+)\s*:\s*(.*)", re.DOTALL)
LARGEST_SHARE = 100.0


class Kind(StrEnum):
    """How a field is typed."""

    LINES = "lines"
    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"


@dataclass(frozen=True)
class Field:
    """One field: the question it belongs to, its block and name in the file, how it is typed, a label, and what it asks for."""

    concept_id: str
    block: str
    name: str
    kind: Kind
    label: str
    help: str

    @property
    def path(self) -> str:
        """Where it stands in a case file."""
        return f"checklist.{self.block}.{self.name}"


LABELS: Mapping[tuple[str, str], tuple[Kind, str]] = {
    ("money", "sentences"): (Kind.LINES, "How money comes in"),
    ("money", "price"): (Kind.TEXT, "Price and unit"),
    ("money", "paying_share"): (Kind.SHARE, "Share that pays"),
    ("held_back", "assets"): (Kind.LINES, "What stays closed"),
    ("held_back", "why_hard_to_copy"): (Kind.TEXT, "Why hard to copy"),
    ("held_back", "rebuild_months"): (Kind.NUMBER, "Months to rebuild"),
    ("first_adopters", "group"): (Kind.TEXT, "First group"),
    ("first_adopters", "success_metric"): (Kind.TEXT, "Measure of success"),
    ("first_adopters", "target"): (Kind.TEXT, "Target and date"),
    ("funded_fork", "what_remains"): (Kind.LINES, "What would remain"),
    ("funded_fork", "scenario"): (Kind.TEXT, "Who forks it, how"),
    ("maintenance", "fte"): (Kind.NUMBER, "People, full-time"),
    ("maintenance", "years"): (Kind.NUMBER, "Years funded"),
    ("maintenance", "owner"): (Kind.TEXT, "Owner (a role)"),
    ("maintenance", "deprecation_policy"): (Kind.TEXT, "How support ends"),
}
QUESTIONS = {"money": "CK1", "held_back": "CK2", "first_adopters": "CK3", "funded_fork": "CK4", "maintenance": "CK5"}
"""The concept of each block."""


def _described() -> Iterator[Field]:
    for block, outer in Checklist.model_fields.items():
        fields: Mapping[str, Any] = getattr(outer.annotation, "model_fields", {})
        for name, inner in fields.items():
            yield Field(QUESTIONS[block], block, name, *LABELS[block, name], str(inner.description))


FIELDS = tuple(_described())
"""All fields in the order of a case file."""


def value_of(checklist: Checklist, field: Field) -> Any:
    """Return what a field holds: text, a list of sentences, a number, or nothing."""
    return getattr(getattr(checklist, field.block), field.name)


def filled_fields(checklist: Checklist) -> tuple[Field, ...]:
    """Return the fields that hold an answer."""
    return tuple(field for field in FIELDS if value_of(checklist, field) not in (None, []))


def field_at(path: str) -> Field:
    """Return the field that stands at a place such as 'checklist.money.price'."""
    return next(field for field in FIELDS if field.path == path)


def moat_and_text(entry: str) -> tuple[str | None, str]:
    """Return the moat that an entry of `what_remains` begins with, and the rest: 'MO3: hosted reliability'."""
    found = MOAT_ID.fullmatch(entry)
    return (found[1], found[2]) if found else (None, entry)


def typed_of(checklist: Checklist) -> dict[str, str]:
    """Return what a person would type for every field, by path; an empty text where nothing is answered."""
    return {field.path: _typed(value_of(checklist, field)) for field in FIELDS}


def _typed(value: Any) -> str:
    if value is None:
        return ""
    entries = value if isinstance(value, list) else [str(value)]
    return "\n".join(" ".join(entry.split()) for entry in entries)


def checklist_from(typed: Mapping[str, str]) -> tuple[Checklist, dict[str, str]]:
    """Return the checklist that typed texts make, and by path what is wrong with the ones that are left out of it.

    Lists hold an entry a line; a share may be written as '1.5 %'. Empty texts are no answers.
    """
    document: dict[str, dict[str, Any]] = {}
    problems: dict[str, str] = {}
    for field in FIELDS:
        text = typed.get(field.path, "").strip()
        if not text:
            continue
        value, problem = _read(field, text)
        if problem is None:
            problem = _refused(field, value)
        if problem is None:
            document.setdefault(field.block, {})[field.name] = value
        else:
            problems[field.path] = problem
    return Checklist.model_validate(document), problems


def _read(field: Field, text: str) -> tuple[Any, str | None]:
    if field.kind == Kind.LINES:
        return [line.strip() for line in text.splitlines() if line.strip()], None
    if field.kind == Kind.TEXT:
        return " ".join(text.split()), None
    is_percent = field.kind == Kind.SHARE and text.endswith("%")
    try:
        number = float(text.removesuffix("%").strip() if is_percent else text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return None, f"{text!r} is not a number; write {'0.015 or 1.5 %' if field.kind == Kind.SHARE else 'a plain number such as 12'}."
    return (number / LARGEST_SHARE if is_percent else number), None


def _refused(field: Field, value: Any) -> str | None:
    """Return what the schema says against one value."""
    try:
        Checklist.model_validate({field.block: {field.name: value}})
    except ValidationError as error:
        kind, context = error.errors()[0]["type"], error.errors()[0].get("ctx", {})
        limits = {"string_too_short": "at least {min_length} characters an entry", "string_too_long": "at most {max_length} characters"}
        limits |= {"greater_than_equal": "at least {ge:g}", "less_than_equal": "at most {le:g}; write 0.015 or 1.5 %"}
        return f"Allowed: {limits.get(kind, 'a finite number').format(**context)}."
    return None
