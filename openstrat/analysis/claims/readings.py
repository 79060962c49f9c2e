"""Figures that a claim is held against: a share, a median, the chance that one group ranks above another, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from openstrat.analysis.claims.standing import Standing
from openstrat.analysis.statistics import median_with_bootstrap, wilson_interval
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.errors import InputError

HALF = 0.5
"""What "most" needs to pass, and where neither of two groups ranks above the other."""
CONFIDENCE = 0.95
ANSWERS = {
    Standing.SUPPORTED: Answer.YES,
    Standing.CONTRADICTED: Answer.NO,
    Standing.MIXED: Answer.PARTLY,
    Standing.UNDECIDED: Answer.UNKNOWN,
    Standing.NOT_TESTABLE: Answer.UNKNOWN,
}


@dataclass(frozen=True)
class Reading:
    """One figure with its 95 % interval, in `unit`, and the side of `line` on which the claim needs it to lie.

    `window` is the time it covers, `sample` who is in it. `low` and `high` are None where too few observations stand behind it.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    n: int
    window: str
    sample: str
    line: float
    needs_above: bool
    is_main: bool = True
    note: str = ""

    @property
    def standing(self) -> Standing:
        """Supported or contradicted when the whole interval lies on one side of the line, undecided when the line is inside."""
        if self.value is None:
            return Standing.NOT_TESTABLE
        if self.low is None or self.high is None or self.low <= self.line <= self.high:
            return Standing.UNDECIDED
        return Standing.SUPPORTED if (self.low > self.line) == self.needs_above else Standing.CONTRADICTED

    def beside(self) -> Reading:
        """Return the same reading as one that stands beside the main ones and decides nothing."""
        return replace(self, is_main=False)


@dataclass(frozen=True)
class ClaimTest:
    """A test of one claim over the shipped tables.

    `prediction` says what the claim would have to show, `rule` how it was counted, `selection` how the sample came about and what
    that does to the figures. The main readings decide, the others stand beside them. `not_enough` is set where the test counts
    something that the claim needs but that would not make it true; such a test can contradict, never support. `leans` is set where
    the sample by itself pushes the figure to the side on which it came out.
    """

    test_id: str
    question: str
    prediction: str
    readings: tuple[Reading, ...]
    rule: str
    selection: str
    caveats: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    not_enough: str = ""
    leans: str = ""

    @property
    def main(self) -> Reading:
        """The reading that decides; the first one where several do."""
        return next(item for item in self.readings if item.is_main)

    @property
    def standing(self) -> Standing:
        """What the test comes to: the standing of its readings, or undecided where more than they show would be needed."""
        return Standing.UNDECIDED if self.is_short else self.read

    @property
    def is_short(self) -> bool:
        """Whether the readings are as the claim needs them, but would not be enough."""
        return bool(self.not_enough) and self.read == Standing.SUPPORTED

    @property
    def read(self) -> Standing:
        """What the main readings come to: their common standing, mixed when they contradict each other, else undecided."""
        found = {item.standing for item in self.readings if item.is_main} - {Standing.NOT_TESTABLE}
        if {Standing.SUPPORTED, Standing.CONTRADICTED} <= found:
            return Standing.MIXED
        if not found:
            return Standing.NOT_TESTABLE
        return found.pop() if len(found) == 1 else Standing.UNDECIDED

    def finding(self, concept_id: str, sentence: str) -> Finding:
        """Return the test as a finding on a concept: value and interval of its main reading; window, sample and selection as caveats."""
        main = self.main
        return Finding(
            concept_id=concept_id,
            answer=ANSWERS[self.standing],
            sentence=sentence,
            basis=Basis.MEASURED,
            value=main.value,
            low=main.low,
            high=main.high,
            unit=main.unit,
            n=main.n,
            evidence=tuple(f"{item.label}: {figure(item)}, {item.window}." for item in self.readings),
            caveats=(f"Window: {main.window}.", f"Sample: {main.sample}.", self.selection, *self.caveats),
            source_ids=self.source_ids,
        )


def figure(reading: Reading) -> str:
    """Return a reading as text: '38 % (95 % interval 14 % to 69 %, n = 8)'."""
    if reading.value is None:
        return f"no figure (n = {reading.n})"
    text = [amount(item, reading.unit) for item in (reading.value, reading.low, reading.high) if item is not None]
    interval = f"95% interval {text[1]} to {text[2]}, " if len(text) == 3 else ""
    return f"{text[0]} ({interval}n = {reading.n:,})"


def amount(value: float, unit: str) -> str:
    """Return a figure in its unit: shares in percent, the rest with two digits; minus as a true minus."""
    text = f"{value:.0%}" if unit.startswith("share") else f"{value:+.0%}" if unit.startswith("change") else f"{value:.2f}"
    cleaned = "0%" if text in {"-0%", "+0%"} else "0.00" if text == "-0.00" else text
    return cleaned.replace("-", "−")


def share(
    label: str, k: int, n: int, *, unit: str, window: str, sample: str, needs_above: bool, line: float = HALF, note: str = ""
) -> Reading:
    """Return a share of `k` in `n` with Wilson's interval; without observations there is no figure.

    Raises
    ------
    InputError
        If `k` is not between 0 and `n`.
    """
    low, high = wilson_interval(k, n, confidence=CONFIDENCE) if n else (None, None)
    value = k / n if n else None
    return Reading(label, value, low, high, f"share of {unit}", n, window, sample, line, needs_above, note=note or f"{k} of {n}")


def median(
    label: str, values: Iterable[float], *, unit: str, window: str, sample: str, line: float, needs_above: bool, seed: int
) -> Reading:
    """Return the median of the known values with its bootstrap interval; below three values there is no interval."""
    found = median_with_bootstrap(values, seed=seed, confidence=CONFIDENCE)
    return Reading(label, found.median, found.low, found.high, unit, found.n, window, sample, line, needs_above)


def superiority(first: ArrayLike, second: ArrayLike) -> tuple[float, float, float]:
    """Return the chance that a value of the first group exceeds one of the second, ties counted half, with its 95 % interval.

    The value is Mann and Whitney's U over the number of pairs. The interval is method 5 of Newcombe (2006, Statistics in Medicine
    25, 559-573): it solves for the chances at which the value lies 1.96 standard errors away, with Hanley and McNeil's variance at
    the mean group size, so it stays between 0 and 1 for small groups too.

    Raises
    ------
    InputError
        If a group is empty or holds an unknown value.
    """
    x, y = np.asarray(first, dtype="float64"), np.asarray(second, dtype="float64")
    if not (x.size and y.size and np.isfinite(x).all() and np.isfinite(y).all()):
        raise InputError(f"Both groups need known values; got {x.size} and {y.size}. Leave out unknown ones first.")
    above = (x[:, None] > y[None, :]).sum() + 0.5 * (x[:, None] == y[None, :]).sum()
    value = float(above / (x.size * y.size))
    return value, _end(value, x.size, y.size, is_low=True), _end(value, x.size, y.size, is_low=False)


def _end(value: float, n_first: int, n_second: int, *, is_low: bool) -> float:
    if value == (0.0 if is_low else 1.0):
        return value
    z, mean_size = NormalDist().inv_cdf((1 + CONFIDENCE) / 2), (n_first + n_second) / 2 - 1

    def excess(chance: float) -> float:
        spread = 1 + mean_size * (1 - chance) / (2 - chance) + mean_size * chance / (1 + chance)
        return abs(value - chance) - z * math.sqrt(chance * (1 - chance) * spread / (n_first * n_second))

    edge = 1e-12
    outer, inner = (edge, value - edge) if is_low else (value + edge, 1 - edge)
    return float(brentq(excess, outer, inner))


def ranked(
    label: str, first: Sequence[float], second: Sequence[float], *, unit: str, window: str, sample: str, needs_above: bool
) -> Reading:
    """Return the chance that one of the first group ranks above one of the second; no figure when a group is empty."""
    n = len(first) + len(second)
    note = f"{len(first)} against {len(second)}"
    if not len(first) or not len(second):
        return Reading(label, None, None, None, f"chance of {unit}", n, window, sample, HALF, needs_above, note=note)
    value, low, high = superiority(first, second)
    return Reading(label, value, low, high, f"chance of {unit}", n, window, sample, HALF, needs_above, note=note)
