"""Rank correlation of stars and downloads, by month and over all months, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from openstrat.analysis.adoption.pairs import CAVEATS, COMPARABLE, yearly_changes
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.cells import split_list

FEWEST = 4
"""Below four pairs a rank correlation takes so few values that it says nothing."""
MEASURES = {"level": ("n_stars", "n_downloads_30d"), "change_12m": ("star_change", "download_change")}
"""What is ranked: stars against 30-day downloads, or the relative change of each over twelve months."""
CONFIDENCE = 0.95
DEPENDENCE = "Months share most of their projects, so they are not separate pieces of evidence."
FEW = "Too few projects for a figure."


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's rank correlation of stars and downloads with a 95 % bootstrap interval; blank where too few pairs stand behind it.

    `n` counts packages, `n_rows` package-months (the same within one month).
    """

    rho: float | None
    low: float | None
    high: float | None
    n: int
    n_rows: int
    measure: str
    relations: tuple[str, ...]
    months_listed_least: int
    window: str
    rule: str
    caveats: tuple[str, ...]
    source_ids: tuple[str, ...]


def spearman(first: ArrayLike, second: ArrayLike) -> float | None:
    """Return Spearman's rank correlation, ties at their mean rank; None below four pairs or where one side is constant.

    Raises
    ------
    InputError
        If the two differ in length or hold an unknown value.
    """
    x, y = np.asarray(first, dtype="float64"), np.asarray(second, dtype="float64")
    if x.shape != y.shape or x.ndim != 1:
        raise InputError(f"Two columns of the same length are needed; got {x.shape} and {y.shape}.")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise InputError("A rank needs known, finite values. Leave out pairs with an unknown side first.")
    value = float(_rank_correlations(x[None], y[None])[0]) if len(x) >= FEWEST else np.nan
    return None if np.isnan(value) else value


def _rank_correlations(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rank correlation of each row of two matrices; NaN where a side is constant."""
    a, b = (rankdata(side, axis=1) for side in (x, y))
    a, b = a - a.mean(axis=1, keepdims=True), b - b.mean(axis=1, keepdims=True)
    scale = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    rho: NDArray[np.float64] = np.divide((a * b).sum(axis=1), scale, out=np.full(len(a), np.nan), where=scale > 0)
    return rho


def _interval(draws: NDArray[np.float64]) -> tuple[float, float]:
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(draws, [tail, 1 - tail])
    return float(low), float(high)


def _chosen(pairs: pd.DataFrame, measure: str, relations: Iterable[str], months_listed_least: int) -> pd.DataFrame:
    """Return the rows that count, with the two ranked columns as x and y."""
    if measure not in MEASURES:
        raise UnknownNameError("measure", measure, MEASURES)
    rows = yearly_changes(pairs) if measure == "change_12m" else pairs
    kept = rows[rows["relation"].isin(set(relations)) & (rows["months_listed"] >= months_listed_least)]
    x, y = MEASURES[measure]
    return kept.assign(x=kept[x].astype("float64"), y=kept[y].astype("float64"))


def month_correlation(
    pairs: pd.DataFrame,
    month: pd.Timestamp,
    *,
    measure: str = "level",
    relations: Iterable[str] = COMPARABLE,
    months_listed_least: int = 0,
    n_least: int = 10,
    n_resamples: int = 2000,
    seed: int,
) -> RankCorrelation:
    """Return the rank correlation within one month; projects are resampled for the interval (percentile bootstrap, Efron 1979).

    `pairs` is what `paired_months` returns. With fewer than `n_least` projects there is no figure. `months_listed_least` keeps
    packages that have been on the list for so many months, to set young projects aside.

    Raises
    ------
    UnknownNameError
        If the measure is not one of `MEASURES`.
    InputError
        If `n_resamples` is below 1.
    """
    rows = _chosen(pairs, measure, relations, months_listed_least)
    rows = rows[rows["month"] == month]
    rho, low, high = _estimate(rows["x"].to_numpy(), rows["y"].to_numpy(), n_least, n_resamples, seed)
    return RankCorrelation(
        *(rho, low, high, len(rows), len(rows)),
        measure=measure,
        relations=tuple(relations),
        months_listed_least=months_listed_least,
        window=_window(measure, month, month),
        rule=f"First readings of the month, ties at their mean rank; {n_resamples} resamples of projects, seed {seed}.",
        caveats=CAVEATS if rho is not None else (FEW, *CAVEATS),
        source_ids=_sources(rows),
    )


def _estimate(
    x: NDArray[np.float64], y: NDArray[np.float64], n_least: int, n_resamples: int, seed: int
) -> tuple[float | None, float | None, float | None]:
    if n_resamples < 1:
        raise InputError(f"A bootstrap needs at least 1 resample; got n_resamples={n_resamples}.")
    if len(x) < max(n_least, FEWEST) or (rho := spearman(x, y)) is None:
        return None, None, None
    drawn = np.random.default_rng(seed).integers(0, len(x), (n_resamples, len(x)))
    return rho, *_interval(_rank_correlations(x[drawn], y[drawn]))


def correlations_by_month(
    pairs: pd.DataFrame,
    *,
    measure: str = "level",
    relations: Iterable[str] = COMPARABLE,
    n_least: int = 10,
    n_resamples: int = 2000,
    seed: int,
) -> pd.DataFrame:
    """Return `month_correlation` for every month of the pairs: measure, month, rho, low, high, n, source_ids; blank below `n_least`.

    Raises
    ------
    UnknownNameError, InputError
        See `month_correlation`.
    """
    rows = _chosen(pairs, measure, relations, 0)
    found = []
    for month, inside in rows.groupby("month"):
        rho, low, high = _estimate(inside["x"].to_numpy(), inside["y"].to_numpy(), n_least, n_resamples, seed)
        sources = "; ".join(_sources(inside))
        found.append({"measure": measure, "month": month, "rho": rho, "low": low, "high": high, "n": len(inside), "source_ids": sources})
    frame = pd.DataFrame(found, columns=["measure", "month", "rho", "low", "high", "n", "source_ids"])
    return frame.astype({"rho": "float64", "low": "float64", "high": "float64"})


def pooled_correlation(
    pairs: pd.DataFrame,
    *,
    measure: str = "level",
    relations: Iterable[str] = COMPARABLE,
    months_listed_least: int = 0,
    n_least: int = 10,
    n_resamples: int = 2000,
    seed: int,
) -> RankCorrelation:
    """Return the rank correlation over all months: projects are ranked within their month, then all rows correlated.

    Ranking within a month takes out what moves all projects at once. Whole projects are resampled with all their months (cluster
    bootstrap), because a project's months resemble each other; ranks are not taken anew in a resample. Months with fewer than
    `n_least` projects are left out.

    Raises
    ------
    UnknownNameError, InputError
        See `month_correlation`.
    """
    rows = _chosen(pairs, measure, relations, months_listed_least)
    rows = rows[rows.groupby("month")["package"].transform("size") >= max(n_least, FEWEST)]
    rho, low, high = _clustered(rows, n_least, n_resamples, seed)
    months = rows["month"]
    return RankCorrelation(
        *(rho, low, high, int(rows["package"].nunique()), len(rows)),
        measure=measure,
        relations=tuple(relations),
        months_listed_least=months_listed_least,
        window=_window(measure, months.min(), months.max()) if len(rows) else "no month",
        rule=f"Ranks within each month of {n_least} or more projects; {n_resamples} resamples of whole projects, seed {seed}.",
        caveats=(DEPENDENCE, *CAVEATS) if rho is not None else (FEW, *CAVEATS),
        source_ids=_sources(rows),
    )


def _clustered(rows: pd.DataFrame, n_least: int, n_resamples: int, seed: int) -> tuple[float | None, float | None, float | None]:
    if n_resamples < 1:
        raise InputError(f"A bootstrap needs at least 1 resample; got n_resamples={n_resamples}.")
    if rows["package"].nunique() < max(n_least, FEWEST):
        return None, None, None
    places = rows.groupby("month")[["x", "y"]].rank(pct=True)
    terms = pd.DataFrame({"n": 1.0, "x": places["x"], "y": places["y"]}, index=rows.index)
    terms = terms.assign(xx=terms["x"] ** 2, yy=terms["y"] ** 2, xy=terms["x"] * terms["y"])
    sums = terms.groupby(rows["package"]).sum().to_numpy()
    drawn = np.random.default_rng(seed).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), n_resamples)
    rho = float(_from_sums(sums.sum(axis=0, keepdims=True))[0])
    return (None, None, None) if np.isnan(rho) else (rho, *_interval(_from_sums(drawn @ sums)))


def _from_sums(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return correlations from rows of n, sum x, sum y, sum xx, sum yy, sum xy."""
    n, x, y, xx, yy, xy = sums.T
    scale = np.sqrt(np.maximum((n * xx - x**2) * (n * yy - y**2), 0))
    rho: NDArray[np.float64] = np.divide(n * xy - x * y, scale, out=np.full(len(n), np.nan), where=scale > 0)
    return rho


def _window(measure: str, first: pd.Timestamp, last: pd.Timestamp) -> str:
    span = f"{first:%Y-%m}" if first == last else f"{first:%Y-%m} to {last:%Y-%m}"
    return span if measure == "level" else f"{span}, each against 12 months before"


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for cell in rows["source_ids"].unique() for part in split_list(cell)))
