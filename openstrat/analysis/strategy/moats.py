"""The five moats, each with its test, and whether the case's own figure stands (concepts MO0 to MO5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openstrat.analysis.strategy.criteria import Criterion, any_met, asks_of, at_least, at_most, evidence_of, holds
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.cases.schema import Case

NEW_PROJECTS_FROM, TUTORIALS_FROM, OBSERVED_FROM = 0.40, 0.50, 50
"""Share of new projects, share of tutorials, and observations behind them (rule MO1, assumption)."""
FIRST_RESULT_WITHIN, INTEGRATIONS_FROM, OUTSIDERS_ABOVE, DOCS_WITHIN = 15.0, 20, 0.5, 30.0
"""Minutes to a first result, maintained integrations, share of them by outsiders, days to the documents (rule MO2, assumption)."""
HOSTED_FROM, QUARTERS_FROM, DEARER_THAN_FROM = 0.35, 4, 2
"""Own share of hosted demand, quarters of service levels kept, hosts that cost less (rule MO3, assumption)."""
REBUILD_MONTHS_FROM, REBUILD_BUDGETS_FROM = 12.0, 3.0
"""Months, or yearly budgets, that a rebuild takes (rule MO4, assumption)."""
REPORTING_FROM, IMPROVEMENTS_FROM = 0.30, 2.0
"""Share of deployments that report back or are customers, improvements a quarter (rule MO5, assumption)."""
OPENNESS_ALONE_AT_MOST = 0.15
"""Highest moat of a release that has none of the five (rule MO0, assumption)."""
HALF, FULL = 0.5, 1.0
"""Scores: at least half of the conditions, all of them."""


@dataclass(frozen=True)
class MoatTest:
    """One moat's test on a case.

    `parts` are the conditions that all have to hold; a part with several criteria holds when one of them does. Without the first
    `n_essential` parts the others earn nothing. `low` and `high` are the scores (0, .5, 1) when all that is not known fails or holds.
    """

    concept_id: str
    name: str
    parts: tuple[tuple[Criterion, ...], ...]
    n_essential: int = 0

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion of the test."""
        return tuple(criterion for part in self.parts for criterion in part)

    @property
    def low(self) -> float:
        """The score when everything unknown fails."""
        return self._score(False)

    @property
    def high(self) -> float:
        """The score when everything unknown holds."""
        return self._score(True)

    @property
    def score(self) -> float | None:
        """The score where what is not known cannot change it."""
        return self.low if self.low == self.high else None

    def _score(self, unknown_as: bool) -> float:
        met = [unknown_as if state is None else state for state in map(any_met, self.parts)]
        if not all(met[: self.n_essential]):
            return 0.0
        return FULL if all(met) else HALF if 2 * sum(met) >= len(met) else 0.0


@dataclass(frozen=True)
class MoatMean:
    """The mean of the five scores beside the figure that the case states; unknown scores count as 0 in `low` and 1 in `high`."""

    low: float
    high: float
    mean_of_known: float | None
    n_known: int
    n: int
    stated: float

    @property
    def contradicts(self) -> bool:
        """Whether the stated figure lies outside what the tests allow."""
        return not self.low <= self.stated <= self.high


def score_moats(case: Case) -> tuple[MoatTest, ...]:
    """Return the tests of MO1 to MO5 on what the case measured."""
    return (default_choice(case), best_tools(case), best_hosting(case), hard_to_rebuild(case), feedback_loop(case))


def default_choice(case: Case) -> MoatTest:
    """Return the test of the default choice for a named audience (rule MO1)."""
    given = case.measures.default_choice
    projects = at_least(
        "New projects that start with it",
        given.new_project_share,
        NEW_PROJECTS_FROM,
        "share",
        "the share of the audience's new projects that start with the product",
    )
    tutorials = at_least(
        "Independent tutorials that name it first",
        given.tutorial_share,
        TUTORIALS_FROM,
        "share",
        "the share of independent tutorials that name it first",
    )
    observed = at_least(
        "Observations behind the share", given.n_observed, OBSERVED_FROM, "", "how many projects, answers or tutorials were looked at"
    )
    named = holds("The audience is named", True if given.audience else None, "which audience it is", given=given.audience or "")
    return MoatTest("MO1", "Default choice", ((projects, tutorials), (observed,), (named,)), n_essential=1)


def best_tools(case: Case) -> MoatTest:
    """Return the test of tools, documents and integrations around the asset (rule MO2)."""
    given = case.measures.best_tools
    minutes = at_most(
        "Time to a first result", given.minutes_to_first_result, FIRST_RESULT_WITHIN, "minutes", "median minutes of a new user to a result"
    )
    number = at_least("Maintained integrations", given.n_integrations, INTEGRATIONS_FROM, "", "how many integrations are maintained")
    outside = at_least(
        "Integrations made by outsiders",
        given.outsider_integration_share,
        OUTSIDERS_ABOVE,
        "share",
        "the share of integrations made by outsiders",
        more_than=True,
    )
    docs = at_most("Documents after a release", given.docs_lag_days, DOCS_WITHIN, "days", "days from a release to its documents")
    return MoatTest("MO2", "Best tools around the asset", ((minutes,), (number,), (outside,), (docs,)))


def best_hosting(case: Case) -> MoatTest:
    """Return the test of the best hosted version (rule MO3)."""
    given = case.measures.best_hosting
    share = at_least("Own share of hosted demand", given.hosted_share, HOSTED_FROM, "share", "the own share of hosted demand")
    kept = at_least(
        "Service levels kept", given.sla_quarters_kept, QUARTERS_FROM, "quarters", "for how many quarters in a row service levels were kept"
    )
    return MoatTest("MO3", "Best hosted version", ((share,), (kept,), (_dearer_than_hosts(given.price_premiums),)))


def _dearer_than_hosts(premiums: Sequence[float]) -> Criterion:
    name, needed = "Independent hosts that charge less", f"at least {DEARER_THAN_FROM}"
    dearer = sum(premium > 0 for premium in premiums)
    settled = dearer >= DEARER_THAN_FROM or len(premiums) >= DEARER_THAN_FROM
    given = f"{dearer} of {len(premiums)} compared" if premiums else "not given"
    ask = "the own price against two independent hosts"
    if not settled:
        return Criterion(name, None, given, needed, ask)
    return Criterion(name, dearer >= DEARER_THAN_FROM, given, needed, ask, dearer / DEARER_THAN_FROM)


def hard_to_rebuild(case: Case) -> MoatTest:
    """Return the test of domain tuning and evaluations that are hard to rebuild (rule MO4)."""
    given = case.measures.hard_to_rebuild
    stated = case.checklist.held_back.rebuild_months
    months = given.rebuild_months if given.rebuild_months is not None else stated
    time = at_least("Time to rebuild", months, REBUILD_MONTHS_FROM, "months", "months that a funded rival would need to rebuild it")
    cost = at_least(
        "Cost to rebuild", given.rebuild_budgets, REBUILD_BUDGETS_FROM, "yearly budgets", "the cost of a rebuild in yearly budgets"
    )
    rights = holds("Rights in the data are exclusive", given.rights_exclusive, "whether the rights in the data are exclusive")
    return MoatTest("MO4", "Domain tuning and evaluations", ((time, cost), (rights,), (_lead_over_baseline(case),)), n_essential=1)


def _lead_over_baseline(case: Case) -> Criterion:
    given = case.measures.hard_to_rebuild
    name, ask = "Lead over a public baseline on unseen work", "the lead over a public baseline, and the lead stated beforehand as enough"
    if given.baseline_margin is None or given.needed_margin is None:
        needed = "a lead stated beforehand" if given.needed_margin is None else f"at least {given.needed_margin:g} points"
        stated = "not given" if given.baseline_margin is None else f"{given.baseline_margin:g} points"
        return Criterion(name, None, stated, needed, ask)
    return at_least(name, given.baseline_margin, given.needed_margin, "points", ask)


def feedback_loop(case: Case) -> MoatTest:
    """Return the test of the closed feedback loop (rule MO5)."""
    given = case.measures.feedback_loop
    reporting = at_least(
        "Deployments that report back or are customers",
        given.reporting_share,
        REPORTING_FROM,
        "share",
        "the share of active deployments that report back or are customers",
    )
    improvements = at_least(
        "Improvements traced to them",
        given.improvements_per_quarter,
        IMPROVEMENTS_FROM,
        "a quarter",
        "shipped improvements a quarter that are traced to them",
    )
    return MoatTest("MO5", "Closed feedback loop", ((reporting,), (improvements,)))


def moat_finding(test: MoatTest, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return one moat's score as a finding: yes for 1, partly for .5, no for 0, unknown where a missing fact could change it."""
    evidence, asks = evidence_of(test.criteria), asks_of(test.criteria)
    found = Finding(
        test.concept_id,
        Answer.UNKNOWN,
        f"{test.name}: not known, between {test.low:g} and {test.high:g} of 1. Missing: {'; '.join(asks)}.",
        Basis.STATED if evidence else Basis.NOTHING,
        low=test.low,
        high=test.high,
        unit="score",
        n=len(evidence),
        evidence=evidence,
        asks=asks,
        source_ids=source_ids,
    )
    if test.score is None:
        return found
    answer = {0.0: Answer.NO, HALF: Answer.PARTLY, FULL: Answer.YES}[test.score]
    words = {Answer.NO: "does not hold", Answer.PARTLY: "holds in part", Answer.YES: "holds"}[answer]
    missed = [criterion.sentence for part in test.parts if any_met(part) is False for criterion in part]
    sentence = f"{test.name} {words}, {test.score:g} of 1.{' Missed: ' + ' '.join(missed) if missed else ''}"
    caveats = ("The case's own figures; nobody checked them.",)
    return replace(found, answer=answer, sentence=sentence, value=test.score, caveats=caveats, asks=())


def mean_of_moats(tests: Sequence[MoatTest], stated: float) -> MoatMean:
    """Return the mean of the scores with the range that unknown ones leave, beside the figure stated in the case (0 to 1)."""
    known = [test.score for test in tests if test.score is not None]
    low, high = (sum(values) / len(tests) for values in ([test.low for test in tests], [test.high for test in tests]))
    return MoatMean(low, high, sum(known) / len(known) if known else None, len(known), len(tests), stated)


def openness_alone(case: Case, tests: Sequence[MoatTest], *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether openness is all there is, and whether the case's moat figure fits the tests (rule MO0).

    Yes: none of the five moats scores above 0. No: at least one does. Unknown: what is missing could still give one.
    """
    mean = mean_of_moats(tests, case.facts.moat)
    held = [test.name.lower() for test in tests if test.low > 0]
    possible = [test.name.lower() for test in tests if test.low == 0 and test.high > 0]
    if held:
        answer, said = Answer.NO, f"More than openness: {', '.join(held)}."
    elif possible:
        answer, said = Answer.UNKNOWN, f"No moat is shown yet; still possible: {', '.join(possible)}."
    else:
        answer, said = Answer.YES, f"Openness is all there is: expect to be overtaken, and count at most {OPENNESS_ALONE_AT_MOST} as moat."
    caveats = ["Each moat counts the same."]
    if answer == Answer.YES and case.facts.moat > OPENNESS_ALONE_AT_MOST:
        caveats.append(f"The case counts on a moat of {case.facts.moat:g} without one that passes.")
    if not case.moats and case.facts.moat > OPENNESS_ALONE_AT_MOST:
        caveats.append(f"The case names no moat and yet counts on {case.facts.moat:g}.")
    return Finding(
        "MO0",
        answer,
        f"{said} {mean_sentence(mean)}",
        Basis.STATED if any(evidence_of(test.criteria) for test in tests) else Basis.NOTHING,
        value=mean.low if mean.low == mean.high else None,
        low=mean.low,
        high=mean.high,
        unit="mean score",
        n=mean.n_known,
        caveats=tuple(caveats),
        asks=tuple(dict.fromkeys(ask for test in tests if test.score is None for ask in asks_of(test.criteria))),
        source_ids=source_ids,
    )


def mean_sentence(mean: MoatMean) -> str:
    """Return the mean score, how many of its parts are unknown, and whether the stated figure contradicts it."""
    n_unknown = mean.n - mean.n_known
    found = f"mean score {mean.low:.2f}" if not n_unknown else f"mean score between {mean.low:.2f} and {mean.high:.2f}, {n_unknown} unknown"
    if not mean.contradicts:
        fits = "fits" if not n_unknown else "is possible"
        return f"The tests give a {found}; the case states {mean.stated:g}, which {fits}."
    side = "more" if mean.stated > mean.high else "less"
    return f"Contradiction: the tests give a {found}, the case states {mean.stated:g}, {side} than they allow."
