"""A case and the shipped tables in, the economics of its options out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openstrat.analysis.economics.draws import Draws, draw, pinned
from openstrat.analysis.economics.model import CaseModel, OptionModel
from openstrat.analysis.economics.position import Position, families_from, licenses_now, position_of
from openstrat.analysis.economics.ranges import InputRange, ranges_from
from openstrat.analysis.strategy.fork_rubric import fork_propensity, rubric_from
from openstrat.cases.schema import CLOSED, Case
from openstrat.errors import CaseError
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table
from openstrat.terms import Layer, LicenseFamily, values

__all__ = ["draws_of", "families_of", "futures_of", "model_of", "model_with", "ranges_of"]


def constants_of() -> dict[str, float]:
    """Return the constants of the economics by name."""
    table = read_table("model_constants")
    return dict(zip(table["name"], table["value"], strict=True))


def ranges_of(case: Case) -> dict[str, InputRange]:
    """Return every uncertain input of a case by name: the table's range, or the case's own with the role that set it."""
    return ranges_from(read_table("assumptions"), case.assumptions)


def draws_of(case: Case, *, n: int = 8_000, seed: int = 7) -> Draws:
    """Return `n` draws of the uncertain inputs of a case, the same for all of its options."""
    return draw(ranges_of(case), n=n, seed=seed, correlations=case.correlations)


def families_of(case: Case, licenses: Mapping[Layer, str]) -> dict[Layer, str]:
    """Return the license family of each layer: a family stays, an id is looked up in the table of licenses.

    Raises
    ------
    CaseError
        If a license has no family in the table.
    """
    known = {CLOSED, *values(LicenseFamily)}
    table = read_table("licenses").set_index("license_id")["family"].dropna()
    found = {layer: given if given in known else table.get(given) for layer, given in licenses.items()}
    for layer, family in found.items():
        if family is None:
            given = licenses[layer]
            raise CaseError(f"{case.id}: the family of {given!r} ({layer.label}) is not known. Name a family: {', '.join(sorted(known))}.")
    return {layer: str(family) for layer, family in found.items()}


def model_of(case: Case) -> CaseModel:
    """Return the economics of a case, ready to be priced over draws."""
    constants = constants_of()
    options = {name: _option_model(case, name, constants) for name in case.options}
    return CaseModel(case.facts, options, _position(case, licenses_now(case), constants), constants)


def model_with(case: Case, changes: Mapping[str, Mapping[Layer, str]], option: str) -> CaseModel:
    """Return the economics of an option and of variants of it, each with the licenses of some layers changed.

    `changes` holds, for each variant's name, the licenses of the layers that differ; the maintainers are those of the option.
    """
    constants = constants_of()
    base = _option_model(case, option, constants)
    licenses = case.licenses_of(option)
    variants = {
        name: replace(base, name=name, position=_position(case, {**licenses, **given}, constants)) for name, given in changes.items()
    }
    return CaseModel(case.facts, {option: base, **variants}, _position(case, licenses_now(case), constants), constants)


def _option_model(case: Case, name: str, constants: Mapping[str, float]) -> OptionModel:
    option = case.options[name]
    fte = case.facts.fte_plan if option.fte is None else option.fte
    chance = 0.0
    if option.relicense and case.fork_inputs:
        rubric = rubric_from(read_table("fork_rubric"))
        chance = fork_propensity(case.fork_inputs.model_dump(), rubric, fork_scale=option.relicense.fork_scale)
    return OptionModel(name, _position(case, case.licenses_of(name), constants), fte, option.relicense, chance)


def _position(case: Case, licenses: Mapping[Layer, str], constants: Mapping[str, float]) -> Position:
    return position_of(case.layers, families_of(case, licenses), families_from(read_table("family_coefficients")), constants)


def futures_of(draws: Draws, constants: Mapping[str, float]) -> dict[str, Draws]:
    """Return the draws of every named future, in the table's order with the baseline first."""
    table = read_table("futures")
    pins = {str(row["future_id"]): _pins(row["pins"]) for row in table.to_dict("records")}
    ordered = sorted(pins, key=lambda name: (bool(pins[name]), name))
    return {name: pinned(draws, pins[name], jitter=constants["future_jitter"]) if pins[name] else draws for name in ordered}


def _pins(cell: object) -> dict[str, float]:
    return {name: float(value) for name, value in (item.split("=") for item in split_list(cell))}
