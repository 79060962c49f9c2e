"""How much a license restricts, as a rank by family, and which way a change of license goes (concepts LF1 to LF4)."""

from __future__ import annotations

from dataclasses import dataclass

from openstrat.terms import LicenseFamily, Term, read_term


class RelicenseDirection(Term):
    """Which way a change goes by the ranks of the two families."""

    TIGHTER = "tighter", "The new terms restrict more than the old ones."
    OPENER = "opener", "The new terms restrict less."
    SAME = "same", "Old and new terms have the same rank."
    UNCERTAIN = "uncertain", "The ranks overlap, or a family is not known."


@dataclass(frozen=True)
class Rank:
    """How much a family restricts, from 0 (permissive) up; `low` and `high` differ where its licenses do."""

    low: float
    high: float


RANKS: dict[LicenseFamily, Rank] = {
    LicenseFamily.PERMISSIVE: Rank(0, 0),
    LicenseFamily.WEAK_COPYLEFT: Rank(1, 1),
    LicenseFamily.STRONG_COPYLEFT: Rank(1.5, 1.5),
    LicenseFamily.NETWORK_COPYLEFT: Rank(2, 2),
    LicenseFamily.SOURCE_AVAILABLE: Rank(3, 3),
    LicenseFamily.USE_RESTRICTED: Rank(3, 3),
    LicenseFamily.CUSTOM_AI: Rank(3, 4),
    LicenseFamily.NON_COMMERCIAL: Rank(5, 5),
    LicenseFamily.PROPRIETARY: Rank(6, 6),
}
"""Ranks of restriction (rules LF1 to LF4); strong copyleft between weak and network, and proprietary on top (assumption).

Data licenses run from free to non-commercial and have no rank.
"""


def rank_of(family: str) -> Rank | None:
    """Return the rank of a family; None for data licenses, which differ too much.

    Raises
    ------
    UnknownNameError
        If there is no such family.
    """
    return RANKS.get(read_term(LicenseFamily, family))


def relicense_direction(family_before: str | None, family_after: str | None) -> RelicenseDirection:
    """Return which way a change of family goes: the sign of the difference of ranks.

    Raises
    ------
    UnknownNameError
        If one of the families is not known.
    """
    before, after = (rank_of(family) if family else None for family in (family_before, family_after))
    if before is None or after is None:
        return RelicenseDirection.UNCERTAIN
    if after.low > before.high:
        return RelicenseDirection.TIGHTER
    if after.high < before.low:
        return RelicenseDirection.OPENER
    return RelicenseDirection.SAME if before == after and before.low == before.high else RelicenseDirection.UNCERTAIN
