"""Combinations priced over draws: the frontier, the best by value, the case's own, and whatever one more step improves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from openstrat.analysis.decision.recommendation import Recommendation, recommend
from openstrat.analysis.decision.regret import Floats, Values, payoff_table, regret_table
from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.model import CaseModel, OptionModel, npvs_of
from openstrat.analysis.economics.position import Family, position_of
from openstrat.analysis.planning.candidates import Choices
from openstrat.analysis.planning.frontier import thinned
from openstrat.analysis.planning.search import Combination, Searched
from openstrat.analysis.planning.staffing import Staffing
from openstrat.cases.schema import LayerFacts
from openstrat.terms import Layer, Term

MOST_ON_FRONTIER = 40
"""So many combinations of the frontier are priced; a longer one is thinned evenly."""
MOST_BY_VALUE = 15
"""So many combinations with the best value at median inputs are priced beside the frontier."""
MOST_STEPS = 12
"""The search over draws goes on from the best mean, one layer at a time, for at most so many steps."""

UNLISTED = "combination_"
"""Names of combinations that the case does not list start so."""
OptionOf = Callable[[Combination], OptionModel]


@dataclass(frozen=True)
class Members:
    """Combinations priced over the same draws, by name: an option of the case by its own, others as `combination_1` and up."""

    combinations: Mapping[str, Combination]
    options: Mapping[str, OptionModel]
    values: Values
    listed: tuple[str, ...]

    def name_of(self, combination: Combination) -> str | None:
        """Return the name of a combination, None when it was not priced."""
        return next((name for name, item in self.combinations.items() if item == combination), None)


class Standing(Term):
    """How the combinations that the case does not list stand beside its own options."""

    BETTER = "better", "One has a mean that is higher by more than a tie."
    STURDIER = "sturdier", "One ties in the mean, and has clearly less regret in its worst named future."
    TIED = "tied", "The rule would take one of them, but it cannot be told from the best option of the case."
    BEHIND = "behind", "The rule takes an option of the case."


@dataclass(frozen=True)
class Choice:
    """What the recommendation rule takes.

    Attributes
    ----------
    overall, listed : the rule on everything, and on the case's own options alone.
    unlisted : the best of the combinations that the case does not list; None when each is worse than the worst of its options.
    gain : value of the best unlisted one less that of the best listed one, one entry a draw, USD million.
    worst : regret in the worst named future by name, among everything; USD million.
    standing : how the unlisted ones stand.
    tolerance : differences up to this are a tie, USD million.
    """

    overall: Recommendation
    listed: Recommendation
    unlisted: Recommendation | None
    gain: Floats | None
    worst: Mapping[str, float]
    standing: Standing
    tolerance: float

    @property
    def taken(self) -> str:
        """The name of the combination taken: an unlisted one has to beat the case's own by more than a tie."""
        return self.overall.option if self.standing in (Standing.BETTER, Standing.STURDIER) else self.listed.option


def option_maker(model: CaseModel, layers: Mapping[Layer, LayerFacts], families: Mapping[str, Family], staffing: Staffing) -> OptionOf:
    """Return a function that makes a combination ready to be priced."""

    def made(combination: Combination) -> OptionModel:
        position = position_of(layers, combination.families, families, model.constants)
        fte = staffing.people_at(position.openness)
        if combination.change is None:
            return OptionModel("combination", position, fte)
        change = model.options[combination.change]
        return OptionModel("combination", position, fte, change.relicense, change.fork_probability)

    return made


def first_members(searched: Searched, front: Iterable[int], listed: Mapping[str, Combination]) -> dict[str, Combination]:
    """Return the combinations to price: the case's own, the frontier (thinned), and the best by value at median inputs."""
    places = list(front)
    kept = [places[place] for place in thinned(len(places), MOST_ON_FRONTIER)]
    best = np.argsort(-searched.value, kind="stable")[:MOST_BY_VALUE]
    members = dict(listed)
    for place in [*kept, *(int(place) for place in best)]:
        add_member(members, searched.at(place))
    return members


def add_member(members: dict[str, Combination], combination: Combination) -> str:
    """Add a combination under the next free name unless it is there already; return its name."""
    known = next((name for name, item in members.items() if item == combination), None)
    if known is not None:
        return known
    name = f"{UNLISTED}{sum(name.startswith(UNLISTED) for name in members) + 1}"
    members[name] = combination
    return name


def price(model: CaseModel, first: Mapping[str, Combination], choices: tuple[Choices, ...], option_of: OptionOf, draws: Draws) -> Members:
    """Return the members priced over the draws, and the best of them improved one layer at a time until no step raises the mean.

    The case's own options keep their own people, so that they come to the same figures as in an evaluation.
    """
    members = dict(first)
    options = {name: model.options.get(name) or option_of(item) for name, item in members.items()}
    values = npvs_of(replace(model, options=options), draws)
    for _ in range(MOST_STEPS):
        best = max(values, key=lambda name: float(values[name].mean()))
        around = [item for item in neighbors(members[best], choices) if item not in members.values()]
        tried = priced_all(model, around, option_of, draws)
        place = max(range(len(around)), key=lambda place: float(tried[place].mean()), default=None)
        if place is None or tried[place].mean() <= values[best].mean():
            break
        name = add_member(members, around[place])
        options[name], values[name] = option_of(around[place]), tried[place]
    return Members(members, options, values, tuple(model.options))


def priced_all(model: CaseModel, combinations: Sequence[Combination], option_of: OptionOf, draws: Draws) -> list[Floats]:
    """Return the value of each combination in each draw, USD million, in their order."""
    options = {str(place): option_of(item) for place, item in enumerate(combinations)}
    return list(npvs_of(replace(model, options=options), draws).values()) if options else []


def neighbors(combination: Combination, choices: tuple[Choices, ...]) -> list[Combination]:
    """Return the combinations that differ in one layer, under the same change of license."""
    inside = next((item.families for item in choices if item.change == combination.change), {})
    return [
        Combination({**combination.families, layer: family}, combination.change)
        for layer, choice in inside.items()
        for family in choice
        if family != combination.families[layer]
    ]


def choose_listed(model: CaseModel, drawn: Mapping[str, Draws]) -> Recommendation:
    """Return what the recommendation rule takes among the case's own options; `drawn` are the named futures, the baseline first."""
    futures = {future: npvs_of(model, draws) for future, draws in drawn.items()}
    return _rule(model, model.options, futures)


def choose(model: CaseModel, members: Members, drawn: Mapping[str, Draws], listed: Recommendation) -> Choice:
    """Return what the recommendation rule takes among all that were priced, and how the unlisted ones stand.

    Combinations with a mean below the worst of the case's own are left out, so that bad company widens no tie. An unlisted one is
    better when it is taken and its mean is higher than that of the best listed one by more than a tie, and sturdier when the means tie
    but the worst regret of the listed one is higher by more than what keeps an option near the best.
    """
    means = {name: float(given.mean()) for name, given in members.values.items()}
    floor = min(means[name] for name in members.listed)
    kept = {name: option for name, option in members.options.items() if means[name] >= floor}
    futures = {future: npvs_of(replace(model, options=kept), draws) for future, draws in drawn.items()}
    overall = _rule(model, kept, futures)
    others = {name: option for name, option in kept.items() if name not in members.listed}
    unlisted = overall if overall.option in others else _rule(model, others, futures) if others else None
    gain = members.values[unlisted.option] - members.values[listed.option] if unlisted else None
    worst = {str(name): float(value) for name, value in regret_table(payoff_table(futures)).max(axis=0).items()}
    tolerance = model.constants["tie_share"] * overall.scale
    taken = overall.option
    standing = _standing(
        taken,
        members,
        means[taken] - means[listed.option],
        worst[listed.option] - worst[taken],
        tolerance=tolerance,
        clearly=model.constants["near_best"] * overall.scale,
    )
    return Choice(overall, listed, unlisted, gain, worst, standing, tolerance)


def _rule(model: CaseModel, options: Mapping[str, OptionModel], futures: Mapping[str, Values]) -> Recommendation:
    inside = {future: {name: given[name] for name in options} for future, given in futures.items()}
    openness = {name: option.position.openness for name, option in options.items()}
    shares = {"near_share": model.constants["near_best"], "tie_share": model.constants["tie_share"]}
    return recommend(next(iter(inside.values())), inside, openness, **shares)


def _standing(taken: str, members: Members, ahead: float, less_regret: float, *, tolerance: float, clearly: float) -> Standing:
    """Name how the unlisted ones stand; `ahead` and `less_regret` are what the taken one has before the best listed one."""
    if taken in members.listed:
        return Standing.BEHIND
    if ahead > tolerance:
        return Standing.BETTER
    return Standing.STURDIER if less_regret > clearly else Standing.TIED
