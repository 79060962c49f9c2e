"""License families of a worked case."""

from openstrat.analysis.strategy.families import family_findings, layer_changes
from openstrat.cases.load import load_case
from openstrat.terms import Layer

DATABASE = load_case("case-database-relicense")


def test_each_family_fits_where_its_condition_holds():
    findings = {item.concept_id: item for item in family_findings(DATABASE, {})}
    assert {name: item.answer.value for name, item in findings.items()} == {"LF1": "yes", "LF2": "yes", "LF3": "yes", "LF4": "no"}
    assert "Fits here: SDK, docs, integration." in findings["LF1"].sentence
    assert "Fits here: database." in findings["LF2"].sentence
    assert "Fits here: commercial tooling." in findings["LF3"].sentence  # closed today, so new code; the database is open already
    assert (findings["LF4"].low, findings["LF4"].high) == (3, 5)


def test_without_fork_inputs_the_threat_of_hosts_is_not_known():
    case = DATABASE.model_copy(update={"fork_inputs": None})
    assert {item.concept_id: item.answer.value for item in family_findings(case, {})}["LF3"] == "unknown"


def test_changes_of_open_layers_have_a_direction():
    changes = {item.option: item for item in layer_changes(DATABASE, {})}
    assert set(changes) == {"relicense_source_available", "relicense_agpl"}
    assert all(item.layer is Layer.DATABASE and item.direction == "tighter" for item in changes.values())


def test_closing_an_open_layer_is_tighter():
    options = {"close": DATABASE.options["stay_permissive"].model_copy(update={"licenses": {Layer.SDK: "permissive"}})}
    changes = layer_changes(DATABASE.model_copy(update={"options": options}), {})
    assert {(item.layer.value, item.direction.value) for item in changes} == {
        ("docs", "tighter"),
        ("integration", "tighter"),
        ("database", "tighter"),
    }
