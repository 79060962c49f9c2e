"""Case files in, checked cases out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from openstrat import resources
from openstrat.cases.checklist_fields import moat_and_text
from openstrat.cases.messages import sentences
from openstrat.cases.schema import CLOSED, Case
from openstrat.collect.documents import load_yaml
from openstrat.errors import CaseError, UnknownNameError, did_you_mean
from openstrat.tables.store import read_column
from openstrat.terms import LicenseFamily, values

MOATS = [f"MO{number}" for number in range(1, 6)]
RISKS = [f"RK{number}" for number in range(1, 6)]


def shipped_cases() -> list[str]:
    """Return the ids of the worked cases that come with openstrat, in alphabetical order."""
    return sorted(path.stem for path in resources.data_path("cases").glob("case-*.yaml"))


def case_path(name: str) -> Path:
    """Return the file of a case: an existing path, or the id of a shipped case.

    Raises
    ------
    UnknownNameError
        If it is neither.
    """
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or path.is_file():
        if path.is_file():
            return path
        raise CaseError(f"{name}: no such file. Give the path of a case file, or the id of a shipped case: {', '.join(shipped_cases())}.")
    if name not in shipped_cases():
        raise UnknownNameError("case", name, shipped_cases(), "Or give the path of a case file; 'openstrat init DIR' makes one to edit.")
    return resources.data_path("cases", f"{name}.yaml")


def load_case(name: str) -> Case:
    """Return a checked case from a path or the id of a shipped case.

    Raises
    ------
    UnknownNameError
        If `name` is neither a file nor a shipped case.
    DocumentError
        If the file is not plain YAML.
    CaseError
        If it does not fit the schema; the message lists every problem.
    """
    path = case_path(name)
    return parse_case(load_yaml(path), name=path.name)


def parse_case(document: object, *, name: str) -> Case:
    """Return a checked case from a parsed document; `name` stands in messages.

    Raises
    ------
    CaseError
        If it does not fit the schema; the message lists every problem.
    """
    try:
        case = Case.model_validate_json(json.dumps(document))
    except ValidationError as error:
        raise CaseError(_message(name, sentences(error))) from None
    problems = list(_contradictions(case))
    if problems:
        raise CaseError(_message(name, problems))
    return case


def _message(name: str, problems: list[str]) -> str:
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return "\n".join([f"{name}: {count}.", *(f"  {problem}" for problem in problems), "Mend them, then run: openstrat case check " + name])


def _contradictions(case: Case) -> Iterator[str]:
    """Find what single fields cannot show: sums, references, license ids."""
    total = sum(facts.revenue_share for facts in case.layers.values())
    if total > 1.005:
        yield f"layers: revenue shares add up to {total:.2f}, more than 1. Lower them so that they add up to at most 1."
    if not any(facts.adoption_weight for facts in case.layers.values()):
        yield "layers: no layer has an adoption_weight above 0. Say which layers make people adopt."
    if case.facts.M_max < case.facts.M_closed:
        yield f"facts.M_max: {case.facts.M_max:g} is below M_closed ({case.facts.M_closed:g}). Raise M_max: opening cannot shrink reach."
    yield from _unknown_names(case)
    yield from _unknown_licenses(case)
    yield from _wrong_assumptions(case)
    yield from _unpriced_changes(case)


def warnings_of(case: Case) -> list[str]:
    """Return what is allowed in a case but probably not meant, a sentence each."""
    total = sum(facts.revenue_share for facts in case.layers.values())
    if 0 < total < 0.995:
        return [f"layers: revenue shares add up to {total:.2f}; the layers that carry the rest are missing."]
    return []


def _unknown_names(case: Case) -> Iterator[str]:
    for field, given, known in (("moats", case.moats, MOATS), ("risks", case.risks, RISKS)):
        for value in given:
            if value not in known:
                yield f"{field}: {value!r} is not one of {', '.join(known)}."
    for entry in case.checklist.funded_fork.what_remains:
        moat, _ = moat_and_text(entry)
        if moat and moat not in MOATS:
            yield f"checklist.funded_fork.what_remains: {moat!r} is not one of {', '.join(MOATS)}."
    for name, option in case.options.items():
        for layer in option.licenses:
            if layer not in case.layers:
                yield f"options.{name}.licenses.{layer}: the layer has no facts. Add them to layers.{layer}."
    if case.conclusion:
        named = [case.conclusion.recommended_option, *case.conclusion.acceptable, *case.conclusion.rejected]
        for option_name in named:
            if option_name not in case.options:
                meant = did_you_mean(option_name, case.options)
                yield f"conclusion: {option_name!r} is not an option.{meant} Options: {', '.join(case.options)}."


def _unpriced_changes(case: Case) -> Iterator[str]:
    for name, option in case.options.items():
        if option.relicense and case.fork_inputs is None:
            yield f"options.{name}.relicense: the chance of a fork cannot be computed. Add fork_inputs to the case."


def _wrong_assumptions(case: Case) -> Iterator[str]:
    ranges = read_column("assumptions", "name") if case.assumptions or case.correlations else []
    for name, value in case.assumptions.items():
        if name not in ranges:
            yield f"assumptions.{name}: no such input.{did_you_mean(name, ranges)} Allowed: {', '.join(ranges)}."
        if not value.low <= value.mode <= value.high:
            yield f"assumptions.{name}: low {value.low:g}, mode {value.mode:g}, high {value.high:g} are not in rising order."
    yield from _wrong_correlations(case, ranges)


def _wrong_correlations(case: Case, ranges: list[str]) -> Iterator[str]:
    for place, item in enumerate(case.correlations):
        for name in (item.first, item.second):
            if name not in ranges:
                yield f"correlations.{place}: no such input: {name!r}.{did_you_mean(name, ranges)} Allowed: {', '.join(ranges)}."
        if item.first == item.second:
            yield f"correlations.{place}: {item.first!r} stands on both sides. Name two different inputs."


def _unknown_licenses(case: Case) -> Iterator[str]:
    given = {f"options.{name}.licenses.{layer}": value for name, option in case.options.items() for layer, value in option.licenses.items()}
    given |= {f"layers.{layer}.license_now": facts.license_now for layer, facts in case.layers.items() if facts.license_now}
    families = [CLOSED, *values(LicenseFamily)]
    unknown = {place: value for place, value in given.items() if value not in families}
    if not unknown:
        return
    ids = set(read_column("licenses", "license_id"))
    aliases = dict(zip(read_column("license_aliases", "alias"), read_column("license_aliases", "license_id"), strict=True))
    for place, value in unknown.items():
        if value in ids:
            continue
        meant = f" Did you mean {aliases[value]!r}?" if value in aliases else did_you_mean(value, [*families, *ids])
        allowed = f"Families: {', '.join(families)}. Ids: openstrat data show licenses."
        yield f"{place}: {value!r} is neither a license family nor a license id.{meant} {allowed}"
