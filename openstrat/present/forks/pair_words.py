"""Names, source lines and phrases that the sections on one fork share."""

from __future__ import annotations

from openstrat.analysis.forks.counting import Verdict
from openstrat.analysis.forks.measures import PairRule
from openstrat.analysis.forks.pair import SIDES, ForkPair
from openstrat.present.theme import percent, signed_percent
from openstrat.tables.fork_terms import ForkTrigger

TRIGGERS = {
    ForkTrigger.RELICENSE: "license change",
    ForkTrigger.GOVERNANCE: "dispute over who decides",
    ForkTrigger.ACQUISITION: "new owner of the upstream",
    ForkTrigger.FEATURE: "other technical goals",
    ForkTrigger.UNMAINTAINED: "upstream neglected",
}
"""What a fork answered, as charts and sentences call it."""
RULES = {
    PairRule.CREDITED: "whoever is credited",
    PairRule.STRICT: "no credit for bots' commits",
    PairRule.WITH_BOTS: "with all commits of bots",
    PairRule.WITH_COAUTHORS: "with co-authors",
    PairRule.ADDRESSES: "addresses, not people",
    PairRule.NONSTEWARD: "without the steward",
}
"""Ways of counting the months of a pair, as controls and legends call them."""
NOT_PROOF = "This describes who wrote what and when; it is not proof of what the fork, or what it answered, did to either side."


def names_of(pair: ForkPair) -> dict[str, str]:
    """Return what each known side is called: the repository's short name, or the full one where both short ones are the same."""
    short = {side: name.rsplit("/", 1)[-1] for side, name in pair.sides.items()}
    return short if len({name.lower() for name in short.values()}) == len(short) else dict(pair.sides)


def upstream_name(pair: ForkPair) -> str:
    """Return what the upstream is called, also where its months are not known."""
    return names_of(pair).get("upstream") or (str(pair.event["upstream"]).rsplit("/", 1)[-1] if pair.event else "the upstream")


def fork_name(pair: ForkPair) -> str:
    """Return what the fork is called."""
    return names_of(pair)["fork"]


def source_of(pair: ForkPair, *tables: str) -> str:
    """Return the source line of what rests on some tables of the pair, with the last day that was read on each side."""
    heads = pair.scopes.set_index("side")["head_on"].to_dict()
    read = ", ".join(f"{names_of(pair)[side]} read to {heads[side]}" for side in SIDES if side in heads)
    named = " and ".join(tables)
    where = f"tables of the given folder like {named}" if pair.is_own_folder else f"openstrat table{'s' * (len(tables) > 1)} {named}"
    return f"{where}; {read}"


def span_of(verdict: Verdict) -> str:
    """Return the lowest and highest value of a headline in its unit, and what unknown affiliations allow beside."""
    if verdict.lowest is None or verdict.highest is None:
        return "not computed"
    said = _between(verdict.headline, verdict.lowest, verdict.highest)
    if verdict.low is not None and verdict.high is not None and (verdict.low < verdict.lowest or verdict.high > verdict.highest):
        return f"{said}; unknown employers allow {_between(verdict.headline, verdict.low, verdict.high)}"
    return said


def _between(headline: str, low: float, high: float) -> str:
    is_change = headline.startswith("change")
    write = signed_percent if is_change else percent if "share" in headline else "{:.3g}".format
    ends = [write(value) for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
