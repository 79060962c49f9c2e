"""Pydantic's findings as sentences: the field, the value, what is allowed, the next step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from openstrat.cases.schema import Case
from openstrat.errors import did_you_mean

MOVED = {
    "checklist.money.payer": "moved to checklist.money.sentences: name there who pays",
    "checklist.money.unit": "moved to checklist.money.price: write the unit with the price, such as 'USD 90 a seat and month'",
    "checklist.first_adopters.by_when": "moved to checklist.first_adopters.target: write number and date together, such as '40 by 2027-Q2'",
    "checklist.maintenance.budget_musd": "moved to checklist.maintenance.fte and years: the cost of upkeep follows from them",
    "checklist.maintenance.security_contact": "moved to measures.governance.security_contact",
}
"""Fields of earlier case files, and where their content stands now."""


def sentences(error: ValidationError) -> list[str]:
    """Return one sentence for each problem in a case file, in file order."""
    return [_sentence(item) for item in error.errors(include_url=False)]


def _sentence(item: Mapping[str, Any]) -> str:
    place = [str(part) for part in item["loc"] if part != "[key]"]
    field = ".".join(place) or "the file"
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    is_key = "[key]" in item["loc"]
    if kind == "missing":
        return f"{field}: missing. {_described(place)}Add it."
    if kind == "extra_forbidden" and field in MOVED:
        return f"{field}: {MOVED[field]}. Remove it here."
    if kind == "extra_forbidden":
        allowed = sorted(_fields_at(place[:-1]))
        return f"{field}: unknown field.{did_you_mean(place[-1], allowed)} Allowed here: {', '.join(allowed)}. Remove or rename it."
    if kind in {"enum", "literal_error"}:
        allowed = [word.strip().strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
        what = "the name" if is_key else "the value"
        return f"{field}: {what} {value!r} is not allowed.{did_you_mean(value, allowed)} Allowed: {', '.join(allowed)}."
    return f"{field}: {_shown(value)}{_expectation(kind, context)} {_described(place)}".strip()


def _expectation(kind: str, context: Mapping[str, Any]) -> str:
    fixed = {
        "string_type": "is not text; put it in quotes.",
        "float_type": "is not a number; write a plain number such as 0.25.",
        "finite_number": "is not a finite number.",
        "dict_type": "is not a mapping; write 'name: value' lines below it.",
        "model_type": "is not a mapping; write 'name: value' lines below it.",
        "list_type": "is not a list; write '- item' lines below it.",
        "bool_type": "is neither true nor false.",
    }
    if kind in fixed:
        return fixed[kind]
    bounds = {
        "greater_than_equal": "is below the allowed minimum of {ge}.",
        "less_than_equal": "is above the allowed maximum of {le}.",
        "string_too_short": "is too short; write at least {min_length} characters.",
        "string_too_long": "is too long; write at most {max_length} characters.",
        "too_short": "has too few entries; at least {min_length} are needed.",
        "string_pattern_mismatch": "is not a short name: lower-case letters, digits, '-' or '_', starting with a letter.",
    }
    return bounds.get(kind, f"is not allowed ({kind.replace('_', ' ')}).").format(**context)


def _shown(value: object) -> str:
    text = repr(value)
    return f"{text if len(text) <= 60 else text[:57] + '...'} "


def _described(place: list[str]) -> str:
    """The field's own description, when the schema has one."""
    model = _model_at(place[:-1])
    field = model.model_fields.get(place[-1]) if model and place else None
    return f"Expected: {field.description} " if field and field.description else ""


def _fields_at(place: list[str]) -> list[str]:
    model = _model_at(place)
    return list(model.model_fields) if model else []


def _model_at(place: list[str]) -> type[BaseModel] | None:
    """The schema class that holds the field at a place such as ('options', 'edge_open')."""
    model: type[BaseModel] | None = Case
    steps = list(place)
    while steps and model is not None:
        field = model.model_fields.get(steps.pop(0))
        if field is None:
            return None
        inner = _inner_models(field.annotation)
        model = inner[0] if inner else None
        if model is not None and "dict" in str(field.annotation) and steps:
            steps.pop(0)
    return model


def _inner_models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for argument in get_args(annotation) for found in _inner_models(argument)]
