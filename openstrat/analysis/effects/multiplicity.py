"""Many events looked at together: adjusted p values, and how many small ones chance alone would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openstrat.errors import InputError


@dataclass(frozen=True)
class MultipleTests:
    """P values of several events, adjusted for having looked at all of them.

    `holm` bounds the chance of any false finding, under every dependence (Holm 1979); `benjamini_hochberg` the share of false ones
    among the findings, for independent or positively dependent tests (Benjamini and Hochberg 1995). `n` counts the known p values.
    """

    p: Mapping[str, float]
    holm: Mapping[str, float]
    benjamini_hochberg: Mapping[str, float]
    n: int
    level: float
    n_at_level: int
    expected_by_chance: float
    sentence: str


def adjust_for_many(p_values: Mapping[str, float | None], *, level: float = 0.1) -> MultipleTests:
    """Return adjusted p values by name, smallest p first, and what chance alone would give at `level`; unknown p are left out.

    Placebo p values can only take steps of 1 / (donors + 1), so what chance gives is at most `level` times n.

    Raises
    ------
    InputError
        If a p value or `level` is not above 0 and at most 1.
    """
    known = {name: value for name, value in sorted(p_values.items(), key=_rank) if value is not None}
    for name, value in (*known.items(), ("level", level)):
        if not 0 < value <= 1:
            raise InputError(f"{name}: a p value lies above 0 and is at most 1; got {value}.")
    n, n_at_level = len(known), sum(value <= level for value in known.values())
    ordered = list(known.values())
    holm = [max(min(1.0, (n - place) * ordered[place]) for place in range(rank + 1)) for rank in range(n)]
    hochberg = [min(min(1.0, n * ordered[place] / (place + 1)) for place in range(rank, n)) for rank in range(n)]
    return MultipleTests(
        p=known,
        holm=dict(zip(known, holm, strict=True)),
        benjamini_hochberg=dict(zip(known, hochberg, strict=True)),
        n=n,
        level=level,
        n_at_level=n_at_level,
        expected_by_chance=level * n,
        sentence=_sentence(n, n_at_level, level, holm),
    )


def _rank(item: tuple[str, float | None]) -> tuple[float, str]:
    return (2.0 if item[1] is None else item[1], item[0])


def _sentence(n: int, n_at_level: int, level: float, holm: list[float]) -> str:
    if not n:
        return "No event has a p value."
    left = sum(value <= level for value in holm)
    return (
        f"{n} events were looked at: {n_at_level} with p at or below {level:g}, where chance alone would give up to {level * n:.1f}. "
        f"After Holm's adjustment {left} remain."
    )
