"""The analyses behind a strategy brief: a case and the shipped tables in, one result a question out."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.layer_map import read_layers
from openstrat.analysis.spectrum import family_licenses, place_options, restriction_matrix
from openstrat.analysis.tradeoff import read_options
from openstrat.cases.schema import Case
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
