"""How the open part is run: who decides, who owns the name, what contributing costs, where the paid part begins (CG1 to CG4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openstrat.analysis.strategy.criteria import Criterion, as_percent, asks_of, at_least, at_most, evidence_of, holds
from openstrat.analysis.strategy.finding import Answer, Basis, Finding, unknown
from openstrat.cases.measures import GovernanceFacts

SPREAD_BELOW = 0.25
"""Concentration up to which work counts as spread: four people or more for half of it, no organization above a quarter (CG1,
assumption)."""
CONCENTRATED_FROM = 0.5
"""Concentration from which one person or organization carries the project (rule CG1, assumption)."""
SIGNED_FROM = 0.6
"""Share of commits signed off from which a sign-off rule counts as enforced (rule CG3)."""
BOUNDARY_NOTICE_DAYS = 90
"""Days of notice from which moving a feature to the paid part is no surprise (rule CG4, assumption; as in rule MI2)."""
LABEL = "A label says who decides by name; it is no proof that the work is spread."
EXPOSURE = "An agreement by which the steward may choose any terms raises the exposure to a bad-faith change of license (MI2)."


@dataclass(frozen=True)
class Indicators:
    """What was measured in the project's repository: its table row without masked figures. Shares are of human commits, 12 months."""

    repository: str
    measured_on: str
    n_commits: int
    n_authors_for_half: int
    signoff_share: float
    top_domain: str | None
    top_domain_share: float | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class AgreementTerms:
    """What a kind of contribution agreement may mean: how many of its known forms let the steward choose the terms."""

    n_forms: int
    n_with_free_choice: int
    source_ids: tuple[str, ...]


def concentration_index(n_authors_for_half: int | None, top_domain_share: float | None) -> float | None:
    """Return how much hangs on one person or one organization, 0 to 1: the larger of 1 / fewest people with half, and the top share."""
    parts = [] if n_authors_for_half is None else [1 / n_authors_for_half]
    parts += [] if top_domain_share is None else [top_domain_share]
    return max(parts, default=None)


def who_decides(facts: GovernanceFacts, indicators: Indicators | None = None, *, label: str = "") -> Finding:
    """Return whether the work, and with it the say, is spread (CG1): yes, partly, no, unknown. `value` is the concentration index.

    Stated facts come before measured ones. `label` is what the project is called: company, foundation or community.
    """
    measured = facts.authors_for_half is None and facts.top_domain_share is None and indicators is not None
    half = indicators.n_authors_for_half if measured and indicators else facts.authors_for_half
    top = indicators.top_domain_share if measured and indicators else facts.top_domain_share
    index = concentration_index(half, top)
    if index is None:
        return unknown("CG1", ("fewest authors of half of the commits, last 12 months", "largest share of commits from one organization"))
    answer = Answer.YES if index <= SPREAD_BELOW else Answer.NO if index >= CONCENTRATED_FROM else Answer.PARTLY
    shown = facts.steward or label
    evidence = [] if half is None else [f"Half of the commits come from {half} {'person' if half == 1 else 'people'}."]
    evidence += [] if top is None else [f"The largest organization makes {as_percent(top)} of the commits."]
    evidence += [] if facts.outsider_share is None else [f"Outsiders make {as_percent(facts.outsider_share)} of the merged commits."]
    evidence += [f"Who decides, by name: {shown}."] if shown else []
    return Finding(
        concept_id="CG1",
        answer=answer,
        sentence=f"Concentration {index:.2f} (0 spread, 1 one person or organization): {_spread_words(answer)}.",
        basis=Basis.MEASURED if measured else Basis.STATED,
        value=index,
        unit="index",
        n=indicators.n_commits if measured and indicators else None,
        evidence=tuple(evidence),
        caveats=(LABEL,) if shown else (),
        source_ids=indicators.source_ids if measured and indicators else (),
    )


def _spread_words(answer: Answer) -> str:
    return {Answer.YES: "the work is spread", Answer.NO: "it hangs on one person or one organization"}.get(answer, "in between")


def name_and_code(facts: GovernanceFacts) -> Finding:
    """Return whether the name is protected apart from the code (CG2): owner, policy, rule for builds."""
    owner = None if facts.trademark_owner is None else True
    criteria = [
        holds("Owner of the name", owner, "who owns the name", given=facts.trademark_owner or ""),
        holds("Policy on its use", facts.has_trademark_policy, "whether a policy says who may use the name"),
        holds("Rule for builds", facts.has_conformity_rule, "whether a rule says which builds may carry the name"),
    ]
    words = {
        Answer.YES: "A copy of the code has to find another name.",
        Answer.PARTLY: "The name is protected in part.",
        Answer.NO: "The name is not protected apart from the code.",
    }
    return _by_criteria("CG2", criteria, words)


def contribution_friction(facts: GovernanceFacts, indicators: Indicators | None = None, terms: AgreementTerms | None = None) -> Finding:
    """Return whether contributing is easy and leaves the steward no free hand (CG3).

    Yes for no agreement or a sign-off that is enforced; partly for a sign-off that is not, or an agreement whose known forms differ;
    no for an agreement by which the steward may choose any terms.
    """
    kind = facts.contribution_agreement
    share = facts.signoff_share if facts.signoff_share is not None else indicators.signoff_share if indicators else None
    if kind is None:
        return unknown("CG3", ("whether contributors sign an agreement (cla), sign off (dco), or neither",))
    signed = at_least("Commits signed off", share, SIGNED_FROM, "share", "share of commits signed off, last 12 months")
    answer, sentence = _friction(kind, signed, terms)
    is_measured = facts.signoff_share is None and share is not None
    exposure = kind == "cla" and answer is not Answer.YES
    free = (
        f"Of {terms.n_forms} known forms of such agreements, {terms.n_with_free_choice} let the steward choose any terms." if terms else ""
    )
    return Finding(
        concept_id="CG3",
        answer=answer,
        sentence=sentence,
        basis=Basis.MEASURED if is_measured else Basis.STATED,
        value=share,
        unit="" if share is None else "share of commits signed off",
        n=indicators.n_commits if is_measured and indicators else None,
        evidence=(f"Contributors' terms: {kind}.", *evidence_of([signed]), *([free] if free and kind == "cla" else [])),
        caveats=(EXPOSURE,) if exposure else (),
        asks=asks_of([signed]) if kind == "dco" else (),
        source_ids=(*(indicators.source_ids if is_measured and indicators else ()), *(terms.source_ids if terms and kind == "cla" else ())),
    )


def _friction(kind: str, signed: Criterion, terms: AgreementTerms | None) -> tuple[Answer, str]:
    if kind == "none":
        return Answer.YES, "Contributors sign nothing, and the steward is one more licensee."
    if kind == "dco":
        said = {Answer.YES: "is enforced", Answer.NO: "is not enforced"}.get(signed.answer, "may be enforced")
        return {Answer.NO: Answer.PARTLY}.get(signed.answer, signed.answer), f"A sign-off is asked for and {said}."
    if terms is None or terms.n_with_free_choice:
        every = terms is not None and terms.n_with_free_choice == terms.n_forms
        return Answer.NO if every else Answer.PARTLY, "Contributors sign an agreement; some forms of it leave the steward a free hand."
    return Answer.PARTLY, "Contributors sign an agreement that binds the steward to named terms."


def commercial_boundary(facts: GovernanceFacts) -> Finding:
    """Return whether the paid part is written down and kept to (CG4)."""
    moved = facts.features_moved_to_paid
    criteria = [
        holds("Boundary is written", facts.boundary_is_written, "whether a page says which features are paid"),
        at_most("Features moved to the paid part", moved, 0, "features in 12 months", "features moved from free to paid, last 12 months"),
    ]
    if moved:
        ask = "days of notice before such a move"
        criteria[1] = at_least("Notice before a move", facts.boundary_notice_days, BOUNDARY_NOTICE_DAYS, "days", ask)
    words = {
        Answer.YES: "The boundary is written and kept to, or moved with notice.",
        Answer.PARTLY: "The boundary is written or kept to, not both.",
        Answer.NO: "The boundary is neither written nor kept to.",
    }
    return _by_criteria("CG4", criteria, words)


def governance_findings(
    facts: GovernanceFacts, indicators: Indicators | None = None, *, label: str = "", terms: AgreementTerms | None = None
) -> tuple[Finding, ...]:
    """Return CG1 to CG4 for stated facts and, where a repository is named, measured ones."""
    return (
        who_decides(facts, indicators, label=label),
        name_and_code(facts),
        contribution_friction(facts, indicators, terms),
        commercial_boundary(facts),
    )


def _by_criteria(concept_id: str, criteria: Sequence[Criterion], words: dict[Answer, str]) -> Finding:
    states = [criterion.is_met for criterion in criteria]
    if all(state is None for state in states):
        return unknown(concept_id, asks_of(criteria))
    met = states.count(True)
    answer = Answer.UNKNOWN if None in states else Answer.YES if met == len(states) else Answer.PARTLY if met else Answer.NO
    sentence = words.get(answer, f"{met} of {len(states)} conditions are met, {states.count(None)} not known.")
    return Finding(concept_id, answer, sentence, Basis.STATED, evidence=evidence_of(criteria), asks=asks_of(criteria))
