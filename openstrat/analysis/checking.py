"""The go-open checklist of a case on the shipped tables: facts and figures gathered, answers scored."""

from __future__ import annotations

from dataclasses import dataclass

from openstrat.analysis.economics.position import maintainers_needed
from openstrat.analysis.evaluating import Evaluation, break_even_of
from openstrat.analysis.modeling import model_of
from openstrat.analysis.strategy.checklist import (
    AnswerCheck,
    ChecklistFacts,
    ChecklistVerdict,
    Priced,
    base_rates_from,
    next_field,
    score_checklist,
)
from openstrat.analysis.strategy.checklist_reading import percent
from openstrat.analysis.strategy.checklist_rules import LIKELY_FROM
from openstrat.analysis.strategy.moat_losses import MoatLoss, moats_lost
from openstrat.analysis.strategy.moats import MoatTest, score_moats
from openstrat.analysis.strategy.tradeoff import TradeVerdict, read_options
from openstrat.cases.checklist_fields import Field, filled_fields
from openstrat.cases.schema import Case, Checklist
from openstrat.errors import UnknownNameError
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table
from openstrat.terms import Layer, read_term

__all__ = [
    "ChecklistReview",
    "MoatAfter",
    "checklist_facts_of",
    "checklist_of",
    "checklist_review_of",
    "moats_after_of",
    "option_to_judge",
    "priced_of",
]

CLONE, BASELINE = "hyperscaler_clone", "baseline"
"""The named future of rule CK4, and the one to compare with."""


@dataclass(frozen=True)
class MoatAfter:
    """One moat under one option: its test, and what opening does to it."""

    test: MoatTest
    loss: MoatLoss


@dataclass(frozen=True)
class ChecklistReview:
    """The checklist of one option of a case, with everything that stands beside the verdict.

    `filled` are the fields that the case file fills; `priced` is None without an evaluation; `next` is the field to answer next, None
    when nothing is left.
    """

    case: Case
    option: str
    verdict: ChecklistVerdict
    moats: tuple[MoatAfter, ...]
    priced: Priced | None
    filled: tuple[Field, ...]
    next: Field | None

    @property
    def answers(self) -> Checklist:
        """The case's own answers."""
        return self.case.checklist

    @property
    def value_warning(self) -> str:
        """What the option's value says against a verdict that reads answers only; empty when it says nothing or was not computed."""
        priced, stated = self.priced, self.answers.money.paying_share
        if priced is None or priced.p_npv_positive >= LIKELY_FROM:
            return ""
        said = f"The verdict is on the answers only: the option is worth zero or less in {1 - priced.p_npv_positive:.0%} of draws"
        needed = priced.conversion_needed
        short = needed is not None and stated is not None and stated < needed
        more = f", and {percent(stated or 0)} of adopters are to pay where {percent(needed or 0)} break even" if short else ""
        return f"{said}{more}."

    @property
    def checks(self) -> tuple[AnswerCheck, ...]:
        """The five answers read."""
        return self.verdict.checks


def option_to_judge(case: Case, option: str | None = None) -> str:
    """Return the option that the checklist judges.

    Without an option: the one that the case's own conclusion recommends, else the one that opens most adoption among the trades,
    else the first.

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    if not option:
        if case.conclusion:
            return case.conclusion.recommended_option
        trades = [item for item in read_options(case) if item.verdict == TradeVerdict.TRADE]
        return max(trades, key=lambda item: item.adoption_opened).option if trades else next(iter(case.options))
    if option not in case.options:
        raise UnknownNameError("option", option, case.options)
    return option


def moats_after_of(case: Case, option: str) -> tuple[MoatAfter, ...]:
    """Return the test of each moat and what one option does to it."""
    table = read_table("moats").set_index("concept_id")["dies_when"]
    carriers = {str(key): tuple(read_term(Layer, layer) for layer in split_list(cell)) for key, cell in table.items()}
    tests = {test.concept_id: test for test in score_moats(case)}
    losses = moats_lost(case, carriers, tuple(tests.values()))
    return tuple(MoatAfter(tests[loss.concept_id], loss) for loss in losses if loss.option == option)


def priced_of(evaluation: Evaluation, option: str) -> Priced:
    """Return what an evaluation says of one option: chance, value under a clone, and the share of adopters that has to pay."""
    by_future = {str(name): float(value) for name, value in evaluation.payoffs[option].items()}
    drawn = read_table("assumptions").set_index("name")[["low", "high"]].to_dict("index")["conv"]
    needed = break_even_of(evaluation, "conv", option)
    return Priced(
        n_draws=evaluation.draws.n,
        p_npv_positive=float((evaluation.values[option] > 0).mean()),
        npv_under_clone=by_future.get(CLONE),
        npv_without_clone=by_future.get(BASELINE),
        conversion_needed=needed.needed,
        stays_positive=needed.value_at_low > 0,
        conversion_range=(float(drawn["low"]), float(drawn["high"])),
        revenue_today=evaluation.case.facts.R0,
    )


def checklist_facts_of(case: Case, option: str, evaluation: Evaluation | None = None) -> ChecklistFacts:
    """Return what a case says about one option, for the checklist's rules.

    People needed follow economics equation 4 before its uncertain factor.
    """
    moats = moats_after_of(case, option)
    model, backed = model_of(case), case.assumptions.get("conv")
    return ChecklistFacts(
        opened_layers=frozenset(case.opened_layers(option)),
        revenue_shares={layer: item.revenue_share for layer, item in case.layers.items()},
        moat_shares={layer: item.moat_share for layer, item in case.layers.items()},
        fte_of_option=case.options[option].fte,
        fte_required=maintainers_needed(case.facts, model.options[option].position.openness, model.constants),
        moats=tuple(item.test for item in moats),
        losses=tuple(item.loss for item in moats),
        paying_range=None if backed is None else (backed.low, backed.high),
        priced=None if evaluation is None else priced_of(evaluation, option),
    )


def checklist_review_of(case: Case, option: str | None = None, evaluation: Evaluation | None = None) -> ChecklistReview:
    """Return the checklist of one option (see `option_to_judge`) with moats, figures, progress and the field to answer next.

    `evaluation` (see `evaluating.evaluate`) adds the chance of a positive value and the break-even share to CK1, and the value
    under a clone to CK4, which then counts.

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    chosen = option_to_judge(case, option)
    facts, answers = checklist_facts_of(case, chosen, evaluation), case.checklist
    verdict = score_checklist(answers, facts, base_rates=base_rates_from(read_table("checklist")))
    return ChecklistReview(
        case=case,
        option=chosen,
        verdict=verdict,
        moats=moats_after_of(case, chosen),
        priced=facts.priced,
        filled=filled_fields(answers),
        next=next_field(answers, verdict),
    )


def checklist_of(case: Case, option: str | None = None, evaluation: Evaluation | None = None) -> tuple[str, ChecklistVerdict]:
    """Return the option that is judged and the verdict on it; see `checklist_review_of`.

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    review = checklist_review_of(case, option, evaluation)
    return review.option, review.verdict
