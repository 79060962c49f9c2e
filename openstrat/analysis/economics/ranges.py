"""Uncertain inputs: a range, its unit, and who stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from openstrat.cases.schema import Assumption
from openstrat.tables.cells import split_list

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class InputRange:
    """One uncertain input; `set_by` is who chose the range, the shipped table or a role named by the case."""

    name: str
    part: str
    meaning: str
    unit: str
    shape: str
    low: float
    mode: float | None
    high: float
    mark: str
    basis: str
    set_by: str
    source_ids: tuple[str, ...] = ()

    def at(self, quantile: Floats) -> Floats:
        """Return the values at quantiles between 0 and 1, same shape; a range without width gives its value."""
        if self.high == self.low:
            return np.full_like(quantile, self.low)
        if self.shape == "log_uniform":
            return np.asarray(self.low * np.exp(quantile * np.log(self.high / self.low)))
        if self.mode is None:
            return np.asarray(self.low + quantile * (self.high - self.low))
        return _triangular(quantile, self.low, self.mode, self.high)

    @property
    def middle(self) -> float:
        """The median of the range."""
        return float(self.at(np.array([0.5]))[0])


DEFAULT = "openstrat"
"""Who set a range that the case leaves alone."""


def ranges_from(assumptions: pd.DataFrame, overrides: Mapping[str, Assumption]) -> dict[str, InputRange]:
    """Return every input by name: the table's range, or the case's own with the role that set it.

    An override is triangular between its three values, whatever the table's shape.
    """
    rows: dict[str, dict[Any, Any]] = {str(row["name"]): row for row in assumptions.to_dict("records")}
    return {name: _overridden(row, overrides[name]) if name in overrides else _default(row) for name, row in rows.items()}


def _default(row: dict[Any, Any]) -> InputRange:
    mode = row["mode"]
    return InputRange(
        name=str(row["name"]),
        part=str(row["part"]),
        meaning=str(row["meaning"]),
        unit=str(row["unit"]),
        shape=str(row["shape"]),
        low=float(row["low"]),
        mode=None if pd.isna(mode) else float(mode),
        high=float(row["high"]),
        mark=str(row["mark"]),
        basis=str(row["basis"]),
        set_by=DEFAULT,
        source_ids=tuple(split_list(row["source_ids"])),
    )


def _overridden(row: dict[Any, Any], given: Assumption) -> InputRange:
    return InputRange(
        name=str(row["name"]),
        part=str(row["part"]),
        meaning=str(row["meaning"]),
        unit=str(row["unit"]),
        shape="triangular",
        low=given.low,
        mode=given.mode,
        high=given.high,
        mark="stated",
        basis=given.reason,
        set_by=given.set_by,
    )


def _triangular(quantile: Floats, low: float, mode: float, high: float) -> Floats:
    """Inverse of the triangular distribution function."""
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(quantile * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - quantile) * (high - low) * (high - mode))
    return np.where(quantile < turn, rising, falling)
