"""The analyses behind a brief, on the worked cases and the shipped tables."""

import pytest

import openstrat
from openstrat.errors import InputError, UnknownNameError
from openstrat.terms import Layer


@pytest.fixture(scope="module")
def lab():
    return openstrat.load_case("case-frontier-lab")


def test_every_public_name_resolves_and_a_wrong_one_says_where_to_look():
    for name in dir(openstrat):
        assert getattr(openstrat, name) is not None
    with pytest.raises(AttributeError, match="openstrat data list"):
        openstrat.load_licences()


def test_restricted_weights_count_as_opened_but_not_to_everybody(lab):
    options = openstrat.options_of(lab, openstrat.placements_of(lab)).set_index("option")
    # small weights weigh .18 of 1.0 and carry .08; under Llama 4's terms they are opened, but not to everybody
    assert options.loc["edge_small_custom", "adoption_opened"] == pytest.approx(0.84)
    assert options.loc["edge_small_custom", "adoption_unrestricted"] == pytest.approx(0.66)
    assert options.loc["edge_small_permissive", "adoption_unrestricted"] == pytest.approx(0.84)
    assert options.loc["frontier_custom", "revenue_unrestricted"] == pytest.approx(0.08)


def test_positions_follow_the_terms(lab):
    placed = openstrat.placements_of(lab).set_index(["option", "layer"])
    assert placed.loc[("edge_small_custom", "small_weights"), "level"] == "open_weights"
    assert "scale_gate" in placed.loc[("edge_small_custom", "small_weights"), "restrictions"]
    assert placed.loc[("edge_small_permissive", "small_weights"), "level"] == "fully_open"
    assert placed.loc[("closed_all", "sdk"), "level"] == "closed"


def test_the_database_case_finds_redis_and_reproduces_its_fall():
    case = openstrat.load_case("case-database-relicense")
    nearest = openstrat.precedents_of(case, as_of="2026-08-26").iloc[0]
    assert (nearest["project"], nearest["fork"], nearest["fork_lag_days"]) == ("Redis", "valkey-io/valkey", 2)
    changes = openstrat.activity_of(case, as_of="2026-08-26", seed=7).changes.set_index("precedent")
    redis = changes.loc["Redis, 2024-03-20"]
    assert redis["change"] == pytest.approx(-0.38, abs=0.005)  # published fork study: 16.9 -> 10.5, donors' median 0 %
    assert (redis["n_donors"], redis["donor_median"]) == (13, pytest.approx(0.0, abs=0.005))


def test_the_seed_decides_the_interval_and_nothing_else():
    case = openstrat.load_case("case-database-relicense")
    first, again, other = (openstrat.activity_of(case, as_of="2026-08-26", seed=seed) for seed in (7, 7, 8))
    assert first.overall == again.overall
    assert first.overall.median == other.overall.median


def test_a_case_without_features_has_no_precedents(lab):
    bare = lab.model_copy(update={"precedent": type(lab.precedent)()})
    assert openstrat.precedents_of(bare, as_of="2026-08-26").empty


def test_a_case_without_weights_shows_no_model_histories():
    assert openstrat.model_histories_of(openstrat.load_case("case-database-relicense"), as_of="2026-08-26").empty


def test_histories_stop_at_the_as_of_day(lab):
    history = openstrat.model_histories_of(lab, as_of="2024-01-01")
    assert set(history["family"]) == {"Falcon", "Llama", "Mistral", "Qwen", "Stability", "Yi"}


def test_a_day_that_is_none_is_refused_with_the_form(lab):
    with pytest.raises(InputError, match=r"'2026-13-01' is not a day\. Write it as YYYY-MM-DD"):
        openstrat.precedents_of(lab, as_of="2026-13-01")


def test_the_checklist_judges_the_named_option(lab):
    option, verdict = openstrat.checklist_of(lab)
    assert option == "edge_evals"
    assert [(check.concept_id, check.state.value) for check in verdict.checks if check.state != "clean"] == [
        ("CK3", "unclean"),  # no number, no date
        ("CK4", "unclean"),  # what remains is tied to no moat
    ]
    with pytest.raises(UnknownNameError, match="Did you mean 'edge_open'"):
        openstrat.checklist_of(lab, "edge_opn")


def test_a_moat_says_which_option_kills_it(lab):
    risks, moats = openstrat.risks_and_moats_of(lab)
    assert list(dict.fromkeys(risks["concept_id"])) == ["RK4", "RK5"]
    assert moats.iloc[0]["about"]["Dies when opened"] == "commercial tooling: no option opens it"
    assert set(moats["stance"].dropna()) <= {"supports", "contradicts", "context"}


def test_every_layer_of_a_case_has_a_default_a_reason_and_a_source(lab):
    layers = openstrat.layers_of(lab)
    assert layers["layer"].tolist() == [layer.value for layer in Layer if layer in lab.layers]
    assert layers[["default", "stance", "reason", "why", "source_ids"]].notna().all().all()


def test_evidence_for_and_against_both_show_where_both_exist():
    case = openstrat.load_case("case-opencore-tooling")
    risks, _ = openstrat.risks_and_moats_of(case)
    backlash = risks[risks["concept_id"] == "RK2"]
    assert backlash["stance"].tolist() == ["supports", "contradicts", "supports", "contradicts"]
    assert backlash.iloc[0]["counts"]["supports"] == 10
    assert set(backlash["mark"]) <= {"measured", "published", "vendor_survey"}


def test_far_precedents_share_at_least_one_feature():
    nearest = openstrat.precedents_of(openstrat.load_case("case-public-lab"), as_of="2026-08-26")
    assert (nearest["distance"] < 1).all()


def test_a_day_after_the_tables_is_refused(lab):
    with pytest.raises(InputError, match="2030-01-01 is after the tables' own day"):
        openstrat.precedents_of(lab, as_of="2030-01-01")
