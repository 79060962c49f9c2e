"""The search over all combinations against one-by-one computation, and the frontier against its definition."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_case import small_case

from openstrat.analysis.economics.model import CaseModel, OptionModel, outcomes_of
from openstrat.analysis.economics.position import families_from, position_of
from openstrat.analysis.modeling import model_of, ranges_of
from openstrat.analysis.planning.candidates import Choices
from openstrat.analysis.planning.combinations import families_at, place_of, position_blocks
from openstrat.analysis.planning.frontier import cloud, dominators, frontier, thinned
from openstrat.analysis.planning.search import Combination, Searched, medians, revenue_at_risk, search
from openstrat.analysis.planning.staffing import staffing_from
from openstrat.cases.load import load_case
from openstrat.cases.schema import Case
from openstrat.tables.store import read_table
from openstrat.terms import Layer

FAMILIES = families_from(read_table("family_coefficients"))
CT = Layer.COMMERCIAL_TOOLING
CODE = ("closed", "permissive", "network_copyleft", "source_available")
THREE = Choices({Layer.SDK: CODE, Layer.ORCHESTRATION: CODE, Layer.COMMERCIAL_TOOLING: CODE})
WEIGHTS = ("closed", "permissive", "custom_ai", "non_commercial")
LAB = Choices(
    {
        Layer.DOCS: ("closed", "permissive"),
        Layer.SMALL_WEIGHTS: WEIGHTS,
        Layer.FRONTIER_WEIGHTS: WEIGHTS,
        Layer.TRAINING_DATA: ("closed", "permissive"),
    }
)
points = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=40)


def searched(case: Case, choices: tuple[Choices, ...], reference: str | None = None) -> tuple[CaseModel, Searched]:
    model = model_of(case)
    staffing = staffing_from(model.options, reference or next(iter(model.options)))
    return model, search(model, choices, layers=case.layers, families=FAMILIES, ranges=ranges_of(case), staffing=staffing)


@pytest.mark.parametrize("most", [4, 7, 16, 1000])
@pytest.mark.parametrize(("case", "choices"), [(small_case(), THREE), (load_case("case-public-lab"), LAB)], ids=["small", "lab"])
def test_positions_of_all_combinations_are_those_of_each_alone(case: Case, choices: Choices, most: int) -> None:
    constants = model_of(case).constants
    layers = {layer: case.layers[layer] for layer in choices.families}
    blocks = list(position_blocks(choices, layers, FAMILIES, constants, most=most))
    assert max(block.n for block in blocks) <= most
    for name in ("openness", "moat_left", "friction_high", "backlash", "audited", "weights_open", "control_plane_host"):
        whole = np.concatenate([getattr(block, name) for block in blocks])
        alone = [
            getattr(position_of(layers, dict(zip(choices.families, chosen, strict=True)), FAMILIES, constants), name)
            for chosen in itertools.product(*choices.families.values())
        ]
        assert whole == pytest.approx(alone)


def test_the_search_finds_what_brute_force_finds() -> None:
    case = small_case()
    model, found = searched(case, (THREE,))
    staffing = staffing_from(model.options, "closed_all")
    draws = medians(ranges_of(case), 1)
    rows = []
    for chosen in itertools.product(CODE, repeat=3):
        position = position_of(case.layers, dict(zip(THREE.families, chosen, strict=True)), FAMILIES, model.constants)
        option = OptionModel("one", position, staffing.people_at(position.openness))
        outcome = outcomes_of(CaseModel(case.facts, {"one": option}, model.today, model.constants), draws)["one"]
        rows.append((outcome.adopters[0], revenue_at_risk(model, option, draws)[0], outcome.npv[0]))
    assert found.n == 64
    assert np.column_stack([found.adopters, found.risk, found.value]) == pytest.approx(np.array(rows))


def test_combinations_that_change_a_license_are_priced_with_what_the_change_sets_off() -> None:
    case = load_case("case-database-relicense")
    change = "relicense_agpl"
    families = dict.fromkeys((Layer.SDK, Layer.DOCS, Layer.INTEGRATION), ("permissive",))
    choices = Choices({**families, Layer.DATABASE: ("network_copyleft",), Layer.COMMERCIAL_TOOLING: ("closed", "permissive")}, change)
    model, found = searched(case, (choices,), reference=change)
    alone = outcomes_of(model, medians(ranges_of(case), 1))[change]
    # the first combination is the option itself, with its own people
    assert found.at(0) == Combination(dict.fromkeys(families, "permissive") | {Layer.DATABASE: "network_copyleft", CT: "closed"}, change)
    assert (found.adopters[0], found.value[0]) == pytest.approx((alone.adopters[0], alone.npv[0]))


def test_places_and_combinations_lead_to_each_other() -> None:
    _, found = searched(small_case(), (THREE,))
    for place in (0, 17, 63):
        assert found.place(found.at(place)) == place
        assert place_of(THREE, families_at(THREE, place)) == place
    assert found.at(63).families == dict.fromkeys(THREE.families, "source_available")
    assert found.place(Combination({**found.at(0).families, Layer.SDK: "custom_ai"})) is None


def test_with_nothing_open_nothing_is_at_risk() -> None:
    _, found = searched(small_case(), (THREE,))
    assert found.at(0).families == dict.fromkeys(THREE.families, "closed")
    assert found.risk[0] == pytest.approx(0.0)
    assert found.risk.max() < 1


#           A  B  C  D  E     E equals C and has the larger value
ADOPTERS = [1, 5, 5, 9, 5]
RISK = [0.0, 0.4, 0.2, 0.9, 0.2]
VALUE = [0, 0, 1, 0, 2]


def test_the_frontier_holds_what_nothing_beats_and_of_equals_the_more_valuable() -> None:
    # B has the adopters of C at more risk; A, E, D remain
    assert frontier(np.array(ADOPTERS, float), np.array(RISK), np.array(VALUE, float)).tolist() == [0, 4, 3]


def test_a_point_is_beaten_by_every_point_that_is_better_in_one_and_no_worse_in_the_other() -> None:
    up, down = np.array([1.0, 5.0, 9.0]), np.array([0.0, 0.2, 0.9])
    assert dominators(5.0, 0.4, up, down).tolist() == [1]
    assert dominators(0.5, 0.95, up, down).tolist() == [0, 1, 2]
    assert dominators(9.0, 0.9, up, down).tolist() == []


@given(points)
def test_no_point_of_the_frontier_is_beaten_and_every_other_is_beaten_or_equal(given_points: list[tuple[int, int]]) -> None:
    up, down = (np.array(axis, float) for axis in zip(*given_points, strict=True))
    front = frontier(up, down, np.zeros(len(up)))
    assert (np.diff(up[front]) > 0).all()
    assert (np.diff(down[front]) > 0).all()
    for place in range(len(up)):
        beaten = len(dominators(up[place], down[place], up[front], down[front])) > 0
        equal = bool(((up[front] == up[place]) & (down[front] == down[place])).any())
        assert beaten != equal


@given(points)
def test_the_frontier_does_not_hang_on_the_order_of_the_points(given_points: list[tuple[int, int]]) -> None:
    up, down = (np.array(axis, float) for axis in zip(*given_points, strict=True))
    front = frontier(up, down, np.zeros(len(up)))
    back = frontier(up[::-1], down[::-1], np.zeros(len(up)))
    assert up[front].tolist() == up[::-1][back].tolist()


@given(st.integers(1, 200), st.integers(2, 60))
def test_thinning_keeps_both_ends_and_the_limit(n: int, most: int) -> None:
    kept = thinned(n, most)
    assert len(kept) == min(n, most)
    assert (kept[0], kept[-1]) == (0, n - 1)


@given(points)
def test_the_cloud_counts_every_point_once(given_points: list[tuple[int, int]]) -> None:
    across, up = (np.array(axis, float) for axis in zip(*given_points, strict=True))
    assert cloud(across, up)["n"].sum() == len(given_points)
