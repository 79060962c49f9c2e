"""What one option gives away, layer by layer, as the few numbers that the equations need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from openstrat.cases.schema import CLOSED, Case, Facts, LayerFacts
from openstrat.terms import Layer

WEIGHTS = (Layer.SMALL_WEIGHTS, Layer.FRONTIER_WEIGHTS)
AUDITED: dict[str, tuple[Layer, ...]] = {
    "audit_eval": (Layer.EVAL,),
    "audit_docs": (Layer.DOCS,),
    "audit_weights": WEIGHTS,
    "audit_data": (Layer.TRAINING_DATA,),
    "audit_tuning": (Layer.FINE_TUNING,),
}
"""Which layers count for which weight of the audited index."""


@dataclass(frozen=True)
class Family:
    """What a license family gives away; all between 0 and 1."""

    grade: float
    host: float
    friction_low: float
    friction_high: float
    backlash: float


@dataclass(frozen=True)
class Position:
    """An option in numbers.

    Attributes
    ----------
    openness : adoption-weighted share that is given away (A).
    given_away : share of willingness to pay that is given away (G).
    host_exposure : share of willingness to pay that others may host (H).
    moat_left : share of the moat that is not carried by opened layers.
    friction_low, friction_high : adopters deterred by the terms of the opened layers, weighted by adoption.
    backlash : weight on the chance of a backlash.
    audited : share of what buyers audit that is open (Aud).
    weights_open : how far any model weights are open.
    control_plane_host : share of the control plane that others may host.
    """

    openness: float
    given_away: float
    host_exposure: float
    moat_left: float
    friction_low: float
    friction_high: float
    backlash: float
    audited: float
    weights_open: float
    control_plane_host: float


def families_from(coefficients: pd.DataFrame) -> dict[str, Family]:
    """Return the coefficients of each family by name, from the table `family_coefficients`."""
    columns = ["grade", "host", "friction_low", "friction_high", "backlash"]
    return {str(row["family"]): Family(**{name: float(row[name]) for name in columns}) for row in coefficients.to_dict("records")}


def position_of(
    layers: Mapping[Layer, LayerFacts], licenses: Mapping[Layer, str], families: Mapping[str, Family], constants: Mapping[str, float]
) -> Position:
    """Return the position of one option (equations 1, 2, 5, 6, 8 and 9 of the economics, the parts without uncertainty).

    `licenses` holds the family of each layer, 'closed' where nothing is opened; layers that it does not name are closed.
    """
    chosen = {layer: families[licenses.get(layer, CLOSED)] for layer in {**layers, **licenses}}
    adoption = {layer: layers[layer].adoption_weight if layer in layers else 0.0 for layer in chosen}
    total = sum(adoption.values())
    opened = [layer for layer, family in chosen.items() if family.grade > 0]
    weight = adoption if any(adoption[layer] for layer in opened) else dict.fromkeys(chosen, 1.0)
    opened_weight = sum(weight[layer] for layer in opened) or 1.0
    grade = {layer: family.grade for layer, family in chosen.items()}
    return Position(
        openness=sum(adoption[layer] * family.grade for layer, family in chosen.items()) / total,
        given_away=sum(layers[layer].revenue_share * grade[layer] for layer in layers),
        host_exposure=sum(layers[layer].revenue_share * chosen[layer].host for layer in layers),
        moat_left=1 - min(1.0, sum(layers[layer].moat_share * grade[layer] for layer in layers)),
        friction_low=sum(weight[layer] * chosen[layer].friction_low for layer in opened) / opened_weight,
        friction_high=sum(weight[layer] * chosen[layer].friction_high for layer in opened) / opened_weight,
        backlash=sum(adoption[layer] * family.backlash for layer, family in chosen.items()) / total,
        audited=sum(constants[name] * max(grade.get(layer, 0.0) for layer in parts) for name, parts in AUDITED.items()),
        weights_open=max(grade.get(layer, 0.0) for layer in WEIGHTS),
        control_plane_host=chosen[Layer.COMMERCIAL_TOOLING].host if Layer.COMMERCIAL_TOOLING in chosen else families[CLOSED].host,
    )


def licenses_now(case: Case) -> dict[Layer, str]:
    """Return the license of each layer that is in force today; closed where the case names none."""
    return {layer: facts.license_now or CLOSED for layer, facts in case.layers.items()}


def maintainers_needed(facts: Facts, openness: float, constants: Mapping[str, float]) -> float:
    """Return the people that an option needs, full-time equivalents, before the uncertain factor (equation 4)."""
    floor = constants["need_floor"]
    return facts.fte_req * (floor + (1 - floor) * openness)
