"""The go-open checklist of a case on the shipped tables: facts and figures gathered, answers scored."""

from __future__ import annotations

from dataclasses import dataclass

from openstrat.analysis.evaluating import Evaluation, break_even_of
from openstrat.analysis.strategy.checklist import ChecklistFacts, ChecklistVerdict, Priced, base_rates_from, score_checklist
from openstrat.analysis.strategy.moat_losses import MoatLoss, moats_lost
from openstrat.analysis.strategy.moats import MoatTest, score_moats
from openstrat.analysis.strategy.tradeoff import TradeVerdict, read_options
from openstrat.cases.schema import Case, Checklist
from openstrat.errors import UnknownNameError
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table
from openstrat.terms import Layer, read_term

__all__ = ["MoatAfter", "answers_of", "checklist_facts_of", "checklist_of", "moats_after_of", "option_to_judge", "priced_of"]

CLONE, BASELINE = "hyperscaler_clone", "baseline"
"""The named future of rule CK4, and the one to compare with."""


@dataclass(frozen=True)
class MoatAfter:
    """One moat under one option: its test, and what opening does to it."""

    test: MoatTest
    loss: MoatLoss


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
    published = read_table("assumptions").set_index("name").loc["conv"]
    needed = break_even_of(evaluation, "conv", option)
    return Priced(
        n_draws=evaluation.draws.n,
        p_npv_positive=float((evaluation.values[option] > 0).mean()),
        npv_under_clone=by_future.get(CLONE),
        npv_without_clone=by_future.get(BASELINE),
        conversion_needed=needed.needed,
        stays_positive=needed.value_at_low > 0,
        conversion_published=(float(published["low"]), float(published["high"])),
    )


def checklist_facts_of(case: Case, option: str, evaluation: Evaluation | None = None) -> ChecklistFacts:
    """Return what a case says about one option, for the checklist's rules.

    People needed follow economics equation 4: a fifth of `fte_req` with nothing open, all of it with everything.
    """
    reading = next(item for item in read_options(case) if item.option == option)
    moats = moats_after_of(case, option)
    return ChecklistFacts(
        opened_layers=frozenset(case.opened_layers(option)),
        revenue_shares={layer: item.revenue_share for layer, item in case.layers.items()},
        moat_shares={layer: item.moat_share for layer, item in case.layers.items()},
        fte_required=case.facts.fte_req * (0.2 + 0.8 * reading.adoption_opened),
        moats=tuple(item.test for item in moats),
        losses=tuple(item.loss for item in moats),
        priced=None if evaluation is None else priced_of(evaluation, option),
    )


def checklist_of(case: Case, option: str | None = None, evaluation: Evaluation | None = None) -> tuple[str, ChecklistVerdict]:
    """Return the option that is judged (see `option_to_judge`) and the go-open checklist's verdict on it.

    `evaluation` (see `evaluating.evaluate`) adds the chance of a positive value and the break-even share to CK1, and the value
    under a clone to CK4, which then counts.

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    chosen = option_to_judge(case, option)
    facts = checklist_facts_of(case, chosen, evaluation)
    return chosen, score_checklist(answers_of(case, chosen), facts, base_rates=base_rates_from(read_table("checklist")))


def answers_of(case: Case, option: str) -> Checklist:
    """Return a case's answers, with the option's own staff where it names one."""
    fte = case.options[option].fte
    if fte is None:
        return case.checklist
    return case.checklist.model_copy(update={"maintenance": case.checklist.maintenance.model_copy(update={"fte": fte})})
