"""A plain world for hand calculations: every input fixed, nothing grows, nothing is lost, money today counts as money later."""

from __future__ import annotations

import numpy as np

from openstrat.analysis.economics.draws import Draws, from_quantiles
from openstrat.analysis.economics.model import CaseModel, OptionModel
from openstrat.analysis.economics.position import families_from, position_of
from openstrat.analysis.economics.ranges import InputRange, ranges_from
from openstrat.analysis.modeling import constants_of
from openstrat.cases.schema import Facts, LayerFacts, Relicense
from openstrat.tables.store import read_table
from openstrat.terms import Layer

NOTHING_HAPPENS = {
    **{"p": 0.0, "q": 0.0, "kp": 0.0, "kq": 0.0, "reach": 0.0, "conv": 0.1, "acv": 1.0, "nrr": 1.0, "gm": 1.0, "subst": 0.5, "fps": 0.25},
    **{"pdec": 0.0, "hcomp": 0.0, "closs": 0.0, "hfork": 0.0, "floss": 0.0, "pback": 0.0, "bloss": 0.0, "hmis": 0.0, "cmis": 0.0},
    **{"fte_cost": 0.2, "mreq": 1.0, "disc": 0.0, "lag": 4.0, "fr": 0.0, "stick": 0.5, "hostcap": 0.5, "trust": 0.0, "talent": 0.0},
    **{"strat": 0.0, "fork_draw": 0.5},
}


def fixed(name: str, value: float) -> InputRange:
    """An input that has one value only."""
    return InputRange(name, "value", name, "unit", "triangular", value, value, value, "assumed", "by hand", "test")


def world(n: int = 3, **changes: float) -> Draws:
    """Draws in which every input has its plain value, or the given one."""
    given = NOTHING_HAPPENS | changes
    ranges = {name: fixed(name, value) for name, value in given.items()}
    return from_quantiles(ranges, {name: np.full(n, 0.5) for name in ranges})


def default_ranges() -> dict[str, InputRange]:
    """The shipped ranges."""
    return ranges_from(read_table("assumptions"), {})


LAYERS = {
    Layer.SDK: LayerFacts(adoption_weight=0.5),
    Layer.COMMERCIAL_TOOLING: LayerFacts(adoption_weight=0.5, revenue_share=0.8, moat_share=0.8),
    Layer.ORCHESTRATION: LayerFacts(revenue_share=0.2),
}


def facts(**changes: float) -> Facts:
    """A firm with 1,000 reachable organizations, all of which have adopted, at a contract value of USD 10,000."""
    return Facts(**{"moat": 0.5, "M_closed": 1000.0, "M_max": 1000.0, "N0": 1000.0, "acv": 0.01, "fte_req": 2.0, "fte_plan": 2.0} | changes)


def option(
    licenses: dict[Layer, str] | None = None, *, fte: float = 2.0, relicense: Relicense | None = None, fork_probability: float = 0.0
) -> OptionModel:
    """An option that opens the given layers."""
    families = families_from(read_table("family_coefficients"))
    return OptionModel("it", position_of(LAYERS, licenses or {}, families, constants_of()), fte, relicense, fork_probability)


def model(what: OptionModel | None = None, **changes: float) -> CaseModel:
    """A case with one option; today everything is closed."""
    what = what or option()
    return CaseModel(facts(**changes), {"it": what}, option().position, constants_of())
