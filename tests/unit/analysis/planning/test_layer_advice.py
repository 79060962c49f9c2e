"""Advice on single layers, conflicts with what pays, and how often others open a layer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from small_case import small_case

from openstrat.analysis.planning.advice import LayerAdvice, advise, moves
from openstrat.analysis.planning.conflicts import ConflictKind, conflicts_of
from openstrat.analysis.planning.plan import difference_words
from openstrat.analysis.planning.rates import base_rates
from openstrat.analysis.planning.search import Combination
from openstrat.analysis.strategy.layer_map import LayerReading, read_layers
from openstrat.tables.store import read_table
from openstrat.terms import Layer, Stance

SDK, CORE, PAID = Layer.SDK, Layer.ORCHESTRATION, Layer.COMMERCIAL_TOOLING
TAKEN = Combination({SDK: "permissive", CORE: "permissive", PAID: "closed"})
DEFAULTS = dict.fromkeys(Layer, Stance.DECIDE)
VALUE = np.array([10.0, 12.0, 14.0])


def readings() -> list[LayerReading]:
    return read_layers(small_case(), {layer.value: "decide" for layer in Layer})


def moved(layer: Layer, family: str, *less: float) -> tuple[Combination, np.ndarray]:
    """Return a combination that differs in one layer and is worth so much less in each draw."""
    return Combination({**TAKEN.families, layer: family}), VALUE - np.array(less)


def advice(*around: tuple[Combination, np.ndarray], tolerance: float = 0.5) -> dict[Layer, LayerAdvice]:
    return {item.layer: item for item in advise(TAKEN, VALUE, list(around), readings(), DEFAULTS, tolerance=tolerance)}


def test_a_layer_is_opened_when_holding_it_costs_more_than_a_tie() -> None:
    found = advice(moved(SDK, "closed", 1.0, 2.0, 3.0))[SDK]
    assert (found.advice, found.family, found.gain, found.p_gain, found.is_tie) == (Stance.OPEN, "permissive", 2.0, 1.0, False)
    # fifth and ninety-fifth percentile of 1, 2, 3
    assert (found.low, found.high) == pytest.approx((1.1, 2.9))


def test_a_held_layer_shows_the_best_family_it_could_be_opened_under() -> None:
    found = advice(moved(PAID, "permissive", 5.0, 5.0, 5.0), moved(PAID, "source_available", 2.0, 2.0, 2.0))[PAID]
    assert (found.advice, found.family, found.gain) == (Stance.HOLD, "source_available", -2.0)


def test_a_tie_is_left_to_decide_only_where_the_shares_say_something_else() -> None:
    # the SDK is free and draws people in, so its shares say open; the core is paid for, so its shares say decide
    found = advice(moved(SDK, "closed", 0.1, 0.1, 0.1), moved(CORE, "closed", 0.1, 0.1, 0.1))
    assert [found[layer].is_tie for layer in (SDK, CORE)] == [True, True]
    assert [found[layer].advice for layer in (SDK, CORE)] == [Stance.OPEN, Stance.DECIDE]


def test_every_layer_has_advice_and_one_that_the_case_leaves_out_carries_the_general_stance() -> None:
    found = advice()
    assert list(found) == list(Layer)
    assert (found[Layer.DATABASE].stance, found[Layer.DATABASE].advice, found[Layer.DATABASE].is_in_case) == (None, Stance.DECIDE, False)


def test_a_move_is_told_as_difference_to_the_combination_taken() -> None:
    table = moves(TAKEN, VALUE, [moved(CORE, "network_copyleft", 1.0, -1.0, 3.0)], tolerance=2.0)
    row = table.iloc[0]
    # −1, +1, −3: mean −1, better in one of three draws
    assert (row["layer"], row["family"], row["mean"], row["is_tie"]) == ("orchestration", "network_copyleft", -1.0, True)
    assert row["p_better"] == pytest.approx(1 / 3)


def test_the_layer_that_pays_is_a_conflict_for_the_options_that_open_it() -> None:
    options = {"closed_all": dict.fromkeys(TAKEN.families, "closed"), "all": dict.fromkeys(TAKEN.families, "permissive")}
    found = conflicts_of(readings(), options, TAKEN.families)
    assert [(item.kind, item.layer, item.options) for item in found] == [
        (ConflictKind.PAYS, PAID, ("all",)),
        (ConflictKind.PAYS, CORE, ("all",)),
    ]
    assert found[0].sentence == "In commercial tooling lies 80% of what customers pay for and 60% of the moat, against 0% of adoption."


def test_a_free_layer_that_no_option_opens_is_left_on_the_table() -> None:
    found = conflicts_of(readings(), {"closed_all": dict.fromkeys(TAKEN.families, "closed")}, dict.fromkeys(TAKEN.families, "closed"))
    assert [(item.kind, item.layer) for item in found] == [(ConflictKind.UNUSED, SDK)]


def test_a_plan_that_contradicts_the_figures_is_a_conflict() -> None:
    layers = {"sdk": {"adoption_weight": 1.0, "plan": "hold"}, "commercial_tooling": {"revenue_share": 1.0, "plan": "hold"}}
    own = read_layers(small_case(layers=layers, options={"a": {}, "b": {"licenses": {"sdk": "MIT"}}}), dict.fromkeys(Layer, "decide"))
    found = conflicts_of(own, {"b": {SDK: "permissive"}}, {SDK: "permissive"})
    assert [(item.kind, item.layer) for item in found] == [(ConflictKind.PLAN, SDK)]


def test_a_combination_is_named_by_the_nearest_option() -> None:
    options = {"closed_all": dict.fromkeys(TAKEN.families, "closed"), "core_open": TAKEN.families}
    assert difference_words(TAKEN.families, options) == "core open"
    assert difference_words({**TAKEN.families, SDK: "network_copyleft"}, options) == "core open, but SDK network copyleft"
    assert difference_words({SDK: "closed", CORE: "permissive", PAID: "permissive"}, {"all": TAKEN.families | {PAID: "permissive"}}) == (
        "all, but SDK held"
    )
    assert difference_words({**TAKEN.families, PAID: "source_available"}, options) == "core open, but commercial tooling source available"


PROJECTS = pd.DataFrame({"layer": ["sdk", "sdk", "sdk"], "stated_level": ["fully_open", "closed", "undetermined"]})
PRODUCTS = pd.DataFrame({"layers": ["eval", "eval"], "openness_class": ["open", "closed"], "n_products": [3, 1]})
PARTS = pd.DataFrame({"component": ["weights", "weights", "eval_code"], "status": ["open", "restricted", None]})


def test_base_rates_count_each_sample_on_its_own_and_leave_unknowns_out() -> None:
    found = base_rates(PROJECTS, PRODUCTS, PARTS).set_index(["layer", "sample"])
    assert found.loc[("sdk", "projects"), ["n", "n_open"]].tolist() == [2, 1]
    assert found.loc[("eval", "products"), ["n", "n_open"]].tolist() == [4, 3]
    assert found.loc[("small_weights", "releases"), ["n", "n_open", "n_partly_open"]].tolist() == [2, 1, 1]
    assert ("eval", "releases") not in found.index
    # Wilson for 1 of 2 at 95 percent: middle 1/2, half width z sqrt(1/8 + z^2/16) / (1 + z^2/2) with z = 1.96
    assert found.loc[("sdk", "projects"), ["low", "high"]].tolist() == pytest.approx([0.0945, 0.9055], abs=1e-4)


def test_weights_of_releases_are_open_as_often_as_the_curators_counted() -> None:
    found = base_rates(read_table("projects"), read_table("openness_base_rates"), read_table("release_components"))
    weights = found[found["layer"].eq("frontier_weights") & found["sample"].eq("releases")].iloc[0]
    # 28 of 57 releases have weights under an open license, 27 under restricted terms, 2 none
    assert (weights["n"], weights["n_open"], weights["n_partly_open"]) == (57, 28, 27)
