"""What to open of a case's stack and under which license, answered from the case and the shipped tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from openstrat.analysis.brief import layer_precedents_of
from openstrat.analysis.economics.model import CaseModel, OptionModel, outcomes_of
from openstrat.analysis.economics.position import families_from, licenses_now
from openstrat.analysis.economics.ranges import InputRange
from openstrat.analysis.modeling import draws_of, families_of, futures_of, model_of, ranges_of
from openstrat.analysis.planning.advice import LayerAdvice, advise, moves
from openstrat.analysis.planning.candidates import Candidates, Families, candidates_of
from openstrat.analysis.planning.conflicts import conflicts_of
from openstrat.analysis.planning.frontier import Places, frontier
from openstrat.analysis.planning.plan import Axes, OpeningPlan, difference_words, dominating, members_table
from openstrat.analysis.planning.pricing import (
    Choice,
    Members,
    OptionOf,
    add_member,
    choose,
    choose_listed,
    first_members,
    neighbors,
    option_maker,
    price,
    priced_all,
)
from openstrat.analysis.planning.rates import base_rates
from openstrat.analysis.planning.search import Combination, Searched, medians, revenue_at_risk, search
from openstrat.analysis.planning.staffing import Staffing, staffing_from
from openstrat.analysis.strategy.finding import Finding
from openstrat.analysis.strategy.layer_map import read_layers
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.analysis.strategy.layer_rules import adoption_against_revenue, middle_layer, name_is_kept, paid_layer_beside
from openstrat.cases.schema import CLOSED, Case, Option
from openstrat.tables.store import read_table
from openstrat.terms import LAYER_ASSET, AssetType, Layer, Stance

__all__ = ["opening_plan_of"]

TAKEN = "combination taken"
RELEASES_SOURCE = "openstrat-releases"
LEFT_OUT = "It leaves out people, delay and discounting, which the priced difference holds."
ELSEWHERE = "It counts paying adopters alone: what computing and a weakened rival bring is in the priced difference, not here."


@dataclass(frozen=True)
class _Setup:
    """A case ready to be searched: economics, families, staffing, the case's own options as combinations."""

    case: Case
    model: CaseModel
    ranges: Mapping[str, InputRange]
    option_families: Mapping[str, Families]
    listed: Mapping[str, Combination]
    candidates: Candidates
    staffing: Staffing
    option_of: OptionOf
    searched: Searched
    front: Places


def opening_plan_of(case: Case, *, families: Sequence[str] = (), n: int = 8_000, seed: int = 7) -> OpeningPlan:
    """Return what to open, decide or hold, layer by layer, with the frontier of all combinations of license families.

    Every combination is computed at median inputs; the frontier, the best by value, the case's own options and whatever improves on
    the best of them one layer at a time are priced over `n` draws and the named futures, and the recommendation rule chooses.

    Parameters
    ----------
    case
        The checked case.
    families
        License families to try beside closed; empty: the usual ones of each kind of layer.
    n, seed
        Draws, and what they are made from.

    Raises
    ------
    UnknownNameError
        If a family is none.
    InputError
        If there are too many combinations.
    """
    model, draws = model_of(case), draws_of(case, n=n, seed=seed)
    drawn = futures_of(draws, model.constants)
    listed = choose_listed(model, drawn)
    setup = _set_up(case, model, families, reference=listed.option)
    beaten_by = {name: _dominator(setup, name) for name in setup.listed}
    first = first_members(setup.searched, setup.front, setup.listed)
    for place in beaten_by.values():
        if place is not None:
            add_member(first, setup.searched.at(place))
    members = price(setup.model, first, setup.candidates.choices, setup.option_of, draws)
    choice = choose(setup.model, members, drawn, listed)
    taken, value = members.combinations[choice.taken], members.values[choice.taken]
    around = neighbors(taken, setup.candidates.choices)
    moved = list(zip(around, priced_all(setup.model, around, setup.option_of, draws), strict=True))
    general = read_table("layers").set_index("layer_id")["stance"]
    readings = read_layers(case, {str(layer): str(stance) for layer, stance in general.items()})
    layers = advise(taken, value, moved, readings, {layer: Stance(general[layer.value]) for layer in Layer}, tolerance=choice.tolerance)
    return OpeningPlan(
        case=case,
        candidates=setup.candidates,
        staffing=setup.staffing,
        searched=setup.searched,
        front=setup.front,
        members=_members_frame(setup, members, choice),
        options=_options_frame(setup, members, beaten_by),
        choice=choice,
        taken=taken,
        layers=layers,
        moves=moves(taken, value, moved, tolerance=choice.tolerance),
        conflicts=conflicts_of(readings, setup.option_families, taken.families),
        findings=_findings(setup, taken, layers),
        rates=base_rates(read_table("projects"), read_table("openness_base_rates"), read_table("release_components")),
        precedents=layer_precedents_of(_stances(layers)),
        licenses=_licenses(case, layers),
        sources=_sources(),
        n=n,
        seed=seed,
    )


def _set_up(case: Case, model: CaseModel, wanted: Sequence[str], *, reference: str) -> _Setup:
    ranges = ranges_of(case)
    option_families = {name: families_of(case, case.licenses_of(name)) for name in case.options}
    now = families_of(case, licenses_now(case))
    table = read_table("family_licenses")
    suits = {AssetType(str(asset)): tuple(map(str, group["family"])) for asset, group in table.groupby("asset")}
    candidates = candidates_of(case, now, option_families, suits, wanted=wanted)
    coefficients = families_from(read_table("family_coefficients"))
    staffing = staffing_from(model.options, reference)
    searched = search(model, candidates.choices, layers=case.layers, families=coefficients, ranges=ranges, staffing=staffing)
    front = frontier(searched.adopters, searched.risk, searched.value)
    changes = {item.change for item in candidates.choices}
    listed = {name: Combination(families, name if name in changes else None) for name, families in option_families.items()}
    option_of = option_maker(model, case.layers, coefficients, staffing)
    return _Setup(case, model, ranges, option_families, listed, candidates, staffing, option_of, searched, front)


def _axes(setup: _Setup, combination: Combination, option: OptionModel) -> Axes:
    """Return adopters, revenue at risk and value at median inputs: staffed by the rule, or as the option is when it was not searched."""
    place = setup.searched.place(combination)
    if place is not None:
        return Axes(*(float(values[place]) for values in (setup.searched.adopters, setup.searched.risk, setup.searched.value)))
    draws = medians(setup.ranges, 1)
    outcome = outcomes_of(replace(setup.model, options={"one": option}), draws)["one"]
    return Axes(float(outcome.adopters[0]), float(revenue_at_risk(setup.model, option, draws)[0]), float(outcome.npv[0]))


def _dominator(setup: _Setup, name: str) -> int | None:
    return dominating(setup.searched, setup.front, _axes(setup, setup.listed[name], setup.model.options[name]))


def _members_frame(setup: _Setup, members: Members, choice: Choice) -> pd.DataFrame:
    axes = {name: _axes(setup, item, members.options[name]) for name, item in members.combinations.items()}
    front = {name for name, at in axes.items() if dominating(setup.searched, setup.front, at) is None}
    words = {name: difference_words(item.families, setup.option_families) for name, item in members.combinations.items()}
    return members_table(members, axes, front, choice, words)


def _options_frame(setup: _Setup, members: Members, beaten_by: Mapping[str, int | None]) -> pd.DataFrame:
    searched, rows = setup.searched, []
    for name, place in beaten_by.items():
        at = _axes(setup, setup.listed[name], setup.model.options[name])
        beaten = {
            "dominated_by": None if place is None else members.name_of(searched.at(place)),
            "more_adopters": None if place is None else float(searched.adopters[place]) - at.adopters,
            "less_risk": None if place is None else at.risk - float(searched.risk[place]),
        }
        own = {"mean": float(members.values[name].mean()), "people": setup.model.options[name].fte}
        rows.append({"option": name, "adopters": at.adopters, "risk": at.risk, "is_on_front": place is None, **beaten, **own})
    return pd.DataFrame(rows)


def _findings(setup: _Setup, taken: Combination, layers: Sequence[LayerAdvice]) -> tuple[Finding, ...]:
    """Apply rules LY0 to LY2 to the combination taken, and LY3 to every layer that draws people in and is paid for."""
    opened = {layer: family for layer, family in taken.families.items() if family != CLOSED}
    case = setup.case.model_copy(update={"options": {**setup.case.options, TAKEN: Option(licenses=opened)}})
    both = [
        item for item in layers if item.gain is not None and item.reading and item.reading.revenue_share and item.reading.adoption_share
    ]
    middle = [_middle(setup, taken, item) for item in both]
    return (adoption_against_revenue(case, TAKEN), paid_layer_beside(case, TAKEN), name_is_kept(case), *middle)


def _middle(setup: _Setup, taken: Combination, item: LayerAdvice) -> Finding:
    """Apply rule LY3 to one layer, in the last year of the horizon at median inputs, all other layers as taken."""
    draws = medians(setup.ranges, 1)
    ways = {name: setup.option_of(Combination({**taken.families, item.layer: name}, taken.change)) for name in (item.family, CLOSED)}
    outcomes = outcomes_of(replace(setup.model, options=ways), draws)
    risks = {name: float(revenue_at_risk(setup.model, option, draws)[0]) for name, option in ways.items()}
    kept = 1 - risks[CLOSED]
    facts = setup.case.facts
    found = middle_layer(
        new_adopters=float(outcomes[item.family].adopters[0] - outcomes[CLOSED].adopters[0]),
        conv=setup.ranges["conv"].middle * facts.conv_scale,
        acv=setup.ranges["acv"].middle * facts.acv,
        erosion=(risks[item.family] - risks[CLOSED]) / kept if kept > 0 else 0.0,
        revenue=float(outcomes[CLOSED].revenue_year_5[0]),
        layer=layer_name(item.layer),
    )
    elsewhere = (ELSEWHERE,) if facts.infra_spend or facts.rival_value else ()
    return replace(found, caveats=(*found.caveats, LEFT_OUT, *elsewhere))


def _stances(layers: Sequence[LayerAdvice]) -> pd.DataFrame:
    return pd.DataFrame({"layer": [item.layer.value for item in layers], "stance": [item.advice.value for item in layers]})


def _sources() -> pd.DataFrame:
    """Return the sources of the tables that a plan rests on, beside those of its named examples: column source_ids."""
    tables = ("layers", "family_licenses", "family_coefficients", "assumptions", "model_constants", "openness_base_rates")
    cells = [str(cell) for name in tables for cell in read_table(name)["source_ids"].dropna()]
    return pd.DataFrame({"source_ids": list(dict.fromkeys([*cells, RELEASES_SOURCE]))})


def _licenses(case: Case, layers: Sequence[LayerAdvice]) -> pd.DataFrame:
    """Return the license suggested for each layer: an id that the case itself names for the family, else the table's."""
    table = {(row["family"], row["asset"]): row for row in read_table("family_licenses").to_dict("records")}
    rows = []
    for item in layers:
        known = table.get((item.family, LAYER_ASSET[item.layer].value), {})
        own = _own_license(case, item)
        license_id, reason = (own, "The case itself names it") if own else (known.get("license_id"), known.get("reason"))
        rows.append({"layer": item.layer.value, "family": item.family, "license_id": license_id, "reason": reason})
    return pd.DataFrame(rows)


def _own_license(case: Case, item: LayerAdvice) -> str | None:
    """Return the license id that an option of the case gives the layer within the advised family; None when options name families."""
    given = [option.licenses[item.layer] for option in case.options.values() if item.layer in option.licenses]
    return next((text for text in given if text != item.family and families_of(case, {item.layer: text})[item.layer] == item.family), None)
