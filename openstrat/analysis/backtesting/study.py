"""The fork rubric against the past: every event with inputs by hand and by rule, outcomes checked, forecasts scored side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from openstrat.analysis.backtesting.features import DERIVED, drop_in, outsider_share, published_outsider_share
from openstrat.analysis.backtesting.outcomes import BaseRate, fork_outcomes, restriction_base_rate
from openstrat.analysis.backtesting.ridge import PENALTIES, PENALTY, fit_ridge, left_out_forecasts
from openstrat.analysis.backtesting.scores import brier_score, exact_interval, leave_one_out_rates, resampled_means, score
from openstrat.analysis.strategy.fork_rubric import Rubric, fork_propensity
from openstrat.cases.backtests import Backtest
from openstrat.errors import InputError

GROUPS = {"all": ("core", "held_out"), "core": ("core",), "held_out": ("held_out",)}
IN_SAMPLE = "in-sample: the weights were set by somebody who knew these outcomes"
NOT_BLIND = "weights untouched, but inputs coded by somebody who knew the outcomes"
MIXED = "core events in-sample, held-out events coded by somebody who knew the outcomes"
HAND = "hand-coded inputs, "
EVENT_COLUMNS = [
    "event_id",
    "group",
    "change_id",
    "project",
    "changed_on",
    "rubric",
    "rubric_low",
    "rubric_high",
    "coded_fork",
    "table_fork",
    "outcome_why",
    "agrees",
    "fork",
    "fork_days",
    "drop_in",
    "drop_in_rule",
    "external_share",
    "share_low",
    "share_high",
    "share_n_commits",
    "share_n_months",
    "published_low",
    "published_high",
    "host_revenue",
    "neutral_home",
    "switch_cost",
    "fork_scale",
    "source_ids",
]
SCORE_COLUMNS = ["forecast", "group", "standing", "brier", "low", "high", "n", "n_clusters", "n_right", "right_low", "right_high"]


@dataclass(frozen=True)
class BacktestTables:
    """The tables that the check rests on: license_changes, fork_events, activity_monthly, published_findings; families by license."""

    license_changes: pd.DataFrame
    fork_events: pd.DataFrame
    activity: pd.DataFrame
    published_findings: pd.DataFrame
    families: Mapping[str, str]


@dataclass(frozen=True)
class Skill:
    """Brier score of the base rate minus that of a forecast: above 0 the forecast is better; the interval resamples decision days."""

    forecast: str
    difference: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class BacktestStudy:
    """What the back-test gives.

    `events`: one row an event (`EVENT_COLUMNS`). `scores`: one row a forecast and group (`SCORE_COLUMNS`); standing says whether it is
    in-sample. `skill`: each forecast of all events against the base rate. `base_rate`: the restricting changes of the whole table.
    `share_low` and `share_high`: exact interval of the share of events that forked. `weights`: fitted against assumed weights, by
    penalty. `inputs`: one row a feature: its lowest value among events with a fork (least_forked), its highest among the others
    (most_unforked), share of pairs that it orders rightly (a tie counts one half), whether it parts all events, and the rubric's
    Brier score when every event has the feature's median. `left_out`: events without inputs or outcome, with the reason.
    """

    events: pd.DataFrame
    scores: pd.DataFrame
    skill: tuple[Skill, ...]
    base_rate: BaseRate
    n: int
    n_forked: int
    share_low: float
    share_high: float
    weights: pd.DataFrame
    inputs: pd.DataFrame
    left_out: pd.DataFrame


def study_backtests(backtests: Sequence[Backtest], tables: BacktestTables, rubric: Rubric) -> BacktestStudy:
    """Return the rubric's record over the past beside base rates and a refit that leaves events out.

    Outcomes in the scores are those of the fork tables; where the tables leave one unknown, the file's own coding stands.

    Raises
    ------
    InputError
        If fewer than two events have inputs and an outcome.
    """
    outcomes = fork_outcomes(tables.license_changes, tables.fork_events).set_index("change_id")
    coded = [item for item in backtests if item.fork_inputs is not None and item.license_change_id in outcomes.index]
    if len(coded) < 2:
        raise InputError(f"A back-test needs at least 2 events with fork_inputs and a known license change; got {len(coded)}.")
    events = pd.DataFrame([_event(item, outcomes, tables, rubric) for item in coded], columns=EVENT_COLUMNS)
    events = events.astype({"coded_fork": "boolean", "table_fork": "boolean", "agrees": "boolean", "fork_days": "Int64"})
    left_out = [{"event_id": item.id, "reason": _why_left_out(item)} for item in backtests if item not in coded]
    seen = outcome_of(events)
    forecasts = dict(_forecasts(events, seen, rubric))
    n_forked = int(seen.sum())
    low, high = exact_interval(n_forked, len(seen))
    return BacktestStudy(
        events=events,
        scores=_scored(events, seen, forecasts),
        skill=tuple(_skill(name, said, seen, events, forecasts) for name, (said, _) in forecasts.items() if said.notna().all()),
        base_rate=restriction_base_rate(outcomes.reset_index()),
        n=len(seen),
        n_forked=n_forked,
        share_low=low,
        share_high=high,
        weights=_fitted_weights(events, seen, rubric),
        inputs=_inputs(events, seen, rubric),
        left_out=pd.DataFrame(left_out, columns=["event_id", "reason"]),
    )


def outcome_of(events: pd.DataFrame) -> pd.Series[float]:
    """Return 1 where a funded fork followed and 0 where none did: as the tables have it, else as the file codes it."""
    return events["table_fork"].fillna(events["coded_fork"]).astype(float)


def _why_left_out(item: Backtest) -> str:
    if item.fork_inputs is None:
        return "no fork inputs: not a restriction of an open project"
    return "its license change is not in the table, or was less than a year before the as-of day"


def _event(item: Backtest, outcomes: pd.DataFrame, tables: BacktestTables, rubric: Rubric) -> dict[str, Any]:
    outcome = outcomes.loc[item.license_change_id]
    change = tables.license_changes[tables.license_changes["change_id"].eq(str(item.license_change_id))].iloc[0]
    changed_on, repository = str(change["changed_on"]), change["repository"]
    hand = item.fork_inputs.model_dump() if item.fork_inputs else {}
    by_rule = drop_in(str(change["license_before"]), tables.families)
    share = outsider_share(tables.activity, repository, changed_on)
    published = published_outsider_share(tables.published_findings, repository, changed_on)
    return hand | {
        "event_id": item.id,
        "group": item.group,
        "change_id": item.license_change_id,
        "project": outcome["project"],
        "changed_on": outcome["changed_on"],
        "rubric": fork_propensity(hand, rubric, fork_scale=item.fork_scale),
        **_by_rule(hand, by_rule, (share.low, share.high), rubric, item.fork_scale),
        "coded_fork": item.funded_fork_in_12_months,
        "table_fork": outcome["has_funded_fork"],
        "outcome_why": outcome["why"],
        "agrees": outcome["has_funded_fork"] == item.funded_fork_in_12_months,
        "fork": outcome["fork"],
        "fork_days": outcome["days_high"],
        "drop_in_rule": by_rule,
        "share_low": share.low,
        "share_high": share.high,
        "share_n_commits": share.n_commits,
        "share_n_months": share.n_months,
        "published_low": published[0] if published else None,
        "published_high": published[1] if published else None,
        "fork_scale": item.fork_scale,
        "source_ids": "; ".join(dict.fromkeys([*str(outcome["source_ids"]).split("; "), *share.source_ids])),
    }


def _by_rule(
    hand: Mapping[str, float], by_rule: float | None, ends: tuple[float | None, float | None], rubric: Rubric, scale: float
) -> dict[str, float | None]:
    """Return the rubric's value with what the tables give in place of what was coded by hand, at both ends of outsiders' share."""
    if by_rule is None or ends[0] is None or ends[1] is None:
        return {"rubric_low": None, "rubric_high": None}
    low, high = (
        fork_propensity({**hand, "drop_in": by_rule, "external_share": float(end)}, rubric, fork_scale=scale) for end in (ends[0], ends[1])
    )
    return {"rubric_low": low, "rubric_high": high}


def _forecasts(events: pd.DataFrame, seen: pd.Series[float], rubric: Rubric) -> Iterator[tuple[str, tuple[pd.Series[float], str]]]:
    rows = events[list(rubric.weights)].to_numpy(dtype=float)
    yield "rubric, inputs by hand", (events["rubric"], MIXED)
    for end in ("low", "high"):
        words = f"rubric, outsiders' share by rule ({end} end)"
        yield words, (events[f"rubric_{end}"].astype(float), "two inputs from tables, three by hand")
    yield "base rate of the other events", (pd.Series(leave_one_out_rates(seen)), "leaves the event out")
    for penalty in PENALTIES:
        said = left_out_forecasts(rows, seen, events["event_id"].tolist(), penalty=penalty)
        yield f"refit, penalty {penalty:g}, one event left out", (pd.Series(said), HAND + "leaves the event out")
    said = left_out_forecasts(rows, seen, events["changed_on"].tolist(), penalty=PENALTY)
    yield f"refit, penalty {PENALTY:g}, one day left out", (pd.Series(said), HAND + "leaves all events of the day out")
    fitted = fit_ridge(rows, seen, penalty=PENALTY).forecast(rows)
    yield f"refit, penalty {PENALTY:g}, nothing left out", (pd.Series(fitted), "in-sample: fitted to the events that it is scored on")


def _scored(events: pd.DataFrame, seen: pd.Series[float], forecasts: Mapping[str, tuple[pd.Series[float], str]]) -> pd.DataFrame:
    rows = []
    for name, (said, standing) in forecasts.items():
        for group, members in GROUPS.items():
            kept = events["group"].isin(members) & said.notna()
            if kept.sum() < 2:
                continue
            found = score(said[kept], seen[kept], events.loc[kept, "changed_on"].tolist())
            own = {"core": IN_SAMPLE, "held_out": NOT_BLIND}.get(group, standing) if name.startswith("rubric, inputs") else standing
            rows.append({"forecast": name, "group": group, "standing": own, **vars(found)})
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def _skill(
    name: str, said: pd.Series[float], seen: pd.Series[float], events: pd.DataFrame, forecasts: Mapping[str, tuple[pd.Series[float], str]]
) -> Skill:
    plain = forecasts["base rate of the other events"][0]
    gain = (plain - seen) ** 2 - (said - seen) ** 2
    drawn = resampled_means(gain, events["changed_on"].tolist())
    found = Skill(name, float(gain.mean()), None, None)
    if drawn is None:
        return found
    low, high = np.quantile(drawn, [0.025, 0.975])
    return replace(found, low=float(low), high=float(high))


def _fitted_weights(events: pd.DataFrame, seen: pd.Series[float], rubric: Rubric) -> pd.DataFrame:
    """Return the assumed weights beside those of a fit to all events, by penalty: in-sample."""
    names = list(rubric.weights)
    frame = pd.DataFrame({"feature": ["constant", *names], "assumed": [rubric.constant, *rubric.weights.values()]})
    for penalty in PENALTIES:
        fit = fit_ridge(events[names].to_numpy(dtype=float), seen, penalty=penalty)
        frame[f"penalty_{penalty:g}"] = [fit.constant, *fit.weights]
    return frame


def _inputs(events: pd.DataFrame, seen: pd.Series[float], rubric: Rubric) -> pd.DataFrame:
    """Return how far each input alone tells the events apart: an input coded with hindsight can carry the outcome itself."""
    rows = []
    for name, weight in rubric.weights.items():
        forked, other = (events.loc[seen.eq(kind), name].to_numpy(dtype=float) for kind in (1, 0))
        gap = np.sign(weight) * (forked[:, None] - other[None, :])
        level = events.assign(**{name: events[name].median()})
        said = _rubric_values(level, rubric)
        rows.append(
            {
                "feature": name,
                "is_by_rule": name in DERIVED,
                "least_forked": forked.min(),
                "most_unforked": other.max(),
                "ordered_share": float(np.mean((gap > 0) + 0.5 * (gap == 0))),
                "parts_all": bool((gap > 0).all()),
                "brier_without": brier_score(said, seen),
            }
        )
    return pd.DataFrame(rows)


def _rubric_values(events: pd.DataFrame, rubric: Rubric) -> list[float]:
    rows = events[[*rubric.weights, "fork_scale"]].to_dict("records")
    return [fork_propensity({name: row[name] for name in rubric.weights}, rubric, fork_scale=row["fork_scale"]) for row in rows]
