"""The go-open checklist on hand-made answers: one clean set, and one change at a time."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from openstrat.analysis.strategy.checklist import (
    AnswerCheck,
    AnswerState,
    ChecklistFacts,
    ChecklistOutcome,
    ChecklistVerdict,
    Priced,
    base_rates_from,
    next_field,
    outcome_of,
    score_checklist,
)
from openstrat.analysis.strategy.criteria import Criterion
from openstrat.analysis.strategy.moat_losses import MoatLoss
from openstrat.analysis.strategy.moats import MoatTest
from openstrat.cases.schema import Checklist, FirstAdopters, FundedFork, HeldBack, Maintenance, Money
from openstrat.tables.store import read_table
from openstrat.terms import Layer

MONEY = Money(sentences=["Firms pay by the seat.", "A seat costs USD 90 a month."])
HELD = HeldBack(assets=["control plane"], why_hard_to_copy="needs owned capacity and power contracts")
ADOPTERS = FirstAdopters(group="platform teams", success_metric="paying organizations", target="40 of them by 2027-Q2")
FORK = FundedFork(what_remains=["MO3: capacity", "MO4: contracts with buyers"], scenario="a cloud takes the engine")
UPKEEP = Maintenance(fte=8, years=2, owner="head of platform", deprecation_policy="two versions, 12 months each")
CLEAN = Checklist(money=MONEY, held_back=HELD, first_adopters=ADOPTERS, funded_fork=FORK, maintenance=UPKEEP)


def moat_test(moat: str, score: bool | None) -> MoatTest:
    """A moat's test that holds, fails or lacks its fact."""
    return MoatTest(moat, moat, ((Criterion("fact", score, "given", "needed", "the fact"),),))


FACTS = ChecklistFacts(
    opened_layers=frozenset({Layer.SDK, Layer.ORCHESTRATION}),
    revenue_shares={Layer.ORCHESTRATION: 0.3, Layer.COMMERCIAL_TOOLING: 0.7},
    moat_shares={Layer.COMMERCIAL_TOOLING: 0.8},
    fte_required=10,
    moats=(moat_test("MO3", True), moat_test("MO4", True)),
)
PRICED = Priced(
    n_draws=2000,
    p_npv_positive=0.61,
    npv_under_clone=1.5,
    npv_without_clone=4.0,
    conversion_needed=0.012,
    stays_positive=False,
    conversion_range=(0.003, 0.05),
)
MISSING = {"money": Money(), "held_back": HeldBack(), "first_adopters": FirstAdopters(), "funded_fork": FundedFork()}
FIELDS = ["money", "held_back", "first_adopters", "funded_fork", "maintenance"]


def replace(record: Any, **changes: Any) -> Any:
    """A copy of a record, of either kind, with some fields changed."""
    if dataclasses.is_dataclass(record):
        return dataclasses.replace(record, **changes)  # type: ignore[type-var]
    return type(record).model_validate(record.model_dump() | {name: _plain(value) for name, value in changes.items()})


def _plain(value: Any) -> Any:
    return value.model_dump() if hasattr(value, "model_dump") else value


def check_of(answer: object, facts: ChecklistFacts = FACTS) -> AnswerCheck:
    """Read one answer in an otherwise clean set."""
    place = [type(part) for part in (MONEY, HELD, ADOPTERS, FORK, UPKEEP)].index(type(answer))
    return score_checklist(replace(CLEAN, **{FIELDS[place]: answer}), facts).checks[place]


def opening(*layers: Layer) -> ChecklistFacts:
    return replace(FACTS, opened_layers=frozenset(layers))


def verdict(n_clean: int) -> ChecklistVerdict:
    """The verdict when the last answers are left out, so that `n_clean` remain."""
    blank = {**MISSING, "maintenance": Maintenance()}
    return score_checklist(replace(CLEAN, **{name: blank[name] for name in FIELDS[n_clean:]}), FACTS)


def test_five_clean_answers_are_a_go_with_nothing_to_mend() -> None:
    result = score_checklist(CLEAN, FACTS)
    assert (result.n_clean, result.score, result.label) == (5, 1.0, "go")
    assert all(check.reasons == () and check.what_would_make_it_clean == "" for check in result.checks)


@pytest.mark.parametrize(
    ("n_clean", "label"), [(5, "go"), (4, "fix first"), (3, "fix first"), (2, "not a strategy yet"), (0, "not a strategy yet")]
)
def test_label_follows_the_number_of_clean_answers(n_clean: int, label: str) -> None:
    assert outcome_of(n_clean).label == verdict(n_clean).label == label


@pytest.mark.parametrize("answer", [*MISSING.values(), Maintenance()])
def test_a_missing_answer_is_not_an_unclean_one(answer: object) -> None:
    check = check_of(answer)
    assert (check.state, check.reasons) == (AnswerState.MISSING, ("Not answered.",))
    assert check.what_would_make_it_clean != ""


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Money(sentences=["Firms pay. Seats count. They cost USD 90.", "We grow."]), "4 sentences instead of at most 3."),
        (Money(sentences=["Firms pay USD 90 a seat" + " and more" * 40 + "."]), "86 words instead of at most 75."),  # 6 + 2 * 40
        (Money(sentences=["A seat costs USD 90 a month."]), "No payer is named (word-list check)."),
        (Money(sentences=["Firms pay USD 90."]), "No unit is named (word-list check)."),
        (Money(sentences=["Firms pay by the seat."]), "Neither a price nor a share is named (word-list check)."),
        (replace(MONEY, sentences=[*MONEY.sentences, "The community will help."]),
         "It puts the question off: 'community will' (word-list check)."),
    ],
)  # fmt: skip
def test_money_is_unclean_for_each_reason(answer: Money, reason: str) -> None:
    assert (check_of(answer).state, check_of(answer).reasons) == (AnswerState.UNCLEAN, (reason,))


def test_price_and_unit_may_stand_in_their_own_field_but_the_payer_is_read_from_the_sentences() -> None:
    answer = Money(sentences=["Hospitals pay for assurance."], price="EUR 4 a bed and month, yearly contracts")
    assert check_of(answer).state == AnswerState.CLEAN
    assert check_of(replace(answer, sentences=["Assurance is what we sell."])).reasons == ("No payer is named (word-list check).",)


def test_a_paying_share_above_published_ones_is_unclean_unless_the_case_backs_it() -> None:
    check = check_of(replace(MONEY, paying_share=0.12))
    assert check.reasons == ("Needs 12% of adopters to pay; published shares end at 5%, and the case backs no such range.",)
    backed = check_of(replace(MONEY, paying_share=0.12), replace(FACTS, paying_range=(0.05, 0.15)))
    assert backed.state == AnswerState.CLEAN
    assert backed.notes == ("Needs 12% of adopters to pay; published shares end at 5%; the case's own range reaches it.",)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (replace(HELD, assets=[]), "No asset is named."),
        (replace(HELD, assets=["orchestration core"]),
         "What is held is also opened: 'orchestration core' reads like the layer orchestration (word-list check)."),
        (replace(HELD, why_hard_to_copy=None), "No reason why it is hard to copy."),
        (replace(HELD, why_hard_to_copy="weak: power is all it needs"), "The reason calls itself weak (word-list check)."),
        (replace(HELD, why_hard_to_copy="we are ahead"), "The only reason is being ahead (word-list check)."),
        (replace(HELD, why_hard_to_copy="much code"),
         "The reason gives no rebuild time and no legal or capacity barrier (word-list check)."),
        (replace(HELD, why_hard_to_copy="much code", rebuild_months=5),
         "The reason gives a rebuild of 5 months and no legal or capacity barrier (word-list check)."),
    ],
)  # fmt: skip
def test_held_back_is_unclean_for_each_reason(answer: HeldBack, reason: str) -> None:
    assert (check_of(answer).state, check_of(answer).reasons) == (AnswerState.UNCLEAN, (reason,))


def test_a_rebuild_of_six_months_is_enough_without_a_barrier() -> None:
    assert check_of(replace(HELD, why_hard_to_copy="much code", rebuild_months=6)).state == AnswerState.CLEAN


def test_held_layers_must_carry_half_of_the_revenue() -> None:
    half = replace(FACTS, revenue_shares={Layer.ORCHESTRATION: 0.5, Layer.COMMERCIAL_TOOLING: 0.5})
    less = replace(FACTS, revenue_shares={Layer.ORCHESTRATION: 0.6, Layer.COMMERCIAL_TOOLING: 0.4})
    assert check_of(HELD, half).state == AnswerState.CLEAN
    assert check_of(HELD, less).reasons == ("Held layers carry 40% of revenue instead of at least 50%.",)


def test_without_revenue_layers_the_revenue_rule_does_not_apply_and_does_not_fail() -> None:
    check = check_of(HELD, replace(FACTS, revenue_shares={}))
    assert check.state == AnswerState.CLEAN
    assert check.not_applied == ("No layer carries revenue in this case: the revenue rule does not apply.",)


def test_data_that_belongs_to_somebody_else_is_held_even_when_training_data_are_opened() -> None:
    theirs = HeldBack(assets=["personal or licensed data"], why_hard_to_copy="a legal duty")
    assert check_of(theirs, opening(Layer.TRAINING_DATA)).state == AnswerState.CLEAN
    assert check_of(replace(theirs, assets=["our corpus"]), opening(Layer.TRAINING_DATA)).state == AnswerState.UNCLEAN


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (replace(ADOPTERS, group=None), "No first group is named."),
        (replace(ADOPTERS, success_metric=None), "No measure of success is named."),
        (replace(ADOPTERS, success_metric="stars and followers"), "The measure counts attention: 'stars', 'followers' (word-list check)."),
        (replace(ADOPTERS, success_metric="monthly downloads"), "The measure counts attention: 'downloads' (word-list check)."),
        (replace(ADOPTERS, success_metric="happiness"), "The measure names neither use nor money (word-list check)."),
        (replace(ADOPTERS, target="many of them by 2027-Q2"), "No number says when it has worked."),
        (replace(ADOPTERS, target="by 31 March 2027"), "No number says when it has worked."),
        (replace(ADOPTERS, target="2000 of them"), "No date says by when."),
    ],
)  # fmt: skip
def test_first_adopters_are_unclean_for_each_reason(answer: FirstAdopters, reason: str) -> None:
    assert (check_of(answer).state, check_of(answer).reasons) == (AnswerState.UNCLEAN, (reason,))


def test_what_a_measure_rules_out_does_not_count_against_it() -> None:
    assert check_of(replace(ADOPTERS, success_metric="net revenue retention, not downloads")).state == AnswerState.CLEAN


def test_number_and_date_may_stand_in_the_measure_itself_but_a_date_is_no_number() -> None:
    inside = FirstAdopters(group="infra teams", success_metric="GPU-hours per organization >= 400/month by q6")
    assert check_of(inside).state == AnswerState.CLEAN
    assert check_of(replace(inside, success_metric="more GPU-hours by q6")).reasons == ("No number says when it has worked.",)


@pytest.mark.parametrize(
    ("answer", "facts", "reason"),
    [
        (replace(FORK, what_remains=["our brand", "MO3: capacity"]), FACTS,
         "1 of 2 things are shown to remain, at least 2 are needed; only a name: 'our brand' (word-list check)."),
        (replace(FORK, what_remains=["MO3: capacity", "SDK"]), FACTS,
         "1 of 2 things are shown to remain, at least 2 are needed; opened anyway, since it reads like the layer sdk: 'SDK' "
         "(word-list check)."),
        (replace(FORK, what_remains=["MO3: capacity", "MO3: capacity"]), FACTS,
         "1 of 1 things are shown to remain, at least 2 are needed (word-list check)."),
        (replace(FORK, what_remains=["capacity", "contracts"]), FACTS,
         "0 of 2 things are shown to remain, at least 2 are needed; tied to none of the five moats: 'capacity', 'contracts' "
         "(word-list check)."),
        (FORK, opening(Layer.COMMERCIAL_TOOLING), "The option opens layers that carry 80% of the moat."),
    ],
)  # fmt: skip
def test_funded_fork_is_unclean_for_each_reason(answer: FundedFork, facts: ChecklistFacts, reason: str) -> None:
    assert (check_of(answer, facts).state, check_of(answer, facts).reasons) == (AnswerState.UNCLEAN, (reason,))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (replace(UPKEEP, fte=None), "No staff is planned."),
        (replace(UPKEEP, fte=7.9), "The staff covers 79% of the need instead of at least 80%."),
        (replace(UPKEEP, years=None), "No period is funded."),
        (replace(UPKEEP, years=1.5), "1.5 years are funded instead of at least 2."),
        (replace(UPKEEP, deprecation_policy=None), "No support policy is published."),
        (replace(UPKEEP, deprecation_policy="to be decided"), "No support policy is published."),
    ],
)
def test_maintenance_is_unclean_for_each_reason(answer: Maintenance, reason: str) -> None:
    assert (check_of(answer).state, check_of(answer).reasons) == (AnswerState.UNCLEAN, (reason,))


def test_exactly_four_fifths_of_the_staff_is_enough() -> None:
    # 11.2 / 14 is 0.7999999999999999 in binary
    assert check_of(replace(UPKEEP, fte=11.2), replace(FACTS, fte_required=14)).state == AnswerState.CLEAN


def test_staff_is_not_compared_with_a_need_that_nobody_stated() -> None:
    check = check_of(replace(UPKEEP, fte=0.5), replace(FACTS, fte_required=None))
    assert check.state == AnswerState.CLEAN
    assert check.not_applied == ("The staff needed is not known: the plan was not compared with it.",)


def test_a_policy_that_begins_with_no_is_still_a_policy() -> None:
    assert check_of(replace(UPKEEP, deprecation_policy="No version ends without 12 months' notice")).state == AnswerState.CLEAN


@pytest.mark.parametrize(
    ("answer", "facts", "note"),
    [
        (replace(HELD, assets=["orchestration core", "control plane"]), FACTS,
         "Partly opened by this option: 'orchestration core' reads like the layer orchestration (word-list check)."),
        (replace(ADOPTERS, group="agencies and universities"), FACTS,
         "More than one group seems to be named (word-list check): say which comes first."),
        (replace(ADOPTERS, success_metric="paying organizations and stars"), FACTS, "It also counts attention: 'stars' (word-list check)."),
        (replace(FORK, what_remains=["brand", *FORK.what_remains]), FACTS, "Does not count: only a name: 'brand' (word-list check)."),
        (replace(FORK, scenario=None), FACTS, "No scenario says who would fork it and how."),
        (replace(FORK, what_remains=["next model", *FORK.what_remains]), FACTS,
         "Does not count: tied to none of the five moats: 'next model' (word-list check)."),
    ],
)  # fmt: skip
def test_remarks_do_not_make_an_answer_unclean(answer: object, facts: ChecklistFacts, note: str) -> None:
    assert (check_of(answer, facts).state, check_of(answer, facts).notes) == (AnswerState.CLEAN, (note,))


def test_with_four_clean_answers_the_fifth_alone_flips_the_verdict() -> None:
    attention = replace(CLEAN, first_adopters=replace(ADOPTERS, success_metric="stars"))
    (flip,) = score_checklist(attention, FACTS).flips
    assert (flip.concept_id, flip.becomes, flip.together_with, flip.outcome) == ("CK3", AnswerState.CLEAN, (), ChecklistOutcome.GO)
    assert flip.sentence == ("If CK3 were clean, the verdict would move from fix first to go: replace it with a measure of use or money.")


def test_with_two_clean_answers_either_of_the_two_nearest_flips_the_verdict() -> None:
    answers = replace(CLEAN, money=Money(), funded_fork=replace(FORK, what_remains=["brand"]), maintenance=replace(UPKEEP, years=1))
    flips = score_checklist(answers, FACTS).flips
    assert [(flip.concept_id, flip.together_with, flip.outcome) for flip in flips] == [
        ("CK4", (), ChecklistOutcome.FIX_FIRST),
        ("CK5", (), ChecklistOutcome.FIX_FIRST),
    ]


def test_with_one_clean_answer_it_takes_two_together() -> None:
    flips = verdict(1).flips
    assert [(flip.concept_id, flip.together_with, flip.outcome) for flip in flips] == [
        ("CK2", ("CK3",), ChecklistOutcome.FIX_FIRST),
        ("CK3", ("CK2",), ChecklistOutcome.FIX_FIRST),
    ]
    assert flips[0].sentence.startswith("If CK2 were clean together with CK3, the verdict would move from not a strategy yet to fix first:")


def test_without_any_clean_answer_two_are_not_enough_and_the_sentence_says_so() -> None:
    assert "clean together with CK2 and a third answer" in verdict(0).flips[0].sentence


def test_maintenance_without_an_owner_is_not_clean() -> None:
    check = score_checklist(replace(CLEAN, maintenance=replace(UPKEEP, owner=None)), FACTS).checks[4]
    assert (check.state, check.reasons) == (AnswerState.UNCLEAN, ("No owner is named.",))


def test_a_go_names_the_two_weakest_answers() -> None:
    flips = score_checklist(replace(CLEAN, funded_fork=replace(FORK, scenario=None)), FACTS).flips
    assert [(flip.concept_id, flip.becomes, flip.outcome) for flip in flips] == [
        ("CK4", AnswerState.UNCLEAN, ChecklistOutcome.FIX_FIRST),
        ("CK1", AnswerState.UNCLEAN, ChecklistOutcome.FIX_FIRST),
    ]
    assert flips[0].sentence == (
        "If CK4 were no longer clean, the verdict would move from go to fix first; "
        "its weak spot: no scenario says who would fork it and how."
    )


def test_with_three_clean_answers_the_two_that_lead_to_go_are_named_together() -> None:
    flips = verdict(3).flips
    assert {(flip.becomes, flip.outcome) for flip in flips} == {(AnswerState.CLEAN, ChecklistOutcome.GO)}
    assert flips[0].together_with == (flips[1].concept_id,)


def test_base_rates_come_from_the_checklist_table_with_their_sources() -> None:
    rates = base_rates_from(read_table("checklist"))
    check = score_checklist(CLEAN, FACTS, base_rates=rates).checks[4]
    assert check.base_rate.startswith("16 percent of 1,932 popular projects")
    assert "avelino-1906.08058" in check.source_ids


def test_an_entry_counts_only_when_its_moat_passes_and_no_opened_layer_carries_it() -> None:
    failed = replace(FACTS, moats=(moat_test("MO3", True), moat_test("MO4", False)))
    assert check_of(FORK, failed).reasons == (
        "1 of 2 things are shown to remain, at least 2 are needed; fails, since the test of MO4 gives 0 of 1 at most: "
        "'MO4: contracts with buyers' (word-list check).",
    )
    lost = replace(FACTS, losses=(MoatLoss("open", "MO3", (Layer.SDK,), (Layer.SDK,)),))
    assert "lost, since the option opens the layer sdk: 'MO3: capacity'" in check_of(FORK, lost).reasons[0]
    kept = replace(FACTS, losses=(MoatLoss("open", "MO3", (), (Layer.SDK,)),))
    assert check_of(FORK, kept).state == AnswerState.CLEAN


def test_a_moat_whose_test_lacks_facts_does_not_count_until_it_is_shown() -> None:
    check = check_of(FORK, replace(FACTS, moats=(moat_test("MO3", True), moat_test("MO4", None))))
    assert check.state == AnswerState.UNCLEAN
    assert "not shown, since the test of MO4 lacks facts: 'MO4: contracts with buyers'" in check.reasons[0]


@pytest.mark.parametrize(
    ("value", "scenario", "state"),
    [
        (0.0, "a cloud takes the engine", "clean"),
        (-1.8, "a cloud takes the engine", "unclean"),
        (-1.8, "a cloud takes the engine; we accept a loss of two years", "clean"),
        (-1.8, "a cloud takes the engine; the loss is accepted by the board", "clean"),
        (-1.8, "a cloud takes the engine; nobody would accept the loss", "unclean"),
    ],
)
def test_a_loss_under_a_clone_is_unclean_unless_it_is_accepted_in_writing(value: float, scenario: str, state: str) -> None:
    check = check_of(replace(FORK, scenario=scenario), replace(FACTS, priced=replace(PRICED, npv_under_clone=value)))
    assert check.state == state
    assert any(f"USD {abs(value):.1f}m (USD 4.0m with nothing out of the ordinary); 2,000 draws" in text for text in check.figures)
    if state == "unclean":
        assert "the mean value is minus USD 1.8m, and nobody accepts that loss" in check.reasons[0]
        assert check.fields == ("checklist.funded_fork.scenario",)


def test_money_shows_the_chance_and_the_break_even_share_beside_the_published_range() -> None:
    assert check_of(MONEY, replace(FACTS, priced=PRICED)).figures == (
        "The option's value is above zero in 61% of 2,000 draws.",
        "It breaks even (median) when 1.2% of adopters pay, inside the model's range of 0.3% to 5%.",
    )
    never = replace(PRICED, conversion_needed=None, revenue_today=400.0)
    assert check_of(MONEY, replace(FACTS, priced=never)).figures == (
        "The option's value is above zero in 61% of 2,000 draws, today's revenue of USD 400m a year included.",
        "Its median value stays below zero whatever share of adopters pays.",
    )


def test_a_plan_that_mostly_loses_or_needs_more_than_it_states_has_weak_spots_and_stays_clean() -> None:
    check = check_of(replace(MONEY, paying_share=0.01), replace(FACTS, priced=replace(PRICED, p_npv_positive=0.32, conversion_needed=0.07)))
    assert check.state == AnswerState.CLEAN
    assert check.notes == (
        "In most draws the option's value is not above zero.",
        "Breaking even takes 7% of adopters; published shares end at 5%. Bring evidence.",
        "Breaking even takes 7% of adopters; the case states 1%.",
    )


def test_staff_that_the_option_plans_counts_before_the_answer_s() -> None:
    check = check_of(UPKEEP, replace(FACTS, fte_of_option=7.9))
    assert check.reasons == ("The staff covers 79% of the need instead of at least 80%.",)
    assert check.figures == ("The option itself plans 7.9 people; that is what counts for it, not the 8 of the answer.",)


def test_the_field_to_answer_next_is_what_the_first_unclean_answer_lacks_then_the_first_blank_one() -> None:
    unowned = replace(CLEAN, maintenance=replace(UPKEEP, owner=None))
    assert next_field(unowned, score_checklist(unowned, FACTS)).path == "checklist.maintenance.owner"
    assert next_field(Checklist(), score_checklist(Checklist(), FACTS)).path == "checklist.money.sentences"
    assert next_field(CLEAN, score_checklist(CLEAN, FACTS)).path == "checklist.money.price"
    full = replace(CLEAN, money=replace(MONEY, price="USD 90 a seat", paying_share=0.01), held_back=replace(HELD, rebuild_months=8))
    assert next_field(full, score_checklist(full, FACTS)) is None


def test_base_rates_carry_their_sample_size_where_one_was_published() -> None:
    rates = base_rates_from(read_table("checklist"))
    assert {name: rate.n for name, rate in rates.items()} == {"CK1": None, "CK2": None, "CK3": 35, "CK4": 4, "CK5": 1932}
