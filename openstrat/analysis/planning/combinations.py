"""Positions of all combinations of license families at once: what a layer adds to an option's position does not depend on the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from openstrat.analysis.economics.position import AUDITED, WEIGHTS, Family
from openstrat.analysis.economics.ranges import Floats
from openstrat.analysis.planning.candidates import Choices, Families
from openstrat.cases.schema import CLOSED, LayerFacts
from openstrat.terms import Layer

_ADDED = (
    "adoption_given",
    "given_away",
    "host_exposure",
    "moat_given",
    "backlash",
    "adoption_opened",
    "low_by_adoption",
    "high_by_adoption",
    "n_opened",
    "low",
    "high",
    "audited",
    "control_plane_host",
)
"""What layers add up to; behind it stands the openness of weights, of which the largest counts."""


@dataclass(frozen=True)
class Positions:
    """Many options in numbers: the fields of `economics.position.Position`, each an array with one entry a combination.

    The equations of the economics work entry by entry, so they price many combinations at one draw as they price one option over many
    draws.
    """

    openness: Floats
    given_away: Floats
    host_exposure: Floats
    moat_left: Floats
    friction_low: Floats
    friction_high: Floats
    backlash: Floats
    audited: Floats
    weights_open: Floats
    control_plane_host: Floats

    @property
    def n(self) -> int:
        """Number of combinations."""
        return len(self.openness)

    def where(self, hit: NDArray[np.bool_]) -> Positions:
        """Return the combinations for which `hit` is true."""
        return Positions(**{name: values[hit] for name, values in vars(self).items()})


def position_blocks(
    choices: Choices,
    layers: Mapping[Layer, LayerFacts],
    families: Mapping[str, Family],
    constants: Mapping[str, float],
    *,
    most: int,
) -> Iterator[Positions]:
    """Yield the positions of every combination in blocks of at most `most`, the last layer's family changing fastest.

    Parameters
    ----------
    choices
        Families of each layer.
    layers, families, constants
        What a position is made of; see `economics.position.position_of`.
    most
        Largest block.
    """
    parts = [_contributions(layer, layers[layer], choice, families, constants) for layer, choice in choices.families.items()]
    cut = len(parts)
    size = 1
    while cut and size * parts[cut - 1].shape[1] <= most:
        cut -= 1
        size *= parts[cut].shape[1]
    start = np.zeros((len(_ADDED) + 1, 1))
    head, tail = reduce(_combined, parts[:cut], start), reduce(_combined, parts[cut:], start)
    step = max(1, most // size)
    total = sum(facts.adoption_weight for facts in layers.values())
    for place in range(0, head.shape[1], step):
        yield _positions(_combined(head[:, place : place + step], tail), total, constants["audit_weights"])


def families_at(choices: Choices, place: int) -> dict[Layer, str]:
    """Return the combination at a place of the order in which `position_blocks` gives them."""
    digits = np.unravel_index(place, [len(choice) for choice in choices.families.values()])
    return {layer: choice[int(digit)] for (layer, choice), digit in zip(choices.families.items(), digits, strict=True)}


def place_of(choices: Choices, combination: Families) -> int | None:
    """Return the place of a combination; None when it is not among the choices."""
    if any(combination[layer] not in choice for layer, choice in choices.families.items()):
        return None
    digits = [choice.index(combination[layer]) for layer, choice in choices.families.items()]
    return int(np.ravel_multi_index(digits, [len(choice) for choice in choices.families.values()]))


def _contributions(
    layer: Layer,
    facts: LayerFacts,
    choice: tuple[str, ...],
    families: Mapping[str, Family],
    constants: Mapping[str, float],
) -> Floats:
    """What one layer adds under each of its families, shape (fields + 1, families)."""
    audit = sum(constants[name] for name, parts in AUDITED.items() if layer in parts and layer not in WEIGHTS)
    adoption = facts.adoption_weight
    columns = []
    for name in choice:
        family = families[name]
        opened = float(family.grade > 0)
        values = {
            "adoption_given": adoption * family.grade,
            "given_away": facts.revenue_share * family.grade,
            "host_exposure": facts.revenue_share * family.host,
            "moat_given": facts.moat_share * family.grade,
            "backlash": adoption * family.backlash,
            "adoption_opened": opened * adoption,
            "low_by_adoption": opened * adoption * family.friction_low,
            "high_by_adoption": opened * adoption * family.friction_high,
            "n_opened": opened,
            "low": opened * family.friction_low,
            "high": opened * family.friction_high,
            "audited": audit * family.grade,
            "control_plane_host": family.host if layer is Layer.COMMERCIAL_TOOLING else families[CLOSED].host,
        }
        columns.append([*(values[field] for field in _ADDED), family.grade if layer in WEIGHTS else 0.0])
    return np.array(columns, dtype=np.float64).T


def _combined(first: Floats, second: Floats) -> Floats:
    """Combine layers: every family of one with every family of the next; sums, and the largest in the last row."""
    whole = first[:, :, np.newaxis] + second[:, np.newaxis, :]
    whole[-1] = np.maximum(first[-1][:, np.newaxis], second[-1][np.newaxis, :])
    return whole.reshape(len(first), -1)


def _positions(rows: Floats, total: float, audit_weights: float) -> Positions:
    given = dict(zip(_ADDED, rows, strict=False))
    by_adoption = given["adoption_opened"] > 0
    weight = np.maximum(np.where(by_adoption, given["adoption_opened"], given["n_opened"]), 1e-300)
    return Positions(
        openness=given["adoption_given"] / total,
        given_away=given["given_away"],
        host_exposure=given["host_exposure"],
        moat_left=1 - np.minimum(1.0, given["moat_given"]),
        friction_low=np.where(by_adoption, given["low_by_adoption"], given["low"]) / weight,
        friction_high=np.where(by_adoption, given["high_by_adoption"], given["high"]) / weight,
        backlash=given["backlash"] / total,
        audited=given["audited"] + audit_weights * rows[-1],
        weights_open=rows[-1],
        control_plane_host=given["control_plane_host"],
    )
