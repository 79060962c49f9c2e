"""Cases judged from the shipped tables: every concept answers once, and the records say what the tables hold."""

import pytest

from openstrat.analysis import judging
from openstrat.cases.load import load_case, shipped_cases
from openstrat.errors import UnknownNameError
from openstrat.tables.store import read_column

CONCEPTS = {
    "motives_of": ["M0", "M1", "M2", "M3", "M4", "M5", "BR1", "BR2", "BR3", "BR4"],
    "playbooks_of": ["PB0", "PB1", "PB2", "PB3"],
    "moats_of": ["MO0", "MO1", "MO2", "MO3", "MO4", "MO5"],
    "myths_of": ["MY1", "MY2", "MY3", "MY4"],
    "scenarios_of": ["WH0", "WH1", "WH2", "WH3", "WH4"],
    "trade_and_plan_of": ["ST0", "ST1"],
}


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("question", CONCEPTS)
def test_every_concept_answers_once_with_known_sources_and_says_what_is_missing(name, question):
    found = getattr(judging, question)(load_case(name))
    assert [finding.concept_id for finding in found] == CONCEPTS[question]
    assert {source for finding in found for source in finding.source_ids} <= set(read_column("sources", "source_id"))
    assert all(finding.source_ids for finding in found)
    assert all(finding.asks for finding in found if finding.answer == "unknown")


def test_an_option_that_is_not_there_is_refused():
    with pytest.raises(UnknownNameError, match="edge_opn"):
        judging.playbook_check_of(load_case("case-frontier-lab"), "edge_opn")


def test_the_management_layer_decides_whether_infrastructure_breaks():
    case = load_case("case-infra-provider")
    broken = {option: "the management layer is opened" in judging.playbooks_of(case, option)[1].sentence for option in case.options}
    assert [option for option, breaks in broken.items() if breaks] == ["all_permissive"]


def test_opening_the_hosted_tooling_ends_hosting_and_feedback():
    checked = judging.moat_check_of(load_case("case-opencore-tooling"))
    lost = {(item.option, item.concept_id) for item in checked.losses if item.dies}
    assert {concept for option, concept in lost if option == "everything_agpl"} == {"MO3", "MO5"}
    assert not {option for option, _ in lost} & {"open_core_permissive", "sdk_only", "closed_saas"}


def test_a_frontier_lab_that_names_no_moat_in_its_weights_is_told_so():
    assert [layer.value for layer in judging.moat_check_of(load_case("case-frontier-lab")).untested] == [
        "frontier_weights",
        "training_data",
    ]


def test_break_even_stands_inside_the_published_range_for_open_core_tooling():
    said = next(item.sentence for item in judging.scenarios_of(load_case("case-opencore-tooling")) if item.concept_id == "WH2")
    assert "Paying share 0.4% to 6% against break-even 2%" in said  # 2.5 % by the reference figures


def test_a_license_that_bars_companies_is_tight_by_the_default_ranges():
    found = {option: judging.myths_of(load_case("case-public-lab"), option)[3].answer for option in ("weights_noncommercial", "fully_open")}
    assert found == {"weights_noncommercial": "unknown", "fully_open": "not_asked"}


@pytest.fixture(scope="module")
def records():
    return {finding.concept_id: finding for finding in judging.myth_records_of(as_of="2026-08-26")}


def test_the_records_are_measured_and_carry_their_size(records):
    assert {finding.basis for finding in records.values()} == {"measured"}
    assert {name: finding.n for name, finding in records.items()} == {"MY1": 101, "MY2": 44, "MY3": 2, "MY4": 1}


def test_stars_do_not_rank_downloads_and_new_names_gathered_more_authors(records):
    assert records["MY2"].answer == "yes"
    assert records["MY2"].value == pytest.approx(-0.14, abs=0.01)
    assert records["MY3"].answer == "yes"
    assert any(sentence.startswith("valkey-io/valkey had 26.5 authors a month") for sentence in records["MY3"].evidence)


def test_authors_alone_do_not_show_that_tight_terms_drove_people_away(records):
    assert records["MY4"].answer == "partly"
    assert "3.8 before, 9.9 under the tight terms, 13.7 after the return" in records["MY4"].sentence


def test_an_earlier_day_knows_less():
    earlier = judging.myth_records_of(as_of="2024-12-31")[3]
    assert earlier.evidence[-1] == "In the last twelve months known: 2024-01 to 2024-12."
