"""Where openness and money pull apart, and the rules on layers applied to the combination taken."""

from __future__ import annotations

from openstrat.analysis.planning.conflicts import Conflict, ConflictKind
from openstrat.analysis.planning.plan import OpeningPlan
from openstrat.analysis.strategy.layer_map import LITTLE_REVENUE, MUCH_MOAT, MUCH_REVENUE
from openstrat.present import page
from openstrat.present.findings import findings_table
from openstrat.present.page import Markup
from openstrat.present.words import counted, listed

HEADS = {
    ConflictKind.PAYS: "This layer pays for you",
    ConflictKind.GUARDS: "This layer guards you",
    ConflictKind.PLAN: "The plan says the opposite",
    ConflictKind.UNUSED: "Left on the table",
}
CUTS = (
    f"A layer pays from {MUCH_REVENUE:.0%} of willingness to pay, guards from {MUCH_MOAT:.0%} of the moat, and is unpaid up to "
    f"{LITTLE_REVENUE:.0%} (assumptions)."
)


def conflicts_box(plan: OpeningPlan) -> Markup:
    """Return every conflict as a sentence, those of the best paid layer first, with the options that run into it."""
    if not plan.conflicts:
        return page.paragraph(f"No option opens a layer that pays or guards, and no plan contradicts the figures. {CUTS}", css="caveat")
    items = [f"{HEADS[item.kind]}. {item.sentence}{_who(plan, item)}" for item in plan.conflicts]
    body = page.bullets(items) + page.paragraph(CUTS, css="meta")
    return page.callout(counted(len(plan.conflicts), "conflict"), body, css="finding")


def _who(plan: OpeningPlan, item: Conflict) -> str:
    if not item.options or item.kind is ConflictKind.UNUSED:
        return ""
    every = len(item.options) == len(plan.options)
    return " Every option opens it." if every else f" Opened by {listed(list(item.options), most=4)}."


def rules_table(plan: OpeningPlan) -> Markup:
    """Return rules LY0 to LY3 on the combination taken."""
    title = "Rules on layers, applied to the combination taken"
    source = "the case file; the model's figures at median inputs for LY3"
    table = findings_table(plan.findings, name="rules-table", title=title, source=source)
    caveats = list(dict.fromkeys(caveat for finding in plan.findings if finding.concept_id == "LY3" for caveat in finding.caveats))
    return table + page.paragraph(" ".join(["LY3 is read in year five.", *caveats]), css="caveat") if caveats else table
