"""What a fork would cost: adopters, revenue and value with and without it, as spreads over draws or as plain numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from openstrat.errors import InputError


@dataclass(frozen=True)
class Figures:
    """What an option comes to in one future: one number or one a draw each; None where it was not computed.

    `npv` in USD million, `adopters` in organizations at the end of the horizon, `revenue` in USD million of the last year.
    """

    npv: ArrayLike | None = None
    adopters: ArrayLike | None = None
    revenue: ArrayLike | None = None


@dataclass(frozen=True)
class Lever:
    """Something the case would have to have more of: its name in the model, in words, the case's own value, and the range looked at.

    Shares with the unit 'share' are shown in percent.
    """

    name: str
    label: str
    given: float | None
    low: float
    high: float
    unit: str = ""


@dataclass(frozen=True)
class StressMoney:
    """What a model of the option says with and without a better-funded fork, all futures from the same draws.

    `clone` is the named future in which a far larger host offers the opened parts; `tomorrow` is the same with the fork there from
    the first day. `value_given` returns the mean value of the second for one lever, by keyword, such as `value_given(moat=.6)`;
    `levers` are the ones that it takes. `basis` says where the numbers come from.
    """

    baseline: Figures = Figures()
    clone: Figures = Figures()
    tomorrow: Figures = Figures()
    value_given: Callable[..., float] | None = None
    levers: tuple[Lever, ...] = ()
    basis: str = ""

    @property
    def npv_under_clone(self) -> float | None:
        """Mean value in the named future, USD million; None where it was not computed."""
        return mean_of(self.clone.npv)


@dataclass(frozen=True)
class LossSpread:
    """What is lost of one figure, draw by draw: medians before and after, loss at the 5th, 50th and 95th percentile, same unit.

    `share` is the median loss as a part of the median before, None where that is not positive; `p_loss` the share of draws with a loss.
    """

    what: str
    unit: str
    before: float
    after: float
    loss_low: float
    loss: float
    loss_high: float
    share: float | None
    p_loss: float
    n: int


def loss_spread(what: str, before: ArrayLike, after: ArrayLike, *, unit: str) -> LossSpread:
    """Return how much of a figure is lost, with its spread over draws; a plain number counts as one draw.

    Raises
    ------
    InputError
        If the sides differ in length, nothing is given, or a value is not finite.
    """
    first, second = (np.atleast_1d(np.asarray(side, dtype=float)) for side in (before, after))
    if first.size == 0 or first.shape != second.shape:
        raise InputError(f"{what}: {first.size} draws before and {second.size} after; both sides need the same draws.")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise InputError(f"{what}: a value is not finite. Leave the figure out where it is unknown.")
    lost = first - second
    low, middle, high = (float(value) for value in np.quantile(lost, [0.05, 0.5, 0.95]))
    usual = float(np.median(first))
    share = middle / usual if usual > 0 else None
    return LossSpread(what, unit, usual, float(np.median(second)), low, middle, high, share, float((lost > 0).mean()), first.size)


def losses_of(before: Figures, after: Figures) -> tuple[LossSpread, ...]:
    """Return the spread of every figure that is given on both sides: adopters, revenue, value."""
    pairs = [
        ("adopting organizations", before.adopters, after.adopters, "organizations"),
        ("revenue in the last year", before.revenue, after.revenue, "USD million"),
        ("net present value", before.npv, after.npv, "USD million"),
    ]
    return tuple(
        loss_spread(what, first, second, unit=unit) for what, first, second, unit in pairs if first is not None and second is not None
    )


def mean_of(figure: ArrayLike | None) -> float | None:
    """Return the mean over draws, or the number itself; None stays None."""
    return None if figure is None else float(np.mean(np.asarray(figure, dtype=float)))
