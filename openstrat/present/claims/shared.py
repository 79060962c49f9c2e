"""Words that the sections of the claim ledger share."""

from __future__ import annotations

from openstrat.analysis.claims.standing import Standing

WORDS = {
    Standing.SUPPORTED: "supported",
    Standing.CONTRADICTED: "contradicted",
    Standing.MIXED: "mixed",
    Standing.UNDECIDED: "undecided",
    Standing.NOT_TESTABLE: "not testable here",
}
"""How a claim stands, in words, in the order in which claims are listed."""
PILLS = {
    Standing.SUPPORTED: "open",
    Standing.CONTRADICTED: "hold",
    Standing.MIXED: "decide",
    Standing.UNDECIDED: "decide",
    Standing.NOT_TESTABLE: "missing",
}
SPELLED = {"agpl": "AGPL", "open ai": "open AI", "eu exempts": "EU exempts", "open washed": "open-washed", "strip mine": "strip-mine"}
LEDGER_SOURCE = "openstrat tables claims, claim_evidence and evidence; each test names its tables"


def anchor_of(claim_id: str) -> str:
    """Return the name under which links on the page find a claim."""
    return f"claim-{claim_id}"


def short_name(claim_id: str) -> str:
    """Return a claim in a few words: 'stars show use'."""
    words = claim_id.replace("-", " ")
    for name, written in SPELLED.items():
        words = words.replace(name, written)
    return words[:1].upper() + words[1:]
