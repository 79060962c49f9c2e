"""A case judged by the concepts: motives, playbooks, moats, myths, scenarios, trade or giveaway, slogan or plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

import pandas as pd

from openstrat.analysis.adopting import adoption_of, fork_sides_of, half_lives_of, launches_of
from openstrat.analysis.adoption.curves import halved_within
from openstrat.analysis.checking import checklist_of
from openstrat.analysis.economics.ranges import InputRange
from openstrat.analysis.effects.windows import activity_around, activity_window
from openstrat.analysis.evaluating import Evaluation, break_even_of, evaluate
from openstrat.analysis.modeling import constants_of, model_of, ranges_of
from openstrat.analysis.strategy import moats, motives, myth_records, myths, playbooks, scenarios, verdict
from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.finding import Finding
from openstrat.analysis.strategy.moat_losses import MoatLoss, moats_lost, untested_carriers
from openstrat.analysis.strategy.moats import MoatMean, MoatTest
from openstrat.analysis.strategy.myth_records import Estimate, Period
from openstrat.analysis.strategy.playbooks import PlaybookFit
from openstrat.analysis.strategy.signatures import Range, Signature, signature_of
from openstrat.analysis.strategy.tradeoff import read_options
from openstrat.cases.schema import Case
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table
from openstrat.terms import Layer, read_term

__all__ = [
    "MoatCheck",
    "PlaybookCheck",
    "moat_check_of",
    "moats_of",
    "motives_of",
    "myth_records_of",
    "myths_of",
    "playbook_check_of",
    "playbooks_of",
    "scenarios_of",
    "signature_for",
    "trade_and_plan_of",
]

MONTHS_TO_HALF = 12
TERMS_PROJECT, TERMS_REPOSITORY = "Text Generation Inference", "huggingface/text-generation-inference"
TIGHTENED, RETURNED = "text-generation-inference-2023", "text-generation-inference-2024"
"""Rows of the license_changes table between which the project barred paid hosting."""
SEVERAL_YEARS = 60
"""More months than the project's history goes on after its return."""


@dataclass(frozen=True)
class PlaybookCheck:
    """The playbooks of a case under one option; `option` is the one judged, `money` the state of its money answer."""

    option: str
    money: AnswerState
    fits: tuple[PlaybookFit, ...]
    selection: Finding
    findings: tuple[Finding, ...]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source that the findings rest on, once each."""
        return _sources_in((self.selection, *self.findings))


@dataclass(frozen=True)
class MoatCheck:
    """The moats of a case: tests, mean beside the stated figure, and what each option does to them.

    `untested` are layers that carry part of the moat by the case's shares and belong to none of the moats that it names.
    """

    tests: tuple[MoatTest, ...]
    mean: MoatMean
    openness: Finding
    findings: tuple[Finding, ...]
    losses: tuple[MoatLoss, ...]
    untested: tuple[Layer, ...]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source that the findings rest on, once each."""
        return _sources_in((self.openness, *self.findings))


def _sources_in(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for finding in findings for source in finding.source_ids))


def _concept_sources() -> dict[str, tuple[str, ...]]:
    concepts = read_table("concepts")
    return {str(key): tuple(split_list(cell)) for key, cell in zip(concepts["concept_id"], concepts["source_ids"], strict=True)}


def _money_of(case: Case, option: str | None) -> tuple[str, AnswerState]:
    """Return the option that is judged, and the state of the money answer."""
    chosen, checked = checklist_of(case, option)
    return chosen, next(check.state for check in checked.checks if check.concept_id == "CK1")


def _range(given: InputRange) -> Range:
    return Range(given.low, given.middle, given.high)


def motives_of(case: Case, option: str | None = None) -> tuple[Finding, ...]:
    """Return the money sentence, the five motives and the four business reasons: M0, M1 to M5, BR1 to BR4.

    Without an option, the one that the checklist judges.
    """
    _, money = _money_of(case, option)
    sources, ranges = _concept_sources(), ranges_of(case)
    paying = _range(ranges["conv"]).scaled(case.facts.conv_scale)
    contract = _range(ranges["acv"]).scaled(case.facts.acv)
    found = (
        motives.distribution(case, paying, contract, money, source_ids=sources["M1"]),
        motives.default_format(case, source_ids=sources["M2"]),
        motives.cheaper_neighbor(case, source_ids=sources["M3"]),
        motives.trust(case, source_ids=sources["M4"]),
        motives.talent(case, source_ids=sources["M5"]),
    )
    reasons = motives.business_reasons(case, {finding.concept_id: finding for finding in found}, source_ids=sources)
    conditioned = tuple(motives.with_money_condition(finding, money) for finding in (*found, *reasons))
    return (motives.money_sentence(money, source_ids=sources["M0"]), *conditioned)


def playbook_check_of(case: Case, option: str | None = None) -> PlaybookCheck:
    """Return the fit of the three playbooks under one option, and which one the facts select.

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    chosen, money = _money_of(case, option)
    sources = _concept_sources()
    fits = playbooks.fit_playbooks(case, chosen, money)
    selection = playbooks.select_playbook(case, fits, source_ids=sources["PB0"])
    found = tuple(playbooks.playbook_finding(fit, source_ids=sources[playbooks.CONCEPTS[fit.playbook]]) for fit in fits)
    return PlaybookCheck(chosen, money, fits, selection, found)


def playbooks_of(case: Case, option: str | None = None) -> tuple[Finding, ...]:
    """Return the selected playbook and the fit of each: PB0, PB1 to PB3; see `playbook_check_of`."""
    checked = playbook_check_of(case, option)
    return (checked.selection, *checked.findings)


def moat_check_of(case: Case) -> MoatCheck:
    """Return the moat tests of a case, the mean beside its own figure, and what each option does to each moat."""
    sources = _concept_sources()
    tests = moats.score_moats(case)
    table = read_table("moats").set_index("concept_id")["dies_when"]
    carriers = {str(key): tuple(read_term(Layer, layer) for layer in split_list(cell)) for key, cell in table.items()}
    return MoatCheck(
        tests=tests,
        mean=moats.mean_of_moats(tests, case.facts.moat),
        openness=moats.openness_alone(case, tests, source_ids=sources["MO0"]),
        findings=tuple(moats.moat_finding(test, source_ids=sources[test.concept_id]) for test in tests),
        losses=moats_lost(case, carriers, tests),
        untested=untested_carriers(case, carriers),
    )


def moats_of(case: Case) -> tuple[Finding, ...]:
    """Return whether openness is all there is, and the five moats: MO0, MO1 to MO5; see `moat_check_of`."""
    checked = moat_check_of(case)
    return (checked.openness, *checked.findings)


def myths_of(case: Case, option: str | None = None) -> tuple[Finding, ...]:
    """Return the four myths tested on what the case measured: MY1 to MY4; yes means that the belief fails here."""
    chosen, _ = _money_of(case, option)
    sources = _concept_sources()
    friction = signature_for(case, chosen).friction
    return (
        myths.front_page_launch(case, source_ids=sources["MY1"]),
        myths.stars_without_users(case, source_ids=sources["MY2"]),
        myths.brand_alone(case, source_ids=sources["MY3"]),
        myths.tight_license(case, chosen, friction, source_ids=sources["MY4"]),
    )


def myth_records_of(*, as_of: str, seed: int = 7) -> tuple[Finding, ...]:
    """Return what the shipped tables say about the four myths: MY1 to MY4, measured; yes speaks against the belief.

    Star curves and launches; stars against downloads; both sides of license forks in their first year; a server whose terms were
    tight for eight months.

    Raises
    ------
    InputError
        If `as_of` is not a day, or too little was known by then.
    """
    halved = halved_within(half_lives_of(as_of=as_of), MONTHS_TO_HALF)
    waves = Estimate(halved.share, halved.low, halved.high, halved.n, f"{halved.months} months", (halved.rule,), halved.source_ids)
    level = adoption_of(as_of=as_of, seed=seed).level
    ranked = Estimate(level.rho, level.low, level.high, level.n, level.window, level.caveats, level.source_ids)
    sides = fork_sides_of(as_of=as_of)
    return (
        myth_records.attention_record(waves, MONTHS_TO_HALF, launches_of(as_of=as_of)),
        myth_records.stars_record(ranked),
        myth_records.brand_record(sides[sides["year"] == 1]),
        _terms_record(as_of),
    )


def _terms_record(as_of: str) -> Finding:
    activity = read_table("activity_monthly")
    activity = activity[activity["month"] + pd.offsets.MonthEnd(1) <= pd.Timestamp(as_of)]
    changes = read_table("license_changes").set_index("change_id")["changed_on"]
    tightened, returned = (str(changes[name])[:7] for name in (TIGHTENED, RETURNED))
    months = pd.Period(returned, "M").ordinal - pd.Period(tightened, "M").ordinal - 1
    first = activity_window(activity, TERMS_REPOSITORY, tightened, months_before=months, months_after=months)
    after = activity_window(activity, TERMS_REPOSITORY, returned, months_before=months, months_after=MONTHS_TO_HALF)
    around = activity_around(activity, [TERMS_REPOSITORY], returned, months_after=SEVERAL_YEARS)
    last = around[~around["is_partial"]].tail(MONTHS_TO_HALF)
    span = f"{last['month'].min():%Y-%m} to {last['month'].max():%Y-%m}" if len(last) else "no month"
    before_window, under_window = first.window.split(" against ")
    periods = (
        Period("before", before_window, first.before_mean),
        Period("under the tight terms", under_window, first.after_mean),
        Period("after the return", after.window.split(" against ")[1], after.after_mean),
        Period("in the last twelve months known", span, float(last["value"].mean()) if len(last) else None),
    )
    return myth_records.terms_record(TERMS_PROJECT, periods, source_ids=tuple(dict.fromkeys([*first.source_ids, *after.source_ids])))


def scenarios_of(case: Case, option: str | None = None, evaluation: Evaluation | None = None) -> tuple[Finding, ...]:
    """Return whether openness helps in the four known ways, after whether the place of income is kept: WH0, WH1 to WH4.

    The paying share at which the option breaks even comes from `evaluation` (see `evaluating.evaluate`), else from one of its own.
    """
    chosen, money = _money_of(case, option)
    sources = _concept_sources()
    figures = signature_for(case, chosen, _needed_share(evaluate(case) if evaluation is None else evaluation, chosen))
    return (
        scenarios.place_of_income(case, chosen, money, source_ids=sources["WH0"]),
        scenarios.infrastructure_pull(case, figures, source_ids=sources["WH1"]),
        scenarios.default_tooling(case, figures, source_ids=sources["WH2"]),
        scenarios.trade_needing_trust(case, chosen, figures, source_ids=sources["WH3"]),
        scenarios.attack_on_incumbent(case, figures, source_ids=sources["WH4"]),
    )


def _needed_share(evaluation: Evaluation, option: str) -> float:
    """Return the paying share at which an option breaks even: 0 where every share is enough, infinite where none is."""
    found = break_even_of(evaluation, "conv", option)
    if found.needed is not None:
        return found.needed
    return 0.0 if found.value_at_low > 0 else inf


def signature_for(case: Case, option: str, break_even_share: float | None = None) -> Signature:
    """Return the gains and losses of one option by the shipped ranges; see `strategy.signatures.signature_of`."""
    ranges = {name: _range(given) for name, given in ranges_of(case).items()}
    position = model_of(case).options[option].position
    needed = None if break_even_share is None else Range(break_even_share, break_even_share, break_even_share)
    return signature_of(case, option, ranges, position, erosion_cap=constants_of()["erosion_cap"], break_even_share=needed)


def trade_and_plan_of(case: Case, option: str | None = None, evaluation: Evaluation | None = None) -> tuple[Finding, ...]:
    """Return whether an option is a trade or a giveaway, and whether the answers make a plan: ST0, ST1; see `checklist_of`."""
    chosen, checked = checklist_of(case, option, evaluation)
    sources = _concept_sources()
    reading = next(item for item in read_options(case) if item.option == chosen)
    return (
        verdict.trade_or_giveaway(reading, case.measures.receipts, source_ids=sources["ST0"]),
        verdict.slogan_or_plan(checked, source_ids=sources["ST1"]),
    )
