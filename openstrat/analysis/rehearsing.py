"""Rehearsals on the shipped tables: rules against the past, and a case against a better-funded fork."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from openstrat.analysis.backtesting.outcomes import WINDOW_DAYS
from openstrat.analysis.backtesting.study import BacktestStudy, BacktestTables, study_backtests
from openstrat.analysis.brief import precedents_of
from openstrat.analysis.forks.dates import last_days
from openstrat.analysis.licenses.placement import place_license
from openstrat.analysis.modeling import draws_of, families_of, futures_of, model_of
from openstrat.analysis.strategy.checklist_words import accepts_loss
from openstrat.analysis.strategy.finding import Finding
from openstrat.analysis.strategy.fork_rubric import Rubric, fork_risk, rubric_from
from openstrat.analysis.strategy.moats import moat_finding, score_moats
from openstrat.analysis.strategy.release_precedents import COLUMNS, ReleaseFeatures, nearest_releases
from openstrat.analysis.strategy.spectrum import family_licenses, license_for
from openstrat.analysis.stress.case_money import money_under_fork
from openstrat.analysis.stress.conditions import Condition, survival_conditions
from openstrat.analysis.stress.fork_record import ForkRecord, fork_record
from openstrat.analysis.stress.losses import LossSpread, StressMoney, losses_of, mean_of
from openstrat.analysis.stress.remains import MoatLeft, survives, what_is_left
from openstrat.cases.backtests import load_backtests
from openstrat.cases.schema import CLOSED, Case
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.fork_terms import ForkTrigger
from openstrat.tables.store import read_table, resource
from openstrat.terms import AssetType, Layer, LicenseFamily, OpennessLevel

__all__ = [
    "StressTest",
    "backtests_of",
    "fork_risks_of",
    "release_precedents_of",
    "stress_money_of",
    "stress_of",
]

CLONE = "hyperscaler_clone"
"""The named future of rule CK4."""
WEIGHTS = (Layer.SMALL_WEIGHTS, Layer.FRONTIER_WEIGHTS)


@dataclass(frozen=True)
class StressTest:
    """A better-funded competitor forks one option of a case tomorrow.

    `risk` is what the rubric says of such a fork (RK3), `verdict` whether the option outlives it (CK4). `record` holds what forks did
    to others; `trigger` is the kind of fork that resembles this one. `moats` says what is left of each, `moat_stated` and `moat_left`
    the case's own figure before and after (0 to 1). `losses` and `losses_under_clone` compare with no fork; `conditions` are the
    break-evens. `precedents` and `releases` are the nearest license changes and license steps of model families.
    """

    case: Case
    option: str
    as_of: str
    trigger: ForkTrigger
    risk: Finding
    verdict: Finding
    record: ForkRecord
    moats: tuple[MoatLeft, ...]
    moat_stated: float
    moat_left: float
    money: StressMoney
    losses: tuple[LossSpread, ...]
    losses_under_clone: tuple[LossSpread, ...]
    conditions: tuple[Condition, ...]
    precedents: pd.DataFrame
    releases: pd.DataFrame

    @property
    def changes_license(self) -> bool:
        """Whether the option changes a license that is in force today."""
        return self.case.options[self.option].relicense is not None


def backtests_of(*, as_of: str) -> BacktestStudy:
    """Return the fork rubric's record over the shipped back-tests whose year had passed by `as_of`.

    Raises
    ------
    InputError
        If `as_of` is not a day up to the tables' own, or leaves fewer than two events.
    """
    latest = _day(as_of) - timedelta(days=WINDOW_DAYS)
    changes = read_table("license_changes")
    over = changes[last_days(changes["changed_on"]) <= pd.Timestamp(latest)]
    tables = BacktestTables(over, read_table("fork_events"), read_table("activity_monthly"), read_table("published_findings"), _families())
    return study_backtests(load_backtests().backtests, tables, _rubric())


def fork_risks_of(case: Case) -> dict[str, Finding]:
    """Return what the fork rubric says of each option of a case (RK3); it applies to options that change a license in force."""
    return {name: _risk(case, name) for name in case.options}


def release_precedents_of(case: Case, *, as_of: str, most: int = 6) -> pd.DataFrame:
    """Return the license steps of model families nearest to what a case plans for weights; columns of `release_precedents`.

    Steps that share no feature are left out. Empty when neither the case's `precedent` block nor an option speaks of weights.
    """
    features = _release_features(case)
    if features is None:
        return pd.DataFrame(columns=COLUMNS)
    found = nearest_releases(
        features, read_table("license_history"), families=_families(), level_of=_level_of_weights, as_of=_day(as_of), most=most
    )
    return found[found["distance"] < 1].reset_index(drop=True)


def stress_money_of(case: Case, option: str, *, n: int = 8_000, seed: int = 7) -> StressMoney:
    """Return what the case's economics say of one option without a fork, under a clone, and with the fork there tomorrow."""
    model, draws = model_of(case), draws_of(case, n=n, seed=seed)
    return money_under_fork(model, option, draws, futures_of(draws, model.constants)[CLONE], seed=seed)


def stress_of(
    case: Case,
    option: str = "",
    *,
    as_of: str,
    moats: Mapping[str, float | None] | Iterable[Finding] | None = None,
    money: StressMoney | None = None,
    seed: int = 7,
) -> StressTest:
    """Return the stress test of one option: a better-funded competitor forks it tomorrow.

    Parameters
    ----------
    case, option
        The case and one of its options; empty: the one that the case's own conclusion recommends, else the first.
    as_of
        Day as of which forks and license changes are known, YYYY-MM-DD.
    moats
        Scores of the moats' tests or findings with them, by concept id; default: the tests on what the case measured.
    money, seed
        What a model says of the option; default: the case's own economics, over draws from the seed.

    Raises
    ------
    InputError
        If the case has no such option, or `as_of` is not a day up to the tables' own.
    """
    chosen, day = option_to_test(case, option), _day(as_of).isoformat()
    figures = stress_money_of(case, chosen, seed=seed) if money is None else money
    scores = tuple(map(moat_finding, score_moats(case))) if moats is None else moats
    left = what_is_left(read_table("moats"), scores, case.opened_layers(chosen), case.layers)
    return StressTest(
        case=case,
        option=chosen,
        as_of=day,
        trigger=ForkTrigger.FEATURE if case.options[chosen].relicense is None else ForkTrigger.RELICENSE,
        risk=_risk(case, chosen),
        verdict=_verdict(case, left, figures),
        record=fork_record(read_table("fork_events"), read_table("core_transitions"), as_of=day),
        moats=left,
        moat_stated=case.facts.moat,
        moat_left=case.facts.moat * model_of(case).options[chosen].position.moat_left,
        money=figures,
        losses=losses_of(figures.baseline, figures.tomorrow),
        losses_under_clone=losses_of(figures.baseline, figures.clone),
        conditions=survival_conditions(figures.value_given, figures.levers) if figures.value_given else (),
        precedents=precedents_of(case, as_of=day),
        releases=release_precedents_of(case, as_of=day),
    )


def _verdict(case: Case, left: tuple[MoatLeft, ...], figures: StressMoney) -> Finding:
    is_accepted = accepts_loss(case.checklist.funded_fork.scenario or "")
    tomorrow = mean_of(figures.tomorrow.npv)
    return survives(left, npv_under_clone=figures.npv_under_clone, npv_tomorrow=tomorrow, loss_accepted=is_accepted)


def option_to_test(case: Case, option: str = "") -> str:
    """Return the given option; when empty, the one that the case's own conclusion recommends, else the first.

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    chosen = option or (case.conclusion.recommended_option if case.conclusion else next(iter(case.options)))
    if chosen not in case.options:
        raise UnknownNameError("option", chosen, case.options)
    return chosen


def _risk(case: Case, option: str) -> Finding:
    relicense = case.options[option].relicense
    features = case.fork_inputs.model_dump() if case.fork_inputs else None
    scale = relicense.fork_scale if relicense else 1.0
    return fork_risk(features, _rubric(), changes_license=relicense is not None, fork_scale=scale)


def _rubric() -> Rubric:
    return rubric_from(read_table("fork_rubric"))


def _families() -> dict[str, str]:
    known = read_table("licenses").dropna(subset="family").set_index("license_id")["family"]
    return {str(license_id): str(family) for license_id, family in known.items()}


def _release_features(case: Case) -> ReleaseFeatures | None:
    block = case.precedent
    if block.layer in WEIGHTS and (block.family_before or block.family_after):
        before, after = block.family_before, block.family_after
    else:
        planned = [(layer, name) for name in case.options for layer in WEIGHTS if layer in case.opened_layers(name)]
        if not planned:
            return None
        layer, option = planned[0]
        given = case.layers[layer].license_now or CLOSED
        families = families_of(case, {layer: case.licenses_of(option)[layer]}) | families_of(case, {Layer.DOCS: given})
        before, after = families[Layer.DOCS], families[layer]
    levels = [_level_of_family(family) for family in (before, after)]
    known = [family if family in set(LicenseFamily) else None for family in (before, after)]
    return ReleaseFeatures(level_before=levels[0], level_after=levels[1], family_before=known[0], family_after=known[1])


def _level_of_family(family: str | None) -> str | None:
    if family is None:
        return None
    license_id = license_for(family, AssetType.WEIGHTS, family_licenses(read_table("family_licenses")))
    level = OpennessLevel.CLOSED if license_id is None else _level_of_weights(license_id)
    return None if level == OpennessLevel.UNDETERMINED else level.value


def _level_of_weights(license_id: str) -> OpennessLevel:
    return place_license(license_id, AssetType.WEIGHTS, read_table("license_terms"), read_table("licenses")).level


def _day(as_of: str) -> date:
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        raise InputError(f"as_of: {as_of!r} is not a day. Write it as YYYY-MM-DD, for example 2026-08-26.") from None
    last = date.fromisoformat(resource("fork_events")["as_of"])
    if day > last:
        raise InputError(f"as_of: {as_of} is after the tables' own day. Allowed: up to {last}; later events are not in the tables.")
    return day
