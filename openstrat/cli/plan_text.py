"""A plan of what to open on a terminal."""

from __future__ import annotations

from openstrat.analysis.planning.advice import LayerAdvice
from openstrat.analysis.planning.plan import OpeningPlan
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.cli.text import listed, wrapped
from openstrat.present.planning.words import amount, combination_words, license_words, spread, standing_sentence
from openstrat.present.words import readable
from openstrat.terms import Stance

MOST = 6
CAUTION = (
    "Value is net present value over five years, USD million: mean, and nine draws in ten. Most coefficients are assumptions; a license "
    "is an example of its family, not legal advice."
)


def page(plan: OpeningPlan) -> str:
    """Return the plan as a page: the combination taken, each layer with stance and license, the best combinations, conflicts, rules."""
    inside = [item for item in plan.layers if item.is_in_case]
    outside = [f"{layer_name(item.layer)} {item.advice.value}" for item in plan.layers if not item.is_in_case]
    lines = [
        wrapped(f"{plan.case.id}: take {combination_words(plan, plan.choice.taken)}. {standing_sentence(plan)}"),
        "",
        f"{'layer':20}{'advice':8}{'license when opened':52}{'opening less holding':>20}",
        *(_layer(plan, item) for item in inside),
    ]
    lines += [wrapped(f"Not in the case, in general: {', '.join(outside)}.")] if outside else []
    lines += ["", *_top(plan)]
    lines += ["", *listed("Conflicts", (item.sentence for item in plan.conflicts))] if plan.conflicts else []
    lines += ["", wrapped(" ".join([readable(plan.staffing.sentence), *plan.candidates.notes])), wrapped(CAUTION)]
    return "\n".join(lines)


def _layer(plan: OpeningPlan, item: LayerAdvice) -> str:
    terms = "-" if item.advice is Stance.HOLD else license_words(plan, item)
    gain = "not compared" if item.gain is None else f"{amount(item.gain)}{' (tie)' if item.is_tie else ''}"
    return f"{layer_name(item.layer, starts=True):20}{item.advice.value:8}{terms:52}{gain:>20}"


def _top(plan: OpeningPlan) -> list[str]:
    best = plan.members.sort_values("mean", ascending=False).head(MOST).to_dict("records")
    lines = [wrapped(f"Best of {plan.searched.n:,} combinations ({len(plan.members)} priced), by mean value; * taken, + on the frontier:")]
    for row in best:
        mark = ("*" if row["is_taken"] else " ") + ("+" if row["is_on_front"] else " ")
        figures = f"{row['adopters']:,.0f} adopters, {row['risk']:.1%} at risk, value {spread({str(key): row[key] for key in row})}"
        lines.append(wrapped(f"{combination_words(plan, str(row['name']))}: {figures}", f"{mark} ", "     "))
    return lines
