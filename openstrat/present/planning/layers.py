"""Layers one by one: the canvas, license and reason, what moving one alone does, and what others did."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.planning.advice import LayerAdvice
from openstrat.analysis.planning.plan import OpeningPlan
from openstrat.analysis.planning.rates import PROJECTS
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.present import page
from openstrat.present.brief.shared import CASE_SOURCE
from openstrat.present.charts.layer_canvas import layer_canvas
from openstrat.present.charts.layer_moves import layer_moves
from openstrat.present.charts.shared import short_license
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.planning.words import MODEL_SOURCE, amount, by_advice, license_words
from openstrat.present.theme import percent
from openstrat.present.words import listed, readable
from openstrat.terms import Stance

RATES_SOURCE = "openstrat tables openness_base_rates (products), release_components (releases) and projects"
LAYERS_NOTE = (
    "Amounts are net present value, USD million: mean, and nine draws in ten. The advice follows the combination taken; where opening and "
    "holding tie in value and the case's own shares say something else, it is left to decide. A license here is an example of its family, "
    "not legal advice."
)
SAMPLES = {
    "products": "a curated map of AI products",
    "releases": "model releases whose record names the part",
    "projects": "picked as lessons, so the share runs high",
}


def canvas_figure(plan: OpeningPlan) -> Figure:
    """Return the canvas of all thirteen layers under a title that says what to open and what to hold."""
    rates = plan.rates.drop_duplicates("layer").set_index("layer")
    rows = []
    for item in plan.layers:
        reading = item.reading
        shares = {"adoption": reading.adoption_share, "revenue": reading.revenue_share} if reading else {"adoption": None, "revenue": None}
        row = {"layer": item.layer.value, "advice": item.advice.value, "family": item.family, "is_in_case": item.is_in_case, **shares}
        rows.append(row | rates.reindex([item.layer.value]).iloc[0][["sample", "n", "share_open", "low", "high"]].to_dict())
    title = "; ".join(f"{stance.value} {listed(names, most=5)}" for stance in Stance if (names := by_advice(plan, stance)))
    return layer_canvas(pd.DataFrame(rows), title=title[:1].upper() + title[1:], source=f"{CASE_SOURCE}; {RATES_SOURCE}")


def layers_table(plan: OpeningPlan) -> Markup:
    """Return every layer of the case with advice, license and reason, and the general stance on the others."""
    inside = [item for item in plan.layers if item.is_in_case]
    shown = pd.DataFrame(
        {
            "layer": [layer_name(item.layer, starts=True) for item in inside],
            "advice": [page.pill(item.advice.value) for item in inside],
            "license": ["–" if item.advice is Stance.HOLD else license_words(plan, item) for item in inside],
            "why": [_why(item) for item in inside],
        }
    )
    title = "Open, decide or hold, and under which license"
    source = f"{MODEL_SOURCE}; openstrat tables layers and family_licenses"
    labels = {"license": "license when opened"}
    table = page.data_table(shown, name="layers-table", title=title, source=source, stub="layer", markup=["advice"], labels=labels)
    return table + page.paragraph(f"{LAYERS_NOTE} {_license_reasons(plan, inside)}{_outside(plan)}", css="caveat")


def _license_reasons(plan: OpeningPlan, layers: list[LayerAdvice]) -> str:
    """Say once of each named license why it stands for its family."""
    used = plan.licenses[plan.licenses["layer"].isin([item.layer.value for item in layers if item.advice is not Stance.HOLD])]
    known = used.dropna(subset=["license_id", "reason"]).drop_duplicates(["license_id", "reason"])
    return " ".join(f"{short_license(row['license_id'])}: {str(row['reason']).rstrip('.')}." for row in known.to_dict("records"))


def _outside(plan: OpeningPlan) -> str:
    """Say what is advised in general on layers that the case does not describe."""
    outside = [item for item in plan.layers if not item.is_in_case]
    if not outside:
        return ""
    said = "; ".join(
        f"{stance.value} {listed([layer_name(item.layer) for item in outside if item.advice is stance], most=9)}"
        for stance in Stance
        if any(item.advice is stance for item in outside)
    )
    return f" The case does not describe the others; in general: {said}."


def _why(item: LayerAdvice) -> str:
    if item.reading is None:
        return ""
    if item.gain is None or item.low is None or item.high is None:
        return item.reading.reason
    verb, way = ("brings", item.gain) if item.gain >= 0 else ("costs", -item.gain)
    tie = ", a tie" if item.is_tie else ""
    ends = (item.low, item.high) if item.gain >= 0 else (-item.high, -item.low)
    return f"{item.reading.reason} Opening it {verb} {amount(way)} ({amount(ends[0])} to {amount(ends[1])}){tie}."


def moves_figure(plan: OpeningPlan) -> Figure | Markup:
    """Return what opening each layer would bring against holding it, all other layers as taken."""
    moved = [item for item in plan.layers if item.gain is not None]
    if not moved:
        return page.paragraph("No layer of this case can be both opened and held.", css="caveat")
    rows = [
        {
            "layer": layer_name(item.layer, starts=True),
            "advice": item.advice.value,
            "gain": item.gain,
            "low": item.low,
            "high": item.high,
            "words": _move_words(item),
        }
        for item in moved
    ]
    most = max(moved, key=lambda item: abs(item.gain or 0.0))
    verb = "brings" if (most.gain or 0.0) > 0 else "costs"
    title = f"Most hangs on {layer_name(most.layer)}: opening it {verb} USD {amount(abs(most.gain or 0.0))} million on average"
    return layer_moves(pd.DataFrame(rows), title=title, source=MODEL_SOURCE, n=plan.n)


def _move_words(item: LayerAdvice) -> str:
    tie = " (tie)" if item.is_tie else ""
    return f"{layer_name(item.layer, starts=True)}, {readable(item.family)}: {amount(item.gain or 0.0)}{tie}"


def rates_table(plan: OpeningPlan) -> Markup:
    """Return how often others open each layer by sample, and who did what."""
    known = {item.layer.value for item in plan.layers if item.is_in_case}
    rates = plan.rates[plan.rates["layer"].isin(known)]
    names = plan.precedents.set_index("layer")["precedents"]
    shown = pd.DataFrame(
        {
            "layer": [f"{readable(row['layer'])}, {row['sample']}" for row in rates.to_dict("records")],
            "open": [f"{percent(row['share_open'])} ({percent(row['low'])} to {percent(row['high'])})" for row in rates.to_dict("records")],
            "of": [f"{row['n_open']} of {row['n']}" for row in rates.to_dict("records")],
            "partly": [f"{row['n_partly_open']}" for row in rates.to_dict("records")],
            "who": [readable(names[row["layer"]]) if row["sample"] == PROJECTS else "–" for row in rates.to_dict("records")],
        }
    )
    labels = {"open": "open elsewhere (95 % interval)", "of": "count", "partly": "partly open", "who": "named examples"}
    title = "How often others open each layer, and who"
    table = page.data_table(shown, name="rates-table", title=title, source=RATES_SOURCE, stub="layer", labels=labels)
    said = "; ".join(f"{name}: {words}" for name, words in SAMPLES.items())
    return table + page.paragraph(f"Wilson intervals. {said[:1].upper() + said[1:]}. None is a census.", css="caveat")
