"""How well each playbook fits a case: what it needs, what breaks it, and which one the facts select (concepts PB0 to PB3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.criteria import Criterion, as_percent, asks_of, at_least, evidence_of, holds
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.moats import DOCS_WITHIN, HOSTED_FROM
from openstrat.cases.schema import Case
from openstrat.terms import Layer, Playbook, Term

PULL_THROUGH_FROM = 0.05
"""Share of adopters' computing spend below which infrastructure-led work does not pay (rule PB1, assumption)."""
INFRASTRUCTURE_REVENUE_FROM = 0.25
"""Share of revenue from computing and hosting that shows an owner of infrastructure (rule PB0, assumption)."""
LARGE_HOST_FROM = 0.95
"""Hosts' revenue on the fork rubric that stands for managed services of the largest clouds (rule PB2; rubric of the economics)."""
FIT_FROM, PARTLY_FROM = 0.75, 0.5
"""Share of known conditions in favor from which a playbook fits, or fits in part (rules PB1 to PB3, assumption)."""
CONCEPTS = {Playbook.INFRA_LED: "PB1", Playbook.OPEN_CORE: "PB2", Playbook.VERTICAL: "PB3"}
NAMES = {Playbook.INFRA_LED: "Infrastructure-led", Playbook.OPEN_CORE: "Open core", Playbook.VERTICAL: "Vertical with open parts"}


class Kind(Term):
    """What a condition does for a playbook."""

    SELECTS = "selects", "A fact that speaks for the playbook."
    NEEDS = "needs", "What must be there first."
    FAILS_IF = "fails_if", "What breaks it; best when it is not so."


@dataclass(frozen=True)
class Condition:
    """One condition of a playbook; a precondition is good when met, a way to fail is good when not."""

    kind: Kind
    criterion: Criterion

    @property
    def is_good(self) -> bool | None:
        """Whether it speaks for the playbook; None when not known."""
        met = self.criterion.is_met
        return None if met is None else (not met if self.kind == Kind.FAILS_IF else met)


@dataclass(frozen=True)
class PlaybookFit:
    """One playbook on one case: facts that select it, preconditions, ways to fail."""

    playbook: Playbook
    conditions: tuple[Condition, ...]

    def of_kind(self, *kinds: Kind) -> tuple[Condition, ...]:
        """Return the conditions of some kinds."""
        return tuple(condition for condition in self.conditions if condition.kind in kinds)

    def score(self, *kinds: Kind) -> tuple[float, float]:
        """Return the share of conditions that speak for it (0 to 1) when all that is not known does not, and when it does."""
        states = [condition.is_good for condition in self.of_kind(*kinds)]
        return sum(state is True for state in states) / len(states), sum(state is not False for state in states) / len(states)

    @property
    def selection(self) -> tuple[float, float]:
        """The selection score of rule PB0, low and high."""
        return self.score(Kind.SELECTS)

    @property
    def fit(self) -> tuple[float, float]:
        """The share of preconditions met and ways to fail averted, low and high."""
        return self.score(Kind.NEEDS, Kind.FAILS_IF)


def fit_playbooks(case: Case, option: str, money: AnswerState) -> tuple[PlaybookFit, ...]:
    """Return the fit of the three playbooks under one option; `money` is the state of the case's money answer (CK1)."""
    opened = frozenset(case.opened_layers(option))
    return (infra_led(case, opened), open_core(case, money), vertical(case, opened))


def infra_led(case: Case, opened: frozenset[Layer]) -> PlaybookFit:
    """Return the conditions of giving models away to bill for machines (rule PB1)."""
    facts, hosting = case.measures.playbooks, case.measures.best_hosting
    budget = case.facts.train_cost
    capital = at_least("Capital covers training", facts.capital_musd, budget, "USD million", "the capital set aside for it")
    owns = holds("Owns or has committed capacity", facts.owns_capacity, "whether capacity is owned or committed")
    revenue = at_least(
        "Revenue from computing and hosting",
        facts.infrastructure_revenue_share,
        INFRASTRUCTURE_REVENUE_FROM,
        "share",
        "the share of revenue from computing and hosting",
    )
    ask = "the measured share of adopters' computing spend that lands here"
    pull = at_least("Pull from free use to own machines", facts.pull_through, PULL_THROUGH_FROM, "share", ask)
    if pull.is_met is None and case.facts.infra_share:
        pull = replace(pull, given=f"not measured; the plan assumes {as_percent(case.facts.infra_share)}")
    earns = None if "infra_share" not in case.facts.model_fields_set else case.facts.infra_spend * case.facts.infra_share > 0
    plans = holds("Adopters' computing is part of the plan's income", earns, "an adopter's computing spend and the share that lands here")
    low_pull = None if pull.is_met is None else not pull.is_met
    fails = (
        holds(f"Less than {PULL_THROUGH_FROM:.0%} of adopters' spend lands here", low_pull, ask),
        _hosted_cheaper(hosting.price_premiums, hosting.hosted_share),
        holds("The management layer is opened too", Layer.COMMERCIAL_TOOLING in opened, "which layers the option opens"),
    )
    return _fit(Playbook.INFRA_LED, (owns, revenue, plans), (capital, owns, pull), fails)


def _hosted_cheaper(premiums: Sequence[float], hosted_share: float | None) -> Criterion:
    """Return whether others host it cheaper and demand has gone there."""
    name, ask = "Others host it cheaper, and demand is there", "own prices against other hosts, and the own share of hosted demand"
    if not premiums:
        return holds(name, None, ask)
    if max(premiums) <= 0:
        return holds(name, False, ask, given="no host is cheaper")
    gone = None if hosted_share is None else hosted_share < HOSTED_FROM
    return holds(name, gone, ask, given="" if hosted_share is None else f"own share of hosted demand {as_percent(hosted_share)}")


def open_core(case: Case, money: AnswerState) -> PlaybookFit:
    """Return the conditions of a free core with paid operation around it (rule PB2)."""
    facts, lag = case.measures.playbooks, case.measures.best_tools.docs_lag_days
    known = "N0" in case.facts.model_fields_set
    adopters = holds(
        "Organizations have adopted it already",
        case.facts.N0 > 0 if known else None,
        "how many organizations have adopted it",
        given=_many(case),
    )
    tier = holds("A hosted or premium tier is on sale", facts.has_paid_tier, "whether a paid tier is on sale")
    staff = holds("Sales and support exist", facts.has_sales_and_support, "whether a sales and a support team exist")
    upkeep = facts.has_upgrade_paths if facts.has_upgrade_paths is not None or lag is None else (False if lag > DOCS_WITHIN else None)
    paths = holds("Documents and upgrade paths are kept up", upkeep, "whether documents and upgrade paths are kept up")
    hosted = at_least(
        "The hosted product beats self-hosting",
        case.measures.best_hosting.hosted_share,
        HOSTED_FROM,
        "share",
        "the own share of hosted demand",
    )
    sells_itself = None if money == AnswerState.MISSING or facts.has_sales_and_support is None else not facts.has_sales_and_support
    fails = (
        holds("The code is expected to sell itself", sells_itself, "whether somebody sells it, and the money sentence"),
        holds("The free core is as good as the paid product", facts.core_as_good_as_paid, "whether the free core does what is paid for"),
        _large_host_sells(case),
    )
    return _fit(Playbook.OPEN_CORE, (adopters, tier, staff), (staff, paths, hosted), fails)


def _many(case: Case) -> str:
    return f"{case.facts.N0:,.0f} organizations" if case.facts.N0 else ""


def _large_host_sells(case: Case) -> Criterion:
    given = None if case.fork_inputs is None else case.fork_inputs.host_revenue
    ask = "whether a large cloud sells the core as a service (fork_inputs.host_revenue)"
    return at_least("A large host sells the core (fork rubric)", given, LARGE_HOST_FROM, "", ask)


def vertical(case: Case, opened: frozenset[Layer]) -> PlaybookFit:
    """Return the conditions of a paid tool for one trade with open parts around it (rule PB3)."""
    facts = case.measures.playbooks
    data = holds("Holds data of the trade that others cannot get", _domain_data(case), "whether domain data is exclusive")
    work = holds("The customer's work runs through it", facts.work_runs_through_it, "whether the customer's work runs through the product")
    rights = holds(
        "Rights in the domain data are settled", case.measures.hard_to_rebuild.rights_exclusive, "whether rights in the data are exclusive"
    )
    renewed = holds("Open evaluations are renewed", facts.evaluations_are_renewed, "whether the open evaluations are renewed")
    carries = facts.opened_parts_carry_client_knowledge
    if not opened & {Layer.SMALL_WEIGHTS, Layer.FRONTIER_WEIGHTS, Layer.FINE_TUNING, Layer.TRAINING_DATA}:
        carries = False
    decays = None if facts.evaluations_are_renewed is None else not facts.evaluations_are_renewed
    fails = (
        holds("Opened parts carry client knowledge", carries, "whether what is opened learned from clients"),
        holds("The open evaluations decay", decays, "whether the open evaluations are renewed"),
    )
    return _fit(Playbook.VERTICAL, (data, work, rights), (rights, work, renewed), fails)


def _domain_data(case: Case) -> bool | None:
    """Return the case's own answer, else yes where data carry more of the moat than any other layer by the case's shares."""
    given = case.measures.playbooks.has_exclusive_domain_data
    most = max(facts.moat_share for facts in case.layers.values())
    data = case.layers.get(Layer.TRAINING_DATA)
    return True if given is None and data is not None and 0 < most == data.moat_share else given


def _fit(playbook: Playbook, selects: Sequence[Criterion], needs: Sequence[Criterion], fails: Sequence[Criterion]) -> PlaybookFit:
    kinds = ((Kind.SELECTS, selects), (Kind.NEEDS, needs), (Kind.FAILS_IF, fails))
    return PlaybookFit(playbook, tuple(Condition(kind, criterion) for kind, criteria in kinds for criterion in criteria))


def select_playbook(case: Case, fits: Sequence[PlaybookFit], *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return which playbook the facts select (rule PB0).

    Yes: one leads whatever the missing facts are, or the tie at the top is certain; partly: one leads on what is known; unknown:
    nothing is known, or no playbook has a point. `value` is the leader's score on what is known.
    """
    leaders = leading(fits)
    asks = tuple(dict.fromkeys(ask for fit in fits for ask in asks_of([item.criterion for item in fit.of_kind(Kind.SELECTS)])))
    scores = tuple(f"{NAMES[fit.playbook]}: {_range_words(*fit.selection)} of the facts that select it." for fit in fits)
    if not leaders:
        sentence = "No playbook is selected: none of the facts that would select one is shown."
        basis = Basis.STATED if any(fit.selection[1] < 1 for fit in fits) else Basis.NOTHING
        return Finding("PB0", Answer.UNKNOWN, sentence, basis, evidence=scores, asks=asks, source_ids=source_ids)
    low, high = leaders[0].selection
    rest = [fit.selection[1] for fit in fits if fit not in leaders]
    settled = all(other < low for other in rest) and (len(leaders) == 1 or all(fit.selection == (low, low) for fit in leaders))
    named = " and ".join(NAMES[fit.playbook].lower() for fit in leaders)
    verb = "tie" if len(leaders) > 1 else "leads" if settled else "leads on what is known"
    against = case.playbook not in (*(fit.playbook for fit in leaders), Playbook.NONE)
    caveats = [f"The case itself follows another: {NAMES[case.playbook].lower()}."] if against else []
    caveats += ["The case names no commercial playbook."] if case.playbook == Playbook.NONE else []
    return Finding(
        "PB0",
        Answer.YES if settled else Answer.PARTLY,
        f"{named.capitalize()} {verb}: {_range_words(low, high)} of the facts that select it.",
        Basis.STATED,
        value=low if low == high else None,
        low=low,
        high=high,
        unit="share of conditions",
        n=len(leaders[0].of_kind(Kind.SELECTS)),
        evidence=scores,
        caveats=tuple(caveats),
        asks=asks,
        source_ids=source_ids,
    )


def leading(fits: Sequence[PlaybookFit]) -> tuple[PlaybookFit, ...]:
    """Return the playbooks with the most facts that select them; several in a tie, none when no fact is shown."""
    most = max(fit.selection[0] for fit in fits)
    return tuple(fit for fit in fits if most > 0 and fit.selection[0] == most)


def playbook_finding(fit: PlaybookFit, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return how well one playbook fits (rules PB1, PB2, PB3): preconditions met and ways to fail averted, as a share."""
    conditions = fit.of_kind(Kind.NEEDS, Kind.FAILS_IF)
    criteria = [condition.criterion for condition in conditions]
    low, high = fit.fit
    failing = [item.criterion.name.lower() for item in fit.of_kind(Kind.FAILS_IF) if item.is_good is False]
    missing = [item.criterion.name.lower() for item in fit.of_kind(Kind.NEEDS) if item.is_good is False]
    n_known = sum(condition.is_good is not None for condition in conditions)
    name = NAMES[fit.playbook]
    answer = _fit_answer(low, high, bool(failing))
    said = {Answer.YES: "fits", Answer.PARTLY: "fits in part", Answer.NO: "does not fit", Answer.UNKNOWN: "fit not known"}[answer]
    parts = [f"{name} {said}: {_range_words(low, high)} of {len(conditions)} conditions speak for it."]
    parts += [f"Breaks it: {'; '.join(failing)}."] if failing else []
    parts += [f"Not met: {'; '.join(missing)}."] if missing else []
    return Finding(
        CONCEPTS[fit.playbook],
        answer,
        " ".join(parts),
        Basis.STATED if n_known else Basis.NOTHING,
        value=low if low == high else None,
        low=low,
        high=high,
        unit="share of conditions",
        n=n_known,
        evidence=evidence_of(criteria),
        asks=asks_of(criteria),
        source_ids=source_ids,
    )


def _fit_answer(low: float, high: float, is_broken: bool) -> Answer:
    """A playbook that already breaks fits in part at best."""
    if high < PARTLY_FROM:
        return Answer.NO
    if is_broken or high < FIT_FROM:
        return Answer.PARTLY if low >= PARTLY_FROM else Answer.NO if low == high else Answer.UNKNOWN
    return Answer.YES if low >= FIT_FROM else Answer.PARTLY if low >= PARTLY_FROM else Answer.UNKNOWN


def _range_words(low: float, high: float) -> str:
    return f"{low:.0%}" if low == high else f"{low:.0%} to {high:.0%}"
