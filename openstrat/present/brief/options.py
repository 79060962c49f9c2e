"""What each option gives and gives away."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.strategy.tradeoff import GIVEAWAY_FROM, TRADE_BELOW
from openstrat.cases.schema import Case
from openstrat.present import charts, page
from openstrat.present.brief.shared import CASE_SOURCE
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.theme import percent
from openstrat.present.words import capital, listed, readable

COLUMNS = ["option", "n_layers_opened", "adoption_opened", "adoption_unrestricted", "revenue_opened", "moat_opened", "verdict"]


def options_table(case: Case, options: pd.DataFrame) -> Markup:
    """Return the options as a table: what each opens and what rule ST0 says of it."""
    shown = options[COLUMNS].copy()
    shown["option"] = shown["option"].map(readable)
    shown["verdict"] = shown["verdict"].map(readable)
    labels = {"n_layers_opened": "layers opened", "adoption_opened": "of adoption weight", "revenue_opened": "of willingness to pay"}
    labels |= {"moat_opened": "of the moat", "verdict": "rule ST0", "adoption_unrestricted": "of adoption, to everybody"}
    return page.data_table(
        shown,
        name="options-table",
        title=f"{len(shown)} options and what each gives away",
        source=f"{CASE_SOURCE}; cut-offs {TRADE_BELOW:.0%} and {GIVEAWAY_FROM:.0%} are rule ST0's (assumption)",
        stub="option",
        labels=labels,
        percents=["adoption_opened", "adoption_unrestricted", "revenue_opened", "moat_opened"],
        whole=["n_layers_opened"],
    )


def tradeoff_figure(options: pd.DataFrame) -> Figure:
    """Return the options as points, adoption against revenue opened, under a title that states the finding."""
    trades = options[options["verdict"] == "trade"]
    giveaways = options[options["verdict"] == "giveaway"]
    if trades.empty:
        title = "No option opens adoption without opening at least a quarter of what customers pay for"
    else:
        best = trades.sort_values("adoption_opened", kind="stable").iloc[-1]
        tied = trades[trades["adoption_opened"] == best["adoption_opened"]]["option"].tolist()
        title = (
            f"{capital(listed(tied))}: {percent(best['adoption_opened'])} of adoption opened "
            f"for {percent(best['revenue_opened'])} of what customers pay for"
        )
    if not giveaways.empty and len(giveaways) < len(options):
        title += f"; {len(giveaways)} of {len(options)} options give the business away"
    return charts.option_tradeoff(options, title=title, source=CASE_SOURCE, trade_below=TRADE_BELOW, giveaway_from=GIVEAWAY_FROM)
