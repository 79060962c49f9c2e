"""What a case should be cautioned about, from the shipped tables: mistakes, governance, risks, families, layers, levels, examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from openstrat.analysis.brief import balanced, checklist_of, placements_of
from openstrat.analysis.evaluating import Evaluation
from openstrat.analysis.judging import signature_for
from openstrat.analysis.licenses.placement import cell_values
from openstrat.analysis.licensing import complexities_of
from openstrat.analysis.mistaking import (
    complicated_of,
    maintenance_of,
    mistakes_of,
    model_relicensing_of,
    open_washing_of,
    relicensing_of,
)
from openstrat.analysis.modeling import constants_of, model_of, ranges_of
from openstrat.analysis.releases.claims import check_claim
from openstrat.analysis.releases.completeness import completeness
from openstrat.analysis.releasing import position_of, release_table
from openstrat.analysis.strategy import examples, families, governance, layer_rules, risks, spectrum_rules
from openstrat.analysis.strategy.checklist import AnswerState
from openstrat.analysis.strategy.finding import Finding
from openstrat.analysis.strategy.fork_rubric import fork_risk, rubric_from
from openstrat.analysis.strategy.risks import RiskNumbers, RiskReading
from openstrat.analysis.strategy.signatures import Range
from openstrat.cases.schema import CLOSED, Case
from openstrat.errors import UnknownNameError
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table
from openstrat.terms import Layer, LicenseFamily, read_term

__all__ = [
    "complicated_of",
    "examples_of",
    "families_of",
    "governance_of",
    "layers_of",
    "levels_of",
    "maintenance_of",
    "mistakes_of",
    "model_relicensing_of",
    "open_washing_of",
    "relicensing_of",
    "risks_of",
]

CLONE = "hyperscaler_clone"
MOST_EVIDENCE = 3


def governance_of(case: Case) -> tuple[Finding, ...]:
    """Return CG1 to CG4 for a case: its stated facts, and its repository's row in project_indicators where it names one.

    Raises
    ------
    UnknownNameError
        If the repository that it names is not in that table.
    """
    facts = case.measures.governance
    indicators, label = _indicators_of(facts.repository) if facts.repository else (None, "")
    found = governance.governance_findings(facts, indicators, label=label, terms=_agreement_terms())
    return tuple(_with_concept_sources(item) for item in found)


def _indicators_of(repository: str) -> tuple[governance.Indicators, str]:
    table = read_table("project_indicators")
    rows = table[table["repository"] == repository]
    if rows.empty:
        raise UnknownNameError("repository", repository, table["repository"])
    row = rows.iloc[0].to_dict()
    is_masked = row["top_domain"] == "personal-or-other"
    projects = read_table("projects").set_index("project_id")["governance"].to_dict()
    indicators = governance.Indicators(
        repository=repository,
        measured_on=f"{row['snapshot_last_commit_on']:%Y-%m-%d}",
        n_commits=int(row["n_human_commits_12m"]),
        n_authors_for_half=int(row["n_authors_for_half"]),
        signoff_share=float(row["signoff_share_12m"]),
        top_domain=None if is_masked else str(row["top_domain"]),
        top_domain_share=None if is_masked else float(row["top_domain_share"]),
        source_ids=tuple(split_list(row["source_ids"])),
    )
    return indicators, str(projects.get(row["project_id"], ""))


def _agreement_terms() -> governance.AgreementTerms:
    table = read_table("contribution_terms")
    forms = table[table["agreement_kind"] == "cla"]
    cited = tuple(dict.fromkeys(part for cell in forms["source_ids"] for part in split_list(cell)))
    return governance.AgreementTerms(len(forms), int((forms["outbound_right"] == "yes").sum()), cited)


def risks_of(case: Case, option: str, evaluation: Evaluation | None = None) -> tuple[RiskReading, ...]:
    """Return RK1 to RK5 for one option of a case: finding, drivers, base rates from the evidence table, early sign and response.

    Chances and the value under a clone come from `evaluation` (see `evaluating.evaluate`) and are not computed without one.

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    if option not in case.options:
        raise UnknownNameError("option", option, case.options)
    numbers = _numbers_of(case, option, evaluation)
    money = next(check.state for check in checklist_of(case, option)[1].checks if check.concept_id == "CK1")
    readings = (
        risks.cost_without_plan(case, option, numbers, AnswerState(money)),
        risks.backlash(
            case, option, numbers, families.layer_changes(case, _license_families()), n_conditions=_most_conditions(case, option)
        ),
        risks.fork_and_split(case, option, numbers, _rubric_of(case, option)),
        risks.misuse(case, option, numbers),
        risks.self_commoditization(case, option, numbers),
    )
    guidance = read_table("risks").set_index("concept_id").to_dict("index")
    return tuple(_guided(reading, guidance) for reading in readings)


def _guided(reading: RiskReading, guidance: Mapping[Any, Mapping[Any, Any]]) -> RiskReading:
    concept_id = reading.finding.concept_id
    evidence = read_table("evidence")
    bears = pd.Series([concept_id in split_list(cell) for cell in evidence["concept_ids"]], index=evidence.index)
    rows = evidence[bears & evidence["mark"].ne("unverified")]
    chosen = balanced(rows, MOST_EVIDENCE)
    said = [f"{row['statement']} ({row['stance']}{_sample(row['n'])}{_when(row['period'])})" for row in chosen.to_dict("records")]
    cited = [part for cell in chosen["source_ids"] for part in split_list(cell)]
    row = guidance[concept_id]
    return risks.with_guidance(
        reading, {str(key): str(value) for key, value in row.items()}, said, [*split_list(row["source_ids"]), *cited]
    )


def _sample(n: Any) -> str:
    return "" if pd.isna(n) else f", n = {n:,.0f}"


def _when(period: object) -> str:
    return f"; {period}" if isinstance(period, str) else ""


def _rubric_of(case: Case, option: str) -> Finding:
    relicense = case.options[option].relicense
    features = case.fork_inputs.model_dump() if case.fork_inputs else None
    scale = relicense.fork_scale if relicense else 1.0
    return fork_risk(features, rubric_from(read_table("fork_rubric")), changes_license=relicense is not None, fork_scale=scale)


def _numbers_of(case: Case, option: str, evaluation: Evaluation | None) -> RiskNumbers:
    ranges = {name: Range(given.low, given.middle, given.high) for name, given in ranges_of(case).items()}
    signature, position = signature_for(case, option), model_of(case).options[option].position
    floor = constants_of()["misuse_floor"]
    exposure = case.facts.misuse * (floor + (1 - floor) * position.weights_open)
    values = evaluation.values[option] if evaluation else None
    return RiskNumbers(
        release_cost=signature.release_cost,
        eroded_share=signature.eroded_share,
        friction=signature.friction,
        misuse_cost=ranges["hmis"].times(ranges["cmis"]).scaled(exposure),
        p_npv_positive=None if values is None else float((values > 0).mean()),
        npv_under_clone=None if evaluation is None else float(evaluation.payoffs[option].to_dict()[CLONE]),
    )


def _most_conditions(case: Case, option: str) -> int | None:
    """Return the largest number of conditions among the licenses an option names; families have no text to count in."""
    read = set(read_table("license_terms")["license_id"])
    named = [value for value in case.licenses_of(option).values() if value != CLOSED and value in read]
    return max((item.score for item in complexities_of(named)), default=None) if named else None


def families_of(case: Case) -> tuple[Finding, ...]:
    """Return LF1 to LF4 for a case: where each family fits, what it costs, its rank, which options use it, which way they move."""
    known = _license_families()
    changes = families.layer_changes(case, known)
    return tuple(_with_changes(_with_concept_sources(item), changes) for item in families.family_findings(case, known))


def _with_changes(finding: Finding, changes: Iterable[families.LayerChange]) -> Finding:
    group = {family.value for family in families.GROUPS[finding.concept_id]}
    lines = [
        f"{item.option}, {item.layer.label}: {item.before} to {item.after}, {item.direction.label}."
        for item in changes
        if item.after in group
    ]
    return replace(finding, evidence=(*finding.evidence, *lines))


def layers_of(case: Case, option: str) -> tuple[Finding, ...]:
    """Return LY0 to LY2 for an option, and one finding for each layer of the case (LY-*).

    Raises
    ------
    UnknownNameError
        If the case has no such option.
    """
    if option not in case.options:
        raise UnknownNameError("option", option, case.options)
    rules = (
        layer_rules.adoption_against_revenue(case, option),
        layer_rules.paid_layer_beside(case, option),
        layer_rules.name_is_kept(case),
    )
    defaults = {
        read_term(Layer, row["layer_id"]): layer_rules.LayerDefault(
            str(row["concept_id"]), str(row["stance"]), "" if pd.isna(row["moves_away_when"]) else str(row["moves_away_when"]),
            tuple(split_list(row["source_ids"])),
        )
        for row in read_table("layers").to_dict("records")
    }  # fmt: skip
    return (*map(_with_concept_sources, rules), *layer_rules.layer_findings(case, defaults))


def levels_of(case: Case, option: str, *, release: str = "") -> tuple[Finding, ...]:
    """Return SP0 to SP5 and SP7 for an option of a case, and SP6 for a release where one is named.

    Raises
    ------
    UnknownNameError
        If there is no such option or release.
    """
    if option not in case.options:
        raise UnknownNameError("option", option, case.options)
    claims = read_table("release_claims")
    checks = [check_claim(position_of(name), claims) for name in dict.fromkeys(claims["release_id"])]
    found = [*spectrum_rules.level_findings(placements_of(case), option), spectrum_rules.claims_above_level(checks)]
    found += [completeness_of(release)] if release else []
    return tuple(map(_with_concept_sources, [*found, spectrum_rules.chosen_on_purpose(case)]))


def completeness_of(release: str) -> Finding:
    """Return SP6 for a release of the table: its class beside its level.

    Raises
    ------
    UnknownNameError
        If there is no such release.
    """
    position = position_of(release)
    found = completeness(release, read_table("release_components"), read_table("mof_components"), read_table("mof_licenses"))
    return spectrum_rules.completeness_beside_level(
        position.level, found.low.mof_class, found.high.mof_class, found.label, position.source_ids
    )


def examples_of() -> tuple[Finding, ...]:
    """Return EX1 to EX7: what the essays tell against what the tables hold."""
    positions = release_table()
    projects, changes, forks = read_table("projects"), read_table("license_changes"), read_table("fork_events")
    found = (
        examples.llama(positions, read_table("evidence")),
        examples.mistral(positions),
        examples.mlflow(projects),
        examples.laboratories(projects, positions),
        examples.changes_and_forks(changes, forks),
        examples.thresholds(read_table("license_thresholds"), read_table("license_terms")),
        examples.microsoft(),
    )
    return tuple(map(_with_concept_sources, found))


def _license_families() -> dict[str, str]:
    table = read_table("licenses").dropna(subset="family")
    known = dict(zip(table["license_id"], table["family"], strict=True))
    return {**known, **{family.value: family.value for family in LicenseFamily}}


def _with_concept_sources(finding: Finding) -> Finding:
    """Return a finding that also cites what its concept rests on."""
    concepts = read_table("concepts").set_index("concept_id")["source_ids"]
    return replace(finding, source_ids=tuple(dict.fromkeys([*finding.source_ids, *cell_values(concepts[finding.concept_id])])))
