"""Field factories: each says once what a column means, its unit, its range and what it points to.

A factory makes a fresh pandera field on every call (one `Field` object shared under two names renames both columns).
`metadata["kind"]` decides how a column is written in CSV, read, and described in `datapackage.json`.
"""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

from openstrat.tables.cells import PATTERNS
from openstrat.terms import Term, values


def _field(kind: str, description: str, *, nullable: bool, metadata: dict[str, Any] | None = None, **checks: Any) -> Any:
    extra = {key: value for key, value in (metadata or {}).items() if value}
    return pa.Field(nullable=nullable, description=description, metadata={"kind": kind, **extra}, **checks)


def text(description: str, *, nullable: bool = False, pattern: str | None = None, references: str = "") -> Any:
    """Free text, or an identifier when `pattern` or `references` ('table.column') is given."""
    checks: dict[str, Any] = {"str_matches": rf"^(?:{pattern})$"} if pattern else {"str_length": {"min_value": 1}}
    return _field("text", description, nullable=nullable, metadata={"references": references}, **checks)


def choice(description: str, vocabulary: type[Term] | list[str], *, nullable: bool = False) -> Any:
    """One value of a closed vocabulary."""
    allowed = vocabulary if isinstance(vocabulary, list) else values(vocabulary)
    return _field("text", description, nullable=nullable, isin=allowed)


def many(description: str, vocabulary: type[Term] | list[str] | None = None, *, references: str = "", nullable: bool = False) -> Any:
    """Several values in one cell, separated by '; ', each from a vocabulary or pointing to 'table.column'."""
    allowed = None if vocabulary is None else (vocabulary if isinstance(vocabulary, list) else values(vocabulary))
    return _field("list", description, nullable=nullable, metadata={"vocabulary": allowed, "references": references})


def sources() -> Any:
    """Where the row comes from: one or more `source_id`."""
    return many("Sources of the row.", references="sources.source_id")


def license_expression(description: str, *, nullable: bool = False) -> Any:
    """An SPDX license expression whose every identifier is a `license_id` of the licenses table."""
    return _field("license_expression", description, nullable=nullable)


def integer(description: str, unit: str, *, low: int | None = 0, high: int | None = None, nullable: bool = False) -> Any:
    """A whole number with its unit."""
    checks = {key: value for key, value in (("ge", low), ("le", high)) if value is not None}
    return _field("integer", description, nullable=nullable, metadata={"unit": unit}, **checks)


def number(description: str, unit: str, *, low: float | None = None, high: float | None = None, nullable: bool = False) -> Any:
    """A real number with its unit."""
    checks = {key: value for key, value in (("ge", low), ("le", high)) if value is not None}
    return _field("number", description, nullable=nullable, metadata={"unit": unit}, **checks)


def share(description: str, *, nullable: bool = False) -> Any:
    """A share between 0 and 1."""
    return number(description, "share", low=0.0, high=1.0, nullable=nullable)


def boolean(description: str, *, nullable: bool = False) -> Any:
    """True, false, or unknown when nullable."""
    return _field("boolean", description, nullable=nullable)


def date(description: str, *, nullable: bool = False) -> Any:
    """A day, `YYYY-MM-DD`."""
    return _field("date", description, nullable=nullable)


def month(description: str, *, nullable: bool = False) -> Any:
    """A calendar month, written `YYYY-MM`, read as its first day."""
    return _field("month", description, nullable=nullable)


def partial_date(description: str, *, nullable: bool = False) -> Any:
    """A date as precise as its source: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; kept as text, never completed."""
    return _field("partial_date", description, nullable=nullable, str_matches=rf"^(?:{PATTERNS['partial_date']})$")
