"""Who else judges licenses, what they can say, and who is right where our rule and they differ."""

from __future__ import annotations

from openstrat.terms import Term


class Authority(Term):
    """A body or tool whose word on a license is compared with the rule."""

    OSI = "osi", "Open Source Initiative: approves licenses for software, on request; SPDX states the flag for its list."
    FSF = "fsf", "Free Software Foundation: a list of free licenses as SPDX carries it; not listed is not a verdict."
    SCANCODE = "scancode", "ScanCode: sorts license texts into categories; some mean open, some restricted, some neither."
    BLUE_OAK = "blue_oak", "Blue Oak Council: rates permissive licenses only; not listed is not a verdict."
    MOF = "mof", "Model Openness Framework: licenses its tool accepts as open for a component."
    COMMON_READING = "common_reading", "What is commonly written about a license; no list states it, so each case is entered by hand."


class AuthoritySays(Term):
    """What an authority's word on a license amounts to."""

    OPEN = "open", "It calls the license open, free or permissive."
    NOT_OPEN = "not_open", "It calls the license restricted, or does not name it among open licenses though SPDX lists it."
    SILENT = "silent", "It says nothing about the license."


class WhoIsRight(Term):
    """How a disagreement between the rule and an authority ends."""

    RULE = "rule", "The rule: the terms say so."
    AUTHORITY = "authority", "The authority: the rule misses something."
    BOTH_DEFENSIBLE = "both_defensible", "Both: they weigh the same clause differently, with reasons."
    DIFFERENT_QUESTION = "different_question", "Both: the authority answers another question."
