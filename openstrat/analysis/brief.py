"""The analyses behind a strategy brief: a case and the shipped tables in, one result a question out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from openstrat.analysis.checking import checklist_of
from openstrat.analysis.effects.donors import donor_changes
from openstrat.analysis.effects.windows import activity_around, activity_window
from openstrat.analysis.statistics import MedianEstimate, median_with_bootstrap
from openstrat.analysis.strategy.layer_map import read_layers
from openstrat.analysis.strategy.layers import base_rate_for_layer, precedents_for_layer
from openstrat.analysis.strategy.precedents import COLUMNS, CaseFeatures, nearest_precedents
from openstrat.analysis.strategy.spectrum import family_licenses, place_options, restriction_matrix
from openstrat.analysis.strategy.tradeoff import read_options
from openstrat.analysis.strategy.verdict import verdict_with_receipts
from openstrat.cases.schema import Case
from openstrat.errors import InputError
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table, resource
from openstrat.terms import Layer, OpennessLevel, read_term

__all__ = [
    "activity_of",
    "checklist_of",
    "layer_precedents_of",
    "layers_of",
    "model_histories_of",
    "options_of",
    "placements_of",
    "precedents_of",
    "risks_and_moats_of",
    "shortlist_of",
]


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


def options_of(case: Case, placements: pd.DataFrame) -> pd.DataFrame:
    """Return what each option opens, one row an option in the case's order.

    Columns: option, verdict (rule ST0: a trade needs a receipt with a metric and an owner), adoption_opened, revenue_opened,
    moat_opened (under whatever license, 0 to 1),
    adoption_unrestricted, revenue_unrestricted (under terms that hold nobody back), n_layers_opened, n_layers, paid_layers_opened.
    """
    total = sum(facts.adoption_weight for facts in case.layers.values()) or 1.0
    free = placements[placements["level"] == OpennessLevel.FULLY_OPEN]
    rows = []
    for item in read_options(case):
        layers = [case.layers[read_term(Layer, layer)] for layer in free.loc[free["option"] == item.option, "layer"]]
        unrestricted = {
            "adoption_unrestricted": sum(facts.adoption_weight for facts in layers) / total,
            "revenue_unrestricted": sum(facts.revenue_share for facts in layers),
        }
        verdict = verdict_with_receipts(item, case.measures.receipts)
        rows.append({**vars(item), "verdict": verdict.value, **unrestricted})
    return pd.DataFrame(rows)


def placements_of(case: Case) -> pd.DataFrame:
    """Return the spectrum position of every layer under every option; see `analysis.strategy.spectrum.place_options`."""
    return place_options(case, family_licenses(read_table("family_licenses")), read_table("license_terms"), read_table("licenses"))


def shortlist_of(placements: pd.DataFrame) -> pd.DataFrame:
    """Return what the licenses of a case's options restrict; see `analysis.strategy.spectrum.restriction_matrix`.

    Licenses stand in the order in which the options name them.
    """
    license_ids = list(dict.fromkeys(placements["license_id"].dropna()))
    return restriction_matrix(license_ids, read_table("license_terms"))


def risks_and_moats_of(case: Case, *, most_evidence: int = 4) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the risks and the moats that a case names, each with its evidence, one row a concept and piece of evidence.

    Columns: concept_id, name, about (label to text), evidence_id, stance (supports, contradicts, context), statement, n, period,
    mark, caveat, source_ids, counts. For and against take turns; unverified evidence is left out (see `balanced`).
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


MARK_ORDER = {"measured": 0, "published": 1, "vendor_survey": 2}
"""Unverified evidence is left out of briefs; it stays in the table."""
STANCES = ("supports", "contradicts", "context")


def _with_evidence(ids: list[str], names: dict[Any, Any], about: dict[Any, dict[str, Any]], most: int) -> pd.DataFrame:
    evidence = read_table("evidence")
    evidence = evidence[evidence["mark"].isin(list(MARK_ORDER))]
    rows: list[dict[str, Any]] = []
    for concept_id in ids:
        found = evidence[[concept_id in split_list(cell) for cell in evidence["concept_ids"]]]
        counts = {stance: int((found["stance"] == stance).sum()) for stance in STANCES}
        base = {"concept_id": concept_id, "name": names[concept_id], "about": about[concept_id], "counts": counts}
        columns = ["evidence_id", "stance", "statement", "n", "period", "mark", "caveat", "source_ids"]
        chosen = [{str(key): value for key, value in row.items()} for row in balanced(found, most)[columns].to_dict("records")]
        rows += [base | row for row in chosen] or [base | dict.fromkeys(columns)]
    return pd.DataFrame(rows)


def balanced(evidence: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return up to `most` rows that take turns between for, against and context; within each, measured before published."""
    ranked = evidence.assign(rank=evidence["mark"].map(MARK_ORDER)).sort_values(["rank", "evidence_id"], kind="stable")
    turn = ranked.groupby("stance").cumcount()
    order = ranked.assign(turn=turn, stance_rank=ranked["stance"].map({stance: place for place, stance in enumerate(STANCES)}))
    # context waits until both sides had two turns
    order["turn"] = order["turn"].where(order["stance"] != "context", order["turn"] + 2)
    return order.sort_values(["turn", "stance_rank"], kind="stable").head(most).drop(columns=["rank", "turn", "stance_rank"])


def layer_precedents_of(layers: pd.DataFrame, *, most: int = 3) -> pd.DataFrame:
    """Return how often each layer of a case is open elsewhere, and named precedents.

    Columns: layer, stance, n, share_open, low, high (Wilson 95 %), sample (the table the share is counted in), precedents, source_ids.
    Samples are curated, not censuses; n = 0 gives an unknown share.
    """
    projects, indicators, rates = read_table("projects"), read_table("project_indicators"), read_table("openness_base_rates")
    rows = []
    for layer, stance in zip(layers["layer"], layers["stance"], strict=True):
        rate = base_rate_for_layer(read_term(Layer, layer), projects, rates)
        named = precedents_for_layer(read_term(Layer, layer), projects, indicators, most=most)
        words = [f"{row['name']} ({row['license_id'] or 'no license named'}, {row['stated_level']})" for row in named.to_dict("records")]
        cited = list(dict.fromkeys(item for cell in named["source_ids"] for item in split_list(cell)))
        row = {"layer": layer, "stance": stance, "n": rate.n, "share_open": rate.share_open, "low": rate.low, "high": rate.high}
        rows.append(row | {"sample": rate.table, "precedents": "; ".join(words), "source_ids": "; ".join(cited)})
    return pd.DataFrame(rows)


def precedents_of(case: Case, *, as_of: str, most: int = 6) -> pd.DataFrame:
    """Return the license changes nearest to a case by its stated features; columns of `analysis.strategy.precedents`.

    Changes that share none of the features are left out. Empty when the case states no feature, or nothing had happened yet.

    Raises
    ------
    InputError
        If `as_of` is not a day.
    """
    given = {name: value for name, value in case.precedent.model_dump().items() if value is not None}
    if not given:
        return pd.DataFrame(columns=COLUMNS)
    families = {
        str(key): str(value) for key, value in read_table("licenses").dropna(subset="family").set_index("license_id")["family"].items()
    }
    changes, events = read_table("license_changes"), read_table("fork_events")
    found = nearest_precedents(CaseFeatures(**given), changes, events, families=families, as_of=_day(as_of), most=most)
    return found[found["distance"] < 1].reset_index(drop=True)


@dataclass(frozen=True)
class PrecedentActivity:
    """Monthly activity of the nearest precedents whose history was measured.

    `months` has one row a month (precedent, repository, role, months_since_event, month, value, source_ids); `changes` one row a
    precedent with the change of the mean and the same change in the donors; `overall` is the median of those changes, and
    `nearest_distance` how far the nearest of them is from the case.
    """

    months: pd.DataFrame
    changes: pd.DataFrame
    overall: MedianEstimate
    nearest_distance: float | None


def activity_of(case: Case, *, as_of: str, seed: int, most: int = 4) -> PrecedentActivity:
    """Return monthly active authors around the nearest license changes whose repositories were measured.

    Means of the 12 months before and after; months after `as_of` are left out. The interval of the median over precedents is a
    percentile bootstrap with `seed`.
    """
    activity = read_table("activity_monthly")
    activity = activity[activity["month"] <= pd.Timestamp(_day(as_of))]
    measured = set(activity["repository"])
    near = precedents_of(case, as_of=as_of, most=MOST_CHANGES)
    near = near[near["repository"].isin(measured)].head(most)
    months, rows = [], []
    for item in near.to_dict("records"):
        month = str(item["changed_on"])[:7]
        if len(month) < len("2024-03"):
            continue
        label = f"{item['project']}, {item['changed_on']}"
        pair = [item["repository"], *([item["fork_repository"]] if item["fork_repository"] in measured else [])]
        around = activity_around(activity, pair, month, months_before=12, months_after=24)
        around = around[~around["is_partial"]].assign(precedent=label)
        months.append(around.assign(role=["upstream" if name == pair[0] else "fork" for name in around["repository"]]))
        rows.append({"precedent": label} | _change_row(activity, pair[0], month))
    changes = pd.DataFrame(rows)
    values = changes["change"].dropna().tolist() if len(changes) else []
    drawn = pd.concat(months) if months else pd.DataFrame()
    nearest = float(near["distance"].min()) if len(near) else None
    return PrecedentActivity(drawn, changes, median_with_bootstrap(values, seed=seed), nearest)


NO_CLOSE_PRECEDENT = 0.5
"""From this distance on, precedents are shown as contrast and give no key figure (assumption)."""
MOST_CHANGES = 1_000
"""More license changes than the table holds: all of them, nearest first."""


def _change_row(activity: pd.DataFrame, repository: str, month: str) -> dict[str, Any]:
    own, donors = activity_window(activity, repository, month), donor_changes(activity, month)
    return {
        "before_mean": own.before_mean,
        "after_mean": own.after_mean,
        "change": own.change,
        "donor_median": donors.median,
        "donor_low": donors.quartile_low,
        "donor_high": donors.quartile_high,
        "n_donors": donors.n,
        "n_donors_moved_as_far": None if own.change is None else sum(_as_far(value, own.change) for _, value in donors.changes),
        "window": own.window,
        "rule": own.rule,
        "caveats": " ".join(own.caveats),
        "source_ids": "; ".join(dict.fromkeys([*own.source_ids, *donors.source_ids])),
    }


def _as_far(donor: float, change: float) -> bool:
    """Whether a donor moved in the same direction at least as far."""
    return donor <= change if change < 0 else donor >= change


def _day(as_of: str) -> date:
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        raise InputError(f"as_of: {as_of!r} is not a day. Write it as YYYY-MM-DD, for example 2026-08-26.") from None
    last = date.fromisoformat(resource("license_changes")["as_of"])
    if day > last:
        raise InputError(f"as_of: {as_of} is after the tables' own day. Allowed: up to {last}; later events are not in the tables.")
    return day


def model_histories_of(case: Case, *, as_of: str) -> pd.DataFrame:
    """Return the license changes of model families up to a day; empty when no option of the case opens weights.

    Columns: those of the license_history table, with direction in words (opened, tightened, first license) and `day`, the first
    day that a partial date can mean (for drawing only). Changes without a date are left out.
    """
    weights = {Layer.SMALL_WEIGHTS, Layer.FRONTIER_WEIGHTS}
    history = read_table("license_history").dropna(subset="changed_on")
    if not any(weights & set(case.opened_layers(option)) for option in case.options):
        return history.head(0)
    day = pd.to_datetime([f"{value}-01-01"[:10] if len(value) == len("2025") else f"{value}-01"[:10] for value in history["changed_on"]])
    words = {"open": "opened", "restrict": "tightened", "new": "first license"}
    shown = history.assign(day=day, direction=history["direction"].map(words))
    return shown[shown["day"] <= pd.Timestamp(_day(as_of))].reset_index(drop=True)
