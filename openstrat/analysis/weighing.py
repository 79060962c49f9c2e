"""A case weighed for a reader: one option explained beside its rival, with everything that the economics report shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from openstrat.analysis.decision.break_even import BreakEven, break_even
from openstrat.analysis.decision.discovery import Box, losing_box
from openstrat.analysis.decision.information import Turn
from openstrat.analysis.decision.regret import Floats, regrets
from openstrat.analysis.economics.model import npvs_of
from openstrat.analysis.economics.paths import paths_of
from openstrat.analysis.evaluating import (
    WIDEST,
    Evaluation,
    Information,
    break_even_of,
    checks_of,
    evaluate,
    information_of,
    require_option,
    sobol_of,
    summaries_of,
    tornado_of,
    turns_of,
)
from openstrat.cases.schema import Case
from openstrat.errors import InputError

__all__ = ["FactNeed", "LosingRegion", "Weighing", "weighing_of"]

PARTS = ("acv", "R0", "infra_spend", "rival_value", "train_cost")
"""Facts that each carry one part of an option's value: with the fact at zero exactly that part is gone."""
REST = "upkeep"
"""What is left of the value when all parts are taken out: maintainers, misuse, free serving."""
ASKED_FACTS = ("acv", "M_closed", "moat", "infra_share", "rival_value")
SHARES = ("moat", "infra_share")
"""Facts that cannot exceed 1."""
CONVERSION = "conv"


@dataclass(frozen=True)
class FactNeed:
    """One figure that the case states: where the option's median value is zero, and where the rival's mean overtakes."""

    fact: str
    stated: float
    even: BreakEven
    overtaken: BreakEven


@dataclass(frozen=True)
class LosingRegion:
    """Where the option loses by more than a tie: to the best of the others, or to `rival` when no box holds those losses together."""

    box: Box
    rival: str | None
    n: int


@dataclass(frozen=True)
class Weighing:
    """Everything that the economics report shows of one case.

    Attributes
    ----------
    evaluation : all options over the same draws.
    option, rival : the option explained, and the one it is compared with.
    summaries, information, turns, checks : as `analysis.evaluating` gives them.
    parts : what each option's value is made of; columns option, part, mean, p5, p95 (USD million; the means add up to the value's).
    conversion : break-even of the conversion by option, of those near the best and the two compared.
    facts : break-evens of figures that the case states.
    tornado, own_tornado : of the difference option minus rival, and of the option alone.
    sobol, own_sobol : the same two, over the whole ranges.
    beaten : the others, by how often they beat the option by more than a tie; columns option, share, mean_loss.
    region : where the option loses.
    paths, rival_paths : quarterly percentiles of both options.
    """

    evaluation: Evaluation
    option: str
    rival: str
    summaries: pd.DataFrame
    information: Information
    turns: tuple[Turn, ...]
    checks: tuple[str, ...]
    parts: pd.DataFrame
    conversion: dict[str, BreakEven]
    facts: tuple[FactNeed, ...]
    tornado: pd.DataFrame
    own_tornado: pd.DataFrame
    sobol: pd.DataFrame
    own_sobol: pd.DataFrame
    beaten: pd.DataFrame
    region: LosingRegion
    paths: pd.DataFrame
    rival_paths: pd.DataFrame

    @property
    def case(self) -> Case:
        """The case."""
        return self.evaluation.case

    @property
    def is_recommended(self) -> bool:
        """Whether the option explained is the recommended one."""
        return self.option == self.evaluation.recommendation.option

    def summary(self, option: str) -> dict[str, Any]:
        """Return the row of one option in `summaries`."""
        row = self.summaries.set_index("option").loc[option]
        return {str(name): value for name, value in row.items()}


def weighing_of(case: Case, *, option: str = "", rival: str = "", n: int = 8_000, seed: int = 7) -> Weighing:
    """Return a case weighed over `n` draws.

    `option` is the one to explain (empty: the recommended one), `rival` the one to compare it with (empty: of the others the one with
    the best mean).

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    InputError
        If both are the same.
    """
    for name in filter(None, (option, rival)):
        require_option(case, name)
    evaluation = evaluate(case, n=n, seed=seed)
    chosen = option or evaluation.recommendation.option
    other = rival or _best_of_others(evaluation, chosen)
    if other == chosen:
        raise InputError(f"{case.id}: {chosen!r} cannot be its own rival. Name another option, or leave the rival empty.")
    information = information_of(evaluation)
    beaten = beaten_by(evaluation, chosen)
    compared = dict.fromkeys([*evaluation.recommendation.near, chosen, other])
    return Weighing(
        evaluation,
        chosen,
        other,
        summaries_of(evaluation),
        information,
        turns_of(evaluation, information),
        tuple(checks_of(evaluation)),
        parts_of(evaluation),
        {name: break_even_of(evaluation, CONVERSION, name) for name in compared},
        fact_needs_of(evaluation, chosen, other),
        tornado_of(evaluation, chosen, other),
        tornado_of(evaluation, chosen),
        sobol_of(evaluation, chosen, other),
        sobol_of(evaluation, chosen),
        beaten,
        region_of(evaluation, chosen, beaten),
        paths_of(evaluation.model, chosen, evaluation.draws),
        paths_of(evaluation.model, other, evaluation.draws),
    )


def _best_of_others(evaluation: Evaluation, option: str) -> str:
    others = {name: float(value.mean()) for name, value in evaluation.values.items() if name != option}
    return max(others, key=lambda name: others[name])


def parts_of(evaluation: Evaluation) -> pd.DataFrame:
    """Return what the value of each option is made of, USD million; see `Weighing.parts`.

    Adopters do not depend on these facts and cash is a sum, so each part is exact and the means add up.
    """
    model, draws, values = evaluation.model, evaluation.draws, evaluation.values
    present = [fact for fact in PARTS if getattr(model.facts, fact)]
    parts = {fact: _without(evaluation, fact) for fact in present}
    bare = npvs_of(model.with_facts(**dict.fromkeys(present, 0.0)), draws)
    rows = []
    for name in values:
        found = {fact: values[name] - parts[fact][name] for fact in present} | {REST: bare[name]}
        for part, value in found.items():
            low, high = np.percentile(value, [5, 95])
            rows.append({"option": name, "part": part, "mean": float(value.mean()), "p5": float(low), "p95": float(high)})
    return pd.DataFrame(rows)


def _without(evaluation: Evaluation, fact: str) -> dict[str, Floats]:
    return npvs_of(evaluation.model.with_facts(**{fact: 0.0}), evaluation.draws)


def fact_needs_of(evaluation: Evaluation, option: str, rival: str) -> tuple[FactNeed, ...]:
    """Return, for the figures that the case states, where the option breaks even and where its rival overtakes it.

    Figures are sought from a hundredth to a hundred times of what is stated, shares up to 1.
    """
    facts = {name: float(getattr(evaluation.model.facts, name)) for name in ASKED_FACTS}
    stated = {name: value for name, value in facts.items() if value > 0 and (name != "infra_share" or evaluation.model.facts.infra_spend)}
    return tuple(_fact_need(evaluation, name, value, option, rival) for name, value in stated.items())


def _fact_need(evaluation: Evaluation, fact: str, stated: float, option: str, rival: str) -> FactNeed:
    high = 1.0 if fact in SHARES else stated * WIDEST

    def priced(value: float, *names: str) -> dict[str, Floats]:
        return npvs_of(evaluation.model.with_facts(**{fact: value}), evaluation.draws, names)

    def median(value: float) -> float:
        return float(np.median(priced(value, option)[option]))

    def ahead(value: float) -> float:
        both = priced(value, option, rival)
        return float(both[option].mean() - both[rival].mean())

    return FactNeed(fact, stated, _crossing(median, stated, high), _crossing(ahead, stated, high))


def _crossing(value: Callable[[float], float], stated: float, high: float) -> BreakEven:
    return break_even(value, stated / WIDEST, high)


def beaten_by(evaluation: Evaluation, option: str) -> pd.DataFrame:
    """Return the other options by how often they beat one by more than a tie; columns option, share, mean_loss (USD million)."""
    own = evaluation.values[option]
    rows = []
    for name, value in evaluation.values.items():
        if name == option:
            continue
        gap = value - own
        lost = gap > evaluation.tie_tolerance
        rows.append({"option": name, "share": float(lost.mean()), "mean_loss": float(gap[lost].mean()) if lost.any() else 0.0})
    return pd.DataFrame(rows).sort_values(["share", "option"], ascending=[False, True], ignore_index=True)


def region_of(evaluation: Evaluation, option: str, beaten: pd.DataFrame) -> LosingRegion:
    """Return the part of the space of inputs in which an option loses by more than a tie."""
    quantiles, tolerance, n = evaluation.draws.quantiles, evaluation.tie_tolerance, evaluation.draws.n
    box = losing_box(quantiles, regrets(evaluation.values)[option] > tolerance)
    first = beaten.iloc[0]
    if box.limits or not first["share"]:
        return LosingRegion(box, None, n)
    rival = str(first["option"])
    return LosingRegion(losing_box(quantiles, evaluation.values[rival] - evaluation.values[option] > tolerance), rival, n)
