"""A case evaluated: what its options are worth over the draws, which one to take, and what would change that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from openstrat.analysis.decision.break_even import BreakEven, break_even
from openstrat.analysis.decision.discovery import Box, losing_box
from openstrat.analysis.decision.information import (
    Turn,
    turning_point,
    value_of_partial_information,
    value_of_perfect_information,
)
from openstrat.analysis.decision.recommendation import Recommendation, recommend, summary_statistics
from openstrat.analysis.decision.regret import Floats, Values, chance_best, payoff_table, regret_table, regrets
from openstrat.analysis.decision.sensitivity import sobol_indices, tornado
from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.model import CaseModel, Outcome, npv_of, npvs_of, outcomes_of
from openstrat.analysis.modeling import draws_of, futures_of, model_of
from openstrat.cases.schema import Case, Facts
from openstrat.errors import UnknownNameError

__all__ = [
    "Evaluation",
    "break_even_of",
    "checks_of",
    "discovery_of",
    "evaluate",
    "information_of",
    "inputs_of",
    "sobol_of",
    "summaries_of",
    "tornado_of",
    "turns_of",
]

SOBOL_ROWS = 2_048
MOST_TURNS = 5
STATED = "stated"
"""Mark of a range that the case sets itself."""
FACT = "facts."
SHARES = ("moat", "infra_share", "infra_gm")
"""Facts that cannot exceed 1."""
WIDEST = 100.0
"""Break-evens are sought from a hundredth to a hundred times of a figure (assumption)."""


@dataclass(frozen=True)
class Evaluation:
    """All options of a case over the same draws.

    Attributes
    ----------
    case : the case.
    model, draws : the economics and the draws, for further questions.
    outcomes : by option, arrays with one entry a draw.
    payoffs, regrets : mean value and regret by named future (rows) and option (columns), USD million.
    recommendation : the option taken, ties, and why.
    seed : what the draws were made from.
    """

    case: Case
    model: CaseModel
    draws: Draws
    outcomes: Mapping[str, Outcome]
    payoffs: pd.DataFrame
    regrets: pd.DataFrame
    recommendation: Recommendation
    seed: int

    @property
    def values(self) -> Values:
        """Net present value of each option in each draw, USD million."""
        return {name: outcome.npv for name, outcome in self.outcomes.items()}

    @property
    def tie_tolerance(self) -> float:
        """Differences up to this are a tie, USD million."""
        return self.model.constants["tie_share"] * self.recommendation.scale

    @property
    def rival(self) -> str:
        """The option that comes next: of the others, the one with the best mean."""
        others = [name for name in self.outcomes if name != self.recommendation.option]
        return max(others, key=lambda name: float(self.outcomes[name].npv.mean()))


def evaluate(case: Case, *, n: int = 8_000, seed: int = 7) -> Evaluation:
    """Return the options of a case priced over `n` draws and over every named future, with a recommendation.

    The same case, `n` and `seed` give the same figures to the last bit on one platform.
    """
    model = model_of(case)
    draws = draws_of(case, n=n, seed=seed)
    outcomes = outcomes_of(model, draws)
    values = {name: outcome.npv for name, outcome in outcomes.items()}
    drawn = futures_of(draws, model.constants)
    futures = {name: values if given is draws else npvs_of(model, given) for name, given in drawn.items()}
    payoffs = payoff_table(futures)
    recommendation = recommend(
        values,
        futures,
        {name: option.position.openness for name, option in model.options.items()},
        near_share=model.constants["near_best"],
        tie_share=model.constants["tie_share"],
    )
    return Evaluation(case, model, draws, outcomes, payoffs, regret_table(payoffs), recommendation, seed)


def summaries_of(evaluation: Evaluation) -> pd.DataFrame:
    """Return one row an option, in the case's order.

    Columns: option, p5, p50, p95, mean (net present value, USD million), p_positive, p_best (0 to 1), mean_regret, p95_regret,
    max_regret (worst named future; all USD million), worst_future, satisficing (share of named futures with a mean of zero or more),
    adopters, revenue_year_5 and payback_years (medians; payback infinite when it does not come within the horizon), is_recommended,
    is_tied, fork_probability (0 unless the option changes a license).
    """
    drawn_regrets, best = regrets(evaluation.values), chance_best(evaluation.values)
    rows = []
    for name, outcome in evaluation.outcomes.items():
        by_future = evaluation.regrets[name]
        rows.append(
            {
                "option": name,
                **summary_statistics(outcome.npv),
                "p_positive": float((outcome.npv > 0).mean()),
                "p_best": best[name],
                "mean_regret": float(drawn_regrets[name].mean()),
                "p95_regret": float(np.percentile(drawn_regrets[name], 95)),
                "max_regret": float(by_future.max()),
                "worst_future": str(by_future.idxmax()),
                "satisficing": float((evaluation.payoffs[name] >= 0).mean()),
                "adopters": float(np.median(outcome.adopters)),
                "revenue_year_5": float(np.median(outcome.revenue_year_5)),
                "payback_years": float(np.median(outcome.payback_years)),
                "is_recommended": name == evaluation.recommendation.option,
                "is_tied": name in evaluation.recommendation.tie,
                "fork_probability": evaluation.model.options[name].fork_probability,
            }
        )
    return pd.DataFrame(rows)


def inputs_of(evaluation: Evaluation) -> pd.DataFrame:
    """Return every uncertain input with its range and who set it.

    Columns: input, part, meaning, unit, shape, low, mode, high, mark, basis, set_by, source_ids (tuple).
    """
    rows = [{"input": name, **vars(item)} for name, item in evaluation.draws.ranges.items()]
    return pd.DataFrame(rows).drop(columns="name")


@dataclass(frozen=True)
class Information:
    """What knowing more would be worth, USD million: of everything (`evpi`), by input, and the floor that chance gives."""

    evpi: float
    by_input: pd.DataFrame
    noise_floor: float


def information_of(evaluation: Evaluation) -> Information:
    """Return the value of perfect information, of each input alone, and the noise floor; all USD million."""
    table, floor = value_of_partial_information(evaluation.values, evaluation.draws.quantiles, seed=evaluation.seed)
    return Information(value_of_perfect_information(evaluation.values), table, floor)


def turns_of(evaluation: Evaluation, information: Information) -> tuple[Turn, ...]:
    """Return where the inputs that are worth knowing turn the choice, the most valuable first; at most five.

    Empty when even knowing everything would be worth no more than a tie.
    """
    if information.evpi <= evaluation.tie_tolerance:
        return ()
    chosen = evaluation.recommendation.option
    worth = information.by_input[information.by_input["is_above_noise"]]["input"]
    turns = [turning_point(evaluation.values, chosen, str(name), evaluation.draws.quantiles[str(name)]) for name in worth]
    return tuple(turn for turn in turns if turn is not None)[:MOST_TURNS]


def tornado_of(evaluation: Evaluation, option: str, rival: str | None = None) -> pd.DataFrame:
    """Return the tornado of one option's value, or of its difference to a rival; see `decision.sensitivity.tornado`."""
    return tornado(_priced(evaluation, option, rival), _inputs(evaluation))


def sobol_of(evaluation: Evaluation, option: str, rival: str | None = None, *, n: int = SOBOL_ROWS) -> pd.DataFrame:
    """Return Sobol indices of one option's value, or of its difference to a rival; see `decision.sensitivity.sobol_indices`."""
    return sobol_indices(_priced(evaluation, option, rival), _inputs(evaluation), n=n, seed=evaluation.seed)


def _inputs(evaluation: Evaluation) -> dict[str, Callable[[Floats], Floats]]:
    return {name: item.at for name, item in evaluation.draws.ranges.items()}


def _priced(evaluation: Evaluation, option: str, rival: str | None) -> Callable[[Mapping[str, Floats]], Floats]:
    def priced(values: Mapping[str, Floats]) -> Floats:
        draws = Draws(evaluation.draws.ranges, {}, values)
        found = npvs_of(evaluation.model, draws, [option] if rival is None else [option, rival])
        return found[option] if rival is None else found[option] - found[rival]

    return priced


def discovery_of(evaluation: Evaluation) -> Box:
    """Return the part of the space of inputs in which the recommended option loses by more than a tie; see `decision.discovery`."""
    lost = regrets(evaluation.values)[evaluation.recommendation.option]
    return losing_box(evaluation.draws.quantiles, lost > evaluation.tie_tolerance)


def break_even_of(evaluation: Evaluation, field: str, option: str) -> BreakEven:
    """Return the figure at which an option's median net present value is zero.

    `field` is an uncertain input, or a number among the case's facts ('facts.acv' where an input has the same name). A log-uniform
    input is scaled and the answer is its geometric mean times the case's factor on it; any other is fixed at one value in all draws:
    inside its range, or far beyond it where the case states the range.

    Raises
    ------
    UnknownNameError
        If there is no such fact or input.
    """
    draws, model = evaluation.draws, evaluation.model
    if field in draws.ranges:
        item = draws.ranges[field]
        if item.shape == "log_uniform":
            middle = item.middle * getattr(model.facts, f"{field}_scale", 1.0)
            highest = min(1.0, middle * WIDEST) if item.unit.startswith("share") else middle * WIDEST
            return break_even(lambda x: _median(model, option, draws.scaled(field, x / middle)), middle / WIDEST, highest)
        low, high = (item.low / WIDEST, item.high * WIDEST) if item.mark == STATED else (item.low, item.high)
        high = min(high, 1.0) if item.unit.startswith("share") else high
        return break_even(lambda x: _median(model, option, draws.with_value(field, x)), low, high)
    fact = field.removeprefix(FACT)
    numbers = [name for name, kind in Facts.model_fields.items() if kind.annotation is float or name in SHARES]
    if fact not in numbers:
        raise UnknownNameError("figure", field, [*draws.ranges, *(FACT + name for name in numbers)])
    given = float(getattr(model.facts, fact))
    low, high = (given / WIDEST, given * WIDEST) if given > 0 else (0.0, 1.0)
    high = min(high, 1.0) if fact in SHARES else high
    return break_even(lambda x: _median(model.with_facts(**{fact: x}), option, draws), low, high)


def _median(model: CaseModel, option: str, draws: Draws) -> float:
    return float(np.median(npv_of(model, option, draws)))


def checks_of(evaluation: Evaluation) -> list[str]:
    """Return what looks too good to be true, or too incomplete to be priced: a sentence each, empty when nothing does."""
    constants, facts, table = evaluation.model.constants, evaluation.model.facts, summaries_of(evaluation)
    carried = f"; existing revenue of USD {facts.R0:g} million a year carries much of it" if facts.R0 else ""
    high, fast = constants["check_positive_above"], constants["check_payback_below"]
    gates = [
        (table["p_positive"] > high, f"a positive value in more than {high:.0%} of draws"),
        (table["payback_years"] < fast, f"a median payback below {fast:g} years"),
    ]
    found = [f"{_named(table.loc[hit, 'option'], len(table))} {words}{carried}." for hit, words in gates if hit.any()]
    checks = [f"Check inputs: {sentence}" for sentence in found + _unpriced_changes(evaluation.case)]
    if (table["p50"] < 0).all():
        checks.append("Check the plan: no option has a median value above zero: none of them is a business yet.")
    return checks


def _named(options: pd.Series, n_all: int) -> str:
    names = [str(name).replace("_", " ") for name in options]
    if len(names) == n_all:
        return f"all {n_all} options have"
    return f"{', '.join(names)} {'has' if len(names) == 1 else 'have'}"


def _unpriced_changes(case: Case) -> list[str]:
    """Name options that change the license of an open layer without saying what that sets off."""
    found = []
    for name, option in case.options.items():
        licenses = case.licenses_of(name)
        changed = [layer.label for layer, facts in case.layers.items() if facts.license_now and licenses.get(layer) != facts.license_now]
        if changed and option.relicense is None:
            shown = name.replace("_", " ")
            found.append(f"{shown} changes the license of {', '.join(changed)} but states no backlash and no host revenue (relicense).")
    return found


def require_option(case: Case, option: str) -> str:
    """Return the option, or say which ones the case has.

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    if option not in case.options:
        raise UnknownNameError("option", option, case.options)
    return option
