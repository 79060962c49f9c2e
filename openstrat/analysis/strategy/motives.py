"""Why a company opens: five motives, four business reasons, and the money sentence none replaces (concepts M0 to M5, BR1 to BR4)."""

from __future__ import annotations

from dataclasses import replace

from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.criteria import Criterion, asks_of, at_least, evidence_of, holds
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.moats import INTEGRATIONS_FROM, NEW_PROJECTS_FROM
from openstrat.analysis.strategy.signatures import Range
from openstrat.cases.schema import Case

OUTSIDE_INTEGRATIONS_FROM = INTEGRATIONS_FROM / 2
"""Integrations built by others: half of those that the moat of best tools asks for (rule M2, assumption)."""
TENDERS_FROM = 0.20
"""Share of tenders that ask for inspection or self-hosting (rule M4, assumption)."""
OUTSIDE_CHANGES_FROM = 0.20
"""Share of merged changes by outsiders (rule M5, assumption)."""
USD_IN_MILLION = 1e6
NO_MONEY = "Adds nothing to the value of the plan without a clean money answer (rule M0)."


def money_sentence(money: AnswerState, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether a money sentence stands behind the motives (rule M0): without one they contribute nothing to value."""
    answer = {AnswerState.CLEAN: Answer.YES, AnswerState.UNCLEAN: Answer.NO, AnswerState.MISSING: Answer.UNKNOWN}[money]
    sentence = {
        AnswerState.CLEAN: "The money answer is clean: motives may be weighed as gains of the plan.",
        AnswerState.UNCLEAN: "The money answer is not clean: every motive below adds nothing to the value of the plan.",
        AnswerState.MISSING: "Nobody said how money is made: every motive below adds nothing to the value of the plan until somebody does.",
    }[money]
    asks = () if money == AnswerState.CLEAN else ("who pays, for what unit, at what price (CK1)",)
    basis = Basis.NOTHING if money == AnswerState.MISSING else Basis.STATED
    return Finding("M0", answer, sentence, basis, asks=asks, source_ids=source_ids)


def downloads_in_money(
    n_downloads: float, paying: Range, contract: Range, money: AnswerState, *, adopters_per_download: Range | None
) -> Finding:
    """Return what downloads could be worth a year, or the refusal to say so (rule M1).

    Refused without a clean money answer, and without a measured number of adopting organizations for each download: downloads count
    machines and repeats. `paying` is the share of adopting organizations that pay, `contract` USD million a year.
    """
    if money != AnswerState.CLEAN:
        sentence = f"{n_downloads:,.0f} downloads are not turned into money: the money answer is {money.label}."
        return Finding("M1", Answer.NO, sentence, Basis.NOTHING, asks=("a clean answer to the money question (CK1)",))
    if adopters_per_download is None:
        sentence = f"{n_downloads:,.0f} downloads are not turned into money: nobody measured how many organizations stand behind them."
        asks = ("adopting organizations for each download, measured",)
        return Finding("M1", Answer.UNKNOWN, sentence, Basis.NOTHING, asks=asks)
    value = adopters_per_download.scaled(n_downloads).times(paying).times(contract)
    return Finding(
        "M1",
        Answer.YES,
        f"{n_downloads:,.0f} downloads stand for USD {value.low:.2g} to {value.high:.2g} million a year.",
        Basis.ASSUMED,
        value=value.middle,
        low=value.low,
        high=value.high,
        unit="USD million a year",
        caveats=("A ceiling: it holds if every organization that adopted decides as the published ones did.",),
    )


def distribution(case: Case, paying: Range, contract: Range, money: AnswerState, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether an adopter brings more than it costs to win (rule M1): cost of one adopter against a year of its contracts.

    `paying` is the share of adopting organizations that pay, `contract` their yearly contract value in USD million.
    """
    cost = case.measures.motives.cost_per_adopter
    worth = paying.times(contract).scaled(USD_IN_MILLION)
    reach = f"Open, {case.facts.M_max:,.0f} organizations could adopt; closed, {case.facts.M_closed:,.0f} (the case's estimate)."
    ask = "what it costs to win one adopting organization, USD"
    if money != AnswerState.CLEAN:
        asks = ("a clean answer to the money question (CK1)", *((ask,) if cost is None else ()))
        sentence = "Distribution: reach grows, but it is not turned into money without a clean money answer."
        return Finding("M1", Answer.UNKNOWN, sentence, Basis.STATED, evidence=(reach,), asks=asks, source_ids=source_ids)
    figures = f"an adopter is worth USD {worth.low:,.0f} to {worth.high:,.0f} a year"
    found = Finding(
        "M1",
        Answer.UNKNOWN,
        f"Distribution: {figures}; what one costs is not known.",
        Basis.ASSUMED,
        low=worth.low,
        high=worth.high,
        unit="USD a year for each adopter",
        evidence=(reach,),
        caveats=("Counts adopting organizations, never downloads or stars.",),
        source_ids=source_ids,
    )
    if cost is None:
        return replace(found, asks=(ask,))
    answer = Answer.YES if cost < worth.low else Answer.NO if cost > worth.high else Answer.PARTLY
    words = {Answer.YES: "less than", Answer.PARTLY: "inside", Answer.NO: "more than"}[answer]
    sentence = f"Distribution: one adopter costs USD {cost:,.0f}, {words} the range of what it brings in a year; {figures}."
    return replace(found, answer=answer, sentence=sentence, basis=Basis.STATED, value=worth.middle)


def default_format(case: Case, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether others build on it by habit (rule M2): outside integrations, and new projects that start with it."""
    built = at_least(
        "Integrations built by others",
        case.measures.motives.n_outside_integrations,
        OUTSIDE_INTEGRATIONS_FROM,
        "",
        "how many integrations others built",
    )
    starts = at_least(
        "New projects that start with it",
        case.measures.default_choice.new_project_share,
        NEW_PROJECTS_FROM,
        "share",
        "the share of the audience's new projects that start with it",
    )
    return _motive("M2", "Becoming the default format", (built, starts), source_ids)


def cheaper_neighbor(case: Case, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether the opening cheapens a rival's product beside one that is sold (rule M3); it needs a named neighbor with a margin."""
    given = case.measures.motives
    sold = holds(
        "A neighboring product is named and sold",
        True if given.complement_sold else None,
        "which neighboring product is sold",
        given=given.complement_sold or "",
    )
    margin = at_least("Own margin on it", given.complement_margin, 0.0, "share", "the own gross margin on it", more_than=True)
    change = given.rival_price_change
    fell = holds(
        "The rival's price fell",
        None if change is None else change < 0,
        "the rival's price before and after the opening",
        given="" if change is None else f"{change:+.0%}".replace("-", "−"),
    )
    found = _motive("M3", "Cheapen a neighbor's product", (sold, margin, fell), source_ids)
    caveats = ("A price that fell shows no cause: capability gets cheaper anyway.",) if change is not None else ()
    if not case.facts.rival_value and not given.complement_sold and change is None:
        sentence = "Cheapen a neighbor's product: not a motive of this case; it puts no value on a rival's lower price."
        return Finding("M3", Answer.NOT_ASKED, sentence, Basis.STATED, source_ids=source_ids)
    return replace(found, caveats=caveats)


def trust(case: Case, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether buyers ask for what openness gives (rule M4): tenders that ask for inspection or self-hosting."""
    tenders = at_least(
        "Tenders that ask for inspection or self-hosting",
        case.measures.motives.inspection_tender_share,
        TENDERS_FROM,
        "share",
        "the share of tenders that ask for inspection or self-hosting",
    )
    caveats = ("The European relief covers fully open models that nobody earns on; a paid support contract ends it.",)
    return replace(_motive("M4", "Trust and regulation", (tenders,), source_ids), caveats=caveats)


def talent(case: Case, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether openness brings people and repairs (rule M5): hires that name the project, and merged outside changes."""
    given, governance = case.measures.motives, case.measures.governance
    share = given.outside_changes_share if given.outside_changes_share is not None else governance.outsider_share
    changes = at_least("Merged changes by outsiders", share, OUTSIDE_CHANGES_FROM, "share", "the share of merged changes by outsiders")
    offers = at_least(
        "Accepted offers that name the project", given.offers_naming_project, 1, "", "accepted job offers that name the project"
    )
    caveats = ("Lowers cost a little and replaces no paid team.",)
    return replace(_motive("M5", "Talent and feedback", (changes, offers), source_ids), caveats=caveats)


def business_reasons(case: Case, motives: dict[str, Finding], *, source_ids: dict[str, tuple[str, ...]]) -> tuple[Finding, ...]:
    """Return the four business reasons (rules BR1 to BR4): each is a motive under one more condition.

    `motives` holds the findings M1, M3, M4 and M5 by concept id, `source_ids` the sources of each reason.
    """
    given = case.measures.motives
    scale = holds("The paid product needs scale", given.paid_product_needs_scale, "whether the paid product gets better with scale")
    platform = holds("What is sold is a platform", given.sells_platform, "whether what is sold is a platform that the opened part runs on")
    lost = at_least("Deals lost to fear of lock-in", given.deals_lost_to_lock_in, 1, "", "lost deals that named fear of lock-in")
    rows = (
        ("BR1", "Ecosystem scale", "M1", (scale,)),
        ("BR2", "A platform cheapens what runs on it", "M3", (platform,)),
        ("BR3", "Hiring and standing", "M5", ()),
        ("BR4", "Buyers' fear of lock-in", "M4", (lost,)),
    )
    return tuple(
        _reason(concept_id, name, motives[motive], conditions, source_ids.get(concept_id, ()))
        for concept_id, name, motive, conditions in rows
    )


def _reason(concept_id: str, name: str, motive: Finding, conditions: tuple[Criterion, ...], source_ids: tuple[str, ...]) -> Finding:
    states = [motive.answer, *(condition.answer for condition in conditions)]
    weakest = next((answer for answer in (Answer.NO, Answer.NOT_ASKED, Answer.UNKNOWN, Answer.PARTLY) if answer in states), Answer.YES)
    said = " ".join(condition.sentence for condition in conditions)
    sentence = f"{name}: as {motive.concept_id}, {motive.answer.label}.{' ' + said if said else ''}"
    return replace(
        motive,
        concept_id=concept_id,
        answer=weakest,
        sentence=sentence,
        evidence=(*motive.evidence, *evidence_of(conditions)),
        asks=() if weakest == Answer.NOT_ASKED else (*motive.asks, *asks_of(conditions)),
        source_ids=source_ids,
    )


def with_money_condition(finding: Finding, money: AnswerState) -> Finding:
    """Return a motive with the reminder that it adds nothing to value while the money answer is not clean (rule M0)."""
    if money == AnswerState.CLEAN or finding.answer == Answer.NOT_ASKED:
        return finding
    return replace(finding, caveats=(NO_MONEY, *finding.caveats))


def _motive(concept_id: str, name: str, criteria: tuple[Criterion, ...], source_ids: tuple[str, ...]) -> Finding:
    """Yes: all conditions hold; no: none of them can; partly: some hold and some do not; unknown otherwise."""
    states = [criterion.is_met for criterion in criteria]
    answer = Answer.UNKNOWN if None in states else Answer.YES if all(states) else Answer.PARTLY if any(states) else Answer.NO
    words = {Answer.YES: "works", Answer.PARTLY: "works in part", Answer.NO: "does not work", Answer.UNKNOWN: "not known"}[answer]
    evidence, asks = evidence_of(criteria), asks_of(criteria)
    parts = [f"{name}: {words}.", *evidence, *((f"Missing: {'; '.join(asks)}.",) if asks else ())]
    n_met = sum(state is True for state in states)
    return Finding(
        concept_id,
        answer,
        " ".join(parts),
        Basis.STATED if evidence else Basis.NOTHING,
        value=n_met / len(states) if None not in states else None,
        low=n_met / len(states),
        high=sum(state is not False for state in states) / len(states),
        unit="share of conditions",
        n=len(evidence),
        evidence=evidence,
        asks=asks,
        source_ids=source_ids,
    )
