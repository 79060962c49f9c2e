"""Which families are tried for a layer, when nothing may be taken back, and when there are too many combinations."""

from __future__ import annotations

import pytest
from small_case import SMALL, small_case

from openstrat.analysis.economics.position import licenses_now
from openstrat.analysis.modeling import families_of, model_of
from openstrat.analysis.planning.candidates import Candidates, candidates_of
from openstrat.analysis.planning.staffing import staffing_from
from openstrat.cases.load import load_case
from openstrat.cases.schema import Case
from openstrat.errors import InputError, UnknownNameError
from openstrat.terms import AssetType, Layer

SUITS = {
    AssetType.CODE: ("permissive", "network_copyleft", "source_available"),
    AssetType.WEIGHTS: ("permissive", "custom_ai"),
    AssetType.DATA: ("permissive",),
    AssetType.DOCS: ("permissive",),
}


def tried(case: Case, **options: object) -> Candidates:
    families = {name: families_of(case, case.licenses_of(name)) for name in case.options}
    return candidates_of(case, families_of(case, licenses_now(case)), families, SUITS, **options)  # type: ignore[arg-type]


def test_three_layers_of_code_with_four_choices_make_sixty_four_combinations() -> None:
    found = tried(small_case())
    assert found.choices[0].families[Layer.SDK] == ("closed", "permissive", "network_copyleft", "source_available")
    assert found.n == 4 * 4 * 4


def test_named_families_replace_the_usual_ones_where_they_suit_the_layer() -> None:
    found = tried(small_case(), wanted=["source_available", "custom_ai"])
    assert found.choices[0].families[Layer.COMMERCIAL_TOOLING] == ("closed", "source_available")
    # an option of the case opens the SDK permissively, so that stays among the choices
    assert found.choices[0].families[Layer.SDK] == ("closed", "source_available", "permissive")


def test_what_is_open_today_is_tightened_only_as_an_option_prices_it() -> None:
    found = tried(load_case("case-database-relicense"))
    assert [item.change for item in found.choices] == [None, "relicense_source_available", "relicense_agpl"]
    assert [item.families[Layer.DATABASE] for item in found.choices] == [("permissive",), ("source_available",), ("network_copyleft",)]
    assert "database" in found.notes[0]


def test_what_is_open_under_copyleft_today_may_be_opened_further() -> None:
    layers = {**SMALL["layers"], "sdk": {"adoption_weight": 0.3, "license_now": "network_copyleft"}}
    assert tried(small_case(layers=layers)).choices[0].families[Layer.SDK] == ("permissive", "network_copyleft")


def test_a_layer_without_any_weight_stays_as_it_is_unless_buyers_audit_it() -> None:
    layers = {**SMALL["layers"], "docs": {}}
    assert tried(small_case(layers=layers)).fixed == (Layer.DOCS,)
    assert tried(small_case(layers=layers, facts={**SMALL["facts"], "trust_scale": 1.0})).fixed == ()


def test_too_many_combinations_narrow_unpaid_layers_first() -> None:
    found = tried(small_case(), most=40)
    # only the SDK is unpaid: held or permissive, 2 * 4 * 4
    assert found.n == 32
    assert "More than 40 combinations" in found.notes[0]


def test_still_too_many_combinations_are_refused_with_the_next_step() -> None:
    with pytest.raises(InputError, match=r"32 combinations of licenses are more than 20\. .*orchestration 4.*Name fewer families"):
        tried(small_case(), most=20)


def test_a_family_that_does_not_exist_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'permissive'"):
        tried(small_case(), wanted=["permisive"])


def test_people_follow_a_line_through_the_reference_within_the_options_own_range() -> None:
    options = model_of(small_case()).options
    rule = staffing_from(options, "closed_all")
    # 4 people with nothing open, 8 with everything that draws people in: 4 more for the whole of openness
    assert rule.slope == pytest.approx(4.0)
    assert rule.people_at(0.0) == pytest.approx(4.0)
    assert rule.people_at(0.5) == pytest.approx(6.0)
    assert staffing_from(options, "core_open").people_at(1.0) == pytest.approx(8.0)
