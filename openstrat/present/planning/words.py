"""Phrases of the what-to-open report and of its command."""

from __future__ import annotations

from typing import Any

from openstrat.analysis.planning.advice import LayerAdvice
from openstrat.analysis.planning.plan import OpeningPlan
from openstrat.analysis.planning.pricing import UNLISTED, Standing
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.present.charts.shared import short_license
from openstrat.present.economics.sentences import musd
from openstrat.present.words import readable
from openstrat.terms import Stance

OWN_TERMS = ("custom_ai", "use_restricted")
"""Families that a company writes for itself; a known text is an example of them."""
MODEL_SOURCE = "openstrat tables assumptions, family_coefficients and model_constants (most assumed); shares are the case's own"


def amount(value: float) -> str:
    """Return USD million as a number with its sign: 1.2, −0.14, 2,109."""
    size = abs(value)
    shown = f"{size:,.{0 if size >= 100 else 1 if size >= 10 else 2}f}"
    return f"−{shown}" if value < 0 and float(shown.replace(",", "")) else shown


def spread(row: dict[str, Any]) -> str:
    """Return a mean with the range of nine draws in ten."""
    return f"{amount(row['mean'])} ({amount(row['p5'])} to {amount(row['p95'])})"


def combination_words(plan: OpeningPlan, name: str) -> str:
    """Return how a combination is called: an option by its name, another by what sets it apart from the nearest option."""
    return readable(plan.member(name)["words"]) if name.startswith(UNLISTED) else readable(name)


def by_advice(plan: OpeningPlan, advice: Stance) -> list[str]:
    """Return the names of the case's layers with one advice, in stack order."""
    return [layer_name(item.layer) for item in plan.layers if item.advice is advice and item.is_in_case]


def license_words(plan: OpeningPlan, item: LayerAdvice) -> str:
    """Return the license to use when the layer is opened, in words."""
    row = plan.licenses.set_index("layer").loc[item.layer.value]
    family = readable(item.family)
    if not isinstance(row["license_id"], str):
        return family
    name = short_license(row["license_id"])
    return f"{family}: terms of your own, as {name}" if item.family in OWN_TERMS else f"{family}: {name}"


def standing_sentence(plan: OpeningPlan) -> str:
    """Return how the best combination that the case does not list stands beside its best option, with the range."""
    choice = plan.choice
    best = readable(choice.listed.option)
    if choice.unlisted is None or choice.gain is None:
        return f"No combination that the case does not list comes up to the worst of its own options; {best} stays the best."
    words, gain = combination_words(plan, choice.unlisted.option), float(choice.gain.mean())
    wins = float((choice.gain > 0).mean())
    if choice.standing is Standing.BETTER:
        return f"Not on the list, and better: {words}. Mean value {musd(gain)} above {best}; better in {wins:.0%} of draws."
    if choice.standing is Standing.STURDIER:
        return f"Not on the list, and sturdier: {words}. The means tie with {best}, with less regret in the worst named future."
    if abs(gain) <= choice.tolerance:
        return (
            f"The best combination that the case does not list, {words}, is a tie with {best} (mean difference {musd(gain)}; up to "
            f"{musd(choice.tolerance)} is a tie)."
        )
    direction = "above" if gain > 0 else "below"
    return f"Nothing better off the list: {words} comes next, its mean {musd(abs(gain))} {direction} that of {best}."
