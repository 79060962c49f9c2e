"""Where a case would stand among the events of the past."""

from __future__ import annotations

from collections.abc import Mapping

from openstrat.analysis.strategy.finding import Answer, Finding
from openstrat.cases.schema import Case
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.words import readable


def case_box(case: Case, risks: Mapping[str, Finding]) -> Markup:
    """Return what the rubric says of each option of the case that changes a license, with what weighs in it."""
    asked = {name: found for name, found in risks.items() if found.answer != Answer.NOT_ASKED}
    if not asked:
        sentence = "No option of this case changes a license that is in force today, so the rubric has nothing to say on it."
        return page.callout(case.title, page.paragraph(sentence), css="finding")
    first = next(iter(asked.values()))
    said = page.bullets(f"{readable(name)}: {found.sentence}" for name, found in asked.items())
    weighed = page.paragraph(f"What weighs, in log odds: {'; '.join(first.evidence)}.") if first.evidence else page.plain("")
    return page.callout(case.title, said + weighed + page.bullets(first.caveats), css="finding")
