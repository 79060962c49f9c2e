"""The pieces of a strategy brief: results in, figures and boxes out."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from typing import Any

import pandas as pd

import openstrat
from openstrat.analysis.spectrum import movers
from openstrat.analysis.tradeoff import GIVEAWAY_FROM, TRADE_BELOW
from openstrat.cases.schema import Case
from openstrat.present import charts, page
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.theme import percent
from openstrat.tables.cells import split_list
from openstrat.tables.store import descriptor, read_table, table_hash, table_names

CASE_SOURCE = "the case file: the asker's own estimates, not checked against the market"
TERMS_SOURCE = "openstrat table license_terms (103 licenses, most read from their text); rule: restrictions from typed terms"


def listed(names: list[str], most: int = 4) -> str:
    """Return names as a phrase: 'a, b and c', or 'a, b, c and 3 more'."""
    words = [name.replace("_", " ") for name in names]
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "none"


def question_asked(case: Case) -> Markup:
    """Return what is asked: the situation, the pressure, and the options on the table."""
    rows = {"Sells": case.situation.sells, "Could open": case.situation.asset, "Stands": case.situation.stack_position}
    rows |= {"Under pressure from": case.situation.pressure, "Playbook": case.playbook.definition, "Status of the case": case.status}
    items = [page.tag("dt", label) + page.tag("dd", text) for label, text in rows.items()]
    return page.tag("dl", page.join(items), css="facts")


def options_table(case: Case, options: pd.DataFrame) -> Markup:
    """Return the options as a table: what each opens and what rule ST0 says of it."""
    shown = options[["option", "n_layers_opened", "adoption_opened", "revenue_opened", "moat_opened", "verdict"]].copy()
    shown["option"] = shown["option"].str.replace("_", " ")
    shown["verdict"] = shown["verdict"].str.replace("_", " ")
    labels = {"n_layers_opened": "layers opened", "adoption_opened": "of adoption weight", "revenue_opened": "of willingness to pay"}
    labels |= {"moat_opened": "of the moat", "verdict": "rule ST0"}
    return page.data_table(
        shown,
        name="options-table",
        title=f"{len(shown)} options and what each gives away",
        source=f"{CASE_SOURCE}; cut-offs {TRADE_BELOW:.0%} and {GIVEAWAY_FROM:.0%} are rule ST0's (assumption)",
        stub="option",
        labels=labels,
        percents=["adoption_opened", "revenue_opened", "moat_opened"],
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
            f"{listed(tied).capitalize()}: {percent(best['adoption_opened'])} of adoption opened "
            f"for {percent(best['revenue_opened'])} of what customers pay for"
        )
    if not giveaways.empty and len(giveaways) < len(options):
        title += f"; {len(giveaways)} of {len(options)} options give the business away"
    return charts.option_tradeoff(options, title=title, source=CASE_SOURCE, trade_below=TRADE_BELOW, giveaway_from=GIVEAWAY_FROM)


def spectrum_figure(placements: pd.DataFrame) -> Figure:
    """Return the spectrum strip under a title that states what moves."""
    spread = placements.groupby("layer", sort=False)["level"].nunique()
    moving = spread[spread > 1].index.tolist()
    held = placements.groupby("layer", sort=False)["level"].agg(lambda levels: set(levels) == {"closed"})
    title = f"The options differ on {len(moving)} of {len(spread)} layers ({listed(moving)})"
    if held.any():
        title += f"; {listed(held[held].index.tolist())} {'stays' if held.sum() == 1 else 'stay'} closed in all"
    return charts.spectrum_strip(placements, title=title, source=TERMS_SOURCE)


def layer_figure(layers: pd.DataFrame) -> Figure:
    """Return the layer map under a title that states which layers to open, decide and hold."""
    parts = [f"{word} {listed(layers.loc[layers['stance'] == word, 'layer'].tolist())}" for word in ("open", "decide", "hold")]
    title = "; ".join(parts).capitalize()
    return charts.layer_map(layers, title=title, source=CASE_SOURCE)


def movers_table(placements: pd.DataFrame) -> Markup:
    """Return the layers whose position depends on the option: each position, the options that lead to it, and the clause."""
    moving = movers(placements)
    if moving.empty:
        return page.paragraph("Every layer sits at the same position under all options: nothing moves.", css="caveat")
    shown = moving[["license_id", "level", "layers", "options", "reason"]].copy()
    for column in ("level", "layers", "options"):
        shown[column] = shown[column].str.replace("_", " ")
    shown["layers"] = shown["layers"].str.replace("; ", ", ")
    shown["options"] = shown["options"].str.replace("; ", ", ")
    return page.data_table(
        shown,
        name="movers-table",
        title="What moves a layer along the spectrum: the license, by its clauses",
        source=TERMS_SOURCE,
        labels={"license_id": "license", "level": "position", "options": "under", "reason": "because"},
        stub="license_id",
    )


def shortlist_figure(matrix: pd.DataFrame) -> Figure:
    """Return the license matrix under a title that states who restricts most and who not at all."""
    counts = (matrix["state"] == "restricts").groupby(matrix["license_id"], sort=False).sum()
    free = counts[counts == 0].index.tolist()
    most = counts[counts == counts.max()].index.tolist()
    if counts.max() == 0:
        title = "None of the licenses on the table restricts a use"
    else:
        kinds = "kind" if counts.max() == 1 else "kinds"
        title = f"{listed(most)} {'restricts' if len(most) == 1 else 'restrict'} most ({counts.max()} {kinds})"
        title += f"; {listed(free)} {'restricts' if len(free) == 1 else 'restrict'} nobody" if free else ""
    return charts.terms_matrix(matrix, title=title, source=TERMS_SOURCE)


def shortlist_table(matrix: pd.DataFrame) -> Markup:
    """Return the licenses side by side in typed terms, one column a license."""
    ids = list(dict.fromkeys(matrix["license_id"]))
    terms = read_table("license_terms").set_index("license_id").reindex(ids)
    shown = terms[list(TERM_LABELS)].rename(columns=TERM_LABELS).T
    shown = shown.map(lambda cell: cell.replace("_", " ") if isinstance(cell, str) else cell).reset_index(names="term")
    table = page.data_table(shown, name="terms-table", title="Licenses side by side", source=TERMS_SOURCE, stub="term")
    sure = terms["confidence"].eq("verified").sum()
    note = f"{sure} of {len(ids)} were read in their text; the others rest on secondary sources. Unknown is not a no. Not legal advice."
    return table + page.paragraph(note, css="caveat")


TERM_LABELS = {
    "commercial_use": "commercial use",
    "commercial_threshold": "threshold",
    "redistribution": "redistribution",
    "derivatives": "changed versions",
    "hosted_service": "hosting it for others",
    "competing_use": "competing use",
    "output_use": "use of outputs",
    "naming": "naming and notices",
    "acceptable_use_policy": "use policy",
    "copyleft_trigger": "share-alike triggered by",
    "patent_grant": "patent grant",
    "geographic_exclusion": "regions left out",
    "revocable": "revocable",
}


def layer_table(layers: pd.DataFrame) -> Markup:
    """Return the layer map in words: stance, why, what would move it, and a precedent."""
    shown = layers[["layer", "default", "stance", "plan", "reason", "moves_away_when", "precedent"]].copy()
    shown["layer"] = shown["layer"].str.replace("_", " ")
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
        source="openstrat table layers (defaults and precedents); reasons computed from the case's shares",
        stub="layer",
        labels=labels,
    )


STANCE_WORDS = {"contradicts": "against", "supports": "for", "context": "context"}


def concept_cards(rows: pd.DataFrame) -> Markup:
    """Return one card a concept: what it is, how to test or spot it, and the evidence for and against with its sample size."""
    if rows.empty:
        return page.paragraph("The case names none.", css="caveat")
    return page.join(_card(group) for _, group in rows.groupby("concept_id", sort=False))


def _card(rows: pd.DataFrame) -> Markup:
    first = rows.iloc[0]
    facts = page.join(page.tag("dt", label) + page.tag("dd", text) for label, text in first["about"].items())
    items = page.join(_evidence_item(row) for row in rows.to_dict("records") if isinstance(row["statement"], str))
    evidence = (
        page.tag("ul", items, css="evidence") if items.html else page.paragraph("No evidence on it stands in the tables.", css="caveat")
    )
    heading = page.tag("h3", f"{first['name']} ({first['concept_id']})")
    return page.tag("section", heading + page.tag("dl", facts, css="facts") + evidence, css="card")


def _evidence_item(row: dict[Any, Any]) -> Markup:
    size = f"n = {row['n']:,.0f}" if pd.notna(row["n"]) else "sample size not stated"
    details = [row["mark"].replace("_", " "), size, *(row[name] for name in ("period", "caveat") if isinstance(row[name], str))]
    stance = page.pill(STANCE_WORDS[row["stance"]], css=row["stance"])
    note = page.tag("small", f" ({'; '.join(details)}) ") + page.tag("small", source_refs(row["source_ids"]))
    return page.tag("li", stance + page.plain(f" {row['statement']}") + note)


def source_refs(cell: object) -> Markup:
    """Return the source ids of a cell as links into the source list of the page."""
    return page.join((page.anchor_link(f"[{item}]", f"source-{item}") for item in split_list(cell)), " ")


def sources_used(*frames: object) -> Markup:
    """Return every source that the shown results rest on, once each: title, kind of evidence, date, caveat, address."""
    ids = sorted({item for frame in frames for item in _source_ids(frame)})
    table = read_table("sources").set_index("source_id").reindex(ids)
    items = []
    for source_id, row in zip(ids, table.to_dict("records"), strict=True):
        parts = [
            row["kind"].replace("_", " "),
            *(row[name] for name in ("published_on", "license", "caveat") if isinstance(row[name], str)),
        ]
        body = (
            page.tag("code", source_id)
            + page.plain(" ")
            + page.link(row["title"], row["address"])
            + page.tag("small", f" ({'; '.join(parts)})")
        )
        items.append(page.anchored("li", body, f"source-{source_id}"))
    heading = page.tag("summary", f"{len(ids)} sources stand behind this report")
    return page.tag("details", heading + page.tag("ul", page.join(items), css="sources"), css="source-list")


def _source_ids(result: object) -> list[str]:
    if isinstance(result, pd.DataFrame):
        return [item for cell in result.get("source_ids", []) for item in split_list(cell)]
    if isinstance(result, (list, tuple)):
        return [item for part in result for item in _source_ids(part)]
    if isinstance(result, str):
        return []
    found = getattr(result, "source_ids", ())
    nested = [item for part in getattr(result, "checks", ()) for item in _source_ids(part)]
    return [*split_list(found), *nested] if isinstance(found, str) else [*found, *nested]


def headline(case: Case, *, as_of: str) -> Markup:
    """Return the title block: the case, what it is, and the day as of which events are known."""
    meta = f"{case.status} · events known as of {as_of} · tables as of {max(entry['as_of'] for entry in descriptor()['resources'])}"
    return page.paragraph(case.title, css="lead") + page.paragraph(meta, css="meta")


def stamp(case: Case, *, as_of: str, seed: int) -> Markup:
    """Return what is needed to make the same report again: case, parameters, versions, table hashes."""
    rows = {"Case": f"{case.id} (sha256 {case_hash(case)[:16]})", "As of": as_of, "Seed": str(seed), "openstrat": openstrat.__version__}
    rows |= {name: version(name) for name in ("pandas", "altair", "papermill", "nbconvert")}
    digest = hashlib.sha256("".join(table_hash(name) for name in table_names()).encode()).hexdigest()
    rows["Tables"] = f"{len(table_names())}, sha256 over their hashes {digest[:16]}; each one stands in manifest.json"
    return page.tag("dl", page.join(page.tag("dt", key) + page.tag("dd", value) for key, value in rows.items()), css="facts stamp")


def case_hash(case: Case) -> str:
    """Return the sha256 of a case's content, whatever the layout of its file."""
    return hashlib.sha256(case.model_dump_json().encode()).hexdigest()
