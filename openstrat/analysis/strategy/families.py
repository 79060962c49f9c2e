"""License families of a case: where each fits, what it costs, how far it restricts, and which way a change goes (LF1 to LF4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.layer_map import LITTLE_REVENUE
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.analysis.strategy.ranks import RANKS, RelicenseDirection, relicense_direction
from openstrat.cases.schema import CLOSED, Case, LayerFacts
from openstrat.terms import LAYER_ASSET, AssetType, Layer, LicenseFamily

HOSTS_FROM = 0.5
"""Hosts' revenue, on the fork rubric's scale, from which hosting rivals count as the threat (rule LF3, assumption)."""
GROUPS: dict[str, tuple[LicenseFamily, ...]] = {
    "LF1": (LicenseFamily.PERMISSIVE,),
    "LF2": (LicenseFamily.WEAK_COPYLEFT, LicenseFamily.STRONG_COPYLEFT, LicenseFamily.NETWORK_COPYLEFT),
    "LF3": (LicenseFamily.SOURCE_AVAILABLE,),
    "LF4": (LicenseFamily.CUSTOM_AI, LicenseFamily.USE_RESTRICTED, LicenseFamily.NON_COMMERCIAL),
}
USE_WHEN = {
    "LF1": "client libraries, examples and tools outside the core: whatever should become the default",
    "LF2": "contributions should come back and some commerce is accepted; the network form also to sell an exception",
    "LF3": "hosting rivals are the threat, and the code is new",
    "LF4": "weights are free up to a scale, a use or a region",
}
COSTS = {
    "LF1": "Anybody may host it.",
    "LF2": "Some firms ban the network form.",
    "LF3": "It is not open source: friction, no place in distributions, and a fork when code that is open already moves there.",
    "LF4": "Legal review for every adopter, terms that get lost downstream, no European relief for open models.",
}


@dataclass(frozen=True)
class LayerChange:
    """What one option does to the license of a layer that is open today; families, or 'closed'."""

    option: str
    layer: Layer
    before: str
    after: str
    direction: RelicenseDirection


def family_findings(case: Case, families: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return LF1 to LF4 for a case: yes where a layer meets the condition for using the family, no otherwise.

    `low` and `high` are the ranks of restriction, 0 permissive to 5 non-commercial. The evidence names the layers that it fits and
    the options that use it.

    Parameters
    ----------
    case
        The checked case.
    families
        License id to family; values of a case that are family names need none.
    """
    return tuple(_family(concept_id, case, families) for concept_id in GROUPS)


def _family(concept_id: str, case: Case, families: Mapping[str, str]) -> Finding:
    group = GROUPS[concept_id]
    fits = [layer for layer, facts in case.layers.items() if _fits(concept_id, layer, facts, case)]
    uses = [
        f"{option}: {layer_name(layer)}"
        for option in case.options
        for layer, value in case.licenses_of(option).items()
        if families.get(value, value) in group
    ]
    ranks = [RANKS[family] for family in group]
    is_open_question = concept_id == "LF3" and case.fork_inputs is None
    answer = Answer.UNKNOWN if is_open_question else Answer.YES if fits else Answer.NO
    named = ", ".join(layer_name(layer) for layer in fits) or "no layer of the case"
    return Finding(
        concept_id=concept_id,
        answer=answer,
        sentence=f"For: {USE_WHEN[concept_id]}. Fits here: {'not known' if is_open_question else named}.",
        basis=Basis.STATED,
        low=min(rank.low for rank in ranks),
        high=max(rank.high for rank in ranks),
        unit="rank of restriction",
        n=len(case.layers),
        evidence=tuple(f"Used by {use}." for use in uses) or ("No option uses it.",),
        caveats=(COSTS[concept_id],),
        asks=("what hosts earn on the layer (fork inputs)",) if is_open_question else (),
    )


def _fits(concept_id: str, layer: Layer, facts: LayerFacts, case: Case) -> bool:
    is_weights = LAYER_ASSET[layer] is AssetType.WEIGHTS
    draws = facts.adoption_weight > 0
    if concept_id == "LF1":
        return draws and facts.revenue_share <= LITTLE_REVENUE
    if concept_id == "LF2":
        return draws and facts.revenue_share > LITTLE_REVENUE and LAYER_ASSET[layer] is AssetType.CODE
    if concept_id == "LF4":
        return is_weights and facts.revenue_share > LITTLE_REVENUE
    is_new = facts.license_now in (None, CLOSED)
    hosts = case.fork_inputs.host_revenue if case.fork_inputs else 0.0
    return is_new and not is_weights and facts.revenue_share > LITTLE_REVENUE and hosts >= HOSTS_FROM


def layer_changes(case: Case, families: Mapping[str, str]) -> tuple[LayerChange, ...]:
    """Return every change that an option makes to the license of a layer that is open today, with its direction."""
    found = []
    for option in case.options:
        for layer, value in case.licenses_of(option).items():
            now = case.layers[layer].license_now if layer in case.layers else None
            if now in (None, CLOSED) or now == value:
                continue
            before, after = families.get(str(now), str(now)), families.get(value, value)
            direction = RelicenseDirection.TIGHTER if value == CLOSED else relicense_direction(_family_name(before), _family_name(after))
            found.append(LayerChange(option, layer, before, after, direction))
    return tuple(found)


def _family_name(value: str) -> str | None:
    return value if value in set(LicenseFamily) else None
