"""All licenses with read terms at once: where they stand, whom they let do what, how they moved, and how far to trust the reading."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.licenses.thresholds import in_words
from openstrat.present import page
from openstrat.present.charts.agreement import agreement_bars
from openstrat.present.charts.answer_counts import answer_counts
from openstrat.present.charts.level_map import level_map
from openstrat.present.charts.periods import delayed_openings, license_periods
from openstrat.present.charts.shared import short_license
from openstrat.present.charts.threshold_ladder import threshold_ladder as ladder_chart
from openstrat.present.figure import Figure
from openstrat.present.licensing.comparison import NOT_ADVICE
from openstrat.present.page import Facts, Markup
from openstrat.present.sources import terms_source
from openstrat.present.words import listed, readable
from openstrat.tables.store import resource

KNOWN = {
    "Apache-2.0": "Apache-2.0", "GPL-3.0-only": "GPL-3.0", "AGPL-3.0-only": "AGPL-3.0", "BUSL-1.1": "BUSL", "SSPL-1.0": "SSPL",
    "LicenseRef-Llama-4": "Llama 4", "LicenseRef-Llama-1": "Llama 1", "LicenseRef-Gemma-ToU-2025-03-24": "Gemma terms",
    "LicenseRef-BigScience-RAIL-1.0": "RAIL 1.0", "CC-BY-NC-4.0": "CC-BY-NC", "LicenseRef-EXAONE-1.1-NC": "EXAONE",
    "LicenseRef-DeepSeek-1.0": "DeepSeek 1.0", "LicenseRef-Stability-Community-2024": "Stability",
    "LicenseRef-Kimi-K2-Modified-MIT": "Kimi K2",
}  # fmt: skip
"""Licenses that most readers know by name."""


COMPANIES: dict[str, dict[str, float | str]] = {
    "a start-up": {"users": 2e4, "daily_users": 2e3, "revenue_usd": 5e5, "people": 15, "territory": "elsewhere"},
    "a scale-up": {"users": 2e7, "daily_users": 2e6, "revenue_usd": 6e7, "people": 400, "territory": "elsewhere"},
    "the same scale-up in the EU": {"users": 2e7, "daily_users": 2e6, "revenue_usd": 6e7, "people": 400, "territory": "EU"},
    "a cloud giant": {"users": 2e9, "daily_users": 1e9, "revenue_usd": 2e11, "people": 2e5, "territory": "elsewhere"},
}
"""Round examples of companies that ask, by size and place."""


def companies_table() -> Markup:
    """Return the companies that ask, with the figures that decide."""
    rows = [
        {
            "company": name,
            "monthly users": in_words(float(figures["users"])),
            "revenue": f"USD {in_words(float(figures['revenue_usd']))} a year",
            "people": in_words(float(figures["people"])),
            "established": str(figures["territory"]),
        }
        for name, figures in COMPANIES.items()
    ]
    title, source = "The companies that ask", "round examples; ask for your own with openstrat license may"
    return page.data_table(pd.DataFrame(rows), name="companies-table", title=title, source=source, stub="company")


def landscape_facts(licenses: pd.DataFrame) -> Facts:
    """Return the report's title and verdict line."""
    n_open = int((licenses["level"] == "fully_open").sum())
    verdict = f"{n_open} of {len(licenses)} licenses with read terms hold nobody back"
    facts = {"title": "The landscape of licenses", "verdict": verdict, "as_of": str(resource("license_terms")["as_of"]), "status": "real"}
    return Facts(facts)


def landscape_glance(licenses: pd.DataFrame, agreement: pd.DataFrame) -> Markup:
    """Return what the table as a whole says: how many hold whom back, what is most common, how far the reading can be trusted."""
    weights = licenses[licenses["asset"] == "weights"]
    kinds = weights["restrictions"].str.split("; ").explode()
    common = kinds[kinds != ""].value_counts().head(3)
    verified = int((licenses["confidence"] == "verified").sum())
    n_against = int(agreement["n_authority_open_only"].sum())
    complicated = int((licenses["score"] >= MANY_CONDITIONS).sum())
    restricted = int((weights["level"] == "open_weights").sum())
    sentences = [
        f"Of {len(weights)} licenses written mainly for weights, {restricted} hold somebody back.",
        f"What they use most: {listed([f'{name} ({n} of {len(weights)})' for name, n in common.items()])}.",
        f"{complicated} of {len(licenses)} licenses put {MANY_CONDITIONS} or more conditions in front of a user (rule MI4).",
        f"Nothing that an authority calls open comes out restricted: {n_against} of {int(agreement['n_compared'].sum())} comparisons.",
        f"{verified} of {len(licenses)} were read in their text, the rest from descriptions. {NOT_ADVICE}",
    ]
    if n_against:
        sentences[3] = f"{n_against} licenses that an authority calls open come out restricted; each is explained below."
    return page.callout("What the table says", page.bullets(sentences), css="verdict")


MANY_CONDITIONS = 3


def map_figure(licenses: pd.DataFrame) -> Figure:
    """Return all licenses as dots, a strip a family, by number of restrictions."""
    granting = licenses[licenses["level"] != "closed"]
    typical = granting.groupby("family")["n_restrictions"].median()
    most = [readable(name) for name in typical.index[typical == typical.max()]]
    title = f"Among licenses that grant something, {listed(most)} ones restrict most: a median of {typical.max():g} kinds"
    return level_map(licenses.dropna(subset=["family"]), known=KNOWN, title=title, source=terms_source())


def reach_figure(reach: pd.DataFrame, *, asset: str, purpose: str) -> Figure:
    """Return how many licenses let each of several companies do one thing."""
    allowed = reach[reach["answer"] == "allowed"].set_index("company")["n"]
    total = reach.groupby("company")["n"].sum()
    companies = list(dict.fromkeys(reach["company"]))
    first, last = companies[0], companies[-1]
    title = (
        f"{allowed.get(first, 0)} of {total[first]} licenses that are written for or used on {asset} let {first} do this "
        f"({readable(purpose)}); "
        f"{allowed.get(last, 0)} let {last}"
    )
    return answer_counts(reach, title=title, source=terms_source())


def limits_figure(ladder: pd.DataFrame, *, measure: str) -> Figure:
    """Return every size limit of one measure, users or revenue, across all licenses."""
    part = ladder[ladder["measure"] == measure]
    unit = {"users": "users", "revenue": "USD a year"}[measure]
    low, high = in_words(part["value"].min()), in_words(part["value"].max())
    title = f"{part['license_id'].nunique()} licenses begin to bind between {low} and {high} {unit}"
    return ladder_chart(
        ladder, measure=measure, title=title, source=terms_source().replace("license_terms", "license_thresholds, license_terms")
    )


def periods_figure(periods: pd.DataFrame, *, as_of: str) -> Figure:
    """Return which license each model family was released under, over time."""
    last = periods[periods["to_on"].isna()].groupby("family", sort=False)["level"].agg(set)
    opened = [str(family) for family, levels in last.items() if "fully_open" in levels]
    title = f"{listed(opened, most=8)} now release{'s' if len(opened) == 1 else ''} some weights under terms that hold nobody back"
    if not opened:
        title = "None of these families releases weights under terms that hold nobody back"
    return license_periods(
        periods, as_of=as_of, title=title, source="openstrat tables license_history and license_terms; dates as the sources give them"
    )


def openings_figure(openings: pd.DataFrame, *, as_of: str) -> Figure:
    """Return when versions under licenses that open by themselves do so."""
    n_open = int((openings["state"] == "open").sum())
    title = f"By {as_of}, {n_open} of {len(openings)} listed versions under delayed licenses have opened"
    drawn = openings.assign(state=openings["state"].where(openings["state"] == "open", "waiting"))
    source = "openstrat table delayed_openings: versions read at a tagged commit; rules from license_terms"
    return delayed_openings(drawn, as_of=as_of, title=title, source=source)


def agreement_figure(agreement: pd.DataFrame) -> Figure:
    """Return how far the rule agrees with each authority."""
    n_against = int(agreement["n_authority_open_only"].sum())
    title = "Nothing that an authority calls open comes out restricted"
    if n_against:
        title = f"{n_against} licenses that an authority calls open come out restricted"
    source = "openstrat tables license_terms, licenses and mof_licenses; authorities' flags as compiled there"
    return agreement_bars(agreement, title=title, source=source)


def disagreements_table(disagreements: pd.DataFrame) -> Markup:
    """Return every disagreement with an authority: who is right, and why."""
    shown = pd.DataFrame(
        {
            "license": disagreements["license_id"].map(short_license),
            "authority": disagreements["authority"].map(AUTHORITIES).fillna(disagreements["authority"].map(readable)),
            "it says": disagreements["word"].map(readable),
            "the rule says": disagreements["level"].map(readable),
            "who is right": disagreements["who_is_right"].map(readable),
            "why": disagreements["why"],
        }
    )
    source = "openstrat table authority_disagreements: the curators' judgment, argue with it"
    return page.data_table(shown, name="disagreements-table", title=f"{len(shown)} disagreements, each explained", source=source)


AUTHORITIES = {"osi": "OSI", "fsf": "FSF", "scancode": "ScanCode", "blue_oak": "Blue Oak", "mof": "MOF"}


def complicated_table(licenses: pd.DataFrame, *, most: int = 12) -> Markup:
    """Return the licenses with the most conditions in front of a user, ties included."""
    ranked = licenses.sort_values(["score", "license_id"], ascending=[False, True])
    least = ranked["score"].iloc[most - 1]
    shown = ranked[ranked["score"] >= least]
    table = pd.DataFrame(
        {
            "license": shown["license_id"].map(short_license),
            "conditions": [
                f"{low:g}" if low == high else f"{low:g} to {high:g}" for low, high in zip(shown["score"], shown["high"], strict=True)
            ],
            "restricts": shown["restrictions"].map(lambda cell: listed(cell.split("; "), most=9) if cell else "nobody"),
        }
    )
    title = f"The {len(table)} licenses with {least:g} or more conditions"
    return page.data_table(table, name="complicated-table", title=title, source=terms_source(), stub="license")
