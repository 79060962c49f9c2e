"""The opening of a brief: title block and what is asked; and its close: the reproducibility stamp."""

from __future__ import annotations

import hashlib
from importlib.metadata import version

import pandas as pd

import openstrat
from openstrat.analysis.strategy.checklist import ChecklistVerdict
from openstrat.analysis.weighing import Weighing
from openstrat.cases.schema import Case
from openstrat.present import page
from openstrat.present.brief.shared import case_hash
from openstrat.present.page import Facts, Markup
from openstrat.present.words import listed, readable
from openstrat.tables.store import table_hash, table_names


def report_facts(case: Case, weighing: Weighing, checklist: ChecklistVerdict, options: pd.DataFrame, *, as_of: str) -> Facts:
    """Return the report's title and verdict line for the page head and the index of a portfolio."""
    taken = weighing.evaluation.recommendation
    trades = options.loc[options["verdict"] == "trade", "option"].tolist()
    tie = " (a tie)" if taken.is_tie else ""
    score = f"checklist {checklist.n_clean} of {len(checklist.checks)}: {checklist.label}"
    verdict = f"take {readable(taken.option)}{tie}; {len(trades)} of {len(options)} options can be a trade; {score}"
    return Facts({"title": case.title, "verdict": verdict, "as_of": as_of, "status": case.status, "playbook": case.playbook.value})


def question_asked(case: Case) -> Markup:
    """Return what is asked: the situation, the pressure, and the options on the table."""
    rows = {"Sells": case.situation.sells, "Could open": case.situation.asset, "Stands": case.situation.stack_position}
    rows |= {"Under pressure from": case.situation.pressure, "Playbook": case.playbook.definition, "Status of the case": case.status}
    items = [page.tag("dt", label) + page.tag("dd", text) for label, text in rows.items()]
    return page.tag("dl", page.join(items), css="facts")


def conclusion_box(case: Case) -> Markup:
    """Return the expert's conclusion that a case carries, for comparison: why, what it needs, what would end it."""
    if case.conclusion is None:
        return page.plain("")
    given = case.conclusion
    parts = [page.paragraph(f"Recommended: {readable(given.recommended_option)}. Acceptable: {listed(list(given.acceptable))}.")]
    for label, items in (("Why", given.why), ("It needs", given.preconditions), ("It ends when", given.kill_criteria)):
        parts += [page.tag("p", page.tag("strong", label)), page.bullets(items)] if items else []
    parts += [page.paragraph(f"Governance: {given.governance}.")] if given.governance else []
    return page.callout("The case's own expert conclusion, written before any analysis, for comparison", page.join(parts), css="finding")


def stamp(case: Case, *, as_of: str, seed: int) -> Markup:
    """Return what is needed to make the same report again: case, parameters, versions, table hashes."""
    rows = {"Case": f"{case.id} (sha256 {case_hash(case)[:16]})", "As of": as_of, "Seed": str(seed), "openstrat": openstrat.__version__}
    rows |= {name: version(name) for name in ("pandas", "altair", "papermill", "nbconvert")}
    digest = hashlib.sha256("".join(table_hash(name) for name in table_names()).encode()).hexdigest()
    rows["Tables"] = f"{len(table_names())}, sha256 over their hashes {digest[:16]}; each one stands in manifest.json"
    return page.tag("dl", page.join(page.tag("dt", key) + page.tag("dd", value) for key, value in rows.items()), css="facts stamp")
