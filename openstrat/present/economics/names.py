"""What inputs, facts and parts of the value are called in charts and sentences: noun phrases without an article."""

from __future__ import annotations

from openstrat.analysis.economics.ranges import InputRange
from openstrat.analysis.weighing import REST

INPUTS = {
    "acv": "contract value against the case's figure",
    "bloss": "adopters lost in a backlash",
    "closs": "revenue lost to a better-funded host",
    "cmis": "cost of a misuse incident",
    "conv": "share of adopters that pay",
    "disc": "discount rate",
    "floss": "adopters lost to a funded fork",
    "fork_draw": "draw that decides on a funded fork",
    "fps": "first-party share of hosting",
    "fr": "friction of license terms within its range",
    "fte_cost": "cost of a maintainer",
    "gm": "gross margin",
    "hcomp": "arrival rate of a better-funded host",
    "hfork": "rate of forks without a license change",
    "hmis": "rate of misuse incidents",
    "hostcap": "hosts' revenue a restriction brings back",
    "kp": "effect of openness on first trials",
    "kq": "effect of openness on imitation",
    "lag": "time from adoption to payment",
    "mreq": "need of maintainers against the case's figure",
    "nrr": "net revenue retention",
    "p": "share that adopts on its own",
    "pback": "chance of a backlash",
    "pdec": "price decline",
    "q": "pull of earlier adopters",
    "reach": "growth of the market when all is open",
    "stick": "workloads that stay with the first party",
    "strat": "share of a rival's loss that is gained",
    "subst": "how well the opened part replaces the paid",
    "talent": "maintenance saved by openness",
    "trust": "conversion gained by inspection",
}
"""Short names of the uncertain inputs; the full meaning stands in the table `assumptions`."""

FACTS = {
    "acv": "yearly contract value",
    "M_closed": "reach with nothing open",
    "moat": "moat",
    "infra_share": "share of infrastructure won",
    "rival_value": "value of weakening the rival",
}
FACT_UNITS = {
    "acv": "USD million",
    "M_closed": "organizations",
    "moat": "of 1",
    "infra_share": "share",
    "rival_value": "USD million a year",
}
PARTS = {
    "acv": "adopters who pay",
    "R0": "existing customers",
    "infra_spend": "adopters' infrastructure",
    "rival_value": "strategic value (not received as money)",
    "train_cost": "training",
    REST: "maintainers, misuse, free serving",
}
MARK_WORDS = {
    "sourced": "sourced",
    "assumed": "assumed",
    "assumed_direction_sourced": "assumed (direction sourced)",
    "stated": "stated by the case",
}
"""How marks of the tables are said."""


def input_name(item: InputRange) -> str:
    """Return the short name of an input; its own one where it has none."""
    return INPUTS.get(item.name, item.name.replace("_", " "))
