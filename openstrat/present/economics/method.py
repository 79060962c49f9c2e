"""How the model works, and what it cannot know."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.weighing import Weighing
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.sources import sources_used
from openstrat.tables.store import read_table

EQUATIONS = {
    "1 Openness": "A = Σ adoption weight × grade of the layer's license / Σ adoption weight. How much of what makes people adopt is given.",
    "2 Friction": "φ = mean over opened layers of low + (high − low) × friction. Terms that need a lawyer keep some users away.",
    "3 Reach": "m = min(most that could adopt, reach when closed × (1 + reach × A) × (1 − φ)).",
    "4 Adoption": "dF = ((p (1 + kp A) + q (1 + kq A) F)(1 − F) − loss × missing maintainers × F) dt, in quarters (Bass 1969). "
    "Adopters = m F, less what forks and a backlash take.",
    "5 Self-commoditization": "E = min(cap, value given away × substitution × (1 − moat left)). Opening what is paid for erodes it.",
    "6 Hosting": "P = 1 − H × (1 − min(1, first-party share + part of the moat left)). H is what others may host.",
    "7 Entrants and forks": "A better-funded host arrives at a rate times H, a hostile fork at a rate times A; a restrictive "
    "change brings a funded fork "
    "with the rubric's value.",
    "8 Backlash": "chance × weight of the license family, plus what a change of license sets off; it costs adopters.",
    "9 Revenue": "adopters of some quarters ago × conversion × contract value × retention × price decline × trust × (1 − E) × P × "
    "what entrants and "
    "forks leave. Existing revenue is scaled by what an option keeps beside today's licenses.",
    "10 Gain from restriction": "1 + freed hosting × hosts' revenue × share brought back, only where nobody forks.",
    "11 Infrastructure": "adopters × their spend × share that lands here × (1 − what leaves with an open control plane) × price.",
    "12 Strategic value": "share of a rival's threatened value × A, rising over two years; only where the case names a rival's "
    "profit layer.",
    "13 Cost": "maintainers × cost × (1 − saved by openness) + misuse + free serving; training at the start.",
    "14 Value": "NPV = −training + Σ (revenue × margin + infrastructure × margin + strategic value − cost) / (1 + discount)^t.",
}
LIMITS = (
    "How much openness grows a market, and how fast: no published figure was found, and no study separates it from quality, price "
    "or timing.",
    "The strategic value of weakening a rival: it cannot be measured from outside, before or after.",
    "The base rate of hostile forks without a license change, and what a fork costs its upstream: known forks are the ones that "
    "were noticed.",
    "What a restriction brings back from hosts when nobody forks: no case with a measured figure was found.",
    "Conversion at the level of organizations: published rates count downloads, users or customers, in units that do not match.",
    "How inputs move together: they are drawn independently unless the case says otherwise.",
    "Whether the equations are the right ones: ranges show what follows from them, not how wrong they may be. The worked cases "
    "were refined while "
    "the model was built, so their agreement with an expert is a design check.",
)
DECIDING = (
    "All options are priced over the same draws, so a difference is never luck of the draw. The option with the least worst "
    "regret over the named "
    "futures is taken among those whose mean is near the best; when worst regrets are equal within noise, the one that opens "
    "less, since what is "
    "closed can be opened later and not the other way round."
)


def method_box() -> Markup:
    """Return the equations in words, folded."""
    items = [page.tag("dt", name) + page.tag("dd", text) for name, text in EQUATIONS.items()]
    body = page.paragraph(DECIDING) + page.tag("dl", page.join(items), css="facts")
    return page.tag("details", page.tag("summary", f"{len(EQUATIONS)} equations and the rule of choice, in words") + body)


def limits_box() -> Markup:
    """Return what no data at hand can settle."""
    return page.callout("What cannot be identified", page.bullets(LIMITS), css="caveat")


def economics_sources(weighing: Weighing) -> Markup:
    """Return every source behind the inputs, coefficients, constants and futures."""
    inputs = pd.DataFrame({"source_ids": ["; ".join(item.source_ids) for item in weighing.evaluation.draws.ranges.values()]})
    return sources_used(inputs, read_table("family_coefficients"), read_table("model_constants"), read_table("futures"))
