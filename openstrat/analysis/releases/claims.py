"""Open-washing: what a release is called against what its terms say (mistake MI1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from openstrat.analysis.licenses.placement import cell_values, clauses_in_words
from openstrat.analysis.releases.positions import PlacedComponent, ReleasePosition
from openstrat.errors import UnknownNameError
from openstrat.tables.release_vocabulary import Claim, Grade, SaidBy
from openstrat.terms import Component, OpennessLevel, Term, read_term

CONCEPT = "MI1"
OUTSIDE_WINDOW_DAYS = 180
LAUNCH_WINDOW_DAYS = 90
DATA_NOTE = (
    "The weights are open, but the training data is not among what was found open under a named license: version 1.0 of the Open "
    "Source AI Definition asks for detailed information about the data."
)
CHECK_COLUMNS = ["release_id", "claim", "said_by", "stated_in", "verdict", "reasons", "clause", "unknown", "source_ids"]


class ClaimVerdict(Term):
    """How a claim compares with the terms."""

    FLAG = "flag", "The claim says more than the terms, or the conduct, allow."
    NOTE = "note", "The claim holds for the weights or in part; the reason says what it leaves out."
    CONSISTENT = "consistent", "The terms bear the claim out."
    UNDETERMINED = "undetermined", "The terms that would decide it are not known."
    NO_CLAIM = "no_claim", "No claim of openness is recorded."


@dataclass(frozen=True)
class Conduct:
    """What the git history of a release's code shows; None is unknown. Windows in days: 180 for outsiders, 90 after launch."""

    n_outside_changes: int | None = None
    n_changes_after_launch: int | None = None


@dataclass(frozen=True)
class ClaimCheck:
    """One release: its strongest claim, the verdict with reasons, the clause behind a flag, and what stayed unknown."""

    release_id: str
    claim: Claim | None
    said_by: SaidBy | None
    stated_in: str
    verdict: ClaimVerdict
    reasons: tuple[str, ...]
    clause: str = ""
    unknown: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = field(default=())


def check_claim(position: ReleasePosition, claims: pd.DataFrame, conduct: Conduct | None = None) -> ClaimCheck:
    """Return how the strongest recorded claim for a release compares with its position.

    The strongest claim is the first of the vocabulary that is recorded; the publisher's own words count before reports. The word
    open source is flagged when the weights' terms restrict anybody, or when the conduct is known and shows no change by outsiders
    in 180 days or no change at all in the 90 days after launch. Under open terms without open training data it gets a note.

    Parameters
    ----------
    position
        From `place_release`.
    claims
        The table release_claims.
    conduct
        What the git history shows; unknown when left out.
    """
    rows = claims.loc[claims["release_id"] == position.release_id].to_dict("records")
    if not rows:
        return ClaimCheck(position.release_id, None, None, "", ClaimVerdict.NO_CLAIM, ("No claim is recorded; none was looked up.",))
    row = min(rows, key=lambda item: (list(Claim).index(Claim(item["claim"])), list(SaidBy).index(SaidBy(item["said_by"]))))
    claim, said_by = read_term(Claim, row["claim"]), read_term(SaidBy, row["said_by"])
    weights = position.component(Component.WEIGHTS)
    verdict, reasons = _compare(claim, position, weights)
    known = conduct or Conduct()
    if claim == Claim.OPEN_SOURCE and (shown := _conduct_reasons(known)):
        verdict, reasons = ClaimVerdict.FLAG, (*(reasons if verdict == ClaimVerdict.FLAG else ()), *shown)
    if verdict == ClaimVerdict.FLAG and said_by == SaidBy.REPORT:
        reasons = (*reasons, "The claim is reported by others; the publisher's own words were not found.")
    return ClaimCheck(
        release_id=position.release_id,
        claim=claim,
        said_by=said_by,
        stated_in=row["stated_in"],
        verdict=verdict,
        reasons=reasons,
        clause=clauses_in_words(weights.restrictions) if verdict == ClaimVerdict.FLAG else "",
        unknown=_unknown_conduct(known) if claim == Claim.OPEN_SOURCE else (),
        source_ids=tuple(dict.fromkeys([*cell_values(row["source_ids"]), *weights.source_ids])),
    )


def check_claims(
    positions: Mapping[str, ReleasePosition], claims: pd.DataFrame, conduct: Mapping[str, Conduct] | None = None
) -> pd.DataFrame:
    """Return one row a release with a recorded claim: claim, verdict, reasons, clause; see `check_claim`.

    Raises
    ------
    UnknownNameError
        If a claim is recorded for a release without a position.
    """
    rows = []
    for release_id in dict.fromkeys(claims["release_id"]):
        if release_id not in positions:
            raise UnknownNameError("release", release_id, positions)
        check = check_claim(positions[release_id], claims, (conduct or {}).get(release_id))
        cells = {key: getattr(check, key) for key in CHECK_COLUMNS}
        rows.append(
            {
                key: " ".join(value) if key == "reasons" else "; ".join(value) if isinstance(value, tuple) else value
                for key, value in cells.items()
            }
        )
    return pd.DataFrame(rows, columns=CHECK_COLUMNS)


def _compare(claim: Claim, position: ReleasePosition, weights: PlacedComponent) -> tuple[ClaimVerdict, tuple[str, ...]]:
    if claim == Claim.NONE_FOUND:
        return ClaimVerdict.NO_CLAIM, ("The public text was searched; no word of openness was found.",)
    if weights.level == OpennessLevel.UNDETERMINED:
        return ClaimVerdict.UNDETERMINED, (weights.reason,)
    if weights.level == OpennessLevel.CLOSED:
        return ClaimVerdict.FLAG, (f"Called {claim.label}, but no weights came with a license. {weights.reason}",)
    if claim in (Claim.OPEN_WEIGHTS, Claim.SOURCE_AVAILABLE):
        return ClaimVerdict.CONSISTENT, (f"Called {claim.label}, and the weights can be had under a license.",)
    if weights.level == OpennessLevel.OPEN_WEIGHTS:
        return _compare_restricted(claim, weights)
    return _compare_open_source(claim, position)


def _compare_restricted(claim: Claim, weights: PlacedComponent) -> tuple[ClaimVerdict, tuple[str, ...]]:
    bounds = ", ".join(ground.restriction.label for ground in weights.restrictions)
    verdict = ClaimVerdict.FLAG if claim == Claim.OPEN_SOURCE else ClaimVerdict.NOTE
    return verdict, (f"Called {claim.label}, but {weights.license_id} bounds the weights: {bounds}.",)


def _compare_open_source(claim: Claim, position: ReleasePosition) -> tuple[ClaimVerdict, tuple[str, ...]]:
    if claim != Claim.OPEN_SOURCE:
        return ClaimVerdict.CONSISTENT, (f"Called {claim.label}, and the weights carry no restriction.",)
    if position.level == OpennessLevel.OPEN_WEIGHTS:
        return ClaimVerdict.FLAG, (f"Called open source with open weights, but what runs them is not: {position.reason}",)
    if position.level == OpennessLevel.UNDETERMINED:
        return ClaimVerdict.UNDETERMINED, (position.reason,)
    if position.grade != Grade.A:
        return ClaimVerdict.NOTE, (DATA_NOTE,)
    return ClaimVerdict.CONSISTENT, ("Weights, run code, training code and training data are open.",)


def _conduct_reasons(conduct: Conduct) -> tuple[str, ...]:
    said = {
        f"No change by an outsider was merged in {OUTSIDE_WINDOW_DAYS} days.": conduct.n_outside_changes,
        f"Nothing changed in the {LAUNCH_WINDOW_DAYS} days after launch.": conduct.n_changes_after_launch,
    }
    return tuple(sentence for sentence, count in said.items() if count == 0)


def _unknown_conduct(conduct: Conduct) -> tuple[str, ...]:
    said = {"changes by outsiders": conduct.n_outside_changes, "changes after launch": conduct.n_changes_after_launch}
    return tuple(name for name, count in said.items() if count is None)
