"""Four beliefs about what protects an open product, each with the test that fails it (concepts MY1 to MY4).

A finding's yes means that the test fails the belief: what is relied on is a myth here.
"""

from __future__ import annotations

from collections.abc import Sequence

from openstrat.analysis.strategy.criteria import Criterion, any_met, asks_of, at_least, evidence_of, holds
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.signatures import Range
from openstrat.cases.schema import Case

FIRST_WEEK_ABOVE = 0.50
"""Share of the first 90 days' visits in week one above which a launch was only a launch (rule MY1, assumption)."""
LATER_STARS_BELOW = 0.10
"""Stars a month after month 3, as a share of month 1, below which attention is gone (rule MY1, assumption)."""
CLEAR_CORRELATION = 0.30
"""Rank correlation of stars and use among peers below which stars say nothing about use (rule MY2, assumption)."""
SWITCH_BELOW = 2.0
"""Engineer-weeks below which users switch to a compatible fork (rule MY3, assumption)."""
FRICTION_ABOVE = 0.20
"""Share of serious prospects deterred by the terms (rule MY4, assumption)."""
SUBSTITUTE_FROM = 0.90
"""Quality of a cleaner substitute, as a share of the own quality (rule MY4, assumption)."""
NAMES = {"MY1": "A launch on the front page", "MY2": "Stars without users", "MY3": "The brand will hold", "MY4": "A tight license protects"}


def front_page_launch(case: Case, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether attention at launch has faded (rule MY1): most visits in week one, or few stars a month later on."""
    given = case.measures.attention
    week = at_least(
        "First 90 days' visits that fell into week 1",
        given.first_week_share,
        FIRST_WEEK_ABOVE,
        "share",
        "the share of the first 90 days' visits that fell into week 1",
        more_than=True,
    )
    return _myth("MY1", (week, _stars_kept(given.stars_month_1, given.stars_per_month_after_3)), any_met, source_ids)


def _stars_kept(first: float | None, later: float | None) -> Criterion:
    name, ask = "Stars a month after month 3 have fallen away", "stars in month 1 and stars a month after month 3"
    needed = f"below {LATER_STARS_BELOW:.0%} of month 1"
    if first is None or later is None or first == 0:
        return Criterion(name, None, "not given", needed, ask)
    share = later / first
    return Criterion(name, share < LATER_STARS_BELOW, f"{share:.0%} of month 1", needed, ask)


def stars_without_users(case: Case, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether stars stand without use (rule MY2): no clear rank correlation among peers, or no organization known to use it."""
    given = case.measures.attention
    peers = given.stars_rank_correlation
    weak = holds(
        "Stars do not rank use among peers",
        None if peers is None else peers < CLEAR_CORRELATION,
        "the rank correlation of stars and use among peers",
        given="" if peers is None else f"rank correlation {peers:.2f}".replace("-", "−"),
    )
    users = given.n_enterprise_users
    unused = holds(
        "No organization is known to use it in production",
        None if users is None else users == 0,
        "how many organizations use it in production",
        given="" if users is None else f"{users} organization{'' if users == 1 else 's'}",
    )
    return _myth("MY2", (unused, weak), any_met, source_ids)


def brand_alone(case: Case, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether a compatible fork would cost users almost nothing (rule MY3): little work to switch, and the fork drops in."""
    given = case.measures.switching
    weeks = given.switch_weeks
    cheap = holds(
        "Switching takes little work",
        None if weeks is None else weeks < SWITCH_BELOW,
        "engineer-weeks that a user needs to move to a fork",
        given="" if weeks is None else f"{weeks:g} engineer-weeks (below {SWITCH_BELOW:g} is little)",
    )
    drops_in = holds("A fork would keep the interface", given.fork_is_compatible, "whether a fork would keep the interface")
    return _myth("MY3", (cheap, drops_in), all_met, source_ids)


def tight_license(case: Case, option: str, friction: Range | None, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether an option's terms drive serious users to a cleaner substitute (rule MY4).

    `friction` is the share of adopters that the option's terms deter by the default ranges; the case's own measurement goes first.
    """
    given = case.measures.switching
    measured = given.license_friction
    if measured is None and friction is not None and friction.high <= FRICTION_ABOVE:
        sentence = f"{NAMES['MY4']}: not relied on; the terms of {option.replace('_', ' ')} deter {friction.high:.0%} of adopters at most."
        return Finding("MY4", Answer.NOT_ASKED, sentence, Basis.ASSUMED, source_ids=source_ids)
    ask = "the share of serious prospects who passed because of the terms"
    if measured is not None:
        deterred = at_least("Prospects who passed because of the terms", measured, FRICTION_ABOVE, "share", ask, more_than=True)
    else:
        deterred = _deterred_by_range(option, friction, ask)
    substitute = at_least(
        "A substitute under cleaner terms is nearly as good",
        given.substitute_quality,
        SUBSTITUTE_FROM,
        "share",
        "the quality of the best substitute under cleaner terms",
    )
    return _myth("MY4", (deterred, substitute), all_met, source_ids)


def _deterred_by_range(option: str, friction: Range | None, ask: str) -> Criterion:
    name, needed = f"Adopters deterred by the terms of {option.replace('_', ' ')} (default range)", f"more than {FRICTION_ABOVE:.0%}"
    if friction is None:
        return Criterion(name, None, "not given", needed, ask)
    given = f"{friction.low:.0%} to {friction.high:.0%}"
    return Criterion(name, True if friction.low > FRICTION_ABOVE else None, given, needed, ask)


def all_met(criteria: Sequence[Criterion]) -> bool | None:
    """Return whether every condition is met; unknown while none fails and one is not known."""
    states = [criterion.is_met for criterion in criteria]
    return False if False in states else None if None in states else True


def _myth(concept_id: str, criteria: tuple[Criterion, ...], rule: object, source_ids: tuple[str, ...]) -> Finding:
    state = any_met(criteria) if rule is any_met else all_met(criteria)
    evidence = evidence_of(criteria)
    asks = asks_of(criteria) if state is None else ()
    name = NAMES[concept_id]
    if state is None:
        sentence = f"{name}: not tested. Missing: {'; '.join(asks)}."
        return Finding(
            concept_id,
            Answer.UNKNOWN,
            sentence,
            Basis.STATED if evidence else Basis.NOTHING,
            evidence=evidence,
            asks=asks,
            source_ids=source_ids,
        )
    fails = [criterion.sentence for criterion in criteria if criterion.is_met]
    kept = [criterion.sentence for criterion in criteria if criterion.is_met is False]
    words = f"the test fails the belief. {' '.join(fails)}" if state else f"the test does not fail the belief. {' '.join(kept)}"
    answer = Answer.YES if state else Answer.NO
    caveats = ("The case's own figures; nobody checked them.",)
    return Finding(concept_id, answer, f"{name}: {words}", Basis.STATED, evidence=evidence, caveats=caveats, source_ids=source_ids)
