"""The frontier: combinations that no other beats in adopters without more revenue at risk."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from openstrat.analysis.economics.ranges import Floats

Places = NDArray[np.intp]
DIGITS = 9
"""Differences beyond this many decimals of the whole range are noise of the last bits."""
BINS = (48, 36)
"""Cells of the cloud: along revenue at risk, along adopters."""


def frontier(up: Floats, down: Floats, prefer: Floats) -> Places:
    """Return the places of all points that no other point dominates, in rising order of `down`.

    A point is dominated when another has at least as much `up` and at most as much `down`, and is better in one of them. Of points
    that are equal in both, the one with the largest `prefer` is returned.
    """
    high, low = _rounded(up), _rounded(down)
    order = np.lexsort((-prefer, -high, low))
    sorted_up = high[order]
    before = np.concatenate([[-np.inf], np.maximum.accumulate(sorted_up)[:-1]])
    return order[sorted_up > before]


def dominators(up: float, down: float, front_up: Floats, front_down: Floats) -> Places:
    """Return which points of a frontier dominate one point, in the frontier's order."""
    margin_up, margin_down = 10.0**-DIGITS * max(1.0, abs(up)), 10.0**-DIGITS
    no_worse = (front_up >= up - margin_up) & (front_down <= down + margin_down)
    better = (front_up > up + margin_up) | (front_down < down - margin_down)
    return np.flatnonzero(no_worse & better)


def thinned(n: int, most: int) -> Places:
    """Return at most `most` places of `n`, evenly spread, both ends among them."""
    if n <= most:
        return np.arange(n)
    return np.unique(np.rint(np.linspace(0, n - 1, most)).astype(np.intp))


def cloud(across: Floats, up: Floats) -> pd.DataFrame:
    """Return how many points lie in each cell of a grid: columns across, up (middle of the cell), n; empty cells are left out."""
    edges = [np.linspace(float(axis.min()), float(axis.max()) or 1.0, n + 1) for axis, n in zip((across, up), BINS, strict=True)]
    edges = [edge if edge[-1] > edge[0] else edge + np.linspace(0, 1e-9, len(edge)) for edge in edges]
    counts, x, y = np.histogram2d(across, up, bins=edges)
    i, j = np.nonzero(counts)
    middle = {"across": (x[:-1] + x[1:])[i] / 2, "up": (y[:-1] + y[1:])[j] / 2}
    return pd.DataFrame({**middle, "n": counts[i, j].astype(int)})


def _rounded(values: Floats) -> Floats:
    width = max(float(np.abs(values).max(initial=0.0)), 1e-300)
    return np.asarray(np.round(values / width, DIGITS))
