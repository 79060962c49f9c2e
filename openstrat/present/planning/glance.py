"""The first screen: what to open, decide and hold, under which licenses, and whether the case's own list holds the best answer."""

from __future__ import annotations

from openstrat.analysis.planning.conflicts import ConflictKind
from openstrat.analysis.planning.plan import OpeningPlan
from openstrat.present import page
from openstrat.present.page import Facts, Markup
from openstrat.present.planning.words import amount, by_advice, combination_words, standing_sentence
from openstrat.present.words import listed
from openstrat.terms import Stance

DECIDE = " Opening and holding tie in value there, or the case says too little; the shares do not settle it either."


def plan_facts(plan: OpeningPlan) -> Facts:
    """Return the report's title and verdict line."""
    parts = [f"{stance.value} {listed(names, most=5)}" for stance in Stance if (names := by_advice(plan, stance))]
    return Facts({"title": f"What to open: {plan.case.title}", "verdict": "; ".join(parts), "status": plan.case.status})


def plan_glance(plan: OpeningPlan) -> Markup:
    """Return the key figures, and in sentences what to open, what to hold, and what decides it."""
    taken = plan.member(plan.choice.taken)
    figures = {
        "combinations searched": (
            f"{plan.searched.n:,}",
            f"{len(plan.front)} on the frontier; {len(plan.members)} priced over {plan.n:,} draws",
        ),
        "adopters after five years": (
            f"{taken['adopters']:,.0f}",
            f"of {plan.searched.adopters.max():,.0f} at most; inputs at their median",
        ),
        "revenue at risk": (f"{taken['risk']:.0%}", "taken by copies, other hosts and a better-funded host; inputs at their median"),
        "mean value, USD million": (amount(taken["mean"]), f"{amount(taken['p5'])} to {amount(taken['p95'])} in nine draws of ten"),
    }
    title = f"Take: {combination_words(plan, plan.choice.taken)}"
    return page.kpis(figures) + page.callout(title, page.bullets(_sentences(plan)), css="verdict")


def _sentences(plan: OpeningPlan) -> list[str]:
    found = [
        f"{stance.value.capitalize()}: {listed(names, most=9)}.{DECIDE if stance is Stance.DECIDE else ''}"
        for stance in Stance
        if (names := by_advice(plan, stance))
    ]
    found.append(standing_sentence(plan))
    beaten = plan.options[~plan.options["is_on_front"]]
    if len(beaten):
        many = "Every option" if len(beaten) == len(plan.options) else f"{len(beaten)} of {len(plan.options)} options"
        found.append(f"{many} of the case can be beaten in adopters at no more risk: {listed(beaten['option'].tolist(), most=6)}.")
    pays = [item for item in plan.conflicts if item.kind is ConflictKind.PAYS]
    found += [f"This layer pays for you: {item.sentence}" for item in pays[:1]]
    if not plan.has_risk:
        found.append("No layer is paid for, so nothing is at risk: the choice rests on adopters, upkeep and strategic value.")
    if plan.members["mean"].max() < 0:
        found.append("Check the plan: no priced combination has a mean value above zero.")
    return found
