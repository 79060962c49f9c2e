"""How far the views of one event agree: robust, fragile, reversed or refused, with the reason."""

from __future__ import annotations

from enum import StrEnum

from openstrat.analysis.effects.donors import DonorComparison
from openstrat.analysis.effects.interrupted import InterruptedSeries
from openstrat.analysis.effects.refusal import Refusal
from openstrat.analysis.effects.synthetic_control import FEWEST_DONORS, SyntheticControl
from openstrat.analysis.effects.windows import ActivityChange

LEVEL = 0.1
"""Placebo p-value at or below which an event counts as standing out; donors allow no less than about .06 (assumption)."""
SMALL = 0.05
"""Relative changes smaller than this have no direction (assumption)."""


class Verdict(StrEnum):
    """How far the views of one event agree."""

    ROBUST = "robust"
    FRAGILE = "fragile"
    REVERSED = "reversed"
    REFUSED = "refused"


VERDICT_RULE = (
    f"Views: change against the donors, synthetic control, interrupted series, distinct authors in twelve months. robust: all four are "
    f"known and point one way by {SMALL:.0%} or more, both placebo p-values are at most {LEVEL:g}, and no single donor turns the sign; "
    "reversed: one view points the other way by as much; refused: before, after or donors are not known; fragile: the rest."
)


def judge(
    comparison: DonorComparison | None,
    authors: DonorComparison | None,
    control: SyntheticControl | Refusal,
    series: InterruptedSeries | Refusal,
    own: ActivityChange,
) -> tuple[Verdict, str]:
    """Return how far the views agree, by `VERDICT_RULE`, and the reason in words."""
    if comparison is None or comparison.n < FEWEST_DONORS:
        known = "before and after are not both known" if own.change is None else f"fewer than {FEWEST_DONORS} donors are usable"
        return Verdict.REFUSED, f"{known[0].upper()}{known[1:]}."
    views = {
        "the change against the donors": comparison.did,
        "the synthetic control": None if isinstance(control, Refusal) else control.fit.relative_gap,
        "the interrupted series": None if isinstance(series, Refusal) else series.level_change,
        "distinct authors in twelve months": None if authors is None else authors.did,
    }
    signs = {name: _sign(value) for name, value in views.items() if value is not None}
    falling, rising = ([name for name, sign in signs.items() if sign == wanted] for wanted in (-1, 1))
    not_far = f"placebo p-value against {comparison.n} donors is {comparison.p_two_sided:.2f}" if comparison.p_two_sided > LEVEL else ""
    if falling and rising:
        weak = f"; nor does it stand out: {not_far}" if not_far else ""
        return Verdict.REVERSED, f"Lower by {_listed(falling)}, but higher by {_listed(rising)}{weak}."
    doubts = [f"{name} is not known" for name, value in views.items() if value is None]
    doubts += [f"{name} shows less than {SMALL:.0%}" for name, sign in signs.items() if not sign]
    doubts += [not_far] if not_far else []
    if isinstance(control, SyntheticControl):
        if control.p > LEVEL:
            doubts.append(f"placebo p-value of the synthetic control is {control.p:.2f}")
        if control.without_one_low < 0 < control.without_one_high:
            doubts.append("leaving one donor out turns the sign of the gap")
    if doubts:
        return Verdict.FRAGILE, f"{doubts[0][0].upper()}{doubts[0][1:]}{''.join(f'; {item}' for item in doubts[1:])}."
    return Verdict.ROBUST, "All four views point one way, and both placebo tests stand out."


def _sign(value: float) -> int:
    return 0 if abs(value) < SMALL else (1 if value > 0 else -1)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
