"""Rules MO0 to MO5 on hand-made measurements."""

import pytest
from own_cases import small_case

from openstrat.analysis.strategy import moats
from openstrat.analysis.strategy.moat_losses import moats_lost, untested_carriers
from openstrat.cases.load import load_case, shipped_cases
from openstrat.terms import Layer

AUDIENCE = {"audience": "platform teams"}
GOOD_TOOLS = {"minutes_to_first_result": 15.0, "n_integrations": 20, "outsider_integration_share": 0.51, "docs_lag_days": 30.0}
GOOD_HOSTING = {"hosted_share": 0.35, "sla_quarters_kept": 4, "price_premiums": [0.1, 0.2]}
GOOD_DATA = {"rebuild_months": 12.0, "rights_exclusive": True, "baseline_margin": 6.0, "needed_margin": 5.0}
GOOD_LOOP = {"reporting_share": 0.3, "improvements_per_quarter": 2.0}
TESTS = {
    "default_choice": moats.default_choice,
    "best_tools": moats.best_tools,
    "best_hosting": moats.best_hosting,
    "hard_to_rebuild": moats.hard_to_rebuild,
    "feedback_loop": moats.feedback_loop,
}


@pytest.mark.parametrize(
    ("block", "given", "score"),
    [
        ("default_choice", AUDIENCE | {"new_project_share": 0.4, "n_observed": 50}, 1.0),
        ("default_choice", AUDIENCE | {"tutorial_share": 0.5, "n_observed": 50}, 1.0),
        ("default_choice", AUDIENCE | {"new_project_share": 0.4, "n_observed": 49}, 0.5),  # too few observations
        ("default_choice", AUDIENCE | {"new_project_share": 0.39, "tutorial_share": 0.49, "n_observed": 500}, 0.0),
        ("default_choice", {"new_project_share": 0.4, "n_observed": 50}, None),  # whose default choice?
        ("default_choice", AUDIENCE | {"new_project_share": 0.39, "n_observed": 50}, None),  # tutorials could still pass
        ("best_tools", GOOD_TOOLS, 1.0),
        ("best_tools", GOOD_TOOLS | {"outsider_integration_share": 0.5}, 0.5),  # more than half is asked for
        ("best_tools", GOOD_TOOLS | {"n_integrations": 19, "docs_lag_days": 31.0}, 0.5),  # two of four
        ("best_tools", GOOD_TOOLS | {"n_integrations": 19, "docs_lag_days": 31.0, "minutes_to_first_result": 16.0}, 0.0),
        ("best_tools", {"n_integrations": 19, "docs_lag_days": 31.0, "minutes_to_first_result": 16.0}, 0.0),  # one missing cannot help
        ("best_hosting", GOOD_HOSTING, 1.0),
        ("best_hosting", GOOD_HOSTING | {"price_premiums": [0.1]}, None),  # two independent hosts are asked for
        ("best_hosting", GOOD_HOSTING | {"price_premiums": [0.1, -0.1]}, 0.5),
        ("best_hosting", GOOD_HOSTING | {"price_premiums": [-0.1, 0.0], "sla_quarters_kept": 3}, 0.0),
        ("hard_to_rebuild", GOOD_DATA, 1.0),
        ("hard_to_rebuild", GOOD_DATA | {"rebuild_months": 6.0, "rebuild_budgets": 3.0}, 1.0),  # either time or money
        ("hard_to_rebuild", GOOD_DATA | {"rebuild_months": 6.0, "rebuild_budgets": 2.9}, 0.0),  # quick and cheap: nothing else helps
        ("hard_to_rebuild", GOOD_DATA | {"baseline_margin": 4.9}, 0.5),
        ("feedback_loop", GOOD_LOOP, 1.0),
        ("feedback_loop", GOOD_LOOP | {"improvements_per_quarter": 1.9}, 0.5),
        ("feedback_loop", {"reporting_share": 0.29, "improvements_per_quarter": 1.9}, 0.0),
        ("feedback_loop", {"reporting_share": 0.29}, None),
    ],
)
def test_a_moat_scores_by_its_thresholds_and_stays_unknown_while_a_fact_could_change_it(block, given, score):
    assert TESTS[block](small_case(measures={block: given})).score == score


def test_the_finding_names_what_was_missed_and_what_is_missing():
    half = moats.moat_finding(moats.feedback_loop(small_case(measures={"feedback_loop": GOOD_LOOP | {"improvements_per_quarter": 1.0}})))
    assert (half.answer, half.value) == ("partly", 0.5)
    assert "Improvements traced to them: 1 a quarter, needed at least 2 a quarter" in half.sentence
    unknown = moats.moat_finding(moats.feedback_loop(small_case(measures={"feedback_loop": {"reporting_share": 0.5}})))
    assert (unknown.answer, unknown.value, unknown.low, unknown.high) == ("unknown", None, 0.5, 1.0)
    assert unknown.asks == ("shipped improvements a quarter that are traced to them",)


def test_an_unmeasured_case_has_no_score_at_all():
    found = [moats.moat_finding(test) for test in moats.score_moats(small_case())]
    assert [(finding.answer, finding.basis, finding.value) for finding in found] == [("unknown", "nothing", None)] * 5


FAILED = {
    "default_choice": AUDIENCE | {"new_project_share": 0.1, "tutorial_share": 0.1, "n_observed": 80},
    "best_tools": {"minutes_to_first_result": 60.0, "n_integrations": 3, "outsider_integration_share": 0.0, "docs_lag_days": 90.0},
    "best_hosting": {"hosted_share": 0.1, "sla_quarters_kept": 1, "price_premiums": [-0.2, -0.1]},
    "hard_to_rebuild": {"rebuild_months": 2.0, "rebuild_budgets": 0.1},
    "feedback_loop": {"reporting_share": 0.01, "improvements_per_quarter": 0.0},
}


def test_openness_alone_is_no_moat_and_contradicts_a_high_stated_one():
    case = small_case(measures=FAILED)
    found = moats.openness_alone(case, moats.score_moats(case))
    assert (found.answer, found.value, found.n) == ("yes", 0.0, 5)
    assert "count at most 0.15 as moat" in found.sentence
    assert "Contradiction" in found.sentence
    assert "the case states 0.5, more than they allow" in found.sentence


def test_the_mean_counts_unknown_scores_apart():
    #  MO1 unknown (0 to 1), MO2 1, MO3 0, MO4 unknown (0 to 1), MO5 .5: known mean .5, range 1.5/5 to 3.5/5
    case = small_case(
        measures={
            "best_tools": GOOD_TOOLS,
            "best_hosting": FAILED["best_hosting"],
            "feedback_loop": {"reporting_share": 0.3, "improvements_per_quarter": 0.0},
        }
    )
    mean = moats.mean_of_moats(moats.score_moats(case), stated=0.5)
    assert (mean.low, mean.high, mean.mean_of_known, mean.n_known) == (pytest.approx(0.3), pytest.approx(0.7), 0.5, 3)
    assert not mean.contradicts
    assert moats.mean_of_moats(moats.score_moats(case), stated=0.75).contradicts
    assert moats.mean_of_moats(moats.score_moats(case), stated=0.25).contradicts


CARRIERS = {"MO3": (Layer.COMMERCIAL_TOOLING,), "MO4": (Layer.TRAINING_DATA, Layer.SMALL_WEIGHTS), "MO5": (Layer.COMMERCIAL_TOOLING,)}


def test_a_moat_dies_under_the_options_that_open_its_layer():
    case = small_case(measures={"best_hosting": GOOD_HOSTING, "feedback_loop": FAILED["feedback_loop"]})
    losses = {(item.option, item.concept_id): item for item in moats_lost(case, CARRIERS, moats.score_moats(case))}
    assert losses["everything", "MO3"].dies
    assert losses["everything", "MO3"].opened == (Layer.COMMERCIAL_TOOLING,)
    assert not losses["core", "MO3"].dies
    assert not losses["everything", "MO4"].dies  # the case has neither data nor weights
    assert losses["everything", "MO5"].is_absent  # what is not there cannot be lost


def test_layers_that_carry_a_moat_nobody_names_are_listed():
    assert untested_carriers(small_case(), CARRIERS) == (Layer.COMMERCIAL_TOOLING,)
    assert untested_carriers(small_case(moats=["MO3"]), CARRIERS) == ()


@pytest.mark.parametrize("name", shipped_cases())
def test_every_score_of_a_shipped_case_lies_in_its_range(name):
    for test in moats.score_moats(load_case(name)):
        assert 0 <= test.low <= test.high <= 1
