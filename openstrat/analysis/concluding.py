"""Every concept applied to one case: what each rule answers, in the order of the concepts table."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from openstrat.analysis.brief import checklist_of
from openstrat.analysis.cautioning import examples_of, families_of, governance_of, layers_of, levels_of, risks_of
from openstrat.analysis.economics.model import outcomes_of
from openstrat.analysis.evaluating import Evaluation
from openstrat.analysis.judging import moats_of, motives_of, myths_of, playbooks_of, scenarios_of, trade_and_plan_of
from openstrat.analysis.mistaking import complicated_of, maintenance_of
from openstrat.analysis.modeling import draws_of, model_with, ranges_of
from openstrat.analysis.modeling import families_of as families_by_layer
from openstrat.analysis.strategy import layer_rules
from openstrat.analysis.strategy.checklist import AnswerCheck, AnswerState
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.mistakes.relicensing import RelicensingFacts, bad_faith_relicensing
from openstrat.cases.schema import CLOSED, Case
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table
from openstrat.terms import Layer, LicenseFamily, OpennessLevel, values

__all__ = ["concept_findings_of", "concepts_of", "coverage_of"]

CHECKED: dict[str, Answer] = {
    AnswerState.CLEAN: Answer.YES,
    AnswerState.UNCLEAN: Answer.NO,
    AnswerState.MISSING: Answer.UNKNOWN,
}


def concept_findings_of(case: Case, option: str | None = None, *, as_of: str, evaluation: Evaluation | None = None) -> tuple[Finding, ...]:
    """Return what every concept says of one option of a case, at least one finding a concept, in the order of the concepts table.

    Without an option: the one that the checklist judges (see `checklist_of`). A concept that does not apply answers 'not asked' and
    says why. `evaluation` (see `evaluate`) adds the chances that some risks and the checklist need; without one they stay unknown.

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    chosen, verdict = checklist_of(case, option, evaluation)
    levels = levels_of(case, chosen)
    found: list[Finding] = [
        *trade_and_plan_of(case, chosen, evaluation),
        *levels,
        *motives_of(case, chosen),
        *playbooks_of(case, chosen),
        *moats_of(case),
        *myths_of(case, chosen),
        *(reading.finding for reading in risks_of(case, chosen, evaluation)),
        *scenarios_of(case, chosen, evaluation),
        *(_checked(check) for check in verdict.checks),
        *layers_of(case, chosen),
        *_middle_layers(case, chosen),
        *families_of(case),
        *governance_of(case),
        *_mistakes(case, chosen, levels, as_of),
        *examples_of(),
    ]
    order = [str(concept) for concept in read_table("concepts")["concept_id"]]
    known = {finding.concept_id for finding in found}
    found += [_not_asked(concept) for concept in order if concept not in known]
    return tuple(sorted(found, key=lambda finding: order.index(finding.concept_id)))


NOT_ASKED = {
    "SP6": "A plan has no delivered parts yet: read the completeness of a release from the openness audit.",
}


def _not_asked(concept_id: str) -> Finding:
    layer = "The case says nothing about this layer."
    return Finding(concept_id, Answer.NOT_ASKED, NOT_ASKED.get(concept_id, layer), Basis.NOTHING, source_ids=_sources(concept_id))


def _checked(check: AnswerCheck) -> Finding:
    """Return one checklist answer as a finding."""
    reasons = " ".join(check.reasons) or "Nothing speaks against the answer."
    basis = Basis.NOTHING if check.state == AnswerState.MISSING else Basis.STATED
    asks = (check.what_would_make_it_clean,) if check.what_would_make_it_clean else ()
    evidence = (*check.figures, *((f"Published base rate: {check.base_rate}",) if check.base_rate else ()))
    answer, notes = CHECKED[check.state], (*check.notes, *check.not_applied)
    return Finding(check.concept_id, answer, reasons, basis, evidence=evidence, caveats=notes, asks=asks, source_ids=check.source_ids)


def _mistakes(case: Case, option: str, levels: Iterable[Finding], as_of: str) -> tuple[Finding, ...]:
    """Return MI1 to MI4 for a plan: what it would be called, how its change of license would look, its upkeep, its terms."""
    return (_open_washing(case, option, levels), _relicensing(case, option), _upkeep(case, as_of), _complication(case, option))


def _open_washing(case: Case, option: str, levels: Iterable[Finding]) -> Finding:
    bounded = [finding for finding in levels if finding.concept_id in {"SP2", "SP3"} and finding.answer == Answer.YES]
    limited = " ".join(finding.sentence for finding in bounded)
    sources = _sources("MI1")
    if not case.opened_layers(option):
        return Finding("MI1", Answer.NOT_ASKED, "The option opens nothing that could be called open.", Basis.NOTHING, source_ids=sources)
    if bounded:
        sentence = f"Calling this option open source would be open-washing, since parts are limited. {limited}"
        return Finding("MI1", Answer.YES, sentence, Basis.STATED, n=len(bounded), source_ids=sources)
    sentence = f"Every opened layer is {OpennessLevel.FULLY_OPEN.label} by its license; conduct after the launch decides the rest."
    return Finding("MI1", Answer.NO, sentence, Basis.STATED, source_ids=sources)


def _relicensing(case: Case, option: str) -> Finding:
    now = {layer: facts.license_now for layer, facts in case.layers.items() if facts.license_now}
    after = families_by_layer(case, case.licenses_of(option))
    before = families_by_layer(case, now)
    changed = [layer for layer in before if before[layer] != after[layer]]
    if not changed:
        sentence = "The option changes no license that is in force today."
        return Finding("MI2", Answer.NOT_ASKED, sentence, Basis.NOTHING, source_ids=_sources("MI2"))
    layer = max(changed, key=lambda item: case.layers[item].adoption_weight)
    notice = case.measures.switching.notice_days
    facts = RelicensingFacts(
        name=f"{layer.label} under this option",
        changed_on="planned",
        family_before=before[layer],
        family_after=None if after[layer] == CLOSED else after[layer],
        is_open_after=after[layer] in OPEN_FAMILIES,
        notice_days_low=None if notice is None else int(notice),
        notice_days_high=None if notice is None else int(notice),
        outside_share=case.measures.governance.outsider_share,
        source_ids=_sources("MI2"),
    )
    return bad_faith_relicensing(facts)


OPEN_FAMILIES = {
    LicenseFamily.PERMISSIVE,
    LicenseFamily.WEAK_COPYLEFT,
    LicenseFamily.STRONG_COPYLEFT,
    LicenseFamily.NETWORK_COPYLEFT,
}
"""Families whose licenses are open source as a rule; single licenses may differ."""


def _upkeep(case: Case, as_of: str) -> Finding:
    repository = case.measures.governance.repository
    if repository:
        return maintenance_of(repository, as_of=as_of)
    sentence = "The case names no repository to measure; whether the planned staff is enough is question CK5."
    return Finding("MI3", Answer.NOT_ASKED, sentence, Basis.NOTHING, source_ids=_sources("MI3"))


def _complication(case: Case, option: str) -> Finding:
    families = {CLOSED, *values(LicenseFamily)}
    named = [given for given in dict.fromkeys(case.licenses_of(option).values()) if given not in families]
    if not named:
        sentence = "The option names families of licenses, not texts: conditions can be counted once a license is chosen."
        return Finding("MI4", Answer.NOT_ASKED, sentence, Basis.NOTHING, source_ids=_sources("MI4"))
    worst = [complicated_of(license_id) for license_id in named]
    order = [Answer.YES, Answer.PARTLY, Answer.UNKNOWN, Answer.NO, Answer.NOT_ASKED]
    return min(worst, key=lambda finding: order.index(finding.answer))


MIDDLE = (Layer.SMALL_WEIGHTS, Layer.FINE_TUNING, Layer.EVAL)
"""Layers whose default is to decide (rule LY3)."""
N_DRAWS = 500
"""Draws behind the medians of rule LY3: enough for a sign."""


def _middle_layers(case: Case, option: str) -> tuple[Finding, ...]:
    """Return LY3 for every layer of the case that is neither open nor held by default: what opening it adds, against what it erodes."""
    return tuple(_middle_layer(case, option, layer) for layer in MIDDLE if layer in case.layers)


def _middle_layer(case: Case, option: str, layer: Layer) -> Finding:
    model = model_with(case, {"opened": {layer: "permissive"}, "held": {layer: CLOSED}}, option)
    outcomes = outcomes_of(model, draws_of(case, n=N_DRAWS))
    conversion, substitution = (ranges_of(case)[name].middle for name in ("conv", "subst"))
    added = model.options["opened"].position.given_away - model.options["held"].position.given_away
    return layer_rules.middle_layer(
        new_adopters=float(np.median(outcomes["opened"].adopters - outcomes["held"].adopters)),
        conv=conversion * case.facts.conv_scale,
        acv=case.facts.acv,
        erosion=added * substitution * (1 - case.facts.moat),
        revenue=float(np.median(outcomes["held"].revenue_year_5)),
        layer=layer.label,
    )


def _sources(concept_id: str) -> tuple[str, ...]:
    concepts = read_table("concepts").set_index("concept_id")
    return tuple(split_list(concepts.loc[concept_id, "source_ids"]))


def concepts_of(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings beside the concepts they apply: one row a finding.

    Columns: concept_id, group, name, definition, answer, sentence, basis, value, low, high, unit, n, evidence, caveats, asks (tuples),
    source_ids (tuple).
    """
    concepts = read_table("concepts").set_index("concept_id")[["group", "name", "definition"]]
    table = pd.DataFrame([vars(finding) for finding in findings])
    joined = table.merge(concepts, left_on="concept_id", right_index=True, how="left", sort=False)
    first = ["concept_id", "group", "name", "definition"]
    return joined[[*first, *(column for column in table.columns if column not in first)]]


def coverage_of() -> pd.DataFrame:
    """Return where every concept is at work: concept_id, group, name, rule, reports, lessons; blank where there is none."""
    concepts, uses = read_table("concepts"), read_table("concept_uses")
    joined = concepts[["concept_id", "group", "name"]].merge(uses[["concept_id", "rule", "reports", "lessons"]], how="left")
    return joined.fillna("")
