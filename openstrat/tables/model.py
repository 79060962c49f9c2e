"""What a table is: a pandera model, a file, a key, references, and a card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

Text = Series[str]
Integer = Series[pd.Int64Dtype]
Number = Series[float]
Boolean = Series[pd.BooleanDtype]
Date = Series[pa.DateTime]


class Table(pa.DataFrameModel):
    """Base of all table models: exactly these columns, in this order."""

    class Config:
        """Pandera options."""

        strict = True
        ordered = True


@dataclass(frozen=True)
class Definition:
    """One shipped table: its model, file below `data/`, keys and card."""

    name: str
    model: type[Table]
    path: str
    key: tuple[str, ...]
    title: str
    as_of: str
    gaps: tuple[str, ...]
    references: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def card(self) -> str:
        """What the table holds, in a paragraph: the docstring of its model."""
        return " ".join((self.model.__doc__ or "").split())


REGISTRY: dict[str, Definition] = {}
Model = TypeVar("Model", bound=type[Table])


def table(
    path: str,
    *,
    key: tuple[str, ...],
    title: str,
    as_of: str,
    gaps: tuple[str, ...] = (),
    references: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] | None = None,
) -> Callable[[Model], Model]:
    """Register a model as a shipped table; the table's name is the file's stem.

    `references` holds composite foreign keys; single ones stand at the field (`references="table.column"`).
    """

    def register(model: Model) -> Model:
        name = path.rsplit("/", 1)[-1].removesuffix(".csv")
        REGISTRY[name] = Definition(name, model, path, key, title, as_of, gaps, references or {})
        return model

    return register
