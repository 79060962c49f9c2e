"""The go-open checklist on hand-made answers: one clean set, and one change at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openstrat.analysis.strategy.checklist import (
    AnswerCheck,
    AnswerState,
    ChecklistAnswers,
    ChecklistFacts,
    ChecklistOutcome,
    ChecklistVerdict,
    FirstAdoptersAnswer,
    FundedForkAnswer,
    HeldBackAnswer,
    MaintenanceAnswer,
    MoneyAnswer,
    base_rates_from,
    outcome_of,
    score_checklist,
)
from openstrat.tables.store import read_table
from openstrat.terms import Layer

MONEY = MoneyAnswer(("Firms pay by the seat.", "A seat costs USD 90 a month."))
HELD = HeldBackAnswer(("control plane",), "needs owned capacity and power contracts")
ADOPTERS = FirstAdoptersAnswer("platform teams", "paying organizations", "40 of them", "2027-Q2")
FORK = FundedForkAnswer(("capacity", "contracts with buyers"), "a cloud takes the engine")
UPKEEP = MaintenanceAnswer(8, 2, 3.5, "two versions, 12 months each", "head of platform", "security@ address")
CLEAN = ChecklistAnswers(MONEY, HELD, ADOPTERS, FORK, UPKEEP)
FACTS = ChecklistFacts(
    opened_layers=frozenset({Layer.SDK, Layer.ORCHESTRATION}),
    revenue_shares={Layer.ORCHESTRATION: 0.3, Layer.COMMERCIAL_TOOLING: 0.7},
    moat_shares={Layer.COMMERCIAL_TOOLING: 0.8},
    fte_required=10,
)
MISSING = {
    "money": MoneyAnswer(),
    "held_back": HeldBackAnswer(),
    "first_adopters": FirstAdoptersAnswer(),
    "funded_fork": FundedForkAnswer(),
}
FIELDS = ["money", "held_back", "first_adopters", "funded_fork", "maintenance"]


def check_of(answer: object, facts: ChecklistFacts = FACTS) -> AnswerCheck:
    """Read one answer in an otherwise clean set."""
    place = [type(part) for part in (MONEY, HELD, ADOPTERS, FORK, UPKEEP)].index(type(answer))
    return score_checklist(replace(CLEAN, **{FIELDS[place]: answer}), facts).checks[place]


def opening(*layers: Layer) -> ChecklistFacts:
    return replace(FACTS, opened_layers=frozenset(layers))


def verdict(n_clean: int) -> ChecklistVerdict:
    """The verdict when the last answers are left out, so that `n_clean` remain."""
    blank = {**MISSING, "maintenance": MaintenanceAnswer()}
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


@pytest.mark.parametrize("answer", [*MISSING.values(), MaintenanceAnswer()])
def test_a_missing_answer_is_not_an_unclean_one(answer: object) -> None:
    check = check_of(answer)
    assert (check.state, check.reasons) == (AnswerState.MISSING, ("Not answered.",))
    assert check.what_would_make_it_clean != ""


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (MoneyAnswer(("Firms pay. Seats count. They cost USD 90.", "We grow.")), "4 sentences instead of at most 3."),
        (MoneyAnswer(("Firms pay USD 90 a seat" + " and more" * 40 + ".",)), "86 words instead of at most 75."),  # 6 + 2 * 40
        (MoneyAnswer(("A seat costs USD 90 a month.",)), "No payer is named (word-list check)."),
        (MoneyAnswer(("Firms pay USD 90.",)), "No unit is named (word-list check)."),
        (MoneyAnswer(("Firms pay by the seat.",)), "Neither a price nor a share is named (word-list check)."),
        (replace(MONEY, sentences=(*MONEY.sentences, "The community will help.")),
         "It puts the question off: 'community will' (word-list check)."),
    ],
)  # fmt: skip
def test_money_is_unclean_for_each_reason(answer: MoneyAnswer, reason: str) -> None:
    assert (check_of(answer).state, check_of(answer).reasons) == (AnswerState.UNCLEAN, (reason,))


def test_payer_unit_and_price_may_stand_in_their_own_fields() -> None:
    answer = MoneyAnswer(("Assurance is what we sell.",), payer="hospital groups", unit="bed", price="EUR 4")
    assert check_of(answer).state == AnswerState.CLEAN


def test_a_paying_share_above_published_ones_asks_for_evidence_but_does_not_fail() -> None:
    check = check_of(replace(MONEY, paying_share=0.12))
    assert check.state == AnswerState.CLEAN
    assert check.notes == ("Needs 12% of adopters to pay; published shares end at 5%. Bring evidence.",)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (replace(HELD, assets=()), "No asset is named."),
        (replace(HELD, assets=("orchestration core",)),
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
def test_held_back_is_unclean_for_each_reason(answer: HeldBackAnswer, reason: str) -> None:
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
    theirs = HeldBackAnswer(("personal or licensed data",), "a legal duty")
    assert check_of(theirs, opening(Layer.TRAINING_DATA)).state == AnswerState.CLEAN
    assert check_of(replace(theirs, assets=("our corpus",)), opening(Layer.TRAINING_DATA)).state == AnswerState.UNCLEAN


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (replace(ADOPTERS, group=None), "No first group is named."),
        (replace(ADOPTERS, success_metric=None), "No measure of success is named."),
        (replace(ADOPTERS, success_metric="stars and followers"), "The measure counts attention: 'stars', 'followers' (word-list check)."),
        (replace(ADOPTERS, success_metric="monthly downloads"), "The measure counts attention: 'downloads' (word-list check)."),
        (replace(ADOPTERS, success_metric="happiness"), "The measure names neither use nor money (word-list check)."),
        (replace(ADOPTERS, target=None), "No number says when it has worked."),
        (replace(ADOPTERS, by_when=None), "No date says by when."),
    ],
)  # fmt: skip
def test_first_adopters_are_unclean_for_each_reason(answer: FirstAdoptersAnswer, reason: str) -> None:
    assert (check_of(answer).state, check_of(answer).reasons) == (AnswerState.UNCLEAN, (reason,))


def test_what_a_measure_rules_out_does_not_count_against_it() -> None:
    assert check_of(replace(ADOPTERS, success_metric="net revenue retention, not downloads")).state == AnswerState.CLEAN


def test_number_and_date_may_stand_in_the_measure_itself_but_a_date_is_no_number() -> None:
    inside = FirstAdoptersAnswer("infra teams", "GPU-hours per organization >= 400/month by q6")
    assert check_of(inside).state == AnswerState.CLEAN
    assert check_of(replace(inside, success_metric="more GPU-hours by q6")).reasons == ("No number says when it has worked.",)


@pytest.mark.parametrize(
    ("answer", "facts", "reason"),
    [
        (replace(FORK, what_remains=("our brand", "capacity")), FACTS,
         "1 of 2 things would remain, at least 2 are needed; only a name: our brand (word-list check)."),
        (replace(FORK, what_remains=("capacity", "SDK")), FACTS,
         "1 of 2 things would remain, at least 2 are needed; opened anyway: 'SDK' reads like the layer sdk (word-list check)."),
        (replace(FORK, what_remains=("capacity", "capacity")), FACTS,
         "1 of 1 things would remain, at least 2 are needed (word-list check)."),
        (FORK, opening(Layer.COMMERCIAL_TOOLING), "The option opens layers that carry 80% of the moat."),
    ],
)  # fmt: skip
def test_funded_fork_is_unclean_for_each_reason(answer: FundedForkAnswer, facts: ChecklistFacts, reason: str) -> None:
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
def test_maintenance_is_unclean_for_each_reason(answer: MaintenanceAnswer, reason: str) -> None:
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
        (replace(HELD, assets=("orchestration core", "control plane")), FACTS,
         "Partly opened by this option: 'orchestration core' reads like the layer orchestration (word-list check)."),
        (replace(ADOPTERS, group="agencies and universities"), FACTS,
         "More than one group seems to be named (word-list check): say which comes first."),
        (replace(ADOPTERS, success_metric="paying organizations and stars"), FACTS, "It also counts attention: 'stars' (word-list check)."),
        (replace(FORK, what_remains=("brand", "capacity", "contracts")), FACTS, "A name alone does not count: brand (word-list check)."),
        (replace(FORK, scenario=None), FACTS, "No scenario says who would fork it and how."),
        (replace(UPKEEP, security_contact=None), FACTS, "No security contact is named."),
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
    answers = replace(CLEAN, money=MoneyAnswer(), funded_fork=replace(FORK, what_remains=("brand",)), maintenance=replace(UPKEEP, years=1))
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
    flips = score_checklist(replace(CLEAN, maintenance=replace(UPKEEP, security_contact=None)), FACTS).flips
    assert [(flip.concept_id, flip.becomes, flip.outcome) for flip in flips] == [
        ("CK5", AnswerState.UNCLEAN, ChecklistOutcome.FIX_FIRST),
        ("CK1", AnswerState.UNCLEAN, ChecklistOutcome.FIX_FIRST),
    ]
    assert flips[0].sentence == (
        "If CK5 were no longer clean, the verdict would move from go to fix first; its weak spot: no security contact is named."
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
