"""What a case is cautioned about, from the shipped tables."""

import pytest

from openstrat.analysis import cautioning
from openstrat.analysis.evaluating import evaluate
from openstrat.cases.load import load_case, shipped_cases
from openstrat.cases.measures import GovernanceFacts
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.store import read_table

DATABASE = load_case("case-database-relicense")


@pytest.mark.parametrize("name", shipped_cases())
def test_every_option_of_every_case_gets_five_risks_with_base_rates(name):
    case = load_case(name)
    for option in case.options:
        readings = cautioning.risks_of(case, option)
        assert [item.finding.concept_id for item in readings] == ["RK1", "RK2", "RK3", "RK4", "RK5"]
        assert all(item.base_rates and item.early_sign and item.finding.source_ids for item in readings)


def test_the_economics_fill_in_chance_and_clone():
    drivers = dict(cautioning.risks_of(DATABASE, "stay_permissive", evaluate(DATABASE, n=200))[2].drivers)
    assert drivers["Value when a larger host clones it"].startswith("USD ")


def test_governance_reads_the_named_repository():
    measures = DATABASE.measures.model_copy(update={"governance": GovernanceFacts(repository="prometheus/prometheus")})
    spread = cautioning.governance_of(DATABASE.model_copy(update={"measures": measures}))[0]
    row = read_table("project_indicators").set_index("repository").loc["prometheus/prometheus"]
    assert spread.basis == "measured"
    assert spread.n == row["n_human_commits_12m"]
    assert spread.value >= 1 / row["n_authors_for_half"]


def test_an_unmeasured_repository_is_named():
    measures = DATABASE.measures.model_copy(update={"governance": GovernanceFacts(repository="no/such")})
    with pytest.raises(UnknownNameError, match="no/such"):
        cautioning.governance_of(DATABASE.model_copy(update={"measures": measures}))


def test_families_say_which_way_an_option_moves():
    families = {item.concept_id: item for item in cautioning.families_of(DATABASE)}
    assert any("permissive to source_available, tighter" in row for row in families["LF3"].evidence)


def test_layers_and_levels_cover_the_rules_once():
    layers = [item.concept_id for item in cautioning.layers_of(DATABASE, "stay_permissive")]
    assert layers == ["LY0", "LY1", "LY2", "LY-SDK", "LY-DOC", "LY-INT", "LY1", "LY-CT"]
    levels = [item.concept_id for item in cautioning.levels_of(DATABASE, "stay_permissive", release="olmo-7b")]
    assert levels == ["SP0", "SP1", "SP2", "SP3", "SP4", "SP5", "SP6", "SP7"]


def test_examples_come_out_as_they_were_checked():
    answers = {item.concept_id: item.answer.value for item in cautioning.examples_of()}
    assert answers == {
        "EX1": "partly", "EX2": "partly", "EX3": "yes", "EX4": "partly", "EX5": "partly", "EX6": "partly", "EX7": "unknown",
    }  # fmt: skip


def test_every_source_of_a_caution_is_known():
    known = set(read_table("sources")["source_id"])
    found = [*cautioning.examples_of(), *cautioning.families_of(DATABASE), *cautioning.governance_of(DATABASE)]
    found += [item.finding for item in cautioning.risks_of(DATABASE, "stay_permissive")]
    assert {source for item in found for source in item.source_ids} <= known


def test_an_unknown_option_is_named():
    for ask in (cautioning.risks_of, cautioning.layers_of, cautioning.levels_of):
        with pytest.raises(UnknownNameError, match="everything"):
            ask(DATABASE, "everything")


def test_nothing_named_is_a_mistake_of_the_caller():
    with pytest.raises(InputError, match="Name a release"):
        cautioning.mistakes_of(as_of="2026-08-22")
    with pytest.raises(InputError, match="not a day"):
        cautioning.maintenance_of("minio/minio", as_of="August")


def test_a_repository_without_a_count_of_its_copy_is_read_from_months():
    assert cautioning.maintenance_of("opentofu/opentofu", as_of="2026-08-22").value == pytest.approx(1.0)
    with pytest.raises(UnknownNameError, match="no/such"):
        cautioning.maintenance_of("no/such", as_of="2026-08-22")
