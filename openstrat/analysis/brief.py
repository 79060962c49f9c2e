"""The analyses behind a strategy brief: a case and the shipped tables in, one result a question out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.layer_map import read_layers
from openstrat.analysis.spectrum import family_licenses, place_options, restriction_matrix
from openstrat.analysis.tradeoff import read_options
from openstrat.cases.schema import Case
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table


def layers_of(case: Case) -> pd.DataFrame:
    """Return the layer map of a case, one row a layer in stack order.

    Columns: layer, default, stance, adoption_share, revenue_share, moat_share (0 to 1), reason, plan, is_moved,
    contradicts_plan, why (the general argument), moves_away_when, precedent, source_ids.
    """
    general = read_table("layers").set_index("layer_id")
    readings = read_layers(case, {str(layer): str(stance) for layer, stance in general["stance"].items()})
    rows = [
        {
            "layer": item.layer.value,
            "default": item.default.value,
            "stance": item.stance.value,
            "adoption_share": item.adoption_share,
            "revenue_share": item.revenue_share,
            "moat_share": item.moat_share,
            "reason": item.reason,
            "plan": item.plan or "not stated",
            "is_moved": item.moved,
            "contradicts_plan": item.contradicts_plan,
        }
        for item in readings
    ]
    extra = general[["why", "moves_away_when", "precedent", "source_ids"]]
    return pd.DataFrame(rows).merge(extra, left_on="layer", right_index=True, how="left")


def options_of(case: Case) -> pd.DataFrame:
    """Return what each option opens, one row an option in the case's order.

    Columns: option, verdict (rule ST0), adoption_opened, revenue_opened, moat_opened (0 to 1), n_layers_opened, n_layers,
    has_restricted_layer, paid_layers_opened.
    """
    rows = [{**vars(item), "verdict": item.verdict.value} for item in read_options(case)]
    return pd.DataFrame(rows)


def placements_of(case: Case) -> pd.DataFrame:
    """Return the spectrum position of every layer under every option; see `analysis.spectrum.place_options`."""
    return place_options(case, family_licenses(read_table("family_licenses")), read_table("license_terms"), read_table("licenses"))


def shortlist_of(placements: pd.DataFrame) -> pd.DataFrame:
    """Return what the licenses of a case's options restrict; see `analysis.spectrum.restriction_matrix`.

    Licenses stand in the order in which the options name them.
    """
    license_ids = list(dict.fromkeys(placements["license_id"].dropna()))
    return restriction_matrix(license_ids, read_table("license_terms"))


def risks_and_moats_of(case: Case, *, most_evidence: int = 4) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the risks and the moats that a case names, each with its evidence, one row a concept and piece of evidence.

    Columns: concept_id, name, about (label to text), evidence_id, stance (supports, contradicts, context), statement, n, period,
    mark, caveat, source_ids. Contradicting evidence comes first, then measured before published before the rest.
    """
    risks = read_table("risks")
    moats = read_table("moats")
    definitions = read_table("concepts").set_index("concept_id")["definition"]
    risk_rows = {
        row["concept_id"]: {"What it is": definitions[row["concept_id"]], "Early sign": row["early_sign"], "Response": row["response"]}
        for row in risks.to_dict("records")
    }
    moat_rows = {
        row["concept_id"]: {
            "What it is": definitions[row["concept_id"]],
            "Test": row["test"],
            "Passes at": row["pass_threshold"],
            "Dies when opened": _moat_layers(case, row["dies_when"]),
        }
        for row in moats.to_dict("records")
    }
    names = pd.concat([risks, moats]).set_index("concept_id")["name"].to_dict()
    return _with_evidence(case.risks, names, risk_rows, most_evidence), _with_evidence(case.moats, names, moat_rows, most_evidence)


def _moat_layers(case: Case, dies_when: object) -> str:
    layers = [layer for layer in split_list(dies_when) if layer in case.layers]
    if not layers:
        return "no layer of this case carries it"
    opened = [name for name in case.options if set(layers) & set(case.opened_layers(name))]
    held = ", ".join(layers).replace("_", " ")
    return f"{held}: opened by {', '.join(opened).replace('_', ' ')}" if opened else f"{held}: no option opens it"


MARK_ORDER = {"measured": 0, "published": 1, "vendor_survey": 2, "unverified": 3}
STANCE_ORDER = {"contradicts": 0, "supports": 1, "context": 2}


def _with_evidence(ids: list[str], names: dict[Any, Any], about: dict[Any, dict[str, Any]], most: int) -> pd.DataFrame:
    evidence = read_table("evidence")
    rows: list[dict[str, Any]] = []
    for concept_id in ids:
        found = evidence[[concept_id in split_list(cell) for cell in evidence["concept_ids"]]]
        order = found["stance"].map(STANCE_ORDER) * 10 + found["mark"].map(MARK_ORDER)
        chosen = found.assign(order=order).sort_values(["order", "evidence_id"], kind="stable").head(most)
        base = {"concept_id": concept_id, "name": names[concept_id], "about": about[concept_id]}
        columns = ["evidence_id", "stance", "statement", "n", "period", "mark", "caveat", "source_ids"]
        rows += [base | row for row in chosen[columns].to_dict("records")] or [base | dict.fromkeys(columns)]
    return pd.DataFrame(rows)
