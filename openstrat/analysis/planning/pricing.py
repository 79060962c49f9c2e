"""Combinations priced over draws: the frontier, the best by value, the case's own, and whatever one more step improves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from openstrat.analysis.decision.recommendation import Recommendation, recommend
from openstrat.analysis.decision.regret import Floats, Values
from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.model import CaseModel, OptionModel, npvs_of
from openstrat.analysis.economics.position import Family, position_of
from openstrat.analysis.planning.candidates import Choices
from openstrat.analysis.planning.frontier import thinned
from openstrat.analysis.planning.search import Combination, Searched, option_for
from openstrat.analysis.planning.staffing import Staffing
from openstrat.cases.schema import LayerFacts
from openstrat.terms import Layer

MOST_ON_FRONTIER = 40
"""So many combinations of the frontier are priced; a longer one is thinned evenly."""
MOST_BY_VALUE = 15
"""So many combinations with the best value at median inputs are priced beside the frontier."""
MOST_STEPS = 12
"""The search over draws goes on from the best mean, one layer at a time, for at most so many steps."""

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

    @property
    def unlisted(self) -> tuple[str, ...]:
        """Names of the combinations that are no option of the case."""
        return tuple(name for name in self.combinations if name not in self.listed)


@dataclass(frozen=True)
class Choice:
    """The combination taken among all that were priced, the best of the case's own, and the best of the others.

    `gain` is the value of the best unlisted one less that of the best listed one, one entry a draw, USD million.
    """

    overall: Recommendation
    listed: Recommendation
    unlisted: Recommendation | None
    gain: Floats | None

    @property
    def is_tie(self) -> bool:
        """Whether the best listed and the best unlisted combination cannot be told apart by their mean."""
        if self.unlisted is None or self.gain is None:
            return False
        return self.listed.option in self.overall.tie and self.unlisted.option in self.overall.tie

    @property
    def is_unlisted_better(self) -> bool:
        """Whether an unlisted combination is taken and no listed one ties with it."""
        return self.unlisted is not None and self.overall.option == self.unlisted.option and not self.is_tie


def option_maker(
    model: CaseModel, layers: Mapping[Layer, LayerFacts], families: Mapping[str, Family], staffing: Staffing
) -> OptionOf:
    """Return a function that makes a combination ready to be priced."""

    def made(combination: Combination) -> OptionModel:
        position = position_of(layers, combination.families, families, model.constants)
        return option_for(position, staffing, model.options[combination.change] if combination.change else None)

    return made


def first_members(searched: Searched, front: Iterable[int], listed: Mapping[str, Combination]) -> dict[str, Combination]:
    """Return the combinations to price: the case's own, the frontier (thinned), and the best by value at median inputs."""
    places = list(front)
    kept = [places[place] for place in thinned(len(places), MOST_ON_FRONTIER)]
    best = np.argsort(-searched.value, kind="stable")[:MOST_BY_VALUE]
    members: dict[str, Combination] = {}
    for name, combination in listed.items():
        if combination not in members.values():
            members[name] = combination
    for place in [*kept, *(int(place) for place in best)]:
        _add(members, searched.at(place))
    return members


def _add(members: dict[str, Combination], combination: Combination) -> None:
    if combination not in members.values():
        n_unlisted = sum(name.startswith("combination_") for name in members)
        members[f"combination_{n_unlisted + 1}"] = combination


def price(
    model: CaseModel, members: dict[str, Combination], choices: tuple[Choices, ...], option_of: OptionOf, draws: Draws, listed: Iterable[str]
) -> Members:
    """Return the members priced over the draws, and the best of them improved one layer at a time until no step raises the mean."""
    members = dict(members)
    values = values_of(model, members, option_of, draws)
    for _ in range(MOST_STEPS):
        best = max(values, key=lambda name: float(values[name].mean()))
        around = {f"step_{place}": item for place, item in enumerate(neighbors(members[best], choices))}
        tried = values_of(model, around, option_of, draws)
        step = max(tried, key=lambda name: float(tried[name].mean()), default=None)
        if step is None or tried[step].mean() <= values[best].mean() or around[step] in members.values():
            break
        _add(members, around[step])
        values = {**values, list(members)[-1]: tried[step]}
    options = {name: option_of(item) for name, item in members.items()}
    return Members(members, options, values, tuple(name for name in listed if name in members))


def values_of(model: CaseModel, members: Mapping[str, Combination], option_of: OptionOf, draws: Draws) -> dict[str, Floats]:
    """Return the value of each combination in each draw, USD million."""
    return npvs_of(replace(model, options={name: option_of(item) for name, item in members.items()}), draws) if members else {}


def neighbors(combination: Combination, choices: tuple[Choices, ...]) -> list[Combination]:
    """Return the combinations that differ in one layer, under the same change of license."""
    inside = next((item.families for item in choices if item.change == combination.change), {})
    return [
        Combination({**combination.families, layer: family}, combination.change)
        for layer, choice in inside.items()
        for family in choice
        if family != combination.families[layer]
    ]


def choose(model: CaseModel, members: Members, drawn: Mapping[str, Draws], draws: Draws) -> Choice:
    """Return what the recommendation rule takes among all, among the case's own, and among the others.

    Combinations with a mean below the worst of the case's own are left out, so that bad company widens no tie.
    """
    means = {name: float(given.mean()) for name, given in members.values.items()}
    floor = min(means[name] for name in members.listed)
    kept = [name for name in members.values if means[name] >= floor]
    values = {name: members.values[name] for name in kept}
    priced = replace(model, options={name: members.options[name] for name in kept})
    futures = {future: values if given is draws else npvs_of(priced, given) for future, given in drawn.items()}
    openness = {name: members.options[name].position.openness for name in kept}
    shares = {"near_share": model.constants["near_best"], "tie_share": model.constants["tie_share"]}

    def taken(names: Iterable[str]) -> Recommendation:
        own = list(names)
        inside = {future: {name: given[name] for name in own} for future, given in futures.items()}
        return recommend({name: values[name] for name in own}, inside, {name: openness[name] for name in own}, **shares)

    listed, unlisted = taken(members.listed), [name for name in kept if name not in members.listed]
    if not unlisted:
        return Choice(taken(kept), listed, None, None)
    other = taken(unlisted)
    return Choice(taken(kept), listed, other, values[other.option] - values[listed.option])
