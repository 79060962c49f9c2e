"""How the open part is run: four rules as tiles and a table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from openstrat.analysis.strategy.finding import Answer, Finding
from openstrat.present.charts.finding_tiles import finding_tiles
from openstrat.present.figure import Figure
from openstrat.present.findings import concept_names, findings_table
from openstrat.present.page import Markup

WORDS = {
    "CG1": {Answer.YES: "spread", Answer.PARTLY: "in between", Answer.NO: "on one person or organization"},
    "CG2": {Answer.YES: "name protected", Answer.PARTLY: "in part", Answer.NO: "not protected"},
    "CG3": {Answer.YES: "easy, no free hand", Answer.PARTLY: "in part", Answer.NO: "free hand to relicense"},
    "CG4": {Answer.YES: "written and kept", Answer.PARTLY: "in part", Answer.NO: "neither written nor kept"},
}
SOURCE = "the case file and openstrat tables project_indicators and contribution_terms; thresholds are assumptions"


def governance_figure(findings: Sequence[Finding]) -> Figure:
    """Return one tile a rule, CG1 to CG4, under a title that counts what is in order."""
    names = concept_names()
    rows = pd.DataFrame(
        {
            "name": [names[finding.concept_id] for finding in findings],
            "answer": [finding.answer.value for finding in findings],
            "word": [WORDS[finding.concept_id].get(finding.answer, "not known") for finding in findings],
            "figure": [f"concentration {finding.value:.2f}" if _is_index(finding) else "" for finding in findings],
        }
    )
    good, unknown = (sum(finding.answer is answer for finding in findings) for answer in (Answer.YES, Answer.UNKNOWN))
    rest = f"; {unknown} not known" if unknown else ""
    return finding_tiles(rows, yes_is_good=True, title=f"{good} of {len(findings)} rules of governance are kept{rest}", source=SOURCE)


def _is_index(finding: Finding) -> bool:
    return finding.concept_id == "CG1" and finding.value is not None


def governance_table(findings: Sequence[Finding]) -> Markup:
    """Return the rules as a table: what was found, what it rests on, what would decide it."""
    return findings_table(findings, name="governance-rules", title="Four rules of governance", source=SOURCE)
