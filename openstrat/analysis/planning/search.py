"""Every combination of license families at median inputs: adopters, revenue at risk and value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.events import events_of
from openstrat.analysis.economics.model import BLOCK, CaseModel, OptionModel, outcomes_of
from openstrat.analysis.economics.position import Family, Position
from openstrat.analysis.economics.ranges import Floats, InputRange
from openstrat.analysis.economics.setting import Setting
from openstrat.analysis.economics.value import kept_share
from openstrat.analysis.planning.candidates import Choices, Families
from openstrat.analysis.planning.combinations import Positions, families_at, place_of, position_blocks
from openstrat.analysis.planning.staffing import Staffing
from openstrat.cases.schema import LayerFacts
from openstrat.terms import Layer


@dataclass(frozen=True)
class Combination:
    """A license family for every layer; `change` is the option whose change of license it makes, None when it tightens nothing."""

    families: Families
    change: str | None = None


@dataclass(frozen=True)
class Searched:
    """All combinations at median inputs, one entry each.

    Attributes
    ----------
    choices : what was searched; entries stand in this order.
    adopters : adopting organizations at the horizon.
    risk : share of revenue that copies of opened layers, other hosts and a better-funded host would take by the horizon.
    value : net present value, USD million.
    """

    choices: tuple[Choices, ...]
    adopters: Floats
    risk: Floats
    value: Floats

    @property
    def n(self) -> int:
        """Number of combinations."""
        return len(self.value)

    def at(self, place: int) -> Combination:
        """Return the combination at a place."""
        for item in self.choices:
            if place < item.n:
                return Combination(families_at(item, place), item.change)
            place -= item.n
        raise IndexError(place)

    def place(self, combination: Combination) -> int | None:
        """Return the place of a combination; None when it was not searched."""
        start = 0
        for item in self.choices:
            if item.change == combination.change:
                found = place_of(item, combination.families)
                return None if found is None else start + found
            start += item.n
        return None


def search(
    model: CaseModel,
    choices: tuple[Choices, ...],
    *,
    layers: Mapping[Layer, LayerFacts],
    families: Mapping[str, Family],
    ranges: Mapping[str, InputRange],
    staffing: Staffing,
) -> Searched:
    """Return every combination at median inputs.

    A change of license is followed by a fork here when that is more likely than not. Time and memory grow with the number of
    combinations; `candidates` bounds it.
    """
    found: list[tuple[Floats, Floats, Floats]] = []
    for item in choices:
        change = model.options[item.change] if item.change else None
        blocks = position_blocks(item, layers, families, model.constants, most=BLOCK)
        found += _searched(model, change, blocks, ranges, staffing)
    adopters, risk, value = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Searched(choices, adopters, risk, value)


def _searched(
    model: CaseModel, change: OptionModel | None, blocks: Iterator[Positions], ranges: Mapping[str, InputRange], staffing: Staffing
) -> Iterator[tuple[Floats, Floats, Floats]]:
    draws: Draws | None = None
    for positions in blocks:
        if draws is None or draws.n != positions.n:
            draws = medians(ranges, positions.n)
        if change is None:
            yield _at_medians(model, _option_for(positions, staffing), draws)
        else:
            yield _with_change(model, positions, staffing, change, ranges)


def _at_medians(model: CaseModel, option: OptionModel, draws: Draws) -> tuple[Floats, Floats, Floats]:
    outcome = outcomes_of(replace(model, options={"all": option}), draws)["all"]
    return outcome.adopters, revenue_at_risk(model, option, draws), outcome.npv


def _with_change(
    model: CaseModel, positions: Positions, staffing: Staffing, change: OptionModel, ranges: Mapping[str, InputRange]
) -> tuple[Floats, Floats, Floats]:
    """Price combinations that change a license: what the change frees is one number to the equations, so equal ones go together."""
    found = np.empty((3, positions.n))
    for exposure in np.unique(positions.host_exposure):
        hit = positions.host_exposure == exposure
        option = _option_for(positions.where(hit), staffing, change)
        alike = replace(option, position=replace(option.position, host_exposure=float(exposure)))
        found[:, hit] = _at_medians(model, alike, medians(ranges, int(hit.sum())))
    return found[0], found[1], found[2]


def _option_for(positions: Positions, staffing: Staffing, change: OptionModel | None = None) -> OptionModel:
    """Return many options at once, ready to be priced: staffed by the rule, with the change of license that they make."""
    # the equations work entry by entry, so arrays stand where one option has numbers
    fte = cast("float", staffing.people(positions.openness))
    priced = cast("Position", positions)
    if change is None:
        return OptionModel("all", priced, fte)
    return OptionModel("all", priced, fte, change.relicense, change.fork_probability)


def revenue_at_risk(model: CaseModel, option: OptionModel, draws: Draws) -> Floats:
    """Return the share of revenue that is taken by the horizon (equations 5 to 7), 0 to 1, one entry a draw or combination.

    Taken by copies of what is given away (G), by others who host what they may (H), and by a better-funded host that arrives; what a
    restriction would bring back is not set against it.
    """
    setting = Setting(model.facts, option.position, draws, model.constants, option.fte, option.relicense, option.fork_probability)
    events = events_of(setting)
    kept = kept_share(setting, events) / events.gain
    return np.asarray(1 - kept * (1 - events.entrant_loss[-1]))


def medians(ranges: Mapping[str, InputRange], n: int) -> Draws:
    """Return `n` equal draws in which every input has its median."""
    return Draws(ranges, {}, {name: np.full(n, item.middle) for name, item in ranges.items()})
