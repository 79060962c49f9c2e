"""Where layers sit on the spectrum, and whether to open, decide or hold them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.strategy.layer_map import LITTLE_REVENUE, MUCH_MOAT, MUCH_REVENUE
from openstrat.analysis.strategy.spectrum import movers
from openstrat.present import charts, page
from openstrat.present.brief.shared import CASE_SOURCE
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.sources import terms_source
from openstrat.present.theme import percent
from openstrat.present.words import capital, listed, readable

LAYER_RULE = (
    f"Cut-offs are assumptions: up to {LITTLE_REVENUE:.0%} of willingness to pay is little, from {MUCH_REVENUE:.0%} is much, "
    f"from {MUCH_MOAT:.0%} of the moat is much"
)


def spectrum_figure(placements: pd.DataFrame) -> Figure:
    """Return the spectrum strip under a title that states what moves."""
    spread = placements.groupby("layer", sort=False)["level"].nunique()
    moving = spread[spread > 1].index.tolist()
    held = placements.groupby("layer", sort=False)["level"].agg(lambda levels: set(levels) == {"closed"})
    title = f"The options differ on {len(moving)} of {len(spread)} layers ({listed(moving)})"
    if held.any():
        title += f"; {listed(held[held].index.tolist())} {'stays' if held.sum() == 1 else 'stay'} closed in all"
    return charts.spectrum_strip(placements, title=title, source=terms_source())


def movers_table(placements: pd.DataFrame) -> Markup:
    """Return the layers whose position depends on the option: each position, the options that lead to it, and the clause."""
    moving = movers(placements)
    if moving.empty:
        return page.paragraph("Every layer sits at the same position under all options: nothing moves.", css="caveat")
    shown = moving[["license_id", "level", "layers", "options", "reason"]].copy()
    for column in ("level", "layers", "options"):
        shown[column] = shown[column].map(readable)
    shown["layers"] = shown["layers"].str.replace("; ", ", ")
    shown["options"] = shown["options"].str.replace("; ", ", ")
    return page.data_table(
        shown,
        name="movers-table",
        title="What moves a layer along the spectrum: the license, by its clauses",
        source=terms_source(),
        labels={"license_id": "license", "level": "position", "options": "under", "reason": "because"},
        stub="license_id",
    )


def layer_figure(layers: pd.DataFrame) -> Figure:
    """Return the layer map under a title that states which layers to open, decide and hold."""
    parts = [f"{word} {listed(layers.loc[layers['stance'] == word, 'layer'].tolist())}" for word in ("open", "decide", "hold")]
    title = capital("; ".join(parts))
    return charts.layer_map(layers, title=title, source=CASE_SOURCE)


def layer_table(layers: pd.DataFrame) -> Markup:
    """Return the layer map in words: stance, why, what would move it, and a precedent."""
    shown = layers[["layer", "default", "stance", "plan", "reason", "moves_away_when", "precedent"]].copy()
    shown["layer"] = shown["layer"].map(readable)
    labels = {
        "default": "general default",
        "stance": "this case",
        "plan": "planned",
        "reason": "why",
        "moves_away_when": "what would move it",
    }
    return page.data_table(
        shown,
        name="layer-table",
        title="Open, decide or hold, and why",
        source=f"openstrat table layers (defaults, precedents); the case's own shares. {LAYER_RULE}",
        stub="layer",
        labels=labels,
    )


def layer_precedents(precedents: pd.DataFrame) -> Markup:
    """Return base rates with intervals and named precedents, one row a layer."""
    shown = precedents[["layer", "sample", "precedents"]].copy()
    shown.insert(1, "open elsewhere", [_rate(row) for row in precedents.to_dict("records")])
    shown["layer"] = shown["layer"].map(readable)
    shown["sample"] = shown["sample"].map(readable)
    shown["precedents"] = shown["precedents"].map(readable)
    return page.data_table(
        shown,
        name="layer-precedents",
        title="How often each layer is open elsewhere, and who did what",
        source="openstrat tables openness_base_rates (286 curated products, 95 % Wilson intervals) and projects (levels as coded)",
        stub="layer",
        labels={"sample": "sample"},
    )


def _rate(row: dict[Any, Any]) -> str:
    if not row["n"] or row["sample"] == "projects":
        return "unknown (no sample picked for counting)"
    return f"{percent(row['share_open'])} ({percent(row['low'])} to {percent(row['high'])}; n = {row['n']})"
