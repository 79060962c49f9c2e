"""How far work hangs on few people or organizations: top shares, absence and elephant factor, Herfindahl index, with bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from openstrat.analysis.forks.credit import Integers

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Concentration:
    """Shares 0 to 1 of the busiest and the three busiest, fewest with half the work, sum of squared shares; None without work."""

    n: int
    total: int
    top1_share: float | None
    top3_share: float | None
    fewest_with_half: int | None
    hhi: float | None


def concentration(counts: npt.ArrayLike) -> Concentration:
    """Return how concentrated counts are, one a person or organization; zeros are left out.

    The fewest with half the work is CHAOSS's contributor absence factor for people and elephant factor for organizations. The
    sum of squared shares is the Herfindahl index, 1 where one has all.
    """
    work = np.asarray(counts)
    n, total = int(np.count_nonzero(work > 0)), int(work.sum())
    return Concentration(n, total, *_figures(work)) if total else Concentration(n, total, None, None, None, None)


def _figures(counts: Counts) -> tuple[float, float, int, float]:
    """Return top1_share, top3_share, fewest_with_half and hhi of counts that are not all 0."""
    work = np.sort(counts)[::-1]
    total = work.sum()
    half = int(np.searchsorted(np.cumsum(work) * 2, total)) + 1
    return float(work[0] / total), float(work[:3].sum() / total), half, float(((work / total) ** 2).sum())


@dataclass(frozen=True)
class Bounds:
    """A figure over what is known, with the lowest and highest value that the unknown part allows."""

    known: float | None
    low: float
    high: float


@dataclass(frozen=True)
class OrganizationBounds:
    """Concentration by organization where some commits name none.

    Lowest concentration: each person of unknown affiliation stands alone. Highest: all of them work for the largest
    organization. `unknown_share` is the share of commits that name none.
    """

    unknown_share: float
    top_share: Bounds
    elephant_factor: Bounds
    hhi: Bounds


def organization_bounds(known: npt.ArrayLike, unknown: npt.ArrayLike) -> OrganizationBounds | None:
    """Return organization figures with bounds from commits by known organization and by person of unknown affiliation.

    None where there is no commit at all.
    """
    by_organization, by_person = np.asarray(known, dtype=np.int64), np.asarray(unknown, dtype=np.int64)
    total = int(by_organization.sum() + by_person.sum())
    if not total:
        return None
    middle = concentration(by_organization)
    together = by_organization.copy() if middle.n else np.zeros(1, dtype=np.int64)
    together[np.argmax(together)] += by_person.sum()
    most_top, _, most_elephant, most_hhi = _figures(together)
    _, _, least_elephant, least_hhi = _figures(np.concatenate([by_organization, by_person]))
    return OrganizationBounds(
        unknown_share=int(by_person.sum()) / total,
        top_share=Bounds(middle.top1_share, int(by_organization.max(initial=0)) / total, most_top),
        elephant_factor=Bounds(middle.fewest_with_half, most_elephant, least_elephant),
        hhi=Bounds(middle.hhi, least_hhi, most_hhi),
    )


@dataclass(frozen=True)
class Tally:
    """Commits counted by month and by person or organization, sorted by month."""

    month: Integers
    item: Integers
    n: Integers
    n_items: int

    def windows(self, months: Integers, width: int) -> Iterator[Counts]:
        """Yield the counts by item over each month and the `width` - 1 before it."""
        starts = np.searchsorted(self.month, months - width + 1)
        ends = np.searchsorted(self.month, months, side="right")
        for start, end in zip(starts, ends, strict=True):
            rows = slice(start, end)
            yield np.bincount(self.item[rows], weights=self.n[rows], minlength=self.n_items).astype(np.int64)


def tally(months: Integers, items: Integers) -> Tally:
    """Return how many entries each month and item has."""
    n_items = int(items.max(initial=-1)) + 1
    joined, n = np.unique(months * max(n_items, 1) + items, return_counts=True)
    return Tally(joined // max(n_items, 1), joined % max(n_items, 1), n.astype(np.int64), n_items)


def concentration_frame(windows: Iterator[Counts]) -> pd.DataFrame:
    """Return one row a window: the fields of `Concentration`."""
    return pd.DataFrame([vars(concentration(counts)) for counts in windows], columns=list(Concentration.__dataclass_fields__))
