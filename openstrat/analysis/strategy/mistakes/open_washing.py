"""MI1, open-washing: something is called open source, and its license, its process or its upkeep does not bear that out."""

from __future__ import annotations

from dataclasses import dataclass

from openstrat.analysis.releases.claims import LAUNCH_WINDOW_DAYS, OUTSIDE_WINDOW_DAYS, ClaimCheck, ClaimVerdict, Conduct
from openstrat.analysis.strategy.finding import Answer, Basis, Finding, unknown
from openstrat.tables.release_vocabulary import Claim, SaidBy

CONCEPT = "MI1"
NO_CLAIM_ASK = "what the publisher calls it, with the place where that is said"
REPORTED = "The claim is reported by others; the publisher's own words were not found."


@dataclass(frozen=True)
class ReleaseConduct:
    """What the history of a release's code shows: commits after launch, bounds on outside commits, and the contribution guide."""

    repository: str
    n_changes_after_launch: int
    n_outside_low: int
    n_outside_high: int
    has_contributing: bool | None
    source_ids: tuple[str, ...] = ()

    @property
    def conduct(self) -> Conduct:
        """The same as the claim check takes it: an outside count only where the bounds settle whether there was any."""
        outside = self.n_outside_low if self.n_outside_low else 0 if not self.n_outside_high else None
        return Conduct(0 if self.has_contributing is False else outside, self.n_changes_after_launch)


def open_washing(check: ClaimCheck, conduct: ReleaseConduct | None = None) -> Finding:
    """Return whether a release is open-washed: yes, partly (true of the weights only), no, or unknown.

    Parameters
    ----------
    check
        From `check_claim`, given the conduct where it is known.
    conduct
        What the history of its code shows, for the evidence.
    """
    if check.claim is None:
        return unknown(CONCEPT, (NO_CLAIM_ASK,))
    answer = _answer(check)
    caveats = [REPORTED] if check.said_by is SaidBy.REPORT else []
    caveats += [f"Not known: {name}." for name in check.unknown]
    return Finding(
        concept_id=CONCEPT,
        answer=answer,
        sentence=_sentence(check, answer),
        basis=Basis.MEASURED if conduct else Basis.PUBLISHED,
        n=1,
        evidence=(
            f"Called {check.claim.label} in: {check.stated_in}.",
            *(reason for reason in check.reasons if reason != REPORTED),
            *_conduct_rows(conduct),
        ),
        caveats=tuple(dict.fromkeys(caveats)),
        asks=tuple(check.unknown) if answer is Answer.UNKNOWN else (),
        source_ids=tuple(dict.fromkeys([*check.source_ids, *(conduct.source_ids if conduct else ())])),
    )


def _answer(check: ClaimCheck) -> Answer:
    if check.verdict is ClaimVerdict.FLAG:
        return Answer.YES
    if check.verdict is ClaimVerdict.NOTE:
        return Answer.PARTLY
    if check.verdict is ClaimVerdict.UNDETERMINED:
        return Answer.UNKNOWN
    waits = check.claim is Claim.OPEN_SOURCE and check.unknown
    return Answer.UNKNOWN if waits else Answer.NO


def _sentence(check: ClaimCheck, answer: Answer) -> str:
    if check.claim is Claim.NONE_FOUND:
        return "No word of openness was found in its public text, so there is nothing to hold against it."
    called = check.claim.label if check.claim else "open"
    return {
        Answer.YES: f"It is called {called}, and its terms or its conduct do not bear that out.",
        Answer.PARTLY: f"It is called {called}; that holds in part only.",
        Answer.NO: f"It is called {called}, and what is known bears that out.",
    }.get(answer, f"It is called {called}; the facts that would decide are not known.")


def _conduct_rows(conduct: ReleaseConduct | None) -> tuple[str, ...]:
    if conduct is None:
        return ()
    guide = {True: "a contribution guide", False: "no contribution guide"}.get(conduct.has_contributing, "a guide not looked for")  # type: ignore[arg-type]
    return (
        f"{conduct.repository}: {conduct.n_changes_after_launch} commits in the {LAUNCH_WINDOW_DAYS} days after launch, "
        f"{conduct.n_outside_low} to {conduct.n_outside_high} outside commits in {OUTSIDE_WINDOW_DAYS} days, {guide}.",
    )
