"""Words of the tables on how licenses fit together, when versions open, and what contributors grant."""

from __future__ import annotations

from openstrat.terms import Term


class ClauseEffect(Term):
    """What a text, or the steward who wrote it, says about code that meets one other license."""

    CHOICE = "choice", "Whoever receives the code may take it under the other license, and go on from there."
    INCLUDE = "include", "A work that contains the code may be published under the other license; it goes no further than that."
    IF_NAMED = "if_named", "The same as a choice, but only where the first licensor named the other license in a notice."
    COMBINE = "combine", "Both may be joined in one work, in which each part stays under its own license."
    BAR = "bar", "The code may not be part of a work under the other license."
    DISPUTED = "disputed", "The authors of the two texts have said different things."


class HolderOfCopyright(Term):
    """Who owns a contribution after it was made."""

    CONTRIBUTOR = "contributor", "The contributor keeps it."
    STEWARD = "steward", "It is assigned to the steward."


class OutboundRight(Term):
    """Whether a steward may put outside contributions under other terms without asking the contributors."""

    NO = "no", "Only as far as the license they came in under allows everybody."
    YES = "yes", "Under any terms."
    NAMED_TERMS = "named_terms", "Only under terms that the agreement lists or describes."


class PatentPromise(Term):
    """What contributors say about their patents, beyond the project's license."""

    NONE = "none", "Nothing of its own: the project's license decides."
    LICENSE = "license", "A patent license of its own to the steward and to users."
